"""How much was sent and received, as the server counts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.v1 import usage_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageCounts:
    """What happened; of recipients, unless it says messages."""

    messages_sent: int
    messages_received: int
    recipients: int
    sent: int
    delivered: int
    bounced: int
    bounced_by_class: Mapping[str, int]
    late_bounced: int
    failed: int
    expired: int
    suppressed: int
    cancelled: int
    unknown: int
    complained: int
    opened: int
    clicked: int
    machine_events: int
    replied: int
    unsubscribed: int
    mean_first_reply: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsagePiece:
    """The counts from `start_time` to before `end_time`."""

    start_time: datetime
    end_time: datetime
    counts: UsageCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """
    The counts of a period, together and piece by piece.

    `incomplete`: events from before the server kept counts are still being counted.
    """

    total: UsageCounts
    pieces: tuple[UsagePiece, ...]
    incomplete: bool
    raw: usage_pb2.GetUsageResponse = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageOfInbox:
    """An inbox and its counts."""

    inbox_id: str
    counts: UsageCounts
    raw: usage_pb2.InboxUsageRow = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageOfDomain:
    """A recipient domain and its counts; "*" stands for many with little mail."""

    recipient_domain: str
    counts: UsageCounts
    raw: usage_pb2.DomainUsageRow = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRebuild:
    """How far counting again has come."""

    done: bool
    event_count: int
    hour_count: int
    changed_hour_count: int
    raw: usage_pb2.RebuildUsageResponse = field(repr=False, compare=False)
