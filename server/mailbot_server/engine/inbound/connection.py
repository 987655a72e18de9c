"""
One client's connection: what it sends, what it is told, and how long it may take.

Stands on aiosmtpd's session, which keeps the state of a connection. Input, output, TLS
and time are replaced. Nothing here is cancelled when the client goes away: its input
ends, and what was begun, such as a commit, comes to its own end.
"""

import asyncio
import copy
import fcntl
import math
import ssl
import termios
from asyncio import sslproto
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final, Self

from aiosmtpd.smtp import SMTP

from mailbot_server.config import Settings
from mailbot_server.core.mail import reply
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.inbound import proxy
from mailbot_server.engine.inbound.gate import Gate
from mailbot_server.engine.inbound.room.budget import Budget
from mailbot_server.engine.inbound.tally import Tally
from mailbot_server.engine.inbound.wire import InputEnded, Wire
from mailbot_server.engine.reverse_paths import ReversePaths
from mailbot_server.engine.tls.certificate import Certificate
from mailbot_server.store.database import Database

LINGER_SECONDS: Final = 2.0
"""How long a client has to take the last answer and to close its side."""

# How others begin: TLS, and a proxy that nobody here trusts.
_FOREIGN: Final = {b"\x16\x03": "tls_hello", proxy.SIGNATURE: "proxy"}
_NOTHING: Final = bytes(4)


class HangUp(Exception):
    """Say this and close the connection; `violation` names what the client did."""

    def __init__(self, last: Reply, violation: str = "") -> None:
        super().__init__(last.text)
        self.last = last
        self.violation = violation


@dataclass(slots=True, kw_only=True)
class Site:
    """What the connections of one listener share."""

    db: Database
    clock: Callable[[], datetime]
    settings: Settings
    tally: Tally
    gate: Gate
    budget: Budget
    hostname: str
    certificate: Certificate | None = None
    """None: STARTTLS is not offered."""

    paths: ReversePaths | None = None
    """Of whose deliveries complaints tell; None: nothing comes back here."""

    is_draining: bool = False
    open: "set[Connection]" = field(default_factory=set)
    """Until the client is gone and nothing works for it any more."""

    is_empty: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def tls(self) -> ssl.SSLContext | None:
        """What the next connection speaks TLS with."""
        return self.certificate.pair.context if self.certificate else None


@lru_cache(maxsize=64)
def _line(answer: Reply) -> bytes:
    """A reply as it is sent; nearly all are one of a few constants."""
    return answer.wire().encode() + b"\r\n"


class _TlsLayer(sslproto.SSLProtocol):
    """asyncio's, with a buffer of two records for each connection, not of sixteen."""

    max_size = 32 * 1024


class Connection(SMTP):
    """
    One connection, made by `serve_on` from a prototype that serves nobody.

    aiosmtpd's constructor looks all methods of the class up, which costs more than a
    short message does.
    """

    _is_implicit = False
    _early = b""
    """What came before TLS could begin, and belongs to it."""

    _has_heard = False

    def __init__(self, site: Site) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(None, hostname=site.hostname, tls_context=site.tls, loop=loop)
        # aiosmtpd's are one dictionary for all connections of the process.
        self.command_size_limits: dict[str, int] = {}
        self._site = site
        self._tally = site.tally
        self._seconds = site.settings.smtp_command_seconds

    def serve_on(
        self,
        transport: asyncio.Transport,
        peer_ip: str,
        *,
        is_implicit: bool = False,
        early: bytes = b"",
    ) -> Self:
        """
        A connection like this one, with state of its own, that serves a client.

        `is_implicit`: TLS comes before the first word (RFC 8314 3.3). `early` is what
        the client has sent already.
        """
        connection = copy.copy(self)
        if is_implicit:
            # What comes now is for TLS, which is there a moment later.
            transport.pause_reading()
        connection._is_implicit = is_implicit  # noqa: SLF001 - of the same class
        connection._begin(transport, peer_ip)  # noqa: SLF001 - of the same class
        if early and is_implicit:
            connection._early = early  # noqa: SLF001 - of the same class
        elif early:
            connection.data_received(early)
        return connection

    def _begin(self, transport: asyncio.Transport, peer_ip: str) -> None:
        asyncio.StreamReaderProtocol.__init__(
            self,
            asyncio.StreamReader(loop=self.loop),
            self._cb_client_connected,
            self.loop,
        )
        self.peer_ip = peer_ip
        self._wire = Wire()
        self._out: list[bytes] = []
        self._began_at = self.loop.time()
        self._ends_at = self._began_at + self._site.settings.smtp_session_seconds
        self._deadline = math.inf
        self._alarm = self.loop.call_at(self._began_at + self._seconds, self._ring)
        self._is_lost = False
        self._is_served = False
        self._is_cut_short = False
        self._is_expired = False
        self._is_receiving = False
        self._site.open.add(self)
        self._tally.opened()
        transport.set_protocol(self)
        self.connection_made(transport)

    # --- for who speaks SMTP on it ----------------------------------------------------

    @property
    def is_tls(self) -> bool:
        """Whether TLS is there."""
        return self.session is not None and self.session.ssl is not None

    async def serve(self) -> None:
        """Answers the client until it or we have had enough; raises HangUp."""
        raise NotImplementedError

    def say(self, answer: Reply) -> None:
        """Answers; what is said is sent when the client's next words are waited for."""
        self._out.append(_line(answer))

    async def more(self, seconds: float) -> None:
        """
        Waits until the client has sent more.

        Raises InputEnded, and HangUp when it takes longer than `seconds` or the whole
        session too long.
        """
        self._expect_by(min(self.loop.time() + seconds, self._ends_at))
        try:
            self.flush()
            if self._has_unsent:
                await self._writer.drain()
            await self._wire.wait()
        except OSError as error:
            raise InputEnded from error
        finally:
            self._deadline = math.inf

    async def pause(self, seconds: float) -> None:
        """
        Lets time pass before the client hears more.

        Raises InputEnded when it goes, and HangUp when we do.
        """
        self.flush()
        await self._wire.rest(seconds)

    @property
    def has_spoken(self) -> bool:
        """Whether anything has come from the client that nobody has looked at."""
        if self._wire:
            return True
        peer = self.transport.get_extra_info("socket") if self.transport else None
        if peer is None or peer.fileno() < 0:
            return False
        return fcntl.ioctl(peer.fileno(), termios.FIONREAD, _NOTHING) != _NOTHING

    @property
    def _has_unsent(self) -> bool:
        """Whether the system did not take at once what was said last."""
        transport = self.transport
        if not isinstance(transport, asyncio.Transport):
            return False
        return transport.get_write_buffer_size() > 0

    def flush(self) -> None:
        """Sends what has been said."""
        transport = self.transport
        if self._out and isinstance(transport, asyncio.Transport):
            if not transport.is_closing():
                transport.write(b"".join(self._out))
            self._out.clear()

    async def start_tls(self) -> None:
        """TLS; raises InputEnded when the handshake fails (RFC 3207 4)."""
        transport = self.transport
        if self._site.tls is None or not isinstance(transport, asyncio.Transport):
            raise InputEnded
        if self._is_implicit:
            # Once the protocol has changed, which is before anything else runs.
            self.loop.call_soon(self._resume, transport)
        else:
            self.say(reply.START_TLS)
            self.flush()
        # Nothing suspends between 220 and the change of protocol, or the client's
        # first TLS record could be taken for a command.
        ready = self.loop.create_future()
        layer = _TlsLayer(self.loop, self, self._site.tls, ready, server_side=True)
        self._tls_protocol = layer
        self._original_transport = transport
        transport.set_protocol(layer)
        self.transport = layer._app_transport  # noqa: SLF001 - as aiosmtpd does
        layer.connection_made(transport)
        self._expect_by(self.loop.time() + self._seconds)
        try:
            await ready
        except OSError as error:
            raise InputEnded from error
        finally:
            self._deadline = math.inf
        if not self.is_tls:
            raise InputEnded

    def _resume(self, transport: asyncio.ReadTransport) -> None:
        protocol = transport.get_protocol()
        if self._early and isinstance(protocol, asyncio.BufferedProtocol):
            buffer = memoryview(protocol.get_buffer(len(self._early)))
            buffer[: len(self._early)] = self._early
            protocol.buffer_updated(len(self._early))
        transport.resume_reading()

    def drain(self) -> None:
        """Hangs up if nothing is under way; what is coming in may finish."""
        if self._wire.is_waiting and not self._is_receiving:
            self._wire.interrupt(HangUp(reply.SHUTTING_DOWN))

    def abort(self) -> None:
        """Cuts the connection."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    # --- what aiosmtpd and asyncio call -----------------------------------------------

    async def _handle_client(self) -> None:
        try:
            if self._is_implicit:
                await self.start_tls()
            await self.serve()
        except HangUp as end:
            if end.violation:
                self._tally.violation(end.violation)
            self.say(end.last)
            self._is_cut_short = not end.last.is_success
        except InputEnded:
            pass  # nobody is there to be told
        finally:
            self._is_served = True
            self._close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is there; or, a second time, TLS is."""
        super().connection_made(transport)
        self._wire.clear()
        if isinstance(transport, asyncio.ReadTransport):
            self._wire.transport = transport

    def data_received(self, data: bytes) -> None:
        """The client sent something."""
        if self._is_served:
            return
        if not self._has_heard:
            self._has_heard = True
            self._look_at_first(data)
        self._wire.feed(data)

    def _look_at_first(self, data: bytes) -> None:
        for beginning, kind in _FOREIGN.items():
            if data.startswith(beginning) and not self.is_tls:
                self._wire.interrupt(HangUp(reply.UNKNOWN_COMMAND, kind))

    def eof_received(self) -> bool:
        """The client has said all; True keeps our side open for the answers."""
        self._wire.feed_end()
        # TLS cannot be closed on one side.
        return not self.is_tls and not self._is_served

    def connection_lost(self, error: Exception | None) -> None:
        """The client is gone."""
        if self._is_lost:
            return
        self._is_lost = True
        self._alarm.cancel()
        if self._original_transport is not None:
            self._original_transport.close()
        # Not aiosmtpd's: it cancels what is being done for the client.
        asyncio.StreamReaderProtocol.connection_lost(self, error)
        self.transport = None
        self._wire.interrupt(InputEnded())
        self._site.gate.leave(self.peer_ip)
        self._tally.closed(self.loop.time() - self._began_at)
        self._leave()

    def _reset_timeout(self, duration: float | None = None) -> None:
        """Nothing: aiosmtpd's timer knows one phase only, and closes without a word."""

    # --- time and the end -------------------------------------------------------------

    def _expect_by(self, moment: float) -> None:
        self._deadline = moment
        # A timer that rings too early is cheaper than a new one for every command.
        if moment < self._alarm.when():
            self._alarm.cancel()
            self._alarm = self.loop.call_at(moment, self._ring)

    def _ring(self) -> None:
        now = self.loop.time()
        if now < self._deadline:
            next_at = min(self._deadline, now + self._seconds)
            self._alarm = self.loop.call_at(next_at, self._ring)
        elif self._is_served or self._is_expired:
            self.abort()
        else:
            self._is_expired = True
            self._wire.interrupt(HangUp(reply.IDLE_TIMEOUT, "timeout"))
            # Nobody may be waiting: then it is our answers that are not taken.
            self._deadline = now + LINGER_SECONDS
            self._alarm = self.loop.call_at(self._deadline, self._ring)

    def _close(self) -> None:
        self.flush()
        transport = self.transport
        if not isinstance(transport, asyncio.Transport):
            self._leave()
        elif self._tls_protocol is not None and not self.is_tls:
            # asyncio tells nobody that a connection was lost in the handshake.
            transport.close()
            self.connection_lost(None)
        else:
            if self._is_cut_short or self.is_tls or self._has_unsent:
                self._expect_by(self.loop.time() + LINGER_SECONDS)
            if self._is_cut_short and transport.can_write_eof():
                # To close with input unread would be a reset, and a client that is
                # reset may never see why.
                transport.write_eof()
                self._wire.clear()
                transport.resume_reading()
            else:
                transport.close()

    def _leave(self) -> None:
        if self._is_lost and self._is_served:
            self._site.open.discard(self)
            if not self._site.open:
                self._site.is_empty.set()
