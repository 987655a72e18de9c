"""Reads how much was sent and received, added up as it is asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from mailbot_server.core.usage import NAMES, Counts, Wanted
from mailbot_server.store.database import Transaction
from mailbot_server.store.database.counting import amounts_of
from mailbot_server.store.statements import marks, padded

TOP: Final = 50
_SUMS: Final = ", ".join(f"SUM({name})" for name in NAMES)


class Place(NamedTuple):
    """The last inbox of a page, and what it was sorted by."""

    recipients: int
    inbox_id: str


def pieces(tx: Transaction, wanted: Wanted, hours: int) -> dict[int, Counts]:
    """
    The counts of each piece in which anything happened, by its number.

    Pieces of so many hours are numbered from 1970 on; with 0 all is one, number 0.
    """
    piece = f"hour / {hours}" if hours else "0"
    return _grouped(tx, piece, wanted, "", ())


def by_inbox(
    tx: Transaction, wanted: Wanted, after: Place | None, limit: int
) -> list[tuple[str, Counts]]:
    """Inboxes with their counts, those that wrote to most recipients first."""
    having, place = "", tuple[Any, ...]()
    if after is not None:
        having = " HAVING SUM(recipients) < ? OR (SUM(recipients) = ? AND inbox_id > ?)"
        place = (after.recipients, after.recipients, after.inbox_id)
    ending = f"{having} ORDER BY SUM(recipients) DESC, inbox_id LIMIT ?"
    return _named(tx, "inbox_id", wanted, ending, (*place, limit))


def by_domain(tx: Transaction, wanted: Wanted) -> list[tuple[str, Counts]]:
    """The recipient domains to which most was written, at most TOP."""
    ending = " ORDER BY SUM(recipients) DESC, recipient_domain LIMIT ?"
    found = _named(tx, "recipient_domain", wanted, ending, (TOP + 1,))
    return [(domain, _there(counts)) for domain, counts in found if domain][:TOP]


def is_incomplete(tx: Transaction, account_id: str) -> bool:
    """Whether events from before there were counts are still being counted."""
    sql = "SELECT 1 FROM recount WHERE account_id = ? AND is_first = 1"
    return tx.one(sql, account_id) is not None


def _named(
    tx: Transaction, column: str, wanted: Wanted, ending: str, values: Sequence[Any]
) -> list[tuple[str, Counts]]:
    return [*_grouped(tx, column, wanted, ending, values).items()]


def _grouped(
    tx: Transaction, by: str, wanted: Wanted, ending: str, values: Sequence[Any]
) -> dict[Any, Counts]:
    where, parameters = _where(wanted)
    found = tx.all(
        f"SELECT {by}, {_SUMS} FROM usage_hour WHERE {where}"  # noqa: S608
        f" GROUP BY 1{ending}",
        *(*parameters, *values),
    )
    amounts = {row[0]: amounts_of(row[1:]) for row in found if row[1] is not None}
    refused = _refused(tx, by, wanted, [*amounts]) if _any_refused(amounts) else {}
    counts = {
        name: Counts(amounts=each, bounced_by_class=refused.get(name, {}))
        for name, each in amounts.items()
    }
    if wanted.domain:
        return {name: _there(each) for name, each in counts.items()}
    return counts


def _any_refused(amounts: Mapping[Any, Mapping[str, int]]) -> bool:
    return any("bounced" in each for each in amounts.values())


def _refused(
    tx: Transaction, by: str, wanted: Wanted, names: Sequence[Any]
) -> dict[Any, dict[str, int]]:
    where, parameters = _where(wanted)
    if isinstance(names[0], str):
        listed = padded(names)
        where += f" AND {by} IN ({marks(len(listed))})"
        parameters += listed
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for name, bounce_class, amount in tx.all(
        f"SELECT {by}, bounce_class, SUM(amount) FROM usage_bounce"  # noqa: S608
        f" WHERE {where} GROUP BY 1, 2",
        *parameters,
    ):
        found[name][bounce_class] = int(amount)
    return found


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    """The condition; one inbox is found by its own index."""
    hours = [wanted.first, wanted.end]
    only = wanted.inbox_ids
    if only is not None and len(only) == 1:
        where = "inbox_id = ? AND hour >= ? AND hour < ? AND account_id || '' = ?"
        parameters: list[Any] = [only[0], *hours, wanted.account_id]
    else:
        where = "account_id = ? AND hour >= ? AND hour < ?"
        parameters = [wanted.account_id, *hours]
        if only is not None:
            listed = padded(only or ("",))
            where += f" AND inbox_id IN ({marks(len(listed))})"
            parameters += listed
    if wanted.domain:
        where += " AND recipient_domain = ?"
        parameters.append(wanted.domain)
    return where, parameters


def _there(counts: Counts) -> Counts:
    """For a domain, a message counts wherever it goes."""
    amounts = {**counts.amounts, "messages": counts["messages_there"]}
    return Counts(amounts=amounts, bounced_by_class=counts.bounced_by_class)
