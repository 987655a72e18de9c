"""
One open SMTP session: transactions one after another (RFC 5321 4.5.3.2 timeouts).

The transaction is our own and not the library's, because where it ended is what it
means: before the final dot nothing was sent, after it nobody knows.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final, NamedTuple

from mailbot_server.config import Settings
from mailbot_server.core.delivery import Refused, Stage
from mailbot_server.core.mail.dsn.request import RcptRequest, write_mail, write_rcpt
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.smtp.ending import (
    NO_REPLY,
    Ended,
    broken,
    deferred,
    judged,
)
from mailbot_server.engine.outbound.smtp.handshake import Protected
from mailbot_server.engine.outbound.smtp.progress import Progress, own_status
from mailbot_server.engine.outbound.smtp.wire import Garbage, Wire
from mailbot_server.telemetry.metrics import Metrics

BLOCK_BYTES: Final = 64 * 1024
_NOTHING: Final = RcptRequest()
_TAKEN: Final = frozenset(range(200, 300))
"""RFC 5321 4.2.1 and 4.3.2: who knows not the reply goes by its first digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One message to one recipient; `raw` has CRLF line ends, one at the end."""

    reverse_path: str
    recipient: str
    raw: bytes
    delivery_id: str = ""
    """Whose it is, for those who watch."""
    asked: RcptRequest = _NOTHING
    """What its submitter wants to be told of."""
    require_tls: bool = False
    """Only hosts whose certificate proves their name may have it."""


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


class Command(NamedTuple):
    """One of a transaction's commands, and the replies with which it goes on."""

    stage: Stage
    text: str
    wanted: frozenset[int]


class Unfit(NamedTuple):
    """Why a host cannot be given this message, as it is."""

    enhanced: str
    words: str


class Session:
    """
    An open connection to a host that knows us; whatever ends it raises Ended.

    A transaction that was answered leaves it open for the next, one at a time.
    """

    def __init__(
        self, settings: Settings, metrics: Metrics, peer: Peer, wire: Wire
    ) -> None:
        self.peer = peer
        self.transactions = 0
        """How many were begun."""
        self._settings = settings
        self._metrics = metrics
        self._wire = wire
        self._opened = perf_counter()
        self._owed = 0
        """Replies that the host still has to give."""
        self._is_amid = False
        """Whether a transaction stands open on the other side."""
        self._is_bidden = False
        """Whether the host has told us to leave."""

    @property
    def age_seconds(self) -> float:
        """Since it was opened."""
        return perf_counter() - self._opened

    @property
    def is_usable(self) -> bool:
        """Whether another transaction may follow."""
        is_waiting = not self._owed and self._wire.is_quiet and not self._is_bidden
        return is_waiting and not self._wire.is_over

    def watch(self, disturbed: Callable[[], object] | None) -> None:
        """While nobody uses it: what to call when the host speaks or leaves."""
        self._wire.watch(disturbed)

    async def transact(self, transaction: Transaction, progress: Progress) -> Reply:
        """MAIL, RCPT, DATA; the reply with which the host took the message."""
        self.transactions += 1
        progress.enter(Stage.MAIL)
        commands = self._commands(transaction, progress)
        if self._is_amid:
            await self._reset(progress)
        self._is_amid = True
        if "pipelining" in self.peer.extensions:
            await self._in_one_piece(progress, commands)
        else:
            await self._by_turns(progress, commands)
        if not await self._write(progress, transaction.raw):
            await self._end(progress)
        reply = await self._hear(progress, self._settings.smtp_final_reply_seconds)
        self._is_amid = False
        if not reply.is_success:
            raise judged(progress, reply)
        return reply

    def _commands(
        self, transaction: Transaction, progress: Progress
    ) -> tuple[Command, ...]:
        parameters = _parameters(transaction, self.peer.extensions)
        if isinstance(parameters, Unfit):
            trace = progress.trace(own_status(parameters.enhanced), parameters.words)
            raise Ended(Refused(trace=trace))
        wishes: tuple[str, ...] = ()
        if "dsn" in self.peer.extensions and (wishes := write_rcpt(transaction.asked)):
            parameters += write_mail(transaction.delivery_id)
        progress.will_report = bool(wishes) and transaction.asked.wants_success
        sender = " ".join([f"MAIL FROM:<{transaction.reverse_path}>", *parameters])
        recipient = " ".join([f"RCPT TO:<{transaction.recipient}>", *wishes])
        return (
            Command(Stage.MAIL, sender, frozenset({250})),
            Command(Stage.RCPT, recipient, _TAKEN),
            Command(Stage.DATA, "DATA", frozenset({354})),
        )

    async def _reset(self, progress: Progress) -> None:
        """Ends what an earlier refusal left open; not to be mistaken for an answer."""
        await self._say(progress, "RSET")
        reply = await self._hear(progress, self._settings.smtp_reply_seconds)
        if not reply.is_success:
            self._is_bidden = True
            words = f"the host refused RSET: {reply.wire()}"
            raise deferred(progress, own_status("4.5.0"), words)

    async def _by_turns(self, progress: Progress, commands: Sequence[Command]) -> None:
        for command in commands:
            progress.enter(command.stage)
            await self._say(progress, command.text)
            reply = await self._hear(progress, self._settings.smtp_reply_seconds)
            if reply.code not in command.wanted:
                raise judged(progress, reply)

    async def _in_one_piece(
        self, progress: Progress, commands: Sequence[Command]
    ) -> None:
        """
        RFC 2920 3.1: all commands at once; each has its reply, and each is checked.

        DATA ends the group, so the text waits for the 354 as ever.
        """
        await self._say(progress, *(command.text for command in commands))
        for command in commands:
            progress.enter(command.stage)
            reply = await self._hear(progress, self._settings.smtp_reply_seconds)
            if reply.code not in command.wanted:
                ended = judged(progress, reply)
                await self._hear_out()
                raise ended

    async def _hear_out(self) -> None:
        """
        Takes the replies to what was said behind a refused command.

        A host that asks for the text all the same gets none: a lone dot, the answer to
        which means nothing (RFC 2920 3.1).
        """
        seconds = self._settings.smtp_reply_seconds
        reply = NO_REPLY
        try:
            while self._owed and not self._is_bidden:
                reply = await self._wire.reply(seconds)
                self._owed -= 1
                self._is_bidden = reply.code == 421
            if reply.code == 354:
                self._owed += 1
                await self._wire.write(b".\r\n", seconds)
                await self._wire.reply(seconds)
                self._owed -= 1
        except (Garbage, OSError):
            self._is_bidden = True

    async def _say(self, progress: Progress, *commands: str) -> None:
        self._hear_early(progress)
        for command in commands:
            progress.say(command)
        self._owed += len(commands)
        try:
            await self._wire.send(commands, self._settings.smtp_reply_seconds)
        except OSError as error:
            raise broken(progress, error) from error

    async def _write(self, progress: Progress, raw: bytes) -> bool:
        """
        The whole text, and whether the final dot went out with the end of it.

        A block has its own deadline (RFC 5321 4.5.3.2.5).
        """
        seconds = self._settings.smtp_data_block_seconds
        self._owed += 1
        progress.say(f"[{len(raw)} octets]")
        for start in range(0, len(raw), BLOCK_BYTES):
            if start:
                await asyncio.sleep(0)  # A fast network would starve everybody else.
            self._hear_early(progress)
            block = _with_dots(raw, start)
            try:
                if start + BLOCK_BYTES < len(raw):
                    await self._wire.write(block, seconds)
                elif await self._wire.write_last(block, b".\r\n", seconds):
                    progress.enter(Stage.EOD)
                    return True
            except OSError as error:
                # It may have said why: "too big", and then the end.
                self._hear_early(progress)
                raise broken(progress, error) from error
        self._hear_early(progress)
        return False

    async def _end(self, progress: Progress) -> None:
        """
        The final dot, by itself, once the system has taken the whole text.

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
            self._is_bidden = True
            raise judged(progress, NO_REPLY) from None
        if reply is not None:
            self._is_bidden = True
            progress.heard(reply)
            raise judged(progress, reply)

    async def _hear(self, progress: Progress, seconds: float) -> Reply:
        try:
            reply = await self._wire.reply(seconds)
        except Garbage:
            raise judged(progress, NO_REPLY) from None
        except OSError as error:
            raise broken(progress, error) from error
        self._owed -= 1
        self._is_bidden = reply.code == 421
        progress.heard(reply)
        return reply

    def close(self) -> None:
        """
        Takes leave of a host that we are in step with, and never waits.

        Like Postfix (smtp_skip_quit_response) we do not wait for the answer to QUIT.
        """
        self._metrics.smtp_client_connections.labels(self.peer.provider).dec()
        if not self._owed:
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


def _parameters(
    transaction: Transaction, extensions: frozenset[str]
) -> tuple[str, ...] | Unfit:
    """
    What MAIL says about the message.

    A message is never converted for a host that takes only 7 bits: that would break its
    signatures, and what we compose is 7-bit already unless an address is not.
    """
    size = (f"SIZE={len(transaction.raw)}",) if "size" in extensions else ()
    addresses = transaction.reverse_path + transaction.recipient
    is_ascii = transaction.raw.isascii()
    if addresses.isascii() and is_ascii:
        return size
    if not addresses.isascii() or _has_utf8_header(transaction.raw):
        if "smtputf8" in extensions:
            # RFC 6531 3.1: who offers SMTPUTF8 offers 8BITMIME too.
            return (*size, "BODY=8BITMIME", "SMTPUTF8")
        words = "the host does not offer SMTPUTF8, which a non-ASCII address needs"
        return Unfit("5.6.7", words)
    if "8bitmime" in extensions:
        return (*size, "BODY=8BITMIME")
    # RFC 6152 3: then it is converted or returned.
    words = "the host does not offer 8BITMIME, which the message's text needs"
    return Unfit("5.6.3", words)


def _has_utf8_header(raw: bytes) -> bool:
    """Whether the header is an internationalised one (RFC 6532), and not just 8-bit."""
    end = raw.find(b"\r\n\r\n")
    header = raw[:end] if end >= 0 else raw
    if header.isascii():
        return False
    try:
        header.decode()
    except UnicodeDecodeError:
        return False
    return True
