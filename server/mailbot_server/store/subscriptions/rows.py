"""
Remembers durable readers: what they want, and how far they have come.

Whoever changes what a reader was handed takes its row first, with `is_locked`: on
PostgreSQL, as on SQLite, one operation at a time works on a subscription.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from mailbot_server.core import event as events
from mailbot_server.core.message import MessageView
from mailbot_server.core.subscription import Kind, Mode, State, Subscription
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import rows

_NAMES: Final = (
    *("id", "account_id", "kind", "mode", "created_at", "display_name", "filter"),
    *("view", "state", "ack_deadline_ms", "max_attempts", "idle_ttl_ms"),
    *("is_ordered", "acked", "handed", "generation", "consumer_id", "consumed_at"),
    *("stream", "last", "rounds", "reached", "redeliver_at", "updated_at", "version"),
)
_CHANGING: Final = _NAMES[5:]
_COLUMNS: Final = ", ".join(_NAMES)
_SELECT: Final = f"SELECT {_COLUMNS} FROM subscription"  # noqa: S608
_INSERT: Final = f"INSERT INTO subscription ({_COLUMNS}) VALUES {rows(1, len(_NAMES))}"  # noqa: S608
_UPDATE: Final = (
    f"UPDATE subscription SET {', '.join(f'{name} = ?' for name in _CHANGING)}"  # noqa: S608
    " WHERE id = ?"
)
_MILLISECOND: Final = timedelta(milliseconds=1)


def topic(subscription_id: str) -> str:
    """Touched when a reader may go on or has to look again."""
    return f"subscription:{subscription_id}"


def add(tx: Transaction, new: Subscription) -> None:
    """Keeps a new reader."""
    tx.execute(_INSERT, *_row(new))


def get(
    tx: Transaction, account_id: str, subscription_id: str, *, is_locked: bool = False
) -> Subscription | None:
    """One reader of the account; locked, nobody else changes it meanwhile."""
    lock = " FOR UPDATE" if is_locked and tx.is_postgres else ""
    sql = f"{_SELECT} WHERE id = ? AND account_id = ?{lock}"
    row = tx.one(sql, subscription_id, account_id)
    return _subscription(row) if row else None


def list_(
    tx: Transaction, account_id: str, kind: Kind, before_id: str, limit: int
) -> list[Subscription]:
    """The account's, newest first; `before_id` is the last that was seen, or ""."""
    conditions, values = "account_id = ? AND kind = ?", [account_id, kind.value]
    if before_id:
        conditions, values = f"{conditions} AND id < ?", [*values, before_id]
    sql = f"{_SELECT} WHERE {conditions} ORDER BY id DESC LIMIT ?"
    return [_subscription(row) for row in tx.all(sql, *values, limit)]


def count(tx: Transaction, account_id: str, kind: Kind) -> int:
    """How many of a kind the account has."""
    sql = "SELECT COUNT(*) FROM subscription WHERE account_id = ? AND kind = ?"
    row = tx.one(sql, account_id, kind.value)
    return int(row[0]) if row else 0


def update(tx: Transaction, changed: Subscription) -> None:
    """Writes everything of a reader that can change."""
    tx.execute(_UPDATE, *_row(changed)[-len(_CHANGING) :], changed.id)


def advance(tx: Transaction, subscription: Subscription) -> None:
    """Writes how far a reader has come, and nothing else."""
    sql = "UPDATE subscription SET acked = ?, handed = ? WHERE id = ?"
    tx.execute(sql, subscription.acked, subscription.handed, subscription.id)


def see(tx: Transaction, subscription_id: str) -> None:
    """Notes that a consumer is connected now."""
    now = columns.write_time(tx.now)
    sql = "UPDATE subscription SET consumed_at = ? WHERE id = ?"
    tx.execute(sql, now, subscription_id)


def seek(tx: Transaction, subscription: Subscription, position: int) -> Subscription:
    """
    Goes on after `position`, as it is then.

    What the log handed out is forgotten, and its leases are stale. What is parked stays
    unless it comes again now, and so does what was asked for by a replay.
    """
    tx.execute(
        "DELETE FROM handout WHERE subscription_id = ? AND replay_id = ''"
        " AND (state <> 'parked' OR position > ?)",
        *(subscription.id, position),
    )
    moved = replace(
        subscription,
        state=State.ACTIVE,
        acked=position,
        handed=position,
        generation=subscription.generation + 1,
        stream="",
        last=position,
        rounds=0,
        reached=position,
        redeliver_at=None,
    )
    update(tx, moved)
    tx.touch(topic(subscription.id))
    return moved


def delete(tx: Transaction, subscription_id: str) -> None:
    """Forgets a reader and everything that it was handed."""
    tx.execute("DELETE FROM handout WHERE subscription_id = ?", subscription_id)
    tx.execute("DELETE FROM subscription WHERE id = ?", subscription_id)
    tx.touch(topic(subscription_id))


def overtaken(tx: Transaction, limit: int) -> list[Subscription]:
    """Readers whose next events were trimmed from the log, and that do not know."""
    names = ", ".join(f"s.{name}" for name in _NAMES)
    found = tx.all(
        f"SELECT {names} FROM event_head AS h"  # noqa: S608
        " JOIN subscription AS s ON s.account_id = h.account_id"
        " WHERE h.trimmed > 0 AND s.acked < h.trimmed AND s.state = ? LIMIT ?",
        *(State.ACTIVE.value, limit),
    )
    return [_subscription(row) for row in found]


def behind(tx: Transaction, account_id: str, position: int) -> list[Subscription]:
    """The account's readers that have not looked at the log up to there."""
    sql = f"{_SELECT} WHERE account_id = ? AND state = ? AND handed < ?"
    found = tx.all(sql, account_id, State.ACTIVE.value, position)
    return [_subscription(row) for row in found]


def idle(tx: Transaction, limit: int) -> list[Subscription]:
    """Readers to whom no consumer was connected for longer than they allow."""
    found = tx.all(
        f"{_SELECT} WHERE idle_ttl_ms IS NOT NULL"
        " AND COALESCE(consumed_at, created_at) + idle_ttl_ms * 1000 <= ? LIMIT ?",
        *(columns.write_time(tx.now), limit),
    )
    return [_subscription(row) for row in found]


def lags(tx: Transaction) -> dict[str, int]:
    """By kind, how many positions the slowest reader that is active is behind."""
    found = tx.all(
        "SELECT s.kind, MAX(h.position - s.acked) FROM subscription AS s"
        " JOIN event_head AS h ON h.account_id = s.account_id"
        " WHERE s.state = ? GROUP BY s.kind",
        State.ACTIVE.value,
    )
    return {str(kind): max(0, int(lag)) for kind, lag in found}


def _row(subscription: Subscription) -> list[Any]:
    """The values of _NAMES, in their order."""
    s = subscription
    ttl = None if s.idle_ttl is None else s.idle_ttl // _MILLISECOND
    return [
        *(s.id, s.account_id, s.kind.value, s.mode.value),
        *(columns.write_time(s.created_at), s.display_name),
        *(events.filter_to_json(s.filter), s.view.value, s.state.value),
        *(s.ack_deadline // _MILLISECOND, s.max_attempts, ttl),
        *(int(s.is_ordered), s.acked, s.handed, s.generation, s.consumer_id),
        *(columns.write_time(s.consumed_at), s.stream, s.last, s.rounds, s.reached),
        *(columns.write_time(s.redeliver_at), columns.write_time(s.updated_at)),
        s.version,
    ]


def _subscription(row: tuple[Any, ...]) -> Subscription:
    values = dict(zip(_NAMES, row, strict=True))
    values["kind"] = Kind(values["kind"])
    values["mode"] = Mode(values["mode"])
    values["state"] = State(values["state"])
    values["view"] = MessageView(values["view"])
    values["filter"] = events.filter_from_json(values["filter"])
    values["is_ordered"] = bool(values["is_ordered"])
    values["ack_deadline"] = values.pop("ack_deadline_ms") * _MILLISECOND
    ttl = values.pop("idle_ttl_ms")
    values["idle_ttl"] = None if ttl is None else ttl * _MILLISECOND
    for name in ("created_at", "updated_at", "consumed_at", "redeliver_at"):
        values[name] = columns.read_time(values[name])
    return Subscription(**values)
