"""A client that speaks raw SMTP, also badly."""

import asyncio
import contextlib
import socket
import ssl
import struct
from typing import Self

PATIENCE_SECONDS = 10


def unchecked() -> ssl.SSLContext:
    """A client's that takes any certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Peer:
    """One connection to a server; replies are read when asked for."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(
        cls, port: int, *, greeted: bool = True, source: str = "127.0.0.1"
    ) -> Self:
        """A new connection; with its greeting read unless told not to."""
        streams = await asyncio.open_connection(
            "127.0.0.1", port, local_addr=(source, 0)
        )
        peer = cls(*streams)
        if greeted:
            assert (await peer.reply()).startswith("220 ")
        return peer

    async def send(self, octets: bytes) -> None:
        """Sends octets as they are."""
        self._writer.write(octets)
        await self._writer.drain()

    async def line(self) -> str:
        """The next line of the server; "" when it has closed the connection."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            try:
                line = await self._reader.readline()
            except ConnectionResetError:
                return ""
        assert not line or line.endswith(b"\r\n")
        return line.decode().removesuffix("\r\n")

    async def reply(self) -> str:
        """The next reply, its lines joined by LF; "" when there is none."""
        lines = [await self.line()]
        while lines[-1][3:4] == "-":
            lines.append(await self.line())
        return "\n".join(lines)

    async def ask(self, command: str) -> str:
        """Sends a command; its reply."""
        await self.send(command.encode() + b"\r\n")
        return await self.reply()

    async def open(self, sender: str, *recipients: str) -> None:
        """EHLO, MAIL and RCPT, each with a good answer."""
        for command in (
            "EHLO client.example.org",
            f"MAIL FROM:<{sender}>",
            *(f"RCPT TO:<{recipient}>" for recipient in recipients),
        ):
            answer = await self.ask(command)
            assert answer.startswith("250"), (command, answer)

    async def deliver(self, sender: str, recipient: str, content: bytes) -> str:
        """A whole message; the reply to its end."""
        await self.open(sender, recipient)
        assert (await self.ask("DATA")).startswith("354")
        await self.send(content + b"\r\n.\r\n")
        return await self.reply()

    async def is_closed(self) -> bool:
        """Waits until the server has closed the connection and said nothing more."""
        return await self.line() == ""

    async def start_tls(self) -> None:
        """The handshake, after 220; the certificate is not checked."""
        await self._writer.start_tls(unchecked())

    @property
    def certificate(self) -> bytes:
        """What the server has shown, DER."""
        its: ssl.SSLObject = self._writer.get_extra_info("ssl_object")
        shown = its.getpeercert(binary_form=True)
        assert shown is not None
        return shown

    def half_close(self) -> None:
        """Says that nothing more will be sent."""
        self._writer.write_eof()

    def reset(self) -> None:
        """Cuts the connection with RST."""
        sock: socket.socket = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def close(self) -> None:
        """Closes the connection."""
        self._writer.close()
        with contextlib.suppress(OSError, ssl.SSLError):
            await self._writer.wait_closed()
