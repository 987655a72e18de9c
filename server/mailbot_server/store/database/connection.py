"""A connection to one SQLite file: how it is opened, and what its errors mean."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import apsw
import peewee
from playhouse.apsw_ext import APSWDatabase

from mailbot_server.store.database import occurrences
from mailbot_server.store.database.transaction import Cursor, Row

BUSY_SECONDS: Final = 5
_OPENINGS_MAX: Final = 100
_COMMON: Final = {"foreign_keys": 1, "temp_store": 2, "cache_size": -32_000}
WRITER: Final[Mapping[str, Any]] = {
    **_COMMON,
    "journal_mode": "wal",
    "synchronous": "full",
    "wal_autocheckpoint": 4000,
}
READER: Final[Mapping[str, Any]] = {**_COMMON, "query_only": 1}
ENVIRONMENT: Final = (
    apsw.FullError,
    apsw.IOError,
    apsw.BusyError,
    apsw.LockedError,
    apsw.CantOpenError,
    apsw.ReadOnlyError,
    apsw.NoMemError,
)
"""Errors that are nobody's who runs a statement: the disk, the memory, the lock."""


class SqliteConnection:
    """An apsw connection that belongs to the thread which made it."""

    is_postgres = False

    def __init__(self, database: APSWDatabase) -> None:
        database.connect(reuse_if_open=True)
        self._database = database
        self.raw: apsw.Connection = database.connection()
        # Otherwise a statement with LIMIT ? or with a partial index in reach is
        # prepared again for every value that is bound to it.
        self.raw.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        occurrences.register(self.raw)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Runs one statement."""
        return self.raw.execute(sql, parameters)

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Runs one statement for each row."""
        self.raw.executemany(sql, rows)

    def changes(self, cursor: Cursor) -> int:
        """How many rows the last statement changed."""
        del cursor
        return self.raw.changes()

    def compile(self, query: peewee.Node) -> tuple[str, Sequence[Any]]:
        """SQL and parameters of a peewee query."""
        sql, parameters = self._database.get_sql_context().sql(query).query()
        return sql, parameters

    def rows(self, sql: str) -> list[Row]:
        """All rows of a query without parameters."""
        return self.execute(sql).fetchall()

    def roll_back(self) -> None:
        """Ends the transaction, unless SQLite has ended it by itself."""
        if not self.raw.getautocommit():
            self.execute("ROLLBACK")

    def close(self) -> None:
        """Ends the connection, from the thread that opened it."""
        self._database.close()


def database_of(path: Path, pragmas: Mapping[str, Any]) -> APSWDatabase:
    """The file at `path`, not open yet."""
    return APSWDatabase(str(path), pragmas=dict(pragmas), timeout=BUSY_SECONDS)


def open_patiently(database: APSWDatabase) -> SqliteConnection:
    """Waits while another process has the file: the change to WAL does not itself."""
    for _ in range(_OPENINGS_MAX - 1):
        try:
            return SqliteConnection(database)
        except peewee.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(BUSY_SECONDS / _OPENINGS_MAX)
    return SqliteConnection(database)
