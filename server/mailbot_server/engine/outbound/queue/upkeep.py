"""Does from time to time what leases need to stay, and what waits too long to end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.engine.outbound.queue import lease as leases
from mailbot_server.store import deliveries, nodes
from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics

EXPIRE_EVERY: Final = timedelta(minutes=1)
RELEASE_EVERY: Final = timedelta(minutes=5)
"""One that ends, whose settings were others, may still hold while this one begins."""

SLICE: Final = 1000
"""Leases extended in one operation: a statement of SQLite takes 32,766 values."""

Clock = Callable[[], datetime]


class Upkeep:
    """What one process does for its leases, and for what nobody leases."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        settings: Settings,
        metrics: Metrics,
        node_id: str,
    ) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._metrics = metrics
        self._node_id = node_id
        self._has_begun = False
        self._extended_at: datetime | None = None
        self._expired_at: datetime | None = None
        self._released_at: datetime | None = None

    async def step(self, in_hand: Callable[[], list[str]]) -> None:
        """Does what is due; `in_hand` tells the deliveries that are worked on."""
        now = self._clock()
        if not self._has_begun:
            await self._begin()
        third = timedelta(seconds=self._settings.delivery_lease_seconds / 3)
        if _is_time(self._extended_at, third, now):
            await self._extend(in_hand())
            self._extended_at = now
        if _is_time(self._released_at, RELEASE_EVERY, now):
            await leases.release_permitted(self._db, self._settings)
            self._released_at = now
        if _is_time(self._expired_at, EXPIRE_EVERY, now):
            count = await leases.expire_overdue(self._db, self._metrics)
            # While some end there may be more; those that cannot end wait a minute.
            self._expired_at = None if count else now

    async def _extend(self, in_hand: list[str]) -> None:
        seconds = self._settings.delivery_lease_seconds
        for start in range(0, len(in_hand), SLICE):
            its = in_hand[start : start + SLICE]
            await self._db.write(deliveries.extend_leases, self._node_id, seconds, its)

    async def _begin(self) -> None:
        # Others take the leases of a node that is not known to be alive.
        await self._db.write(nodes.seen, self._node_id)
        self._has_begun = True


def _is_time(last: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether it is; a clock that was set back must not put it off until then."""
    return last is None or not timedelta() <= now - last < every
