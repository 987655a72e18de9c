"""
Counts an account's events again and puts that in the place of what was counted.

In small operations, each of which goes on where the row in `recount` says: first the
events are read in order and counted into tables beside, then they are put in place hour
by hour. Only hours of which every event is kept, and that have been over for a while:
nobody adds to them any more.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from mailbot_server.core import event as events
from mailbot_server.core import usage
from mailbot_server.core.event import ContentDetail, Event, EventType
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.database.counting import HOURS, RECOUNTED, Tally
from mailbot_server.store.usage import folding

EVENTS: Final = 500
OVER_AFTER: Final = timedelta(minutes=15)
"""An operation is stamped before it commits; none waits so long."""

AGAIN_AFTER: Final = timedelta(hours=3)
"""Servers of the version before may go on writing events while a new one starts."""

_COLUMNS: Final = (
    *("account_id", "is_first", "position", "first_hour", "end_hour", "next_hour"),
    *("again_at", "events", "hours", "changed"),
)
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM recount"  # noqa: S608
_WRITE: Final = (
    f"UPDATE recount SET {', '.join(f'{name} = ?' for name in _COLUMNS[1:])},"  # noqa: S608
    " stepped_at = ? WHERE account_id = ?"
)
_EVENTS: Final = (
    "SELECT position, type, created_at, inbox_id, message_id, recipient, detail"
    " FROM event WHERE account_id = ? AND position > ? ORDER BY position LIMIT ?"
)
_NEXT_HOUR: Final = (
    "SELECT MIN(hour) FROM (SELECT MIN(hour) AS hour FROM usage_hour"
    " WHERE account_id = ? AND hour >= ? AND hour < ?"
    " UNION ALL SELECT MIN(hour) FROM recount_hour"
    " WHERE account_id = ? AND hour >= ? AND hour < ?) AS either"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """
    How far the events of an account are counted again.

    `position` None: not begun. `next_hour` 0 while events are counted; then the hours
    are put in place. `again_at`: it will be done once more then, for the hours since.
    """

    account_id: str
    is_first: int = 0
    position: int | None = None
    first_hour: int = 0
    end_hour: int = 0
    next_hour: int = 0
    again_at: int | None = None
    events: int = 0
    hours: int = 0
    changed: int = 0
    is_done: bool = False


def begin(tx: Transaction, account_id: str) -> None:
    """Begins to count again, unless that is under way."""
    tx.execute(
        "INSERT INTO recount (account_id, is_first) VALUES (?, 0)"
        " ON CONFLICT (account_id) DO NOTHING",
        account_id,
    )
    found = _locked(tx, account_id)
    if found is not None and found.position is None:
        _write(tx, _begun(tx, replace(found, first_hour=0)))


def step(tx: Transaction, account_id: str) -> Recount | None:
    """Goes on a little; None when there is nothing to go on with."""
    found = _locked(tx, account_id)
    if found is None:
        return None
    if found.position is None:
        after = _begun(tx, found)
    elif not found.next_hour:
        after = _counted(tx, found, found.position)
    else:
        after = _placed(tx, found)
    return after if after.is_done else _write(tx, after)


def due(tx: Transaction, limit: int) -> list[str]:
    """Accounts whose recount nobody has gone on with for a minute."""
    now = columns.write_time(tx.now)
    silent = columns.write_time(tx.now - timedelta(minutes=1))
    rows = tx.all(
        "SELECT account_id FROM recount WHERE stepped_at <= ?"
        " AND (position IS NOT NULL OR again_at IS NULL OR again_at <= ?)"
        " ORDER BY stepped_at LIMIT ?",
        *(silent, now, limit),
    )
    return [str(row[0]) for row in rows]


def _locked(tx: Transaction, account_id: str) -> Recount | None:
    lock = " FOR UPDATE" if tx.is_postgres else ""
    row = tx.one(f"{_SELECT} WHERE account_id = ?{lock}", account_id)
    return Recount(**dict(zip(_COLUMNS, row, strict=True))) if row else None


def _write(tx: Transaction, after: Recount) -> Recount:
    values = (getattr(after, name) for name in _COLUMNS[1:])
    tx.execute(_WRITE, *values, columns.write_time(tx.now), after.account_id)
    return after


def _begun(tx: Transaction, found: Recount) -> Recount:
    for table in RECOUNTED:
        tx.execute(
            f"DELETE FROM {table} WHERE account_id = ?",  # noqa: S608
            found.account_id,
        )
    end_hour = usage.hour_of(tx.now - OVER_AFTER)
    trimmed, first_hour = _kept_since(tx, found.account_id)
    first_hour = max(found.first_hour, first_hour)
    start = _position_before(tx, found.account_id, first_hour)
    return replace(
        found,
        position=max(trimmed, start),
        first_hour=first_hour,
        end_hour=end_hour,
        again_at=_again_at(found, tx.now),
        events=0,
        hours=0,
        changed=0,
    )


def _again_at(found: Recount, now: datetime) -> int | None:
    """Only what there was before there were counts is counted twice."""
    if found.is_first and found.again_at is None:
        return columns.write_time(now + AGAIN_AFTER)
    is_due = found.again_at is not None and found.again_at <= columns.write_time(now)
    return None if is_due else found.again_at


def _kept_since(tx: Transaction, account_id: str) -> tuple[int, int]:
    """After which position the log is kept, and the first hour that is kept whole."""
    row = tx.one("SELECT trimmed FROM event_head WHERE account_id = ?", account_id)
    trimmed = int(row[0]) if row else 0
    if not trimmed:
        return 0, 0
    first = tx.one(
        "SELECT created_at FROM event WHERE account_id = ? AND position > ?"
        " ORDER BY position LIMIT 1",
        *(account_id, trimmed),
    )
    since = columns.read_time(first[0]) if first else tx.now
    return trimmed, usage.hour_of(since) + 1


def _position_before(tx: Transaction, account_id: str, hour: int) -> int:
    """
    A position before all events of this hour and later ones, found by one of them.

    Whatever was written before an event that is older than OVER_AFTER is older than
    the hour: rows of the log need not be gone through.
    """
    if not hour:
        return 0
    row = tx.one(
        "SELECT position FROM event WHERE account_id = ? AND created_at < ?"
        " ORDER BY created_at DESC LIMIT 1",
        *(account_id, columns.write_time(usage.begins_at(hour) - OVER_AFTER)),
    )
    return int(row[0]) if row else 0


def _counted(tx: Transaction, found: Recount, position: int) -> Recount:
    trimmed, kept_since = _kept_since(tx, found.account_id)
    if trimmed > position:
        # What was to be counted next is gone, and so is what began before it.
        position = trimmed
        found = replace(found, first_hour=max(found.first_hour, kept_since))
    rows = tx.all(_EVENTS, found.account_id, position, EVENTS)
    if not rows:
        return replace(found, position=position, next_hour=max(found.first_hour, 1))
    tally, counts = Tally(), 0
    for row in rows:
        hour = usage.hour_of(columns.read_time(row[2]))
        if row[1] in usage.TYPES and found.first_hour <= hour < found.end_hour:
            tally.add(_event(tx, found.account_id, row), hour)
            counts += 1
    tally.write(tx, RECOUNTED)
    return replace(found, position=int(rows[-1][0]), events=found.events + counts)


def _event(tx: Transaction, account_id: str, row: tuple[Any, ...]) -> Event:
    position, kind, created_at, inbox_id, message_id, recipient, detail = row
    whole = Event(
        type=EventType(kind),
        account_id=account_id,
        detail=events.from_json(kind, detail),
        inbox_id=inbox_id,
        message_id=message_id,
        recipient=recipient,
        position=position,
        created_at=columns.read_time(created_at),
    )
    return _completed(tx, whole) if isinstance(whole.detail, ContentDetail) else whole


def _completed(tx: Transaction, found: Event) -> Event:
    """An event of an older version, with what it did not say yet."""
    detail = found.detail
    assert isinstance(detail, ContentDetail)
    if found.type is EventType.MESSAGE_QUEUED and not detail.recipient_domains:
        rows = tx.all(
            "SELECT domain FROM delivery WHERE message_id = ? ORDER BY id",
            found.message_id,
        )
        domains = tuple(str(row[0]) for row in rows)
        return replace(found, detail=replace(detail, recipient_domains=domains))
    if found.type is EventType.MESSAGE_REPLIED and detail.reply_milliseconds is None:
        return replace(found, detail=_first_or_not(tx, found, detail))
    return found


def _first_or_not(
    tx: Transaction, found: Event, detail: ContentDetail
) -> ContentDetail:
    row = tx.one(
        "SELECT MIN(e.position), MIN(m.created_at) FROM event AS e"
        " JOIN message AS m ON m.id = e.message_id"
        " WHERE e.message_id = ? AND e.message_id <> ''"
        " AND e.type || '' = 'message.replied'",
        found.message_id,
    )
    if row is None or row[0] != found.position:
        return detail
    sent_at = columns.read_time(int(row[1]))
    assert found.created_at is not None, "it was read from the log"
    waited = max(found.created_at - sent_at, timedelta())
    milliseconds = waited // timedelta(milliseconds=1)
    return replace(detail, is_first_reply=True, reply_milliseconds=milliseconds)


def _placed(tx: Transaction, found: Recount) -> Recount:
    between = (found.account_id, found.next_hour, found.end_hour)
    row = tx.one(_NEXT_HOUR, *between, *between)
    if row is None or row[0] is None:
        return _ended(tx, found)
    hour = int(row[0])
    before = folding.read(tx, HOURS, found.account_id, hour)
    now = folding.folded(folding.read(tx, RECOUNTED, found.account_id, hour))
    is_other = folding.folded(before) != now
    folding.replace(tx, found.account_id, hour, before, now)
    for table in RECOUNTED:
        tx.execute(
            f"DELETE FROM {table} WHERE account_id = ? AND hour = ?",  # noqa: S608
            *(found.account_id, hour),
        )
    return replace(
        found,
        next_hour=hour + 1,
        hours=found.hours + 1,
        changed=found.changed + is_other,
    )


def _ended(tx: Transaction, found: Recount) -> Recount:
    if found.again_at is None:
        tx.execute("DELETE FROM recount WHERE account_id = ?", found.account_id)
    else:
        later = replace(found, position=None, first_hour=found.end_hour, next_hour=0)
        _write(tx, later)
    return replace(found, is_done=True)
