"""
The life of one message to one recipient: a table of states and outcomes.

Everything that changes a delivery's state goes through `NEXT`; what is not in the
table cannot happen. A delivery begins queued, or suppressed if its recipient is.
`bounced` is what the other side said, `failed` is our own fault and says nothing about
the recipient.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from mailbot_server.core.mail.dsn import Action
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee, Stream


class State(StrEnum):
    """Where a delivery is; see DeliveryState in messages.proto."""

    QUEUED = "queued"
    LEASED = "leased"
    DEFERRED = "deferred"
    HELD = "held"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNKNOWN = "unknown"

    @property
    def is_terminal(self) -> bool:
        """Whether nothing more will happen to it."""
        return self not in OPEN


OPEN: Final = frozenset({State.QUEUED, State.LEASED, State.DEFERRED, State.HELD})

HELD_BY_CALLER: Final = "held_by_caller"
HELD_BY_RESTORE: Final = "database_restored"
CANCELLED_BY_CALLER: Final = "cancelled_by_caller"
CANCEL_REQUESTED: Final = "cancel_requested"
"""The `hold_reason` of a leased delivery that has no next attempt if this one fails."""


class Stage(StrEnum):
    """Where an attempt ended."""

    ROUTE = "route"
    CONNECT = "connect"
    GREETING = "greeting"
    TLS = "tls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    EOD = "eod"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """
    What was seen of the other side during one attempt.

    `route` is pinned, smart_host, mx or local, `site` the destination as shaping names
    it. `address` is `ip:port` of the host
    that answered last, `reply` what it said last, `diagnostic` our words for people.
    `will_report`: it has been asked to report success, and knows how (RFC 3461 5.2).
    """

    route: str = ""
    site: str = ""
    stage: Stage = Stage.ROUTE
    host: str = ""
    address: str = ""
    reply: Reply | None = None
    diagnostic: str = ""
    tls_level: str = ""
    tls_protocol: str = ""
    tls_cipher: str = ""
    will_report: bool = False
    started_at: datetime
    duration_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The next hop took it; `is_final` when that is the recipient's own host."""

    trace: Trace
    is_final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """Not now; `is_quick` for greylisting and trouble before a greeting."""

    trace: Trace
    is_quick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """
    Never; the other side or its DNS said so.

    `rule_id` is the reply rule by which it counts as that, "" for the other's own word.
    """

    trace: Trace
    rule_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Never, through a fault of ours."""

    trace: Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The connection was lost after the final dot: taken or not, nobody knows."""

    trace: Trace


Outcome = Accepted | Deferred | Refused | Failed | Lost


class Step(StrEnum):
    """What can happen to a delivery; an outcome becomes one of these."""

    LEASE = "lease"
    RETURN = "return"
    RELAY = "relay"
    DELIVER = "deliver"
    DEFER = "defer"
    BOUNCE = "bounce"
    FAIL = "fail"
    EXPIRE = "expire"
    GIVE_UP_UNKNOWN = "give_up_unknown"
    HOLD = "hold"
    RELEASE = "release"
    CANCEL = "cancel"
    SUPPRESS = "suppress"


NEXT: Final[dict[tuple[State, Step], State]] = {
    (State.QUEUED, Step.LEASE): State.LEASED,
    (State.DEFERRED, Step.LEASE): State.LEASED,
    (State.LEASED, Step.RETURN): State.QUEUED,
    (State.LEASED, Step.RELAY): State.SENT,
    (State.LEASED, Step.DELIVER): State.DELIVERED,
    (State.LEASED, Step.DEFER): State.DEFERRED,
    (State.LEASED, Step.BOUNCE): State.BOUNCED,
    (State.LEASED, Step.FAIL): State.FAILED,
    (State.LEASED, Step.EXPIRE): State.EXPIRED,
    (State.LEASED, Step.GIVE_UP_UNKNOWN): State.UNKNOWN,
    (State.LEASED, Step.HOLD): State.HELD,
    (State.LEASED, Step.CANCEL): State.CANCELLED,
    (State.QUEUED, Step.HOLD): State.HELD,
    (State.DEFERRED, Step.HOLD): State.HELD,
    (State.HELD, Step.RELEASE): State.QUEUED,
    (State.HELD, Step.EXPIRE): State.EXPIRED,
    (State.QUEUED, Step.EXPIRE): State.EXPIRED,
    (State.DEFERRED, Step.EXPIRE): State.EXPIRED,
    (State.LEASED, Step.SUPPRESS): State.SUPPRESSED,
    (State.QUEUED, Step.CANCEL): State.CANCELLED,
    (State.DEFERRED, Step.CANCEL): State.CANCELLED,
    (State.HELD, Step.CANCEL): State.CANCELLED,
}


AFTER: Final[dict[tuple[State, Action], State]] = {
    (State.SENT, Action.FAILED): State.BOUNCED,
    (State.DELIVERED, Action.FAILED): State.BOUNCED,
    (State.UNKNOWN, Action.FAILED): State.BOUNCED,
    (State.SENT, Action.DELIVERED): State.DELIVERED,
    (State.UNKNOWN, Action.DELIVERED): State.DELIVERED,
}
"""What a report that comes back can still change, after the end (RFC 3464)."""


def advance(state: State, step: Step) -> State:
    """The state after `step`; KeyError for one that is not in the table."""
    return NEXT[state, step]


def step_of(outcome: Outcome, guarantee: Guarantee, *, may_retry: bool) -> Step:
    """What an outcome does to a leased delivery; `may_retry` while time is left."""
    match outcome:
        case Accepted(is_final=True):
            return Step.DELIVER
        case Accepted():
            return Step.RELAY
        case Refused():
            return Step.BOUNCE
        case Failed():
            return Step.FAIL
        case Lost() if guarantee is Guarantee.AT_MOST_ONCE:
            return Step.GIVE_UP_UNKNOWN
        case _:
            return Step.DEFER if may_retry else Step.EXPIRE


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """
    One message to one recipient, as it is stored.

    `sender_domain` is that of the inbox, whose reverse-path may be elsewhere.
    `attempts` counts those that have ended. `lease_seq` grows with every lease and
    fences late results. `started` is true once the current lease's attempt has begun.
    `delays_announced` counts message.delayed events. `site` is where it was tried
    last, as shaping names it. `last_stage`, `bounce_scope`, `rule_id` and `permanent`
    belong to the last refusal. `dsn_notify` holds the words of NOTIFY, comma separated,
    and `dsn_original` the ORCPT, as the submitter gave them (RFC 3461 4.1, 4.2).
    """

    id: str
    account_id: str
    inbox_id: str
    thread_id: str
    message_id: str
    recipient: str
    domain: str
    state: State
    stream: Stream
    guarantee: Guarantee
    attempts: int = 0
    due_at: datetime
    queued_at: datetime
    gives_up_at: datetime
    updated_at: datetime
    reverse_path: str = ""
    sender_domain: str = ""
    lease_owner: str = ""
    lease_until: datetime | None = None
    lease_seq: int = 0
    started: bool = False
    delays_announced: int = 0
    last_reply: Reply | None = None
    last_host: str = ""
    diagnostic: str = ""
    last_stage: str = ""
    site: str = ""
    bounce_class: str = ""
    bounce_scope: str = ""
    rule_id: str = ""
    permanent: bool = False
    hold_reason: str = ""
    require_tls: bool = False
    dsn_notify: str = ""
    dsn_original: str = ""
    is_tracked: bool = False
    opens: int = 0
    clicks: int = 0
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFilter:
    """
    Which deliveries: all set conditions hold, inside one any value matches.

    `account_id` None means all accounts, `visible_inbox_ids` None all inboxes.
    `recipient` is folded; a `hold_reason` finds held ones only; `due_after` finds those
    whose next attempt is later than that.
    """

    account_id: str | None
    ids: tuple[str, ...] = ()
    message_id: str = ""
    inbox_id: str = ""
    states: tuple[State, ...] = ()
    domain: str = ""
    recipient: str = ""
    hold_reason: str = ""
    bounce_class: str = ""
    stream: Stream | None = None
    after: datetime | None = None
    before: datetime | None = None
    due_after: datetime | None = None
    visible_inbox_ids: tuple[str, ...] | None = None

    @property
    def is_open(self) -> bool:
        """Whether only deliveries can match to which something will happen."""
        return bool(self.hold_reason) or bool(
            self.states and OPEN.issuperset(self.states)
        )
