"""
Who waits for what: a committed topic wakes its watches.

A wake-up is a hint and never the truth: whoever is woken reads the database. A watch
remembers that its topic changed since it last looked, so none is lost between
looking and waiting. All of this runs in the event loop's thread.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from types import TracebackType
from typing import Self


class Topics:
    """The watches of one process, by topic."""

    def __init__(self) -> None:
        self._watches: dict[str, set[Watch]] = defaultdict(set)

    def watch(self, *topics: str) -> "Watch":
        """A watch on one topic, or on several; use it as a context manager."""
        watch = Watch(self, topics)
        for topic in topics:
            self._watches[topic].add(watch)
        return watch

    def forget(self, watch: "Watch") -> None:
        """Stops waking a watch."""
        for topic in watch.topics:
            watches = self._watches.get(topic, set())
            watches.discard(watch)
            if not watches:
                self._watches.pop(topic, None)

    def wake(self, topics: Iterable[str]) -> None:
        """Wakes the watches of these topics."""
        for topic in topics:
            for watch in self._watches.get(topic, ()):
                watch.wake()

    def wake_all(self) -> None:
        """Wakes every watch: after a pause in which wake-ups may have been lost."""
        self.wake(list(self._watches))


class Watch:
    """One waiter's view of its topics."""

    def __init__(self, owner: Topics, topics: tuple[str, ...]) -> None:
        self.topics = topics
        self._owner = owner
        self._changed = asyncio.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._owner.forget(self)

    def wake(self) -> None:
        """Marks its topics as changed."""
        self._changed.set()

    def take(self) -> bool:
        """Whether one has changed since this was asked last; waits for nothing."""
        has_changed = self._changed.is_set()
        self._changed.clear()
        return has_changed

    async def changed(self, timeout_seconds: float) -> bool:
        """
        Waits until one has changed since the last call, or for so long.

        False when time ran out: look at the database all the same.
        """
        try:
            async with asyncio.timeout(timeout_seconds):
                await self._changed.wait()
        except TimeoutError:
            return False
        finally:
            self._changed.clear()
        return True
