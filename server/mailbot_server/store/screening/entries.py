"""Remembers the entries of address lists, and finds those that match an address."""

from collections.abc import Sequence
from typing import Any, Final

from mailbot_server.core.screening.address_list import (
    Action,
    AddressEntry,
    AddressEntryFilter,
    Direction,
)
from mailbot_server.store import columns, schema
from mailbot_server.store.database import Transaction
from mailbot_server.store.screening import CHANGED
from mailbot_server.store.statements import allowed_inboxes, marks, padded, rows

_NAMES: Final = (
    *("id", "account_id", "inbox_id", "direction", "action"),
    *("pattern", "note", "created_at", "created_by"),
)
_COLUMNS: Final = ", ".join(_NAMES)
_SELECT: Final = f"SELECT {_COLUMNS} FROM address_entry"  # noqa: S608
_PUT: Final = (
    f"INSERT INTO address_entry ({_COLUMNS}) VALUES {rows(1, len(_NAMES))}"  # noqa: S608
    " ON CONFLICT (account_id, inbox_id, direction, action, pattern)"
    f" DO UPDATE SET note = excluded.note RETURNING {_COLUMNS}"
)
# Of the account and of one inbox of it, about one direction.
_OF: Final = "account_id = ? AND inbox_id IN ('', ?) AND direction = ?"


def put(tx: Transaction, new: AddressEntry) -> AddressEntry:
    """Keeps an entry; of one that is there already, the note changes."""
    row = tx.one(_PUT, *_row(new))
    tx.touch(CHANGED)
    assert row is not None, "it is inserted or updated"
    return _entry(row)


def same(tx: Transaction, new: AddressEntry) -> AddressEntry | None:
    """The entry that is there already in place of this one."""
    row = tx.one(
        f"{_SELECT} WHERE account_id = ? AND inbox_id = ? AND direction = ?"
        " AND action = ? AND pattern = ?",
        *(new.account_id, new.inbox_id, new.direction.value),
        *(new.action.value, new.pattern),
    )
    return _entry(row) if row else None


def get(tx: Transaction, account_id: str, entry_id: str) -> AddressEntry | None:
    """One entry of the account."""
    row = tx.one(f"{_SELECT} WHERE id = ? AND account_id = ?", entry_id, account_id)
    return _entry(row) if row else None


def delete(tx: Transaction, entry: AddressEntry) -> None:
    """Forgets an entry."""
    tx.touch(CHANGED)
    tx.execute("DELETE FROM address_entry WHERE id = ?", entry.id)


def count(tx: Transaction, account_id: str) -> int:
    """How many entries the account has."""
    sql = "SELECT COUNT(*) FROM address_entry WHERE account_id = ?"
    row = tx.one(sql, account_id)
    return int(row[0]) if row else 0


def list_(
    tx: Transaction,
    account_id: str,
    wanted: AddressEntryFilter,
    before_id: str,
    limit: int,
) -> list[AddressEntry]:
    """The account's, newest first; `before_id` is the last that was seen, or ""."""
    table = schema.AddressEntry
    conditions = [table.account_id == account_id]
    inbox_ids = allowed_inboxes(wanted.inbox_id, wanted.visible_inbox_ids)
    if inbox_ids is not None:
        conditions.append(table.inbox_id.in_(inbox_ids))
    if wanted.direction is not None:
        conditions.append(table.direction == wanted.direction.value)
    if before_id:
        conditions.append(table.id < before_id)
    query = (
        table.select(*(getattr(table, name) for name in _NAMES))
        .where(*conditions)
        .order_by(table.id.desc())
        .limit(limit)
    )
    return [_entry(row) for row in tx.query(query)]


def matching(
    tx: Transaction,
    account_id: str,
    inbox_id: str,
    direction: Direction,
    patterns: Sequence[str],
) -> list[AddressEntry]:
    """The inbox's and its account's entries with one of these patterns."""
    if not patterns:
        return []
    asked = padded(patterns)
    actions = [each.value for each in Action]
    found = tx.all(
        f"{_SELECT} WHERE {_OF} AND action IN ({marks(len(actions))})"
        f" AND pattern IN ({marks(len(asked))})",
        *(account_id, inbox_id, direction.value, *actions, *asked),
    )
    return [_entry(row) for row in found]


def is_closed(
    tx: Transaction, account_id: str, inbox_id: str, direction: Direction
) -> bool:
    """Whether the inbox's or its account's list allows somebody, and so nobody else."""
    sql = f"SELECT 1 FROM address_entry WHERE {_OF} AND action = ? LIMIT 1"  # noqa: S608
    row = tx.one(sql, account_id, inbox_id, direction.value, Action.ALLOW.value)
    return row is not None


def exist(
    tx: Transaction, account_id: str, inbox_id: str, direction: Direction
) -> bool:
    """Whether any entry of this direction is the inbox's or its account's."""
    sql = f"SELECT 1 FROM address_entry WHERE {_OF} LIMIT 1"  # noqa: S608
    return tx.one(sql, account_id, inbox_id, direction.value) is not None


def _row(entry: AddressEntry) -> list[Any]:
    """The values of _NAMES, in their order."""
    values = {name: getattr(entry, name) for name in _NAMES}
    values["direction"] = entry.direction.value
    values["action"] = entry.action.value
    values["created_at"] = columns.write_time(entry.created_at)
    return list(values.values())


def _entry(row: tuple[Any, ...]) -> AddressEntry:
    values = dict(zip(_NAMES, row, strict=True))
    values["direction"] = Direction(values["direction"])
    values["action"] = Action(values["action"])
    values["created_at"] = columns.read_time(values["created_at"])
    return AddressEntry(**values)
