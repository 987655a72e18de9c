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
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.errors import CursorGone, Unavailable
from mailbot_server.engine.webhooks import resealing
from mailbot_server.engine.webhooks.exchange import peek
from mailbot_server.engine.webhooks.lane import Lane, Office
from mailbot_server.store.database import Watch
from mailbot_server.store.subscriptions import rows as subscriptions
from mailbot_server.store.webhooks import endpoints, waiting
from mailbot_server.store.webhooks.endpoints import Due
from mailbot_server.telemetry import log

POLL_SECONDS: Final = 1.0
COALESCE_SECONDS: Final = 0.005
"""A busy log is looked at so often at most, and less often by very many webhooks."""

FOLLOWED_FOR: Final = timedelta(seconds=5)
"""So old may be what is known of who reads what, where no wake-up has told."""

WRITTEN_EVERY: Final = timedelta(seconds=10)
"""How far a webhook is that nothing happens for is written down so often at most."""

RESTS_FOR: Final = timedelta(seconds=1)
"""So long a webhook is left alone that could not be worked on."""

SEALED_FOR: Final = timedelta(minutes=1)
"""And so long where its secrets cannot be read, unless a webhook is changed."""

_logger: Final = log.get("webhooks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where a log has nothing for a webhook, and since when that is not written."""

    scanned: int
    at: datetime


class Dispatcher:
    """The lanes of one process."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._db = office.db
        self._lanes: dict[str, Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._seen: dict[str, Seen] = {}
        self._resting: dict[str, datetime] = {}
        self._watch: Watch | None = None
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
        with self._waiting():
            await resealing.reseal(self._db, self._office.safe)
        if self._db.is_postgres:
            return
        with contextlib.suppress(Unavailable):
            for _, webhook_id in await self._db.read(endpoints.posting):
                await self._db.write(waiting.free, webhook_id, self._office.holder)

    async def _follow(self, readers: Watch) -> None:
        """Looks whenever one of the logs has grown, as long as the readers stay."""
        with self._db.watch(endpoints.TOPIC, *await self._topics()) as watch:
            self._watch = watch
            until = self._office.now() + FOLLOWED_FOR
            while not self._must_follow_anew(readers, until):
                found = 0
                with self._waiting():
                    found = await self._look()
                await watch.changed(POLL_SECONDS)
                await asyncio.sleep(min(COALESCE_SECONDS * (10 + found) / 10, 0.25))

    def _must_follow_anew(self, readers: Watch, until: datetime) -> bool:
        now = self._office.now()
        if readers.take():
            self._seen.clear()
            self._resting.clear()
            return True
        resting = self._resting.items()
        self._resting = {each: moment for each, moment in resting if moment > now}
        return not until - FOLLOWED_FOR <= now < until

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
        """Gives a lane to each that may have something to get; how many."""
        if self._is_stopping:
            return 0
        now = self._office.now()
        due = await self._db.read(endpoints.due)
        wanted = [each for each in due if not self._is_known(each, now)]
        for each in wanted:
            lane = self._lanes.get(each.id)
            if lane is not None:
                lane.nudge()
            else:
                self._open(each)
        return len(wanted)

    def _is_known(self, each: Due, now: datetime) -> bool:
        """Whether there was nothing for it a moment ago, and there is nothing new."""
        # An end further away than any is put comes of a clock that was set back.
        if timedelta() < self._resting.get(each.id, now) - now <= SEALED_FOR:
            return True
        seen = self._seen.get(each.id)
        if seen is None or not seen.at <= now < seen.at + WRITTEN_EVERY:
            return False
        return seen.scanned >= each.head and not each.has_handouts

    def _open(self, due: Due) -> None:
        lane = Lane(self._office, due.account_id, due.id)
        self._lanes[due.id] = lane
        task = asyncio.create_task(self._run(lane, due), name="webhook-lane")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, lane: Lane, due: Due) -> None:
        try:
            if not await self._is_worth_it(due):
                return
            if await lane.is_readable():
                await lane.run()
            else:
                self._rest(due, SEALED_FOR)
        except (CursorGone, Unavailable) as error:
            # Whoever trims the log tells readers that have not come so far.
            _logger.warning("webhook_waits", webhook_id=due.id, reason=error.reason)
            self._rest(due)
        except Exception:
            # What one webhook meets must not stop the others.
            self._db.metrics.unhandled_exceptions.labels("webhooks").inc()
            _logger.exception("webhook_lane_ended", webhook_id=due.id)
            self._rest(due)
        finally:
            del self._lanes[due.id]
            if lane.is_stirred and self._watch is not None:
                # It was nudged when it had looked for the last time.
                self._watch.wake()

    async def _is_worth_it(self, due: Due) -> bool:
        """Whether there is something to write down: now and then, how far it is."""
        now, seen = self._office.now(), self._seen.pop(due.id, None)
        scanned = seen.scanned if seen is not None else 0
        found = await self._db.read(peek, due.account_id, due.id, scanned)
        if found is None or self._is_stopping:
            return False
        if found.is_due:
            return True
        at = seen.at if seen is not None else now
        if not at <= now < at + WRITTEN_EVERY:
            return True
        self._seen[due.id] = Seen(scanned=found.scanned, at=at)
        return False

    def _rest(self, due: Due, time: timedelta = RESTS_FOR) -> None:
        """Lets it be for a moment, whatever there is for it."""
        self._resting[due.id] = self._office.now() + time

    async def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
