"""
What the SDK returns: frozen results with the names of the .proto files.

Instants are aware UTC, durations `timedelta`, enumerations words in lower case
("active", "message.received"; a value newer than this SDK is "unknown_<number>", one
that is not set is ""). What a result does not know is "", 0, empty or None, as its
field's comment in `protos/mailbot/v1` says. `raw` is the protobuf it was made from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.v1 import (
    accounts_pb2,
    deliveries_pb2,
    domains_pb2,
    events_pb2,
    inboxes_pb2,
    messages_pb2,
    suppressions_pb2,
    threads_pb2,
)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an address; also accepted wherever a recipient is."""

    address: str
    display_name: str = ""


# --- inboxes -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxSuspension:
    """Why and since when an inbox is suspended."""

    reason: str
    suspended_by: str
    suspend_time: datetime | None
    resume_time: datetime | None
    refuse_inbound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxUsage:
    """How much of the send limits is used."""

    sends_today: int
    sends_remaining_today: int
    day_reset_time: datetime | None
    sends_this_minute: int
    minute_send_limit: int
    minute_reset_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """Exact counts of an inbox."""

    messages: int
    inbound_messages: int
    outbound_messages: int
    threads: int
    open_deliveries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxReputation:
    """How an inbox's mail fares; `state` is good, warned or bad."""

    outcomes: int
    hard_bounces: int
    complaints: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """An address with its own permissions, limits, labels, threads and events."""

    id: str
    address: str
    username: str
    domain: str
    display_name: str
    labels: tuple[str, ...]
    permissions: tuple[str, ...]
    daily_send_limit: int
    state: str
    suspension: InboxSuspension | None
    usage: InboxUsage | None
    counts: InboxCounts | None
    reputation: InboxReputation | None
    create_time: datetime | None
    update_time: datetime | None
    disable_time: datetime | None
    expire_time: datetime | None
    metadata: Mapping[str, str] = field(hash=False)
    etag: str
    raw: inboxes_pb2.Inbox = field(repr=False, compare=False)


# --- messages ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpReply:
    """What a remote host answered."""

    code: int
    enhanced_code: str
    text: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientStatus:
    """How it stands with one recipient."""

    delivery_id: str
    address: str
    state: str
    attempts: int
    next_attempt_time: datetime | None
    expire_time: datetime | None
    last_reply: SmtpReply | None
    hold_reason: str
    diagnostic: str
    bounce_class: str
    update_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttachment:
    """A part of a stored message that is not its body."""

    id: str
    filename: str
    content_type: str
    size_bytes: int
    sha256: str
    content_id: str
    inline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """One header field, unfolded and decoded."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A stored message; bodies and headers only in the full view."""

    id: str
    inbox_id: str
    thread_id: str
    direction: str
    sender: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    bcc: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    subject: str
    snippet: str
    text_body: str
    html_body: str
    extracted_text: str
    body_truncated: bool
    rfc822_message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    attachments: tuple[StoredAttachment, ...]
    labels: tuple[str, ...]
    metadata: Mapping[str, str] = field(hash=False)
    size_bytes: int
    sha256: str
    recipients: tuple[RecipientStatus, ...]
    create_time: datetime | None
    date: datetime | None
    headers: tuple[HeaderField, ...]
    envelope_sender: str
    envelope_recipient: str
    tag: str
    automated: bool
    duplicate_of: str
    defects: tuple[str, ...]
    stream: str
    guarantee: str
    raw: messages_pb2.Message = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A body that waits to be attached; `upload_id` goes into `Attachment`."""

    upload_id: str
    sha256: str
    size_bytes: int
    expire_time: datetime | None
    raw: messages_pb2.UploadAttachmentResponse = field(repr=False, compare=False)


# --- threads -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A conversation; `messages`, oldest first, are filled in by `threads.get` only."""

    id: str
    inbox_id: str
    subject: str
    message_count: int
    inbound_count: int
    outbound_count: int
    participants: tuple[Mailbox, ...]
    last_inbound_time: datetime | None
    last_outbound_time: datetime | None
    last_message_time: datetime | None
    snippet: str
    unreplied: bool
    create_time: datetime | None
    merged_thread_ids: tuple[str, ...]
    messages: tuple[Message, ...] = field(default=(), repr=False)
    raw: threads_pb2.Thread = field(repr=False, compare=False)


# --- accounts ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A tenant."""

    id: str
    display_name: str
    sandbox_suffix: str
    daily_send_limit: int
    sends_today: int
    create_time: datetime | None
    state: str
    raw: accounts_pb2.Account = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassification:
    """How far stored refusals were classified again."""

    examined: int
    """Deliveries looked at so far."""
    changed: int
    """Of these, such as mean something else now."""
    lifted: int
    """Suppressions that a reply should not have caused."""
    raw: deliveries_pb2.ReclassifyDeliveriesResponse = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """An API key without its secret."""

    id: str
    display_name: str
    prefix: str
    scopes: tuple[str, ...]
    inbox_ids: tuple[str, ...]
    create_time: datetime | None
    expire_time: datetime | None
    last_used_time: datetime | None
    revoke_time: datetime | None
    account_id: str
    raw: accounts_pb2.ApiKey = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApiKey:
    """A key just made; its secret cannot be read again and is not in the repr."""

    api_key: ApiKey
    secret: str = field(repr=False)


# --- domains -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRecord:
    """A DNS record to publish, and how it was found when the DNS was asked last."""

    purpose: str
    type: str
    name: str
    value: str
    required: bool
    state: str
    problem: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainKey:
    """A DKIM key; `state` is "pending", "active" or "retired"."""

    selector: str
    algorithm: str
    state: str
    create_time: datetime | None
    activate_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain of the account; `records` are what to publish, `keys` newest first."""

    id: str
    name: str
    verified: bool
    signing: bool
    return_path_verified: bool
    records: tuple[DomainRecord, ...]
    keys: tuple[DomainKey, ...]
    create_time: datetime | None
    verify_time: datetime | None
    check_time: datetime | None
    raw: domains_pb2.Domain = field(repr=False, compare=False)


# --- suppressions --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that nothing is sent to; without `inbox_id` by all of the account."""

    id: str
    address: str
    inbox_id: str
    reason: str
    create_time: datetime | None
    expire_time: datetime | None
    delivery_id: str
    message_id: str
    note: str
    added_by: str
    raw: suppressions_pb2.Suppression = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class SuppressionEntry:
    """One line of an import; the reason is "manual" unless told."""

    address: str
    reason: str = ""
    expire_time: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionImportFault:
    """An entry that was not imported; `index` counts from 0 over all of them."""

    index: int
    address: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionImport:
    """What became of an import's entries; `faults` are the first 100 refused ones."""

    added: int
    changed: int
    unchanged: int
    refused: int
    faults: tuple[SuppressionImportFault, ...]
    raw: suppressions_pb2.ImportSuppressionsResponse = field(repr=False, compare=False)


# --- events --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptDetail:
    """One attempt to deliver to one recipient."""

    attempt: int
    route: str
    remote_host: str
    remote_address: str
    stage: str
    reply: SmtpReply | None
    diagnostic: str
    bounce_class: str
    bounce_scope: str
    permanent: bool
    rule_id: str
    tls_level: str
    tls_protocol: str
    tls_cipher: str
    duration: timedelta | None
    next_attempt_time: datetime | None
    start_time: datetime | None
    reported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentDetail:
    """What a message is about; its bodies are read with `messages.get`."""

    sender: Mailbox | None
    recipients: tuple[Mailbox, ...]
    subject: str
    snippet: str
    size_bytes: int
    attachments: tuple[StoredAttachment, ...]
    rfc822_message_id: str
    automated: bool
    duplicate_of: str
    tag: str
    reply_message_id: str
    defects: tuple[str, ...]
    envelope_recipient: str
    envelope_sender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDetail:
    """Why a delivery waits, goes on or was called back."""

    reason: str
    explanation: str
    resume_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadDetail:
    """Threads that became one."""

    surviving_thread_id: str
    merged_thread_ids: tuple[str, ...]
    rfc822_message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxDetail:
    """How an inbox changed."""

    address: str
    previous_state: str
    state: str
    reason: str
    changed_by: str
    changed_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDetail:
    """A limit that is used up."""

    limit_name: str
    limit: int
    reset_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionDetail:
    """An address that gets no mail, or may get it again."""

    suppression_id: str
    address: str
    reason: str
    inbox_id: str
    changed_by: str
    note: str
    expire_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclassificationDetail:
    """What a newer table says of a stored reply."""

    previous_class: str
    bounce_class: str
    bounce_scope: str
    permanent: bool
    rule_id: str
    lifted_suppression_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReputationDetail:
    """How an inbox's mail fares."""

    outcomes: int
    hard_bounces: int
    complaints: int
    cause: str
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainDetail:
    """How a domain changed."""

    domain_id: str
    name: str
    description: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    A fact in the log; at most one of the details is set, as its type says.

    `cursor` is the point in the log right behind this event: give it to
    `events.subscribe(start=...)`. Only events of a subscription have one.
    """

    id: str
    type: str
    position: int
    create_time: datetime | None
    inbox_id: str
    thread_id: str
    message_id: str
    delivery_id: str
    recipient: str
    metadata: Mapping[str, str] = field(hash=False)
    request_id: str
    replay_id: str
    attempt: AttemptDetail | None
    content: ContentDetail | None
    hold: HoldDetail | None
    thread: ThreadDetail | None
    inbox: InboxDetail | None
    limit: LimitDetail | None
    suppression: SuppressionDetail | None
    reclassification: ReclassificationDetail | None
    reputation: ReputationDetail | None
    domain: DomainDetail | None
    cursor: str = ""
    raw: events_pb2.Event = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamStarted:
    """A subscription's stream is open and its start position is fixed."""

    earliest_cursor: str
    heartbeat_interval: timedelta | None
    recycle_time: datetime | None
    server_node: str
