"""
Looks which webhooks have something to get, and gives each of them a lane.

Woken by every log that a webhook reads and by what is asked for again, and once a
second by itself: the rows say what is due, not the wake-up. Several processes share the
work, since what one has leased no other gets; concurrency is bounded by each process,
how an endpoint fares is in its row.
"""

import asyncio
import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.webhooks.lane import Lane, Office
from mailbot_server.store.database import Watch
from mailbot_server.store.subscriptions import rows as subscriptions
from mailbot_server.store.webhooks import endpoints, waiting
from mailbot_server.telemetry import log

POLL_SECONDS: Final = 1.0
COALESCE_SECONDS: Final = 0.005
"""A busy log is looked at so often at most."""

FOLLOWED_FOR: Final = timedelta(seconds=5)
"""So old may be what is known of who reads what, where no wake-up has told."""

_logger: Final = log.get("webhooks")


class Dispatcher:
    """The lanes of one process."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._db = office.db
        self._lanes: dict[str, Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    async def run(self) -> None:
        """Posts what is due, for ever; on SQLite, what a killed process had leased."""
        try:
            await self._begin()
            with self._db.watch(endpoints.TOPIC) as readers:
                while True:
                    await self._follow(readers)
        finally:
            await self._cancel()

    async def step(self) -> None:
        """Posts what is due now, and waits until that is written down."""
        while await self._look():
            await asyncio.gather(*self._tasks)

    async def drain(self, seconds: float) -> None:
        """Begins nothing new; waits for what is under way, but not longer."""
        self._is_stopping = True
        for lane in self._lanes.values():
            lane.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def close(self) -> None:
        """Closes the connections that are kept."""
        await self._office.client.close()

    async def _begin(self) -> None:
        """One process alone has SQLite: whoever had leased something is gone."""
        if self._db.is_postgres:
            return
        with contextlib.suppress(Unavailable):
            for _, webhook_id in await self._db.read(endpoints.posting):
                await self._db.write(waiting.free, webhook_id, self._office.holder)

    async def _follow(self, readers: Watch) -> None:
        """Looks whenever one of the logs has grown, as long as the readers stay."""
        with self._db.watch(endpoints.TOPIC, *await self._topics()) as watch:
            until = self._office.now() + FOLLOWED_FOR
            while True:
                with self._waiting():
                    await self._look()
                await watch.changed(POLL_SECONDS)
                await asyncio.sleep(COALESCE_SECONDS)
                now = self._office.now()
                if readers.take() or not until - FOLLOWED_FOR <= now < until:
                    return

    async def _topics(self) -> set[str]:
        topics = set[str]()
        with self._waiting():
            for account_id, webhook_id in await self._db.read(endpoints.posting):
                topics |= {f"events:{account_id}", subscriptions.topic(webhook_id)}
        return topics

    @contextlib.contextmanager
    def _waiting(self) -> Iterator[None]:
        try:
            yield
        except Unavailable as error:
            _logger.warning("webhooks_wait_for_database", reason=error.reason)

    async def _look(self) -> int:
        """Gives a lane to each that is due; how many."""
        if self._is_stopping:
            return 0
        due = await self._db.read(endpoints.due)
        for account_id, webhook_id in due:
            lane = self._lanes.get(webhook_id)
            if lane is not None:
                lane.nudge()
            else:
                self._open(account_id, webhook_id)
        return len(due)

    def _open(self, account_id: str, webhook_id: str) -> None:
        lane = Lane(self._office, account_id, webhook_id)
        self._lanes[webhook_id] = lane
        task = asyncio.create_task(self._run(lane, webhook_id), name="webhook-lane")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, lane: Lane, webhook_id: str) -> None:
        try:
            await lane.run()
        except Exception:
            # What one webhook meets must not stop the others.
            self._db.metrics.unhandled_exceptions.labels("webhooks").inc()
            _logger.exception("webhook_lane_ended", webhook_id=webhook_id)
        finally:
            del self._lanes[webhook_id]

    async def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
