"""
Runs plain functions in transactions, groups commits, says when a topic changed.

The only hop between the event loop and the database's threads. `write` answers after
the commit is durable; `read` sees one committed state and cannot write.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from mailbot_server.core.errors import Unavailable
from mailbot_server.core.ids import SEED_BYTES
from mailbot_server.store.database import origin
from mailbot_server.store.database.job import Job, away
from mailbot_server.store.database.postgres import PostgresBackend
from mailbot_server.store.database.sqlite import SqliteBackend, Writer
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.database.topics import Topics, Watch
from mailbot_server.store.database.transaction import Transaction
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

ANSWER_SECONDS: Final = 60
WAITING_MAX: Final = 20_000

P = ParamSpec("P")
T = TypeVar("T")
Clock = Callable[[], datetime]
Entropy = Callable[[int], bytes]


class Database:
    """
    One process's access to the database.

    `url` is `sqlite:///absolute/path` or `postgresql://…`. The clock and the source of
    random bytes are drawn from once per operation. `writer` is SQLite's; with "process"
    every operation is a function of a module, and its arguments can be pickled.
    """

    def __init__(
        self,
        url: str,
        *,
        clock: Clock,
        entropy: Entropy,
        metrics: Metrics,
        writer: Writer = "thread",
    ) -> None:
        self._clock = clock
        self._entropy = entropy
        self._metrics = metrics
        self._topics = Topics()
        self._waiting = 0
        self._is_stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0
        self.backend = self._open(url, writer)

    def _open(self, url: str, writer: Writer) -> SqliteBackend | PostgresBackend:
        if url.startswith("sqlite:///"):
            path = Path(url.removeprefix("sqlite:///"))
            return SqliteBackend(path, self._metrics, self._finished, writer)
        if url.startswith(("postgresql://", "postgres://")):
            return PostgresBackend(url, self._metrics, self._finished, self._heard)
        message = "database_url must begin with sqlite:/// or postgresql://"
        raise ValueError(message)

    @property
    def is_postgres(self) -> bool:
        """Whether several processes may share this database."""
        return self.backend.is_postgres

    @property
    def clock(self) -> Clock:
        """The clock that operations are stamped with."""
        return self._clock

    @property
    def entropy(self) -> Entropy:
        """The source of random bytes that ids of operations are made from."""
        return self._entropy

    @property
    def metrics(self) -> Metrics:
        """Where what operations did is counted."""
        return self._metrics

    async def start(self) -> None:
        """Starts the threads; the database must have been migrated."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self.backend.start()

    async def stop(self) -> None:
        """Finishes what was handed in, then ends the threads."""
        self._is_stopping = True
        await asyncio.to_thread(self.backend.stop)

    async def write(
        self,
        operation: Callable[Concatenate[Transaction, P], T],
        *arguments: P.args,
        **keywords: P.kwargs,
    ) -> T:
        """
        Runs a writing operation; answers once it is durable.

        Raises what the operation raises, or Unavailable when the database is away,
        full or too busy: then nothing is known to have been written.
        """
        self._check_running()
        if self._waiting >= WAITING_MAX:
            raise away("too many operations wait for the database; try again")
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        job = Job(_bound(operation, keywords), arguments, self._stamp(), future)
        started = perf_counter()
        self._waiting += 1
        limit = loop.call_later(ANSWER_SECONDS, _give_up, future)
        try:
            self.backend.submit(job)
            result: T = await future
        finally:
            limit.cancel()
            self._waiting -= 1
            self._observe(operation, started)
        return result

    async def read(
        self,
        operation: Callable[Concatenate[Transaction, P], T],
        *arguments: P.args,
        **keywords: P.kwargs,
    ) -> T:
        """Runs a reading operation on one snapshot; raises Unavailable as `write`."""
        self._check_running()
        loop = asyncio.get_running_loop()
        started = perf_counter()
        bound = _bound(operation, keywords)
        call = partial(self.backend.read, self._stamp(), bound, *arguments)
        try:
            running = loop.run_in_executor(self.backend.readers, call)
            async with asyncio.timeout(ANSWER_SECONDS):
                result: T = await running
        except TimeoutError as error:
            raise _late() from error
        finally:
            self._observe(operation, started)
        return result

    async def glance(
        self,
        operation: Callable[Concatenate[Transaction, P], T],
        *arguments: P.args,
        **keywords: P.kwargs,
    ) -> T:
        """
        As `read`, for a few rows that are found by their key and were just written.

        On SQLite the event loop reads them by itself, in a tenth of the time that the
        way to a thread and back takes. It waits for nobody: what is not to be had at
        once is read as usual.
        """
        self._check_running()
        if isinstance(self.backend, PostgresBackend):
            return await self.read(operation, *arguments, **keywords)
        started = perf_counter()
        bound = _bound(operation, keywords)
        try:
            found: T = self.backend.glance(self._stamp(), bound, *arguments)
        except Unavailable:
            pass
        else:
            return found
        finally:
            self._observe(operation, started)
        return await self.read(operation, *arguments, **keywords)

    def watch(self, *topics: str) -> Watch:
        """A watch on one topic, or on several; use it as a context manager."""
        return self._topics.watch(*topics)

    def wake_all(self) -> None:
        """Wakes every watch, so that whoever waits looks around: a server stops."""
        self._topics.wake_all()

    def _check_running(self) -> None:
        if self._is_stopping:
            raise away("the server is stopping; try again")

    def _stamp(self) -> Stamp:
        return Stamp(
            now=self._clock(),
            seed=self._entropy(SEED_BYTES),
            request_id=log.request_id.get(),
            actor_id=origin.actor_id.get(),
            surface=origin.surface.get(),
        )

    def _observe(self, operation: Callable[..., Any], started: float) -> None:
        name = getattr(operation, "__name__", "operation").strip("_")
        elapsed = perf_counter() - started
        self._metrics.db_operation_duration.labels(name).observe(elapsed)

    def _finished(self, jobs: Sequence[Job]) -> None:
        """In the thread of whoever wrote: hands the ended jobs to the event loop."""
        self._count(jobs)
        if self._loop is None or self._loop.is_closed():
            return
        if threading.get_ident() == self._thread:
            self._settle(jobs)
        else:
            self._loop.call_soon_threadsafe(self._settle, jobs)

    def _settle(self, jobs: Sequence[Job]) -> None:
        topics = set[str]()
        for job in jobs:
            job.settle()
            topics |= job.topics
        self._topics.wake(topics)

    def _count(self, jobs: Sequence[Job]) -> None:
        types = Counter(name for job in jobs for name in job.events)
        for name, count in types.items():
            self._metrics.events_appended.labels(name).inc(count)
        for job in jobs:
            if job.events:
                self._metrics.event_append_batch.observe(len(job.events))
                self._metrics.event_append_wait.observe(job.waited_seconds)

    def _heard(self, topics: set[str]) -> None:
        """In a database thread: another process changed these topics."""
        if self._loop is not None and not self._loop.is_closed():
            wake = self._topics.wake_all if "*" in topics else self._topics.wake
            arguments = () if "*" in topics else (topics,)
            self._loop.call_soon_threadsafe(wake, *arguments)


def _give_up(future: "asyncio.Future[Any]") -> None:
    if not future.done():
        future.set_exception(_late())


def _late() -> Unavailable:
    return away("the database did not answer in time; try again")


def _bound(operation: Callable[..., T], keywords: dict[str, Any]) -> Callable[..., T]:
    return partial(operation, **keywords) if keywords else operation
