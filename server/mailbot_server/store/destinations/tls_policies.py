"""Remembers MTA-STS policies until they end, so that nobody can take them back."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot_server.core.destination.mta_sts import Mode, Policy
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A policy, when it was fetched and until when it holds (its max_age)."""

    policy: Policy
    fetched_at: datetime
    expires_at: datetime


def get(tx: Transaction, domain: str) -> Fetched | None:
    """The domain's policy, also one that has ended."""
    row = tx.one(
        "SELECT data, fetched_at, expires_at FROM tls_policy WHERE domain = ?", domain
    )
    if row is None:
        return None
    return Fetched(
        policy=_policy(row[0]),
        fetched_at=columns.read_time(row[1]),
        expires_at=columns.read_time(row[2]),
    )


def put(tx: Transaction, domain: str, policy: Policy) -> Fetched:
    """Keeps a policy that was fetched now, in place of the one before."""
    expires_at = tx.now + timedelta(seconds=policy.max_age_seconds)
    tx.execute(
        "INSERT INTO tls_policy (domain, data, fetched_at, expires_at)"
        " VALUES (?, ?, ?, ?) ON CONFLICT (domain) DO UPDATE SET"
        " data = excluded.data, fetched_at = excluded.fetched_at,"
        " expires_at = excluded.expires_at",
        *(domain, _data(policy)),
        *(columns.write_time(tx.now), columns.write_time(expires_at)),
    )
    return Fetched(policy=policy, fetched_at=tx.now, expires_at=expires_at)


def forget(tx: Transaction, before: datetime, limit: int) -> int:
    """Deletes at most `limit` that ended before; how many."""
    return tx.execute(
        "DELETE FROM tls_policy WHERE domain IN"
        " (SELECT domain FROM tls_policy WHERE expires_at < ?"
        " ORDER BY expires_at LIMIT ?)",
        *(columns.write_time(before), limit),
    )


def _data(policy: Policy) -> str:
    return json.dumps(
        {
            "id": policy.id,
            "mode": policy.mode.value,
            "mx": policy.patterns,
            "max_age": policy.max_age_seconds,
        }
    )


def _policy(data: str) -> Policy:
    read = json.loads(data)
    return Policy(
        id=read["id"],
        mode=Mode(read["mode"]),
        patterns=tuple(read["mx"]),
        max_age_seconds=read["max_age"],
    )
