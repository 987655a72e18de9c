"""Who may connect now: limits on open connections and on how fast they come."""

from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Final

from mailbot_server.config import Settings

_HOST_BITS: Final = 64
"""An IPv6 host has a whole network of addresses, so they count together."""

WINDOW_SECONDS: Final = 60.0
REMEMBERED_MAX: Final = 30_000
"""Sources whose pace is known; those that came first are forgotten first."""


class Turned(StrEnum):
    """Why somebody is turned away; metrics call it so."""

    ALL = "limit_global"
    ADDRESS = "limit_ip"
    RATE = "rate"


class Gate:
    """
    The connections of one listener; `seconds` tells the time.

    A source may open as many as it likes at once, up to what a minute allows, and then
    one by one as that minute passes.
    """

    def __init__(self, settings: Settings, seconds: Callable[[], float]) -> None:
        self._connections_max = settings.smtp_connections_max
        self._per_ip_max = settings.smtp_connections_per_ip_max
        self._interval = WINDOW_SECONDS / settings.smtp_connections_per_minute_max
        self._seconds = seconds
        self._open: Counter[str] = Counter()
        self._total = 0
        # When a source will have paid for all that it has opened.
        self._paid_at: dict[str, float] = {}

    def admit(self, peer_ip: str) -> Turned | None:
        """Counts a new connection, or says why there is none."""
        source = source_of(peer_ip)
        if self._total >= self._connections_max:
            return Turned.ALL
        if self._open[source] >= self._per_ip_max:
            return Turned.ADDRESS
        if self._is_too_fast(source, peer_ip):
            return Turned.RATE
        self._open[source] += 1
        self._total += 1
        return None

    def leave(self, peer_ip: str) -> None:
        """An admitted connection has ended."""
        source = source_of(peer_ip)
        self._total -= 1
        self._open[source] -= 1
        if not self._open[source]:
            del self._open[source]

    def _is_too_fast(self, source: str, peer_ip: str) -> bool:
        now = self._seconds()
        paid_at = max(self._paid_at.get(source, now), now) + self._interval
        if paid_at > now + WINDOW_SECONDS and not _is_own(peer_ip):
            return True
        self._paid_at[source] = paid_at
        if len(self._paid_at) > REMEMBERED_MAX:
            self._forget(now)
        return False

    def _forget(self, now: float) -> None:
        self._paid_at = {k: at for k, at in self._paid_at.items() if at > now}
        if len(self._paid_at) > REMEMBERED_MAX:
            del self._paid_at[next(iter(self._paid_at))]


def source_of(peer_ip: str) -> str:
    """What counts as one address: IPv4 itself, IPv6 its network."""
    if ":" not in peer_ip:
        return peer_ip
    return f"{int(IPv6Address(peer_ip)) >> _HOST_BITS:x}"


@lru_cache(maxsize=REMEMBERED_MAX)
def _is_own(peer_ip: str) -> bool:
    """Whether it can only be a machine of the operator's network."""
    return bool(peer_ip) and ip_address(peer_ip).is_private
