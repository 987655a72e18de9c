"""Remembers what a request_id led to, so that a repeated call changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.errors import WrongState, timestamp
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

MEMORY: Final = timedelta(hours=24)
"""How long a request_id stands for its first call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """An earlier call with the same request_id and the same payload."""

    result_id: str
    created_at: datetime


def claim(
    tx: Transaction,
    account_id: str,
    method: str,
    request_id: str,
    digest: bytes,
    result_id: str,
) -> Remembered | None:
    """
    Takes a request_id for `result_id`, unless a call of the last 24 h has it.

    None: it is ours, together with whatever else this operation writes. Raises
    WrongState (REQUEST_ID_REUSED) when the earlier call's `digest` was another one.
    The first lock of an operation.
    """
    ours = tx.one(
        "INSERT INTO request"
        " (account_id, method, request_id, digest, result_id, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (account_id, method, request_id) DO UPDATE SET"
        " digest = excluded.digest, result_id = excluded.result_id,"
        " created_at = excluded.created_at"
        " WHERE request.created_at <= ? RETURNING result_id",
        account_id,
        method,
        request_id,
        digest,
        result_id,
        columns.write_time(tx.now),
        columns.write_time(tx.now - MEMORY),
    )
    return None if ours else _earlier(tx, account_id, method, request_id, digest)


def earlier(
    tx: Transaction, account_id: str, method: str, request_id: str, digest: bytes
) -> Remembered | None:
    """
    The call of the last 24 h that has taken a request_id; takes nothing itself.

    Raises WrongState (REQUEST_ID_REUSED) as `claim`.
    """
    row = tx.one(
        "SELECT 1 FROM request WHERE account_id = ? AND method = ?"
        " AND request_id = ? AND created_at > ?",
        *(account_id, method, request_id, columns.write_time(tx.now - MEMORY)),
    )
    return _earlier(tx, account_id, method, request_id, digest) if row else None


def forget(tx: Transaction, before: datetime, limit: int) -> int:
    """Deletes at most `limit` of those claimed before; how many."""
    # The age is asked twice: a row that is claimed anew meanwhile stays.
    at = columns.write_time(before)
    return tx.execute(
        "DELETE FROM request WHERE created_at < ?"
        " AND (account_id, method, request_id) IN"
        " (SELECT account_id, method, request_id FROM request"
        " WHERE created_at < ? ORDER BY created_at LIMIT ?)",
        *(at, at, limit),
    )


def _earlier(
    tx: Transaction, account_id: str, method: str, request_id: str, digest: bytes
) -> Remembered:
    row = tx.one(
        "SELECT digest, result_id, created_at FROM request"
        " WHERE account_id = ? AND method = ? AND request_id = ?",
        *(account_id, method, request_id),
    )
    assert row is not None, "the statement before has locked it"
    created_at = columns.read_time(int(row[2]))
    if bytes(row[0]) != digest:
        raise _reused(request_id, created_at)
    return Remembered(result_id=row[1], created_at=created_at)


def _reused(request_id: str, created_at: datetime) -> WrongState:
    message = (
        f"request_id {request_id!r} came before with another payload;"
        " choose a new one for a new call"
    )
    first = timestamp(created_at)
    return WrongState(
        message,
        reason="REQUEST_ID_REUSED",
        kind="REQUEST_ID",
        subject=request_id,
        details={"request_id": request_id, "first_create_time": first},
    )
