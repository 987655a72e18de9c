"""
Which thread each tie belongs to: it is taken once, by its unique key.

Taking a tie waits for whoever else takes it, so ties are taken in one order.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from mailbot_server.store.database import Transaction
from mailbot_server.store.statements import marks, padded, rows

_BYTES_MAX: Final = 500
"""Longer ones are hashed: PostgreSQL's indexes hold no key over 2,700 bytes."""

_SELECT: Final = (
    "SELECT tie, (SELECT root_id FROM thread WHERE thread.id = thread_tie.thread_id)"
    " FROM thread_tie WHERE inbox_id = ? AND tie IN ({})"
)
_INSERT: Final = (
    "INSERT INTO thread_tie (inbox_id, tie, thread_id) VALUES {}"
    " ON CONFLICT (inbox_id, tie) DO NOTHING RETURNING tie"
)
_GIVE: Final = "UPDATE thread_tie SET thread_id = ? WHERE inbox_id = ? AND tie = ?"


def key(tie: str) -> str:
    """The tie, or a short name for it that no id has, because of its space."""
    octets = tie.encode("utf-8", "replace")
    if len(octets) <= _BYTES_MAX:
        return tie
    return f"sha256 {hashlib.sha256(octets).hexdigest()}"


def keys(ties: Iterable[str]) -> list[str]:
    """The key of each, in order, each once."""
    return list(dict.fromkeys(map(key, ties)))


def roots(tx: Transaction, inbox_id: str, wanted: Sequence[str]) -> dict[str, str]:
    """The root of each key that is known."""
    if not wanted:
        return {}
    asked = padded(wanted)
    return dict(tx.all(_SELECT.format(marks(len(asked))), inbox_id, *asked))


def take(
    tx: Transaction, inbox_id: str, wanted: Collection[str], thread_id: str
) -> set[str]:
    """Gives new keys to a thread; those that nobody else had taken."""
    if not wanted:
        return set()
    asked = padded(sorted(wanted))
    values = [value for each in asked for value in (inbox_id, each, thread_id)]
    sql = _INSERT.format(rows(len(asked), 3))
    return {row[0] for row in tx.all(sql, *values)}


def give(
    tx: Transaction, inbox_id: str, wanted: Collection[str], thread_id: str
) -> None:
    """Moves keys to another thread."""
    tx.execute_many(_GIVE, [(thread_id, inbox_id, each) for each in sorted(wanted)])
