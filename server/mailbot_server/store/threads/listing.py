"""
Threads read by id and in lists, the one with the newest message first.

A list walks an index in that order and looks at each thread. Where a filter leaves few
threads, they are found first and sorted: SQLite cannot know how many there will be, so
each filter's are counted up to SORTED_MAX, and the fewest decide. PostgreSQL thinks
that it knows, and joins in the wrong order: it is given the few by their ids, and what
is asked of each thread in a way that it cannot join.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import peewee

from mailbot_server.core import ids
from mailbot_server.core.mail import address
from mailbot_server.core.message import Thread, ThreadFilter
from mailbot_server.store import columns, mailboxes, schema
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import (
    allowed_inboxes,
    along_index,
    marks,
    of,
    padded,
    sorting,
    unindexed,
    within,
)

SORTED_MAX: Final = 5_000
"""So many are looked up one by one and sorted in 20 ms; 200,000 walked in 100."""

_FACTS: Final = (
    *("id", "account_id", "inbox_id", "subject", "created_at", "last_message_at"),
    *("inbound_count", "outbound_count", "participants", "last_inbound_at"),
    *("last_outbound_at", "snippet", "is_unreplied", "labels"),
)
_TIMES: Final = ("created_at", "last_message_at", "last_inbound_at", "last_outbound_at")
_SELECT_BY_ANY_ID: Final = (
    f"SELECT {', '.join(_FACTS)} FROM thread WHERE id ="  # noqa: S608
    " (SELECT root_id FROM thread WHERE id = ? AND account_id = ?)"
)
_SELECT_MERGED: Final = (
    "SELECT root_id, id FROM thread WHERE root_id IN ({}) AND id <> root_id ORDER BY id"
)
# An id may be made a little before the operation that writes its message.
_ID_SLACK: Final = timedelta(hours=1)


def get(tx: Transaction, account_id: str, thread_id: str) -> Thread | None:
    """The thread that has, or once had, this id, if it is the account's."""
    row = tx.one(_SELECT_BY_ANY_ID, thread_id, account_id)
    if row is None:
        return None
    return _thread(row, _merged(tx, [row[0]]).get(row[0], ()))


def ids_of(tx: Transaction, thread_id: str) -> tuple[str, ...]:
    """All ids of a thread, given any of them, ascending; none when it is unknown."""
    found = tx.all(
        "SELECT id FROM thread WHERE root_id ="
        " (SELECT root_id FROM thread WHERE id = ?) ORDER BY id",
        thread_id,
    )
    return tuple(row[0] for row in found)


def list_latest(
    tx: Transaction, account_id: str, wanted: ThreadFilter, before: str, limit: int
) -> list[tuple[Thread, str]]:
    """
    Threads with the id of their newest message, that with the newest of all first.

    Those whose newest message comes before the message `before`; "" is the beginning.
    """
    found = tx.query(_listing(tx, account_id, wanted, before, limit))
    sorting(tx)
    merged = _merged(tx, [row[0] for row in found])
    return [(_thread(row[:-1], merged.get(row[0], ())), row[-1]) for row in found]


def _listing(
    tx: Transaction, account_id: str, wanted: ThreadFilter, before: str, limit: int
) -> peewee.Node:
    table = schema.Thread
    inbox_ids = allowed_inboxes(wanted.inbox_id, wanted.visible_inbox_ids)
    few = _few(tx, account_id, inbox_ids, wanted)
    if few is None:
        along_index(tx)
        places = of(table, account_id, inbox_ids)
        order = table.last_message_id
    else:
        places = [few, *within(table, account_id, inbox_ids)]
        order = unindexed(table.last_message_id)
    conditions = [
        *places,
        table.root_id == table.id,
        *_times(wanted.after, wanted.before, order),
        *_criteria(tx, wanted),
    ]
    if before:
        conditions.append(order < before)
    return (
        table.select(*(getattr(table, n) for n in (*_FACTS, "last_message_id")))
        .where(*conditions)
        .order_by(order.desc())
        .limit(limit)
    )


def _few(
    tx: Transaction,
    account_id: str,
    inbox_ids: tuple[str, ...] | None,
    wanted: ThreadFilter,
) -> Any:
    """One of the fewest threads that one filter leaves; None when they are many."""
    narrowed = _narrowed(tx, account_id, inbox_ids, wanted)
    if tx.is_postgres:
        return _few_named(tx, narrowed)
    sizes = [(_size(tx, each), number, each) for number, each in enumerate(narrowed)]
    size, _, fewest = min(sizes, default=(SORTED_MAX + 1, 0, None))
    return schema.Thread.id.in_(fewest) if size <= SORTED_MAX else None


def _few_named(tx: Transaction, narrowed: list[Any]) -> Any:
    """The same, by their ids: an array, as long as it may be, in one statement."""
    fewest: list[str] | None = None
    for each in narrowed:
        most = SORTED_MAX if fewest is None else len(fewest)
        its = [row[0] for row in tx.query(each.limit(most + 1))]
        if len(its) <= most:
            fewest = its
    if fewest is None:
        return None
    ids_ = peewee.Value(fewest, converter=False, unpack=False)
    return schema.Thread.id == peewee.fn.ANY(peewee.Cast(ids_, "text[]"))


def _narrowed(
    tx: Transaction,
    account_id: str,
    inbox_ids: tuple[str, ...] | None,
    wanted: ThreadFilter,
) -> list[Any]:
    """What each filter alone leaves, found by an index: queries of thread ids."""
    found: list[Any] = []
    if wanted.labels:
        label = schema.ThreadLabel
        its = label.label.in_(wanted.labels)
        within_ = _in(tx, label, account_id, inbox_ids)
        found.append(label.select(label.thread_id).where(within_, its))
    if wanted.participant_address:
        who = schema.ThreadParticipant
        its = who.address == address.fold(wanted.participant_address)
        within_ = _in(tx, who, account_id, inbox_ids)
        found.append(who.select(who.thread_id).where(within_, its))
    if wanted.unreplied:
        found.append(_waiting(account_id, inbox_ids))
    return found


def _waiting(account_id: str, inbox_ids: tuple[str, ...] | None) -> Any:
    """All that wait for an answer, by the index that has only these."""
    table = schema.Thread.alias()
    place = table.inbox_id > "" if inbox_ids is None else table.inbox_id.in_(inbox_ids)
    return table.select(table.id).where(
        table.account_id == account_id,
        place,
        table.root_id == table.id,
        # In so many words, or SQLite does not know that the index has it.
        table.is_unreplied == peewee.SQL("1"),
    )


def _in(
    tx: Transaction, table: Any, account_id: str, inbox_ids: tuple[str, ...] | None
) -> Any:
    if inbox_ids is not None:
        return table.inbox_id.in_(inbox_ids)
    inbox = schema.Inbox
    own = inbox.select(inbox.id).where(inbox.account_id == account_id)
    if tx.is_postgres:
        # A join, it would rather read what all accounts have.
        return table.inbox_id == peewee.fn.ANY(peewee.fn.ARRAY(own))
    return table.inbox_id.in_(own)


def _size(tx: Transaction, query: Any) -> int:
    """How many rows it has, up to SORTED_MAX and one more."""
    capped = query.limit(SORTED_MAX + 1)
    counted = peewee.Select([capped], [peewee.fn.COUNT(peewee.SQL("1"))])
    return int(tx.query(counted)[0][0])


def _criteria(tx: Transaction, wanted: ThreadFilter) -> list[peewee.Node]:
    """What each filter asks of one thread."""
    table = schema.Thread
    conditions: list[peewee.Node] = []
    if wanted.unreplied:
        conditions.append(table.is_unreplied == 1)
    if wanted.labels:
        label = schema.ThreadLabel
        labelled = label.select(peewee.SQL("1")).where(
            label.inbox_id == table.inbox_id,
            label.label.in_(wanted.labels),
            label.thread_id == table.id,
        )
        conditions.append(_exists(tx, labelled))
    if wanted.participant_address:
        who = schema.ThreadParticipant
        takes_part = who.select(peewee.SQL("1")).where(
            who.inbox_id == table.inbox_id,
            who.address == address.fold(wanted.participant_address),
            who.thread_id == table.id,
        )
        conditions.append(_exists(tx, takes_part))
    return conditions


def _exists(tx: Transaction, query: Any) -> peewee.Node:
    """Asked of each row by itself: OFFSET 0 keeps PostgreSQL from a join."""
    return peewee.fn.EXISTS(query.offset(0) if tx.is_postgres else query)


def _times(
    after: datetime | None, before: datetime | None, order: Any
) -> list[peewee.Node]:
    """Ids sort by time, so they bound what the index has to look at."""
    table = schema.Thread
    conditions: list[peewee.Node] = []
    if after is not None:
        conditions.append(table.last_message_at >= columns.write_time(after))
        conditions.append(order > ids.make("msg", after - _ID_SLACK, b""))
    if before is not None:
        conditions.append(table.last_message_at < columns.write_time(before))
        conditions.append(order < ids.make("msg", before + _ID_SLACK, b""))
    return conditions


def _merged(tx: Transaction, roots: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Ids that were merged into each of these roots, ascending."""
    merged: dict[str, tuple[str, ...]] = {}
    if roots:
        wanted = padded(roots)
        sql = _SELECT_MERGED.format(marks(len(wanted)))
        for root_id, thread_id in tx.all(sql, *wanted):
            merged[root_id] = (*merged.get(root_id, ()), thread_id)
    return merged


def _thread(row: Sequence[Any], merged: tuple[str, ...]) -> Thread:
    values = dict(zip(_FACTS, row, strict=True))
    for name in _TIMES:
        values[name] = columns.read_time(values[name])
    values["participants"] = mailboxes.read(values["participants"])
    values["is_unreplied"] = bool(values["is_unreplied"])
    values["labels"] = columns.read_list(values["labels"])
    return Thread(**values, merged_thread_ids=merged)
