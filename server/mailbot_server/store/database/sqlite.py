"""
SQLite: one writer thread that commits for all who wait, and reader threads.

The writer takes whatever waits, gives each operation a savepoint, and commits once;
callers resume only after that. It is the only connection that writes or checkpoints;
readers are `query_only` and see one committed state each.
"""

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import apsw
import peewee
from playhouse.apsw_ext import APSWDatabase

from mailbot_server.store.database import occurrences
from mailbot_server.store.database.job import Finished, Job, away
from mailbot_server.store.database.transaction import Cursor, Row, Stamp, Transaction
from mailbot_server.telemetry.metrics import Metrics

BATCH_MAX: Final = 256
BUSY_SECONDS: Final = 5
READERS: Final = 4
_OPENINGS_MAX: Final = 100
_COMMON: Final = {"foreign_keys": 1, "temp_store": 2, "cache_size": -32_000}
_WRITER: Final = {
    **_COMMON,
    "journal_mode": "wal",
    "synchronous": "full",
    "wal_autocheckpoint": 4000,
}
_READER: Final = {**_COMMON, "query_only": 1}
_ENVIRONMENT: Final = (
    apsw.FullError,
    apsw.IOError,
    apsw.BusyError,
    apsw.LockedError,
    apsw.CantOpenError,
    apsw.ReadOnlyError,
    apsw.NoMemError,
)


class _TransactionLost(Exception):
    """The environment failed, or SQLite rolled everything back by itself."""


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


class SqliteBackend:
    """The threads and connections of one SQLite file."""

    name = "sqlite"
    is_postgres = False

    def __init__(self, path: Path, metrics: Metrics, finished: Finished) -> None:
        self._path = path
        self._metrics = metrics
        self._finished = finished
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._write_database = APSWDatabase(
            str(path), pragmas=_WRITER, timeout=BUSY_SECONDS
        )
        self._read_database = APSWDatabase(
            str(path), pragmas=_READER, timeout=BUSY_SECONDS
        )
        self._local = threading.local()
        self._opened: list[SqliteConnection] = []
        self._opening = Future[None]()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="db-read")
        self._writer = threading.Thread(
            target=self._write, name="db-write", daemon=True
        )

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[SqliteConnection]:
        """A connection of the calling thread inside BEGIN EXCLUSIVE, for migrations."""
        connection = _open_patiently(self._write_database)
        try:
            connection.execute("BEGIN EXCLUSIVE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        finally:
            self._write_database.close()

    def start(self) -> None:
        """Starts the writer, once it has opened the file, which has been migrated."""
        self._writer.start()
        self._opening.result(BUSY_SECONDS * 4)

    def stop(self) -> None:
        """Finishes what waits, then closes; blocks until the threads have ended."""
        self._jobs.put(None)
        if self._writer.ident is not None:
            self._writer.join(BUSY_SECONDS * 4)
        self._readers.shutdown(wait=True)
        for connection in self._opened:
            connection.raw.close()

    def submit(self, job: Job) -> None:
        """Queues a writing operation; `finished` is called when it has ended."""
        self._jobs.put(job)
        self._metrics.db_writer_queue.set(self._jobs.qsize())

    def read(self, stamp: Stamp, operation: Callable[..., Any], *arguments: Any) -> Any:
        """Runs a reading operation in the calling reader thread, on one snapshot."""
        connection = self._reader()
        try:
            connection.execute("BEGIN")
            try:
                return operation(Transaction(connection, stamp), *arguments)
            finally:
                _roll_back(connection)
        except apsw.ReadOnlyError:
            raise  # an operation that writes, not a disk that cannot be written
        except _ENVIRONMENT as error:
            raise away() from error

    @property
    def readers(self) -> ThreadPoolExecutor:
        """Where `read` may be called."""
        return self._readers

    def wal_bytes(self) -> int:
        """Size of the write-ahead log."""
        wal = self._path.with_name(self._path.name + "-wal")
        return wal.stat().st_size if wal.exists() else 0

    def _reader(self) -> SqliteConnection:
        connection: SqliteConnection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                connection = SqliteConnection(self._read_database)
            except peewee.PeeweeException as error:
                raise away() from error
            self._local.connection = connection
            self._opened.append(connection)
        return connection

    def _write(self) -> None:
        try:
            connection = _open_patiently(self._write_database)
        except peewee.PeeweeException as error:
            self._opening.set_exception(error)
            return
        self._opening.set_result(None)
        running = True
        while running:
            jobs, running = self._take()
            if jobs:
                self._commit_together(connection, jobs)
                self._metrics.db_commit_batch.observe(len(jobs))
                self._metrics.db_writer_queue.set(self._jobs.qsize())
                self._finished(jobs)
        self._write_database.close()

    def _take(self) -> tuple[list[Job], bool]:
        """Everything that waits, at least one; False when it is time to stop."""
        jobs: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == BATCH_MAX:
                return jobs, True
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, True
        return jobs, False

    def _commit_together(
        self, connection: SqliteConnection, jobs: Sequence[Job]
    ) -> None:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except apsw.Error as error:
            self._lose(jobs, error)
            return
        try:
            for job in jobs:
                self._run_in_savepoint(connection, job)
            for job in jobs:
                job.run_late(connection)
            connection.execute("COMMIT")
        except (apsw.Error, _TransactionLost) as error:
            _roll_back(connection)
            self._run_alone(connection, jobs, error)
        else:
            self._metrics.db_transactions.labels("commit").inc()

    def _run_in_savepoint(self, connection: SqliteConnection, job: Job) -> None:
        connection.execute("SAVEPOINT operation")
        try:
            job.run(connection)
        except Exception as error:
            if connection.raw.getautocommit() or isinstance(error, _ENVIRONMENT):
                raise _TransactionLost from error
            connection.execute("ROLLBACK TO operation")
            self._metrics.db_transactions.labels("rollback").inc()
            job.fail(error)
        connection.execute("RELEASE operation")

    def _run_alone(
        self, connection: SqliteConnection, jobs: Sequence[Job], error: Exception
    ) -> None:
        """Nothing was committed: each operation gets a transaction to itself."""
        if len(jobs) == 1:
            self._lose(jobs, error)
            return
        self._metrics.db_transactions.labels("lost").inc()
        for job in jobs:
            self._commit_together(connection, [job])

    def _lose(self, jobs: Sequence[Job], error: Exception) -> None:
        self._metrics.db_transactions.labels("lost").inc()
        for job in jobs:
            unavailable = away()
            unavailable.__cause__ = error
            job.fail(unavailable)


def _open_patiently(database: APSWDatabase) -> SqliteConnection:
    """Waits while another process has the file: the change to WAL does not itself."""
    for _ in range(_OPENINGS_MAX - 1):
        try:
            return SqliteConnection(database)
        except peewee.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(BUSY_SECONDS / _OPENINGS_MAX)
    return SqliteConnection(database)


def _roll_back(connection: SqliteConnection) -> None:
    if not connection.raw.getautocommit():
        connection.execute("ROLLBACK")
