"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Starts on a Monday at noon; calling it tells the time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def advance(self, **step: float) -> datetime:
        """Moves on, as in `advance(hours=1)`; the new time."""
        self.now += timedelta(**step)
        return self.now
