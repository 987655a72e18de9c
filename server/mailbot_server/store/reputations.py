"""
How the mail of inboxes fared, hour by hour, and which inboxes were warned.

One row an inbox and hour: a final outcome costs one statement, whatever was sent.
"""

from datetime import datetime
from typing import Final

from mailbot_server.core.reputation import (
    KEPT,
    OUTCOMES,
    WINDOW,
    Outcome,
    Tally,
    hour_of,
)
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

_ONE: Final = {
    Outcome.OTHER: (1, 0, 0),
    Outcome.HARD_BOUNCE: (1, 1, 0),
    Outcome.LATE_BOUNCE: (0, 1, 0),
    Outcome.COMPLAINT: (0, 0, 1),
}
_COUNT: Final = (
    "INSERT INTO inbox_hour (inbox_id, starts_at, outcomes, hard_bounces, complaints)"
    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (inbox_id, starts_at) DO UPDATE SET"
    " outcomes = inbox_hour.outcomes + excluded.outcomes,"
    " hard_bounces = inbox_hour.hard_bounces + excluded.hard_bounces,"
    " complaints = inbox_hour.complaints + excluded.complaints"
)
# The last 24 hours, and those before as long as newer ones have too few outcomes.
_TALLY: Final = (
    "SELECT SUM(outcomes), SUM(hard_bounces), SUM(complaints) FROM"
    " (SELECT starts_at, outcomes, hard_bounces, complaints, SUM(outcomes) OVER"
    " (ORDER BY starts_at DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    " AS newer FROM inbox_hour WHERE inbox_id = ? AND starts_at >= ?) AS hours"
    " WHERE starts_at >= ? OR newer IS NULL OR newer < ?"
)
_WARN: Final = (
    "INSERT INTO inbox_warning (inbox_id, warned_at) VALUES (?, ?)"
    " ON CONFLICT (inbox_id) DO NOTHING"
)


def count(tx: Transaction, inbox_id: str, outcome: Outcome, times: int = 1) -> None:
    """Counts an outcome in the running hour."""
    at = columns.write_time(hour_of(tx.now))
    tx.execute(_COUNT, inbox_id, at, *(times * each for each in _ONE[outcome]))


def tally(tx: Transaction, inbox_id: str, now: datetime) -> Tally:
    """
    What counts of the inbox's hours, as `core/reputation.py` says.

    Added up where the hours are: an inbox that sends little has up to 720 that count.
    """
    row = tx.one(
        _TALLY,
        *(inbox_id, columns.write_time(now - KEPT)),
        *(columns.write_time(hour_of(now) - WINDOW), OUTCOMES),
    )
    outcomes, hard_bounces, complaints = row or (0, 0, 0)
    return Tally(
        outcomes=int(outcomes or 0),
        hard_bounces=int(hard_bounces or 0),
        complaints=int(complaints or 0),
    )


def has_hours(tx: Transaction, inbox_id: str, many: int) -> bool:
    """Whether anything happened in so many hours or more."""
    sql = "SELECT 1 FROM inbox_hour WHERE inbox_id = ? LIMIT 1 OFFSET ?"
    return tx.one(sql, inbox_id, many - 1) is not None


def warn(tx: Transaction, inbox_id: str) -> bool:
    """Notes that the inbox was warned; False when it had been before."""
    return tx.execute(_WARN, inbox_id, columns.write_time(tx.now)) == 1


def unwarn(tx: Transaction, inbox_id: str) -> None:
    """The inbox may be warned again."""
    tx.execute("DELETE FROM inbox_warning WHERE inbox_id = ?", inbox_id)


def begin_anew(tx: Transaction, inbox_id: str) -> None:
    """Forgets all that counted against an inbox."""
    tx.execute("DELETE FROM inbox_hour WHERE inbox_id = ?", inbox_id)
    unwarn(tx, inbox_id)


def forget(tx: Transaction, before: datetime, limit: int) -> int:
    """Deletes at most `limit` hours that began before; how many."""
    return tx.execute(
        "DELETE FROM inbox_hour WHERE (inbox_id, starts_at) IN"
        " (SELECT inbox_id, starts_at FROM inbox_hour"
        " WHERE starts_at < ? ORDER BY starts_at LIMIT ?)",
        *(columns.write_time(before), limit),
    )
