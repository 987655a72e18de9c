"""Opens SMTP ports, lets clients in or turns them away, and drains."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv6Address
from pathlib import Path
from typing import Final

from mailbot_server.core.mail import reply
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inbound.connection import Connection, Site
from mailbot_server.telemetry import log

BACKLOG: Final = 1024
STOP_SECONDS: Final = 5.0
ASK_SECONDS: Final = 0.25
"""How often a draining listener looks for sessions that have come to rest."""

_logger: Final = log.get("smtp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """An address to listen at; 0 takes a free port."""

    host: str
    number: int
    is_implicit: bool = False
    """TLS comes before the first word (RFC 8314 3.3)."""


class Listener:
    """
    Ports that speak SMTP with the same sessions.

    `begin` makes the session that all others are copies of, when the listener starts.
    """

    def __init__(
        self, site: Site, ports: Sequence[Port], begin: Callable[[], Connection]
    ) -> None:
        self._site = site
        self._ports = ports
        self._begin = begin
        self._prototype: Connection | None = None
        self._servers: list[asyncio.Server] = []

    @property
    def port(self) -> int:
        """The first port that was bound."""
        return self.ports[0]

    @property
    def ports(self) -> list[int]:
        """The ports that were bound, in the order in which they were asked for."""
        if not self._servers:
            raise AssertionError("the listener is not started")
        return [each.sockets[0].getsockname()[1] for each in self._servers]

    async def start(self) -> None:
        """Opens all ports, or none: raises OSError when one is taken."""
        self._prototype = self._begin()
        try:
            for each in self._ports:
                self._servers.append(await self._open(each))
        except OSError:
            await self.stop()
            raise

    async def _open(self, port: Port) -> asyncio.Server:
        admit = partial(self.admit, is_implicit=port.is_implicit)
        loop = asyncio.get_running_loop()
        return await loop.create_server(
            partial(_Door, admit), port.host, port.number, backlog=BACKLOG
        )

    async def drain(self, seconds: float) -> None:
        """
        Takes no new mail and lets what is coming in finish, at most for so long.

        Whoever connects or gives a command is asked to come again later.
        """
        self._site.is_draining = True
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + seconds
        while self._site.open and (left := ends_at - loop.time()) > 0:
            for session in list(self._site.open):
                session.drain()
            await self._emptied(min(left, ASK_SECONDS))

    async def stop(self) -> None:
        """Closes the ports and cuts what is still open; commits under way may end."""
        for server in self._servers:
            server.close()
        for session in list(self._site.open):
            session.abort()
        await self._emptied(STOP_SECONDS)
        for server in self._servers:
            await server.wait_closed()

    def admit(self, transport: asyncio.Transport, *, is_implicit: bool = False) -> None:
        """Gives a new connection its session, or turns it away."""
        peer_ip = _peer_ip(transport)
        if self._site.is_draining or self._prototype is None:
            self._turn_away(transport, reply.SHUTTING_DOWN, "draining")
        elif not self._site.gate.admit(peer_ip):
            self._turn_away(transport, reply.TOO_MANY_CONNECTIONS, "over_limit")
            _logger.info("connection_refused", peer=peer_ip)
        else:
            self._site.tally.connected("accepted")
            self._prototype.serve_on(transport, peer_ip, is_implicit=is_implicit)

    async def _emptied(self, seconds: float) -> None:
        """Waits until no connection is left, at most for so long."""
        if not self._site.open:
            return
        self._site.is_empty.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._site.is_empty.wait()

    def _turn_away(self, transport: asyncio.Transport, last: Reply, why: str) -> None:
        self._site.tally.connected(why)
        transport.write(last.wire().encode() + b"\r\n")
        transport.close()


class _Door(asyncio.Protocol):
    """Stands where a session would, until it is known whether there will be one."""

    def __init__(self, admit: Callable[[asyncio.Transport], None]) -> None:
        self._admit = admit

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has connected."""
        if isinstance(transport, asyncio.Transport):
            self._admit(transport)


def _peer_ip(transport: asyncio.Transport) -> str:
    """The client's address: without a zone, IPv4 as itself."""
    peer = transport.get_extra_info("peername")
    if not peer:
        return ""  # it is gone already
    text = str(peer[0]).partition("%")[0]
    if ":" not in text:
        return text
    mapped = IPv6Address(text).ipv4_mapped
    return str(mapped) if mapped else text


def server_context(cert: Path, key: Path | None) -> ssl.SSLContext:
    """One context for all connections; without a key it stands in the same file."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context
