"""Remembers API keys: who may speak for an account, never the secret itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from mailbot_server.core.account import ApiKey
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

_NAMES: Final = (
    *("id", "account_id", "display_name", "public_id", "secret_hash", "scopes"),
    *("inbox_ids", "created_at", "expires_at", "last_used_at", "revoked_at"),
)
_COLUMNS: Final = ", ".join(_NAMES)
_SELECT: Final = f"SELECT {_COLUMNS} FROM api_key"  # noqa: S608
_AFTER_ALL: Final = "z"
"""Sorts after every id."""


def add(tx: Transaction, key: ApiKey) -> None:
    """Adds a new key."""
    marks = ", ".join("?" * len(_NAMES))
    tx.execute(
        f"INSERT INTO api_key ({_COLUMNS}) VALUES ({marks})",  # noqa: S608
        key.id,
        key.account_id,
        key.display_name,
        key.public_id,
        key.secret_hash,
        columns.write_list(sorted(key.scopes)),
        columns.write_list(key.inbox_ids),
        columns.write_time(key.created_at),
        columns.write_time(key.expires_at),
        columns.write_time(key.last_used_at),
        columns.write_time(key.revoked_at),
    )


def find(tx: Transaction, public_id: str) -> ApiKey | None:
    """The key that carries this public part, of whichever account."""
    row = tx.one(f"{_SELECT} WHERE public_id = ?", public_id)
    return _key(row) if row else None


def get(tx: Transaction, account_id: str, key_id: str) -> ApiKey | None:
    """One key of the account."""
    row = tx.one(f"{_SELECT} WHERE id = ? AND account_id = ?", key_id, account_id)
    return _key(row) if row else None


def list_newest(
    tx: Transaction, account_id: str, before_id: str, limit: int
) -> list[ApiKey]:
    """The account's keys made before `before_id` ("" for all), newest first."""
    sql = f"{_SELECT} WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT ?"
    rows = tx.all(sql, account_id, before_id or _AFTER_ALL, limit)
    return [_key(row) for row in rows]


def revoke(tx: Transaction, account_id: str, key_id: str) -> ApiKey | None:
    """Ends a key; one that was revoked before keeps the time of the first call."""
    row = tx.one(
        "UPDATE api_key SET revoked_at = COALESCE(revoked_at, ?)"  # noqa: S608
        f" WHERE id = ? AND account_id = ? RETURNING {_COLUMNS}",
        columns.write_time(tx.now),
        key_id,
        account_id,
    )
    return _key(row) if row else None


def mark_used(tx: Transaction, used: Mapping[str, datetime]) -> None:
    """Notes when keys (by id, of any accounts) were last used; never goes back."""
    moments = [(columns.write_time(used[key_id]), key_id) for key_id in sorted(used)]
    tx.execute_many(
        "UPDATE api_key SET last_used_at = ? WHERE id = ?"
        " AND COALESCE(last_used_at, 0) < ?",
        [(moment, key_id, moment) for moment, key_id in moments],
    )


def _key(row: tuple[Any, ...]) -> ApiKey:
    values = dict(zip(_NAMES, row, strict=True))
    values["secret_hash"] = bytes(values["secret_hash"])
    values["scopes"] = frozenset(columns.read_list(values["scopes"]))
    values["inbox_ids"] = columns.read_list(values["inbox_ids"])
    for name in ("created_at", "expires_at", "last_used_at", "revoked_at"):
        values[name] = columns.read_time(values[name])
    return ApiKey(**values)
