"""
Pieces of statements: placeholders in few lengths, and conditions by account and inbox.

SQLite chooses an index without knowing how many rows a value has. Where several
columns are compared, the one that narrows most keeps its name and the others are
spelt so that no index fits them.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, TypeVar

import peewee

from mailbot_server.store.database import Transaction

T = TypeVar("T")

_ALONG_INDEX: Final = "SET LOCAL enable_sort = off"
_SORTING: Final = "SET LOCAL enable_sort = on"


def padded(values: Sequence[T]) -> list[T]:
    """The values, the last one repeated until there are 1, 2, 4, 8 … of them."""
    length = 1 << (len(values) - 1).bit_length()
    return [*values, *([values[-1]] * (length - len(values)))]


@cache
def marks(count: int) -> str:
    """So many placeholders with commas between."""
    return ", ".join("?" * count)


@cache
def rows(count: int, width: int) -> str:
    """So many rows of `width` placeholders, as VALUES wants them."""
    return ", ".join([f"({marks(width)})"] * count)


def each_once(column: str, table: str, within: str) -> str:
    """
    Every value of a text column, once: each step jumps in an index to the next value.

    `within` is said twice, and its parameters are. However many rows have a value, it
    costs as much as one.
    """
    after = (
        f"(SELECT {column} FROM {table} WHERE {within} AND {column} {{}}"  # noqa: S608
        f" ORDER BY {column} LIMIT 1)"
    )
    first, later = after.format(">= ''"), after.format("> jump.name")
    return (
        f"WITH RECURSIVE jump (name) AS (SELECT {first}"  # noqa: S608
        f" UNION ALL SELECT {later} FROM jump WHERE name IS NOT NULL)"
        " SELECT name FROM jump WHERE name IS NOT NULL"
    )


def along_index(tx: Transaction) -> None:
    """
    Has what follows read along an index, in its order, until `sorting`.

    PostgreSQL takes what several columns leave for less than it is: rather than walk an
    index up to a page's end, it would read an inbox's whole history and sort it.
    """
    if tx.is_postgres:
        tx.execute(_ALONG_INDEX)


def sorting(tx: Transaction) -> None:
    """Has PostgreSQL choose again whether it sorts."""
    if tx.is_postgres:
        tx.execute(_SORTING)


def unindexed(column: peewee.Field) -> Any:
    """The same text, for comparisons that should not choose the index."""
    return column.concat("")


def allowed_inboxes(
    inbox_id: str, visible_inbox_ids: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """The inboxes that a filter and a key's restriction leave; None is all."""
    if not inbox_id:
        return visible_inbox_ids
    if visible_inbox_ids is None or inbox_id in visible_inbox_ids:
        return (inbox_id,)
    return ()


def within(
    table: type[Any], account_id: str, inbox_ids: tuple[str, ...] | None
) -> list[peewee.Node]:
    """Rows of the account and of these inboxes; another condition finds them."""
    conditions = [unindexed(table.account_id) == account_id]
    if inbox_ids is not None:
        conditions.append(unindexed(table.inbox_id).in_(inbox_ids))
    return conditions


def of(
    table: type[Any], account_id: str, inbox_ids: tuple[str, ...] | None
) -> list[peewee.Node]:
    """Rows of the account and of these inboxes, found by whichever is fewer."""
    if inbox_ids is not None and len(inbox_ids) == 1:
        one = table.inbox_id == inbox_ids[0]
        return [one, unindexed(table.account_id) == account_id]
    account = table.account_id == account_id
    if inbox_ids is None:
        return [account]
    return [account, unindexed(table.inbox_id).in_(inbox_ids)]
