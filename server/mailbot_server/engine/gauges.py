"""Reads what is measured, not counted: the queue, the log, the disk, the loop."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.store import deliveries
from mailbot_server.store.database import Database
from mailbot_server.store.webhooks import endpoints
from mailbot_server.store.webhooks.endpoints import Pending
from mailbot_server.telemetry.metrics import QUEUE_STATES, STREAMS, Metrics

TICK_SECONDS: Final = 0.1
VOLUME: Final = "data"

Clock = Callable[[], datetime]


class Gauges:
    """Sets the gauges that nobody moves by working."""

    def __init__(
        self, db: Database, clock: Clock, settings: Settings, metrics: Metrics
    ) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._metrics = metrics

    async def read_shared(self) -> None:
        """Those of the database, which one process shows for all; as `read_own`."""
        await self._collect("queue", self._read_queue)
        await self._collect("webhooks", self._read_webhooks)

    async def read_own(self) -> None:
        """Those of this process; one that fails keeps its value and is counted."""
        await self._collect("disk", self._read_disk)

    def clear_shared(self) -> None:
        """Shows no numbers any more that another process shows now."""
        for gauge in (
            self._metrics.queue_messages,
            self._metrics.queue_oldest_due,
            self._metrics.queue_oldest_enqueued,
        ):
            gauge.clear()
        self._metrics.cluster_webhook_endpoints.clear()
        self._metrics.cluster_webhook_pending.set(0)
        # Less than any moment, so that the leader's stands where the greatest is taken.
        self._metrics.cluster_webhook_oldest_pending.set(0)

    async def tick(self) -> None:
        """Lets a tenth of a second pass and notes how late the event loop was."""
        started = perf_counter()
        await asyncio.sleep(TICK_SECONDS)
        late = perf_counter() - started - TICK_SECONDS
        self._metrics.event_loop_lag.observe(max(0.0, late))

    async def _collect(self, name: str, read: Callable[[], Awaitable[None]]) -> None:
        started = perf_counter()
        try:
            await read()
        except (Unavailable, OSError):
            self._metrics.collector_errors.labels(name).inc()
            return
        finally:
            elapsed = perf_counter() - started
            self._metrics.collector_duration.labels(name).set(elapsed)
        now = self._clock().timestamp()
        self._metrics.collector_last_success.labels(name).set(now)

    async def _read_queue(self) -> None:
        depth = await self._db.read(deliveries.depth)
        counts = {(state, stream): count for state, stream, count, _, _ in depth}
        due = {stream: at for state, stream, _, at, _ in depth if state == "ready"}
        queued: dict[str, datetime] = {}
        for _, stream, _, _, at in depth:
            if at is not None:
                queued[stream] = min(at, queued.get(stream, at))
        for stream in STREAMS:
            for state in QUEUE_STATES:
                gauge = self._metrics.queue_messages.labels(state, stream)
                gauge.set(counts.get((state, stream), 0))
        # A gauge without a value must be absent: 0 would be an instant in 1970.
        self._metrics.queue_oldest_due.clear()
        for stream, at in due.items():
            if at is not None:
                self._metrics.queue_oldest_due.labels(stream).set(at.timestamp())
        self._metrics.queue_oldest_enqueued.clear()
        for stream, at in queued.items():
            self._metrics.queue_oldest_enqueued.labels(stream).set(at.timestamp())

    async def _read_webhooks(self) -> None:
        for state, number in (await self._db.read(endpoints.states)).items():
            gauge = self._metrics.cluster_webhook_endpoints.labels(state.value)
            gauge.set(number)
        self._show_pending(await self._db.read(endpoints.pending))

    def _show_pending(self, pending: Pending) -> None:
        self._metrics.cluster_webhook_pending.set(pending.positions)
        # 0 would be an instant in 1970, and without a label it cannot be absent.
        oldest_at = pending.oldest_at or self._clock()
        self._metrics.cluster_webhook_oldest_pending.set(oldest_at.timestamp())

    async def _read_disk(self) -> None:
        if not self._db.is_postgres:
            size = await asyncio.to_thread(self._db.backend.wal_bytes)
            self._metrics.sqlite_wal_bytes.set(size)
        free = await asyncio.to_thread(_free, self._settings.data_dir)
        self._metrics.disk_free_bytes.labels(VOLUME).set(free[0])
        self._metrics.disk_free_ratio.labels(VOLUME).set(free[1])


def _free(folder: Path) -> tuple[int, float]:
    """Bytes and share that are free where the folder is or will be."""
    existing = folder.absolute()
    while not existing.exists():
        existing = existing.parent
    usage = shutil.disk_usage(existing)
    return usage.free, usage.free / usage.total
