"""Reads ended deliveries by what refused them, a bounded stretch at a time."""

from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries.records import for_update
from mailbot_server.store.deliveries.rows import SELECT, read

_STRETCH: Final = (
    "SELECT MAX(id), COUNT(*) FROM (SELECT id FROM delivery"
    " WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?) AS stretch"
)
_REFUSED: Final = (
    f"{SELECT} WHERE account_id = ? AND id > ? AND id <= ?"
    " AND state IN ('bounced', 'expired') AND bounce_class <> '' ORDER BY id"
)


def stretch(
    tx: Transaction, account_id: str, after_id: str, limit: int
) -> tuple[str, int]:
    """The last id of the next `limit` deliveries of an account, and how many."""
    last_id, count = tx.all(_STRETCH, account_id, after_id, limit)[0]
    return last_id or after_id, int(count)


def refused(
    tx: Transaction, account_id: str, after_id: str, until_id: str, *, is_locked: bool
) -> list[Delivery]:
    """Those of a stretch that were given up after a refusal, oldest first."""
    sql = _REFUSED + (for_update(tx) if is_locked else "")
    return [read(row) for row in tx.all(sql, account_id, after_id, until_id)]
