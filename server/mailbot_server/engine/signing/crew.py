"""
Threads for work that takes less than a millisecond: what comes together goes together.

To hand one thing to a thread and to wake the event loop for its answer costs a tenth of
an RSA signature, so a thread takes several and answers once.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, Generic, TypeVar

TOGETHER_MAX: Final = 4
"""The first of them waits for the last."""

T = TypeVar("T")
_Work = Callable[[], T]


class Crew(Generic[T]):
    """So many threads, started when there is something to do."""

    def __init__(self, threads: int, name: str) -> None:
        self._free = threads
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._waiting: deque[tuple[_Work[T], asyncio.Future[T]]] = deque()
        self._is_called = False
        self._is_closed = False

    def run(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        """What `work` will return or raise; cancelled once the crew is closed."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if self._is_closed:
            future.cancel()
            return future
        self._waiting.append((work, future))
        if self._free > 0 and not self._is_called:
            self._is_called = True
            loop.call_soon(self._hand_out)
        return future

    def close(self) -> None:
        """Ends the threads; nobody waits for what they were doing."""
        self._is_closed = True
        self._executor.shutdown(wait=False, cancel_futures=True)
        _cancel([future for _, future in self._waiting])
        self._waiting.clear()

    def _hand_out(self) -> None:
        self._is_called = False
        while self._waiting and self._free > 0:
            share = -(-len(self._waiting) // self._free)
            count = min(share, TOGETHER_MAX)
            self._start([self._waiting.popleft() for _ in range(count)])

    def _start(self, its: Sequence[tuple[_Work[T], "asyncio.Future[T]"]]) -> None:
        self._free -= 1
        works = [work for work, _ in its]
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(self._executor, _all, works)
        running.add_done_callback(partial(self._end, its))

    def _end(
        self,
        its: Sequence[tuple[_Work[T], "asyncio.Future[T]"]],
        done: "asyncio.Future[list[T]]",
    ) -> None:
        self._free += 1
        futures = [future for _, future in its]
        error = None if done.cancelled() else done.exception()
        if done.cancelled() or (error and self._is_closed):
            _cancel(futures)
        elif error is None:
            _tell(futures, done.result())
        elif len(its) == 1:
            _fail(futures[0], error)
        else:
            # Whose fault it was shows when each goes alone.
            for each in its:
                self._start([each])
        self._hand_out()


def _all(works: Sequence[Callable[[], T]]) -> list[T]:
    return [work() for work in works]


def _tell(futures: Sequence["asyncio.Future[T]"], results: Sequence[T]) -> None:
    for future, result in zip(futures, results, strict=True):
        if not future.done():
            future.set_result(result)


def _fail(future: "asyncio.Future[T]", error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)


def _cancel(futures: Sequence["asyncio.Future[T]"]) -> None:
    for future in futures:
        future.cancel()
