"""
Trims logs: events that are too old go from the beginning, a few at a time.

Positions stay as they are, and gapless: the log begins where `event_head.trimmed` says,
and whoever asks for what was before is told so.
"""

from datetime import datetime
from typing import Final

from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

ROWS: Final = 500
_LAST_OLD: Final = (
    "SELECT MAX(position) FROM (SELECT position, created_at FROM event"
    " WHERE account_id = ? AND position > ? ORDER BY position LIMIT ?) AS first"
    " WHERE created_at < ?"
)
_FIRST_NEW: Final = (
    "SELECT MIN(position) FROM (SELECT position, created_at FROM event"
    " WHERE account_id = ? AND position > ? ORDER BY position LIMIT ?) AS first"
    " WHERE created_at >= ?"
)


def reach(tx: Transaction, account_id: str, before: datetime) -> int:
    """Up to which position `trim` would delete; 0 for nothing."""
    return _ends(tx, account_id, before, is_locked=False)[1]


def trim(tx: Transaction, account_id: str, before: datetime) -> int:
    """
    Deletes the oldest events from before, at most ROWS; how many.

    Only up to the first that is not from before: the log keeps no gap.
    """
    trimmed, last = _ends(tx, account_id, before, is_locked=True)
    if not last:
        return 0
    tx.execute(
        "DELETE FROM event WHERE account_id = ? AND position <= ?", account_id, last
    )
    tx.execute(
        "UPDATE event_head SET trimmed = ? WHERE account_id = ?", last, account_id
    )
    tx.touch(f"events:{account_id}")
    return last - trimmed


def _ends(
    tx: Transaction, account_id: str, before: datetime, *, is_locked: bool
) -> tuple[int, int]:
    """Up to where the log is trimmed, and up to where it is to be; 0 for nothing."""
    lock = " FOR UPDATE" if is_locked and tx.is_postgres else ""
    head = tx.one(
        f"SELECT trimmed FROM event_head WHERE account_id = ?{lock}",  # noqa: S608
        account_id,
    )
    if head is None:
        return 0, 0
    trimmed, oldest = int(head[0]), columns.write_time(before)
    window = (account_id, trimmed, ROWS, oldest)
    row = tx.one(_LAST_OLD, *window)
    if row is None or row[0] is None:
        return trimmed, 0
    last = int(row[0])
    new = tx.one(_FIRST_NEW, *window)
    if new is not None and new[0] is not None:
        last = min(last, int(new[0]) - 1)
    return trimmed, last if last > trimmed else 0
