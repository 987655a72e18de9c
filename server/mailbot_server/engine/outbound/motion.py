"""
Moves deliveries by filter: tried at once, cancelled, held, released.

Each step is an operation on at most 500 deliveries of one account, which are looked at
again inside it: what has moved on meanwhile is left alone. Whoever is interrupted has
moved some of them and may ask again. A step locks deliveries, then limits, which nobody
locks in the other order: a new message has no deliveries that others know.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from time import monotonic
from typing import Final

from mailbot_server.core.audit import Change
from mailbot_server.core.delivery import (
    CANCEL_REQUESTED,
    CANCELLED_BY_CALLER,
    HELD_BY_CALLER,
    Delivery,
    DeliveryFilter,
    State,
    Step,
    advance,
)
from mailbot_server.core.event import EventType, HoldDetail
from mailbot_server.core.message import Stream
from mailbot_server.core.retry import gives_up_at
from mailbot_server.engine.outbound.announce import announce
from mailbot_server.engine.outbound.submission import release as releases
from mailbot_server.store import deliveries
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import listing
from mailbot_server.store.deliveries.listing import Place

BATCH: Final = 500
MOST: Final = 10_000
"""Deliveries that one call moves."""

SECONDS_MAX: Final = 20.0
"""After so long a call says that there is more, far from any deadline."""

_WAITING: Final = (State.QUEUED, State.DEFERRED)
_HELD: Final = "it was held by hand, until it is released"
_RELEASED: Final = "it was released by hand"
_CANCELLED: Final = "it was cancelled by hand before it left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """
    How many deliveries were moved, and whether all were looked at.

    Of those cancelled, `under_way` end only if their attempt fails; `over_limit` were
    not released, because a limit has no room for them.
    """

    changed: int = 0
    under_way: int = 0
    over_limit: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cancelled(Moved):
    """The streams of those that ended, each."""

    streams: tuple[Stream, ...] = ()


_Step = Callable[[Transaction, DeliveryFilter, Sequence[str]], Moved]


async def retry(db: Database, wanted: DeliveryFilter) -> Moved:
    """Makes what waits for its time due now, but nothing before it may leave."""
    later = replace(wanted, due_after=db.clock())
    return await _move(db, later, _WAITING, _retry)


async def cancel(db: Database, wanted: DeliveryFilter) -> Moved:
    """
    Ends what has not left; an attempt under way becomes the last one.

    Events message.cancelled.
    """

    def count(moved: Moved) -> None:
        if isinstance(moved, _Cancelled):
            for stream in moved.streams:
                ended = db.metrics.deliveries
                ended.labels(stream.value, State.CANCELLED.value).inc()

    open_states = (*_WAITING, State.HELD, State.LEASED)
    return await _move(db, wanted, open_states, _cancel, count)


async def hold(
    db: Database,
    wanted: DeliveryFilter,
    reason: str,
    *,
    kind: str = HELD_BY_CALLER,
    anew: bool = False,
) -> Moved:
    """
    Keeps what waits until it is released; events message.held.

    `reason` is for people, `kind` the hold_reason by which it is found; `anew` leaves
    as much time for that as if it were handed in now.
    """
    step = partial(_hold, why=reason or _HELD, kind=kind, anew=anew)
    return await _move(db, wanted, _WAITING, step)


async def hold_on(
    db: Database, wanted: DeliveryFilter, reason: str, *, kind: str
) -> Moved:
    """
    Has what is held stay so until somebody releases it, whatever it waited for.

    It has as much time for that as if it were handed in now. `reason` and `kind` as for
    `hold`; events message.held.
    """
    step = partial(_hold_on, why=reason, kind=kind)
    return await _move(db, wanted, (State.HELD,), step)


async def release(db: Database, wanted: DeliveryFilter) -> Moved:
    """
    Lets what is held go on, due now; events message.released.

    What a limit held is charged, or stays where it is.
    """
    return await _move(db, wanted, (State.HELD,), _release)


async def _move(
    db: Database,
    wanted: DeliveryFilter,
    states: Sequence[State],
    step: _Step,
    after: Callable[[Moved], None] = lambda _: None,
) -> Moved:
    asked = wanted.states or states
    movable = replace(wanted, states=tuple(s for s in states if s in asked))
    done, began = Moved(), monotonic()
    behind: Place | None = None
    if not movable.states:
        return done
    while True:
        room = min(BATCH, MOST - done.changed)
        found = await db.read(listing.page, movable, behind, room)
        for account_id, ids in _by_account(found.deliveries):
            own = replace(movable, account_id=account_id)
            moved = await db.write(step, own, ids)
            done = _sum(done, moved)
            after(moved)
        behind = found.last
        if behind is None:
            return done
        if done.changed >= MOST or monotonic() - began > SECONDS_MAX:
            return replace(done, more=True)


def _by_account(found: Sequence[Delivery]) -> list[tuple[str, list[str]]]:
    """The ids of each account's, in lists of their own."""
    groups = groupby(found, key=lambda each: each.account_id)
    return [(account_id, [each.id for each in its]) for account_id, its in groups]


def _sum(one: Moved, other: Moved) -> Moved:
    return Moved(
        changed=one.changed + other.changed,
        under_way=one.under_way + other.under_way,
        over_limit=one.over_limit + other.over_limit,
    )


def _retry(tx: Transaction, wanted: DeliveryFilter, ids: Sequence[str]) -> Moved:
    found = listing.lock(tx, wanted, ids)
    # What was scheduled is queued at that time.
    sooner = [replace(each, due_at=max(tx.now, each.queued_at)) for each in found]
    moved = [
        new for new, old in zip(sooner, found, strict=True) if new.due_at < old.due_at
    ]
    deliveries.update(tx, moved)
    _note(tx, "delivery.retry", moved)
    return Moved(changed=len(moved))


def _cancel(tx: Transaction, wanted: DeliveryFilter, ids: Sequence[str]) -> Moved:
    found = listing.lock(tx, wanted, ids)
    begun = [d for d in found if d.state is State.LEASED and d.started]
    under_way = [d for d in begun if d.hold_reason != CANCEL_REQUESTED]
    # Whoever leased one that has not begun will find that it was lost.
    still = [d for d in found if d not in begun]
    cancelled = [
        replace(each, state=advance(each.state, Step.CANCEL), hold_reason="")
        for each in still
    ]
    deliveries.update(tx, cancelled)
    deliveries.call_back(tx, under_way)
    detail = HoldDetail(reason=CANCELLED_BY_CALLER, explanation=_CANCELLED)
    for each in still:
        announce(tx, each, [(EventType.MESSAGE_CANCELLED, detail)])
    _note(tx, "delivery.cancel", [*still, *under_way])
    return _Cancelled(
        changed=len(still) + len(under_way),
        under_way=len(under_way),
        streams=tuple(each.stream for each in cancelled),
    )


def _hold(
    tx: Transaction,
    wanted: DeliveryFilter,
    ids: Sequence[str],
    *,
    why: str,
    kind: str,
    anew: bool,
) -> Moved:
    found = listing.lock(tx, wanted, ids)
    changed = [replace(each, state=advance(each.state, Step.HOLD)) for each in found]
    return _keep(tx, _given_time(tx, changed) if anew else changed, why, kind)


def _hold_on(
    tx: Transaction,
    wanted: DeliveryFilter,
    ids: Sequence[str],
    *,
    why: str,
    kind: str,
) -> Moved:
    found = listing.lock(tx, wanted, ids)
    return _keep(tx, _given_time(tx, found), why, kind)


def _given_time(tx: Transaction, found: Sequence[Delivery]) -> list[Delivery]:
    return [
        replace(
            each, gives_up_at=max(each.gives_up_at, gives_up_at(tx.now, each.stream))
        )
        for each in found
    ]


def _keep(tx: Transaction, found: Sequence[Delivery], why: str, kind: str) -> Moved:
    held = [replace(each, hold_reason=kind, diagnostic=why) for each in found]
    deliveries.update(tx, held)
    detail = HoldDetail(reason=kind, explanation=why)
    for each in held:
        announce(tx, each, [(EventType.MESSAGE_HELD, detail)])
    _note(tx, "delivery.hold", held, reason=why)
    return Moved(changed=len(held))


def _release(tx: Transaction, wanted: DeliveryFilter, ids: Sequence[str]) -> Moved:
    found = listing.lock(tx, wanted, ids)
    admitted = releases.admit(tx, found)
    released = [
        replace(
            each,
            state=advance(each.state, Step.RELEASE),
            due_at=max(tx.now, each.queued_at),
            hold_reason="",
            diagnostic="",
        )
        for each in admitted
    ]
    deliveries.update(tx, released)
    for each in admitted:
        detail = HoldDetail(reason=each.hold_reason, explanation=_RELEASED)
        announce(tx, each, [(EventType.MESSAGE_RELEASED, detail)])
    _note(tx, "delivery.release", released)
    return Moved(changed=len(released), over_limit=len(found) - len(admitted))


def _note(tx: Transaction, action: str, moved: Sequence[Delivery], **said: str) -> None:
    """One entry for all that a step moved; its resource where that is only one."""
    if not moved:
        return
    inbox_ids = {each.inbox_id for each in moved}
    tx.audit(
        Change(
            account_id=moved[0].account_id,
            action=action,
            resource_type="delivery",
            resource_id=moved[0].id if len(moved) == 1 else "",
            inbox_id=inbox_ids.pop() if len(inbox_ids) == 1 else "",
            after={"delivery_ids": [each.id for each in moved], **said},
        )
    )
