"""Events and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.types.content import Authentication
from mailbot.types.engagement import EngagementDetail
from mailbot.types.mailbox import Mailbox
from mailbot.types.message import Message, SmtpReply, StoredAttachment
from mailbot.v1 import events_pb2


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
    kind: str
    authentication: Authentication | None
    quarantine_reason: str
    labels: tuple[str, ...]
    recipient_domains: tuple[str, ...]
    reply_time: timedelta | None
    first_reply: bool
    replier_domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDetail:
    """Why a delivery waits, goes on or was called back."""

    reason: str
    explanation: str
    resume_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadDetail:
    """Threads that became one, or one that became two."""

    surviving_thread_id: str
    merged_thread_ids: tuple[str, ...]
    rfc822_message_id: str
    split_thread_id: str
    changed_by: str


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
class ComplaintDetail:
    """What a recipient's provider told of a complaint."""

    feedback_type: str
    reporter: str
    arrival_time: datetime | None
    report_message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerDetail:
    """A subscription or a webhook."""

    consumer_id: str
    display_name: str
    reason: str
    description: str
    changed_by: str
    changed_fields: tuple[str, ...]
    parked_event_id: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    A fact in the log; at most one of the details is set, as its type says.

    `cursor` is the point in the log right behind this event: give it to
    `events.subscribe(start=...)`. Only events of a subscription have one. `message` is
    the message itself, where it was asked for; `replay_id` says that it came again.
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
    message: Message | None
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
    complaint: ComplaintDetail | None
    engagement: EngagementDetail | None
    consumer: ConsumerDetail | None
    cursor: str = ""
    raw: events_pb2.Event = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamStarted:
    """A subscription's stream is open and its start position is fixed."""

    earliest_cursor: str
    heartbeat_interval: timedelta | None
    recycle_time: datetime | None
    server_node: str
    server_time: datetime | None
