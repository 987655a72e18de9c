"""What waits in the queue or is held: released, called back, given up, counted."""

from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final

from mailbot_server.core.delivery import Delivery, Step, advance
from mailbot_server.store import columns
from mailbot_server.store.database import Transaction
from mailbot_server.store.deliveries.records import for_update, unless_locked, update
from mailbot_server.store.deliveries.rows import SELECT, read
from mailbot_server.store.statements import each_once

_HELD: Final = "WHERE state = 'held' AND hold_reason = ?"
# The list of states is the one of the index, which SQLite would not use otherwise.
_OPEN: Final = (
    f"{SELECT} WHERE state IN ('queued', 'leased', 'deferred', 'held')"
    " AND state <> 'leased' AND inbox_id = ? ORDER BY id LIMIT ?"
)
_OVERDUE: Final = (
    f"{SELECT} WHERE state IN ('queued', 'leased', 'deferred', 'held')"
    " AND state <> 'leased' AND gives_up_at <= ?"
    " AND (state = 'held' OR gives_up_at <= ?) ORDER BY gives_up_at LIMIT ?"
)
_REASONS: Final = each_once("hold_reason", "delivery", "state = 'held'")
HOLDING: Final = each_once("inbox_id", "delivery", "state = 'held' AND hold_reason = ?")
"""The inboxes that hold something for a reason, which is given twice."""

_DEPTH: Final = (
    "SELECT CASE WHEN state IN ('leased', 'held') THEN state WHEN due_at <= ?"
    " THEN 'ready' ELSE 'scheduled' END, stream, COUNT(*), MIN(due_at),"
    " MIN(queued_at) FROM delivery"
    " WHERE state IN ('queued', 'leased', 'deferred', 'held') GROUP BY 1, 2"
    " ORDER BY 1, 2"
)


def holding(tx: Transaction, reason: str) -> list[str]:
    """The inboxes of all accounts with something held for `reason`, each once."""
    return [str(row[0]) for row in tx.all(HOLDING, reason, reason)]


def hold_reasons(tx: Transaction) -> list[str]:
    """For what anything is held, in all accounts."""
    return [str(row[0]) for row in tx.all(_REASONS)]


def held_domains(tx: Transaction, inbox_id: str, reason: str) -> list[tuple[str, str]]:
    """Sender's domain and recipient's of what an inbox holds, each pair once."""
    sql = (
        f"SELECT DISTINCT sender_domain, domain FROM delivery {_HELD}"  # noqa: S608
        " AND inbox_id = ?"
    )
    found = {(str(row[0]), str(row[1])) for row in tx.all(sql, reason, inbox_id)}
    return sorted(found, key=itemgetter(1, 0))


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


def count_held(tx: Transaction, inbox_id: str, reason: str, most: int) -> int:
    """How many deliveries of an inbox are held for `reason`; stops at `most`."""
    some = f"SELECT 1 FROM delivery {_HELD} AND inbox_id = ? LIMIT ?"  # noqa: S608
    row = tx.one(f"SELECT COUNT(*) FROM ({some}) AS held", reason, inbox_id, most)  # noqa: S608
    return int(row[0]) if row else 0


def release(
    tx: Transaction,
    inbox_id: str,
    reason: str,
    limit: int,
    domain: str = "",
    sender_domain: str | None = None,
) -> list[Delivery]:
    """
    Queues what an inbox holds for `reason`, due now; touches "deliveries".

    `domain` "" means any domain, and `sender_domain` None. It costs what it releases,
    however much is held: about the oldest is taken, as an index without order gives it.
    """
    where, of = f"{SELECT} {_HELD} AND inbox_id = ?", [reason, inbox_id]
    if domain:
        where, of = f"{where} AND domain = ?", [*of, domain]
    if sender_domain is not None:
        where, of = f"{where} AND sender_domain = ?", [*of, sender_domain]
    rows = tx.all(f"{where} LIMIT ?{unless_locked(tx)}", *of, limit)
    released = [
        replace(
            delivery,
            state=advance(delivery.state, Step.RELEASE),
            due_at=tx.now,
            updated_at=tx.now,
            hold_reason="",
        )
        for delivery in map(read, sorted(rows))
    ]
    update(tx, released)
    return released


def cancel_open(tx: Transaction, inbox_id: str, limit: int) -> list[Delivery]:
    """
    Cancels what waits in an inbox, oldest first; what is leased is not touched.

    Takes it off the inbox's open deliveries; touches "deliveries".
    """
    rows = tx.all(_OPEN + for_update(tx), inbox_id, limit)
    cancelled = [
        replace(
            delivery,
            state=advance(delivery.state, Step.CANCEL),
            updated_at=tx.now,
            hold_reason="",
        )
        for delivery in map(read, rows)
    ]
    update(tx, cancelled)
    return cancelled


def overdue(tx: Transaction, grace: timedelta, limit: int) -> list[Delivery]:
    """
    Deliveries, of any account, that wait although their time has run out.

    What is held has no attempt before it; the others have the last one at the end of
    their time, and so long to make it. What is leased is ended by its attempt.
    """
    latest = columns.write_time(tx.now - grace)
    rows = tx.all(_OVERDUE, columns.write_time(tx.now), latest, limit)
    return [read(row) for row in rows]


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
