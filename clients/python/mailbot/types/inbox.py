"""Inboxes as the server returns them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.types.engagement import Tracking
from mailbot.v1 import inboxes_pb2


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
    quarantined_messages: int
    unreplied_threads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxReputation:
    """How an inbox's mail fares; `state` is good, warned or bad."""

    outcomes: int
    hard_bounces: int
    complaints: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long mail is kept, in days; None: for ever. Content goes first."""

    content: timedelta | None = None
    metadata: timedelta | None = None


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
    require_auth: str
    catch_all: bool
    tracking: Tracking | None
    retention: Retention | None
    legal_hold: bool
    metadata: Mapping[str, str] = field(hash=False)
    etag: str
    raw: inboxes_pb2.Inbox = field(repr=False, compare=False)
