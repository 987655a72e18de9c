"""Keeps the bytes of uploads until a message takes them or they expire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

_NAMES: Final = (
    *("id", "account_id", "inbox_id", "size_bytes", "sha256"),
    *("created_at", "expires_at"),
)
_COLUMNS: Final = ", ".join(_NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A body that waits to be attached; `sha256` is lower-case hexadecimal."""

    id: str
    account_id: str
    inbox_id: str
    size_bytes: int
    sha256: str
    created_at: datetime
    expires_at: datetime


def add(tx: Transaction, upload: Upload, data: bytes) -> None:
    """Adds an upload with its bytes."""
    tx.execute(
        f"INSERT INTO upload ({_COLUMNS}, data)"  # noqa: S608
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        upload.id,
        upload.account_id,
        upload.inbox_id,
        upload.size_bytes,
        upload.sha256,
        columns.write_time(upload.created_at),
        columns.write_time(upload.expires_at),
        data,
    )


def get(tx: Transaction, account_id: str, upload_id: str) -> Upload | None:
    """One upload of the account that has not expired, without its bytes."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM upload"  # noqa: S608
        " WHERE id = ? AND account_id = ? AND expires_at > ?",
        *(upload_id, account_id, columns.write_time(tx.now)),
    )
    return _upload(row) if row else None


def data(tx: Transaction, upload_id: str) -> bytes:
    """The bytes of an upload that `get` has found in the same operation."""
    row = tx.one("SELECT data FROM upload WHERE id = ?", upload_id)
    assert row is not None, "asked for without get"
    return bytes(row[0])


def total_bytes(tx: Transaction, account_id: str) -> int:
    """How much the account's uploads that have not expired take."""
    row = tx.one(
        "SELECT COALESCE(SUM(size_bytes), 0) FROM upload"
        " WHERE account_id = ? AND expires_at > ?",
        *(account_id, columns.write_time(tx.now)),
    )
    return int(row[0]) if row else 0


def delete_expired(tx: Transaction, limit: int) -> int:
    """Deletes at most `limit` of those that have expired; how many."""
    return tx.execute(
        "DELETE FROM upload WHERE id IN"
        " (SELECT id FROM upload WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
        *(columns.write_time(tx.now), limit),
    )


def _upload(row: tuple[Any, ...]) -> Upload:
    values = dict(zip(_NAMES, row, strict=True))
    for name in ("created_at", "expires_at"):
        values[name] = columns.read_time(values[name])
    return Upload(**values)
