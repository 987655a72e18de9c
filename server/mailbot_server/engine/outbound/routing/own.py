"""Which addresses lead back to this server."""

import socket
from ipaddress import ip_address
from typing import Final

from mailbot_server.config import Settings

_ANY: Final = frozenset(("0.0.0.0", "::"))  # noqa: S104 - compared with, not bound to
# RFC 5737 3, RFC 3849: no machine has these.
_NOBODYS: Final = {
    socket.AF_INET: "192.0.2.1",
    socket.AF_INET6: "2001:db8::1",
}


def is_own(settings: Settings, address: str) -> bool:
    """
    Whether mail for that address would come back to this server's MX port.

    A port that is open on all addresses is open on every one the machine has; those
    that it is reached by and does not have are in the setting `own_addresses`.
    """
    if address in settings.own_addresses:
        return True
    if settings.mx_host in _ANY:
        return _is_here(address)
    return address == settings.mx_host


def _is_here(address: str) -> bool:
    """Only the machine's own can be bound to, unless Linux was told otherwise."""
    family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
    return _can_bind(family, address) and not _can_bind(family, _NOBODYS[family])


def _can_bind(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True
