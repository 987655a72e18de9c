"""What is not tried for a time: destinations, accounts and inboxes; ends by itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.core.shaping import Scope, Suspension
from mailbot_server.core.shaping.suspension import BY_ITSELF, BY_RULE
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded

TOPIC: Final = "suspensions"

_COLUMNS: Final = (
    "id, scope, name, account_id, reason, suspended_by, created_at, until_at"
)
_PUT: Final = (
    f"INSERT INTO delivery_suspension ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    " ON CONFLICT (scope, name) DO UPDATE SET reason = excluded.reason,"
    " account_id = excluded.account_id, suspended_by = excluded.suspended_by,"
    " until_at = excluded.until_at, created_at = CASE"
    " WHEN delivery_suspension.until_at <= excluded.created_at"
    " THEN excluded.created_at ELSE delivery_suspension.created_at END"
)
_UNASKED: Final = f"('{BY_ITSELF}', '{BY_RULE}')"
_UNLESS_HELD: Final = (
    " WHERE delivery_suspension.until_at <= excluded.created_at"
    f" OR (delivery_suspension.suspended_by IN {_UNASKED}"
    " AND delivery_suspension.until_at <= excluded.until_at)"
)
_ACTIVE: Final = f"SELECT {_COLUMNS} FROM delivery_suspension WHERE until_at > ?"  # noqa: S608
_ONE: Final = f"{_ACTIVE} AND scope = ? AND name = ?"
_FOR: Final = (
    f"{_ACTIVE} AND ((scope = 'destination' AND (name = ?"
    f" OR (name = ? AND suspended_by NOT IN {_UNASKED})))"
    " OR (scope = 'account' AND name = ?) OR (scope = 'inbox' AND name = ?))"
    " ORDER BY until_at DESC, id"
)


def suspend(
    tx: Transaction,
    scope: Scope,
    name: str,
    account_id: str,
    reason: str,
    by: str,
    until: datetime,
) -> Suspension:
    """
    Stops new attempts until then; again, it changes the reason and the end.

    What nobody asked for ends nothing early: what was asked for stays as it is while it
    holds, and so does what lasts longer. Gives what holds. Touches "suspensions". See
    `Suspension` for the names.
    """
    unless = _UNLESS_HELD if by in (BY_ITSELF, BY_RULE) else ""
    row = tx.one(
        f"{_PUT}{unless} RETURNING {_COLUMNS}",
        *(tx.new_id("sus"), scope.value, name, account_id, reason, by),
        *(columns.write_time(tx.now), columns.write_time(until)),
    )
    tx.touch(TOPIC)
    holds = _read(row) if row is not None else find(tx, scope, name)
    assert holds is not None, "what was not replaced holds"
    return holds


def find(tx: Transaction, scope: Scope, name: str) -> Suspension | None:
    """What is suspended now by that name."""
    now = columns.write_time(tx.now)
    return next(iter(_all(tx, _ONE, now, scope.value, name)), None)


def resume(tx: Transaction, scope: Scope, name: str) -> bool:
    """Ends a suspension before its time; False when there was none."""
    sql = "DELETE FROM delivery_suspension WHERE scope = ? AND name = ?"
    tx.touch(TOPIC)
    return tx.execute(sql, scope.value, name) > 0


def list_active(
    tx: Transaction, account_id: str | None = None, after: str = "", limit: int = 1000
) -> list[Suspension]:
    """
    What is suspended now, oldest first, after that id; at most `limit`.

    Of one account and its inboxes, or with None everything.
    """
    of: list[Any] = [columns.write_time(tx.now), after]
    sql = f"{_ACTIVE} AND id > ?"
    if account_id is not None:
        sql, of = f"{sql} AND account_id = ?", [*of, account_id]
    return _all(tx, f"{sql} ORDER BY id LIMIT ?", *of, limit)


def list_holding(tx: Transaction, limit: int) -> list[Suspension]:
    """What is suspended now: first what somebody asked for, then the newest."""
    sql = f"{_ACTIVE} ORDER BY suspended_by IN {_UNASKED}, id DESC LIMIT ?"
    return _all(tx, sql, columns.write_time(tx.now), limit)


def list_newest(
    tx: Transaction,
    account_id: str | None,
    inbox_ids: Sequence[str] | None,
    before: str,
    limit: int,
) -> list[Suspension]:
    """
    What is suspended now, newest first, made before the one with that id ("" for all).

    Of one account and its inboxes, or with None everything. `inbox_ids` leaves only
    these inboxes of it.
    """
    sql, of = _ACTIVE, list[Any]([columns.write_time(tx.now)])
    if before:
        sql, of = f"{sql} AND id < ?", [*of, before]
    if account_id is not None:
        sql, of = f"{sql} AND account_id = ?", [*of, account_id]
    if inbox_ids is not None:
        names = padded(list(inbox_ids))
        sql = f"{sql} AND scope = 'inbox' AND name IN ({marks(len(names))})"
        of = [*of, *names]
    return _all(tx, f"{sql} ORDER BY id DESC LIMIT ?", *of, limit)


def active_for(tx: Transaction, delivery: Delivery) -> list[Suspension]:
    """What keeps this delivery from being tried now, the longest first."""
    return _all(
        tx,
        _FOR,
        *(columns.write_time(tx.now), delivery.site, delivery.domain),
        *(delivery.account_id, delivery.inbox_id),
    )


def forget(tx: Transaction, before: datetime, limit: int) -> int:
    """Deletes those that ended before; how many."""
    sql = (
        "DELETE FROM delivery_suspension WHERE id IN (SELECT id FROM"
        " delivery_suspension WHERE until_at < ? ORDER BY until_at LIMIT ?)"
    )
    return tx.execute(sql, columns.write_time(before), limit)


def _all(tx: Transaction, sql: str, *parameters: Any) -> list[Suspension]:
    rows: Sequence[tuple[Any, ...]] = tx.all(sql, *parameters)
    return [_read(row) for row in rows]


def _read(row: tuple[Any, ...]) -> Suspension:
    id_, scope, name, account_id, reason, by, created_at, until_at = row
    return Suspension(
        id=id_,
        scope=Scope(scope),
        name=name,
        account_id=account_id,
        reason=reason,
        by=by,
        created_at=columns.read_time(created_at),
        until=columns.read_time(until_at),
    )
