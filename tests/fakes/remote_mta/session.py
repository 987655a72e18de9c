"""One connection of a scripted server: reads commands, answers, and judges the client."""

import asyncio
import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.fakes.remote_mta.answers import (
    After,
    Answer,
    Deed,
    Endless,
    Gone,
    Sip,
    Then,
    is_taken,
    lines_of,
    reset,
    sip,
)

if TYPE_CHECKING:
    from tests.fakes.remote_mta.server import RemoteMta

DEFAULTS: Final[dict[str, str]] = {
    "greeting": "220 mx.example.com ESMTP",
    "HELO": "250 mx.example.com",
    "STARTTLS": "220 2.0.0 Go ahead",
    "AUTH": "235 2.7.0 Welcome",
    "MAIL": "250 2.1.0 OK",
    "RCPT": "250 2.1.5 OK",
    "DATA": "354 Go ahead",
    "EOD": "250 2.0.0 Queued as 42",
    "RSET": "250 2.0.0 OK",
    "QUIT": "221 2.0.0 Bye",
}
HANDSHAKE_FAILURE: Final = bytes.fromhex("15030300020228")
"""A fatal alert of TLS 1.2 (RFC 5246 7.2)."""

LINE_MAX: Final = 1000
"""RFC 5321 4.5.3.1.6, with CRLF."""

LAST_OF_A_GROUP: Final = frozenset(
    {"EHLO", "HELO", "STARTTLS", "AUTH", "DATA", "NOOP", "QUIT", "VRFY", "EXPN"}
)
"""Commands that no other may follow before their reply (RFC 2920 3.1)."""

_PATH: Final = re.compile(r"<(.*)>")
_BARE: Final = re.compile(rb"(?<!\r)\n|\r(?!\n)")


@dataclass
class Transaction:
    """One mail transaction; `is_accepted` once a 250 for its data was sent."""

    helo: str
    is_tls: bool
    user: str
    mail: str = ""
    recipients: list[str] = field(default_factory=list)
    data: bytes = b""
    is_accepted: bool = False

    @property
    def sender(self) -> str:
        """The reverse-path without its brackets."""
        return path_of(self.mail)

    @property
    def parameters(self) -> list[str]:
        """What MAIL said behind the reverse-path."""
        return self.mail.rpartition(">")[2].split()


class Session:
    """One connection."""

    def __init__(
        self,
        mta: "RemoteMta",
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.mta = mta
        self.reader = reader
        self.writer = writer
        self.lines: list[str] = []
        self.transcript: list[str] = []
        self.helo = ""
        self.user = ""
        self.is_tls = mta.is_implicit_tls
        self.is_waiting = False
        self.transaction: Transaction | None = None
        self.ending: Transaction | None = None

    async def run(self) -> None:
        """The whole dialogue; raises Gone at its end, if not the client ends it."""
        await self.answer("greeting")
        while line := await self._command():
            text = line.decode().rstrip("\r\n")
            self.lines.append(text)
            self.transcript.append(f"C: {text}")
            verb, _, rest = text.partition(" ")
            answer = getattr(self, f"verb_{verb.lower()}", None)
            self._judge_pace(verb.upper())
            await (answer(rest) if answer else self.answer(verb.upper()))

    async def _command(self) -> bytes:
        self.is_waiting = True
        try:
            return await self.reader.readline()
        finally:
            self.is_waiting = False

    # --- answering --------------------------------------------------------------------

    async def answer(self, stage: str, default: str = "", about: str = "") -> bool:
        """Answers as scripted; whether that was a success."""
        return await self.perform(self.mta.next_answer(stage, default, about))

    async def perform(self, answer: Answer) -> bool:
        """Does what an answer says; whether that was a success."""
        match answer:
            case Then(first=first, next=following):
                await self.perform(first)
                return await self.perform(following)
            case After(event=event, answer=later):
                await event.wait()
                return await self.perform(later)
            case Endless(octets=octets):
                while True:
                    self.writer.write(octets)
                    await self.writer.drain()
            case Sip(permits=permits):
                self.writer.transport.pause_reading()  # type: ignore[attr-defined]
                await self.until_closing(sip(self.writer, permits))
                raise Gone
            case Deed():
                return await self._do(answer)
            case bytes():
                self.writer.write(answer)
                self.transcript.append(f"S: {answer[:100]!r}")
                return False
            case str():
                return self.say(answer)

    async def _do(self, deed: Deed) -> bool:
        match deed:
            case Deed.CLOSE:
                pass
            case Deed.RESET:
                reset(self.writer)
            case Deed.HALF_CLOSE:
                self.writer.write_eof()
                await self.until_closing(self.reader.read())
            case Deed.SILENCE:
                self.writer.transport.pause_reading()  # type: ignore[attr-defined]
                await self.mta.closing.wait()
            case Deed.ALERT:
                head = await self.reader.readexactly(5)
                await self.reader.readexactly(int.from_bytes(head[3:]))
                self.writer.write(HANDSHAKE_FAILURE)
        raise Gone

    async def until_closing(self, work) -> None:
        """Runs this to its end, or to the end of the server."""
        tasks = [asyncio.ensure_future(work), asyncio.ensure_future(self.mta.closed())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def say(self, text: str) -> bool:
        """Says one reply; whether it is a success."""
        lines = lines_of(text)
        self.transcript += [f"S: {line}" for line in lines]
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())
        if self.ending is not None:
            self.ending.is_accepted = lines[-1].startswith("2")
        return is_taken(lines[-1])

    # --- verbs ------------------------------------------------------------------------

    async def verb_ehlo(self, name: str) -> None:
        self.helo, self.transaction = name, None
        extensions = list(self.mta.extensions)
        if self.mta.tls and self.mta.offers_tls and not self.is_tls:
            extensions.append("STARTTLS")
        default = "\n".join(f"250 {e}" for e in ["mx.example.com", *extensions])
        await self.answer("EHLO", default)

    async def verb_helo(self, name: str) -> None:
        self.helo, self.transaction = name, None
        await self.answer("HELO")

    async def verb_starttls(self, _: str) -> None:
        if await self.answer("STARTTLS") and self.mta.tls:
            await self.writer.start_tls(self.mta.tls)
            self.is_tls = True

    async def verb_auth(self, rest: str) -> None:
        _, _, encoded = rest.partition(" ")
        if await self.answer("AUTH"):
            self.user = base64.b64decode(encoded).split(b"\0")[1].decode()

    async def verb_rset(self, _: str) -> None:
        self.transaction = None
        await self.answer("RSET")

    async def verb_mail(self, rest: str) -> None:
        if self.transaction is not None:
            self.mta.violations.append("MAIL within a transaction")
        if await self.answer("MAIL", about=path_of(rest)):
            self.transaction = Transaction(self.helo, self.is_tls, self.user, rest)
            self._judge_parameters(self.transaction)

    async def verb_rcpt(self, rest: str) -> None:
        recipient = path_of(rest)
        if self.transaction is None:
            await self.answer("RCPT", "503 5.5.1 MAIL first", recipient)
            return
        if self.mta.is_unknown_pair(self.transaction.sender, recipient):
            self.say(self.mta.greylisting)
        elif await self.answer("RCPT", about=recipient):
            self.transaction.recipients.append(rest.removeprefix("TO:"))

    async def verb_data(self, _: str) -> None:
        current, self.transaction = self.transaction, None
        refused = "" if current and current.recipients else "554 5.5.1 No recipients"
        if not await self.answer("DATA", refused):
            self.transaction = current
            return
        raw = await self.reader.readuntil(b"\r\n.\r\n")
        if current is None:
            await self.answer("EOD", "554 5.5.1 No transaction")
            return
        lines = raw.removesuffix(b".\r\n").split(b"\r\n")
        current.data = b"\r\n".join(line.removeprefix(b".") for line in lines)
        self._judge_data(current)
        self.transcript.append(f"C: ({len(raw)} octets of data)")
        self.mta.transactions.append(current)
        self.ending = current
        try:
            about = path_of(current.recipients[0]) if current.recipients else ""
            await self.answer("EOD", about=about)
        finally:
            self.ending = None

    async def verb_quit(self, _: str) -> None:
        await self.answer("QUIT")
        raise Gone

    # --- judging ----------------------------------------------------------------------

    def _judge_pace(self, verb: str) -> None:
        """RFC 2920 3.1: who was not offered PIPELINING waits for each reply."""
        waiting = bytes(self.reader._buffer)  # type: ignore[attr-defined]
        if waiting and not self._offers("PIPELINING"):
            self.mta.violations.append(f"did not wait for the reply to {verb}")
        if waiting and verb in LAST_OF_A_GROUP:
            self.mta.violations.append(f"{verb} was not the last of a group")

    def _judge_parameters(self, transaction: Transaction) -> None:
        for parameter, extension in (
            ("SIZE=", "SIZE"),
            ("BODY=", "8BITMIME"),
            ("SMTPUTF8", "SMTPUTF8"),
        ):
            used = any(p.startswith(parameter) for p in transaction.parameters)
            if used and not self._offers(extension):
                self.mta.violations.append(f"{extension} was not offered")

    def _judge_data(self, transaction: Transaction) -> None:
        data, violations = transaction.data, self.mta.violations
        if not data.isascii() and "BODY=8BITMIME" not in transaction.parameters:
            violations.append("8-bit data was not declared")
        if _BARE.search(data):
            violations.append("a CR or LF stood alone")
        if any(len(line) + 2 > LINE_MAX for line in data.split(b"\r\n")):
            violations.append("a line was longer than 1000 octets")

    def _offers(self, extension: str) -> bool:
        return any(e.split()[0].upper() == extension for e in self.mta.extensions)


def path_of(argument: str) -> str:
    """The address in the brackets of MAIL or RCPT."""
    match = _PATH.search(argument)
    return match[1] if match else ""
