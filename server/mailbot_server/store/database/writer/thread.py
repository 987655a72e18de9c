"""Writes in a thread of this process: operations may be any functions."""

import queue
import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Final

import peewee

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database import connection as connections
from mailbot_server.store.database.commit import BATCH_MAX, Committer
from mailbot_server.store.database.job import Finished, Job
from mailbot_server.store.database.writer.lock import WAIT_SECONDS, WriterLock
from mailbot_server.telemetry.metrics import Metrics

STOP_SECONDS: Final = 20


class WriterThread:
    """Takes whatever waits, commits once, and tells `finished`, in its thread."""

    def __init__(self, path: Path, metrics: Metrics, finished: Finished) -> None:
        self._path = path
        self._metrics = metrics
        self._finished = finished
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._opening = Future[None]()
        self._thread = threading.Thread(target=self._run, name="db-write", daemon=True)

    def start(self) -> None:
        """Returns once the file, which has been migrated, is open."""
        self._thread.start()
        self._opening.result(WAIT_SECONDS + STOP_SECONDS)

    def stop(self) -> None:
        """Finishes what waits, then closes; blocks until the thread has ended."""
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join(STOP_SECONDS)

    def submit(self, job: Job) -> None:
        """Queues a writing operation; `finished` is called when it has ended."""
        self._jobs.put(job)
        self._metrics.db_writer_queue.set(self._jobs.qsize())

    def _run(self) -> None:
        try:
            with WriterLock(self._path).held():
                self._write()
        except (peewee.PeeweeException, Unavailable) as error:
            if self._opening.done():
                raise
            self._opening.set_exception(error)

    def _write(self) -> None:
        database = connections.database_of(self._path, connections.WRITER)
        connection = connections.open_patiently(database)
        committer = Committer(connection)
        self._opening.set_result(None)
        running = True
        while running:
            jobs, running = self._take()
            if jobs:
                committer.commit(jobs)
                self._count(committer, len(jobs))
                self._finished(jobs)
        connection.close()

    def _count(self, committer: Committer, size: int) -> None:
        self._metrics.db_commit_batch.observe(size)
        self._metrics.db_writer_queue.set(self._jobs.qsize())
        for outcome, times in committer.outcomes.items():
            self._metrics.db_transactions.labels(outcome).inc(times)
        committer.outcomes.clear()

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
