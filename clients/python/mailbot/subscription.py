"""Follows the event log over one stream after another: for threads and for asyncio."""

import asyncio
import contextlib
import random
import threading
import time
import weakref
from types import TracebackType
from typing import Any, Self

import grpc

from mailbot.calls import AsyncConnection, Connection, failure
from mailbot.channel import Settings
from mailbot.cursor import CursorStore
from mailbot.errors import MailBotError, UnavailableError
from mailbot.tail import Tail, ended, silent
from mailbot.types import Event
from mailbot.v1 import events_pb2
from mailbot.watchdog import Watchdog

Response = events_pb2.SubscribeResponse


class Follower:
    """What both kinds of subscription decide alike."""

    def __init__(
        self, settings: Settings, tail: Tail, store: CursorStore | None
    ) -> None:
        self._settings = settings
        self._tail = tail
        self._store = store
        self._stored: str | None = None
        self._loaded = store is None
        self._call: Any = None

    @property
    def cursor(self) -> str:
        """The point behind the last finished event; "" before the stream is open."""
        return self._tail.finished_cursor

    def _begin_at(self, stored: str | None) -> None:
        """Start where the store says, if it says something."""
        self._loaded = True
        self._stored = stored
        if stored:
            self._tail.begin_at(stored)

    def _unsaved(self) -> str | None:
        """Finish the event taken last; the cursor to save, if there is a new one."""
        self._tail.finish()
        cursor = self._tail.finished_cursor
        return cursor if cursor and cursor != self._stored else None

    def _patience(self, deadline: float | None) -> float:
        """Seconds that the next read may take; `deadline` on the monotonic clock."""
        patience = self._tail.silence_seconds or self._settings.timeout
        return min(patience, _seconds_until(deadline, patience))

    def _pause(self, error: MailBotError, deadline: float | None) -> float:
        """Seconds until the stream is opened again. Raises `error` when it is final."""
        self._call = None
        wait = self._tail.interrupted(error, random.random())  # noqa: S311 - jitter
        return min(wait, _seconds_until(deadline, wait))

    def _expect(self, deadline: float | None, *, closed: bool) -> None:
        """Raises UnavailableError when `ready` has nothing left to wait for."""
        if closed:
            raise UnavailableError("the subscription is closed")
        if _seconds_until(deadline, 1.0) == 0:
            raise UnavailableError("the stream was not open in time")


def _seconds_until(deadline: float | None, otherwise: float) -> float:
    if deadline is None:
        return otherwise
    return max(0.0, deadline - time.monotonic())


def _deadline(timeout: float | None) -> float | None:
    return None if timeout is None else time.monotonic() + timeout


class Subscription(Follower):
    """
    Iterates over events for ever: each once, in the order of the log.

    A lost connection, a restarted server or a recycled stream is waited out; what
    cannot get better is raised. An event counts as finished, and its cursor is stored,
    when the next one is asked for, or at `commit`. Leaving the loop and dropping the
    subscription ends the stream, as does `close` from any thread or a `with` block.
    One thread iterates.
    """

    def __init__(
        self, connection: Connection, tail: Tail, store: CursorStore | None
    ) -> None:
        super().__init__(connection.settings, tail, store)
        self._connection = connection
        self._opening = threading.Lock()
        self._closed = threading.Event()
        self._watchdog = Watchdog()
        weakref.finalize(self, self._watchdog.stop)
        connection.streams.add(self)

    def ready(self, timeout: float | None = 30.0) -> None:
        """
        Return when the stream is open: every event committed from now on will come.

        Raises UnavailableError when it is not after `timeout` seconds.
        """
        deadline = _deadline(timeout)
        while self._tail.started is None:
            self._expect(deadline, closed=self._closed.is_set())
            self._receive(deadline)

    def commit(self) -> None:
        """Count the event that was taken last as finished and store its cursor."""
        cursor = self._unsaved()
        if self._store is not None and cursor is not None:
            self._store.save(cursor)
            self._stored = cursor

    def close(self) -> None:
        """End the stream and the iteration. Does not commit."""
        self.cancel()
        self._watchdog.join()

    def cancel(self) -> None:
        """As `close`, without waiting for anything."""
        with self._opening:
            self._closed.set()
            if self._call is not None:
                self._call.cancel()
        self._watchdog.stop()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Event:
        self.commit()
        while (event := self._tail.take()) is None:
            if self._closed.is_set():
                raise StopIteration
            self._receive(None)
        return event

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _receive(self, deadline: float | None) -> None:
        """Take in one response, or wait out one failure. Raises what is final."""
        if not self._loaded and self._store is not None:
            self._begin_at(self._store.load())
        try:
            response = self._read(deadline)
        except grpc.RpcError as error:
            self._interrupted(
                silent() if self._watchdog.fired else failure(error), deadline
            )
        except StopIteration:
            self._ended(deadline)
        else:
            if response is not None:
                self._tail.receive(response)
                self.commit()

    def _read(self, deadline: float | None) -> Response | None:
        """The next response; None when the subscription was closed."""
        call = self._open()
        if call is None:
            return None
        self._watchdog.watch(call, self._patience(deadline))
        try:
            response: Response = next(call)
        finally:
            self._watchdog.calm()
        return response

    def _open(self) -> Any:
        with self._opening:
            if self._closed.is_set():
                return None
            if self._call is None:
                self._call = self._connection.stubs.events.Subscribe(
                    self._tail.request(), metadata=self._settings.metadata
                )
            return self._call

    def _ended(self, deadline: float | None) -> None:
        """The server ended the stream with OK."""
        if self._tail.stops_at_end:
            self.cancel()
        else:
            self._interrupted(ended(), deadline)

    def _interrupted(self, error: MailBotError, deadline: float | None) -> None:
        if self._closed.is_set():
            return
        try:
            wait = self._pause(error, deadline)
        except MailBotError:
            self.cancel()
            raise
        self._closed.wait(wait)


class AsyncSubscription(Follower):
    """
    As `Subscription`, for `async for`: one task iterates, `close` is awaited.

    The cursor store runs in a thread.
    """

    def __init__(
        self, connection: AsyncConnection, tail: Tail, store: CursorStore | None
    ) -> None:
        super().__init__(connection.settings, tail, store)
        self._connection = connection
        self._closed = asyncio.Event()
        connection.streams.add(self)

    async def ready(self, timeout: float | None = 30.0) -> None:  # noqa: ASYNC109
        """As `Subscription.ready`."""
        deadline = _deadline(timeout)
        while self._tail.started is None:
            self._expect(deadline, closed=self._closed.is_set())
            await self._receive(deadline)

    async def commit(self) -> None:
        """As `Subscription.commit`."""
        cursor = self._unsaved()
        if self._store is not None and cursor is not None:
            await asyncio.to_thread(self._store.save, cursor)
            self._stored = cursor

    async def close(self) -> None:
        """End the stream and the iteration. Does not commit."""
        self.cancel()

    def cancel(self) -> None:
        """As `close`, without `await`; from the event loop's thread."""
        self._closed.set()
        if self._call is not None:
            self._call.cancel()

    def __del__(self) -> None:
        # The channel keeps a call alive that nobody else knows of any more.
        if self._call is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._call.cancel)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        await self.commit()
        while (event := self._tail.take()) is None:
            if self._closed.is_set():
                raise StopAsyncIteration
            await self._receive(None)
        return event

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _receive(self, deadline: float | None) -> None:
        """Take in one response, or wait out one failure. Raises what is final."""
        if not self._loaded and self._store is not None:
            self._begin_at(await asyncio.to_thread(self._store.load))
        try:
            response = await self._read(deadline)
        except grpc.RpcError as error:
            await self._interrupted(failure(error), deadline)
        except _CancelledHereError:
            await self._interrupted(silent(), deadline)
        else:
            if isinstance(response, Response):
                self._tail.receive(response)
                await self.commit()
            else:
                await self._ended(deadline)

    async def _read(self, deadline: float | None) -> Any:
        """
        The next response, or grpc.aio.EOF.

        A read is never put under a timeout, which would leak its buffers
        (grpc/grpc#43360): a timer cancels the whole call instead.
        """
        call = self._open()
        timer = self._loop.call_later(self._patience(deadline), call.cancel)
        try:
            return await call.read()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            raise _CancelledHereError from None
        finally:
            timer.cancel()

    def _open(self) -> Any:
        if self._call is None:
            self._loop = asyncio.get_running_loop()
            self._call = self._connection.stubs.events.Subscribe(
                self._tail.request(), metadata=self._settings.metadata
            )
        return self._call

    async def _ended(self, deadline: float | None) -> None:
        """The server ended the stream with OK."""
        if self._tail.stops_at_end:
            self.cancel()
        else:
            await self._interrupted(ended(), deadline)

    async def _interrupted(self, error: MailBotError, deadline: float | None) -> None:
        if self._closed.is_set():
            return
        try:
            wait = self._pause(error, deadline)
        except MailBotError:
            self.cancel()
            raise
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._closed.wait()


class _CancelledHereError(Exception):
    """The call was cancelled by the timer or by `close`, not the task by its owner."""
