"""
Makes one thread of several: the oldest survives, the others become its aliases.

A thread's `root_id` leads in one hop to the thread that survived its merges: the
oldest, whose id is the least.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from mailbot_server.core import labels as label_rules
from mailbot_server.store import mailboxes
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded
from mailbot_server.store.threads import aggregates, changes, labels, participants

_LOCK: Final = "SELECT id, root_id FROM thread WHERE id IN ({}) ORDER BY id FOR UPDATE"
_CURRENT: Final = "SELECT id, root_id FROM thread WHERE id IN ({})"
_POINT: Final = "UPDATE thread SET root_id = ? WHERE root_id IN ({})"
_SELECT_AGGREGATES: Final = (
    f"SELECT id, {', '.join(aggregates.COLUMNS)} FROM thread"  # noqa: S608
    " WHERE id IN ({}) ORDER BY id"
)
_UPDATE: Final = (
    f"UPDATE thread SET {', '.join(f'{n} = ?' for n in aggregates.COLUMNS)}"  # noqa: S608
    " WHERE id = ?"
)


def lock(tx: Transaction, inbox_id: str, roots: Sequence[str]) -> dict[str, str]:
    """
    What these roots are now, by what they were; nobody changes them any more.

    Merges inside an inbox go one after another, so that they find roots which no other
    merge is changing and never wait for each other in a circle.
    """
    if not tx.is_postgres:
        return {root: root for root in roots}
    if len(set(roots)) > 1:
        lock_merges(tx, inbox_id)
    one = len(set(roots)) == 1
    now = {root: root for root in roots} if one else _roots(tx, roots)
    while True:
        wanted = padded(sorted(set(now.values())))
        found: dict[str, str] = dict(tx.all(_LOCK.format(marks(len(wanted))), *wanted))
        if all(thread_id == root_id for thread_id, root_id in found.items()):
            return now
        now = {was: found[root] for was, root in now.items()}


def lock_by_any_id(
    tx: Transaction, inbox_id: str, thread_ids: Sequence[str]
) -> dict[str, str]:
    """As `lock`, of threads by ids that may have been merged since they were read."""
    if len(set(thread_ids)) > 1:
        lock_merges(tx, inbox_id)
    now = _roots(tx, thread_ids)
    locked = lock(tx, inbox_id, list(now.values()))
    return {thread_id: locked[root] for thread_id, root in now.items()}


def lock_merges(tx: Transaction, inbox_id: str) -> None:
    """Nobody else merges or splits threads of the inbox until this operation ends."""
    if tx.is_postgres:
        tx.one("SELECT pg_advisory_xact_lock(?)", _lock_number(inbox_id))


def join(tx: Transaction, inbox_id: str, roots: Sequence[str]) -> tuple[str, ...]:
    """Makes one thread of locked roots; the survivor, and those that it took in."""
    survivor, *merged = sorted(set(roots))
    if merged:
        _merge(tx, inbox_id, survivor, merged)
        tx.count(inbox_id, threads=-len(merged))
    return (survivor, *merged)


def _roots(tx: Transaction, thread_ids: Sequence[str]) -> dict[str, str]:
    """The root of each thread, as it is now."""
    wanted = padded(sorted(set(thread_ids)))
    return dict(tx.all(_CURRENT.format(marks(len(wanted))), *wanted))


def _lock_number(inbox_id: str) -> int:
    digest = hashlib.sha256(f"merge {inbox_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def _merge(
    tx: Transaction, inbox_id: str, survivor: str, merged: Sequence[str]
) -> None:
    wanted = padded([survivor, *merged])
    sql = _SELECT_AGGREGATES.format(marks(len(wanted)))
    each = {row[0]: aggregates.read(row[1:]) for row in tx.all(sql, *wanted)}
    after = aggregates.together([each[survivor], *(each[m] for m in merged)])
    gone = padded(merged)
    tx.execute(_POINT.format(marks(len(gone))), survivor, *gone)
    tx.execute(_UPDATE, *aggregates.write(after), survivor)
    unreplied = sum(one.is_unreplied for one in each.values())
    tx.count(inbox_id, unreplied_threads=after.is_unreplied - unreplied)
    _move_participants(tx, inbox_id, survivor, each, after.participants)
    _move_labels(tx, inbox_id, survivor, merged)
    changes.inherit(tx, survivor, merged)


def _move_participants(
    tx: Transaction,
    inbox_id: str,
    survivor: str,
    each: dict[str, aggregates.Aggregate],
    together: str,
) -> None:
    for thread_id, one in each.items():
        after = together if thread_id == survivor else mailboxes.write(())
        participants.change(tx, inbox_id, thread_id, one.participants, after)


def _move_labels(
    tx: Transaction, inbox_id: str, survivor: str, merged: Sequence[str]
) -> None:
    """The survivor's labels first; what would be too many is lost."""
    found = labels.of(tx, [survivor, *merged])
    if not found:
        return
    everything = [label for one in (survivor, *merged) for label in found.get(one, ())]
    kept = list(dict.fromkeys(everything))[: label_rules.LABELS_MAX]
    for thread_id, before in found.items():
        if thread_id != survivor:
            labels.put(tx, inbox_id, thread_id, before, ())
    labels.put(tx, inbox_id, survivor, found.get(survivor, ()), kept)
