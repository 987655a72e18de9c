"""
Takes messages out of what their threads add up to, because they are deleted.

A thread without messages goes, with its ties: a late answer begins a new one. While
any is left all its ties stay, so that answers to what was deleted still find it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from mailbot_server.store import mailboxes
from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded
from mailbot_server.store.threads import (
    aggregates,
    joining,
    labels,
    leaving,
    listing,
    members,
    participants,
)
from mailbot_server.store.threads.aggregates import Aggregate
from mailbot_server.store.threads.members import Member

READ_MAX: Final = 500
"""In a thread with more messages, whoever takes part in it goes on doing so."""

_APART: Final = (
    "DELETE FROM thread_apart WHERE other_id = ?"
    " AND one_id IN (SELECT other_id FROM thread_apart WHERE one_id = ?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A thread by its root and all its ids, as it was, and what is to leave it."""

    root: str
    own: Sequence[str]
    before: Aggregate
    messages: Sequence[Member]


def begin(
    tx: Transaction,
    inbox_id: str,
    thread_ids: Sequence[str],
    message_ids: Sequence[str],
) -> list[Leaving]:
    """Which threads these messages leave; locked. Then delete them, and `finish`."""
    if not thread_ids:
        return []
    roots = joining.lock_by_any_id(tx, inbox_id, sorted(set(thread_ids)))
    found = []
    for root in sorted(set(roots.values())):
        own = listing.ids_of(tx, root)
        found.append(
            Leaving(
                root=root,
                own=own,
                before=leaving.total(tx, root),
                messages=members.these(tx, own, message_ids),
            )
        )
    return found


def finish(tx: Transaction, inbox_id: str, own_address: str, left: Leaving) -> bool:
    """What a thread adds up to after its messages were deleted; False: it went, too."""
    before = left.before
    if before.inbound_count + before.outbound_count <= len(left.messages):
        _delete(tx, inbox_id, left)
        return False
    after = leaving.without(tx, left.own, before, left.messages)
    newest = members.newest(tx, left.own, READ_MAX)
    if len(newest) < READ_MAX:
        everybody = [box for each in reversed(newest) for box in each.people]
        people = mailboxes.write(aggregates.distinct(everybody, own_address))
        after = replace(after, participants=people)
    leaving.write(tx, left.root, inbox_id, before, after)
    leaving.retell_beginning(tx, left.root, left.own)
    return True


def _delete(tx: Transaction, inbox_id: str, left: Leaving) -> None:
    its = labels.of(tx, [left.root]).get(left.root, ())
    labels.put(tx, inbox_id, left.root, its, ())
    participants.change(tx, inbox_id, left.root, left.before.participants, "")
    for each in left.own:
        tx.execute(_APART, each, each)
    wanted = padded(left.own)
    among = marks(len(wanted))
    for statement in (
        "DELETE FROM thread_apart WHERE one_id IN ({})",
        "DELETE FROM thread_tie WHERE thread_id IN ({})",
        "DELETE FROM thread_change WHERE thread_id IN ({})",
        "DELETE FROM thread WHERE id IN ({})",
    ):
        tx.execute(statement.format(among), *wanted)
    tx.count(inbox_id, threads=-1, unreplied_threads=-left.before.is_unreplied)
