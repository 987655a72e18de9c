"""
Everything a subscriber can be told, one dataclass each.

An event is a fact with ids and a small detail; bodies are read elsewhere. Details are
stored as JSON: `to_json` leaves defaults out, `from_json` ignores what it does not
know, so that rows of an older and a newer version can be read by both.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple

from mailbot_server.core.authentication.verdicts import Verdicts
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.reply import Reply


class EventType(StrEnum):
    """What happened; the value is the type in words."""

    MESSAGE_QUEUED = "message.queued"
    MESSAGE_HELD = "message.held"
    MESSAGE_RELEASED = "message.released"
    MESSAGE_ATTEMPTED = "message.attempted"
    MESSAGE_SENT = "message.sent"
    MESSAGE_DELIVERED = "message.delivered"
    MESSAGE_DEFERRED = "message.deferred"
    MESSAGE_DELAYED = "message.delayed"
    MESSAGE_BOUNCED = "message.bounced"
    MESSAGE_FAILED = "message.failed"
    MESSAGE_UNKNOWN = "message.unknown"
    MESSAGE_EXPIRED = "message.expired"
    MESSAGE_CANCELLED = "message.cancelled"
    MESSAGE_SCHEDULED = "message.scheduled"
    MESSAGE_SUPPRESSED = "message.suppressed"
    MESSAGE_RECLASSIFIED = "message.reclassified"
    MESSAGE_COMPLAINED = "message.complained"
    MESSAGE_OPENED = "message.opened"
    MESSAGE_CLICKED = "message.clicked"
    MESSAGE_UNSUBSCRIBED = "message.unsubscribed"
    MESSAGE_REDACTED = "message.redacted"
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_PARSED = "message.parsed"
    MESSAGE_PARSE_FAILED = "message.parse_failed"
    MESSAGE_REPLIED = "message.replied"
    MESSAGE_AUTO_REPLIED = "message.auto_replied"
    MESSAGE_QUARANTINED = "message.quarantined"
    THREAD_MERGED = "thread.merged"
    THREAD_SPLIT = "thread.split"
    INBOX_CREATED = "inbox.created"
    INBOX_UPDATED = "inbox.updated"
    INBOX_SUSPENDED = "inbox.suspended"
    INBOX_ACTIVATED = "inbox.activated"
    INBOX_DISABLED = "inbox.disabled"
    INBOX_EXPIRED = "inbox.expired"
    INBOX_LIMIT_REACHED = "inbox.limit_reached"
    INBOX_WARNED = "inbox.warned"
    SUPPRESSION_ADDED = "suppression.added"
    SUPPRESSION_REMOVED = "suppression.removed"
    DOMAIN_CREATED = "domain.created"
    DOMAIN_VERIFIED = "domain.verified"
    DOMAIN_CHANGED = "domain.changed"
    DOMAIN_DELETED = "domain.deleted"
    SUBSCRIPTION_PARKED = "subscription.parked"
    SUBSCRIPTION_EXPIRED = "subscription.expired"
    SUBSCRIPTION_CREATED = "subscription.created"
    SUBSCRIPTION_DELETED = "subscription.deleted"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_UPDATED = "webhook.updated"
    WEBHOOK_DELETED = "webhook.deleted"
    WEBHOOK_FAILING = "webhook.failing"
    WEBHOOK_RECOVERED = "webhook.recovered"
    WEBHOOK_DISABLED = "webhook.disabled"
    WEBHOOK_ENABLED = "webhook.enabled"
    WEBHOOK_PARKED = "webhook.parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptDetail:
    """One attempt to deliver to one recipient; see AttemptDetail in events.proto."""

    attempt: int = 0
    route: str = ""
    remote_host: str = ""
    remote_address: str = ""
    stage: str = ""
    reply: Reply | None = None
    diagnostic: str = ""
    bounce_class: str = ""
    bounce_scope: str = ""
    permanent: bool = False
    rule_id: str = ""
    tls_level: str = ""
    tls_protocol: str = ""
    tls_cipher: str = ""
    duration_seconds: float = 0.0
    next_attempt_at: datetime | None = None
    started_at: datetime | None = None
    reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentSummary:
    """An attachment as events and lists name it."""

    id: str = ""
    filename: str = ""
    content_type: str = ""
    size_bytes: int = 0
    sha256: str = ""
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentDetail:
    """What a message is about; see ContentDetail in events.proto."""

    sender: Mailbox | None = None
    recipients: tuple[Mailbox, ...] = ()
    subject: str = ""
    snippet: str = ""
    size_bytes: int = 0
    attachments: tuple[AttachmentSummary, ...] = ()
    rfc822_message_id: str = ""
    automated: bool = False
    duplicate_of: str = ""
    tag: str = ""
    reply_message_id: str = ""
    defects: tuple[str, ...] = ()
    envelope_recipient: str = ""
    envelope_sender: str = ""
    kind: str = ""
    verdicts: Verdicts | None = None
    quarantine_reason: str = ""
    labels: tuple[str, ...] = ()
    recipient_domains: tuple[str, ...] = ()
    reply_milliseconds: int | None = None
    is_first_reply: bool = False
    replier_domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDetail:
    """Why a delivery waits, goes on or was called back."""

    reason: str = ""
    explanation: str = ""
    resumes_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadDetail:
    """Threads that became one, or one that became two."""

    surviving_thread_id: str = ""
    merged_thread_ids: tuple[str, ...] = ()
    rfc822_message_id: str = ""
    split_thread_id: str = ""
    changed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxDetail:
    """How an inbox changed."""

    address: str = ""
    previous_state: str = ""
    state: str = ""
    reason: str = ""
    changed_by: str = ""
    changed_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDetail:
    """A limit that is used up."""

    limit_name: str = ""
    limit: int = 0
    reset_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressionDetail:
    """An address that gets no mail, or may get it again."""

    suppression_id: str = ""
    address: str = ""
    reason: str = ""
    inbox_id: str = ""
    changed_by: str = ""
    note: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclassificationDetail:
    """What a newer table says of a stored reply."""

    previous_class: str = ""
    bounce_class: str = ""
    bounce_scope: str = ""
    permanent: bool = False
    rule_id: str = ""
    lifted_suppression_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReputationDetail:
    """How an inbox's mail fares; see ReputationDetail in events.proto."""

    outcomes: int = 0
    hard_bounces: int = 0
    complaints: int = 0
    cause: str = ""
    threshold: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDetail:
    """What a recipient's provider told of a complaint (RFC 5965)."""

    feedback_type: str = ""
    reporter: str = ""
    arrived_at: datetime | None = None
    report_message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainDetail:
    """How a domain changed."""

    domain_id: str = ""
    name: str = ""
    description: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementDetail:
    """What a recipient did with a message; see EngagementDetail in events.proto."""

    link_index: int = 0
    url: str = ""
    machine: bool = False
    machine_reason: str = ""
    user_agent: str = ""
    network: str = ""
    first: bool = False
    method: str = ""
    first_of_recipient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerDetail:
    """A subscription or a webhook; see ConsumerDetail in events.proto."""

    consumer_id: str = ""
    display_name: str = ""
    reason: str = ""
    description: str = ""
    changed_by: str = ""
    changed_fields: tuple[str, ...] = ()
    parked_event_id: str = ""
    attempts: int = 0


Detail = (
    AttemptDetail
    | ContentDetail
    | HoldDetail
    | ThreadDetail
    | InboxDetail
    | LimitDetail
    | SuppressionDetail
    | ReclassificationDetail
    | ReputationDetail
    | DomainDetail
    | ComplaintDetail
    | EngagementDetail
    | ConsumerDetail
)

DETAIL_OF: Final[Mapping[str, type[Detail]]] = {
    "message.attempted": AttemptDetail,
    "message.sent": AttemptDetail,
    "message.delivered": AttemptDetail,
    "message.deferred": AttemptDetail,
    "message.delayed": AttemptDetail,
    "message.bounced": AttemptDetail,
    "message.failed": AttemptDetail,
    "message.unknown": AttemptDetail,
    "message.expired": AttemptDetail,
    "message.held": HoldDetail,
    "message.released": HoldDetail,
    "message.cancelled": HoldDetail,
    "message.scheduled": HoldDetail,
    "message.suppressed": SuppressionDetail,
    "message.reclassified": ReclassificationDetail,
    "message.queued": ContentDetail,
    "message.received": ContentDetail,
    "message.parsed": ContentDetail,
    "message.parse_failed": ContentDetail,
    "message.replied": ContentDetail,
    "message.auto_replied": ContentDetail,
    "message.quarantined": ContentDetail,
    "message.complained": ComplaintDetail,
    "message.opened": EngagementDetail,
    "message.clicked": EngagementDetail,
    "message.unsubscribed": EngagementDetail,
    "message.redacted": HoldDetail,
    "thread.merged": ThreadDetail,
    "thread.split": ThreadDetail,
    "inbox.created": InboxDetail,
    "inbox.updated": InboxDetail,
    "inbox.suspended": InboxDetail,
    "inbox.activated": InboxDetail,
    "inbox.disabled": InboxDetail,
    "inbox.expired": InboxDetail,
    "inbox.limit_reached": LimitDetail,
    "inbox.warned": ReputationDetail,
    "suppression.added": SuppressionDetail,
    "suppression.removed": SuppressionDetail,
    "domain.created": DomainDetail,
    "domain.verified": DomainDetail,
    "domain.changed": DomainDetail,
    "domain.deleted": DomainDetail,
    "subscription.parked": ConsumerDetail,
    "subscription.expired": ConsumerDetail,
    "subscription.created": ConsumerDetail,
    "subscription.deleted": ConsumerDetail,
    "webhook.created": ConsumerDetail,
    "webhook.updated": ConsumerDetail,
    "webhook.deleted": ConsumerDetail,
    "webhook.failing": ConsumerDetail,
    "webhook.recovered": ConsumerDetail,
    "webhook.disabled": ConsumerDetail,
    "webhook.enabled": ConsumerDetail,
    "webhook.parked": ConsumerDetail,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    A fact in an account's log.

    An event that is not yet appended has no id, position and time: the store gives
    them. `metadata` is the message's, as its sender gave it. `replay_id` is set on what
    a replay hands out again; the log itself has none.
    """

    type: EventType
    account_id: str
    detail: Detail
    inbox_id: str = ""
    thread_id: str = ""
    message_id: str = ""
    delivery_id: str = ""
    recipient: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    request_id: str = ""
    id: str = ""
    position: int = 0
    created_at: datetime | None = None
    replay_id: str = ""


class Written(NamedTuple):
    """
    An event as a log keeps it, for whoever hands many on without looking at them.

    `detail` is JSON, `metadata` too or "", the time is in microseconds since 1970.
    """

    account_id: str
    position: int
    id: str
    type: str
    created_at_microseconds: int
    inbox_id: str
    thread_id: str
    message_id: str
    delivery_id: str
    recipient: str
    metadata: str
    request_id: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """
    Which events: all set conditions hold, inside one any value matches.

    `recipients` are in lower case, as far as ASCII goes. `visible_inbox_ids` is the
    restriction of the key that reads; None sees all.
    """

    inbox_ids: tuple[str, ...] = ()
    types: tuple[EventType, ...] = ()
    thread_ids: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    inbox_labels: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    recipient_domains: tuple[str, ...] = ()
    smtp_codes: tuple[int, ...] = ()
    bounce_classes: tuple[str, ...] = ()
    message_labels: tuple[str, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    visible_inbox_ids: tuple[str, ...] | None = None


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(detail: Detail) -> str:
    """Compact JSON of the fields that differ from their default."""
    return _ENCODER.encode(_plain(detail))


def from_json(event_type: str, text: str) -> Detail:
    """The detail that `to_json` wrote for an event of this type."""
    return typing.cast("Detail", _build(DETAIL_OF[event_type], json.loads(text)))


def verdicts_of(said: Mapping[str, Any]) -> Verdicts:
    """The verdicts inside a detail whose JSON was read elsewhere."""
    return typing.cast("Verdicts", _build(Verdicts, dict(said)))


def without_words(detail: Detail) -> Detail:
    """
    The detail of an event without what the message says.

    Who wrote to whom stays, with their names; so does what became of it.
    """
    match detail:
        case ContentDetail():
            return replace(detail, subject="", snippet="", attachments=())
        case EngagementDetail():
            return replace(detail, url="")
    return detail


def filter_to_json(wanted: EventFilter) -> str:
    """Compact JSON of the conditions that are set."""
    return _ENCODER.encode(_plain(wanted))


def filter_from_json(text: str) -> EventFilter:
    """The filter that `filter_to_json` wrote."""
    return typing.cast("EventFilter", _build(EventFilter, json.loads(text)))


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if kind is tuple:
        return [_plain(item) for item in value]
    if kind is datetime:
        return value.isoformat()
    if dataclasses.is_dataclass(kind):
        said = {}
        for name, default in _defaults(kind):
            current = getattr(value, name)
            if current != default:
                is_plain = type(current) is str or type(current) is int
                said[name] = current if is_plain else _plain(current)
        return said
    return value


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in dataclasses.fields(kind))


def _build(kind: Any, value: Any) -> Any:
    read = _reader(kind)
    return value if read is None else read(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any] | None:
    """What makes a type's value of JSON; None where JSON has it. Worked out once."""
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        inner = _reader(next(each for each in arguments if each is not type(None)))
        return inner and (lambda value: None if value is None else inner(value))
    if origin is tuple:
        item = _reader(arguments[0])
        return tuple if item is None else (lambda value: tuple(map(item, value)))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _fact_reader(kind)
    if kind is datetime:
        return datetime.fromisoformat
    return kind if isinstance(kind, type) and issubclass(kind, StrEnum) else None


def _fact_reader(kind: Any) -> Callable[[Any], Any]:
    known = {name: _reader(hint) for name, hint in _hints(kind).items()}
    special = {name: read for name, read in known.items() if read is not None}

    def read_fact(value: dict[str, Any]) -> Any:
        for name in value.keys() & special.keys():
            value[name] = special[name](value[name])
        if value.keys() <= known.keys():
            return kind(**value)
        return kind(**{name: each for name, each in value.items() if name in known})

    return read_fact


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
