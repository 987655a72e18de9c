"""
Keeps or seeks the lead of the processes on one database: who leads does what is once.

The lead is a row that is renewed every few seconds. Whoever was paused for longer than
it lasts does not lead when it goes on, and finds out by its own clock, before it has
asked. On SQLite there is one process, and it leads.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.errors import Unavailable
from mailbot_server.store import leaders
from mailbot_server.store.database import Database
from mailbot_server.store.leaders import Term
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

ROLE: Final = "scheduler"
LASTS: Final = timedelta(seconds=15)
RENEW_EVERY: Final = timedelta(seconds=5)
MARGIN: Final = timedelta(seconds=1)
"""So much earlier than others may take over, a job is not begun any more."""

Clock = Callable[[], datetime]
_logger: Final = log.get("leading")


class Leading:
    """Whether this process leads."""

    def __init__(
        self, db: Database, clock: Clock, metrics: Metrics, node_id: str
    ) -> None:
        self._db = db
        self._clock = clock
        self._gauge = metrics.leader.labels(ROLE)
        self._node_id = node_id
        self._term: Term | None = None
        self._has_left = False
        # Who asked last would otherwise be who was answered first.
        self._asking = asyncio.Lock()
        self._gauge.set(0 if db.is_postgres else 1)

    @property
    def leads(self) -> bool:
        """Whether this process may begin a job now that is done once for all."""
        if not self._db.is_postgres:
            return True
        return self._term is not None and self._clock() < self._term.until - MARGIN

    @property
    def term(self) -> int:
        """The number of the term, which tells leaders of a log apart; 0 without one."""
        return self._term.number if self._term else 0

    async def renew(self) -> bool:
        """Keeps the lead, or takes it when nobody has it; whether this one leads."""
        if not self._db.is_postgres:
            return True
        async with self._asking:
            if self._has_left:
                return False
            before = self._term
            self._term = await self._db.write(leaders.lead, ROLE, self._node_id, LASTS)
        leads = self._term is not None
        self._gauge.set(int(leads))
        if (before is not None) != leads:
            _logger.info("lead_changed", leads=leads, term=self.term)
        return leads

    async def give_up(self) -> None:
        """Lets another process lead at once, as this one stops."""
        self._has_left = True
        async with self._asking:
            if self._term is None:
                return
            self._term = None
            self._gauge.set(0)
            try:
                await self._db.write(leaders.give_up, ROLE, self._node_id)
            except Unavailable:
                _logger.warning("lead_not_given_up")
