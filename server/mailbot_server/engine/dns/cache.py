"""
A bounded memory in which everything has an end; what is longest unused leaves first.

What has ended is never given, not even while the name servers are away.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Values by key, at most `size`."""

    def __init__(self, clock: Callable[[], datetime], size: int) -> None:
        self._clock = clock
        self._size = size
        self._kept: OrderedDict[K, tuple[datetime, datetime, V]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: K) -> V | None:
        """The value, unless its time is over, or a clock was set back behind it."""
        found = self._kept.get(key)
        if found is None:
            return None
        since, until, value = found
        if not since <= self._clock() < until:
            del self._kept[key]
            return None
        self._kept.move_to_end(key)
        return value

    def put(self, key: K, value: V, lasts: timedelta) -> None:
        """Keeps a value for so long."""
        now = self._clock()
        self._kept[key] = (now, now + lasts, value)
        self._kept.move_to_end(key)
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)
