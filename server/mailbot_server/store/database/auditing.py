"""
Changes as entries of an account's chain, and the statements that append them.

The chain's head is locked from the first statement until the commit, so that no place
is given twice and none is left out. It is the last lock but that of the event log.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from mailbot_server.core.audit import Change, Entry, Link
from mailbot_server.core.audit.chain import hash_of
from mailbot_server.core.audit.change import difference
from mailbot_server.store import columns
from mailbot_server.store.database.stamp import Stamp

# Nothing is set anew: the row is there and locked, whoever was first.
LOCK: Final = (
    "INSERT INTO audit_head (account_id, sequence, hash) VALUES (?, 0, ?)"
    " ON CONFLICT (account_id) DO UPDATE SET sequence = audit_head.sequence"
    " RETURNING sequence, hash"
)
ADVANCE: Final = "UPDATE audit_head SET sequence = ?, hash = ? WHERE account_id = ?"
INSERT: Final = (
    "INSERT INTO audit_entry (account_id, sequence, id, created_at, actor_id, surface,"
    " action, resource_type, resource_id, inbox_id, request_id, before_json,"
    " after_json, previous_hash, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def account_of(changes: Sequence[Change]) -> str:
    """The one account that an operation changes."""
    accounts = {change.account_id for change in changes}
    if len(accounts) != 1:
        message = f"one operation changed things of {len(accounts)} accounts"
        raise AssertionError(message)
    return accounts.pop()


def chained(
    changes: Sequence[Change], link: Link, stamp: Stamp, new_id: Callable[[str], str]
) -> Iterator[Entry]:
    """Entries that follow `link`, in the order of the changes."""
    for change in changes:
        entry = _entry(change, link, stamp, new_id("aud"))
        link = Link(sequence=entry.sequence, hash=entry.hash)
        yield entry


def row(entry: Entry) -> tuple[Any, ...]:
    """The values of INSERT."""
    return (
        entry.account_id,
        entry.sequence,
        entry.id,
        columns.write_time(entry.created_at),
        entry.actor_id,
        entry.surface,
        entry.action,
        entry.resource_type,
        entry.resource_id,
        entry.inbox_id,
        entry.request_id,
        entry.before,
        entry.after,
        entry.previous_hash,
        entry.hash,
    )


def _entry(change: Change, link: Link, stamp: Stamp, entry_id: str) -> Entry:
    before, after = difference(change)
    entry = Entry(
        account_id=change.account_id,
        sequence=link.sequence + 1,
        id=entry_id,
        created_at=stamp.now,
        actor_id=change.actor_id or stamp.actor_id,
        surface=stamp.surface,
        action=change.action,
        resource_type=change.resource_type,
        resource_id=change.resource_id,
        inbox_id=change.inbox_id,
        request_id=stamp.request_id,
        before=before,
        after=after,
        previous_hash=link.hash,
    )
    return replace(entry, hash=hash_of(entry))
