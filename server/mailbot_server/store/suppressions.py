"""Remembers which addresses get no mail; one row for an address and where it counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import peewee

from mailbot_server.core import suppression
from mailbot_server.core.suppression import (
    Suppression,
    SuppressionFilter,
    SuppressionReason,
)
from mailbot_server.store import columns, schema
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded, rows

_NAMES: Final = (
    *("id", "account_id", "inbox_id", "address", "reason", "created_at"),
    *("expires_at", "delivery_id", "message_id", "note", "added_by"),
)
_CHANGING: Final = _NAMES[4:]
_COLUMNS: Final = ", ".join(_NAMES)
_SELECT: Final = f"SELECT {_COLUMNS} FROM suppression"  # noqa: S608
_INSERT: Final = f"INSERT INTO suppression ({_COLUMNS}) VALUES"
_UNLESS_TAKEN: Final = (
    "ON CONFLICT (account_id, address, inbox_id) DO NOTHING RETURNING id"
)
_UPDATE: Final = (
    f"UPDATE suppression SET {', '.join(f'{n} = ?' for n in _CHANGING)}"  # noqa: S608
    " WHERE id = ?"
)
_ALIVE: Final = "(expires_at IS NULL OR expires_at > ?)"
_GONE: Final = (
    "DELETE FROM suppression WHERE account_id = ? AND inbox_id = ? AND expires_at <= ?"
    " AND address IN"
)


def add(tx: Transaction, new: Sequence[Suppression]) -> list[Suppression]:
    """
    Keeps new suppressions; gives back those whose address has one that holds.

    All of one account and inbox, at most 1,000. One that is over makes room.
    """
    if not new:
        return []
    addresses = padded([each.address for each in new])
    scope = (new[0].account_id, new[0].inbox_id, columns.write_time(tx.now))
    tx.execute(f"{_GONE} ({marks(len(addresses))})", *scope, *addresses)
    # What is there twice, because of the padding, conflicts with itself.
    asked = padded([_row(each) for each in new])
    sql = f"{_INSERT} {rows(len(asked), len(_NAMES))} {_UNLESS_TAKEN}"
    added = {row[0] for row in tx.all(sql, *(value for row in asked for value in row))}
    return [each for each in new if each.id not in added]


def update(tx: Transaction, changed: Sequence[Suppression]) -> None:
    """Writes everything of these suppressions that can change."""
    written = [(*_row(each)[-len(_CHANGING) :], each.id) for each in changed]
    tx.execute_many(_UPDATE, written)


def get(tx: Transaction, account_id: str, suppression_id: str) -> Suppression | None:
    """One suppression of the account that is not over."""
    row = tx.one(
        f"{_SELECT} WHERE id = ? AND account_id = ? AND {_ALIVE}",
        *(suppression_id, account_id, columns.write_time(tx.now)),
    )
    return _suppression(row) if row else None


def lock(
    tx: Transaction, account_id: str, inbox_id: str, addresses: Sequence[str]
) -> dict[str, Suppression]:
    """
    What holds for exactly this inbox ("": the account) by folded address.

    Nobody else changes these until the operation ends. At most 1,000.
    """
    found = _of(tx, account_id, (inbox_id,), addresses, is_locked=True)
    return {each.address: each for each in found}


def find(
    tx: Transaction, account_id: str, inbox_id: str, addresses: Sequence[str]
) -> dict[str, Suppression]:
    """
    Which of these folded addresses get no mail from the inbox, and the reason why.

    The inbox's own count and the account's; with `inbox_id` "" only those. At most
    1,000; one query.
    """
    within = ("", inbox_id) if inbox_id else ("",)
    return suppression.strongest(_of(tx, account_id, within, addresses))


def list_(
    tx: Transaction,
    account_id: str,
    wanted: SuppressionFilter,
    beyond_id: str,
    limit: int,
    *,
    oldest_first: bool = False,
) -> list[Suppression]:
    """
    The account's that are not over, newest first unless told.

    `beyond_id` is the last one that was seen, "" for none.
    """
    table = schema.Suppression
    conditions = [table.account_id == account_id, *_conditions(tx, wanted)]
    if beyond_id:
        beyond = table.id > beyond_id if oldest_first else table.id < beyond_id
        conditions.append(beyond)
    query = (
        table.select(*(getattr(table, name) for name in _NAMES))
        .where(*conditions)
        .order_by(table.id.asc() if oldest_first else table.id.desc())
        .limit(limit)
    )
    return [_suppression(row) for row in tx.query(query)]


def remove(
    tx: Transaction, account_id: str, inbox_id: str, address: str
) -> Suppression | None:
    """Takes away what holds for exactly this inbox; None when nothing did."""
    row = tx.one(
        "DELETE FROM suppression WHERE account_id = ? AND address = ?"  # noqa: S608
        f" AND inbox_id = ? AND {_ALIVE} RETURNING {_COLUMNS}",
        *(account_id, address, inbox_id, columns.write_time(tx.now)),
    )
    return _suppression(row) if row else None


def caused(
    tx: Transaction, account_id: str, delivery_id: str, reason: SuppressionReason
) -> bool:
    """Whether something holds that this delivery was the cause of, for this reason."""
    sql = (
        "SELECT 1 FROM suppression WHERE delivery_id = ? AND delivery_id <> ''"  # noqa: S608
        f" AND account_id = ? AND reason = ? AND {_ALIVE}"
    )
    now = columns.write_time(tx.now)
    return tx.one(sql, delivery_id, account_id, reason.value, now) is not None


def remove_caused(
    tx: Transaction, account_id: str, delivery_id: str, reason: SuppressionReason
) -> list[Suppression]:
    """Takes away what this delivery was the cause of, for this reason."""
    found = tx.all(
        "DELETE FROM suppression WHERE delivery_id = ? AND delivery_id <> ''"  # noqa: S608
        f" AND account_id = ? AND reason = ? AND {_ALIVE} RETURNING {_COLUMNS}",
        *(delivery_id, account_id, reason.value, columns.write_time(tx.now)),
    )
    return [_suppression(row) for row in found]


def forget(tx: Transaction, before: datetime, limit: int) -> int:
    """Deletes at most `limit` that ended before, of any account; how many."""
    oldest = (
        "SELECT id FROM suppression WHERE expires_at IS NOT NULL AND expires_at <= ?"  # noqa: S608
        f" ORDER BY expires_at LIMIT ?{_unless_locked(tx)}"
    )
    return tx.execute(
        f"DELETE FROM suppression WHERE id IN ({oldest})",  # noqa: S608
        *(columns.write_time(before), limit),
    )


def _of(
    tx: Transaction,
    account_id: str,
    inbox_ids: Sequence[str],
    addresses: Sequence[str],
    *,
    is_locked: bool = False,
) -> list[Suppression]:
    if not addresses:
        return []
    asked = padded(list(dict.fromkeys(addresses)))
    sql = (
        f"{_SELECT} WHERE account_id = ? AND address IN ({marks(len(asked))})"
        f" AND inbox_id IN ({marks(len(inbox_ids))}) AND {_ALIVE}"
    )
    if is_locked and tx.is_postgres:
        sql += " ORDER BY address FOR UPDATE"
    now = columns.write_time(tx.now)
    found = tx.all(sql, account_id, *asked, *inbox_ids, now)
    return [_suppression(row) for row in found]


def _conditions(tx: Transaction, wanted: SuppressionFilter) -> list[peewee.Node]:
    table = schema.Suppression
    now = columns.write_time(tx.now)
    conditions: list[peewee.Node] = [
        table.expires_at.is_null() | (table.expires_at > now)
    ]
    if wanted.reasons:
        conditions.append(table.reason.in_([each.value for each in wanted.reasons]))
    if wanted.inbox_id:
        conditions.append(table.inbox_id == wanted.inbox_id)
    if wanted.address_contains:
        conditions.append(table.address.contains(wanted.address_contains))
    if wanted.after_at is not None:
        after = columns.write_time(wanted.after_at)
        conditions.append(table.created_at >= after)
    if wanted.before_at is not None:
        before = columns.write_time(wanted.before_at)
        conditions.append(table.created_at < before)
    if wanted.visible_inbox_ids is not None:
        conditions.append(table.inbox_id.in_(wanted.visible_inbox_ids))
    return conditions


def _unless_locked(tx: Transaction) -> str:
    return " FOR UPDATE SKIP LOCKED" if tx.is_postgres else ""


def _row(each: Suppression) -> list[Any]:
    """The values of _NAMES, in their order."""
    values = {name: getattr(each, name) for name in _NAMES}
    values["reason"] = each.reason.value
    for name in ("created_at", "expires_at"):
        values[name] = columns.write_time(values[name])
    return list(values.values())


def _suppression(row: tuple[Any, ...]) -> Suppression:
    values = dict(zip(_NAMES, row, strict=True))
    values["reason"] = SuppressionReason(values["reason"])
    for name in ("created_at", "expires_at"):
        values[name] = columns.read_time(values[name])
    return Suppression(**values)
