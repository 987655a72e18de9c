"""
Opens a session with one address: TCP, greeting, EHLO, TLS, login → Session.

Greeting and EHLO go over `wire.py`; aiosmtplib takes the connection over for STARTTLS
and AUTH. What follows is `session.py`.
"""

import asyncio
import os
import socket
import ssl
from functools import lru_cache
from typing import Final, cast

import aiosmtplib
from aiosmtplib.esmtp import parse_esmtp_extensions
from aiosmtplib.protocol import SMTPProtocol

from mailbot_server.config import Settings
from mailbot_server.core.delivery import Deferred, Stage
from mailbot_server.core.destination.provider import provider_of
from mailbot_server.core.judgement import UNPROTECTED
from mailbot_server.core.mail import reply as replies
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.routing.protection import Protection
from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.engine.outbound.smtp import dial, handshake
from mailbot_server.engine.outbound.smtp.ending import (
    NO_REPLY,
    Ended,
    broken,
    deferred,
    judged,
)
from mailbot_server.engine.outbound.smtp.handshake import (
    PLAINTEXT,
    Protected,
    Unprotected,
)
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status
from mailbot_server.engine.outbound.smtp.session import Peer, Session
from mailbot_server.engine.outbound.smtp.wire import Garbage, Wire
from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.ways import SmartHost

EXTENSIONS: Final = frozenset({"size", "8bitmime", "smtputf8", "pipelining", "dsn"})
"""Those that a transaction makes use of."""

_READY: Final = 220
_DONE: Final = 250


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
        self._wire: Wire
        self._ehlo: aiosmtplib.SMTPResponse | None = None
        self._offered: frozenset[str] = frozenset()

    async def run(self, context: ssl.SSLContext, relay: SmartHost | None) -> Session:
        """
        Connects, greets, negotiates TLS and logs in at a relay that asks for it.

        The connection goes to the very address that was checked.
        """
        self._progress.connect(self._target.host, dial.shown(self._target))
        self._progress.note("connecting")
        sock = await self._dial()
        self._name = self._settings.hostname or dial.literal(sock)
        self._metrics.smtp_client_connections.labels(self._provider).inc()
        try:
            self._wire = await self._take_over(sock, context)
            try:
                protected = await self._protect(context)
                if relay and relay.username:
                    await self._login(relay, context)
                return self._session(protected)
            except BaseException:
                # What could not be written by now is not worth waiting for.
                self._wire.abort()
                raise
        except BaseException:
            self._metrics.smtp_client_connections.labels(self._provider).dec()
            raise

    def _session(self, protected: Protected) -> Session:
        if self._wire.is_over:
            self._progress.enter(Stage.MAIL)
            raise broken(self._progress, ConnectionResetError())
        peer = Peer(
            host=self._target.host,
            address=dial.shown(self._target),
            provider=self._provider,
            protected=protected,
            extensions=EXTENSIONS & self._offered,
        )
        return Session(self._settings, self._metrics, peer, self._wire)

    # --- step by step -----------------------------------------------------------------

    async def _dial(self) -> socket.socket:
        try:
            return await dial.dial(self._target, self._settings.smtp_connect_seconds)
        except TimeoutError as error:
            self._count("timeout")
            raise Ended(self._progress.broken("timed out connecting")) from error
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else "failed"
            if dial.is_ours(error):
                # Said of the host, it would be found dead, and with it all the others.
                words = f"this server has no room for a connection: {why}"
                raise Ended(self._progress.failed(words)) from error
            self._count("refused")
            words = f"could not connect: {why}"
            raise Ended(self._progress.broken(words)) from error

    async def _take_over(self, sock: socket.socket, context: ssl.SSLContext) -> Wire:
        if self._protection.mode != "implicit":
            self._progress.enter(Stage.GREETING)
            return dial.plain(sock)
        self._progress.enter(Stage.TLS)
        seconds = self._settings.smtp_greeting_seconds
        try:
            return await dial.protected(sock, context, self._target.host, seconds)
        except ssl.SSLError as error:
            self._count("tls_error")
            raise broken(self._progress, error) from error
        except OSError as error:
            self._count(_result(error))
            self._progress.enter(Stage.GREETING)
            raise broken(self._progress, error) from error

    async def _protect(self, context: ssl.SSLContext) -> Protected:
        wanted = self._protection
        level = wanted.level
        await self._greet()
        if wanted.mode == "implicit":
            return self._secured(handshake.reached(self._wire.transport, level))
        if wanted.mode == "none":
            return self._secured(PLAINTEXT)
        self._progress.enter(Stage.TLS)
        if not (wanted.is_demanded or "starttls" in self._offered):
            return self._secured(PLAINTEXT)
        smtp = await self._library(context)
        try:
            await handshake.upgrade(
                *(smtp, self._target.host, wanted, context), self._progress.now
            )
        except Unprotected as why:
            self._progress.is_tls_broken = why.is_lasting
            raise self._insecure(level, str(why)) from why
        self._take_back(smtp)
        # What the host says from here on is no fault of TLS.
        protected = self._secured(handshake.reached(self._wire.transport, level))
        await self._hello()
        return protected

    async def _greet(self) -> None:
        if self._protection.mode == "implicit":
            self._progress.enter(Stage.GREETING)
        try:
            greeting = await self._wire.reply(self._settings.smtp_greeting_seconds)
        except Garbage:
            self._count("rejected")
            raise judged(self._progress, NO_REPLY) from None
        except OSError as error:
            self._count(_result(error))
            raise broken(self._progress, error) from error
        self._progress.heard(greeting)
        if greeting.code != _READY:
            self._count("rejected")
            raise judged(self._progress, greeting)
        self._count("ok")
        await self._hello()

    async def _hello(self) -> None:
        reply = await self._ask(f"EHLO {self._name}")
        self._ehlo = aiosmtplib.SMTPResponse(reply.code, self._wire.said)
        self._offered = _names(self._wire.said)
        if reply.is_permanent and not self._wire.is_over:
            # RFC 5321 3.2: a host that does not know EHLO is asked with HELO.
            self._ehlo, self._offered = None, frozenset()
            reply = await self._ask(f"HELO {self._name}")
        if reply.code != _DONE:
            raise judged(self._progress, reply)

    async def _ask(self, command: str) -> Reply:
        self._progress.say(command)
        seconds = self._settings.smtp_reply_seconds
        try:
            reply = self._wire.early()
            if reply is None:
                await self._wire.send([command], seconds)
                reply = await self._wire.reply(seconds)
        except Garbage:
            raise judged(self._progress, NO_REPLY) from None
        except OSError as error:
            raise broken(self._progress, error) from error
        self._progress.heard(reply)
        return reply

    async def _library(self, context: ssl.SSLContext) -> aiosmtplib.SMTP:
        """Lets aiosmtplib go on with the connection, until `_take_back`."""
        smtp = aiosmtplib.SMTP(
            local_hostname=self._name,
            timeout=self._settings.smtp_reply_seconds,
            start_tls=False,
            tls_context=context,
        )
        protocol = SMTPProtocol()
        smtp.transport = await self._wire.hand_over(protocol)
        smtp.protocol = protocol
        # It would ask again, were there neither.
        if self._ehlo is not None:
            smtp.last_ehlo_response = self._ehlo
        else:
            smtp.last_helo_response = aiosmtplib.SMTPResponse(_DONE, "")
        return smtp

    async def _login(self, relay: SmartHost, context: ssl.SSLContext) -> None:
        """Logs in at a smart host; its refusal is a matter between operators."""
        self._progress.enter(Stage.AUTH)
        if self._progress.tls_level == "none" and relay.tls != "none":
            words = "no TLS, so the password was not sent; set smart_host.tls"
            raise deferred(self._progress, own_status("4.7.0"), words)
        self._progress.say("AUTH [hidden]")
        smtp = await self._library(context)
        try:
            response = await smtp.login(relay.username, relay.password)
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
        self._take_back(smtp)

    def _take_back(self, smtp: aiosmtplib.SMTP) -> None:
        # There is none where the host has just left: what we had is over then, too.
        if smtp.transport is not None:
            self._wire = Wire(cast("asyncio.Transport", smtp.transport))

    # --- what came of it --------------------------------------------------------------

    def _heard(
        self, said: aiosmtplib.SMTPResponse | aiosmtplib.SMTPResponseException
    ) -> Reply:
        reply = replies.read(said.code, said.message)
        self._progress.heard(reply)
        return reply

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


@lru_cache(maxsize=256)
def _names(said: str) -> frozenset[str]:
    """The extensions that an answer to EHLO offers, in lower case."""
    return frozenset(parse_esmtp_extensions(said)[0])
