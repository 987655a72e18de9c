"""
SQLite: one writer that commits for all who wait, and reader threads.

The writer, a thread or a process, takes whatever waits and commits once; callers resume
only after that. It is the only connection that writes or checkpoints; readers are
`query_only` and see one committed state each.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, Literal

import apsw
import peewee

from mailbot_server.store.database import connection as connections
from mailbot_server.store.database import copying
from mailbot_server.store.database.connection import ENVIRONMENT, SqliteConnection
from mailbot_server.store.database.job import Finished, Job, away
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.database.transaction import Transaction
from mailbot_server.store.database.writer import (
    WriterLock,
    WriterProcess,
    WriterThread,
)
from mailbot_server.telemetry.metrics import Metrics

READERS: Final = 4
Writer = Literal["process", "thread"]
_WRITERS: Final[dict[Writer, type[WriterProcess | WriterThread]]] = {
    "process": WriterProcess,
    "thread": WriterThread,
}


class SqliteBackend:
    """The threads and connections of one SQLite file."""

    name = "sqlite"
    is_postgres = False

    def __init__(
        self, path: Path, metrics: Metrics, finished: Finished, writer: Writer
    ) -> None:
        self._path = path
        self._read_database = connections.database_of(path, connections.READER)
        self._local = threading.local()
        self._opened: list[SqliteConnection] = []
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="db-read")
        self.writer = _WRITERS[writer](path, metrics, finished)

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[SqliteConnection]:
        """A connection of the calling thread inside BEGIN EXCLUSIVE, for migrations."""
        copying.check_in_place(self._path)
        with WriterLock(self._path).held():
            database = connections.database_of(self._path, connections.WRITER)
            connection = connections.open_patiently(database)
            try:
                connection.execute("BEGIN EXCLUSIVE")
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
            finally:
                connection.close()

    def start(self) -> None:
        """Starts the writer, once it has opened the file, which has been migrated."""
        self.writer.start()

    def stop(self) -> None:
        """Finishes what waits, then closes; blocks until the threads have ended."""
        self.writer.stop()
        self._readers.shutdown(wait=True)
        for connection in self._opened:
            connection.raw.close()

    def submit(self, job: Job) -> None:
        """Queues a writing operation; `finished` is called when it has ended."""
        self.writer.submit(job)

    def read(self, stamp: Stamp, operation: Callable[..., Any], *arguments: Any) -> Any:
        """Runs a reading operation in the calling reader thread, on one snapshot."""
        connection = self._reader()
        try:
            connection.execute("BEGIN")
            try:
                return operation(Transaction(connection, stamp), *arguments)
            finally:
                connection.roll_back()
        except apsw.ReadOnlyError:
            raise  # an operation that writes, not a disk that cannot be written
        except ENVIRONMENT as error:
            raise away() from error

    def glance(
        self, stamp: Stamp, operation: Callable[..., Any], *arguments: Any
    ) -> Any:
        """As `read`, in the event loop's thread: Unavailable rather than a wait."""
        self._reader().raw.set_busy_timeout(0)
        return self.read(stamp, operation, *arguments)

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
