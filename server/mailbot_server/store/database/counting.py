"""
Adds what an operation's events count to the usage of its account.

One row for an hour, an inbox and a recipient domain: an accepted message costs one
statement for each domain that it goes to, a received one costs one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol

from mailbot_server.core import usage
from mailbot_server.core.event import Event

HOURS: Final = ("usage_hour", "usage_bounce")
"""The table of counts, and the one of refusals by class."""

RECOUNTED: Final = ("recount_hour", "recount_bounce")
"""The same while they are being counted again."""

Key = tuple[str, int, str, str]
"""Account, hour, inbox and recipient domain."""


class Executing(Protocol):
    """What runs statements: a transaction."""

    def later(self, sql: str, *parameters: Any) -> None:
        """Runs a statement before the commit."""


class Tally:
    """What some events count, by key."""

    def __init__(self) -> None:
        self.amounts: dict[Key, dict[str, int]] = defaultdict(dict)
        self.refusals: dict[tuple[Key, str], int] = defaultdict(int)

    def add(self, event: Event, hour: int) -> None:
        """Adds what an event of that hour counts."""
        for domain, name, amount, bounce_class in usage.counted(event):
            key = (event.account_id, hour, event.inbox_id, domain)
            row = self.amounts[key]
            row[name] = row.get(name, 0) + amount
            if bounce_class:
                self.refusals[key, bounce_class] += amount

    def write(self, tx: Executing, tables: tuple[str, str] = HOURS) -> None:
        """
        Adds all of it to the tables, in the order in which everybody does.

        On SQLite behind the savepoints of a batch, which would each keep a copy of the
        pages that all of them change.
        """
        hours, bounces = tables
        for key, row in sorted(self.amounts.items()):
            tx.later(_upsert(hours, tuple(row)), *key, *row.values())
        for (key, bounce_class), amount in sorted(self.refusals.items()):
            tx.later(_refusal(bounces), *key, bounce_class, amount)


def write(tx: Executing, events: Iterable[tuple[str, Event]], now: datetime) -> None:
    """Adds what the events of an operation count."""
    tally, hour = Tally(), usage.hour_of(now)
    for _, event in events:
        tally.add(event, hour)
    if tally.amounts:
        tally.write(tx)


def amounts_of(row: Iterable[Any]) -> Mapping[str, int]:
    """Values in the order of `usage.NAMES` by their names, without those that are 0."""
    pairs = zip(usage.NAMES, row, strict=True)
    return {name: int(value) for name, value in pairs if value}


@cache
def _upsert(table: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(names)
    marks = ", ".join("?" * len(names))
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in names)
    return (
        f"INSERT INTO {table}"  # noqa: S608
        f" (account_id, hour, inbox_id, recipient_domain, {columns})"
        f" VALUES (?, ?, ?, ?, {marks})"
        " ON CONFLICT (account_id, hour, inbox_id, recipient_domain)"
        f" DO UPDATE SET {added}"
    )


@cache
def _refusal(table: str) -> str:
    return (
        f"INSERT INTO {table}"  # noqa: S608
        " (account_id, hour, inbox_id, recipient_domain, bounce_class, amount)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (account_id, hour, inbox_id, recipient_domain, bounce_class)"
        f" DO UPDATE SET amount = {table}.amount + excluded.amount"
    )
