"""
Ordered readers: of one thread, one event is in somebody's hands at a time.

What comes after it waits behind it and is never due, until what is before is done or
given up. Each replay is an order of its own.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from mailbot_server.core.event import Event
from mailbot_server.core.subscription import Subscription
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded
from mailbot_server.store.subscriptions.rows import topic

_UNBLOCK: Final = (
    "UPDATE handout SET state = 'waiting', due_at = ? WHERE subscription_id = ?"
    " AND replay_id = ? AND state = 'behind' AND position = (SELECT MIN(position)"
    " FROM handout WHERE subscription_id = ? AND thread_id = ? AND thread_id <> ''"
    " AND replay_id = ? AND state <> 'parked')"
)


def busy(
    tx: Transaction, subscription: Subscription, replay_id: str, found: Sequence[Event]
) -> set[str]:
    """Threads of these events of which something is in somebody's hands."""
    wanted = sorted({event.thread_id for event in found} - {""})
    if not subscription.is_ordered or not wanted:
        return set()
    asked = padded(wanted)
    rows = tx.all(
        "SELECT DISTINCT thread_id FROM handout WHERE subscription_id = ?"  # noqa: S608
        f" AND thread_id IN ({marks(len(asked))}) AND thread_id <> ''"
        " AND replay_id = ? AND state <> 'parked'",
        *(subscription.id, *asked, replay_id),
    )
    return {str(row[0]) for row in rows}


def unblock(
    tx: Transaction, subscription: Subscription, ended: Iterable[tuple[str, str]]
) -> None:
    """Lets the next events be handed out; `ended` are replays and threads."""
    if not subscription.is_ordered:
        return
    now, of = columns.write_time(tx.now), subscription.id
    tx.execute_many(
        _UNBLOCK,
        [
            (now, of, replay_id, of, thread_id, replay_id)
            for replay_id, thread_id in sorted(set(ended))
            if thread_id
        ],
    )
    tx.touch(topic(of))
