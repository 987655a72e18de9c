"""
Where a request may go: every address of a name is looked at when it is connected to.

Strangers choose the names and what they resolve to, each time anew. So the addresses
that were checked are those that are connected to, and a socket is made for no other.
"""

import socket
from typing import Any, Final

from aiohttp.abc import AbstractResolver, ResolveResult

from mailbot_server.core.destination.networks import is_private
from mailbot_server.core.webhook.exempt import Exempt
from mailbot_server.engine.dns import AddressAnswer, Lookups

ADDRESSES_MAX: Final = 4
APPROVED_MAX: Final = 1000
_LOCALHOST: Final = ("127.0.0.1", "::1")


class Blocked(OSError):
    """The name has an address that must not be called."""


class Unresolved(OSError):
    """The name has no address, or nobody could say."""


class Guard(AbstractResolver):
    """Our resolver, as aiohttp asks one, and who opens sockets for it."""

    def __init__(self, lookups: Lookups, exempt: Exempt) -> None:
        self._lookups = lookups
        self._exempt = exempt
        self._approved: dict[str, None] = {}
        """Private addresses that the operator's words allowed, the newest last."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses to connect to; raises Blocked and Unresolved."""
        del family
        known = await self._addresses(host)
        for address in known:
            self.check(host, address)
        return [_result(host, address, port) for address in known[:ADDRESSES_MAX]]

    def check(self, host: str, address: str) -> None:
        """Raises Blocked unless a request for this host may go to this address."""
        if not self._exempt.may_call(host, address):
            message = f"{host} resolves to {address}, which must not be called"
            raise Blocked(message)
        if is_private(address):
            self._approved.pop(address, None)
            self._approved[address] = None
            if len(self._approved) > APPROVED_MAX:
                del self._approved[next(iter(self._approved))]

    def open_socket(self, place: tuple[Any, ...]) -> socket.socket:
        """A socket for an address that was checked; raises Blocked for any other."""
        family, kind, protocol, _, where = place
        address = str(where[0])
        if is_private(address) and address not in self._approved:
            message = f"{address} was not checked before it was connected to"
            raise Blocked(message)
        return socket.socket(family, kind, protocol)

    async def close(self) -> None:
        """Nothing is held."""

    async def _addresses(self, host: str) -> tuple[str, ...]:
        if host == "localhost" or host.endswith(".localhost"):
            # RFC 6761 6.3: never asked of a name server.
            return _LOCALHOST
        answer = await self._lookups.addresses(host)
        if not answer.v4 and not answer.v6:
            raise Unresolved(_words(host, answer))
        return (*answer.v4, *answer.v6)


def _words(host: str, answer: AddressAnswer) -> str:
    return f"{host} has no address: {answer.status.value}"


def _result(host: str, address: str, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=address,
        port=port,
        family=socket.AF_INET6 if ":" in address else socket.AF_INET,
        proto=socket.IPPROTO_TCP,
        flags=socket.AI_NUMERICHOST,
    )
