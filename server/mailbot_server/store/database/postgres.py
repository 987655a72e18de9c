"""
PostgreSQL: a few writer threads, each operation its own transaction, and readers.

Deadlocks and serialisation failures run the operation again; it writes the same ids.
A connection that is lost before COMMIT was sent runs again on a new one; a COMMIT
without an answer is an error, because nobody knows.
"""

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Final

import peewee
import psycopg
from psycopg import errors

from mailbot_server.store.database import reach
from mailbot_server.store.database.job import Finished, Job, away
from mailbot_server.store.database.notify import Wakes
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.database.transaction import Cursor, Row, Transaction
from mailbot_server.telemetry.metrics import Metrics

WRITERS: Final = 4
READERS: Final = 4
RUNS_MAX: Final = 8
MIGRATION_LOCK: Final = 0x6D61696C
# To compile a statement takes longer than any of ours, however dear it looks.
_OPTIONS: Final = (
    "-c statement_timeout=30000 -c lock_timeout=10000"
    " -c idle_in_transaction_session_timeout=10000 -c synchronous_commit=on"
    " -c default_transaction_isolation=read\\ committed -c jit=off"
)
_AGAIN: Final = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
)
_GONE: Final = (psycopg.OperationalError, psycopg.InterfaceError)
_DEMOTED: Final = errors.ReadOnlySqlTransaction


@lru_cache(maxsize=1024)
def _with_percents(sql: str) -> str:
    """The statement with psycopg's placeholders; ours have no literal ? or %."""
    return sql.replace("?", "%s")


class PostgresConnection:
    """A psycopg connection that belongs to the thread which made it."""

    is_postgres = True

    def __init__(self, database: peewee.PostgresqlDatabase) -> None:
        database.connect(reuse_if_open=True)
        self._database = database
        self.raw: psycopg.Connection[Row] = database.connection()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Runs one statement."""
        statement = _with_percents(sql) if parameters else sql
        return self.raw.execute(statement, parameters or None)

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Runs one statement for each row, pipelined."""
        with self.raw.cursor() as cursor:
            cursor.executemany(_with_percents(sql), rows)

    def changes(self, cursor: Cursor) -> int:
        """How many rows the last statement changed."""
        rows: int = cursor.rowcount  # type: ignore[attr-defined]
        return rows

    def compile(self, query: peewee.Node) -> tuple[str, Sequence[Any]]:
        """SQL and parameters of a peewee query, with `?` as our other statements."""
        sql, parameters = self._database.get_sql_context().sql(query).query()
        return sql.replace("%s", "?"), parameters

    def commit(self) -> None:
        """Raises when PostgreSQL rolls back instead: the operation hid an error."""
        if self.raw.execute("COMMIT").statusmessage != "COMMIT":
            raise AssertionError("an operation went on after a database error")

    def close(self) -> None:
        """Gives the connection up, whatever state it is in."""
        with contextlib.suppress(Exception):
            self._database.close()


class PostgresBackend:
    """The threads and connections of one process to one PostgreSQL database."""

    name = "postgresql"
    is_postgres = True

    def __init__(
        self,
        url: str,
        metrics: Metrics,
        finished: Finished,
        wake: Callable[[set[str]], None],
    ) -> None:
        self._metrics = metrics
        self._finished = finished
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        given = reach.parameters(url, _OPTIONS)
        self._database = peewee.PostgresqlDatabase(
            given["conninfo"], prefer_psycopg3=True, **given
        )
        self._local = threading.local()
        self._opened: list[PostgresConnection] = []
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="db-read")
        self._writers = [
            threading.Thread(target=self._write, name=f"db-write-{n}", daemon=True)
            for n in range(WRITERS)
        ]
        self._stopping = threading.Event()
        self._wakes = Wakes(url, wake)

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[PostgresConnection]:
        """A connection of this thread in a transaction that only one may have."""
        connection = PostgresConnection(self._database)
        try:
            with connection.raw.transaction():
                # An index on a large table takes its time, and so does whoever has the
                # lock. Who waits for a table that others use keeps everybody from it.
                connection.execute("SET LOCAL statement_timeout = 0")
                connection.execute("SET LOCAL lock_timeout = 0")
                connection.execute("SELECT pg_advisory_xact_lock(?)", (MIGRATION_LOCK,))
                connection.execute("SET LOCAL lock_timeout = '2s'")
                yield connection
        finally:
            connection.close()

    def start(self) -> None:
        """Starts the writers; the database must have been migrated."""
        self._wakes.start()
        for writer in self._writers:
            writer.start()

    def stop(self) -> None:
        """Finishes what waits, then closes; blocks until the threads have ended."""
        self._stopping.set()
        for _ in self._writers:
            self._jobs.put(None)
        for writer in self._writers:
            if writer.ident is not None:
                writer.join(reach.ANSWER_SECONDS + reach.CONNECT_SECONDS)
        self._readers.shutdown(wait=True)
        for connection in self._opened:
            connection.raw.close()
        self._wakes.stop()

    def submit(self, job: Job) -> None:
        """Queues a writing operation; `finished` is called when it has ended."""
        self._jobs.put(job)
        self._metrics.db_writer_queue.set(self._jobs.qsize())

    def read(self, stamp: Stamp, operation: Callable[..., Any], *arguments: Any) -> Any:
        """Runs a reading operation in the calling reader thread, on one snapshot."""
        for run in (1, 2):
            connection = self._connection()
            try:
                connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                try:
                    return operation(Transaction(connection, stamp), *arguments)
                finally:
                    connection.execute("ROLLBACK")
            except _GONE as error:
                self._drop_connection()
                if run == 2 or isinstance(error, errors.QueryCanceled):
                    raise away() from error
        raise AssertionError

    @property
    def readers(self) -> ThreadPoolExecutor:
        """Where `read` may be called."""
        return self._readers

    def wal_bytes(self) -> int:
        """SQLite's number; nothing here."""
        return 0

    def _connection(self) -> PostgresConnection:
        connection: PostgresConnection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                connection = PostgresConnection(self._database)
            except (peewee.PeeweeException, *_GONE) as error:
                raise away() from error
            self._local.connection = connection
            self._opened.append(connection)
        return connection

    def _drop_connection(self) -> None:
        connection: PostgresConnection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._opened.remove(connection)
        self._local.connection = None

    def _write(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._run(job)
            self._metrics.db_writer_queue.set(self._jobs.qsize())
            self._metrics.db_commit_batch.observe(1)
            self._wakes.announce(job.topics)
            self._finished([job])
        self._drop_connection()

    def _run(self, job: Job) -> None:
        for run in range(1, RUNS_MAX + 1):
            try:
                if self._try(job):
                    return
            except Exception as error:  # noqa: BLE001 - the caller is told
                job.fail(error)
                return
            self._metrics.db_transactions.labels("retry").inc()
            self._stopping.wait(0.002 * run * run)
        job.fail(away("the database is too busy; try again"))

    def _try(self, job: Job) -> bool:
        """Runs the job's transaction; False when it should run again."""
        connection = self._connection()
        committing = False
        try:
            connection.execute("BEGIN")
            job.run(connection)
            committing = True
            connection.commit()
        except _AGAIN:
            self._roll_back(connection)
            return False
        except errors.QueryCanceled as error:
            self._roll_back(connection)
            raise away("the database is too busy; try again") from error
        except (*_GONE, _DEMOTED) as error:
            self._drop_connection()
            self._metrics.db_transactions.labels("lost").inc()
            if committing:
                raise away("the database did not confirm the commit") from error
            return False
        except Exception:
            self._roll_back(connection)
            self._metrics.db_transactions.labels("rollback").inc()
            raise
        self._metrics.db_transactions.labels("commit").inc()
        return True

    def _roll_back(self, connection: PostgresConnection) -> None:
        try:
            connection.execute("ROLLBACK")
        except _GONE:
            self._drop_connection()
