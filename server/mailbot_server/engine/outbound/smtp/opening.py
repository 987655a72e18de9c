"""
Opens a session with one address: TCP, greeting, EHLO, TLS, login → Session.

aiosmtplib does the talking up to here; what follows is `session.py`.
"""

import asyncio
import os
import socket
import ssl
from typing import Final, cast

import aiosmtplib

from mailbot_server.config import Settings
from mailbot_server.core.delivery import Deferred, Stage
from mailbot_server.core.destination.provider import provider_of
from mailbot_server.core.judgement import UNPROTECTED
from mailbot_server.core.mail import reply as replies
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.routing.protection import Protection
from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.engine.outbound.smtp import dial, handshake
from mailbot_server.engine.outbound.smtp.ending import Ended, broken, deferred, judged
from mailbot_server.engine.outbound.smtp.handshake import (
    PLAINTEXT,
    Protected,
    Unprotected,
)
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status
from mailbot_server.engine.outbound.smtp.session import Peer, Session
from mailbot_server.engine.outbound.smtp.wire import Wire
from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.ways import SmartHost

EXTENSIONS: Final = ("size", "8bitmime", "smtputf8", "pipelining", "dsn")
"""Those that a transaction makes use of."""


class Opening:
    """The way to one open session; whatever ends it early raises Ended."""

    def __init__(
        self,
        settings: Settings,
        metrics: Metrics,
        progress: Progress,
        target: Target,
        protection: Protection,
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._progress = progress
        self._target = target
        self._protection = protection
        self._provider = provider_of(target.host)
        self._name = ""
        self._transport: asyncio.Transport | None = None

    async def run(self, context: ssl.SSLContext, relay: SmartHost | None) -> Session:
        """
        Connects, greets, negotiates TLS and logs in at a relay that asks for it.

        The connection goes to the very address that was checked.
        """
        self._progress.connect(self._target.host, dial.shown(self._target))
        self._progress.note("connecting")
        sock = await self._dial()
        self._metrics.smtp_client_connections.labels(self._provider).inc()
        self._smtp = self._client(sock, context)
        try:
            protected = await self._protect(context)
            if relay and relay.username:
                await self._login(relay)
            return self._session(protected)
        except BaseException:
            self._metrics.smtp_client_connections.labels(self._provider).dec()
            self._abandon()
            raise

    def _session(self, protected: Protected) -> Session:
        if self._transport is None or self._transport.is_closing():
            self._progress.enter(Stage.MAIL)
            raise broken(self._progress, ConnectionResetError())
        peer = Peer(
            host=self._target.host,
            address=dial.shown(self._target),
            provider=self._provider,
            protected=protected,
            extensions=frozenset(
                name for name in EXTENSIONS if self._smtp.supports_extension(name)
            ),
        )
        return Session(self._settings, self._metrics, peer, Wire(self._transport))

    def _abandon(self) -> None:
        if self._transport is not None:
            # What could not be written by now is not worth waiting for.
            self._transport.abort()
        else:
            self._smtp.close()

    # --- step by step -----------------------------------------------------------------

    async def _dial(self) -> socket.socket:
        try:
            return await dial.dial(self._target, self._settings.smtp_connect_seconds)
        except TimeoutError as error:
            self._count("timeout")
            raise Ended(self._progress.broken("timed out connecting")) from error
        except OSError as error:
            self._count("refused")
            why = os.strerror(error.errno) if error.errno else "failed"
            words = f"could not connect: {why}"
            raise Ended(self._progress.broken(words)) from error

    def _client(self, sock: socket.socket, context: ssl.SSLContext) -> aiosmtplib.SMTP:
        self._name = self._settings.hostname or dial.literal(sock)
        is_implicit = self._protection.mode == "implicit"
        return aiosmtplib.SMTP(
            hostname=self._target.host if is_implicit else None,
            sock=sock,
            local_hostname=self._name,
            timeout=self._settings.smtp_greeting_seconds,
            start_tls=False,
            use_tls=is_implicit,
            tls_context=context,
        )

    async def _protect(self, context: ssl.SSLContext) -> Protected:
        wanted = self._protection
        is_implicit, level = wanted.mode == "implicit", wanted.level
        await self._greet(is_implicit=is_implicit)
        if is_implicit:
            return self._secured(handshake.reached(self._transport, level))
        if wanted.mode != "none":
            self._progress.enter(Stage.TLS)
        try:
            is_protected = await handshake.upgrade(
                *(self._smtp, self._target.host, wanted, context),
                self._progress.now,
            )
        except Unprotected as why:
            raise self._insecure(level, str(why)) from why
        if not is_protected:
            return self._secured(PLAINTEXT)
        await self._hello()
        return self._secured(handshake.reached(self._transport, level))

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
            raise broken(self._progress, error) from error
        if is_implicit:
            self._progress.enter(Stage.GREETING)
        self._heard(greeting)
        self._count("ok")
        self._smtp.timeout = self._settings.smtp_reply_seconds
        await self._hello()

    async def _hello(self) -> None:
        self._progress.say(f"EHLO {self._name}")
        try:
            response = await self._smtp.ehlo()
        except aiosmtplib.SMTPHeloError as refusal:
            if refusal.code not in range(500, 600) or not self._smtp.is_connected:
                raise self._refused(refusal) from refusal
            # RFC 5321 3.2: a host that does not know EHLO is asked with HELO.
            response = await self._helo()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise broken(self._progress, error) from error
        self._heard(response)
        self._transport = cast("asyncio.Transport | None", self._smtp.transport)

    async def _helo(self) -> aiosmtplib.SMTPResponse:
        self._progress.say(f"HELO {self._name}")
        try:
            return await self._smtp.helo()
        except aiosmtplib.SMTPResponseException as refusal:
            raise self._refused(refusal) from refusal
        except (aiosmtplib.SMTPException, OSError) as error:
            raise broken(self._progress, error) from error

    async def _login(self, relay: SmartHost) -> None:
        """Logs in at a smart host; its refusal is a matter between operators."""
        self._progress.enter(Stage.AUTH)
        if self._progress.tls_level == "none" and relay.tls != "none":
            words = "no TLS, so the password was not sent; set smart_host.tls"
            raise deferred(self._progress, own_status("4.7.0"), words)
        self._progress.say("AUTH [hidden]")
        try:
            response = await self._smtp.login(relay.username, relay.password)
        except aiosmtplib.SMTPResponseException as refusal:
            reply = self._heard(refusal)
            words = f"the smart host refused our login: {reply.wire()}"
            raise deferred(self._progress, reply, words) from refusal
        except (
            aiosmtplib.SMTPServerDisconnected,
            aiosmtplib.SMTPTimeoutError,
        ) as error:
            raise broken(self._progress, error) from error
        except aiosmtplib.SMTPException as error:
            words = "the smart host offers no login that we know"
            raise deferred(self._progress, own_status("4.7.0"), words) from error
        self._heard(response)

    # --- what came of it --------------------------------------------------------------

    def _heard(
        self, said: aiosmtplib.SMTPResponse | aiosmtplib.SMTPResponseException
    ) -> Reply:
        reply = replies.read(said.code, said.message)
        self._progress.heard(reply)
        return reply

    def _refused(self, refusal: aiosmtplib.SMTPResponseException) -> Ended:
        return judged(self._progress, self._heard(refusal))

    def _secured(self, protected: Protected) -> Protected:
        self._progress.secure(protected.level, protected.protocol, protected.cipher)
        level = protected.level
        shown = "plaintext" if level == "none" else level
        self._progress.note(f"{shown} {protected.protocol} {protected.cipher}".strip())
        self._metrics.smtp_client_tls.labels(shown, "ok").inc()
        return protected

    def _insecure(self, level: str, words: str) -> Ended:
        self._metrics.smtp_client_tls.labels(level, "failed").inc()
        self._progress.note(words)
        return Ended(
            Deferred(trace=self._progress.trace(own_status(UNPROTECTED), words))
        )

    def _count(self, result: str) -> None:
        self._metrics.smtp_client_connects.labels(self._provider, result).inc()


def _result(error: Exception) -> str:
    return "timeout" if isinstance(error, TimeoutError) else "refused"
