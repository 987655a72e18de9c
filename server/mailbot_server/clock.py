"""
The time and random bytes: the only place that asks the system for them.

On PostgreSQL several machines must agree on the time, so the clock there is the
machine's monotonic one plus an offset that is measured against the database.
"""

import os
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Final

BLOCK_BYTES: Final = 4096
_STEADY: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Linux's other one stands still while the machine sleeps, and leases do not."""


class Entropy:
    """
    Random bytes of the system, drawn a block at a time: a call to it costs 50 us.

    Any thread may ask; no byte is given twice.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._block = b""
        self._given = 0
        os.register_at_fork(after_in_child=self._forget)

    def __call__(self, length: int) -> bytes:
        """That many bytes."""
        with self._lock:
            start, end = self._given, self._given + length
            if end > len(self._block):
                self._block = secrets.token_bytes(max(BLOCK_BYTES, length))
                start, end = 0, length
            self._given = end
            return self._block[start:end]

    def _forget(self) -> None:
        self._block, self._given = b"", 0


entropy: Final = Entropy()
"""The one source of this process."""


class SystemClock:
    """Calling it tells the time in UTC; it never runs backwards with the wall clock."""

    def __init__(self) -> None:
        self._started_at = datetime.now(tz=UTC)
        self._started_steady = time.clock_gettime(_STEADY)

    def __call__(self) -> datetime:
        """The time."""
        elapsed = time.clock_gettime(_STEADY) - self._started_steady
        return self._started_at + timedelta(seconds=elapsed)

    def adjust(self, reference: datetime) -> float:
        """Makes `reference` the present; the seconds by which the clock moved."""
        moved = (reference - self()).total_seconds()
        self._started_at += timedelta(seconds=moved)
        return moved


class WallClock:
    """The machine's own time, for one machine with an embedded database."""

    def __call__(self) -> datetime:
        """The time."""
        return datetime.now(tz=UTC)
