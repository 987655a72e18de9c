"""What was merged and split, and which threads no message joins any more."""

from collections.abc import Sequence
from typing import Any, Final

from mailbot_server.core.thread import Change, ChangeKind
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded

_INSERT: Final = (
    "INSERT INTO thread_change (id, account_id, thread_id, kind, other_ids,"
    " message_id, changed_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SELECT: Final = (
    "SELECT thread_id, kind, other_ids, message_id, changed_by, created_at"
    " FROM thread_change WHERE thread_id IN ({}) ORDER BY id LIMIT ?"
)
_APART: Final = (
    "SELECT one_id, other_id FROM thread_apart"
    " WHERE one_id IN ({0}) AND other_id IN ({0})"
)
_APART_FROM: Final = "SELECT one_id, other_id FROM thread_apart WHERE one_id IN ({})"
_KEEP_APART: Final = (
    "INSERT INTO thread_apart (one_id, other_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
)
_FORGET_APART: Final = "DELETE FROM thread_apart WHERE one_id = ? AND other_id = ?"


def record(tx: Transaction, account_id: str, change: Change) -> None:
    """Keeps what was done, for whoever asks why."""
    tx.execute(
        _INSERT,
        tx.new_id("chg"),
        account_id,
        change.thread_id,
        change.kind.value,
        columns.write_list(change.other_thread_ids),
        change.message_id,
        change.changed_by,
        columns.write_time(change.changed_at),
    )


def recorded(tx: Transaction, thread_ids: Sequence[str], limit: int) -> list[Change]:
    """What was done with threads of these ids, oldest first."""
    wanted = padded(thread_ids)
    return [
        _change(row)
        for row in tx.all(_SELECT.format(marks(len(wanted))), *wanted, limit)
    ]


def apart(tx: Transaction, roots: Sequence[str]) -> set[tuple[str, str]]:
    """Pairs of these roots that were split from each other, in both orders."""
    wanted = padded(sorted(roots))
    found = tx.all(_APART.format(marks(len(wanted))), *wanted, *wanted)
    return {(one, other) for one, other in found}


def keep_apart(tx: Transaction, one_id: str, other_id: str) -> None:
    """From now on no message joins these two."""
    tx.execute_many(_KEEP_APART, [(one_id, other_id), (other_id, one_id)])


def inherit(tx: Transaction, survivor: str, merged: Sequence[str]) -> None:
    """The survivor is kept apart from what these were, but not from themselves."""
    wanted = padded([survivor, *merged])
    found = tx.all(_APART_FROM.format(marks(len(wanted))), *wanted)
    together = {survivor, *merged}
    stale = [
        (one, other) for one, other in found if one != survivor or other in together
    ]
    for one, other in stale:
        tx.execute_many(_FORGET_APART, [(one, other), (other, one)])
    for other in sorted({other for _, other in stale} - together):
        keep_apart(tx, survivor, other)


def _change(row: Sequence[Any]) -> Change:
    thread_id, kind, others, message_id, changed_by, created_at = row
    return Change(
        kind=ChangeKind(kind),
        changed_at=columns.read_time(created_at),
        thread_id=thread_id,
        other_thread_ids=columns.read_list(others),
        changed_by=changed_by,
        message_id=message_id,
    )
