"""
Finds what has been kept for long enough: inboxes, messages in them, events of accounts.

A message counts while no hold keeps it and nothing more can happen to a delivery of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from mailbot_server.core import ids
from mailbot_server.core.delivery import OPEN
from mailbot_server.core.retention import FOR_EVER, Retention
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

_STATES: Final = ", ".join(f"'{state.value}'" for state in sorted(OPEN))
UNDER_WAY: Final = (
    "EXISTS (SELECT 1 FROM delivery AS d WHERE d.message_id = m.id"  # noqa: S608
    f" AND d.state IN ({_STATES}))"
)
_INBOXES: Final = (
    "SELECT id, account_id, content_days, metadata_days FROM inbox"
    " WHERE id > ? AND legal_hold = 0{} ORDER BY id LIMIT ?"
)
_OWN: Final = " AND (content_days > 0 OR metadata_days > 0)"
_DUE: Final = (
    "SELECT m.id FROM message AS m WHERE m.inbox_id = ? AND m.id < ?"  # noqa: S608
    f" AND m.legal_hold = 0 AND m.parse_state <> 'accepted' AND NOT {UNDER_WAY}"
)
_CONTENT: Final = f"{_DUE} AND m.is_redacted = 0 ORDER BY m.id LIMIT ?"
_METADATA: Final = f"{_DUE} ORDER BY m.id LIMIT ?"
_EVENTS: Final = (
    "SELECT h.account_id, (SELECT MIN(e.created_at) FROM event AS e"
    " WHERE e.account_id = h.account_id AND e.position = h.trimmed + 1)"
    " FROM event_head AS h WHERE h.account_id > ? ORDER BY h.account_id LIMIT ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An inbox, and how long its mail is kept."""

    inbox_id: str
    account_id: str
    retention: Retention


def inboxes(tx: Transaction, after: str, limit: int, default: Retention) -> list[Kept]:
    """
    Inboxes after this one, with what holds for them; some may keep their mail for ever.

    While the default is for ever, only those with a time of their own are looked at.
    """
    own = _OWN if default.is_for_ever else ""
    return [
        Kept(inbox_id=row[0], account_id=row[1], retention=_retention(row, default))
        for row in tx.all(_INBOXES.format(own), after, limit)
    ]


def content(tx: Transaction, inbox_id: str, before: datetime, limit: int) -> list[str]:
    """The oldest messages of an inbox that came before and still say something."""
    rows = tx.all(_CONTENT, inbox_id, _first_id(before), limit)
    return [str(row[0]) for row in rows]


def metadata(tx: Transaction, inbox_id: str, before: datetime, limit: int) -> list[str]:
    """The oldest messages of an inbox that came before."""
    rows = tx.all(_METADATA, inbox_id, _first_id(before), limit)
    return [str(row[0]) for row in rows]


def logs(
    tx: Transaction, after: str, limit: int, before: datetime
) -> tuple[list[str], str]:
    """
    Accounts after this one whose oldest event is from before, of the next `limit`.

    And the last account that was looked at, "" when there are no more.
    """
    rows = tx.all(_EVENTS, after, limit)
    oldest = columns.write_time(before)
    found = [str(row[0]) for row in rows if row[1] is not None and row[1] < oldest]
    return found, str(rows[-1][0]) if len(rows) == limit else ""


def _retention(row: Sequence[Any], default: Retention) -> Retention:
    if row[2] is None:
        return default
    return Retention(content_days=row[2], metadata_days=row[3] or FOR_EVER)


def _first_id(moment: datetime) -> str:
    """Ids of messages sort by the time at which they were accepted."""
    return ids.make("msg", moment, b"")
