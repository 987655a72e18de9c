"""
One open SMTP session: transactions one after another (RFC 5321 4.5.3.2 timeouts).

The transaction is our own and not the library's, because where it ended is what it
means: before the final dot nothing was sent, after it nobody knows.
"""

import asyncio
from collections.abc import Container, Coroutine
from dataclasses import dataclass
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.delivery import Refused, Stage
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.smtp.ending import NO_REPLY, Ended, broken, judged
from mailbot_server.engine.outbound.smtp.handshake import Protected
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status
from mailbot_server.engine.outbound.smtp.wire import Garbage, Wire
from mailbot_server.telemetry.metrics import Metrics

BLOCK_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One message to one recipient; `raw` has CRLF line ends, one at the end."""

    reverse_path: str
    recipient: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """
    The host at the other end; `address` is `ip:port`.

    `extensions` are those that it offers and we use, in lower case.
    """

    host: str
    address: str
    provider: str
    protected: Protected
    extensions: frozenset[str]


class Session:
    """
    An open connection to a host that knows us; whatever ends it raises Ended.

    A transaction that was answered leaves it open for the next.
    """

    def __init__(
        self, settings: Settings, metrics: Metrics, peer: Peer, wire: Wire
    ) -> None:
        self.peer = peer
        self._settings = settings
        self._metrics = metrics
        self._wire = wire
        self._is_in_step = True

    async def transact(self, transaction: Transaction, progress: Progress) -> Reply:
        """MAIL, RCPT, DATA; the reply with which the host took the message."""
        parameters = self._parameters(transaction, progress)
        progress.enter(Stage.MAIL)
        path = f"MAIL FROM:<{transaction.reverse_path}>"
        await self._ask(progress, " ".join([path, *parameters]))
        progress.enter(Stage.RCPT)
        recipient = f"RCPT TO:<{transaction.recipient}>"
        await self._ask(progress, recipient, wanted=(250, 251))
        progress.enter(Stage.DATA)
        await self._ask(progress, "DATA", wanted=(354,))
        await self._write(progress, transaction.raw)
        await self._end(progress)
        seconds = self._settings.smtp_final_reply_seconds
        return await self._hear(
            progress, self._wire.reply(seconds), wanted=range(200, 300)
        )

    def _parameters(self, transaction: Transaction, progress: Progress) -> list[str]:
        parameters = []
        if "size" in self.peer.extensions:
            parameters.append(f"SIZE={len(transaction.raw)}")
        addresses = transaction.reverse_path + transaction.recipient
        if addresses.isascii() and transaction.raw.isascii():
            return parameters
        if "smtputf8" not in self.peer.extensions:
            progress.enter(Stage.MAIL)
            words = "the host does not offer SMTPUTF8, which a non-ASCII address needs"
            trace = progress.trace(own_status("5.6.7"), words)
            raise Ended(Refused(trace=trace))
        # RFC 6531 3.1: who offers SMTPUTF8 offers 8BITMIME too.
        return [*parameters, "BODY=8BITMIME", "SMTPUTF8"]

    async def _ask(
        self, progress: Progress, command: str, wanted: Container[int] = (250,)
    ) -> None:
        asking = self._wire.ask(command, self._settings.smtp_reply_seconds)
        await self._hear(progress, asking, wanted)

    async def _write(self, progress: Progress, raw: bytes) -> None:
        """The whole text; a block has its own deadline (RFC 5321 4.5.3.2.5)."""
        seconds = self._settings.smtp_data_block_seconds
        self._is_in_step = False
        for start in range(0, len(raw), BLOCK_BYTES):
            if start:
                await asyncio.sleep(0)  # A fast network would starve everybody else.
            self._hear_early(progress)
            try:
                await self._wire.write(_with_dots(raw, start), seconds)
            except OSError as error:
                # It may have said why: "too big", and then the end.
                self._hear_early(progress)
                raise broken(progress, error) from error
        self._hear_early(progress)

    async def _end(self, progress: Progress) -> None:
        """
        The final dot, by itself, and only once the system has taken the whole text.

        So whatever ends the attempt before it, nothing was sent.
        """
        if self._wire.is_over:
            raise broken(progress, ConnectionResetError())
        progress.enter(Stage.EOD)
        try:
            await self._wire.write(b".\r\n", self._settings.smtp_data_block_seconds)
        except OSError as error:
            raise broken(progress, error) from error

    def _hear_early(self, progress: Progress) -> None:
        try:
            reply = self._wire.early()
        except Garbage:
            raise judged(progress, NO_REPLY) from None
        if reply is not None:
            progress.heard(reply)
            raise judged(progress, reply)

    async def _hear(
        self,
        progress: Progress,
        answer: Coroutine[None, None, Reply],
        wanted: Container[int],
    ) -> Reply:
        self._is_in_step = False
        try:
            reply = await answer
        except Garbage:
            raise judged(progress, NO_REPLY) from None
        except OSError as error:
            raise broken(progress, error) from error
        self._is_in_step = True
        progress.heard(reply)
        if reply.code not in wanted:
            raise judged(progress, reply)
        return reply

    def close(self) -> None:
        """
        Takes leave of a host that we are in step with, and never waits.

        Like Postfix (smtp_skip_quit_response) we do not wait for the answer to QUIT.
        """
        self._metrics.smtp_client_connections.labels(self.peer.provider).dec()
        if self._is_in_step:
            self._wire.leave()
        else:
            # What could not be written by now is not worth waiting for.
            self._wire.abort()


def _with_dots(raw: bytes, start: int) -> bytes:
    """The block that begins there, as it goes over the wire (RFC 5321 4.5.2)."""
    block = raw[start : start + BLOCK_BYTES]
    is_new_line = start == 0 or raw[start - 1 : start] == b"\n"
    first = b"." if is_new_line and block.startswith(b".") else b""
    return first + block.replace(b"\n.", b"\n..")
