"""
Commands out and replies in on an open SMTP connection, within bounds (RFC 5321 4.2).

Takes a connection over from its first octet on or later. Each command has exactly one
reply: what a host says out of turn could otherwise be taken for its answer to something
that it never saw, in the worst case to the final dot.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, cast

from mailbot_server.core.mail import reply as replies
from mailbot_server.core.mail.reply import Reply

REPLY_BYTES_MAX: Final = 32 * 1024
"""One reply with all its lines; the longest EHLO is a few KB."""

READ_BYTES: Final = 4096
"""As much as is read at once."""

_LINE: Final = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?", re.DOTALL)
# Hosts say the same few things again and again.
_SHORT: Final = 500
_read_short: Final = lru_cache(maxsize=512)(replies.read)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class Garbage(Exception):
    """What the host sent is no reply, or came when none was expected."""


class Wire(asyncio.BufferedProtocol):
    """Our side of a connection."""

    def __init__(self, transport: asyncio.Transport | None = None) -> None:
        self.said = ""
        """The text of the reply that was read last, its lines apart."""
        self._transport: asyncio.Transport
        # Read into, because asyncio would get itself 256 KiB for each few octets.
        self._buffer = memoryview(bytearray(READ_BYTES))
        self._received = bytearray()
        self._lines: list[str] = []
        self._lines_size = 0
        self._changed: asyncio.Future[None] | None = None
        self._is_paused = False
        self._is_lost = False
        self._disturbed: Callable[[], object] | None = None
        if transport is not None:
            self.connection_made(transport)
            transport.set_protocol(self)

    @property
    def transport(self) -> asyncio.Transport:
        """What it all goes through."""
        return self._transport

    def hand_over(self, protocol: asyncio.Protocol) -> None:
        """Somebody else goes on with the connection."""
        self._transport.set_write_buffer_limits()
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)

    async def send(self, commands: Sequence[str], seconds: float) -> None:
        """
        Writes commands, one after another in one piece.

        Raises ConnectionError or TimeoutError.
        """
        if any(_CONTROL.search(command) for command in commands):
            message = "a command is one line"
            raise ValueError(message)
        await self.write(("\r\n".join(commands) + "\r\n").encode(), seconds)

    async def write(self, data: bytes, seconds: float) -> None:
        """
        Returns once the system has taken all of it.

        Over TLS the last 64 KiB may still wait in this process.
        """
        if self.is_over:
            raise ConnectionResetError
        self._transport.write(data)
        if self._is_paused:
            until = asyncio.get_running_loop().time() + seconds
            while self._is_paused:
                await self._change(until)
        if self.is_over:
            raise ConnectionResetError

    async def reply(self, seconds: float) -> Reply:
        """The next reply; raises Garbage, ConnectionError or TimeoutError."""
        reply = self._parse()
        if reply is not None:
            return reply
        until = asyncio.get_running_loop().time() + seconds
        while reply is None:
            if self._is_lost:
                raise ConnectionResetError
            await self._change(until)
            reply = self._parse()
        return reply

    async def _change(self, until: float) -> None:
        """Something happens; a future and a timer cost half of asyncio.timeout."""
        loop = asyncio.get_running_loop()
        self._changed = changed = loop.create_future()
        timer = loop.call_at(until, _expire, changed)
        try:
            await changed
        finally:
            timer.cancel()

    def early(self) -> Reply | None:
        """
        What the host has said out of turn: why it is leaving, or why it will refuse.

        Raises Garbage for everything that is not such a reply.
        """
        reply = self._parse()
        if reply is None and self.is_quiet:
            return None
        if reply is None or not (reply.is_transient or reply.is_permanent):
            raise Garbage
        return reply

    def leave(self) -> None:
        """Says QUIT and closes, without waiting for an answer."""
        if not self._is_lost:
            self._transport.write(b"QUIT\r\n")
        self._transport.close()

    def abort(self) -> None:
        """Closes at once; what was not written yet is forgotten."""
        self._transport.abort()

    def watch(self, disturbed: Callable[[], object] | None) -> None:
        """Calls this once when the host says something or leaves; None: no more."""
        self._disturbed = disturbed

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has been received that nobody asked for."""
        return not (self._received or self._lines)

    @property
    def is_over(self) -> bool:
        """Whether nothing can be written any more."""
        # A transport knows of its end before it says so.
        return self._is_lost or self._transport.is_closing()

    def _parse(self) -> Reply | None:
        """
        The first reply that is complete; raises Garbage.

        A line is read once, however slowly the next one comes.
        """
        while (end := self._received.find(b"\n")) >= 0:
            match = _LINE.fullmatch(self._received[:end].removesuffix(b"\r"))
            if match is None:
                raise Garbage
            del self._received[: end + 1]
            text = bytes(match[3] or b"").decode("utf-8", "replace")
            if match[2] != b"-" and not self._lines and len(text) <= _SHORT:
                self.said = text
                return _read_short(int(match[1]), text)
            self._lines.append(text)
            self._lines_size += end + 1
            if match[2] != b"-":
                self.said = text = "\n".join(self._lines)
                self._lines.clear()
                self._lines_size = 0
                read = _read_short if len(text) <= _SHORT else replies.read
                return read(int(match[1]), text)
        if self._lines_size + len(self._received) > REPLY_BYTES_MAX:
            raise Garbage
        return None

    # --- what asyncio calls ----------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It begins, or goes on."""
        self._transport = cast("asyncio.Transport", transport)
        # 1 and not 0: asyncio's TLS transport would pause and never go on.
        self._transport.set_write_buffer_limits(high=1, low=0)

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where the next octets go."""
        del sizehint
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """So many have come."""
        self.data_received(self._buffer[:nbytes])

    def data_received(self, data: bytes | memoryview) -> None:
        """Keeps what a reply may need and no more."""
        room = 2 * REPLY_BYTES_MAX - len(self._received)
        self._received += data[:room]
        self._wake()
        self._disturb()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wakes whoever waits; why does not matter."""
        del exc
        self._is_lost = True
        self._is_paused = False
        self._wake()
        self._disturb()

    def pause_writing(self) -> None:
        """The system does not take more now."""
        self._is_paused = True

    def resume_writing(self) -> None:
        """Everything has been taken."""
        self._is_paused = False
        self._wake()

    def _wake(self) -> None:
        if self._changed is not None and not self._changed.done():
            self._changed.set_result(None)

    def _disturb(self) -> None:
        if self._disturbed is not None:
            disturbed, self._disturbed = self._disturbed, None
            disturbed()


def _expire(changed: asyncio.Future[None]) -> None:
    if not changed.done():
        changed.set_exception(TimeoutError())
