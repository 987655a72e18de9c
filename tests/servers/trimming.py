"""Trims a log as retention does: rows and the place where it begins, together."""

from mailbot_server.store.database import Transaction


def trim(tx: Transaction, account_id: str, position: int) -> None:
    """Forgets everything up to `position`."""
    tx.execute(
        "DELETE FROM event WHERE account_id = ? AND position <= ?", account_id, position
    )
    tx.execute(
        "UPDATE event_head SET trimmed = ? WHERE account_id = ?", position, account_id
    )
