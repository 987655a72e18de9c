"""Remembers inboxes, their labels and counters; an address is given out once."""

import json
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

import peewee

from mailbot_server.core import limits as windows
from mailbot_server.core.inbox import (
    Inbox,
    InboxCounts,
    InboxFilter,
    InboxState,
    InboxUsage,
    Requirement,
    Suspension,
)
from mailbot_server.core.mail import address as addresses
from mailbot_server.core.retention import FOR_EVER, Retention
from mailbot_server.core.tracking import asked
from mailbot_server.store import columns, limits, schema
from mailbot_server.store.database import Transaction
from mailbot_server.store.database.transaction import COUNTERS, Row
from mailbot_server.store.deliveries import waiting
from mailbot_server.store.statements import marks, padded

_NAMES: Final = (
    *("id", "account_id", "address", "username", "domain", "is_sandbox"),
    *("display_name", "labels", "permissions", "daily_send_limit", "metadata"),
    *("state", "suspension", "resumes_at", "created_at", "updated_at"),
    *("disabled_at", "expires_at", "version", "require_auth", "is_catch_all"),
    *("tracking", "content_days", "metadata_days", "legal_hold"),
)
_UNCHANGING: Final = (
    *("id", "account_id", "address", "username", "domain", "is_sandbox"),
    "created_at",
)
CHANGED: Final = "inboxes"
"""The topic of what inboxes are and let in."""

_READ_MAX: Final = 1024
"""Rows whose inboxes are kept: one that receives is read for every message."""

_CHANGING: Final = tuple(name for name in _NAMES if name not in _UNCHANGING)
_INSTANTS: Final = ("created_at", "updated_at", "disabled_at", "expires_at")
_SELECT: Final = f"SELECT {', '.join(_NAMES)} FROM inbox"  # noqa: S608
_COUNTS: Final = f"SELECT {', '.join(COUNTERS)} FROM inbox_count WHERE inbox_id = ?"  # noqa: S608
_NOT_ANOTHERS: Final = (
    "(is_sandbox = 1 OR NOT EXISTS (SELECT 1 FROM domain d WHERE d.name = inbox.domain"
    " AND d.verified_at IS NOT NULL AND d.deleted_at IS NULL"
    " AND d.account_id <> inbox.account_id))"
)
_LEFT_HOLDING: Final = (
    f"{_SELECT} WHERE state = ? AND id IN ({waiting.HOLDING}) ORDER BY id LIMIT ?"
)
_INSERT: Final = (
    f"INSERT INTO inbox ({', '.join(_NAMES)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(_NAMES))})"
    " ON CONFLICT (address) DO NOTHING RETURNING id"
)
_UPDATE: Final = (
    f"UPDATE inbox SET {', '.join(f'{name} = ?' for name in _CHANGING)}"  # noqa: S608
    " WHERE id = ?"
)


def add(tx: Transaction, inbox: Inbox) -> bool:
    """Adds an inbox with labels and counters; False when the address was ever taken."""
    values = _row(inbox)
    if tx.one(_INSERT, *(values[name] for name in _NAMES)) is None:
        return False
    tx.execute("INSERT INTO inbox_count (inbox_id) VALUES (?)", inbox.id)
    _add_labels(tx, inbox)
    return True


def get(tx: Transaction, account_id: str, id_or_address: str) -> Inbox | None:
    """One inbox of the account, by its id or its address in any case."""
    return _find(tx, account_id, id_or_address, "")


def state_of(tx: Transaction, account_id: str, inbox_id: str) -> InboxState | None:
    """Only the state of an inbox of the account."""
    sql = "SELECT state FROM inbox WHERE id = ? AND account_id = ?"
    row = tx.one(sql, inbox_id, account_id)
    return InboxState(row[0]) if row else None


def sends(tx: Transaction, account_id: str, inbox_id: str) -> bool:
    """Whether an inbox is active, and its domain not another account's since."""
    sql = (
        "SELECT 1 FROM inbox WHERE id = ? AND account_id = ?"  # noqa: S608
        f" AND state = 'active' AND {_NOT_ANOTHERS}"
    )
    return tx.one(sql, inbox_id, account_id) is not None


def lock(tx: Transaction, account_id: str, id_or_address: str) -> Inbox | None:
    """As `get`; nobody else changes the inbox until this operation ends."""
    # SQLite has one writer, which is lock enough.
    return _find(tx, account_id, id_or_address, " FOR UPDATE" if tx.is_postgres else "")


def find_by_address(tx: Transaction, address: str) -> Inbox | None:
    """
    The inbox of exactly this folded address, of whichever account.

    An account's inbox in a domain that another one has verified since is nobody's.
    """
    row = tx.one(f"{_SELECT} WHERE address = ? AND {_NOT_ANOTHERS}", address)
    return _inbox(row) if row else None


def catch_all(tx: Transaction, domain: str) -> Inbox | None:
    """The inbox that takes what no other inbox of the domain does, if one does."""
    sql = f"{_SELECT} WHERE domain = ? AND is_catch_all = 1 AND state <> 'disabled'"
    row = tx.one(f"{sql} AND {_NOT_ANOTHERS}", domain)
    return _inbox(row) if row else None


def owner(tx: Transaction, id_or_address: str) -> str | None:
    """The id of the account that an inbox belongs to, by its id or its address."""
    is_address = "@" in id_or_address
    value = addresses.fold(id_or_address) if is_address else id_or_address
    column = "address" if is_address else "id"
    row = tx.one(f"SELECT account_id FROM inbox WHERE {column} = ?", value)  # noqa: S608
    return str(row[0]) if row else None


def hosted(tx: Transaction, recipients: Sequence[str]) -> frozenset[str]:
    """Which of these recipients some inbox in a domain of an account's own takes."""
    inbox_of = {each: _address_of(each) for each in recipients}
    if not inbox_of:
        return frozenset()
    asked = padded(sorted(set(inbox_of.values())))
    sql = (
        f"SELECT address FROM inbox WHERE address IN ({marks(len(asked))})"  # noqa: S608
        f" AND is_sandbox = 0 AND {_NOT_ANOTHERS}"
    )
    found = {row[0] for row in tx.all(sql, *asked)}
    rest = [each for each in asked if each not in found]
    caught = _caught(tx, {addresses.domain_of(each) for each in rest})
    return frozenset(
        each
        for each, its in inbox_of.items()
        if its in found or addresses.domain_of(its) in caught
    )


def list_newest(
    tx: Transaction, account_id: str, wanted: InboxFilter, before_id: str, limit: int
) -> list[Inbox]:
    """The account's inboxes made before `before_id` ("" for all), newest first."""
    table = schema.Inbox
    conditions = [table.account_id == account_id, *_conditions(account_id, wanted)]
    if before_id:
        conditions.append(table.id < before_id)
    query = (
        table.select(*(getattr(table, name) for name in _NAMES))
        .where(*conditions)
        .order_by(table.id.desc())
        .limit(limit)
    )
    return [_inbox(row) for row in tx.query(query)]


def update(tx: Transaction, inbox: Inbox) -> None:
    """Writes everything of an inbox that can change, its labels too."""
    tx.touch(CHANGED)
    values = _row(inbox)
    tx.execute(_UPDATE, *(values[name] for name in _CHANGING), inbox.id)
    tx.execute("DELETE FROM inbox_label WHERE inbox_id = ?", inbox.id)
    _add_labels(tx, inbox)


def usage(tx: Transaction, inbox: Inbox) -> InboxUsage:
    """How much of the send limits the inbox has used in the running windows."""
    day, minute = windows.day_of(tx.now), windows.minute_of(tx.now)
    return InboxUsage(
        sends_today=limits.used(tx, "day", inbox.id, day.start),
        day_reset_at=day.reset_at,
        sends_this_minute=limits.used(tx, "minute", inbox.id, minute.start),
        minute_send_limit=windows.MINUTE,
        minute_reset_at=minute.reset_at,
    )


def counts(tx: Transaction, inbox_id: str) -> InboxCounts:
    """The inbox's counters."""
    row = tx.one(_COUNTS, inbox_id)
    if row is None:
        return InboxCounts()
    return InboxCounts(**dict(zip(COUNTERS, row, strict=True)))


def due_to_expire(tx: Transaction, limit: int) -> list[Inbox]:
    """Inboxes of any accounts that have expired and are not disabled, oldest first."""
    sql = (
        f"{_SELECT} WHERE expires_at IS NOT NULL AND state <> 'disabled'"
        " AND expires_at <= ? ORDER BY expires_at LIMIT ?"
    )
    return [_inbox(row) for row in tx.all(sql, columns.write_time(tx.now), limit)]


def due_to_resume(tx: Transaction, limit: int) -> list[Inbox]:
    """Inboxes of any accounts whose suspension has run out, oldest first."""
    sql = (
        f"{_SELECT} WHERE resumes_at IS NOT NULL AND state = 'suspended'"
        " AND resumes_at <= ? ORDER BY resumes_at LIMIT ?"
    )
    return [_inbox(row) for row in tx.all(sql, columns.write_time(tx.now), limit)]


def left_holding(tx: Transaction, reason: str, limit: int) -> list[Inbox]:
    """Active inboxes with deliveries held for `reason`, disabled ones with any held."""
    reasons = waiting.hold_reasons(tx)
    rows: list[Row] = []
    for state, why in (("active", [reason]), ("disabled", reasons)):
        for each in why:
            rows += tx.all(_LEFT_HOLDING, state, each, each, limit)
    return [_inbox(row) for row in sorted({*rows}, key=itemgetter(0))[:limit]]


def _address_of(recipient: str) -> str:
    """The address of the inbox that a recipient, perhaps with a tag, names."""
    user, _ = addresses.split_tag(addresses.local_of(recipient))
    return addresses.fold(f"{user}@{addresses.domain_of(recipient)}")


def _caught(tx: Transaction, domains: set[str]) -> set[str]:
    """Which of these domains have an inbox for whatever else comes."""
    if not domains:
        return set()
    asked = padded(sorted(domains))
    sql = (
        f"SELECT domain FROM inbox WHERE domain IN ({marks(len(asked))})"  # noqa: S608
        f" AND is_catch_all = 1 AND state <> 'disabled' AND {_NOT_ANOTHERS}"
    )
    return {row[0] for row in tx.all(sql, *asked)}


def _find(
    tx: Transaction, account_id: str, id_or_address: str, suffix: str
) -> Inbox | None:
    is_address = "@" in id_or_address
    column = "address" if is_address else "id"
    value = addresses.fold(id_or_address) if is_address else id_or_address
    sql = f"{_SELECT} WHERE {column} = ? AND account_id = ?{suffix}"
    row = tx.one(sql, value, account_id)
    return _inbox(row) if row else None


def _conditions(account_id: str, wanted: InboxFilter) -> list[peewee.Node]:
    table = schema.Inbox
    conditions: list[peewee.Node] = []
    if wanted.labels:
        conditions.append(table.id.in_(_labelled(account_id, wanted.labels)))
    if wanted.states:
        conditions.append(table.state.in_([state.value for state in wanted.states]))
    if wanted.domain:
        conditions.append(table.domain == wanted.domain.lower())
    if wanted.address_contains:
        conditions.append(table.address.contains(wanted.address_contains.lower()))
    if wanted.visible_ids is not None:
        conditions.append(table.id.in_(wanted.visible_ids))
    return conditions


def _labelled(account_id: str, labels: tuple[str, ...]) -> peewee.Node:
    table = schema.InboxLabel
    return table.select(table.inbox_id).where(
        table.account_id == account_id, table.label.in_(labels)
    )


def _add_labels(tx: Transaction, inbox: Inbox) -> None:
    tx.execute_many(
        "INSERT INTO inbox_label (account_id, label, inbox_id) VALUES (?, ?, ?)",
        [(inbox.account_id, label, inbox.id) for label in inbox.labels],
    )


def _row(inbox: Inbox) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(inbox, name, None) for name in _NAMES}
    values["is_sandbox"] = int(inbox.is_sandbox)
    values["labels"] = columns.write_list(inbox.labels)
    values["permissions"] = columns.write_list(sorted(inbox.permissions))
    values["metadata"] = columns.write_mapping(inbox.metadata)
    values["state"] = inbox.state.value
    values["require_auth"] = inbox.require_auth.value
    values["is_catch_all"] = int(inbox.is_catch_all)
    values["tracking"] = asked.write(inbox.tracking)
    values["legal_hold"] = int(inbox.legal_hold)
    if inbox.retention is not None:
        values["content_days"] = inbox.retention.content_days
        values["metadata_days"] = inbox.retention.metadata_days
    values["suspension"] = _write_suspension(inbox.suspension)
    until = inbox.suspension.until if inbox.suspension else None
    values["resumes_at"] = columns.write_time(until)
    for name in _INSTANTS:
        values[name] = columns.write_time(values[name])
    return values


@lru_cache(maxsize=_READ_MAX)
def _inbox(row: tuple[Any, ...]) -> Inbox:
    values = dict(zip(_NAMES, row, strict=True))
    del values["resumes_at"]
    values["is_sandbox"] = bool(values["is_sandbox"])
    values["labels"] = columns.read_list(values["labels"])
    values["permissions"] = frozenset(columns.read_list(values["permissions"]))
    values["metadata"] = columns.read_mapping(values["metadata"])
    values["state"] = InboxState(values["state"])
    values["require_auth"] = Requirement(values["require_auth"])
    values["is_catch_all"] = bool(values["is_catch_all"])
    values["tracking"] = asked.read(values["tracking"])
    values["legal_hold"] = bool(values["legal_hold"])
    content, metadata = values.pop("content_days"), values.pop("metadata_days")
    if content is not None:
        kept = Retention(content_days=content, metadata_days=metadata or FOR_EVER)
        values["retention"] = kept
    values["suspension"] = _read_suspension(values["suspension"])
    for name in _INSTANTS:
        values[name] = columns.read_time(values[name])
    return Inbox(**values)


def _write_suspension(suspension: Suspension | None) -> str:
    if suspension is None:
        return ""
    values = {
        "reason": suspension.reason,
        "by": suspension.by,
        "since": columns.write_time(suspension.since),
        "until": columns.write_time(suspension.until),
        "refuse_inbound": suspension.refuse_inbound,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _read_suspension(text: str) -> Suspension | None:
    if not text:
        return None
    values = json.loads(text)
    return Suspension(
        reason=values["reason"],
        by=values["by"],
        since=columns.read_time(values["since"]),
        until=columns.read_time(values["until"]),
        refuse_inbound=values["refuse_inbound"],
    )
