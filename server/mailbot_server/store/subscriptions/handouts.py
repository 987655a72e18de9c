"""
What readers are handed: what is due once more, what is new, what a replay asks for.

One row for each event that was handed out and is not done. The row of the log comes
first and is never copied; a row here says who has the event, until when, and how often
it was handed out. Each function takes the subscription as `rows.get` has just read it,
locked, in the same operation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from mailbot_server.core.event import Event
from mailbot_server.core.subscription import Handout, Key, Mode, Subscription
from mailbot_server.store import columns, events
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded
from mailbot_server.store.subscriptions import leases, ordering, reading
from mailbot_server.store.subscriptions import rows as subscriptions

_ENDLESS: Final = 1 << 31
_OF: Final = "subscription_id = ? AND replay_id = ? AND position = ?"
_INSERT: Final = (
    "INSERT INTO handout (subscription_id, replay_id, position, event_id, thread_id,"
    " state, attempts, due_at, holder, lease, changed_at, last_result, last_status)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0) ON CONFLICT DO NOTHING"
)
_DUE: Final = (
    "SELECT replay_id, position, attempts, lease FROM handout"
    " WHERE subscription_id = ? AND due_at <= ? ORDER BY due_at LIMIT ?"
)
_LEASE: Final = (
    "UPDATE handout SET state = 'leased', attempts = attempts + 1, lease = lease + 1,"  # noqa: S608
    f" due_at = ?, holder = ?, changed_at = ? WHERE {_OF}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was handed out: what had been before, then what is new in the log."""

    handouts: list[Handout]
    is_caught_up: bool
    """Nothing more can be handed out now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """
    Whether a reader has something to do.

    `scanned` is where to look from next time; `due_at` when the next handout is due.
    """

    is_due: bool
    scanned: int
    head: int
    due_at: datetime | None


def outlook(tx: Transaction, subscription: Subscription, scanned: int) -> Outlook:
    """Looks whether `hand_out` would find anything; writes nothing, needs no lock."""
    due_at = next_due(tx, subscription)
    place = max(scanned, subscription.handed)
    page = events.after(tx, subscription.account_id, place, subscription.filter, 1)
    is_due = bool(page.events) or (due_at is not None and due_at <= tx.now)
    end = place if page.events else page.scanned
    return Outlook(is_due=is_due, scanned=end, head=page.head, due_at=due_at)


def next_due(tx: Transaction, subscription: Subscription) -> datetime | None:
    """When the next of what was handed out before is due; None for none."""
    row = tx.one(
        "SELECT MIN(due_at) FROM handout WHERE subscription_id = ?", subscription.id
    )
    return columns.read_time(row[0]) if row else None


def held(tx: Transaction, subscription: Subscription, holder: str) -> int:
    """How many leases of a holder have not ended."""
    row = tx.one(
        "SELECT COUNT(*) FROM handout WHERE subscription_id = ? AND due_at > ?"
        " AND holder = ?",
        *(subscription.id, columns.write_time(tx.now), holder),
    )
    return int(row[0]) if row else 0


def outstanding(tx: Transaction, subscription_id: str) -> int:
    """How many are in somebody's hands, whoever has them."""
    # What is in somebody's hands is due some day; what is parked is not looked at.
    row = tx.one(
        "SELECT COUNT(*) FROM handout WHERE subscription_id = ? AND due_at > 0"
        " AND state = 'leased'",
        subscription_id,
    )
    return int(row[0]) if row else 0


def pass_by(tx: Transaction, subscription: Subscription, scanned: int) -> None:
    """Writes down up to where the log has nothing for the reader."""
    moved = replace(subscription, handed=scanned)
    if subscription.mode is Mode.SHARED:
        moved = leases.settled(tx, moved)
    elif subscription.last <= subscription.acked:
        moved = replace(moved, acked=scanned)
    subscriptions.advance(tx, moved)


def hand_out(
    tx: Transaction,
    subscription: Subscription,
    holder: str,
    limit: int,
    lease_until: datetime,
) -> Handed:
    """
    Leases at most `limit` events to a holder.

    First those whose lease has ended or whose pause is over, then new ones. What was
    handed out `max_attempts` times is parked instead.
    """
    again, has_more = lease_due(tx, subscription, holder, limit, lease_until)
    if len(again) >= limit:
        return Handed(handouts=again, is_caught_up=False)
    found, scanned, head = reading.read(tx, subscription, limit - len(again))
    new = _lease_new(tx, subscription, found, holder, lease_until)
    moved = leases.settled(tx, replace(subscription, handed=scanned))
    if (moved.acked, moved.handed) != (subscription.acked, subscription.handed):
        subscriptions.advance(tx, moved)
    return Handed(handouts=again + new, is_caught_up=scanned >= head and not has_more)


def claim(
    tx: Transaction,
    subscription: Subscription,
    new: Sequence[tuple[int, str]],
    holder: str,
    until: datetime,
) -> int:
    """
    Leases new events, given by position and id, to a holder; the number of the lease.

    For those who have read them before, and nothing was handed out since. The caller
    writes how far the log was looked at.
    """
    lease = leases.first(subscription) + 1
    rest = columns.write_time(until), holder, lease, columns.write_time(tx.now)
    tx.execute_many(
        _INSERT,
        [
            (subscription.id, "", position, event_id, "", "leased", 1, *rest)
            for position, event_id in new
        ],
    )
    return lease


def lease_due(
    tx: Transaction,
    subscription: Subscription,
    holder: str,
    limit: int,
    lease_until: datetime,
) -> tuple[list[Handout], bool]:
    """What is due once more, at most `limit`; and whether there may be more of it."""
    due = tx.all(_DUE, subscription.id, columns.write_time(tx.now), limit)
    if not due:
        return [], False
    kept = events.at(tx, subscription.account_id, [row[1] for row in due])
    is_shared = subscription.mode is Mode.SHARED
    most = (is_shared and subscription.max_attempts) or _ENDLESS
    leased: list[Handout] = []
    gone: list[Key] = []
    worn_out: list[Key] = []
    for replay_id, position, attempts, lease in due:
        key = Key(replay_id=replay_id, position=position, lease=lease)
        if position not in kept:
            gone.append(key)
        elif attempts >= most:
            worn_out.append(key)
        else:
            event = kept[position]
            leased.append(
                Handout(
                    subscription_id=subscription.id,
                    event=replace(event, replay_id=replay_id) if replay_id else event,
                    lease=lease + 1,
                    attempts=attempts + 1,
                    due_at=lease_until,
                )
            )
    leases.park_worn_out(tx, subscription, worn_out)
    leases.done(tx, subscription, gone)
    leased.sort(key=lambda handout: handout.position)
    times = columns.write_time(lease_until), holder, columns.write_time(tx.now)
    tx.execute_many(
        _LEASE,
        [(*times, subscription.id, h.replay_id, h.position) for h in leased],
    )
    return leased, len(due) == limit


def insert_replayed(
    tx: Transaction,
    subscription: Subscription,
    replay_id: str,
    wanted: Sequence[Event],
) -> int:
    """Hands recorded events over once more; how many of them are new to it."""
    if not wanted:
        return 0
    asked = padded([event.position for event in wanted])
    there = tx.all(
        "SELECT position FROM handout WHERE subscription_id = ?"  # noqa: S608
        f" AND replay_id = ? AND position IN ({marks(len(asked))})",
        *(subscription.id, replay_id, *asked),
    )
    _insert(tx, subscription, wanted, replay_id=replay_id)
    tx.touch(subscriptions.topic(subscription.id))
    return len(set(asked)) - len(there)


def _lease_new(
    tx: Transaction,
    subscription: Subscription,
    found: Sequence[Event],
    holder: str,
    lease_until: datetime,
) -> list[Handout]:
    leased = _insert(tx, subscription, found, holder=holder, until=lease_until)
    return [
        Handout(
            subscription_id=subscription.id,
            event=event,
            lease=leases.first(subscription) + 1,
            attempts=1,
            due_at=lease_until,
        )
        for event in leased
    ]


def _insert(
    tx: Transaction,
    subscription: Subscription,
    found: Sequence[Event],
    *,
    replay_id: str = "",
    holder: str = "",
    until: datetime | None = None,
) -> list[Event]:
    """Rows for events; those that do not have to wait behind one of their thread."""
    is_leased = until is not None
    lease = int(is_leased)
    if not replay_id:
        lease += leases.first(subscription)
    now = columns.write_time(tx.now)
    due_at = columns.write_time(until) if is_leased else now
    busy = ordering.busy(tx, subscription, replay_id, found)
    free: list[Event] = []
    written: list[tuple[Any, ...]] = []
    for event in found:
        thread_id = event.thread_id if subscription.is_ordered else ""
        of = subscription.id, replay_id, event.position, event.id, thread_id
        if thread_id and thread_id in busy:
            behind = lease - int(is_leased)
            written.append((*of, "behind", 0, None, "", behind, now))
            continue
        busy.add(thread_id)
        free.append(event)
        state = "leased" if is_leased else "waiting"
        written.append((*of, state, int(is_leased), due_at, holder, lease, now))
    tx.execute_many(_INSERT, written)
    return free
