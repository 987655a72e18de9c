"""
Events that an older program wrote get what newer ones are found by, a few at a time.

Until the last of an account's is filled, no way leads along those columns: rows are
compared by what they say.
"""

from typing import Final

from mailbot_server.core import event as events
from mailbot_server.core.timeline.facet import facets
from mailbot_server.store.database import Transaction

BATCH: Final = 250

_ACCOUNT: Final = (
    "SELECT account_id FROM event WHERE smtp_code IS NULL ORDER BY account_id LIMIT 1"
)
_UNFILLED: Final = (
    "SELECT position, type, recipient, detail FROM event"
    " WHERE account_id = ? AND smtp_code IS NULL ORDER BY position DESC LIMIT ?"
)
_FILL: Final = (
    "UPDATE event SET recipient_domain = ?, smtp_code = ?, bounce_class = ?"
    " WHERE account_id = ? AND position = ?"
)


def waiting(tx: Transaction) -> str:
    """An account that has events to fill, "" for none."""
    row = tx.one(_ACCOUNT)
    return str(row[0]) if row else ""


def fill(tx: Transaction, account_id: str) -> int:
    """Fills the newest BATCH of an account's; how many there were."""
    rows = tx.all(_UNFILLED, account_id, BATCH)
    filled = []
    for position, kind, recipient, detail in rows:
        found = facets(recipient, events.from_json(kind, detail))
        words = found.recipient_domain, found.smtp_code, found.bounce_class
        filled.append((*words, account_id, position))
    tx.execute_many(_FILL, filled)
    return len(rows)
