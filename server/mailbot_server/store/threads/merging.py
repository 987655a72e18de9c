"""Makes threads one because somebody says so; what arrives later does not undo it."""

from collections.abc import Sequence

from mailbot_server.core.message import Thread
from mailbot_server.core.thread import Change, ChangeKind
from mailbot_server.store.database import Transaction
from mailbot_server.store.threads import changes, joining


def merge(
    tx: Transaction, threads: Sequence[Thread], changed_by: str
) -> tuple[str, ...]:
    """
    Makes threads of one inbox one, also such that were split from each other.

    The survivor, and those that it took in: none when they were one already.
    """
    first = threads[0]
    roots = [each.id for each in threads]
    now = joining.lock_by_any_id(tx, first.inbox_id, roots)
    survivor, *merged = joining.join(tx, first.inbox_id, list(now.values()))
    if merged:
        change = Change(
            kind=ChangeKind.MERGED_BY_HAND,
            changed_at=tx.now,
            thread_id=survivor,
            other_thread_ids=tuple(merged),
            changed_by=changed_by,
        )
        changes.record(tx, first.account_id, change)
    return (survivor, *merged)
