"""Keeps new deliveries and reads them again; changes several that were read."""

from collections.abc import Sequence
from typing import Final

from mailbot_server.core.delivery import Delivery, State
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries.rows import (
    INSERT,
    SELECT,
    SET,
    read,
    values_of,
    written,
)
from mailbot_server.store.statements import marks, padded

TOPIC: Final = "deliveries"

_UPDATE: Final = f"UPDATE delivery SET {SET} WHERE id = ?"  # noqa: S608


def add_many(tx: Transaction, deliveries: Sequence[Delivery]) -> None:
    """
    Keeps new deliveries and counts the open ones.

    Touches "deliveries", unless there is nothing to be leased of them.
    """
    tx.execute_many(INSERT, [values_of(each) for each in deliveries])
    for delivery in deliveries:
        if not delivery.state.is_terminal:
            tx.count(delivery.inbox_id, open_deliveries=1)
    if any(delivery.state is State.QUEUED for delivery in deliveries):
        tx.touch(TOPIC)


def get(tx: Transaction, account_id: str, delivery_id: str) -> Delivery | None:
    """One delivery of the account."""
    row = tx.one(f"{SELECT} WHERE id = ? AND account_id = ?", delivery_id, account_id)
    return read(row) if row else None


def lock(tx: Transaction, delivery: Delivery) -> Delivery:
    """
    A delivery as it is now; on PostgreSQL it stays so until the operation ends.

    For who does something once: another operation may have done it since it was read.
    """
    row = tx.one(f"{SELECT} WHERE id = ?{for_update(tx)}", delivery.id)
    return read(row) if row else delivery


def find(tx: Transaction, delivery_id: str) -> Delivery | None:
    """One delivery of whatever account."""
    row = tx.one(f"{SELECT} WHERE id = ?", delivery_id)
    return read(row) if row else None


def of_messages(
    tx: Transaction, message_ids: Sequence[str]
) -> dict[str, list[Delivery]]:
    """The deliveries of each of these messages, in the order they were made."""
    found: dict[str, list[Delivery]] = {message_id: [] for message_id in message_ids}
    if found:
        wanted = padded(list(found))
        sql = f"{SELECT} WHERE message_id IN ({marks(len(wanted))}) ORDER BY id"
        for row in tx.all(sql, *wanted):
            delivery = read(row)
            found[delivery.message_id].append(delivery)
    return found


def update(tx: Transaction, changed: Sequence[Delivery]) -> None:
    """Writes deliveries that were read, and on PostgreSQL locked, in this operation."""
    rows = [(*written(tx, delivery), delivery.id) for delivery in changed]
    tx.execute_many(_UPDATE, rows)
    for delivery in changed:
        close(tx, delivery)
    if changed:
        tx.touch(TOPIC)


def close(tx: Transaction, delivery: Delivery) -> None:
    """Takes a delivery that has become terminal off its inbox's open ones."""
    if delivery.state.is_terminal:
        tx.count(delivery.inbox_id, open_deliveries=-1)


def for_update(tx: Transaction) -> str:
    """Rows are locked until the operation ends, where the database locks rows."""
    return " FOR UPDATE" if tx.is_postgres else ""


def unless_locked(tx: Transaction) -> str:
    """Rows that another transaction is changing are passed over."""
    return " FOR UPDATE SKIP LOCKED" if tx.is_postgres else ""
