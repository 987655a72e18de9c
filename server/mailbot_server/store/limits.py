"""Counts what is used of send limits, exactly, one row per owner and window."""

from datetime import datetime
from typing import Final, Literal

from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

Scope = Literal["day", "minute", "account_day"]

_CHARGE: Final = (
    "INSERT INTO send_window (scope, owner_id, starts_at, used) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (scope, owner_id, starts_at)"
    " DO UPDATE SET used = send_window.used + excluded.used"
    " WHERE send_window.used + excluded.used <= ? RETURNING used"
)


def charge(
    tx: Transaction,
    scope: Scope,
    owner_id: str,
    starts_at: datetime,
    n: int,
    limit: int,
) -> int | None:
    """
    Takes `n` of `limit` in the window that began at `starts_at`; the new total.

    None: `n` more do not fit and nothing was taken. The row stays locked until the
    operation ends, so that concurrent ones cannot pass the limit together.
    """
    if n > limit:
        return None
    at = columns.write_time(starts_at)
    row = tx.one(_CHARGE, scope, owner_id, at, n, limit)
    return int(row[0]) if row else None


def refund(
    tx: Transaction, scope: Scope, owner_id: str, starts_at: datetime, n: int
) -> None:
    """Gives back what `charge` took in the same operation."""
    tx.execute(
        "UPDATE send_window SET used = used - ?"
        " WHERE scope = ? AND owner_id = ? AND starts_at = ?",
        *(n, scope, owner_id, columns.write_time(starts_at)),
    )


def full(
    tx: Transaction, scope: Scope, owner_id: str, since: datetime, limit: int
) -> list[datetime]:
    """When windows from `since` on began in which nothing is left; oldest first."""
    rows = tx.all(
        "SELECT starts_at FROM send_window WHERE scope = ? AND owner_id = ?"
        " AND starts_at >= ? AND used >= ? ORDER BY starts_at",
        *(scope, owner_id, columns.write_time(since), limit),
    )
    return [columns.read_time(row[0]) for row in rows]


def used(tx: Transaction, scope: Scope, owner_id: str, starts_at: datetime) -> int:
    """How much of the window is used."""
    row = tx.one(
        "SELECT used FROM send_window"
        " WHERE scope = ? AND owner_id = ? AND starts_at = ?",
        *(scope, owner_id, columns.write_time(starts_at)),
    )
    return int(row[0]) if row else 0


def forget(tx: Transaction, before: datetime, limit: int) -> int:
    """Deletes at most `limit` windows that began before; how many."""
    return tx.execute(
        "DELETE FROM send_window WHERE (scope, owner_id, starts_at) IN"
        " (SELECT scope, owner_id, starts_at FROM send_window"
        " WHERE starts_at < ? ORDER BY starts_at LIMIT ?)",
        *(columns.write_time(before), limit),
    )
