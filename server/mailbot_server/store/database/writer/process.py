"""
Writes in a process of its own, so that neither half waits for the other's interpreter.

Operations are functions of a module, and they and their arguments can be pickled.
Everything here runs in the event loop's thread: calls are handed in as they come, and
one answer tells of all that one commit made durable. A writer that ends takes with it
what it was handed and had not answered: Unavailable, since nobody knows. Another one is
started, and what has not been handed in waits for it.
"""

import asyncio
import contextlib
from collections import deque
from itertools import islice
from pathlib import Path
from typing import Final

import peewee

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database.job import Finished, Job, away
from mailbot_server.store.database.writer import wire
from mailbot_server.store.database.writer.launch import Child
from mailbot_server.store.database.writer.wire import Answer, CannotTravel, Committed
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

START_SECONDS: Final = 30.0
STOP_SECONDS: Final = 20.0
RESTART_SECONDS: Final = 1.0
"""Between one start and the next."""

RECEIVE_BYTES: Final = 65_536
_PIECES_MAX: Final = 64
_logger: Final = log.get("store")


class WriterProcess:
    """One child at a time, and the calls that are on their way to it and back."""

    def __init__(self, path: Path, metrics: Metrics, finished: Finished) -> None:
        self._path = path
        self._metrics = metrics
        self._finished = finished
        self._waiting: deque[Job] = deque()
        self._handed: dict[int, Job] = {}
        self._pieces: deque[memoryview] = deque()
        self._number = 0
        self._is_handing = False
        self._is_blocked = False
        self._child: Child | None = None
        self._frames = wire.Frames()
        self._started_at = 0.0
        self._later: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_idle = asyncio.Event()

    @property
    def pid(self) -> int:
        """The child's process id; 0 while none is writing."""
        return self._child.pid if self._child and self._child.is_open else 0

    def start(self) -> None:
        """Returns once the child has opened the file; raises why it could not."""
        self._loop = asyncio.get_running_loop()
        child = Child(self._path)
        try:
            child.wait_until_open(START_SECONDS)
        except BaseException:
            child.end(0)
            raise
        self._watch(child)

    def stop(self) -> None:
        """Finishes what waits, then ends the child; blocks, in another thread."""
        if self._loop is None:
            return
        finishing = asyncio.run_coroutine_threadsafe(self._finish(), self._loop)
        child = finishing.result(STOP_SECONDS * 2)
        if child is not None:
            child.end(STOP_SECONDS)

    def submit(self, job: Job) -> None:
        """Takes a writing operation; `finished` is called when it has ended."""
        self._waiting.append(job)
        if not self._is_handing:
            self._is_handing = True
            self._running().call_soon(self._hand_in)

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise AssertionError("the writer was not started")
        return self._loop

    def _watch(self, child: Child) -> None:
        self._child = child
        self._frames = wire.Frames()
        self._started_at = self._running().time()
        self._running().add_reader(child.socket, self._receive)

    async def _finish(self) -> Child | None:
        self._is_idle.clear()
        if self._waiting or self._handed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(STOP_SECONDS):
                    await self._is_idle.wait()
        if self._later is not None:
            self._later.cancel()
        self._fail(self._all())
        return self._let_go()

    # Out.

    def _hand_in(self) -> None:
        """Hands in what waits, as much as the socket takes."""
        self._is_handing = False
        child = self._child
        if child is None or not child.is_open or self._is_blocked:
            return
        while self._pack():
            try:
                sent = child.socket.sendmsg(islice(self._pieces, _PIECES_MAX))
            except BlockingIOError:
                self._is_blocked = True
                self._running().add_writer(child.socket, self._go_on)
                return
            except OSError:
                self._lose()
                return
            self._forget(sent)

    def _go_on(self) -> None:
        if self._child is not None:
            self._running().remove_writer(self._child.socket)
        self._is_blocked = False
        self._hand_in()

    def _pack(self) -> bool:
        """Makes frames of what waits; whether there is something to send."""
        while self._waiting and len(self._pieces) < _PIECES_MAX:
            job = self._waiting.popleft()
            self._number += 1
            try:
                call = (job.operation, job.arguments, job.stamp)
                pieces = wire.frame(self._number, call)
            except CannotTravel as error:
                name = getattr(job.operation, "__qualname__", repr(job.operation))
                message = f"{name} cannot be run by the writer process: {error}"
                job.fail(TypeError(message))
                self._end([job])
                continue
            self._handed[self._number] = job
            self._pieces.extend(map(memoryview, pieces))
        self._metrics.db_writer_queue.set(len(self._waiting) + len(self._handed))
        return bool(self._pieces)

    def _forget(self, sent: int) -> None:
        """Leaves out what the socket has taken."""
        while sent:
            first = self._pieces.popleft()
            if len(first) > sent:
                self._pieces.appendleft(first[sent:])
                return
            sent -= len(first)

    # In.

    def _receive(self) -> None:
        child = self._child
        if child is None:
            return
        try:
            piece = child.socket.recv(RECEIVE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._lose()
            return
        self._frames.add(piece)
        while child is self._child and (found := self._frames.next()) is not None:
            self._take(child, found[1])

    def _take(self, child: Child, body: bytes) -> None:
        try:
            if child.is_open:
                self._note(wire.value_of(body))
                return
            child.opened(body)
        except (peewee.PeeweeException, Unavailable, CannotTravel) as error:
            _logger.warning("writer_not_understood", error=type(error).__name__)
            self._lose()
            return
        self._hand_in()

    def _note(self, committed: Committed) -> None:
        for outcome, times in committed.outcomes.items():
            self._metrics.db_transactions.labels(outcome).inc(times)
        self._metrics.db_commit_batch.observe(len(committed.answers))
        self._end([self._answered(answer) for answer in committed.answers])

    def _answered(self, answer: Answer) -> Job:
        job = self._handed.pop(answer.number)
        job.result, job.error = answer.result, answer.error
        job.topics, job.events = set(answer.topics), list(answer.events)
        return job

    def _end(self, jobs: list[Job]) -> None:
        self._metrics.db_writer_queue.set(len(self._waiting) + len(self._handed))
        self._finished(jobs)
        if not self._waiting and not self._handed:
            self._is_idle.set()

    # The end of a child, and the next one.

    def _lose(self) -> None:
        """The child has ended, or is to: nobody knows what became of its calls."""
        was_open = self.pid != 0
        child = self._let_go()
        if child is None:
            return
        code = child.end(0)
        if was_open:
            lost = list(self._handed.values())
            self._handed.clear()
        else:
            lost = self._all()
        _logger.error("writer_ended", code=code, operations=len(lost))
        self._metrics.db_transactions.labels("lost").inc()
        self._later = self._running().call_at(
            self._started_at + RESTART_SECONDS, self._start_again
        )
        self._fail(lost)

    def _start_again(self) -> None:
        loop = self._running()
        try:
            child = Child(self._path)
        except OSError as error:
            # No process, memory or file was left for it; that passes.
            _logger.error("writer_not_started", code=error.errno)  # noqa: TRY400
            self._later = loop.call_later(RESTART_SECONDS, self._start_again)
            self._fail(self._all())
            return
        self._watch(child)
        self._later = self._running().call_later(START_SECONDS, self._check_open, child)

    def _all(self) -> list[Job]:
        """Everything that has no answer, which is given up."""
        jobs = [*self._handed.values(), *self._waiting]
        self._handed.clear()
        self._waiting.clear()
        return jobs

    def _check_open(self, child: Child) -> None:
        if child is self._child and not child.is_open:
            self._lose()

    def _let_go(self) -> Child | None:
        """Watches the child no more; it is returned, to be ended."""
        child, self._child = self._child, None
        self._pieces.clear()
        self._is_blocked = False
        if child is not None:
            self._running().remove_reader(child.socket)
            self._running().remove_writer(child.socket)
        return child

    def _fail(self, jobs: list[Job]) -> None:
        for job in jobs:
            job.fail(away("the database's writer has ended; try again"))
        if jobs:
            self._end(jobs)
