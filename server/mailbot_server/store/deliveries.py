"""
Deliveries: what is due is leased, and only the lease's holder may write its outcome.

A lease is the pair of an id and a `lease_seq`. Whoever comes back after its lease was
lost finds another number, or another state, and writes nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from mailbot_server.core.delivery import Delivery, State, Step, advance
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee, Stream
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded

TOPIC: Final = "deliveries"
SILENT: Final = timedelta(seconds=60)
"""A node that was not seen for so long has lost its leases."""

_COLUMNS: Final = (
    *("id", "account_id", "inbox_id", "thread_id", "message_id", "recipient"),
    *("domain", "state", "stream", "guarantee", "attempts", "due_at", "queued_at"),
    *("gives_up_at", "updated_at", "reverse_path", "lease_owner", "lease_until"),
    *("lease_seq", "started", "delays_announced", "last_code", "last_enhanced"),
    *("last_text", "last_host", "last_stage", "site", "diagnostic", "bounce_class"),
    *("bounce_scope", "rule_id", "permanent", "hold_reason", "require_tls"),
    *("dsn_notify", "dsn_original"),
)
# What an outcome changes.
_WRITTEN: Final = (
    *("state", "attempts", "due_at", "gives_up_at", "updated_at", "lease_owner"),
    *("lease_until", "started", "delays_announced", "last_code", "last_enhanced"),
    *("last_text", "last_host", "last_stage", "site", "diagnostic", "bounce_class"),
    *("bounce_scope", "rule_id", "permanent", "hold_reason"),
)
_FLAGS: Final = ("started", "permanent", "require_tls")
_TIMES: Final = ("due_at", "queued_at", "gives_up_at", "updated_at", "lease_until")

_INSERT: Final = (
    f"INSERT INTO delivery ({', '.join(_COLUMNS)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(_COLUMNS))})"
)
_SELECT: Final = f"SELECT {', '.join(_COLUMNS)} FROM delivery"  # noqa: S608
_DUE: Final = (
    f"{_SELECT} WHERE state IN ('queued', 'deferred') AND stream = ? AND due_at <= ?"
)
_LEASE: Final = (
    "UPDATE delivery SET state = 'leased', lease_owner = ?, lease_until = ?,"
    " due_at = ?, updated_at = ?, lease_seq = lease_seq + 1, started = 0 WHERE id = ?"
)
_FENCED: Final = "WHERE id = ? AND lease_seq = ? AND state = ?"
_START: Final = f"UPDATE delivery SET started = 1 {_FENCED}"  # noqa: S608
_WRITE: Final = (
    f"UPDATE delivery SET {', '.join(f'{name} = ?' for name in _WRITTEN)}"  # noqa: S608
    f" {_FENCED}"
)
_UPDATE: Final = (
    f"UPDATE delivery SET {', '.join(f'{name} = ?' for name in _WRITTEN)}"  # noqa: S608
    " WHERE id = ?"
)
_EXTEND: Final = (
    "UPDATE delivery SET lease_until = ?, due_at = ?"
    " WHERE lease_owner = ? AND state = 'leased'"
)
_NEXT_DUE: Final = (
    "SELECT due_at FROM delivery WHERE state IN ('queued', 'deferred')"
    " AND stream = ? ORDER BY due_at LIMIT 1"
)
_HELD: Final = "WHERE state = 'held' AND hold_reason = ?"
# The list of states is the one of the index, which SQLite would not use otherwise.
_OPEN: Final = (
    f"{_SELECT} WHERE state IN ('queued', 'leased', 'deferred', 'held')"
    " AND state <> 'leased' AND inbox_id = ? ORDER BY id LIMIT ?"
)
_DEPTH: Final = (
    "SELECT CASE WHEN state IN ('leased', 'held') THEN state WHEN due_at <= ?"
    " THEN 'ready' ELSE 'scheduled' END, stream, COUNT(*), MIN(due_at),"
    " MIN(queued_at) FROM delivery"
    " WHERE state IN ('queued', 'leased', 'deferred', 'held') GROUP BY 1, 2"
    " ORDER BY 1, 2"
)


def add_many(tx: Transaction, deliveries: Sequence[Delivery]) -> None:
    """Keeps new deliveries and counts the open ones; touches "deliveries"."""
    tx.execute_many(_INSERT, [tuple(_row(each).values()) for each in deliveries])
    for delivery in deliveries:
        if not delivery.state.is_terminal:
            tx.count(delivery.inbox_id, open_deliveries=1)
    tx.touch(TOPIC)


def get(tx: Transaction, account_id: str, delivery_id: str) -> Delivery | None:
    """One delivery of the account."""
    row = tx.one(f"{_SELECT} WHERE id = ? AND account_id = ?", delivery_id, account_id)
    return _delivery(row) if row else None


def of_messages(
    tx: Transaction, message_ids: Sequence[str]
) -> dict[str, list[Delivery]]:
    """The deliveries of each of these messages, in the order they were made."""
    found: dict[str, list[Delivery]] = {message_id: [] for message_id in message_ids}
    if found:
        wanted = padded(list(found))
        sql = f"{_SELECT} WHERE message_id IN ({marks(len(wanted))}) ORDER BY id"
        for row in tx.all(sql, *wanted):
            delivery = _delivery(row)
            found[delivery.message_id].append(delivery)
    return found


def lease_due(
    tx: Transaction,
    node_id: str,
    limit: int,
    lease_seconds: float,
    passing_over: Sequence[str] = (),
) -> list[Delivery]:
    """
    Leases what is due, transactional mail first, then by its time; at most `limit`.

    Not to the domains in `passing_over`, of which the caller has enough in hand.
    The stored `due_at` moves to the lease's end, so that a queue which forgets a lease
    comes back to it; what is given says when it was due. On PostgreSQL what another
    node is leasing is passed over.
    """
    found: list[Delivery] = []
    for stream in (Stream.TRANSACTIONAL, Stream.BULK):
        if room := limit - len(found):
            found += _due(tx, stream, room, passing_over)
    until = tx.now + timedelta(seconds=lease_seconds)
    leased = [_leased(tx, delivery, node_id, until) for delivery in found]
    at, now = columns.write_time(until), columns.write_time(tx.now)
    tx.execute_many(_LEASE, [(node_id, at, at, now, each.id) for each in leased])
    return leased


def start(tx: Transaction, lease: Delivery) -> bool:
    """Marks that the lease's attempt has begun; False when the lease was lost."""
    return tx.execute(_START, *_fence(lease)) == 1


def write(tx: Transaction, lease: Delivery, changed: Delivery) -> bool:
    """
    Writes what became of a leased delivery; False, and nothing, when it was lost.

    `lease` is the delivery as it was read: an overdue held one is fenced in the same
    way, by its state. A terminal state is taken off the inbox's open deliveries;
    touches "deliveries".
    """
    if tx.execute(_WRITE, *_written(tx, changed), *_fence(lease)) != 1:
        return False
    _close(tx, changed)
    tx.touch(TOPIC)
    return True


def held_domains(tx: Transaction, reason: str) -> list[str]:
    """Where the mail that is held for `reason` was to go, each domain once."""
    sql = f"SELECT DISTINCT domain FROM delivery {_HELD} ORDER BY domain"  # noqa: S608
    return [str(row[0]) for row in tx.all(sql, reason)]


def held_inboxes(
    tx: Transaction, account_id: str, reason: str, domain: str
) -> list[str]:
    """The inboxes in a domain of theirs whose mail is held for `reason`, each once."""
    sql = (
        f"SELECT DISTINCT inbox_id FROM delivery {_HELD} AND account_id = ?"  # noqa: S608
        " AND inbox_id IN (SELECT id FROM inbox WHERE account_id = ? AND domain = ?)"
    )
    rows = tx.all(sql, reason, account_id, account_id, domain)
    return sorted(str(row[0]) for row in rows)


def release(
    tx: Transaction, inbox_id: str, reason: str, limit: int, domain: str = ""
) -> list[Delivery]:
    """
    Queues what is held for `reason`, due now, oldest first; touches "deliveries".

    `inbox_id` "" means any inbox, but of one account only: that of the oldest one.
    `domain` "" means any domain.
    """
    where, of = f"{_SELECT} {_HELD}", [reason]
    for column, value in (("inbox_id", inbox_id), ("domain", domain)):
        if value:
            where, of = f"{where} AND {column} = ?", [*of, value]
    oldest = tx.one(f"{where} ORDER BY id LIMIT 1{_unless_locked(tx)}", *of)
    if oldest is None:
        return []
    where, of = f"{where} AND account_id = ?", [*of, _delivery(oldest).account_id]
    rows = tx.all(f"{where} ORDER BY id LIMIT ?{_unless_locked(tx)}", *of, limit)
    released = [
        replace(
            delivery,
            state=advance(delivery.state, Step.RELEASE),
            due_at=tx.now,
            updated_at=tx.now,
            hold_reason="",
        )
        for delivery in map(_delivery, rows)
    ]
    _update(tx, released)
    return released


def cancel_open(tx: Transaction, inbox_id: str, limit: int) -> list[Delivery]:
    """
    Cancels what waits in an inbox, oldest first; what is leased is not touched.

    Takes it off the inbox's open deliveries; touches "deliveries".
    """
    rows = tx.all(_OPEN + _for_update(tx), inbox_id, limit)
    cancelled = [
        replace(
            delivery,
            state=advance(delivery.state, Step.CANCEL),
            updated_at=tx.now,
            hold_reason="",
        )
        for delivery in map(_delivery, rows)
    ]
    _update(tx, cancelled)
    return cancelled


def extend_leases(
    tx: Transaction,
    node_id: str,
    seconds: float,
    delivery_ids: Sequence[str] | None = None,
) -> int:
    """
    Lets leases of a node end so many seconds from now; how many there are.

    All of them, or those of the deliveries that it still works on: one that it has
    forgotten has to end.
    """
    until = columns.write_time(tx.now + timedelta(seconds=seconds))
    sql, ids = _EXTEND, padded(delivery_ids) if delivery_ids else []
    if delivery_ids is not None:
        sql += f" AND id IN ({marks(len(ids))})"
    return tx.execute(sql, until, until, node_id, *ids)


def leases_lost(
    tx: Transaction, own_node_id: str, limit: int, *, ended_only: bool = False
) -> list[Delivery]:
    """
    Leased deliveries that nobody works on: the lease has ended or its node is gone.

    With `ended_only` the nodes do not matter, because all may have been kept silent.
    On SQLite there is one process, so every other node is gone. Give them to `write`
    as leases: its fence makes sure that one of several finders settles them.
    """
    lost, parameters = "lease_until <= ?", [columns.write_time(tx.now)]
    if not ended_only:
        gone, of = _gone(tx, own_node_id)
        lost, parameters = f"{lost} OR ({gone})", [*parameters, *of]
    sql = f"{_SELECT} WHERE state = 'leased' AND ({lost}) ORDER BY lease_until LIMIT ?"
    return [_delivery(row) for row in tx.all(sql, *parameters, limit)]


def _gone(tx: Transaction, own_node_id: str) -> tuple[str, list[Any]]:
    """The condition for a lease whose node is gone, and its parameters."""
    if not tx.is_postgres:
        return "lease_owner <> ?", [own_node_id]
    sql = (
        "lease_owner <> ? AND NOT EXISTS (SELECT 1 FROM node"
        " WHERE node.id = delivery.lease_owner AND node.seen_at > ?)"
    )
    return sql, [own_node_id, columns.write_time(tx.now - SILENT)]


def next_due(tx: Transaction) -> datetime | None:
    """When the next delivery is due, which may be past; None when none waits."""
    rows = [row for stream in Stream for row in tx.all(_NEXT_DUE, stream.value)]
    return columns.read_time(min((row[0] for row in rows), default=None))


def overdue_held(tx: Transaction, limit: int) -> list[Delivery]:
    """Held deliveries, of any account, whose time to be delivered has run out."""
    rows = tx.all(
        f"{_SELECT} WHERE state = 'held' AND gives_up_at <= ?"
        f" ORDER BY gives_up_at LIMIT ?",
        columns.write_time(tx.now),
        limit,
    )
    return [_delivery(row) for row in rows]


def depth(
    tx: Transaction,
) -> list[tuple[str, str, int, datetime | None, datetime | None]]:
    """
    How much waits, all accounts: (state, stream, count, oldest due, oldest queued).

    States are ready, scheduled, leased and held; those without any are left out.
    """
    return [
        (state, stream, count, columns.read_time(due), columns.read_time(queued))
        for state, stream, count, due, queued in tx.all(
            _DEPTH, columns.write_time(tx.now)
        )
    ]


def _due(
    tx: Transaction, stream: Stream, limit: int, passing_over: Sequence[str]
) -> list[Delivery]:
    sql, domains = _DUE, padded(passing_over) if passing_over else []
    if domains:
        sql += f" AND domain NOT IN ({marks(len(domains))})"
    sql += f" ORDER BY due_at LIMIT ?{_unless_locked(tx)}"
    rows = tx.all(sql, stream.value, columns.write_time(tx.now), *domains, limit)
    return [_delivery(row) for row in rows]


def _leased(
    tx: Transaction, delivery: Delivery, node_id: str, until: datetime
) -> Delivery:
    return replace(
        delivery,
        state=advance(delivery.state, Step.LEASE),
        lease_owner=node_id,
        lease_until=until,
        lease_seq=delivery.lease_seq + 1,
        updated_at=tx.now,
        started=False,
    )


def _update(tx: Transaction, changed: Sequence[Delivery]) -> None:
    """Writes deliveries that were read, and on PostgreSQL locked, in this operation."""
    rows = [(*_written(tx, delivery), delivery.id) for delivery in changed]
    tx.execute_many(_UPDATE, rows)
    for delivery in changed:
        _close(tx, delivery)
    if changed:
        tx.touch(TOPIC)


def _fence(lease: Delivery) -> tuple[str, int, str]:
    return lease.id, lease.lease_seq, lease.state.value


def _close(tx: Transaction, delivery: Delivery) -> None:
    if delivery.state.is_terminal:
        tx.count(delivery.inbox_id, open_deliveries=-1)


def _written(tx: Transaction, changed: Delivery) -> list[Any]:
    """The values of _WRITTEN; a delivery that is not leased belongs to no node."""
    if changed.state is not State.LEASED:
        changed = replace(changed, lease_owner="", lease_until=None, started=False)
    values = _row(replace(changed, updated_at=tx.now))
    return [values[name] for name in _WRITTEN]


def _for_update(tx: Transaction) -> str:
    return " FOR UPDATE" if tx.is_postgres else ""


def _unless_locked(tx: Transaction) -> str:
    """Rows that another transaction is changing are passed over."""
    return " FOR UPDATE SKIP LOCKED" if tx.is_postgres else ""


def _row(delivery: Delivery) -> dict[str, Any]:
    """The values of _COLUMNS, in their order."""
    reply = delivery.last_reply or Reply(code=0)
    replies = {
        "last_code": reply.code,
        "last_enhanced": reply.enhanced,
        "last_text": reply.text,
    }
    values: dict[str, Any] = {}
    for name in _COLUMNS:
        values[name] = replies[name] if name in replies else getattr(delivery, name)
    for name in _TIMES:
        values[name] = columns.write_time(values[name])
    for name in ("state", "stream", "guarantee"):
        values[name] = values[name].value
    for name in _FLAGS:
        values[name] = int(values[name])
    return values


def _delivery(row: tuple[Any, ...]) -> Delivery:
    values = dict(zip(_COLUMNS, row, strict=True))
    reply = Reply(
        code=values.pop("last_code"),
        enhanced=values.pop("last_enhanced"),
        text=values.pop("last_text"),
    )
    for name in _TIMES:
        values[name] = columns.read_time(values[name])
    values["last_reply"] = reply if reply != Reply(code=0) else None
    values["state"] = State(values["state"])
    values["stream"] = Stream(values["stream"])
    values["guarantee"] = Guarantee(values["guarantee"])
    for name in _FLAGS:
        values[name] = bool(values[name])
    return Delivery(**values)
