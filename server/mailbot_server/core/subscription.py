"""Durable readers of the log: how events are handed to them, and how far they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from mailbot_server.core.event import ConsumerDetail, Event, EventFilter
from mailbot_server.core.message import MessageView

SUBSCRIPTIONS_MAX: Final = 100
"""Of one account."""

ACK_DEADLINE: Final = timedelta(seconds=30)
ACK_DEADLINE_MIN: Final = timedelta(seconds=1)
ACK_DEADLINE_MAX: Final = timedelta(hours=1)
ATTEMPTS: Final = 10
ATTEMPTS_MAX: Final = 100
IDLE_TTL_MIN: Final = timedelta(minutes=1)
IDLE_TTL_MAX: Final = timedelta(days=366)
OUTSTANDING: Final = 100
OUTSTANDING_MAX: Final = 1000


class Kind(StrEnum):
    """Who reads."""

    STREAM = "stream"
    WEBHOOK = "webhook"


class Mode(StrEnum):
    """How events are handed out; see DeliveryMode in subscriptions.proto."""

    EXCLUSIVE = "exclusive"
    SHARED = "shared"


class State(StrEnum):
    """Whether it can be read."""

    ACTIVE = "active"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """
    A durable reader of an account's log.

    Everything up to `acked` is done, parked or was left out by the filter; everything
    up to `handed` was looked at. `generation` fences what was handed out before a seek
    or, EXCLUSIVE, to another consumer. `max_attempts` 0: whoever reads decides.

    EXCLUSIVE alone: `stream` is the one that reads now, `last` the last position that
    was handed out, `redeliver_at` when all behind `acked` is handed out again, which
    `rounds` counts since `acked` moved, and `reached` is where the rounds before got.
    """

    id: str
    account_id: str
    kind: Kind
    mode: Mode
    filter: EventFilter
    created_at: datetime
    updated_at: datetime
    display_name: str = ""
    view: MessageView = MessageView.NONE
    state: State = State.ACTIVE
    ack_deadline: timedelta = ACK_DEADLINE
    max_attempts: int = ATTEMPTS
    idle_ttl: timedelta | None = None
    is_ordered: bool = False
    acked: int = 0
    handed: int = 0
    generation: int = 1
    consumer_id: str = ""
    consumed_at: datetime | None = None
    stream: str = ""
    last: int = 0
    rounds: int = 0
    reached: int = 0
    redeliver_at: datetime | None = None
    version: int = 1

    @property
    def etag(self) -> str:
        """Changes with every change by a caller."""
        return str(self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Names one lease of one event; `replay_id` is "" where the log handed it out."""

    replay_id: str = ""
    position: int
    lease: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """An event in somebody's hands, until `due_at`."""

    subscription_id: str
    event: Event
    lease: int
    attempts: int
    due_at: datetime

    @property
    def replay_id(self) -> str:
        """The replay that asked for it, or ""."""
        return self.event.replay_id

    @property
    def position(self) -> int:
        """Where the event stands in the log."""
        return self.event.position

    @property
    def key(self) -> Key:
        """What names this lease."""
        return Key(replay_id=self.replay_id, position=self.position, lease=self.lease)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """An event that was given up after so many attempts."""

    event: Event
    attempts: int
    parked_at: datetime


def is_about(event: Event, subscription_id: str) -> bool:
    """Whether an event tells of this reader, which is never told of itself."""
    detail = event.detail
    return isinstance(detail, ConsumerDetail) and detail.consumer_id == subscription_id
