"""
Leases and what became of them on their way to the operations that write, and back.

Both go between processes once for each attempt, so they travel as plain values.
"""

from dataclasses import dataclass
from typing import Any, Final, get_args

from mailbot_server.core.delivery import Delivery, Outcome, Trace
from mailbot_server.core.facts import travelling
from mailbot_server.core.facts.travelling import Travelling, Way
from mailbot_server.core.mail.reply import Reply
from mailbot_server.store import columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(Travelling):
    """What was leased, and which of its recipients have inboxes here."""

    leases: tuple[Delivery, ...] = ()
    hosted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Travelling):
    """How the attempt of a lease ended; `jitter` in [-1, 1] spreads retries."""

    lease: Delivery
    outcome: Outcome
    jitter: float


_INSTANT: Final = Way(apart=columns.write_time, together=columns.read_time)
_REPLY: Final = travelling.unless(travelling.of(Reply), None)
_DELIVERY: Final = travelling.of(
    Delivery,
    last_reply=_REPLY,
    **dict.fromkeys(
        (
            *("due_at", "queued_at", "gives_up_at", "updated_at", "lease_until"),
            "replied_at",
        ),
        _INSTANT,
    ),
)
_TRACE: Final = travelling.of(Trace, reply=_REPLY, started_at=_INSTANT)
_OUTCOMES: Final[dict[str, Way]] = {
    kind.__name__: travelling.of(kind, trace=_TRACE) for kind in get_args(Outcome)
}


def _outcome_apart(outcome: Outcome) -> tuple[str, Any]:
    name = type(outcome).__name__
    return name, _OUTCOMES[name].apart(outcome)


def _outcome_together(values: tuple[str, Any]) -> Outcome:
    name, its = values
    outcome: Outcome = _OUTCOMES[name].together(its)
    return outcome


travelling.let(
    Result,
    lease=_DELIVERY,
    outcome=Way(apart=_outcome_apart, together=_outcome_together),
)
travelling.let(Claimed, leases=travelling.each(_DELIVERY))
