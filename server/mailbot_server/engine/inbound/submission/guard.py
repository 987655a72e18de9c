"""Slows those down who guess, and locks them out for a while."""

from collections.abc import Callable
from math import ldexp
from typing import Final

from mailbot_server.engine.inbound.gate import source_of

FAILURES_MAX: Final = 10
"""Of one address, and of one login, within WINDOW_SECONDS."""

WINDOW_SECONDS: Final = 600.0
DELAY_SECONDS: Final = 1.0
DELAY_SECONDS_MAX: Final = 16.0
REMEMBERED_MAX: Final = 30_000
"""Addresses, logins and pairs of both; the ones longest without failure go first."""

Key = tuple[str, str]


class Guard:
    """
    The failed logins of one process; `seconds` tells the time.

    A login that is guessed at from everywhere is locked only for those who have
    guessed: its owner, who comes from elsewhere, gets in.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._failures: dict[Key, list[float]] = {}

    def is_locked(self, peer_ip: str, login: str) -> bool:
        """Whether nothing that this address says about this login is looked at."""
        source = source_of(peer_ip)
        if self._count((source, "")) >= FAILURES_MAX:
            return True
        has_guessed = self._count((source, login)) > 0
        return has_guessed and self._count(("", login)) >= FAILURES_MAX

    def failed(self, peer_ip: str, login: str) -> float:
        """Notes a failure; after how many seconds it should be answered."""
        source = source_of(peer_ip)
        counts = [self._add(key) for key in ((source, ""), ("", login))]
        self._add((source, login))
        return min(ldexp(DELAY_SECONDS, max(counts) - 1), DELAY_SECONDS_MAX)

    def _count(self, key: Key) -> int:
        since = self._seconds() - WINDOW_SECONDS
        return sum(moment > since for moment in self._failures.get(key, ()))

    def _add(self, key: Key) -> int:
        """How many there are with the one that is added."""
        now = self._seconds()
        recent = [t for t in self._failures.pop(key, ()) if t > now - WINDOW_SECONDS]
        # The newest FAILURES_MAX say all that is asked.
        self._failures[key] = [*recent, now][-FAILURES_MAX:]
        if len(self._failures) > REMEMBERED_MAX:
            del self._failures[next(iter(self._failures))]
        return len(self._failures[key])
