"""Remembers hosts whose TLS is broken, so that it is not tried every time."""

from datetime import datetime
from typing import Final

from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

REASON_MAX: Final = 200


def put(tx: Transaction, host: str, reason: str, until: datetime) -> None:
    """Remembers that a host (`name:port`) was spoken to in plaintext, and why."""
    tx.execute(
        "INSERT INTO tls_fault (host, reason, until_at) VALUES (?, ?, ?)"
        " ON CONFLICT (host) DO UPDATE SET"
        " reason = excluded.reason, until_at = excluded.until_at",
        *(host, reason[:REASON_MAX], columns.write_time(until)),
    )


def list_active(tx: Transaction, limit: int) -> dict[str, datetime]:
    """Host → until when, for those that hold now; those that hold longest, if many."""
    rows = tx.all(
        "SELECT host, until_at FROM tls_fault WHERE until_at > ?"
        " ORDER BY until_at DESC, host LIMIT ?",
        *(columns.write_time(tx.now), limit),
    )
    return {host: columns.read_time(until_at) for host, until_at in rows}


def forget(tx: Transaction, before: datetime, limit: int) -> int:
    """Deletes at most `limit` that ended before; how many."""
    return tx.execute(
        "DELETE FROM tls_fault WHERE host IN"
        " (SELECT host FROM tls_fault WHERE until_at < ?"
        " ORDER BY until_at LIMIT ?)",
        *(columns.write_time(before), limit),
    )
