"""
Brings a database to the current schema, step by step, under a lock.

Steps are numbered modules of `migrations`; each runs once, in one transaction with
its row in `migration`. A database that is newer than this program is refused.
"""

import contextlib
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


_Exclusive = contextlib.AbstractContextManager[SqliteConnection | PostgresConnection]


class SchemaTooNew(Exception):
    """The database was brought forward by a newer version of mailbot."""


def migrate(
    backend: SqliteBackend | PostgresBackend, now: datetime, epoch: str
) -> list[str]:
    """
    Runs the steps that are missing; the names of those that ran.

    `epoch` names a new database's event logs; it is stored once. Blocks until no
    other process migrates. Raises SchemaTooNew, and Unavailable for a database that
    cannot be opened.
    """
    with _exclusive(backend) as connection:
        connection.execute(_CREATE, ())
        done = _done(connection)
        if done > len(STEPS):
            message = f"the database is at step {done}, this program knows {len(STEPS)}"
            raise SchemaTooNew(message)
        for number, step in enumerate(STEPS[done:], done + 1):
            for statement in step.statements(is_postgres=connection.is_postgres):
                connection.execute(statement, ())
            at = columns.write_time(now)
            connection.execute(_RECORD, (number, step.NAME, at))
        if done == 0:
            connection.execute(_EPOCH, (epoch,))
        return [step.NAME for step in STEPS[done:]]


def pending(backend: SqliteBackend | PostgresBackend) -> int:
    """How many steps are missing; raises Unavailable as `migrate`."""
    with _exclusive(backend) as connection:
        connection.execute(_CREATE, ())
        return len(STEPS) - _done(connection)


@contextlib.contextmanager
def _exclusive(
    backend: SqliteBackend | PostgresBackend,
) -> Iterator[SqliteConnection | PostgresConnection]:
    exclusive = cast("_Exclusive", backend.exclusive())
    with contextlib.ExitStack() as stack:
        try:
            connection = stack.enter_context(exclusive)
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
