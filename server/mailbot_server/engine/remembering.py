"""What was read a moment ago, until a topic says that it has changed."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from mailbot_server.store.database import Watch

REMEMBERED_SECONDS: Final = 2.0
"""For changes of other processes whose wake-up is lost."""

REMEMBERED_MAX: Final = 10_000

T = TypeVar("T")


class Memory(Generic[T]):
    """
    What was read, by key, while `watch` sees no change; `seconds` tells the time.

    Whoever has been told that a change is written finds none of it remembered.
    """

    def __init__(self, watch: Watch, seconds: Callable[[], float]) -> None:
        self._watch = watch
        self._seconds = seconds
        self._known: dict[str, tuple[T, float]] = {}
        self._age = 0

    def recall(self, key: str) -> T | None:
        """What is remembered, if anything is."""
        self._look()
        known = self._known.get(key)
        return known[0] if known and self._seconds() < known[1] else None

    def begin(self) -> int:
        """To be asked before what is to be kept is read."""
        self._look()
        return self._age

    def keep(self, key: str, value: T, begun: int) -> None:
        """Remembers what was read, unless something has changed since `begin`."""
        if begun != self.begin():
            return
        if len(self._known) >= REMEMBERED_MAX:
            self._known.clear()
        self._known[key] = (value, self._seconds() + REMEMBERED_SECONDS)

    def _look(self) -> None:
        if self._watch.take():
            self._known.clear()
            self._age += 1
