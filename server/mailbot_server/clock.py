"""
The time and random bytes: the only place, with app.py, that asks the system.

On PostgreSQL several machines must agree on the time, so the clock there is the
machine's monotonic one plus an offset that is measured against the database.
"""

import secrets
import time
from datetime import UTC, datetime, timedelta


def entropy(length: int) -> bytes:
    """That many bytes from the system's source of randomness."""
    return secrets.token_bytes(length)


class SystemClock:
    """Calling it tells the time in UTC; it never runs backwards with the wall clock."""

    def __init__(self) -> None:
        self._started_at = datetime.now(tz=UTC)
        self._started_monotonic = time.monotonic()

    def __call__(self) -> datetime:
        """The time."""
        elapsed = time.monotonic() - self._started_monotonic
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
