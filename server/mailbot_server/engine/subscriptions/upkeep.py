"""
What time does to subscriptions: some expire with the log, some are left alone.

A reader whose filter fits nothing stays where it is while nobody is connected. It is
carried over what it does not want before the log is trimmed there, so that it expires
only when something was trimmed that it wants.
"""

from typing import Final

from mailbot_server.core.errors import CursorGone
from mailbot_server.core.subscription import State, Subscription
from mailbot_server.engine.subscriptions.lifecycle import expire, remove
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import handouts, reading, rows

BATCH: Final = 50


async def keep_up(db: Database) -> None:
    """Marks readers that the log has overtaken, and deletes those that are idle."""
    for each in await db.read(rows.overtaken, BATCH):
        await db.write(expire, each.account_id, each.id)
    for each in await db.read(rows.idle, BATCH):
        await db.write(delete_idle, each)


async def make_way(db: Database, account_id: str, position: int) -> None:
    """
    Carries the account's readers on to a position, over what they do not want.

    Webhooks too: their rows stand here.
    """
    for each in await db.read(rows.behind, account_id, position):
        reached = await db.read(unwanted_until, each)
        if reached > each.handed:
            await db.write(carry, each, reached)


def unwanted_until(tx: Transaction, found: Subscription) -> int:
    """Up to where a bounded part of the log has nothing for a reader."""
    try:
        new, scanned, _ = reading.read(tx, found, 1)
    except CursorGone:
        return found.handed
    return new[0].position - 1 if new else scanned


def carry(tx: Transaction, seen: Subscription, position: int) -> None:
    """Moves a reader on, unless it has changed since it was seen."""
    now_on = rows.get(tx, seen.account_id, seen.id, is_locked=True)
    if now_on is None or now_on.state is State.EXPIRED:
        return
    if (now_on.handed, now_on.version) == (seen.handed, seen.version):
        handouts.pass_by(tx, now_on, position)


def delete_idle(tx: Transaction, found: Subscription) -> bool:
    """Deletes a subscription to which nobody came for its time; False if one did."""
    now_on = rows.get(tx, found.account_id, found.id, is_locked=True)
    if now_on is None or now_on.idle_ttl is None:
        return False
    if (now_on.consumed_at or now_on.created_at) + now_on.idle_ttl > tx.now:
        return False
    remove(tx, now_on, "", "idle")
    return True
