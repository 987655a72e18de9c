"""Who may connect now: limits on open connections, in all and for each address."""

from collections import Counter
from ipaddress import IPv6Address
from typing import Final

_HOST_BITS: Final = 64
"""An IPv6 host has a whole network of addresses, so they count together."""


class Gate:
    """The open connections of one listener."""

    def __init__(self, connections_max: int, per_ip_max: int) -> None:
        self._connections_max = connections_max
        self._per_ip_max = per_ip_max
        self._open: Counter[str] = Counter()
        self._total = 0

    def admit(self, peer_ip: str) -> bool:
        """Counts a new connection, unless there are too many."""
        source = source_of(peer_ip)
        if self._total >= self._connections_max:
            return False
        if self._open[source] >= self._per_ip_max:
            return False
        self._open[source] += 1
        self._total += 1
        return True

    def leave(self, peer_ip: str) -> None:
        """An admitted connection has ended."""
        source = source_of(peer_ip)
        self._total -= 1
        self._open[source] -= 1
        if not self._open[source]:
            del self._open[source]


def source_of(peer_ip: str) -> str:
    """What counts as one address: IPv4 itself, IPv6 its network."""
    if ":" not in peer_ip:
        return peer_ip
    return f"{int(IPv6Address(peer_ip)) >> _HOST_BITS:x}"
