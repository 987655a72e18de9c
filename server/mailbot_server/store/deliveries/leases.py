"""
Leases: only the holder of one may write what became of its delivery.

A lease is the pair of an id and a `lease_seq`. Whoever comes back after its lease was
lost finds another number, or another state, and writes nothing.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from mailbot_server.core.delivery import CANCEL_REQUESTED, Delivery
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries.records import TOPIC, close, for_update
from mailbot_server.store.deliveries.rows import SELECT, SET, read, written
from mailbot_server.store.statements import marks, padded, rows

SILENT: Final = timedelta(seconds=60)
"""A node that was not seen for so long has lost its leases."""

_FENCED: Final = "WHERE id = ? AND lease_seq = ? AND state = ?"
_START: Final = f"UPDATE delivery SET started = 1 {_FENCED} AND lease_until > ?"  # noqa: S608
_STILL: Final = f"{SELECT} {_FENCED} AND lease_until = ?"
_START_MANY: Final = (
    "UPDATE delivery SET started = 1 WHERE state = 'leased' AND lease_until > ?"
    " AND (id, lease_seq) IN"
)
_WRITE: Final = f"UPDATE delivery SET {SET} {_FENCED}"  # noqa: S608
_CALL_BACK: Final = f"UPDATE delivery SET hold_reason = ? {_FENCED}"  # noqa: S608
_CALLED_BACK: Final = f"SELECT hold_reason FROM delivery {_FENCED}"  # noqa: S608
_EXTEND: Final = (
    "UPDATE delivery SET lease_until = ?, due_at = ?"
    " WHERE lease_owner = ? AND state = 'leased'"
)


def start(tx: Transaction, lease: Delivery) -> bool:
    """
    Marks that the lease's attempt has begun; False when the lease was lost.

    One that has ended is lost: somebody may be about to take the delivery back.
    """
    return tx.execute(_START, *_fence(lease), columns.write_time(tx.now)) == 1


def start_many(tx: Transaction, leases: Sequence[tuple[str, int]]) -> set[str]:
    """
    Marks that attempts have begun; the ids of those whose lease stands, as `start`.

    A lease is given as its delivery's id and `lease_seq`.
    """
    fences = padded(leases)
    sql = f"{_START_MANY} (VALUES {rows(len(fences), 2)}) RETURNING id"
    now = columns.write_time(tx.now)
    found = tx.all(sql, now, *(value for fence in fences for value in fence))
    return {str(row[0]) for row in found}


def write(tx: Transaction, lease: Delivery, changed: Delivery) -> bool:
    """
    Writes what became of a leased delivery; False, and nothing, when it was lost.

    `lease` is the delivery as it was read: an overdue held one is fenced in the same
    way, by its state. A terminal state is taken off the inbox's open deliveries;
    another one touches "deliveries".
    """
    if tx.execute(_WRITE, *written(tx, changed), *_fence(lease)) != 1:
        return False
    close(tx, changed)
    if not changed.state.is_terminal:
        tx.touch(TOPIC)
    return True


def correct(tx: Transaction, delivery: Delivery, changed: Delivery) -> bool:
    """
    Writes what was learnt of a delivery after its end.

    False, and nothing, when it is no longer as it was read.
    """
    return tx.execute(_WRITE, *written(tx, changed), *_fence(delivery)) == 1


def call_back(tx: Transaction, leases: Sequence[Delivery]) -> None:
    """Marks attempts under way as the last ones; see `is_called_back`."""
    rows = [(CANCEL_REQUESTED, *_fence(lease)) for lease in leases]
    tx.execute_many(_CALL_BACK, rows)


def is_called_back(tx: Transaction, lease: Delivery) -> bool:
    """Whether a leased delivery is to be cancelled; on PostgreSQL it stays as it is."""
    row = tx.one(_CALLED_BACK + for_update(tx), *_fence(lease))
    return row is not None and row[0] == CANCEL_REQUESTED


def extend_leases(
    tx: Transaction,
    node_id: str,
    seconds: float,
    delivery_ids: Sequence[str] | None = None,
) -> int:
    """
    Lets leases of a node end so many seconds from now; how many there are.

    All of them, or those of the deliveries that it still works on: one that it has
    forgotten has to end.
    """
    until = columns.write_time(tx.now + timedelta(seconds=seconds))
    sql, ids = _EXTEND, padded(delivery_ids) if delivery_ids else []
    if delivery_ids is not None:
        sql += f" AND id IN ({marks(len(ids))})"
    return tx.execute(sql, until, until, node_id, *ids)


def leases_lost(tx: Transaction, own_node_id: str, limit: int) -> list[Delivery]:
    """
    Leased deliveries that nobody works on: the lease has ended or its node is gone.

    On SQLite there is one process, so every other node is gone. Who settles one asks
    `still_lost` first: a holder that lives may be faster.
    """
    gone, of = _gone(tx, own_node_id)
    sql = (
        f"{SELECT} WHERE state = 'leased' AND (lease_until <= ? OR ({gone}))"
        " ORDER BY lease_until LIMIT ?"
    )
    return [read(row) for row in tx.all(sql, columns.write_time(tx.now), *of, limit)]


def still_lost(tx: Transaction, found: Delivery) -> Delivery | None:
    """
    A lease that `leases_lost` has found, as it is now; on PostgreSQL it stays so.

    Its attempt may have begun since. None when it was renewed or has ended.
    """
    until = columns.write_time(found.lease_until)
    row = tx.one(_STILL + for_update(tx), *_fence(found), until)
    return read(row) if row else None


def _gone(tx: Transaction, own_node_id: str) -> tuple[str, list[Any]]:
    """The condition for a lease whose node is gone, and its parameters."""
    if not tx.is_postgres:
        return "lease_owner <> ?", [own_node_id]
    sql = (
        "lease_owner <> ? AND NOT EXISTS (SELECT 1 FROM node"
        " WHERE node.id = delivery.lease_owner AND node.seen_at > ?)"
    )
    return sql, [own_node_id, columns.write_time(tx.now - SILENT)]


def _fence(lease: Delivery) -> tuple[str, int, str]:
    return lease.id, lease.lease_seq, lease.state.value
