"""A small SMTP client for the stories: sends one message and says what was answered."""

import asyncio
from collections.abc import Sequence

WAIT_SECONDS = 20


async def answer(reader: asyncio.StreamReader) -> str:
    """The last line of one reply, without its line end; "" when the peer hung up."""
    async with asyncio.timeout(WAIT_SECONDS):
        while line := await reader.readline():
            if line[3:4] != b"-":
                return line.decode().rstrip("\r\n")
    return ""


async def open_session(
    port: int,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection after EHLO."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        await answer(reader)
        await command(reader, writer, "EHLO client.example.com")
    except BaseException:
        writer.close()
        raise
    return reader, writer


async def command(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: str
) -> str:
    """Sends a line; the reply."""
    writer.write(line.encode() + b"\r\n")
    return await answer(reader)


def stuffed(text: str) -> bytes:
    """The text as DATA carries it: CRLF, dots doubled, the final dot (RFC 5321 4.5.2)."""
    lines = text.encode().splitlines()
    body = b"".join(
        (b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines
    )
    return body + b".\r\n"


async def deliver(
    port: int, reverse_path: str, recipients: Sequence[str], text: str
) -> str:
    """Sends a message; the reply to its data, or to the command that was refused."""
    reader, writer = await open_session(port)
    try:
        lines = [f"MAIL FROM:<{reverse_path}>"]
        lines += [f"RCPT TO:<{recipient}>" for recipient in recipients]
        for line in lines:
            reply = await command(reader, writer, line)
            if not reply.startswith("250"):
                return reply
        await command(reader, writer, "DATA")
        writer.write(stuffed(text))
        return await answer(reader)
    finally:
        writer.close()
