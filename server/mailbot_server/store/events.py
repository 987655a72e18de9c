"""
The account's log: reading it in order, and where it begins and ends.

Events are appended by Transaction.emit. A reader asks for a window of positions, so
that a filter which matches nothing still costs a bounded scan and moves on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core import event as events
from mailbot_server.core.errors import CursorGone, timestamp
from mailbot_server.core.event import Event, EventFilter, EventType, Written
from mailbot_server.store import columns
from mailbot_server.store.conditions import conditions
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded

WINDOW: Final = 20_000
CLOCK_SLACK: Final = timedelta(minutes=1)
"""How far the times of events may run against their order."""

_MICROSECOND: Final = timedelta(microseconds=1)
_COLUMNS: Final = (
    *("account_id", "position", "id", "type", "created_at", "inbox_id"),
    *("thread_id", "message_id", "delivery_id", "recipient", "metadata"),
    *("request_id", "detail"),
)
"""As `Written` has them."""
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM event"  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    A piece of the log in the order asked for.

    `scanned` is the position up to which (or down to which) everything that matches is
    in `events`; `head` the log's end in the same snapshot.
    """

    events: list[Event]
    scanned: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPage:
    """A Page whose events are as the log keeps them."""

    events: list[Written]
    scanned: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What is kept of a log: everything after `trimmed`, up to `head`."""

    trimmed: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stirred:
    """The inboxes that events tell of, each with the position of its first one."""

    inboxes: dict[str, int]
    scanned: int
    head: int


def open_log(tx: Transaction, account_id: str) -> None:
    """Gives a new account its log; once."""
    tx.execute(
        "INSERT INTO event_head (account_id, position) VALUES (?, 0)", account_id
    )


def epoch(tx: Transaction) -> str:
    """The name of this database's logs; changes when it is restored."""
    row = tx.one("SELECT value FROM setting WHERE name = 'epoch'")
    return str(row[0]) if row else ""


def rename(tx: Transaction, name: str) -> None:
    """Gives the logs another epoch: a cursor of before is refused."""
    tx.execute("UPDATE setting SET value = ? WHERE name = 'epoch'", name)


def head(tx: Transaction, account_id: str) -> int:
    """The position of the last event, 0 for none."""
    return ends(tx, account_id).head


def ends(tx: Transaction, account_id: str) -> Ends:
    """Where the log begins and ends; both 0 for none."""
    row = tx.one(
        "SELECT trimmed, position FROM event_head WHERE account_id = ?", account_id
    )
    return Ends(trimmed=row[0], head=row[1]) if row else Ends(trimmed=0, head=0)


def kept_after(tx: Transaction, account_id: str, position: int) -> Ends:
    """The ends of a log that is whole after `position`; raises CursorGone."""
    found = ends(tx, account_id)
    if position >= found.trimmed:
        return found
    row = tx.one(
        "SELECT created_at FROM event WHERE account_id = ? AND position = ?",
        account_id,
        found.trimmed + 1,
    )
    moment = columns.read_time(row[0]) if row else tx.now
    raise CursorGone(
        "the history behind this position is no longer kept; begin again at"
        " earliest_cursor, or with ANCHOR_EARLIEST",
        earliest=found.trimmed,
        details={"earliest_time": timestamp(moment)},
    )


def find(tx: Transaction, account_id: str, event_id: str) -> Event | None:
    """One event of the account."""
    row = tx.one(f"{_SELECT} WHERE id = ? AND account_id = ?", event_id, account_id)
    return event_of(Written(*row)) if row else None


def at(tx: Transaction, account_id: str, positions: Sequence[int]) -> dict[int, Event]:
    """The events at these positions, as far as they are kept."""
    if not positions:
        return {}
    asked = padded(positions)
    sql = f"{_SELECT} WHERE account_id = ? AND position IN ({marks(len(asked))})"
    found = (event_of(Written(*row)) for row in tx.all(sql, account_id, *asked))
    return {event.position: event for event in found}


def position_before(tx: Transaction, account_id: str, moment: datetime) -> int:
    """
    The position before the first event created at or after `moment`.

    An operation's clock is read when it begins, at most CLOCK_SLACK before its commit.
    """
    at = columns.write_time(moment)
    row = tx.one(
        "SELECT created_at FROM event WHERE account_id = ? AND created_at >= ?"
        " ORDER BY created_at LIMIT 1",
        *(account_id, at),
    )
    if row is None:
        return head(tx, account_id)
    first = tx.one(
        "SELECT MIN(position) FROM event WHERE account_id = ? AND created_at >= ?"
        " AND created_at <= ?",
        *(account_id, at, row[0] + CLOCK_SLACK // _MICROSECOND),
    )
    assert first is not None, "the row that was just found is one of them"
    return int(first[0]) - 1


def position_until(tx: Transaction, account_id: str, moment: datetime) -> int:
    """The position of the last event created before `moment`; 0 for none."""
    at = columns.write_time(moment)
    row = tx.one(
        "SELECT created_at FROM event WHERE account_id = ? AND created_at < ?"
        " ORDER BY created_at DESC LIMIT 1",
        *(account_id, at),
    )
    if row is None:
        return 0
    last = tx.one(
        "SELECT MAX(position) FROM event WHERE account_id = ? AND created_at < ?"
        " AND created_at >= ?",
        *(account_id, at, row[0] - CLOCK_SLACK // _MICROSECOND),
    )
    assert last is not None, "the row that was just found is one of them"
    return int(last[0])


def after(
    tx: Transaction, account_id: str, position: int, wanted: EventFilter, limit: int
) -> Page:
    """
    Events after `position`, oldest first, at most `limit`, from a bounded window.

    Raises CursorGone when not all of them are kept.
    """
    page = written_after(tx, account_id, position, wanted, limit)
    found = [event_of(each) for each in page.events]
    return Page(events=found, scanned=page.scanned, head=page.head)


def written_after(
    tx: Transaction,
    account_id: str,
    position: int,
    wanted: EventFilter,
    limit: int,
    window: int | None = None,
) -> WrittenPage:
    """As `after`, for whoever hands events on; `window` None is WINDOW positions."""
    end = kept_after(tx, account_id, position).head
    top = min(end, position + (WINDOW if window is None else window))
    found: list[Written] = []
    if top > position:
        found = _between(tx, account_id, position, top, wanted, limit)
    scanned = found[-1].position if len(found) == limit else max(top, position)
    return WrittenPage(events=found, scanned=scanned, head=end)


def stirred(
    tx: Transaction, account_id: str, position: int, kinds: Sequence[EventType]
) -> Stirred:
    """
    What a bounded window after `position` tells of, without reading the events.

    Raises CursorGone when not all of it is kept.
    """
    end = kept_after(tx, account_id, position).head
    if end <= position:
        return Stirred(inboxes={}, scanned=position, head=end)
    top = min(end, position + WINDOW)
    rows = tx.all(
        "SELECT inbox_id, MIN(position) FROM event WHERE account_id = ?"  # noqa: S608
        f" AND position > ? AND position <= ? AND type IN ({marks(len(kinds))})"
        " GROUP BY inbox_id",
        *(account_id, position, top, *(kind.value for kind in kinds)),
    )
    return Stirred(inboxes=dict(rows), scanned=top, head=end)


def _between(
    tx: Transaction,
    account_id: str,
    after_position: int,
    last: int,
    wanted: EventFilter,
    limit: int,
) -> list[Written]:
    found = conditions(tx, account_id, wanted)
    fits = "".join(f" AND {each.sql}" for each in found)
    rows = tx.all(
        f"{_SELECT} WHERE account_id = ? AND position > ? AND position <= ?{fits}"
        " ORDER BY position LIMIT ?",
        *(account_id, after_position, last),
        *(value for each in found for value in each.parameters),
        limit,
    )
    return [Written(*row) for row in rows]


def event_of(written: Written) -> Event:
    """The event, to be looked at."""
    return Event(
        account_id=written.account_id,
        position=written.position,
        id=written.id,
        type=EventType(written.type),
        created_at=columns.read_time(written.created_at_microseconds),
        inbox_id=written.inbox_id,
        thread_id=written.thread_id,
        message_id=written.message_id,
        delivery_id=written.delivery_id,
        recipient=written.recipient,
        metadata=columns.read_mapping(written.metadata),
        request_id=written.request_id,
        detail=events.from_json(written.type, written.detail),
    )
