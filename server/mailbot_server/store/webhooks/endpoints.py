"""
Remembers endpoints; each is the posting half of the subscription of its id.

Whoever changes one has locked its subscription before (`subscriptions.rows.get`), so
that on PostgreSQL, as on SQLite, one operation at a time works on a webhook.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.core.webhook.health import Health, State
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded, rows

TOPIC: Final = "webhooks"
"""Touched when a webhook comes, goes, or may go on."""

_FARING: Final = (
    *("state", "disable_reason", "failures", "succeeded_at", "failing_since"),
    "probe_at",
)
_NAMES: Final = (
    *("id", "account_id", "url", "headers", "secret", "former_secret"),
    *("former_secret_ends_at", "timeout_ms", "max_concurrency", *_FARING),
)
_CHANGING: Final = _NAMES[2:]
_COLUMNS: Final = ", ".join(_NAMES)
_SELECT: Final = f"SELECT {_COLUMNS} FROM webhook"  # noqa: S608
_INSERT: Final = f"INSERT INTO webhook ({_COLUMNS}) VALUES {rows(1, len(_NAMES))}"  # noqa: S608
_UPDATE: Final = (
    f"UPDATE webhook SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?"  # noqa: S608
)
_FARE: Final = (
    f"UPDATE webhook SET {', '.join(f'{name} = ?' for name in _FARING)} WHERE id = ?"  # noqa: S608
)
_HAS_HANDOUTS: Final = (
    "EXISTS (SELECT 1 FROM handout AS o"
    " WHERE o.subscription_id = s.id AND o.due_at <= ?)"
)
_DUE: Final = (
    f"SELECT w.account_id, w.id, h.position, {_HAS_HANDOUTS}"  # noqa: S608
    " FROM webhook AS w JOIN subscription AS s ON s.id = w.id"
    " JOIN event_head AS h ON h.account_id = w.account_id"
    " JOIN account AS a ON a.id = w.account_id"
    " WHERE s.state = 'active' AND a.is_suspended = 0"
    " AND (w.state = 'active' OR (w.state = 'failing'"
    " AND (w.probe_at IS NULL OR w.probe_at <= ?)))"
    f" AND (s.handed < h.position OR {_HAS_HANDOUTS})"
)
_PENDING: Final = (
    "SELECT COALESCE(SUM(h.position - s.acked), 0), MIN(e.created_at)"
    " FROM webhook AS w JOIN subscription AS s ON s.id = w.id"
    " JOIN event_head AS h ON h.account_id = w.account_id"
    " LEFT JOIN event AS e ON e.account_id = s.account_id"
    " AND e.position = s.acked + 1"
    " WHERE w.state <> 'disabled' AND s.state = 'active' AND s.acked < h.position"
)
_MILLISECOND: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A webhook that has come no further than its log, or has something to repeat."""

    account_id: str
    id: str
    head: int
    has_handouts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """How far all webhooks that post are behind together; None: nowhere."""

    positions: int
    oldest_at: datetime | None


def add(tx: Transaction, new: Endpoint) -> None:
    """Keeps a new endpoint."""
    tx.execute(_INSERT, *_row(new))
    tx.touch(TOPIC)


def get(tx: Transaction, account_id: str, webhook_id: str) -> Endpoint | None:
    """One endpoint of the account."""
    row = tx.one(f"{_SELECT} WHERE id = ? AND account_id = ?", webhook_id, account_id)
    return _endpoint(row) if row else None


def some(tx: Transaction, webhook_ids: Sequence[str]) -> dict[str, Endpoint]:
    """Those that there are, by id; at most a page."""
    if not webhook_ids:
        return {}
    asked = padded(webhook_ids)
    found = tx.all(f"{_SELECT} WHERE id IN ({marks(len(asked))})", *asked)
    return {row[0]: _endpoint(row) for row in found}


def page(tx: Transaction, after_id: str, limit: int) -> list[Endpoint]:
    """Those of all accounts, by id."""
    found = tx.all(f"{_SELECT} WHERE id > ? ORDER BY id LIMIT ?", after_id, limit)
    return [_endpoint(row) for row in found]


def reseal(tx: Transaction, before: Endpoint, after: Endpoint) -> int:
    """Writes the same in another seal; 0 where it has been changed meanwhile."""
    return tx.execute(
        "UPDATE webhook SET headers = ?, secret = ?, former_secret = ?"
        " WHERE id = ? AND headers = ? AND secret = ?",
        *(after.sealed_headers, after.sealed_secret, after.sealed_former_secret),
        *(before.id, before.sealed_headers, before.sealed_secret),
    )


def update(tx: Transaction, changed: Endpoint) -> None:
    """Writes everything of an endpoint that can change."""
    tx.execute(_UPDATE, *_row(changed)[-len(_CHANGING) :], changed.id)
    tx.touch(TOPIC)


def write_health(tx: Transaction, webhook_id: str, health: Health) -> None:
    """Writes how an endpoint fares, and nothing else."""
    tx.execute(_FARE, *_faring(health), webhook_id)


def delete(tx: Transaction, webhook_id: str) -> None:
    """Forgets an endpoint; the log of its attempts goes apart."""
    tx.execute("DELETE FROM webhook WHERE id = ?", webhook_id)
    tx.touch(TOPIC)


def due(tx: Transaction) -> list[Due]:
    """
    Those that may be posted to now and may have something to get.

    Of all accounts that are not suspended; a few thousand rows at most are looked at.
    """
    now = columns.write_time(tx.now)
    return [
        Due(account_id=row[0], id=row[1], head=row[2], has_handouts=bool(row[3]))
        for row in tx.all(_DUE, now, now, now)
    ]


def posting(tx: Transaction) -> list[tuple[str, str]]:
    """Account and id of all that are not disabled."""
    found = tx.all("SELECT account_id, id FROM webhook WHERE state <> 'disabled'")
    return [(str(row[0]), str(row[1])) for row in found]


def states(tx: Transaction) -> dict[State, int]:
    """How many endpoints there are in each state."""
    found = tx.all("SELECT state, COUNT(*) FROM webhook GROUP BY state")
    counts = {State(state): int(number) for state, number in found}
    return {state: counts.get(state, 0) for state in State}


def pending(tx: Transaction) -> Pending:
    """How much waits to be posted, in all accounts."""
    row = tx.one(_PENDING)
    assert row is not None, "a sum is always there"
    return Pending(positions=int(row[0]), oldest_at=columns.read_time(row[1]))


def _faring(health: Health) -> list[Any]:
    return [
        *(health.state.value, health.disable_reason, health.failures),
        *(columns.write_time(health.succeeded_at),),
        *(columns.write_time(health.failing_since),),
        *(columns.write_time(health.probe_at),),
    ]


def _row(each: Endpoint) -> list[Any]:
    """The values of _NAMES, in their order."""
    return [
        *(each.id, each.account_id, each.url, each.sealed_headers),
        *(each.sealed_secret, each.sealed_former_secret),
        columns.write_time(each.former_secret_ends_at),
        *(each.timeout // _MILLISECOND, each.max_concurrency),
        *_faring(each.health),
    ]


def _endpoint(row: tuple[Any, ...]) -> Endpoint:
    known = dict(zip(_NAMES, row, strict=True))
    former = known["former_secret"]
    return Endpoint(
        id=known["id"],
        account_id=known["account_id"],
        url=known["url"],
        sealed_headers=bytes(known["headers"]),
        sealed_secret=bytes(known["secret"]),
        sealed_former_secret=None if former is None else bytes(former),
        former_secret_ends_at=columns.read_time(known["former_secret_ends_at"]),
        timeout=known["timeout_ms"] * _MILLISECOND,
        max_concurrency=known["max_concurrency"],
        health=Health(
            state=State(known["state"]),
            disable_reason=known["disable_reason"],
            failures=known["failures"],
            succeeded_at=columns.read_time(known["succeeded_at"]),
            failing_since=columns.read_time(known["failing_since"]),
            probe_at=columns.read_time(known["probe_at"]),
        ),
    )


def sealed_by_others(tx: Transaction, key_ids: Sequence[int]) -> int:
    """How many have a secret that another server key than these has sealed."""
    known = [bytes((key_id,)) for key_id in key_ids]
    sql = (
        "SELECT COUNT(*) FROM webhook WHERE LENGTH(secret) > 1"  # noqa: S608
        f" AND SUBSTR(secret, 2, 1) NOT IN ({marks(len(known))})"
    )
    row = tx.one(sql, *known)
    return int(row[0]) if row else 0
