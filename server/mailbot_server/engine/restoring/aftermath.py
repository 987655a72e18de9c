"""
Makes a database that was put back from a copy safe to work on, before a server does.

What the copy has as undelivered may have left since it was made, and who read its
events has read on. So what has not ended is held until somebody decides, and the logs
get another name: a cursor of before is refused, where it could skip what is new.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from mailbot_server.core.audit import Change
from mailbot_server.core.delivery import (
    HELD_BY_CALLER,
    HELD_BY_RESTORE,
    DeliveryFilter,
)
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.outbound import motion
from mailbot_server.engine.outbound.motion import Moved
from mailbot_server.engine.outbound.settle import settle_lost
from mailbot_server.store import accounts, deliveries, events, nodes
from mailbot_server.store.database import Database, Transaction

BATCH: Final = 500
EPOCH_BYTES: Final = 8
_WHY: Final = (
    "the database was put back from a copy: this may have left since the copy was made;"
    " release it, or cancel it"
)
_BY_HAND: Final = frozenset({HELD_BY_CALLER, HELD_BY_RESTORE})
"""What only somebody's hand lets go, too."""

_NOBODY: Final = ""
"""No node has this name: every lease is somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """How many deliveries are held now, and in how many accounts."""

    held: int
    accounts: int


async def settle_down(db: Database) -> Aftermath:
    """
    Holds what has not ended, and renames the logs of events; may be done again.

    Until all of it is done no server begins to work; if it is cut off, none does.
    Events message.held, and message.unknown for what was under way; an entry in each
    account's audit. Raises Unavailable while servers work on the database.
    """
    await db.write(_forget_nodes)
    await _take_back_leases(db)
    held = await _hold(db)
    found = await _note(db)
    timeline = await db.read(nodes.timeline) if db.is_postgres else ""
    await db.write(_end, db.entropy(EPOCH_BYTES).hex(), timeline)
    return Aftermath(held=held, accounts=found)


def _forget_nodes(tx: Transaction) -> None:
    """Those of the copy are gone; one that was seen just now is not of the copy."""
    _check_alone(tx)
    nodes.forget(tx, nodes.silent(tx, tx.now + deliveries.SILENT))
    nodes.keep_out(tx)


def _end(tx: Transaction, epoch: str, timeline: str) -> None:
    _check_alone(tx)
    events.rename(tx, epoch)
    if timeline:
        # It is noticed here: what its alert asks for has just been done.
        nodes.has_failed_over(tx, timeline)
    nodes.let_in(tx)


def _check_alone(tx: Transaction) -> None:
    alive = nodes.alive(tx, tx.now - deliveries.SILENT)
    if tx.is_postgres and alive:
        seconds = deliveries.SILENT // timedelta(seconds=1)
        message = (
            f"servers work on this database, or did {seconds} seconds ago:"
            f" {', '.join(alive)}; stop them, wait, and try again"
        )
        raise Unavailable(message)


async def _take_back_leases(db: Database) -> None:
    while lost := await db.read(deliveries.leases_lost, _NOBODY, BATCH):
        for lease in lost:
            await settle_lost(db, db.metrics, lease, db.clock())


async def _hold(db: Database) -> int:
    """
    What waits, and what is held for something that may end by itself.

    An old copy's would have no time left, and end before anybody can decide.
    """
    everything = DeliveryFilter(account_id=None)
    held = await _all(
        lambda: motion.hold(db, everything, _WHY, kind=HELD_BY_RESTORE, anew=True)
    )
    for reason in await db.read(deliveries.hold_reasons):
        if reason not in _BY_HAND:
            held += await _hold_on(db, replace(everything, hold_reason=reason))
    return held


async def _hold_on(db: Database, wanted: DeliveryFilter) -> int:
    why = f"{_WHY} (in the copy it was held: {wanted.hold_reason})"
    return await _all(lambda: motion.hold_on(db, wanted, why, kind=HELD_BY_RESTORE))


async def _all(move: Callable[[], Awaitable[Moved]]) -> int:
    """Moves until nothing is left; how much that was."""
    changed = 0
    while True:
        moved = await move()
        changed += moved.changed
        if not moved.more:
            return changed


async def _note(db: Database) -> int:
    """In each account's audit; how many accounts there are."""
    found, account_id = 0, ""
    while account_id := await db.read(accounts.next_id, account_id):
        await db.write(_note_one, account_id)
        found += 1
    return found


def _note_one(tx: Transaction, account_id: str) -> None:
    tx.audit(
        Change(
            account_id=account_id,
            action="database.restore",
            resource_type="account",
            resource_id=account_id,
            after={"undelivered": "held"},
        )
    )
