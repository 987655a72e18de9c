"""
A live view of what is said to chosen destinations and what they answer.

Only watchers cost anything. They never slow an attempt down: what they do not read in
time is dropped and counted. The text of a message is never shown, nor a password.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

LINES_MAX: Final = 1000
"""Lines that wait for one watcher; a transaction has about ten."""

TEXT_MAX: Final = 1000
"""Characters of a line."""

Clock = Callable[[], datetime]


class Direction(StrEnum):
    """Who said it."""

    SENT = "sent"
    HEARD = "heard"
    NOTE = "note"
    """Nobody: what became of the connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a dialogue; `host` is "name (ip:port)"."""

    at: datetime
    delivery_id: str
    host: str
    direction: Direction
    text: str


class Watcher:
    """Who follows one destination: an iterator over lines that never ends itself."""

    def __init__(self, destination: str) -> None:
        self.destination = destination
        self.dropped = 0
        """Lines lost so far because nobody read them in time."""
        self._lines: deque[Line] = deque()
        self._arrived = asyncio.Event()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Line:
        while not self._lines:
            self._arrived.clear()
            await self._arrived.wait()
        return self._lines.popleft()

    def add(self, line: Line) -> None:
        """Keeps the line, or counts it when there are too many already."""
        if len(self._lines) >= LINES_MAX:
            self.dropped += 1
            return
        self._lines.append(line)
        self._arrived.set()


class Tap:
    """What one attempt reports to those who watch its destination."""

    def __init__(
        self, clock: Clock, delivery_id: str, watchers: Sequence[Watcher]
    ) -> None:
        self._clock = clock
        self._delivery_id = delivery_id
        self._watchers = watchers

    def show(self, host: str, direction: Direction, text: str) -> None:
        """Shows a line, cut to what a person reads."""
        line = Line(
            at=self._clock(),
            delivery_id=self._delivery_id,
            host=host,
            direction=direction,
            text=text[:TEXT_MAX],
        )
        for watcher in self._watchers:
            watcher.add(line)


class Dialogues:
    """The watchers of one process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._watchers: list[Watcher] = []

    @contextmanager
    def watch(self, destination: str) -> Iterator[Watcher]:
        """
        Follows attempts that begin from now on; yields what to iterate over.

        `destination` is a recipients' domain (A-labels, lower case) or a site.
        """
        watcher = Watcher(destination)
        self._watchers.append(watcher)
        try:
            yield watcher
        finally:
            self._watchers.remove(watcher)

    def tap(self, delivery_id: str, *destinations: str) -> Tap | None:
        """Where an attempt at these reports; None while nobody watches any."""
        if not self._watchers:
            return None
        watchers = [w for w in self._watchers if w.destination in destinations]
        return Tap(self._clock, delivery_id, watchers) if watchers else None
