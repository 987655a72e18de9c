"""
Says why a delivery is where it is and what happens next.

Every state has its sentence. What is not over also says what holds it back and when it
is given up.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from mailbot_server.core.delivery import CANCEL_REQUESTED, Delivery, State
from mailbot_server.core.explanation.reason import Explanation, Kind, Reason
from mailbot_server.core.explanation.restraint import Circumstances, restraints
from mailbot_server.core.explanation.words import at, count, cut, said, within
from mailbot_server.core.message import Guarantee

_Words = Callable[[Delivery, datetime], str]


def explain(delivery: Delivery, known: Circumstances) -> Explanation:
    """The summary and the reasons, from what is stored and what is known."""
    now = known.now
    if delivery.state.is_terminal:
        summary = _ENDED[delivery.state](delivery, now)
        outcome = Reason(kind=Kind.OUTCOME, text=summary)
        return Explanation(summary=summary, reasons=(outcome, *_heard(delivery)))
    held_back = restraints(known)
    own = _OPEN[delivery.state](delivery, now)
    beside = "".join(f"; {each.text}" for each in held_back)
    lifetime = Reason(
        kind=Kind.LIFETIME,
        text=f"given up at {within(delivery.gives_up_at, now)}",
        until=delivery.gives_up_at,
    )
    return Explanation(
        summary=f"{own}{beside}",
        reasons=(*_decides(delivery, now), *held_back, *_heard(delivery), lifetime),
    )


def _decides(delivery: Delivery, now: datetime) -> list[Reason]:
    """What the state itself waits for."""
    match delivery.state:
        case State.HELD:
            return [Reason(kind=Kind.HOLD, text=_hold(delivery))]
        case State.LEASED:
            return _under_way(delivery, now)
        case _ if delivery.due_at > now:
            text = f"not tried before {within(delivery.due_at, now)}"
            return [Reason(kind=Kind.SCHEDULE, text=text, until=delivery.due_at)]
        case _:
            return [Reason(kind=Kind.SCHEDULE, text="it is due now")]


def _under_way(delivery: Delivery, now: datetime) -> list[Reason]:
    found = [Reason(kind=Kind.ATTEMPT, text=_attempt(delivery, now))]
    if delivery.hold_reason == CANCEL_REQUESTED:
        words = "it is cancelled if this attempt fails"
        found.insert(0, Reason(kind=Kind.CANCEL_REQUESTED, text=words))
    return found


def _heard(delivery: Delivery) -> list[Reason]:
    """What the last attempts brought."""
    found = []
    if delivery.last_reply is not None:
        text = f"{_host(delivery)} said {said(delivery.last_reply)}"
        classified = f" ({delivery.bounce_class})" if delivery.bounce_class else ""
        found.append(Reason(kind=Kind.LAST_REPLY, text=f"{text}{classified}"))
    if delivery.diagnostic and delivery.attempts and _says_more(delivery):
        found.append(Reason(kind=Kind.LAST_ATTEMPT, text=cut(delivery.diagnostic)))
    return found


def _queued(delivery: Delivery, now: datetime) -> str:
    if delivery.due_at > now:
        when = within(delivery.due_at, now)
        if delivery.due_at <= delivery.queued_at:
            return f"queued: it leaves at {when}, as its sender or a limit asked for"
        return f"queued: next attempt at {when}"
    if delivery.attempts == 0:
        return "queued: its first attempt is due now"
    return f"queued: the next attempt is due now; {_last(delivery)}"


def _deferred(delivery: Delivery, now: datetime) -> str:
    if delivery.due_at > now:
        when = within(delivery.due_at, now)
        return f"deferred: next attempt at {when}, because {_last(delivery)}"
    return f"deferred: the next attempt is due now; {_last(delivery)}"


def _leased(delivery: Delivery, now: datetime) -> str:
    last = ""
    if delivery.hold_reason == CANCEL_REQUESTED:
        last = "; it is cancelled if that fails"
    return f"leased: {_attempt(delivery, now)}{last}"


def _attempt(delivery: Delivery, now: datetime) -> str:
    number = delivery.attempts + 1
    if delivery.started:
        return f"attempt {number} is under way since {at(delivery.updated_at, now)}"
    return f"attempt {number} begins as soon as there is room at the destination"


def _held(delivery: Delivery, now: datetime) -> str:
    ends = at(delivery.gives_up_at, now)
    return f"held: {_hold(delivery)}; if it stays so, it is given up at {ends}"


def _hold(delivery: Delivery) -> str:
    why = cut(delivery.diagnostic) or _HOLDS.get(delivery.hold_reason, "")
    return f"{why} ({delivery.hold_reason})" if why else delivery.hold_reason


def _sent(delivery: Delivery, now: datetime) -> str:
    taken = _taken(delivery, now)
    return f"sent: {taken}; whether it arrived, only that host or a report can say"


def _delivered(delivery: Delivery, now: datetime) -> str:
    return f"delivered: {_taken(delivery, now)}"


def _taken(delivery: Delivery, now: datetime) -> str:
    when = at(delivery.updated_at, now)
    if delivery.last_reply is None:
        return f"it was taken at {when}"
    return f"{_host(delivery)} took it at {when} with {said(delivery.last_reply)}"


def _bounced(delivery: Delivery, now: datetime) -> str:
    why = f" ({delivery.bounce_class})" if delivery.bounce_class else ""
    when = at(delivery.updated_at, now)
    return f"bounced at {when}, because {_last(delivery)}{why}; it is not tried again"


def _failed(delivery: Delivery, now: datetime) -> str:
    when, why = at(delivery.updated_at, now), _last(delivery)
    return (
        f"failed at {when}, because {why}; that is a fault of this server and says"
        " nothing of the recipient"
    )


def _suppressed(delivery: Delivery, now: datetime) -> str:
    why = cut(delivery.diagnostic) or "the recipient is suppressed"
    return f"suppressed at {at(delivery.updated_at, now)}, not tried: {why}"


def _cancelled(delivery: Delivery, now: datetime) -> str:
    tried = f" after {count(delivery.attempts, 'attempt')}" if delivery.attempts else ""
    return f"cancelled at {at(delivery.updated_at, now)}{tried}, before it had left"


def _expired(delivery: Delivery, now: datetime) -> str:
    when, tried = at(delivery.updated_at, now), count(delivery.attempts, "attempt")
    return f"expired: given up at {when} after {tried}; {_last(delivery)}"


def _unknown(delivery: Delivery, now: datetime) -> str:
    when = at(delivery.updated_at, now)
    lost = f"the connection was lost at {when} after the whole message had been sent"
    if delivery.guarantee is Guarantee.AT_MOST_ONCE:
        return (
            f"unknown: {lost}; its sender chose at_most_once, so it is not tried again"
        )
    return f"unknown: {lost}; it is not tried again"


def _last(delivery: Delivery) -> str:
    """How the last attempt ended: its own words where the host said nothing."""
    reply, words = delivery.last_reply, cut(delivery.diagnostic)
    if reply is not None and not (words and _says_more(delivery)):
        return f"{_host(delivery)} said {said(reply)}"
    return words or "the last attempt came to nothing"


def _says_more(delivery: Delivery) -> bool:
    """
    Whether the last attempt has words of its own beside what a host said last.

    An attempt that heard nothing leaves the reply of an earlier one where it is.
    """
    reply = delivery.last_reply
    return reply is None or reply.wire() not in delivery.diagnostic


def _host(delivery: Delivery) -> str:
    return delivery.last_host or delivery.site or delivery.domain


_HOLDS: Final[Mapping[str, str]] = {
    "limit_overflow": "it would pass a limit of the inbox or account; release it when"
    " there is room",
}
_OPEN: Final[Mapping[State, _Words]] = {
    State.QUEUED: _queued,
    State.DEFERRED: _deferred,
    State.LEASED: _leased,
    State.HELD: _held,
}
_ENDED: Final[Mapping[State, _Words]] = {
    State.SENT: _sent,
    State.DELIVERED: _delivered,
    State.BOUNCED: _bounced,
    State.FAILED: _failed,
    State.SUPPRESSED: _suppressed,
    State.CANCELLED: _cancelled,
    State.EXPIRED: _expired,
    State.UNKNOWN: _unknown,
}
