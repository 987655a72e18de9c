"""Remembers which server processes are alive, which fell silent, and if any may be."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import psycopg

from mailbot_server.store import columns
from mailbot_server.store.database import Transaction

_TIMELINE: Final = "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"


def seen(
    tx: Transaction, node_id: str, *, name: str = "", delivers: bool = True
) -> None:
    """
    Says that this process is alive now, and whether it delivers.

    A name, once given, stays.
    """
    now = columns.write_time(tx.now)
    tx.execute(
        "INSERT INTO node (id, started_at, seen_at, delivers, name)"
        " VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at,"
        " delivers = excluded.delivers, name = CASE"
        " WHEN excluded.name = '' THEN node.name ELSE excluded.name END",
        *(node_id, now, now, int(delivers), name),
    )


def silent(tx: Transaction, before: datetime) -> list[str]:
    """The processes that said nothing since before, in the order of their ids."""
    sql = "SELECT id FROM node WHERE seen_at < ? ORDER BY id"
    return [str(row[0]) for row in tx.all(sql, columns.write_time(before))]


def alive(tx: Transaction, since: datetime) -> list[str]:
    """The names of processes that were seen since, or the ids of those without one."""
    sql = (
        "SELECT CASE WHEN name = '' THEN id ELSE name END FROM node"
        " WHERE seen_at >= ? ORDER BY id"
    )
    return [str(row[0]) for row in tx.all(sql, columns.write_time(since))]


def delivering(tx: Transaction, since: datetime) -> list[str]:
    """The processes that deliver and were seen since, in the order of their ids."""
    sql = "SELECT id FROM node WHERE delivers = 1 AND seen_at >= ? ORDER BY id"
    return [str(row[0]) for row in tx.all(sql, columns.write_time(since))]


def forget(tx: Transaction, node_ids: Sequence[str]) -> None:
    """Deletes processes that are gone; what they had leased or led is free at once."""
    ids = [(node_id,) for node_id in sorted(node_ids)]
    tx.execute_many("UPDATE leader SET until = 0 WHERE node_id = ?", ids)
    tx.execute_many("DELETE FROM node WHERE id = ?", ids)


def keep_out(tx: Transaction) -> None:
    """Has no process begin to work until `let_in`; those that do go on."""
    tx.execute(
        "INSERT INTO setting (name, value) VALUES ('kept_out', '1')"
        " ON CONFLICT (name) DO NOTHING"
    )


def let_in(tx: Transaction) -> None:
    """Ends what `keep_out` began."""
    tx.execute("DELETE FROM setting WHERE name = 'kept_out'")


def are_kept_out(tx: Transaction) -> bool:
    """Whether no process may begin to work."""
    return tx.one("SELECT 1 FROM setting WHERE name = 'kept_out'") is not None


def timeline(tx: Transaction) -> str:
    """
    Which life of PostgreSQL this is: a promotion begins a new one; not for SQLite.

    "" where it is not told, as by some that others run. Then nothing more can be read.
    """
    try:
        row = tx.one(_TIMELINE)
    except (psycopg.NotSupportedError, psycopg.ProgrammingError):
        return ""
    return str(row[0]) if row else ""


def has_failed_over(tx: Transaction, now: str) -> bool:
    """
    Whether another PostgreSQL has taken over since this was last asked.

    `now` is its timeline. The one that was seen is kept in the database, so that one
    process of all says so, and a restart in between hides nothing.
    """
    before = tx.one("SELECT value FROM setting WHERE name = 'timeline' FOR UPDATE")
    if before is not None and before[0] == now:
        return False
    tx.execute(
        "INSERT INTO setting (name, value) VALUES ('timeline', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        now,
    )
    return before is not None


def shared_time(tx: Transaction) -> datetime:
    """What PostgreSQL's clock says, which all processes go by; not for SQLite."""
    row = tx.one("SELECT clock_timestamp()")
    assert row is not None, "a query without conditions has a row"
    moment: datetime = row[0]
    return moment.astimezone(UTC)
