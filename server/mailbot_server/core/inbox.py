"""What an inbox is: identity, permissions, state, limits and counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from mailbot_server.core.retention import Retention
from mailbot_server.core.tracking import asked
from mailbot_server.core.tracking.asked import Tracking

PERMISSIONS: Final = frozenset({"send", "receive", "search"})


class InboxState(StrEnum):
    """Where an inbox is in its life; disabled is the only delete."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DISABLED = "disabled"


class Requirement(StrEnum):
    """What a message must prove about its sender to be among the others."""

    NONE = "none"
    ALIGNED = "aligned"
    DMARC_PASS = "dmarc_pass"  # noqa: S105 - a requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Why an inbox may not send; `until` None means until somebody activates it."""

    reason: str
    by: str
    since: datetime
    until: datetime | None = None
    refuse_inbound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """
    An address with its own permissions, limits, threads and events.

    `domain` is the domain part of `address`, A-labels, lower case. `labels` are sorted.
    `retention` None means as the settings say.
    `version` grows by one with every change and is what an etag spells.
    """

    id: str
    account_id: str
    address: str
    username: str
    domain: str
    is_sandbox: bool = True
    display_name: str = ""
    labels: tuple[str, ...] = ()
    permissions: frozenset[str] = PERMISSIONS
    daily_send_limit: int = 250
    metadata: Mapping[str, str] = field(default_factory=dict)
    state: InboxState = InboxState.ACTIVE
    suspension: Suspension | None = None
    created_at: datetime
    updated_at: datetime
    disabled_at: datetime | None = None
    expires_at: datetime | None = None
    require_auth: Requirement = Requirement.NONE
    is_catch_all: bool = False
    tracking: Tracking = asked.NOTHING
    retention: Retention | None = None
    legal_hold: bool = False
    version: int = 1

    @property
    def etag(self) -> str:
        """Changes with every change of the inbox."""
        return f"v{self.version}"

    def is_expired(self, now: datetime) -> bool:
        """Whether a throw-away inbox has reached its end."""
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxUsage:
    """How much of the send limits is used in the running day and minute."""

    sends_today: int
    day_reset_at: datetime
    sends_this_minute: int
    minute_send_limit: int
    minute_reset_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxCounts:
    """Exact counts, kept in the transactions that change them."""

    inbound_messages: int = 0
    outbound_messages: int = 0
    threads: int = 0
    open_deliveries: int = 0
    quarantined_messages: int = 0
    unreplied_threads: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """Which inboxes; `visible_ids` is the restriction of a key, None sees all."""

    labels: tuple[str, ...] = ()
    states: tuple[InboxState, ...] = ()
    domain: str = ""
    address_contains: str = ""
    visible_ids: tuple[str, ...] | None = None
