"""Opens SMTP ports, lets clients in or turns them away, and drains."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address, ip_network
from typing import Final

from mailbot_server.core.mail import reply
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inbound import proxy
from mailbot_server.engine.inbound.connection import Connection, Site
from mailbot_server.telemetry import log

BACKLOG: Final = 1024
STOP_SECONDS: Final = 5.0
ASK_SECONDS: Final = 0.25
"""How often a draining listener looks for sessions that have come to rest."""

PROXY_SECONDS: Final = 10.0
"""A proxy knows whom it speaks for when it connects."""

NOTE_SECONDS: Final = 1.0
"""At most one line in so much time tells of those who were turned away."""

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
        networks = site.settings.smtp_proxy_networks
        self._proxies = [ip_network(each) for each in networks]
        self._noted_at = -NOTE_SECONDS
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
        """
        Opens all ports, or none: raises OSError when one is taken.

        And BadSettings for a certificate that cannot be used.
        """
        if self._site.certificate:
            self._site.certificate.load()
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
            partial(_Door, admit),
            *(port.host, port.number),
            backlog=BACKLOG,
            reuse_port=self._site.settings.shares_ports or None,
        )

    async def drain(self, seconds: float) -> None:
        """
        Takes no new mail and lets what is coming in finish, at most for so long.

        Whoever connects or gives a command is asked to come again later. Where others
        listen on the same ports, whoever connects is theirs.
        """
        if self._site.settings.shares_ports:
            for server in self._servers:
                server.close()
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
        let_in = partial(self._let_in, transport, is_implicit=is_implicit)
        if self._proxies and self._is_proxy(peer_ip):
            transport.set_protocol(_ProxyDoor(transport, peer_ip, let_in, self._refuse))
        else:
            let_in(peer_ip)

    def _let_in(
        self,
        transport: asyncio.Transport,
        peer_ip: str,
        early: bytes = b"",
        *,
        is_implicit: bool,
    ) -> None:
        if self._site.is_draining or self._prototype is None:
            self._turn_away(transport, reply.SHUTTING_DOWN, "draining")
        elif turned := self._site.gate.admit(peer_ip):
            self._turn_away(transport, reply.TOO_MANY_CONNECTIONS, turned)
            self._note(peer_ip, turned)
        else:
            self._site.tally.connected("accepted")
            self._prototype.serve_on(
                transport, peer_ip, is_implicit=is_implicit, early=early
            )

    def _is_proxy(self, peer_ip: str) -> bool:
        if not peer_ip:
            return False
        address = ip_address(peer_ip)
        return any(address in network for network in self._proxies)

    def _refuse(self, transport: asyncio.Transport, peer_ip: str) -> None:
        """Cuts off a proxy that does not say whom it speaks for."""
        transport.abort()
        self._site.tally.connected("proxy_error")
        self._note(peer_ip, "proxy_error")

    def _note(self, peer_ip: str, why: str) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._noted_at + NOTE_SECONDS:
            self._noted_at = now
            _logger.info("connection_refused", peer=peer_ip, reason=why)

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


class _ProxyDoor(asyncio.Protocol):
    """Stands at the door of a proxy until it has said whom it speaks for."""

    def __init__(
        self,
        transport: asyncio.Transport,
        peer_ip: str,
        let_in: Callable[[str, bytes], None],
        refuse: Callable[[asyncio.Transport, str], None],
    ) -> None:
        self._transport = transport
        self._peer_ip = peer_ip
        self._let_in = let_in
        self._refuse = refuse
        self._said = b""
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(PROXY_SECONDS, refuse, transport, peer_ip)

    def data_received(self, data: bytes) -> None:
        """The proxy, and maybe its client too, said something."""
        self._said += data
        try:
            header = proxy.read(self._said)
        except proxy.Malformed:
            self._alarm.cancel()
            self._refuse(self._transport, self._peer_ip)
            return
        if header:
            self._alarm.cancel()
            peer_ip = header.peer_ip or self._peer_ip
            self._let_in(peer_ip, self._said[header.size :])

    def connection_lost(self, error: Exception | None) -> None:
        """The proxy is gone."""
        del error
        self._alarm.cancel()


def _peer_ip(transport: asyncio.Transport) -> str:
    """The client's address: without a zone, IPv4 as itself."""
    peer = transport.get_extra_info("peername")
    # Without one it is gone already.
    return proxy.plain(str(peer[0])) if peer else ""
