"""
Reads received messages off the event loop, with a deadline; finishes late ones later.

A message is read before it is accepted, so that 250 promises the whole of it. What
takes longer than a client should wait is accepted with its header fields alone, and
read from its row afterwards, also when the server was restarted in between.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.authentication import results
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.mail.parse import Defect, Parsed
from mailbot_server.core.message import Message
from mailbot_server.engine import accept, reading
from mailbot_server.engine.inbound.fault import report
from mailbot_server.engine.reading import Reading
from mailbot_server.store import messages
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log

INLINE_BYTES_MAX: Final = 64 * 1024
"""Reading 5 KB takes a fraction of a millisecond, less than handing it to a thread and
back; up to here the event loop waits for a few, and a tenth of a second for what was
written to be dear (60 KB of lines that look like introductions of quotations)."""

THREADS: Final = 2
LATE_SECONDS: Final = 60.0
"""For a message whose sender no longer waits."""

LATE_BATCH: Final = 16
POLL_SECONDS: Final = 1.0
RETRY_SECONDS: Final = 1.0

_NOTHING: Final = Reading(parsed=Parsed(), is_complete=False)
_logger: Final = log.get("ingest")


class Ingest:
    """The readers of one process."""

    def __init__(
        self,
        db: Database,
        settings: Settings,
        late_seconds: float = LATE_SECONDS,
    ) -> None:
        self._db = db
        self._seconds = settings.smtp_parse_seconds
        self._late_seconds = late_seconds
        self._metrics = db.metrics
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="parse")
        self._late_thread = ThreadPoolExecutor(1, thread_name_prefix="parse-late")

    async def without_claims(self, raw: bytes, authserv_id: str) -> bytes:
        """The message without fields that only this server may write."""
        strip = partial(results.strip, raw, authserv_id)
        if len(raw) <= INLINE_BYTES_MAX:
            return strip()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, strip)

    async def read(self, raw: bytes) -> Reading:
        """What the message says; of one that takes too long, its header fields."""
        started = perf_counter()
        if len(raw) <= INLINE_BYTES_MAX:
            found = self._guarded(reading.read, raw)
        else:
            seconds = self._seconds
            found = await self._read_in(self._threads, raw, seconds, seconds)
        self._metrics.mime_parse_duration.observe(perf_counter() - started)
        return found or self._guarded(reading.read_header, raw) or _NOTHING

    async def run(self) -> None:
        """Reads what was accepted unread, now and whenever there is more."""
        with self._db.watch(accept.UNPARSED) as watch:
            while True:
                try:
                    while await self.step():
                        pass
                except Unavailable:
                    _logger.warning("late_reading_postponed")
                    await asyncio.sleep(RETRY_SECONDS)
                await watch.changed(POLL_SECONDS)

    async def step(self) -> int:
        """Reads the oldest of them to the end; how many there were."""
        late = await self._db.read(messages.unparsed, LATE_BATCH)
        for message in late:
            await self._complete(message)
        return len(late)

    def stop(self) -> None:
        """Ends the threads; what they were reading is read again after a restart."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._late_thread.shutdown(wait=False, cancel_futures=True)

    async def _complete(self, message: Message) -> None:
        raw = await self._db.read(messages.raw, message.id)
        found = await self._read_late(raw) if raw is not None else _NOTHING
        written = await accept.complete(self._db, message, found)
        _logger.info(
            "message_read_late",
            message_id=message.id,
            complete=found.is_complete,
            written=written,
        )

    async def _read_late(self, raw: bytes) -> Reading:
        seconds = self._late_seconds
        # Twice the time to wait, so that what was read until then is not lost.
        found = await self._read_in(self._late_thread, raw, seconds, seconds * 2)
        return found or self._guarded(reading.read_header, raw) or _NOTHING

    async def _read_in(
        self, threads: ThreadPoolExecutor, raw: bytes, seconds: float, patience: float
    ) -> Reading | None:
        """
        Reads in a thread, for `seconds`, and waits for it, for `patience`.

        None when that failed or took longer. A thread cannot be cancelled; it looks
        at the clock between two parts.
        """
        ends = perf_counter() + seconds
        read = partial(reading.read, expired=lambda: perf_counter() > ends)
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(threads, self._guarded, read, raw)
        try:
            async with asyncio.timeout(patience):
                return await running
        except TimeoutError:
            self._metrics.mime_parse_degraded.labels(Defect.DEADLINE.value).inc()
            return None

    def _guarded(self, read: Callable[[bytes], Reading], raw: bytes) -> Reading | None:
        """The reading; None for a message that no code of ours can read."""
        try:
            found = read(raw)
        except Exception as error:  # noqa: BLE001 - kept and announced all the same
            self._metrics.unhandled_exceptions.labels("parse").inc()
            report(_logger, "message_not_readable", error)
            return None
        for defect in found.parsed.defects:
            self._metrics.mime_parse_degraded.labels(defect).inc()
        if Defect.DEADLINE in found.parsed.defects:
            return replace(found, is_complete=False)
        return found
