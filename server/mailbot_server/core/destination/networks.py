"""Addresses that mean nothing, or something else, on another network than one's own."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

ADDRESSES_MAX: Final = 10_000
"""Remembered, because large providers have few and mail for them is much."""

_PRIVATE: Final[tuple[IPv4Network | IPv6Network, ...]] = tuple(
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8"),
        *("169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/96"),
        *("::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64"),
        *("2001::/32", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16"),
        *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)


@lru_cache(ADDRESSES_MAX)
def is_private(address: str) -> bool:
    """Whether a stranger who names this address may mean a host of our own network."""
    parsed = ip_address(unmapped(address))
    return any(
        parsed in network for network in _PRIVATE if network.version == parsed.version
    )


@lru_cache(ADDRESSES_MAX)
def unmapped(address: str) -> str:
    """
    The address in its usual form.

    One of IPv4 in the clothes of IPv6 (RFC 4291 2.5.5.2) is connected to by IPv4.
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(parsed)
