"""What time does to subscriptions: some expire with the log, some are left alone."""

from typing import Final

from mailbot_server.core.subscription import Subscription
from mailbot_server.engine.subscriptions.lifecycle import expire, remove
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import rows

BATCH: Final = 50


async def keep_up(db: Database) -> None:
    """Marks readers that the log has overtaken, and deletes those that are idle."""
    for each in await db.read(rows.overtaken, BATCH):
        await db.write(expire, each.account_id, each.id)
    for each in await db.read(rows.idle, BATCH):
        await db.write(delete_idle, each)


def delete_idle(tx: Transaction, found: Subscription) -> bool:
    """Deletes a subscription to which nobody came for its time; False if one did."""
    now_on = rows.get(tx, found.account_id, found.id, is_locked=True)
    if now_on is None or now_on.idle_ttl is None:
        return False
    if (now_on.consumed_at or now_on.created_at) + now_on.idle_ttl > tx.now:
        return False
    remove(tx, now_on, "", "idle")
    return True
