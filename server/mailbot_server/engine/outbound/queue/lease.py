"""Begins, holds, suppresses, calls back and gives back what the queue has leased."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core import suppression
from mailbot_server.core.delivery import (
    CANCELLED_BY_CALLER,
    Delivery,
    State,
    Step,
    advance,
)
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.event import AttemptDetail, EventType, HoldDetail
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.suppression import Suppression
from mailbot_server.engine import suppressions
from mailbot_server.engine.inboxes import domain_use
from mailbot_server.engine.inboxes.state import (
    CANCELLED_BY_DISABLING,
    HELD_BY_SUSPENSION,
)
from mailbot_server.engine.outbound.announce import announce
from mailbot_server.engine.outbound.routing import route as routes
from mailbot_server.engine.outbound.routing import stays
from mailbot_server.engine.outbound.travel import Claimed
from mailbot_server.store import deliveries, inboxes
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import Due, Turns
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

DKIM_UNAVAILABLE: Final = "dkim_unavailable"
DOMAIN_LOST: Final = "domain_lost"
BATCH: Final = 100
LAST_ATTEMPT: Final = timedelta(minutes=10)
"""So long after its time is over a delivery may wait for its last attempt."""

_WHY: Final = {
    **stays.WORDS,
    DOMAIN_LOST: (
        "another account has verified the domain of this inbox; verify it again, and"
        " its mail goes on"
    ),
    HELD_BY_SUSPENSION: "the inbox is suspended; activate it to let its mail go on",
    CANCELLED_BY_DISABLING: "the inbox was disabled before the message left",
    CANCELLED_BY_CALLER: "it was to be cancelled if the attempt under way failed",
}
_logger: Final = log.get("queue")


class Begun(StrEnum):
    """Whether an attempt may begin, or what became of the lease instead."""

    STARTED = "started"
    HELD = "held"
    CANCELLED = "cancelled"
    SUPPRESSED = "suppressed"
    LOST = "lost"


_ENDED: Final = {
    Begun.CANCELLED: State.CANCELLED,
    Begun.SUPPRESSED: State.SUPPRESSED,
}


async def claim(
    db: Database, node_id: str, room: int, seconds: float, turns: Turns
) -> Claimed:
    """
    Leases what is due, and finds which of its recipients have inboxes here.

    Where one process has the database to itself, its writer is not made to look.
    Raises Unavailable; `turns` has to forget then.
    """
    if db.is_postgres:
        return await db.write(_claim, node_id, room, seconds, turns)
    found = await db.read(deliveries.look_due, room, turns)
    if not found:
        return Claimed()
    return await db.write(_lease, found, node_id, seconds)


async def begin(
    db: Database, metrics: Metrics, lease: Delivery, *, hold: str = ""
) -> Begun:
    """
    Marks the lease's attempt as begun; after STARTED the host may be dialled.

    Mail of a disabled inbox is cancelled, to a recipient who was suppressed meanwhile
    not tried, of a suspended inbox or a domain that is another account's since held,
    and with a reason to `hold`, as `routing/stays.py` gives it, held. One operation.
    """
    begun = await db.write(_begin_attempt, lease, hold)
    _count(metrics, lease, begun)
    return begun


async def hold_all(
    db: Database, metrics: Metrics, held: Iterable[tuple[Delivery, str]]
) -> frozenset[str]:
    """
    As `begin` for leases that each have a reason to be held; their ids.

    One operation for each account.
    """
    ended: set[str] = set()
    by_account = sorted(held, key=_account_of)
    for _, group in groupby(by_account, key=_account_of):
        its = sorted(group, key=lambda each: each[0].id)
        results = await db.write(_begin_held, its)
        for (lease, _), begun in zip(its, results, strict=True):
            _count(metrics, lease, begun)
            ended.add(lease.id)
    return frozenset(ended)


async def hold(
    db: Database, metrics: Metrics, lease: Delivery, reason: str, why: str
) -> None:
    """Holds a delivery whose attempt has begun and may not go on. One operation."""
    _count(metrics, lease, await db.write(_hold, lease, reason, why))


async def give_back(db: Database, leases: Iterable[Delivery]) -> None:
    """Puts leases back into the queue without an outcome, due now."""
    by_account = sorted(leases, key=lambda lease: lease.account_id)
    for _, its in groupby(by_account, key=lambda lease: lease.account_id):
        cancelled = await db.write(_give_back, list(its))
        for lease in cancelled:
            stream, outcome = lease.stream.value, State.CANCELLED.value
            db.metrics.deliveries.labels(stream, outcome).inc()


async def release_permitted(db: Database, settings: Settings) -> int:
    """Queues what was held because of settings that let it go now; how much."""
    total = 0
    for reason in stays.WORDS:
        for inbox_id in await db.read(deliveries.holding, reason):
            total += await _release_permitted(db, settings, reason, inbox_id)
    return total


async def release_signable(db: Database, account_id: str, domain: str) -> int:
    """Queues what waited for a key of its sender's domain; how much."""
    words = f"a DKIM key of {domain} can sign it now"
    return await _release_from(db, account_id, domain, DKIM_UNAVAILABLE, words)


async def release_regained(db: Database, account_id: str, domain: str) -> int:
    """Queues what waited for its sender's domain to be the account's; how much."""
    words = f"this account has verified {domain} again"
    return await _release_from(db, account_id, domain, DOMAIN_LOST, words)


async def expire_overdue(db: Database, metrics: Metrics) -> int:
    """Ends deliveries that wait although their time has run out; how many, of 100."""
    ended = 0
    for waiting in await db.read(deliveries.overdue, LAST_ATTEMPT, BATCH):
        try:
            is_ended = await db.write(_expire, waiting)
        except Unavailable:
            raise
        except Exception:
            # One delivery's fault stops no other, nor the server at every start.
            metrics.unhandled_exceptions.labels("queue").inc()
            _logger.exception("delivery_not_expired", delivery_id=waiting.id)
            continue
        if is_ended:
            ended += 1
            metrics.deliveries.labels(waiting.stream.value, State.EXPIRED.value).inc()
    return ended


def _count(metrics: Metrics, lease: Delivery, begun: Begun) -> None:
    if begun is Begun.LOST:
        metrics.queue_fencing_rejections.inc()
    if begun in _ENDED:
        metrics.deliveries.labels(lease.stream.value, _ENDED[begun].value).inc()


def _account_of(held: tuple[Delivery, str]) -> str:
    return held[0].account_id


def _begin_held(tx: Transaction, held: Sequence[tuple[Delivery, str]]) -> list[Begun]:
    return [_begin_attempt(tx, lease, reason) for lease, reason in held]


def _claim(
    tx: Transaction, node_id: str, room: int, seconds: float, turns: Turns
) -> Claimed:
    return _claimed(tx, deliveries.lease_due(tx, node_id, room, seconds, turns))


def _lease(
    tx: Transaction, found: Sequence[Due], node_id: str, seconds: float
) -> Claimed:
    return _claimed(tx, deliveries.lease(tx, found, node_id, seconds))


def _claimed(tx: Transaction, its: Sequence[Delivery]) -> Claimed:
    hosted = inboxes.hosted(tx, [each.recipient for each in its])
    return Claimed(leases=tuple(its), hosted=hosted)


def _begin_attempt(tx: Transaction, lease: Delivery, hold: str) -> Begun:
    inbox = inboxes.get(tx, lease.account_id, lease.inbox_id)
    if inbox is None or inbox.state is InboxState.DISABLED:
        return _cancel(tx, lease)
    if domain_use.is_lost(tx, inbox):
        return _hold(tx, lease, DOMAIN_LOST)
    whom = lease.recipient
    found = suppressions.found_for(tx, lease.account_id, lease.inbox_id, [whom])
    if found:
        return _suppress(tx, lease, found[whom])
    if inbox.state is InboxState.SUSPENDED:
        return _hold(tx, lease, HELD_BY_SUSPENSION)
    if hold:
        return _hold(tx, lease, hold)
    return Begun.STARTED if deliveries.start(tx, lease) else Begun.LOST


def _hold(tx: Transaction, lease: Delivery, reason: str, why: str = "") -> Begun:
    if deliveries.is_called_back(tx, lease):
        return _cancel(tx, lease, CANCELLED_BY_CALLER)
    state, why = advance(lease.state, Step.HOLD), why or _WHY[reason]
    held = replace(lease, state=state, hold_reason=reason, diagnostic=why)
    if not deliveries.write(tx, lease, held):
        return Begun.LOST
    detail = HoldDetail(reason=reason, explanation=why)
    announce(tx, lease, [(EventType.MESSAGE_HELD, detail)])
    return Begun.HELD


def _suppress(tx: Transaction, lease: Delivery, found: Suppression) -> Begun:
    state, why = advance(lease.state, Step.SUPPRESS), suppression.words(found)
    suppressed = replace(lease, state=state, diagnostic=why)
    if not deliveries.write(tx, lease, suppressed):
        return Begun.LOST
    cause = suppressions.cause(found)
    announce(tx, suppressed, [(EventType.MESSAGE_SUPPRESSED, cause)])
    return Begun.SUPPRESSED


def _cancel(
    tx: Transaction, lease: Delivery, reason: str = CANCELLED_BY_DISABLING
) -> Begun:
    cancelled = replace(lease, state=advance(lease.state, Step.CANCEL))
    if not deliveries.write(tx, lease, cancelled):
        return Begun.LOST
    detail = HoldDetail(reason=reason, explanation=_WHY[reason])
    announce(tx, lease, [(EventType.MESSAGE_CANCELLED, detail)])
    return Begun.CANCELLED


def _give_back(tx: Transaction, leases: Sequence[Delivery]) -> list[Delivery]:
    """Those that were cancelled instead, as somebody had asked for meanwhile."""
    cancelled = []
    for lease in leases:
        if deliveries.is_called_back(tx, lease):
            if _cancel(tx, lease, CANCELLED_BY_CALLER) is Begun.CANCELLED:
                cancelled.append(lease)
            continue
        state = advance(lease.state, Step.RETURN)
        deliveries.write(tx, lease, replace(lease, state=state, due_at=tx.now))
    return cancelled


async def _release_from(
    db: Database, account_id: str, domain: str, reason: str, words: str
) -> int:
    total = 0
    inbox_ids = await db.read(deliveries.held_inboxes, account_id, reason, domain)
    for inbox_id in inbox_ids:
        while released := await db.write(_release_some, reason, words, inbox_id):
            total += released
    return total


async def _release_permitted(
    db: Database, settings: Settings, reason: str, inbox_id: str
) -> int:
    pairs = await db.read(deliveries.held_domains, inbox_id, reason)
    free: list[tuple[str | None, str]] = [
        (sender, domain)
        for sender, domain in pairs
        if not stays.why_held(settings, routes.choose(settings, domain, sender))
    ]
    if len(free) == len(pairs):
        # Nothing has to be passed over.
        free = [(None, "")]
    total = 0
    words = "the settings name a way for it now: hostname, smart_host or a route"
    for sender, domain in free:
        step = (reason, words, inbox_id, domain, sender)
        while released := await db.write(_release_some, *step):
            total += released
    return total


def _release_some(
    tx: Transaction,
    reason: str,
    words: str,
    inbox_id: str,
    domain: str = "",
    sender: str | None = None,
) -> int:
    released = deliveries.release(tx, inbox_id, reason, BATCH, domain, sender)
    detail = HoldDetail(reason=reason, explanation=words)
    for delivery in released:
        announce(tx, delivery, [(EventType.MESSAGE_RELEASED, detail)])
    return len(released)


def _expire(tx: Transaction, waiting: Delivery) -> bool:
    words = "waited until its time had run out"
    if waiting.state is State.HELD:
        words = f"held ({waiting.hold_reason}) until its time had run out"
    expired = replace(
        waiting,
        state=advance(waiting.state, Step.EXPIRE),
        diagnostic=words,
        hold_reason="",
    )
    if not deliveries.write(tx, waiting, expired):
        return False
    detail = AttemptDetail(attempt=waiting.attempts, diagnostic=expired.diagnostic)
    announce(tx, waiting, [(EventType.MESSAGE_EXPIRED, detail)])
    return True
