"""
Leases what is due so that everybody gets a turn, however long anybody's queue is.

Transactional mail goes before bulk. Within a stream accounts take turns, and inside an
account its inboxes; inside an inbox what was due first goes first. Where little is due
it is all looked at. Where more is, the next accounts and inboxes are found by jumping
from one to the next in an index, and what must be passed over (a destination that has
enough, or is suspended) is remembered by where it lies, so that a claim looks at some
hundred rows and no more, whether a thousand wait or a million.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import Any, Final, NamedTuple

from mailbot_server.core.delivery import Delivery
from mailbot_server.core.message import Stream
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries.records import unless_locked
from mailbot_server.store.deliveries.rows import (
    RETURNING,
    SELECT_DUE,
    Due,
    read_leased,
)
from mailbot_server.store.statements import padded
from mailbot_server.store.statements import rows as row_marks

LOOK: Final = 100
"""Where no more than this is due, all of it is looked at."""

QUANTUM: Final = 10
"""Deliveries of one inbox in one turn: enough for a connection to be worth opening."""

STEPS_MAX: Final = 300
"""Accounts and inboxes that one claim visits in each stream."""

JUMPS: Final = 50
ROWS_MAX: Final = 600
"""Rows that one claim looks at in each stream."""

WINDOW: Final = 100
MARKS_KEPT: Final = timedelta(seconds=20)
"""A row can be committed behind the place that a scan has come to: begin anew then."""

REMEMBERED_MAX: Final = 20_000

_WAITING: Final = "state IN ('queued', 'deferred') AND stream = ?"
_FIRST: Final = f"{SELECT_DUE} WHERE {_WAITING} AND due_at <= ? ORDER BY due_at LIMIT ?"
_OF_INBOX: Final = (
    f"{SELECT_DUE} WHERE {_WAITING} AND account_id = ? AND inbox_id = ?"
    " AND (due_at, id) > (?, ?) AND due_at <= ? ORDER BY due_at, id LIMIT ?"
)
_NEXT: Final = (
    "SELECT {column} FROM delivery WHERE {within} AND {column} > {after}"
    " ORDER BY {column} LIMIT 1"
)
# A loose index scan: each step jumps over all rows of a name to the next name.
_JUMPS: Final = (
    "WITH RECURSIVE turn (name, n) AS ("
    " SELECT ({first}), 1 UNION ALL SELECT ({later}), n + 1 FROM turn"
    " WHERE name IS NOT NULL AND n < ?)"
    " SELECT name, (SELECT due_at FROM delivery WHERE {within} AND {column} = name"
    " AND due_at > ? ORDER BY due_at LIMIT 1) FROM turn WHERE name IS NOT NULL"
)
_LEASE: Final = (
    "UPDATE delivery SET state = 'leased', lease_owner = ?, lease_until = ?,"
    " due_at = ?, updated_at = ?, lease_seq = lease_seq + 1, started = 0"
    " WHERE state IN ('queued', 'deferred') AND (id, due_at) IN"
)
_NEXT_DUE: Final = (
    f"SELECT due_at FROM delivery WHERE {_WAITING} AND due_at > ?"  # noqa: S608
    " ORDER BY due_at LIMIT 1"
)


def _jumps(column: str, within: str) -> str:
    first = _NEXT.format(column=column, within=within, after="?")
    later = _NEXT.format(column=column, within=within, after="turn.name")
    return _JUMPS.format(first=first, later=later, column=column, within=within)


_ACCOUNTS: Final = _jumps("account_id", _WAITING)
_INBOXES: Final = _jumps("inbox_id", f"{_WAITING} AND account_id = ?")


class _Place(NamedTuple):
    """Where a row lies among those of its inbox."""

    due_at: int
    id: str


# Before all instants. Asked for what is later, an analyzed SQLite takes the index even
# where all rows are of one stream or account; it would sort the table otherwise.
_BEGINNING: Final = _Place(-(1 << 62), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """How far an inbox was looked through, and where what was passed over begins."""

    at: _Place
    skipped: Mapping[str, _Place]
    made_at: datetime


@dataclass(slots=True, kw_only=True)
class Turns:
    """
    Whose turn it is, from one claim to the next, and what is to be passed over.

    `over` holds sites, and with an @ before them recipient domains: a site may be
    named as a domain of others is. `crowded` holds pairs of account and site;
    `site_of` knows where a delivery leads, as far as that is known. Kept by one process
    in memory: after a restart the first account is the first again.
    `is_cut_short` says that the last claim ended before everybody was visited.
    """

    over: frozenset[str] = frozenset()
    crowded: frozenset[tuple[str, str]] = frozenset()
    site_of: Callable[[Due], str] = attrgetter("site")
    accounts_over: frozenset[str] = frozenset()
    inboxes_over: frozenset[str] = frozenset()
    is_cut_short: bool = False
    behind: set[Stream] = field(default_factory=set)
    last: dict[tuple[Stream, str], str] = field(default_factory=dict)
    marks: dict[tuple[Stream, str], _Mark] = field(default_factory=dict)

    def forget(self) -> None:
        """What was claimed may never have been written: begins to look anew."""
        self.marks.clear()
        self.last.clear()

    def blocker(self, delivery: Due) -> str:
        """What this delivery has to wait for, a site or @domain; "" for nothing."""
        if not (self.over or self.crowded):
            return ""
        domain = f"@{delivery.domain}"
        if domain in self.over:
            return domain
        site = self.site_of(delivery)
        return site if self.is_over(delivery.account_id, site) else ""

    def is_over(self, account_id: str, name: str) -> bool:
        """Whether the account's mail for that site or @domain is passed over."""
        return name in self.over or (account_id, name) in self.crowded

    def may_go(self, delivery: Due) -> bool:
        """Whether neither its account nor its inbox nor its destination waits."""
        return (
            delivery.account_id not in self.accounts_over
            and delivery.inbox_id not in self.inboxes_over
            and not self.blocker(delivery)
        )


def lease_due(
    tx: Transaction,
    node_id: str,
    limit: int,
    lease_seconds: float,
    turns: Turns | None = None,
) -> list[Delivery]:
    """
    Leases what is due, in everybody's turn; at most `limit`.

    On PostgreSQL what another node is leasing is passed over. `turns` is moved on; when
    the operation failed, make it `forget`.
    """
    return lease(tx, look_due(tx, limit, turns or Turns()), node_id, lease_seconds)


def look_due(tx: Transaction, limit: int, turns: Turns) -> list[Due]:
    """What may be leased now, in everybody's turn; moves `turns` on, writes nothing."""
    turns.is_cut_short = False
    found: list[Due] = []
    for stream in (Stream.TRANSACTIONAL, Stream.BULK):
        if len(found) < limit:
            found += _Claim(tx, stream, turns).take(limit - len(found))
    return found


def lease(
    tx: Transaction, found: Sequence[Due], node_id: str, seconds: float
) -> list[Delivery]:
    """
    Leases what is as it was when it was looked at; in the order given.

    The stored `due_at` moves to the lease's end, so that a queue which forgets a lease
    comes back to it; what is given says when it was due.
    """
    if not found:
        return []
    until = columns.write_time(tx.now + timedelta(seconds=seconds))
    fences = padded([(each.id, each.due_at) for each in found])
    sql = f"{_LEASE} (VALUES {row_marks(len(fences), 2)}) {RETURNING}"
    of: list[Any] = [node_id, until, until, columns.write_time(tx.now)]
    its = tx.all(sql, *of, *(value for fence in fences for value in fence))
    row_of = {row[0]: row for row in its}
    return [
        read_leased(row_of[each.id], each.due_at) for each in found if each.id in row_of
    ]


def next_due(tx: Transaction) -> datetime | None:
    """When the next delivery is due, which may be past; None when none waits."""
    after = _BEGINNING.due_at
    rows = [row for stream in Stream for row in tx.all(_NEXT_DUE, stream.value, after)]
    return columns.read_time(min((row[0] for row in rows), default=None))


class _Claim:
    """What one claim takes of one stream."""

    def __init__(self, tx: Transaction, stream: Stream, turns: Turns) -> None:
        self._tx = tx
        self._stream = stream
        self._turns = turns
        self._now = columns.write_time(tx.now)
        self._steps = STEPS_MAX
        self._rows = ROWS_MAX
        self._found: list[Due] = []
        self._places: dict[str, _Place] = {}

    def take(self, limit: int) -> list[Due]:
        if self._stream not in self._turns.behind:
            due = self._due(_FIRST, self._now, LOOK + 1)
            if len(due) <= LOOK:
                return self._by_turns(due, limit)
            self._turns.behind.add(self._stream)
        self._go_round(limit)
        if len(self._found) < limit and not self._turns.is_cut_short:
            self._turns.behind.discard(self._stream)
        return self._found

    def _due(self, sql: str, *parameters: object) -> list[Due]:
        found = self._tx.all(
            sql + unless_locked(self._tx), self._stream.value, *parameters
        )
        return [Due._make(row) for row in found]

    def _by_turns(self, due: Iterable[Due], limit: int) -> list[Due]:
        """Of all that is due: one of each account in turn, of each of its inboxes."""
        accounts: dict[str, dict[str, deque[Due]]] = {}
        for each in due:
            if self._turns.may_go(each):
                inboxes = accounts.setdefault(each.account_id, {})
                inboxes.setdefault(each.inbox_id, deque()).append(each)
        taken: list[Due] = []
        while accounts and len(taken) < limit:
            for account_id, inboxes in list(accounts.items())[: limit - len(taken)]:
                inbox_id = next(iter(inboxes))
                waiting = inboxes.pop(inbox_id)
                taken.append(waiting.popleft())
                if waiting:
                    inboxes[inbox_id] = waiting
                del accounts[account_id]
                if inboxes:
                    accounts[account_id] = inboxes
        return taken

    def _go_round(self, limit: int) -> None:
        """Some of each account in turn, beginning after the one that was last."""
        turns = self._turns
        due = self._names("", _ACCOUNTS)
        free = (name for name in due if name not in turns.accounts_over)
        most = max(limit, LOOK)
        waiting = deque(islice(free, most))
        is_more = len(waiting) == most
        share = max(QUANTUM, limit // max(len(waiting), 1))
        while waiting and len(self._found) < limit:
            account_id = waiting.popleft()
            self._remember("", account_id)
            if self._visit(account_id, min(share, limit - len(self._found))):
                waiting.append(account_id)
        if waiting or is_more or self._steps <= 0 or self._rows <= 0:
            turns.is_cut_short = True

    def _names(self, owner: str, sql: str, *within: str) -> Iterator[str]:
        """Those with something due, in a circle, beginning after the last one."""
        last = self._turns.last.get((self._stream, owner), "")
        yield from self._jump(sql, within, last, "")
        if last:
            yield from self._jump(sql, within, "", last)

    def _jump(
        self, sql: str, within: tuple[str, ...], after: str, up_to: str
    ) -> Iterator[str]:
        of = (self._stream.value, *within)
        while self._steps > 0:
            size = min(self._steps, JUMPS)
            rows = self._tx.all(sql, *of, after, *of, size, *of, _BEGINNING.due_at)
            self._steps -= max(len(rows), 1)
            for name, due_at in rows:
                if up_to and name > up_to:
                    return
                after = name
                if due_at is not None and due_at <= self._now:
                    yield name
            if len(rows) < size:
                return

    def _visit(self, account_id: str, limit: int) -> int:
        """Takes from the next of the account's inboxes that have something."""
        before = len(self._found)
        due = self._names(account_id, _INBOXES, account_id)
        free = (name for name in due if name not in self._turns.inboxes_over)
        inboxes = list(islice(free, max(limit, LOOK)))
        if len(inboxes) >= LOOK:
            self._turns.is_cut_short = True
        share = max(QUANTUM, limit // max(len(inboxes), 1))
        for inbox_id in inboxes:
            room = limit - (len(self._found) - before)
            if room <= 0 or self._rows <= 0:
                break
            self._remember(account_id, inbox_id)
            self._scan(account_id, inbox_id, min(share, room))
        return len(self._found) - before

    def _remember(self, owner: str, name: str) -> None:
        if len(self._turns.last) >= REMEMBERED_MAX:
            self._turns.last.clear()
        self._turns.last[self._stream, owner] = name

    def _scan(self, account_id: str, inbox_id: str, limit: int) -> None:
        """Takes the inbox's oldest that may go, from where it was left."""
        key, turns = (self._stream, inbox_id), self._turns
        mark = self._mark(key, account_id)
        at, skipped = mark.at, dict(mark.skipped)
        at = max(at, self._places.get(inbox_id, at))
        wanted = limit
        while wanted > 0 and self._rows > 0:
            some = turns.over or turns.crowded
            size = min(WINDOW if some else wanted, self._rows)
            rows = self._due(_OF_INBOX, account_id, inbox_id, *at, self._now, size)
            self._rows -= max(len(rows), 1)
            for each in rows:
                if wanted == 0:
                    break
                at = _Place(each.due_at, each.id)
                if blocker := turns.blocker(each):
                    skipped.setdefault(blocker, at)
                else:
                    self._found.append(each)
                    wanted -= 1
            if len(rows) < size:
                break
        self._places[inbox_id] = at
        if skipped:
            if len(turns.marks) >= REMEMBERED_MAX:
                turns.marks.clear()
            turns.marks[key] = replace(mark, at=at, skipped=skipped)

    def _mark(self, key: tuple[Stream, str], account_id: str) -> _Mark:
        """Where to look from: nothing that may go now lies before it."""
        now = self._tx.now
        mark = self._turns.marks.pop(key, None)
        if mark is None or not timedelta() <= now - mark.made_at < MARKS_KEPT:
            return _Mark(at=_BEGINNING, skipped={}, made_at=now)
        over = self._turns.is_over
        skipped = mark.skipped.items()
        free = [at for name, at in skipped if not over(account_id, name)]
        if not free:
            return mark
        # One before it: the comparison leaves the place itself out.
        at = min(free)
        at = min(mark.at, _Place(at.due_at, at.id[:-1]))
        kept = {name: place for name, place in skipped if over(account_id, name)}
        return replace(mark, at=at, skipped=kept)
