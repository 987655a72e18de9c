"""Opens the SMTP port, lets clients in or turns them away, and drains."""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from ipaddress import IPv6Address
from time import monotonic
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.mail import reply
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inbound.connection import Site
from mailbot_server.engine.inbound.gate import Gate
from mailbot_server.engine.inbound.ingest import Ingest
from mailbot_server.engine.inbound.recipient import Directory
from mailbot_server.engine.inbound.session import Session
from mailbot_server.engine.inbound.tally import Tally
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

NAME: Final = "mx"
"""How metrics call this listener."""

BACKLOG: Final = 1024
STOP_SECONDS: Final = 5.0
ASK_SECONDS: Final = 0.25
"""How often a draining listener looks for sessions that have come to rest."""

_logger: Final = log.get("smtp")


class Listener:
    """The MX port."""

    def __init__(
        self,
        db: Database,
        clock: Callable[[], datetime],
        settings: Settings,
        metrics: Metrics,
        ingest: Ingest,
        paths: ReversePaths,
    ) -> None:
        self._settings = settings
        self._site = Site(
            db=db,
            directory=Directory(db, settings.sandbox_domain, monotonic, paths),
            clock=clock,
            settings=settings,
            ingest=ingest,
            tally=Tally(metrics, NAME),
            gate=Gate(
                settings.smtp_connections_max, settings.smtp_connections_per_ip_max
            ),
            hostname=settings.hostname or settings.sandbox_domain,
        )
        self._prototype: Session | None = None
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port that was bound."""
        if self._server is None or not self._server.sockets:
            raise AssertionError("the listener is not started")
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        """Opens the port; raises OSError when it is taken."""
        self._site.tls = _tls_context(self._settings)
        self._prototype = Session(self._site)
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Door(self.admit),
            self._settings.mx_host,
            self._settings.mx_port,
            backlog=BACKLOG,
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
        """Closes the port and cuts what is still open; commits under way may end."""
        if self._server is None:
            return
        self._server.close()
        for session in list(self._site.open):
            session.abort()
        await self._emptied(STOP_SECONDS)
        await self._server.wait_closed()

    def admit(self, transport: asyncio.Transport) -> None:
        """Gives a new connection its session, or turns it away."""
        peer_ip = _peer_ip(transport)
        if self._site.is_draining or self._prototype is None:
            self._turn_away(transport, reply.SHUTTING_DOWN, "draining")
        elif not self._site.gate.admit(peer_ip):
            self._turn_away(transport, reply.TOO_MANY_CONNECTIONS, "over_limit")
            _logger.info("connection_refused", peer=peer_ip)
        else:
            self._site.tally.connected("accepted")
            self._prototype.serve_on(transport, peer_ip)

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


def _tls_context(settings: Settings) -> ssl.SSLContext | None:
    """One context for all connections; None when no certificate is configured."""
    if settings.smtp_tls_cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.smtp_tls_cert, settings.smtp_tls_key)
    return context
