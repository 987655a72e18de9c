"""How much content all sessions of the process may hold until it is committed."""

import asyncio
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.engine.shortage import Shortage

COPIES: Final = 8
"""How often a large message is in memory while it is read and stored, as measured: as
it came, in parts, decoded, with trace fields, and on its way into the database."""

WAIT_SECONDS: Final = 120.0
"""For others to be done; a client waits ten minutes after the dot (RFC 5321
4.5.3.2.6)."""


class NoRoom(Exception):
    """There is no room now; the client should come again later."""


class Budget:
    """
    Counts what is held; who counts something in counts it out again.

    One half of the memory is for what comes in, the other for large messages that are
    read back from their files, one after the other where they do not fit together.
    """

    def __init__(self, settings: Settings, shortage: Shortage) -> None:
        self.folder: Path = settings.data_dir
        self._shortage = shortage
        self._half = settings.smtp_memory_bytes_max // 2
        self._files_max = settings.smtp_files_bytes_max
        self._coming = 0
        self._files = 0
        self._loaded = 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    def is_full(self, octets: int) -> bool:
        """Whether a message of so many octets, as far as known, need not be sent."""
        return (
            self._files + octets > self._files_max or self._shortage.now() is not None
        )

    def keep(self, octets: int) -> bool:
        """Counts octets that come into memory, if they may."""
        if self._coming + octets > self._half:
            return False
        self._coming += octets
        return True

    def drop(self, octets: int) -> None:
        """Octets that came are no longer in memory."""
        self._coming -= octets

    def file(self, octets: int) -> bool:
        """Counts octets that go into a file, if they may."""
        if self._files + octets > self._files_max:
            return False
        self._files += octets
        return True

    def unfile(self, octets: int) -> None:
        """A file with so many octets is gone."""
        self._files -= octets

    async def load(self, octets: int) -> None:
        """
        Waits for its turn to have a message in memory; a large one may be there alone.

        Raises NoRoom when that takes too long.
        """
        weight = octets * COPIES
        if not self._waiting and self._fits(weight):
            self._loaded += weight
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        place = (weight, turn)
        self._waiting.append(place)
        is_in = False
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await turn
            is_in = True
        except TimeoutError as error:
            raise NoRoom from error
        finally:
            if not is_in:
                self._withdraw(place)

    def unload(self, octets: int) -> None:
        """A message is no longer in memory."""
        self._loaded -= octets * COPIES
        self._call()

    def _withdraw(self, place: tuple[int, asyncio.Future[None]]) -> None:
        weight, turn = place
        with suppress(ValueError):
            self._waiting.remove(place)
        if turn.done() and not turn.cancelled():
            # Its turn came at the very moment when it gave up.
            self._loaded -= weight
        self._call()

    def _fits(self, weight: int) -> bool:
        return not self._loaded or self._loaded + weight <= self._half

    def _call(self) -> None:
        while self._waiting and self._fits(self._waiting[0][0]):
            weight, turn = self._waiting.popleft()
            if not turn.done():
                self._loaded += weight
                turn.set_result(None)
