"""
Ends a stream whose reader takes nothing: a write that is stuck for too long.

gRPC can say nothing to a handler that waits for room in a stream. So a timer runs
while an answer is written; when it ends, the status is put behind what is buffered,
where a reader that comes back finds it, and the handler is cancelled, which frees
everything that the stream held.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

WRITE_SECONDS: Final = 300.0
"""How long a reader may take nothing at all."""


class Watchdog:
    """
    Watches the writes of one stream; made and used in the task of its handler.

    `abort` puts an end to the call; it raises when it is done, as gRPC's does.
    """

    def __init__(self, abort: Callable[[], Awaitable[None]]) -> None:
        self._abort = abort
        self._loop = asyncio.get_running_loop()
        self._handler = asyncio.current_task()
        self._ending: asyncio.Future[None] | None = None

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Surrounds one write."""
        timer = self._loop.call_later(WRITE_SECONDS, self._bite)
        try:
            yield
        finally:
            timer.cancel()

    def _bite(self) -> None:
        self._ending = asyncio.ensure_future(self._end())

    async def _end(self) -> None:
        # The status goes first: nothing can be said once the handler is gone.
        abortion = asyncio.ensure_future(self._abort())
        await asyncio.sleep(0)
        if self._handler is not None:
            self._handler.cancel()
        await asyncio.wait([abortion])
        abortion.exception()
