"""
One SMTP transaction with one host → Outcome (RFC 5321 4.5.3.2 timeouts, RFC 3207 TLS).

aiosmtplib connects, negotiates TLS and logs in. The transaction is our own, because
where it ended is what it means: before the final dot nothing was sent, after it nobody
knows, and the library reports both alike.
"""

import asyncio
import socket
import ssl
from collections.abc import Container, Coroutine
from dataclasses import dataclass
from typing import Final, Literal, cast

import aiosmtplib

from mailbot_server.config import Settings, SmartHost
from mailbot_server.core.delivery import Deferred, Lost, Outcome, Refused, Stage
from mailbot_server.core.mail import reply as replies
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.engine.outbound.smtp import dial
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status
from mailbot_server.engine.outbound.smtp.wire import Garbage, Wire
from mailbot_server.telemetry.metrics import Metrics

BLOCK_BYTES: Final = 64 * 1024
# RFC 4954 6: they complain about our login, not about the message.
_LOGIN_CODES: Final = frozenset({530, 534, 535, 538})

NO_REPLY: Final = Reply(code=0)
"""Stands for whatever was sent instead of a reply."""

TlsMode = Literal["none", "opportunistic", "starttls", "implicit"]
VERIFIED: Final = frozenset({"starttls", "implicit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One message to one recipient; `raw` has CRLF line ends, one at the end."""

    reverse_path: str
    recipient: str
    raw: bytes


class Ended(Exception):
    """The session is over, with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class Connection:
    """
    One open SMTP session; whatever ends it raises Ended.

    A transaction that was answered leaves it open for the next.
    """

    def __init__(
        self, settings: Settings, metrics: Metrics, progress: Progress, provider: str
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._progress = progress
        self._provider = provider
        self._smtp = aiosmtplib.SMTP()
        self._transport: asyncio.WriteTransport | None = None
        self._wire: Wire | None = None
        self._is_counted = False
        self._is_in_step = False

    async def open(
        self, target: Target, mode: TlsMode, context: ssl.SSLContext
    ) -> None:
        """
        Connects, greets, and negotiates TLS as `mode` says (see SmartHost.tls).

        The connection goes to the very address that was checked.
        """
        self._progress.connect(target.host, dial.shown(target))
        sock = await self._dial(target)
        is_implicit = mode == "implicit"
        self._smtp = aiosmtplib.SMTP(
            hostname=target.host if is_implicit else None,
            sock=sock,
            local_hostname=self._settings.hostname or dial.literal(sock),
            timeout=self._settings.smtp_reply_seconds,
            start_tls=False,
            use_tls=is_implicit,
            tls_context=context,
        )
        self._metrics.smtp_client_connections.labels(self._provider).inc()
        self._is_counted = True
        await self._greet(is_implicit=is_implicit)
        if is_implicit:
            self._secured("verified")
        elif mode != "none":
            await self._start_tls(target.host, mode, context)
        if not self._progress.tls_level:
            self._progress.secure("none", "", "")
            self._metrics.smtp_client_tls.labels("plaintext", "ok").inc()

    async def _dial(self, target: Target) -> socket.socket:
        try:
            return await dial.dial(target, self._settings.smtp_connect_seconds)
        except TimeoutError as error:
            self._count("timeout")
            raise Ended(self._progress.broken("timed out connecting")) from error
        except OSError as error:
            self._count("refused")
            words = f"could not connect: {error.strerror or 'failed'}"
            raise Ended(self._progress.broken(words)) from error

    async def _greet(self, *, is_implicit: bool) -> None:
        self._progress.enter(Stage.TLS if is_implicit else Stage.GREETING)
        try:
            greeting = await self._smtp.connect()
        except aiosmtplib.SMTPResponseException as refusal:
            self._count("rejected")
            if is_implicit:
                self._progress.enter(Stage.GREETING)
            raise self._refused(refusal) from refusal
        except (aiosmtplib.SMTPException, OSError) as error:
            is_handshake = is_implicit and isinstance(error.__cause__, ssl.SSLError)
            self._count("tls_error" if is_handshake else _result(error))
            if is_implicit and not is_handshake:
                self._progress.enter(Stage.GREETING)
            raise self._broken(error) from error
        if is_implicit:
            self._progress.enter(Stage.GREETING)
        self._progress.heard(replies.read(greeting.code, greeting.message))
        self._count("ok")
        await self._hello()

    async def _hello(self) -> None:
        try:
            response = await self._smtp.ehlo()
        except aiosmtplib.SMTPHeloError as refusal:
            if refusal.code not in range(500, 600) or not self._smtp.is_connected:
                raise self._refused(refusal) from refusal
            # RFC 5321 3.2: a host that does not know EHLO is asked with HELO.
            response = await self._helo()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise self._broken(error) from error
        self._progress.heard(replies.read(response.code, response.message))
        self._transport = cast("asyncio.WriteTransport", self._smtp.transport)

    async def _helo(self) -> aiosmtplib.SMTPResponse:
        try:
            return await self._smtp.helo()
        except aiosmtplib.SMTPResponseException as refusal:
            raise self._refused(refusal) from refusal
        except (aiosmtplib.SMTPException, OSError) as error:
            raise self._broken(error) from error

    async def _start_tls(
        self, host: str, mode: TlsMode, context: ssl.SSLContext
    ) -> None:
        level = "verified" if mode in VERIFIED else "unverified"
        if not self._smtp.supports_extension("starttls"):
            if mode in VERIFIED:
                raise self._insecure(level, "the host does not offer STARTTLS")
            return
        self._progress.enter(Stage.TLS)
        try:
            await self._smtp.starttls(server_hostname=host, tls_context=context)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise self._insecure(level, f"TLS failed: {_cause(error)}") from error
        await self._hello()
        self._secured(level)

    def _secured(self, level: str) -> None:
        # Asked of the transport, which still knows when the host is gone already.
        tls = self._transport.get_extra_info("ssl_object") if self._transport else None
        cipher = tls.cipher() if tls else None
        protocol = tls.version() if tls else None
        self._progress.secure(level, protocol or "", cipher[0] if cipher else "")
        self._metrics.smtp_client_tls.labels(level, "ok").inc()

    def _insecure(self, level: str, words: str) -> Ended:
        self._progress.enter(Stage.TLS)
        self._metrics.smtp_client_tls.labels(level, "failed").inc()
        return Ended(Deferred(trace=self._progress.trace(own_status("4.7.5"), words)))

    async def login(self, relay: SmartHost) -> None:
        """Logs in at a smart host; its refusal is a matter between operators."""
        self._progress.enter(Stage.AUTH)
        if self._progress.tls_level == "none" and relay.tls != "none":
            words = "no TLS, so the password was not sent; set smart_host.tls"
            raise self._deferred(own_status("4.7.0"), words)
        try:
            response = await self._smtp.login(relay.username, relay.password)
        except aiosmtplib.SMTPResponseException as refusal:
            reply = replies.read(refusal.code, refusal.message)
            self._progress.heard(reply)
            words = f"the smart host refused our login: {reply.wire()}"
            raise self._deferred(reply, words) from refusal
        except (
            aiosmtplib.SMTPServerDisconnected,
            aiosmtplib.SMTPTimeoutError,
        ) as error:
            raise self._broken(error) from error
        except aiosmtplib.SMTPException as error:
            words = "the smart host offers no login that we know"
            raise self._deferred(own_status("4.7.0"), words) from error
        self._progress.heard(replies.read(response.code, response.message))

    async def transact(self, transaction: Transaction) -> Reply:
        """MAIL, RCPT, DATA; the reply with which the host took the message."""
        wire = self._take_over()
        parameters = self._parameters(transaction)
        self._progress.enter(Stage.MAIL)
        path = f"MAIL FROM:<{transaction.reverse_path}>"
        await self._ask(wire, " ".join([path, *parameters]))
        self._progress.enter(Stage.RCPT)
        await self._ask(wire, f"RCPT TO:<{transaction.recipient}>", wanted=(250, 251))
        self._progress.enter(Stage.DATA)
        await self._ask(wire, "DATA", wanted=(354,))
        await self._write(wire, transaction.raw)
        await self._end(wire)
        seconds = self._settings.smtp_final_reply_seconds
        return await self._hear(wire.reply(seconds), wanted=range(200, 300))

    def _take_over(self) -> Wire:
        if self._wire is None:
            transport = self._smtp.transport
            if transport is None:
                raise Ended(self._progress.broken("the connection was lost"))
            self._wire = Wire(cast("asyncio.Transport", transport))
        return self._wire

    def _parameters(self, transaction: Transaction) -> list[str]:
        parameters = []
        if self._smtp.supports_extension("size"):
            parameters.append(f"SIZE={len(transaction.raw)}")
        addresses = transaction.reverse_path + transaction.recipient
        if addresses.isascii() and transaction.raw.isascii():
            return parameters
        if not self._smtp.supports_extension("smtputf8"):
            self._progress.enter(Stage.MAIL)
            words = "the host does not offer SMTPUTF8, which a non-ASCII address needs"
            trace = self._progress.trace(own_status("5.6.7"), words)
            raise Ended(Refused(trace=trace))
        # RFC 6531 3.1: who offers SMTPUTF8 offers 8BITMIME too.
        return [*parameters, "BODY=8BITMIME", "SMTPUTF8"]

    async def _ask(
        self, wire: Wire, command: str, wanted: Container[int] = (250,)
    ) -> None:
        asking = wire.ask(command, self._settings.smtp_reply_seconds)
        await self._hear(asking, wanted)

    async def _write(self, wire: Wire, raw: bytes) -> None:
        """The whole text; a block has its own deadline (RFC 5321 4.5.3.2.5)."""
        seconds = self._settings.smtp_data_block_seconds
        self._is_in_step = False
        for start in range(0, len(raw), BLOCK_BYTES):
            if start:
                await asyncio.sleep(0)  # A fast network would starve everybody else.
            self._hear_early(wire)
            try:
                await wire.write(_with_dots(raw, start), seconds)
            except OSError as error:
                # It may have said why: "too big", and then the end.
                self._hear_early(wire)
                raise self._broken(error) from error
        self._hear_early(wire)

    async def _end(self, wire: Wire) -> None:
        """
        The final dot, by itself, and only once the system has taken the whole text.

        So whatever ends the attempt before it, nothing was sent.
        """
        if wire.is_over:
            raise self._broken(ConnectionResetError())
        self._progress.enter(Stage.EOD)
        try:
            await wire.write(b".\r\n", self._settings.smtp_data_block_seconds)
        except OSError as error:
            raise self._broken(error) from error

    def _hear_early(self, wire: Wire) -> None:
        try:
            reply = wire.early()
        except Garbage:
            raise self._judged(NO_REPLY) from None
        if reply is not None:
            self._progress.heard(reply)
            raise self._judged(reply)

    async def _hear(
        self, answer: Coroutine[None, None, Reply], wanted: Container[int]
    ) -> Reply:
        self._is_in_step = False
        try:
            reply = await answer
        except Garbage:
            raise self._judged(NO_REPLY) from None
        except OSError as error:
            raise self._broken(error) from error
        self._is_in_step = True
        self._progress.heard(reply)
        if reply.code not in wanted:
            raise self._judged(reply)
        return reply

    def close(self) -> None:
        """
        Takes leave of a host that we are in step with, and never waits.

        Like Postfix (smtp_skip_quit_response) we do not wait for the answer to QUIT.
        """
        if self._is_counted:
            self._metrics.smtp_client_connections.labels(self._provider).dec()
        if self._wire is not None and self._is_in_step:
            self._wire.leave()
        elif self._transport is not None:
            # What could not be written by now is not worth waiting for.
            self._transport.abort()
        else:
            self._smtp.close()

    # --- how it ended -----------------------------------------------------------------

    def _refused(self, refusal: aiosmtplib.SMTPResponseException) -> Ended:
        reply = replies.read(refusal.code, refusal.message)
        self._progress.heard(reply)
        return self._judged(reply)

    def _judged(self, reply: Reply) -> Ended:
        if reply.code == 421 or reply.is_transient or reply.code in _LOGIN_CODES:
            return self._deferred(reply)
        if reply.is_permanent:
            return Ended(Refused(trace=self._progress.trace(reply)))
        words = "the host answered with what is no SMTP reply to this"
        if self._progress.stage is Stage.EOD:
            return Ended(Lost(trace=self._progress.trace(own_status("4.5.0"), words)))
        return self._deferred(own_status("4.5.0"), words)

    def _deferred(self, reply: Reply, words: str = "") -> Ended:
        is_quick = self._progress.stage in {Stage.CONNECT, Stage.GREETING}
        trace = self._progress.trace(reply, words)
        return Ended(Deferred(trace=trace, is_quick=is_quick))

    def _broken(self, error: Exception) -> Ended:
        return Ended(self._progress.broken(_cause(error)))

    def _count(self, result: str) -> None:
        self._metrics.smtp_client_connects.labels(self._provider, result).inc()


def _with_dots(raw: bytes, start: int) -> bytes:
    """The block that begins there, as it goes over the wire (RFC 5321 4.5.2)."""
    block = raw[start : start + BLOCK_BYTES]
    is_new_line = start == 0 or raw[start - 1 : start] == b"\n"
    first = b"." if is_new_line and block.startswith(b".") else b""
    return first + block.replace(b"\n.", b"\n..")


def _result(error: Exception) -> str:
    return "timeout" if isinstance(error, TimeoutError) else "refused"


def _cause(error: BaseException) -> str:
    """A few words of our own for what a library or the system reports."""
    if isinstance(error, TimeoutError):
        return "timed out waiting for the host"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate is not valid: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"the handshake failed: {error.reason or 'unknown'}"
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"the host said {replies.read(error.code, error.message).wire()}"
    if error.__cause__ is not None:
        return _cause(error.__cause__)
    return "the connection was lost"
