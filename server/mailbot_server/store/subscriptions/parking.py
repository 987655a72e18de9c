"""What was given up: listed, handed out once more, or dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from mailbot_server.core.subscription import Parked, Subscription
from mailbot_server.store import columns, events
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded
from mailbot_server.store.subscriptions.rows import topic

_PARKED: Final = "subscription_id = ? AND state = 'parked'"
_KEY: Final = "(replay_id, position)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page of parked events begins."""

    changed_at: int = 0
    position: int = 0
    replay_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Parked events, oldest first, each with the place behind it."""

    parked: list[tuple[Parked, Place]]
    has_more: bool
    end: Place


def page(tx: Transaction, subscription: Subscription, after: Place, limit: int) -> Page:
    """At most `limit` that were parked after a place, as far as the log has them."""
    found = tx.all(
        "SELECT replay_id, position, attempts, changed_at FROM handout"  # noqa: S608
        f" WHERE {_PARKED} AND (changed_at, position, replay_id) > (?, ?, ?)"
        " ORDER BY changed_at, position, replay_id LIMIT ?",
        *(subscription.id, after.changed_at, after.position, after.replay_id),
        limit + 1,
    )
    shown = found[:limit]
    kept = events.at(tx, subscription.account_id, [row[1] for row in shown])
    places = [
        Place(changed_at=row[3], position=row[1], replay_id=row[0]) for row in shown
    ]
    parked = [
        (
            Parked(
                event=replace(kept[row[1]], replay_id=row[0]),
                attempts=row[2],
                parked_at=columns.read_time(row[3]),
            ),
            place,
        )
        for row, place in zip(shown, places, strict=True)
        if row[1] in kept
    ]
    end = places[-1] if places else after
    return Page(parked=parked, has_more=len(found) > limit, end=end)


def count(tx: Transaction, subscription_id: str) -> int:
    """How many are parked."""
    row = tx.one(f"SELECT COUNT(*) FROM handout WHERE {_PARKED}", subscription_id)  # noqa: S608
    return int(row[0]) if row else 0


def release(
    tx: Transaction, subscription: Subscription, event_ids: Sequence[str], limit: int
) -> int:
    """Hands parked events out once more, as if never tried; how many, of at most so."""
    chosen, values = _chosen(subscription, event_ids, limit)
    tx.touch(topic(subscription.id))
    return tx.execute(
        "UPDATE handout SET state = 'waiting', due_at = ?, attempts = 0, holder = '',"  # noqa: S608
        f" changed_at = ? WHERE {chosen}",
        *(columns.write_time(tx.now), columns.write_time(tx.now), *values),
    )


def drop(
    tx: Transaction, subscription: Subscription, event_ids: Sequence[str], limit: int
) -> int:
    """Forgets parked events; how many, of at most `limit`."""
    chosen, values = _chosen(subscription, event_ids, limit)
    return tx.execute(f"DELETE FROM handout WHERE {chosen}", *values)  # noqa: S608


def _chosen(
    subscription: Subscription, event_ids: Sequence[str], limit: int
) -> tuple[str, list[Any]]:
    """The condition for the first of them, or of all, and its parameters."""
    named, ids = "", padded(event_ids) if event_ids else []
    if ids:
        named = f" AND event_id IN ({marks(len(ids))})"
    condition = (
        f"{_PARKED} AND {_KEY} IN (SELECT replay_id, position FROM handout"  # noqa: S608
        f" WHERE {_PARKED}{named} ORDER BY changed_at, position LIMIT ?)"
    )
    return condition, [subscription.id, subscription.id, *ids, limit]
