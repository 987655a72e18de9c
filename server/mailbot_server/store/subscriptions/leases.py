"""
How leases end: an event is done, given back, given up, or somebody's for longer.

A lease is named by its number, which counts up whenever the event is handed out; those
of a generation begin where `first` says. Whoever names another one has lost the event.
Each function takes the subscription as `rows.get` has just read it, locked, in the same
operation.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from mailbot_server.core.event import ConsumerDetail, Event, EventType
from mailbot_server.core.subscription import Key, Kind, Mode, Subscription
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import padded, rows
from mailbot_server.store.subscriptions import ordering
from mailbot_server.store.subscriptions import rows as subscriptions

WORN_OUT: Final = "attempts"
"""Why an event is given up that was handed out too often."""

_GENERATION_SHIFT: Final = 24
"""A generation has numbers enough: an event is never handed out so often."""

_FENCED: Final = "subscription_id = ? AND replay_id = ? AND position = ? AND lease = ?"
_PARK: Final = (
    "UPDATE handout SET state = 'parked', due_at = NULL, holder = '', changed_at = ?,"  # noqa: S608
    f" last_result = ?, last_status = ? WHERE {_FENCED} AND state <> 'parked'"
    " RETURNING event_id, attempts, thread_id"
)
_POSTPONE: Final = (
    "UPDATE handout SET state = 'waiting', due_at = ?, holder = '', changed_at = ?,"  # noqa: S608
    f" last_result = ?, last_status = ? WHERE {_FENCED} AND state = 'leased'"
)


def first(subscription: Subscription) -> int:
    """The number before that of an event's first lease in this generation."""
    return subscription.generation << _GENERATION_SHIFT


def done(tx: Transaction, subscription: Subscription, keys: Sequence[Key]) -> list[Key]:
    """
    Forgets handouts; those keys that are stale, because others were made since.

    A handout that is done already is no fault.
    """
    if not keys:
        return []
    asked = padded(keys)
    found = tx.all(
        "DELETE FROM handout WHERE subscription_id = ?"  # noqa: S608
        f" AND (replay_id, position, lease) IN (VALUES {rows(len(asked), 3)})"
        " RETURNING replay_id, position, lease, thread_id",
        subscription.id,
        *(value for key in asked for value in _values(key)),
    )
    ordering.unblock(tx, subscription, ((row[0], row[3]) for row in found))
    if found:
        _write_settled(tx, subscription)
        tx.touch(subscriptions.topic(subscription.id))
    forgotten = {row[:3] for row in found}
    missed = [key for key in keys if _values(key) not in forgotten]
    return _stale(tx, subscription, missed)


def postpone(
    tx: Transaction,
    subscription: Subscription,
    key: Key,
    due_at: datetime,
    result: str = "",
    status: int = 0,
) -> bool:
    """Gives a handout back until `due_at`; False when the lease was lost."""
    tx.touch(subscriptions.topic(subscription.id))
    moments = columns.write_time(due_at), columns.write_time(tx.now)
    said = _cut(result), status
    return tx.execute(_POSTPONE, *moments, *said, *_fence(subscription, key)) == 1


def extend(
    tx: Transaction, subscription: Subscription, keys: Sequence[Key], due_at: datetime
) -> list[Key]:
    """Lets leases end at `due_at`, which may be now; those that were lost."""
    if not keys:
        return []
    asked = padded(keys)
    found = tx.all(
        "UPDATE handout SET due_at = ?"  # noqa: S608
        " WHERE subscription_id = ? AND state = 'leased'"
        f" AND (replay_id, position, lease) IN (VALUES {rows(len(asked), 3)})"
        " RETURNING replay_id, position, lease",
        *(columns.write_time(due_at), subscription.id),
        *(value for key in asked for value in _values(key)),
    )
    if due_at <= tx.now:
        tx.touch(subscriptions.topic(subscription.id))
    extended = set(found)
    return [key for key in keys if _values(key) not in extended]


def park(
    tx: Transaction,
    subscription: Subscription,
    key: Key,
    result: str = "",
    status: int = 0,
) -> bool:
    """Gives an event up, and tells of it; False when the lease was lost."""
    is_parked = _park(tx, subscription, key, result, status)
    if is_parked:
        _write_settled(tx, subscription)
    return is_parked


def park_worn_out(
    tx: Transaction, subscription: Subscription, keys: Iterable[Key]
) -> None:
    """Gives up what was handed out too often."""
    parked = [_park(tx, subscription, key, WORN_OUT, 0) for key in keys]
    if any(parked):
        _write_settled(tx, subscription)


def settled(tx: Transaction, subscription: Subscription) -> Subscription:
    """The subscription with `acked` where everything before is done or given up."""
    row = tx.one(
        "SELECT position FROM handout WHERE subscription_id = ? AND replay_id = ''"
        " AND position > ? AND state <> 'parked' ORDER BY position LIMIT 1",
        *(subscription.id, subscription.acked),
    )
    acked = int(row[0]) - 1 if row else subscription.handed
    return replace(subscription, acked=max(acked, subscription.acked))


def _write_settled(tx: Transaction, subscription: Subscription) -> None:
    if subscription.mode is Mode.EXCLUSIVE:
        return
    moved = settled(tx, subscription)
    sql = "UPDATE subscription SET acked = ? WHERE id = ? AND acked < ?"
    tx.execute(sql, moved.acked, subscription.id, moved.acked)


def _park(
    tx: Transaction, subscription: Subscription, key: Key, result: str, status: int
) -> bool:
    now = columns.write_time(tx.now)
    fence = _fence(subscription, key)
    row = tx.one(_PARK, now, _cut(result), status, *fence)
    if row is None:
        return False
    event_id, attempts, thread_id = row
    ordering.unblock(tx, subscription, [(key.replay_id, thread_id)])
    is_webhook = subscription.kind is Kind.WEBHOOK
    kind = EventType.WEBHOOK_PARKED if is_webhook else EventType.SUBSCRIPTION_PARKED
    detail = ConsumerDetail(
        consumer_id=subscription.id,
        display_name=subscription.display_name,
        reason=_cut(result),
        parked_event_id=event_id,
        attempts=attempts,
    )
    tx.emit(Event(type=kind, account_id=subscription.account_id, detail=detail))
    return True


def _stale(
    tx: Transaction, subscription: Subscription, missed: Sequence[Key]
) -> list[Key]:
    if not missed:
        return []
    asked = padded(missed)
    there = tx.all(
        "SELECT replay_id, position FROM handout WHERE subscription_id = ?"  # noqa: S608
        f" AND (replay_id, position) IN (VALUES {rows(len(asked), 2)})",
        subscription.id,
        *(value for key in asked for value in (key.replay_id, key.position)),
    )
    again = {(row[0], row[1]) for row in there}
    return [
        key
        for key in missed
        if (key.replay_id, key.position) in again
        or (not key.replay_id and _is_former(subscription, key))
    ]


def _is_former(subscription: Subscription, key: Key) -> bool:
    return key.lease >> _GENERATION_SHIFT != subscription.generation


def _values(key: Key) -> tuple[str, int, int]:
    return key.replay_id, key.position, key.lease


def _fence(subscription: Subscription, key: Key) -> tuple[str, str, int, int]:
    return subscription.id, *_values(key)


def _cut(text: str) -> str:
    return text[:200]
