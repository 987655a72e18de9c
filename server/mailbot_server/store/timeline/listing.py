"""
The log by filter, in pages: along the shortest way, bounded in what it looks at.

Each of a lane's values is read in order of position, a little more than is wanted; up
to the position that all of them have reached, what was found is complete.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from mailbot_server.core.event import EventFilter
from mailbot_server.store import events
from mailbot_server.store.conditions import Condition, conditions
from mailbot_server.store.database import Transaction
from mailbot_server.store.events import Page
from mailbot_server.store.statements import along_index, sorting
from mailbot_server.store.timeline.lanes import Lane, lanes, whole

LOOKED_AT_MAX: Final = 20_000
"""Rows of an index that one call looks at, about; then its page is what it found."""

PROBED: Final = 1000
"""Up to so many rows ways are counted, to find the shortest; fewer are short."""

_SHORT: Final = 100
_SAMPLED: Final = 8
"""So many of a way's values tell how far it reaches."""

_FIRST_READ: Final = 2
_COUNT: Final = (
    "SELECT COUNT(*) FROM (SELECT 1 FROM {} WHERE {} AND position > ?"
    " AND position <= ? LIMIT ?) AS probed"
)
_REACHED: Final = (
    "SELECT position FROM {} WHERE {} AND position > ? AND position <= ?"
    " ORDER BY position {} LIMIT 1 OFFSET ?"
)
_READ: Final = (
    "SELECT position, {} FROM {} WHERE {} AND position > ? AND position <= ?"
    " ORDER BY position {} LIMIT ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Positions after `low`, up to `high`, or to the end of the log before that."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where in the log something matches, and up to (or down to) where that is all."""

    positions: list[int]
    scanned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """What is compared along a lane, in which direction."""

    lane: Lane
    rest: tuple[Condition, ...]
    newest_first: bool

    def sql(self, *, is_postgres: bool) -> str:
        """Positions of rows along the lane, each with whether all the rest holds."""
        fits = " AND ".join(each.sql for each in self.rest)
        shown = f"CASE WHEN {fits} THEN 1 ELSE 0 END" if fits else "1"
        order = "DESC" if self.newest_first else "ASC"
        table = self.lane.table(is_postgres=is_postgres)
        return _READ.format(shown, table, self.lane.sql, order)

    def compared(self) -> tuple[Any, ...]:
        """What is bound before the lane's own."""
        return tuple(value for each in self.rest for value in each.parameters)


def listed(
    tx: Transaction,
    account_id: str,
    wanted: EventFilter,
    span: Span,
    limit: int,
    *,
    newest_first: bool,
) -> Page:
    """
    What matches within the span, in order, at most `limit`; `scanned` as in Page.

    Fewer than `limit`, and not the end, when a great deal was looked at for them.
    """
    end = events.ends(tx, account_id).head
    span = Span(low=span.low, high=min(span.high, end))
    found = positions(tx, account_id, wanted, span, limit, newest_first=newest_first)
    kept = events.at(tx, account_id, found.positions)
    shown = [kept[position] for position in found.positions if position in kept]
    return Page(events=shown, scanned=found.scanned, head=end)


def positions(
    tx: Transaction,
    account_id: str,
    wanted: EventFilter,
    span: Span,
    limit: int,
    *,
    newest_first: bool,
) -> Found:
    """As `listed`, without the events themselves; the span is one of the log's."""
    inner = _within(tx, account_id, wanted, span)
    ways = lanes(tx, account_id, wanted)
    rest = conditions(tx, account_id, wanted)
    lane = whole(account_id)
    if ways:
        lane = _shortest(tx, ways, inner, newest_first=newest_first)
    search = _Search(
        lane=lane,
        rest=tuple(each for each in rest if each.field != lane.field),
        newest_first=newest_first,
    )
    found, edge = _read(tx, search, inner, limit)
    if len(ways) > 1:
        sorting(tx)
    scanned = _end(search, span) if edge is None else edge
    return Found(positions=found, scanned=scanned)


def _within(tx: Transaction, account_id: str, wanted: EventFilter, span: Span) -> Span:
    """The span without what is too old or too young for the filter."""
    low, high = span.low, span.high
    if wanted.starts_at is not None:
        low = max(low, events.position_before(tx, account_id, wanted.starts_at))
    if wanted.ends_at is not None:
        high = min(high, events.position_until(tx, account_id, wanted.ends_at))
    return Span(low=low, high=max(low, high))


def _shortest(
    tx: Transaction, ways: Sequence[Lane], span: Span, *, newest_first: bool
) -> Lane:
    """
    The way with the fewest rows, as far as counting them is worth it.

    Of ways that are all long, the one along which as many rows reach farthest.
    """
    if len(ways) == 1:
        return ways[0]
    best, least = ways[0], PROBED + 1
    for lane in ways:
        count = _count(tx, lane, span, least)
        if count < least:
            best, least = lane, count
        if least < _SHORT:
            break
    if least <= PROBED:
        return best
    # Much is read now, until `sorting`.
    along_index(tx)
    return max(ways, key=lambda way: _reach(tx, way, span, newest_first=newest_first))


def _reach(tx: Transaction, lane: Lane, span: Span, *, newest_first: bool) -> int:
    """How many positions of the log some rows of the way lead along."""
    order = "DESC" if newest_first else "ASC"
    table = lane.table(is_postgres=tx.is_postgres)
    sql = _REACHED.format(table, lane.sql, order)
    deep = max(PROBED // len(lane.each), 1)
    reach = span.high - span.low
    for bound in lane.each[:_SAMPLED]:
        row = tx.one(sql, *bound, span.low, span.high, deep - 1)
        if row:
            far = span.high - row[0] if newest_first else row[0] - span.low
            reach = min(reach, far)
    return reach


def _count(tx: Transaction, lane: Lane, span: Span, most: int) -> int:
    sql = _COUNT.format(lane.table(is_postgres=tx.is_postgres), lane.sql)
    count = 0
    for bound in lane.each:
        row = tx.one(sql, *bound, span.low, span.high, most - count)
        count += row[0] if row else 0
        if count >= most:
            break
    return count


def _read(
    tx: Transaction, search: _Search, span: Span, limit: int
) -> tuple[list[int], int | None]:
    """Positions of what matches, in order, and up to where that is all; None: whole."""
    found: list[int] = []
    left = LOOKED_AT_MAX
    deep = _depth(search, limit)
    while True:
        piece = _piece(tx, search, span, deep)
        found += piece.positions[: limit - len(found)]
        if len(found) == limit:
            return found, found[-1]
        if piece.is_last:
            return found, None
        left -= piece.looked_at
        if left <= 0:
            return found, piece.edge
        span = _behind(search, span, piece.edge)
        deep = min(deep * 4, LOOKED_AT_MAX)


def _depth(search: _Search, limit: int) -> int:
    """How many rows of each value are looked at first."""
    values = max(1, len(search.lane.each))
    wanted = limit if not search.rest else limit * _FIRST_READ
    return max(wanted // values, min(limit, 10)) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Up to `edge`, which all values have reached, `positions` is all that matches."""

    positions: list[int]
    edge: int
    is_last: bool
    looked_at: int


def _piece(tx: Transaction, search: _Search, span: Span, deep: int) -> _Piece:
    sql, compared = search.sql(is_postgres=tx.is_postgres), search.compared()
    rows: list[tuple[int, int]] = []
    edges: list[int] = []
    for bound in search.lane.each:
        its = tx.all(sql, *compared, *bound, span.low, span.high, deep)
        rows += its
        if len(its) == deep:
            edges.append(its[-1][0])
    if search.newest_first:
        edge = max(edges, default=span.low + 1)
        fitting = {position for position, fits in rows if fits and position >= edge}
    else:
        edge = min(edges, default=span.high)
        fitting = {position for position, fits in rows if fits and position <= edge}
    return _Piece(
        positions=sorted(fitting, reverse=search.newest_first),
        edge=edge,
        is_last=not edges,
        looked_at=len(rows),
    )


def _behind(search: _Search, span: Span, edge: int) -> Span:
    if search.newest_first:
        return Span(low=span.low, high=edge - 1)
    return Span(low=edge, high=span.high)


def _end(search: _Search, span: Span) -> int:
    return span.low + 1 if search.newest_first else max(span.low, span.high)
