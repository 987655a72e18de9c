"""
Makes a database that was put back from a copy safe to work on, before a server does.

What the copy has as undelivered may have left since it was made, and who read its
events has read on. So what has not ended is held until somebody decides, and the logs
get another name: a cursor of before is refused, where it could skip what is new.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from mailbot_server.core.audit import Change
from mailbot_server.core.delivery import HELD_BY_RESTORE, DeliveryFilter
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.outbound import motion
from mailbot_server.engine.outbound.settle import settle_lost
from mailbot_server.store import accounts, deliveries, events, nodes
from mailbot_server.store.database import Database, Transaction

BATCH: Final = 500
EPOCH_BYTES: Final = 8
_WHY: Final = (
    "the database was put back from a copy: this may have left since the copy was made;"
    " release it, or cancel it"
)
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

    Events message.held, and message.unknown for what was under way; an entry in each
    account's audit. Raises Unavailable while servers work on the database.
    """
    await db.write(_forget_nodes)
    await _take_back_leases(db)
    held = await _hold(db)
    found = await _note(db)
    await db.write(events.rename, db.entropy(EPOCH_BYTES).hex())
    return Aftermath(held=held, accounts=found)


def _forget_nodes(tx: Transaction) -> None:
    """Those of the copy are gone; one that was seen just now is not of the copy."""
    alive = nodes.alive(tx, tx.now - deliveries.SILENT)
    if tx.is_postgres and alive:
        seconds = deliveries.SILENT // timedelta(seconds=1)
        message = (
            f"servers work on this database, or did {seconds} seconds ago:"
            f" {', '.join(alive)}; stop them, wait, and try again"
        )
        raise Unavailable(message)
    nodes.forget(tx, nodes.silent(tx, tx.now + deliveries.SILENT))


async def _take_back_leases(db: Database) -> None:
    while lost := await db.read(deliveries.leases_lost, _NOBODY, BATCH):
        for lease in lost:
            await settle_lost(db, db.metrics, lease, db.clock())


async def _hold(db: Database) -> int:
    held = 0
    while True:
        everything = DeliveryFilter(account_id=None)
        moved = await motion.hold(db, everything, _WHY, kind=HELD_BY_RESTORE)
        held += moved.changed
        if not moved.more:
            return held


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
