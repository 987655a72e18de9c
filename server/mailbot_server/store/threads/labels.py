"""Labels of threads: in the row to be shown, in a table of their own to be found."""

from collections.abc import Sequence
from typing import Final

from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded

_SELECT: Final = "SELECT id, labels FROM thread WHERE id IN ({}) AND labels <> ''"
_UPDATE: Final = "UPDATE thread SET labels = ? WHERE id = ?"
_INSERT: Final = (
    "INSERT INTO thread_label (inbox_id, label, thread_id) VALUES (?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)
_DELETE: Final = (
    "DELETE FROM thread_label WHERE inbox_id = ? AND label = ? AND thread_id = ?"
)


def of(tx: Transaction, thread_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The labels of those of these threads that have any."""
    wanted = padded(thread_ids)
    found = tx.all(_SELECT.format(marks(len(wanted))), *wanted)
    return {thread_id: columns.read_list(text) for thread_id, text in found}


def put(
    tx: Transaction,
    inbox_id: str,
    thread_id: str,
    before: Sequence[str],
    after: Sequence[str],
) -> None:
    """Gives a thread other labels than it had; the caller holds its lock."""
    if set(before) == set(after):
        return
    tx.execute(_UPDATE, columns.write_list(sorted(after)), thread_id)
    for sql, changed in (
        (_DELETE, set(before) - set(after)),
        (_INSERT, set(after) - set(before)),
    ):
        each = [(inbox_id, label, thread_id) for label in sorted(changed)]
        tx.execute_many(sql, each)
