"""Adds labels to threads and takes them away, while nobody merges or splits them."""

from collections.abc import Sequence

from mailbot_server.core import labels as rules
from mailbot_server.core.message import Thread
from mailbot_server.store.database import Transaction
from mailbot_server.store.threads import joining, labels


def relabel(
    tx: Transaction, known: Thread, add: Sequence[str], remove: Sequence[str]
) -> tuple[str, ...]:
    """
    What labels a thread has with some more and some less.

    Nothing is written when that would be more than it may have.
    """
    root = joining.lock_by_any_id(tx, known.inbox_id, [known.id])[known.id]
    before = labels.of(tx, [root]).get(root, ())
    after = rules.changed(before, add, remove)
    if len(after) <= rules.LABELS_MAX:
        labels.put(tx, known.inbox_id, root, before, after)
    return after
