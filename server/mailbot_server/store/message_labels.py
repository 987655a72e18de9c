"""
Labels of messages: in the row to be shown, in a table of their own to be found.

Ids of messages sort by time, so what carries a label is found newest or oldest first.
"""

import heapq
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.message import Message
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

_LOCK: Final = "SELECT labels FROM message WHERE id = ?"
_UPDATE: Final = "UPDATE message SET labels = ? WHERE id = ?"
_INSERT: Final = (
    "INSERT INTO message_label (inbox_id, label, message_id, account_id)"
    " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_DELETE: Final = (
    "DELETE FROM message_label WHERE inbox_id = ? AND label = ? AND message_id = ?"
)
_CARRYING: Final = (
    "SELECT message_id FROM message_label WHERE {} = ? AND label = ?"
    " AND message_id > ? AND message_id < ? ORDER BY message_id {} LIMIT ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which messages, between two ids, both excluded, and in which order."""

    labels: tuple[str, ...]
    between: tuple[str, str]
    oldest_first: bool


def add(tx: Transaction, message: Message) -> None:
    """Makes a new message's labels found."""
    _insert(tx, message, message.labels)


def lock(tx: Transaction, message_id: str) -> tuple[str, ...]:
    """A message's labels, which nobody else changes until this operation ends."""
    row = tx.one(_LOCK + (" FOR UPDATE" if tx.is_postgres else ""), message_id)
    return columns.read_list(row[0]) if row else ()


def put(
    tx: Transaction, message: Message, before: Sequence[str], after: Sequence[str]
) -> None:
    """Gives a message other labels than it had; the caller holds its lock."""
    if set(before) == set(after):
        return
    tx.execute(_UPDATE, columns.write_list(sorted(after)), message.id)
    gone = sorted(set(before) - set(after))
    tx.execute_many(_DELETE, [(message.inbox_id, each, message.id) for each in gone])
    _insert(tx, message, sorted(set(after) - set(before)))


def carrying(
    tx: Transaction, places: Sequence[tuple[str, str]], wanted: Wanted, limit: int
) -> list[str]:
    """
    Ids of messages that carry one of the labels, in order, at most `limit`.

    `places` are columns, inbox_id or account_id, each with a value.
    """
    order = "ASC" if wanted.oldest_first else "DESC"
    each = [
        [
            row[0]
            for row in tx.all(
                _CARRYING.format(column, order),
                *(value, label, *wanted.between, limit),
            )
        ]
        for column, value in places
        for label in dict.fromkeys(wanted.labels)
    ]
    together = heapq.merge(*each, reverse=not wanted.oldest_first)
    return list(itertools.islice(dict.fromkeys(together), limit))


def _insert(tx: Transaction, message: Message, labels: Sequence[str]) -> None:
    owner = message.account_id
    each = [(message.inbox_id, label, message.id, owner) for label in labels]
    tx.execute_many(_INSERT, each)
