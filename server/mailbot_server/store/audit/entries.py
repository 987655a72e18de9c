"""Entries of an account's audit: one, or those that match, newest first."""

from collections.abc import Sequence
from typing import Any, Final

import peewee

from mailbot_server.core.audit import AuditFilter, Entry
from mailbot_server.store import columns, schema
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import allowed_inboxes, unindexed

Place = tuple[int, int]
"""When an entry was written, in microseconds, and its sequence."""

_NAMES: Final = (
    *("account_id", "sequence", "id", "created_at", "actor_id", "surface"),
    *("action", "resource_type", "resource_id", "inbox_id", "request_id"),
    *("before_json", "after_json", "previous_hash", "hash"),
)
SELECT: Final = f"SELECT {', '.join(_NAMES)} FROM audit_entry"  # noqa: S608


def get(tx: Transaction, account_id: str, entry_id: str) -> Entry | None:
    """One entry of the account."""
    row = tx.one(f"{SELECT} WHERE id = ? AND account_id = ?", entry_id, account_id)
    return entry_of(row) if row else None


def list_newest(
    tx: Transaction,
    account_id: str,
    wanted: AuditFilter,
    before: Place | None,
    limit: int,
) -> list[Entry]:
    """The account's, written before that place, newest first."""
    table = schema.AuditEntry
    conditions = [table.account_id == account_id, *_conditions(wanted)]
    if before is not None:
        at, sequence = before
        conditions += [
            table.created_at <= at,
            (table.created_at < at) | (table.sequence < sequence),
        ]
    query = (
        table.select(*(getattr(table, name) for name in _NAMES))
        .where(*conditions)
        .order_by(table.created_at.desc(), table.sequence.desc())
        .limit(limit)
    )
    return [entry_of(row) for row in tx.query(query)]


def place_of(entry: Entry) -> Place:
    """Where an entry stands in a list."""
    return columns.write_time(entry.created_at), entry.sequence


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry in a row of SELECT."""
    *facts, before, after, previous_hash, own_hash = row
    account_id, sequence, entry_id, created_at, *texts = facts
    actor_id, surface, action, kind, resource_id, inbox_id, request_id = texts
    return Entry(
        account_id=account_id,
        sequence=sequence,
        id=entry_id,
        created_at=columns.read_time(created_at),
        actor_id=actor_id,
        surface=surface,
        action=action,
        resource_type=kind,
        resource_id=resource_id,
        inbox_id=inbox_id,
        request_id=request_id,
        before=before,
        after=after,
        previous_hash=bytes(previous_hash),
        hash=bytes(own_hash),
    )


def _conditions(wanted: AuditFilter) -> list[peewee.Node]:
    table = schema.AuditEntry
    inbox_ids = allowed_inboxes(wanted.inbox_id, wanted.inbox_ids)
    # What likely narrows most comes first, and alone chooses the index.
    values: dict[Any, tuple[str, ...] | None] = {
        table.resource_id: (wanted.resource_id,) if wanted.resource_id else None,
        table.inbox_id: inbox_ids,
        table.actor_id: (wanted.actor_id,) if wanted.actor_id else None,
        table.resource_type: (wanted.resource_type,) if wanted.resource_type else None,
    }
    conditions: list[peewee.Node] = []
    for column, its in values.items():
        if its is None:
            continue
        compared = unindexed(column) if conditions else column
        is_one = len(its) == 1
        conditions.append(compared == its[0] if is_one else compared.in_(its))
    if wanted.action.endswith("."):
        end = wanted.action[:-1] + chr(ord(".") + 1)
        conditions += [table.action >= wanted.action, table.action < end]
    elif wanted.action:
        conditions.append(table.action == wanted.action)
    if wanted.started_at is not None:
        conditions.append(table.created_at >= columns.write_time(wanted.started_at))
    if wanted.ended_at is not None:
        conditions.append(table.created_at < columns.write_time(wanted.ended_at))
    return conditions
