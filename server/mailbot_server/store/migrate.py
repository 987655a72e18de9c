"""
Brings a database to the current schema, step by step, under a lock.

Steps are numbered modules of `migrations`; each runs once, in one transaction with
its row in `migration`: those of a new database in one, those of one in use one by one,
so that few tables are wanted at a time. Steps expand: the program of the version before
goes on running on what they make, and starts on it, too. One that contracts says from
which step on a program must know the schema to run on it (`SERVES_FROM`); a database
that has left this program behind is refused.
"""

import contextlib
import time
from collections.abc import Iterator
from datetime import datetime
from types import ModuleType
from typing import Final, cast

import apsw
import peewee
import psycopg

from mailbot_server.core.errors import Unavailable
from mailbot_server.store import columns
from mailbot_server.store.database.connection import SqliteConnection
from mailbot_server.store.database.postgres import PostgresBackend, PostgresConnection
from mailbot_server.store.database.sqlite import SqliteBackend
from mailbot_server.store.migrations import (
    m0001_begin,
    m0002_outbound,
    m0003_inbound,
    m0004_conversations,
    m0005_search,
    m0006_log,
    m0007_subscriptions,
    m0008_webhooks,
    m0009_replays,
    m0010_engagement,
    m0011_usage,
    m0012_retention,
    m0013_audit,
    m0014_workers,
)

STEPS: Final[tuple[ModuleType, ...]] = (
    *(m0001_begin, m0002_outbound, m0003_inbound),
    *(m0004_conversations, m0005_search),
    *(m0006_log, m0007_subscriptions, m0008_webhooks),
    *(m0009_replays, m0010_engagement, m0011_usage),
    *(m0012_retention, m0013_audit, m0014_workers),
)

_CREATE: Final = (
    "CREATE TABLE IF NOT EXISTS migration"
    " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)"
)
_RECORD: Final = "INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)"
_EPOCH: Final = "INSERT INTO setting (name, value) VALUES ('epoch', ?)"
_SERVES: Final = (
    "INSERT INTO setting (name, value) VALUES ('schema_serves_from', ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_SERVES_FROM: Final = "SELECT value FROM setting WHERE name = 'schema_serves_from'"

RUNS_MAX: Final = 30
PAUSE_SECONDS: Final = 0.02
"""
A step waits for tables that others use, and may lose against them: it tries again, each
time after as much longer, for ten seconds and what it waits for locks.
"""

_AGAIN: Final = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.LockNotAvailable,
)


_Exclusive = contextlib.AbstractContextManager[SqliteConnection | PostgresConnection]


class SchemaTooNew(Exception):
    """The database was brought forward by a version that this one cannot follow."""


def migrate(
    backend: SqliteBackend | PostgresBackend, now: datetime, epoch: str
) -> list[str]:
    """
    Runs the steps that are missing; the names of those that ran.

    `epoch` names a new database's event logs; it is stored once. Blocks until no
    other process migrates. Raises SchemaTooNew, and Unavailable for a database that
    cannot be opened.
    """
    ran: list[str] = []
    while names := _patiently(backend, now, epoch):
        ran += names
    return ran


def _patiently(
    backend: SqliteBackend | PostgresBackend, now: datetime, epoch: str
) -> list[str]:
    for run in range(1, RUNS_MAX + 1):
        try:
            return _migrate(backend, now, epoch)
        except _AGAIN as error:
            if run == RUNS_MAX:
                message = "others keep tables locked that must change; try again"
                raise Unavailable(message) from error
        time.sleep(PAUSE_SECONDS * run)
    raise AssertionError


def _migrate(
    backend: SqliteBackend | PostgresBackend, now: datetime, epoch: str
) -> list[str]:
    with _exclusive(backend) as connection:
        connection.execute(_CREATE, ())
        done = _done(connection)
        if done > len(STEPS):
            _check_followed(connection, done)
        steps = STEPS[done : done + 1] if done else STEPS
        for number, step in enumerate(steps, done + 1):
            for statement in step.statements(is_postgres=connection.is_postgres):
                connection.execute(statement, ())
            at = columns.write_time(now)
            connection.execute(_RECORD, (number, step.NAME, at))
        if done == 0:
            connection.execute(_EPOCH, (epoch,))
        if steps:
            serves_from = _serves_from(done + len(steps))
            connection.execute(_SERVES, (str(serves_from),))
        return [step.NAME for step in steps]


def _serves_from(done: int) -> int:
    """How many steps a program must know at least to run where so many are done."""
    return max(getattr(step, "SERVES_FROM", 1) for step in STEPS[:done])


def _check_followed(
    connection: SqliteConnection | PostgresConnection, done: int
) -> None:
    """Raises SchemaTooNew unless the newer schema still serves this program."""
    rows = connection.execute(_SERVES_FROM, ()).fetchall()
    if not rows or int(rows[0][0]) > len(STEPS):
        message = f"the database is at step {done}, this program knows {len(STEPS)}"
        raise SchemaTooNew(message)


@contextlib.contextmanager
def _exclusive(
    backend: SqliteBackend | PostgresBackend,
) -> Iterator[SqliteConnection | PostgresConnection]:
    exclusive = cast("_Exclusive", backend.exclusive())
    with contextlib.ExitStack() as stack:
        try:
            connection = stack.enter_context(exclusive)
        except _AGAIN:
            raise
        except (peewee.PeeweeException, psycopg.Error, apsw.Error) as error:
            words = str(error).partition("\n")[0]
            message = f"the database cannot be opened: {words}"
            raise Unavailable(message) from error
        yield connection


def _done(connection: SqliteConnection | PostgresConnection) -> int:
    rows = connection.execute(
        "SELECT COALESCE(MAX(number), 0) FROM migration", ()
    ).fetchall()
    return int(rows[0][0])
