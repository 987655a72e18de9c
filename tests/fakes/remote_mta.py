"""
A mail server somewhere else, on loopback, that answers as a test scripts it.

`script["RCPT"] = ["450 4.2.0 Later", "250 OK"]` gives the answers to the first and the
second RCPT; what is not scripted succeeds. Besides text an answer can be bytes (sent as
they are), CLOSE, RESET, SILENCE, `Then(first, next)` or `After(event, answer)`.
"""

import asyncio
import base64
import ssl
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Final, Self

LIMIT: Final = 64 * 1024 * 1024


class Deed(Enum):
    """What a server can do instead of answering."""

    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"


CLOSE: Final = Deed.CLOSE
RESET: Final = Deed.RESET
SILENCE: Final = Deed.SILENCE


@dataclass(frozen=True)
class Then:
    """One thing after the other."""

    first: "Answer"
    next: "Answer"


@dataclass(frozen=True)
class After:
    """Answers only once the event is set."""

    event: asyncio.Event
    answer: "Answer"


Answer = str | bytes | Deed | Then | After

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


class Gone(Exception):
    """The connection is over."""


class RemoteMta:
    """A scriptable SMTP server; use it as an asynchronous context manager."""

    def __init__(
        self,
        *extensions: str,
        tls: ssl.SSLContext | None = None,
        is_implicit_tls: bool = False,
        host: str = "127.0.0.1",
    ) -> None:
        self.extensions = extensions
        self.script: dict[str, list[Answer]] = defaultdict(list)
        self.transactions: list[Transaction] = []
        """All whose data came to its end, taken or not."""
        self.sessions: list[list[str]] = []
        """The command lines of each connection."""
        self.host = host
        self.port = 0
        self._tls = tls
        self._is_implicit_tls = is_implicit_tls
        self._stages: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._progressed = asyncio.Event()
        self._closing = asyncio.Event()
        self._serving: set[asyncio.Task[None]] = set()

    @property
    def accepted(self) -> list[Transaction]:
        """The transactions that it took responsibility for."""
        return [t for t in self.transactions if t.is_accepted]

    async def reached(self, stage: str) -> None:
        """Returns once a client has got to this stage ("greeting", "RCPT", "EOD")."""
        await self._stages[stage].wait()

    async def progressed(self) -> None:
        """Returns once any client has got one stage further."""
        self._progressed.clear()
        await self._progressed.wait()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._serve,
            self.host,
            self.port,
            limit=LIMIT,
            ssl=self._tls if self._is_implicit_tls else None,
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        await self._server.wait_closed()
        await asyncio.sleep(0)  # lets a connection that was just taken begin
        self._closing.set()
        if self._serving:
            await asyncio.wait(self._serving, timeout=5)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        session = _Session(self, reader, writer)
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        try:
            await session.run()
        except (Gone, ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    def next_answer(self, stage: str) -> Answer:
        """What the script says for the next time; marks the stage as reached."""
        self._stages[stage].set()
        self._progressed.set()
        if self.script[stage]:
            return self.script[stage].pop(0)
        return DEFAULTS.get(stage, "250 OK")


class _Session:
    """One connection."""

    def __init__(
        self,
        mta: RemoteMta,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.mta = mta
        self.reader = reader
        self.writer = writer
        self.lines: list[str] = []
        self.helo = ""
        self.user = ""
        self.is_tls = mta._is_implicit_tls
        self.transaction: Transaction | None = None
        mta.sessions.append(self.lines)

    async def run(self) -> None:
        await self.answer("greeting")
        while line := await self.reader.readline():
            text = line.decode().rstrip("\r\n")
            self.lines.append(text)
            verb, _, rest = text.partition(" ")
            answer = getattr(self, f"verb_{verb.lower()}", None)
            await (answer(rest) if answer else self.answer(verb.upper()))

    async def answer(self, stage: str) -> bool:
        """Answers as scripted; whether that was a success."""
        return await self.perform(self.mta.next_answer(stage))

    async def perform(self, answer: Answer) -> bool:
        match answer:
            case Then(first=first, next=following):
                await self.perform(first)
                return await self.perform(following)
            case After(event=event, answer=later):
                await event.wait()
                return await self.perform(later)
            case Deed.CLOSE:
                raise Gone
            case Deed.RESET:
                self.writer.transport.abort()
                raise Gone
            case Deed.SILENCE:
                self.writer.transport.pause_reading()  # type: ignore[attr-defined]
                await self.mta._closing.wait()
                raise Gone
            case bytes():
                self.writer.write(answer)
                return False
            case str():
                return self.say(answer)

    def say(self, text: str) -> bool:
        *first, last = text.splitlines()
        lines = [line[:3] + "-" + line[4:] for line in first]
        self.writer.write("".join(f"{line}\r\n" for line in [*lines, last]).encode())
        return last[0] in "23"

    async def verb_ehlo(self, name: str) -> None:
        self.helo = name
        extensions = list(self.mta.extensions)
        if self.mta._tls and not self.is_tls:
            extensions.append("STARTTLS")
        default = "\n".join(f"250 {e}" for e in ["mx.example.com", *extensions])
        scripted = self.mta.script["EHLO"]
        answer = self.mta.next_answer("EHLO") if scripted else default
        self.mta._stages["EHLO"].set()
        await self.perform(answer)

    async def verb_helo(self, name: str) -> None:
        self.helo = name
        await self.answer("HELO")

    async def verb_starttls(self, _: str) -> None:
        if await self.answer("STARTTLS") and self.mta._tls:
            await self.writer.start_tls(self.mta._tls)
            self.is_tls = True

    async def verb_auth(self, rest: str) -> None:
        _, _, encoded = rest.partition(" ")
        if await self.answer("AUTH"):
            self.user = base64.b64decode(encoded).split(b"\0")[1].decode()

    async def verb_mail(self, rest: str) -> None:
        if await self.answer("MAIL"):
            self.transaction = Transaction(self.helo, self.is_tls, self.user, rest)

    async def verb_rcpt(self, rest: str) -> None:
        if await self.answer("RCPT") and self.transaction:
            self.transaction.recipients.append(rest.removeprefix("TO:"))

    async def verb_data(self, _: str) -> None:
        if not await self.answer("DATA") or not self.transaction:
            return
        raw = await self.reader.readuntil(b"\r\n.\r\n")
        current, self.transaction = self.transaction, None
        lines = raw.removesuffix(b".\r\n").split(b"\r\n")
        current.data = b"\r\n".join(line.removeprefix(b".") for line in lines)
        self.mta.transactions.append(current)
        answer = self.mta.next_answer("EOD")
        current.is_accepted = isinstance(answer, str) and answer.startswith("2")
        await self.perform(answer)

    async def verb_quit(self, _: str) -> None:
        await self.answer("QUIT")
        raise Gone
