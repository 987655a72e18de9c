"""
Knows when no name server answers at all, so that nobody waits for what will not come.

A stranger may choose names that nobody answers for, so timeouts alone prove nothing:
after some in a row the root is asked about, which every resolver knows by heart.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.engine.dns.answer import Status
from mailbot_server.telemetry import log

MISSES_MAX: Final = 8
"""Questions in a row that nobody answered, until it is looked why."""

LOOKS_AFTER: Final = timedelta(seconds=2)
"""At the least, from one look to the next; looks come with questions alone."""

Clock = Callable[[], datetime]
Look = Callable[[], Awaitable[Status]]
_logger: Final = log.get("dns")


class Silence:
    """Whether the name servers are silent; `look` asks them about the root."""

    def __init__(self, clock: Clock, look: Look) -> None:
        self._clock = clock
        self._look = look
        self._misses = 0
        self._is_on = False
        self._looked_at: datetime | None = None
        self._looking: asyncio.Task[None] | None = None

    def reigns(self) -> bool:
        """Whether a question would be in vain now; asks itself whether it still is."""
        if self._is_on:
            self._begin_look()
        return self._is_on

    def learn(self, status: Status) -> None:
        """How a question ended."""
        if status is not Status.TIMEOUT:
            self._end()
            return
        self._misses += 1
        if self._misses >= MISSES_MAX:
            self._begin_look()

    def _end(self) -> None:
        if self._is_on:
            _logger.info("name_servers_answer_again")
        self._misses = 0
        self._is_on = False

    def _begin_look(self) -> None:
        now = self._clock()
        if self._looking is not None:
            return
        if self._looked_at is not None and now - self._looked_at < LOOKS_AFTER:
            return
        self._looked_at = now
        self._looking = asyncio.create_task(self._find_out(), name="dns-silence")

    async def _find_out(self) -> None:
        try:
            status = await self._look()
        finally:
            self._looking = None
        if status is not Status.TIMEOUT:
            self._end()
        elif self._misses and not self._is_on:
            _logger.warning("name_servers_silent", unanswered=self._misses)
            self._is_on = True
