"""
Threads: what ties messages together inside an inbox, and what each thread adds up to.

A tie belongs to the first thread that named it, for ever. A thread's `root_id` leads
in one hop to the thread that survived its merges: the oldest, whose id is the least.
Messages with a tie in common always end under one root, whoever comes first: a new
tie is taken by its unique key, which waits for whoever else takes it, and only then
are roots locked, by ascending id, and merged.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import peewee

from mailbot_server.core import ids
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Message, Thread, ThreadFilter
from mailbot_server.store import aggregates, columns, mailboxes, schema
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import allowed_inboxes, marks, of, padded, rows

_TIE_BYTES_MAX: Final = 500
"""Longer ones are hashed: PostgreSQL's indexes hold no key over 2,700 bytes."""

_SELECT_TIES: Final = (
    "SELECT tie, (SELECT root_id FROM thread WHERE thread.id = thread_tie.thread_id)"
    " FROM thread_tie WHERE inbox_id = ? AND tie IN ({})"
)
_INSERT_TIES: Final = (
    "INSERT INTO thread_tie (inbox_id, tie, thread_id) VALUES {}"
    " ON CONFLICT (inbox_id, tie) DO NOTHING RETURNING tie"
)
_INSERT: Final = (
    "INSERT INTO thread (id, account_id, inbox_id, root_id, subject, created_at,"
    " last_message_id, last_message_at, inbound_count, outbound_count, participants,"
    " snippet, last_manual_id, is_unreplied)"
    " VALUES (?, ?, ?, ?, ?, ?, '', ?, 0, 0, '', '', '', 0)"
)
_LOCK: Final = "SELECT id, root_id FROM thread WHERE id IN ({}) ORDER BY id FOR UPDATE"
_CURRENT: Final = "SELECT root_id FROM thread WHERE id IN ({})"
_POINT: Final = "UPDATE thread SET root_id = ? WHERE root_id IN ({})"
_SELECT_MERGED: Final = (
    "SELECT root_id, id FROM thread WHERE root_id IN ({}) AND id <> root_id ORDER BY id"
)
_SELECT_AGGREGATES: Final = (
    f"SELECT {', '.join(aggregates.COLUMNS)} FROM thread"  # noqa: S608
    " WHERE id IN ({}) ORDER BY id"
)
_SELECT_FOR_MESSAGE: Final = (
    "SELECT (SELECT address FROM inbox WHERE inbox.id = thread.inbox_id),"  # noqa: S608
    f" {', '.join(aggregates.COLUMNS)} FROM thread WHERE id = ?"
)
_UPDATE: Final = (
    f"UPDATE thread SET {', '.join(f'{n} = ?' for n in aggregates.COLUMNS)}"  # noqa: S608
    " WHERE id = ?"
)
_RETELL: Final = (
    "UPDATE thread SET snippet = ?"
    " WHERE id = (SELECT root_id FROM thread WHERE id = ?) AND last_message_id = ?"
)
_FACTS: Final = (
    *("id", "account_id", "inbox_id", "subject", "created_at", "last_message_at"),
    *("inbound_count", "outbound_count", "participants", "last_inbound_at"),
    *("last_outbound_at", "snippet", "is_unreplied"),
)
_SELECT: Final = f"SELECT {', '.join(_FACTS)} FROM thread"  # noqa: S608
_SELECT_BY_ANY_ID: Final = (
    f"{_SELECT} WHERE id ="  # noqa: S608
    " (SELECT root_id FROM thread WHERE id = ? AND account_id = ?)"
)
# An id may be made a little before the operation that writes its message.
_ID_SLACK: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """
    Where a message belongs.

    `thread_id` is what the message gets, and is `root_id`. `merged` are the threads
    that it joined to that one, ascending; they were roots until now.
    """

    thread_id: str
    root_id: str
    is_new: bool
    merged: tuple[str, ...] = ()


def attach(
    tx: Transaction,
    *,
    account_id: str,
    inbox_id: str,
    ties: Sequence[str],
    subject: str,
) -> Attached:
    """
    Finds the thread of a message by its ties, or makes it, and merges what they join.

    Counts threads of the inbox. An operation that attaches several messages adds and
    writes each before the next, inboxes in ascending order.
    """
    keys = sorted({_key(tie) for tie in ties})
    roots = _roots(tx, inbox_id, keys)
    home = min(roots.values()) if roots else tx.new_id("thr")
    missing = [key for key in keys if key not in roots]
    taken = _take(tx, inbox_id, missing, home)
    if len(taken) < len(missing):
        lost = [key for key in missing if key not in taken]
        roots |= _roots(tx, inbox_id, lost)
        if home not in roots.values():
            _give(tx, inbox_id, taken, min(roots.values()))
    if roots:
        return _join(tx, inbox_id, set(roots.values()))
    now = columns.write_time(tx.now)
    tx.execute(_INSERT, home, account_id, inbox_id, home, subject, now, now)
    tx.count(inbox_id, threads=1)
    return Attached(thread_id=home, root_id=home, is_new=True)


def tie(tx: Transaction, inbox_id: str, key: str, thread_id: str) -> None:
    """Puts the message that will name this id into a thread, before it is attached."""
    _take(tx, inbox_id, [_key(key)], thread_id)


def add_message(
    tx: Transaction,
    attached_root_id: str,
    message: Message,
    participants: Sequence[Mailbox],
) -> None:
    """
    Adds a new message to what its thread, a root, adds up to.

    Of the participants the inbox itself is left out, under any tag.
    """
    row = tx.one(_SELECT_FOR_MESSAGE + _locked(tx), attached_root_id)
    if row is None:
        raise AssertionError(f"no thread {attached_root_id}")
    before = aggregates.read(row[1:])
    known = mailboxes.read(before.participants)
    together = aggregates.distinct([*known, *participants], row[0] or "")
    after = aggregates.with_message(before, message, mailboxes.write(together))
    tx.execute(_UPDATE, *aggregates.write(after), attached_root_id)


def retell(tx: Transaction, message: Message) -> None:
    """Gives the thread the snippet of its newest message, when that was read later."""
    tx.execute(_RETELL, message.snippet, message.thread_id, message.id)


def get(tx: Transaction, account_id: str, thread_id: str) -> Thread | None:
    """The thread that has, or once had, this id, if it is the account's."""
    row = tx.one(_SELECT_BY_ANY_ID, thread_id, account_id)
    if row is None:
        return None
    return _thread(row, _merged(tx, [row[0]]).get(row[0], ()))


def list_latest(
    tx: Transaction, account_id: str, wanted: ThreadFilter, before: str, limit: int
) -> list[tuple[Thread, str]]:
    """
    Threads with the id of their newest message, that with the newest of all first.

    Those whose newest message comes before the message `before`; "" is the beginning.
    """
    table = schema.Thread
    inbox_ids = allowed_inboxes(wanted.inbox_id, wanted.visible_inbox_ids)
    conditions = [
        *of(table, account_id, inbox_ids),
        table.root_id == table.id,
        *_times(wanted.after, wanted.before),
    ]
    if wanted.unreplied:
        conditions.append(table.is_unreplied == 1)
    if before:
        conditions.append(table.last_message_id < before)
    query = (
        table.select(*(getattr(table, n) for n in (*_FACTS, "last_message_id")))
        .where(*conditions)
        .order_by(table.last_message_id.desc())
        .limit(limit)
    )
    found = tx.query(query)
    merged = _merged(tx, [row[0] for row in found])
    return [(_thread(row[:-1], merged.get(row[0], ())), row[-1]) for row in found]


def ids_of(tx: Transaction, thread_id: str) -> tuple[str, ...]:
    """All ids of a thread, given any of them, ascending; none when it is unknown."""
    found = tx.all(
        "SELECT id FROM thread WHERE root_id ="
        " (SELECT root_id FROM thread WHERE id = ?) ORDER BY id",
        thread_id,
    )
    return tuple(row[0] for row in found)


def _key(tie: str) -> str:
    """The tie, or a short name for it that no id has, because of its space."""
    octets = tie.encode("utf-8", "replace")
    if len(octets) <= _TIE_BYTES_MAX:
        return tie
    return f"sha256 {hashlib.sha256(octets).hexdigest()}"


def _roots(tx: Transaction, inbox_id: str, keys: Sequence[str]) -> dict[str, str]:
    """The root of each tie that is known."""
    if not keys:
        return {}
    wanted = padded(keys)
    return dict(tx.all(_SELECT_TIES.format(marks(len(wanted))), inbox_id, *wanted))


def _take(
    tx: Transaction, inbox_id: str, keys: Sequence[str], thread_id: str
) -> set[str]:
    """
    Gives new ties to a thread; those that nobody else had taken.

    Waits for operations that take the same ones, so the keys come in order.
    """
    if not keys:
        return set()
    wanted = padded(keys)
    values = [value for key in wanted for value in (inbox_id, key, thread_id)]
    return {
        row[0] for row in tx.all(_INSERT_TIES.format(rows(len(wanted), 3)), *values)
    }


def _give(
    tx: Transaction, inbox_id: str, keys: Collection[str], thread_id: str
) -> None:
    """Moves ties, taken in this operation for a thread that is not needed."""
    sql = "UPDATE thread_tie SET thread_id = ? WHERE inbox_id = ? AND tie = ?"
    tx.execute_many(sql, [(thread_id, inbox_id, key) for key in keys])


def _join(tx: Transaction, inbox_id: str, roots: set[str]) -> Attached:
    """Makes one thread of these roots: the oldest survives."""
    if tx.is_postgres:
        roots = _lock(tx, inbox_id, roots)
    survivor, *merged = sorted(roots)
    if merged:
        _merge(tx, survivor, merged)
        tx.count(inbox_id, threads=-len(merged))
    return Attached(
        thread_id=survivor, root_id=survivor, is_new=False, merged=tuple(merged)
    )


def _lock(tx: Transaction, inbox_id: str, roots: set[str]) -> set[str]:
    """
    The roots of these threads now, locked.

    Merges inside an inbox go one after another, so that they find roots which no other
    merge is changing and never wait for each other in a circle.
    """
    if len(roots) > 1:
        tx.one("SELECT pg_advisory_xact_lock(?)", _merge_lock(inbox_id))
        wanted = padded(sorted(roots))
        roots = {row[0] for row in tx.all(_CURRENT.format(marks(len(wanted))), *wanted)}
    while True:
        wanted = padded(sorted(roots))
        found = tx.all(_LOCK.format(marks(len(wanted))), *wanted)
        if all(thread_id == root_id for thread_id, root_id in found):
            return roots
        roots = {root_id for _, root_id in found}


def _merge_lock(inbox_id: str) -> int:
    digest = hashlib.sha256(f"merge {inbox_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _merge(tx: Transaction, survivor: str, merged: list[str]) -> None:
    wanted = padded([survivor, *merged])
    sql = _SELECT_AGGREGATES.format(marks(len(wanted)))
    each = [aggregates.read(row) for row in tx.all(sql, *wanted)]
    gone = padded(merged)
    tx.execute(_POINT.format(marks(len(gone))), survivor, *gone)
    tx.execute(_UPDATE, *aggregates.write(aggregates.together(each)), survivor)


def _locked(tx: Transaction) -> str:
    return " FOR UPDATE OF thread" if tx.is_postgres else ""


def _times(after: datetime | None, before: datetime | None) -> list[peewee.Node]:
    """Ids sort by time, so they bound what the index has to look at."""
    table = schema.Thread
    conditions: list[peewee.Node] = []
    if after is not None:
        conditions.append(table.last_message_at >= columns.write_time(after))
        conditions.append(
            table.last_message_id > ids.make("msg", after - _ID_SLACK, b"")
        )
    if before is not None:
        conditions.append(table.last_message_at < columns.write_time(before))
        conditions.append(
            table.last_message_id < ids.make("msg", before + _ID_SLACK, b"")
        )
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
    for name in (
        "created_at",
        "last_message_at",
        "last_inbound_at",
        "last_outbound_at",
    ):
        values[name] = columns.read_time(values[name])
    values["participants"] = mailboxes.read(values["participants"])
    values["is_unreplied"] = bool(values["is_unreplied"])
    return Thread(**values, merged_thread_ids=merged)
