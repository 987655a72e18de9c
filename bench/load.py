"""A load generator for SMTP, in a process of its own: `python -m bench.load …`.

Prints the seconds that it took. Every message is distinct; answers must be 250.
"""

import asyncio
import sys
from time import perf_counter

from bench.mail import message


async def _expect(reader: asyncio.StreamReader, code: bytes) -> None:
    while True:
        line = await reader.readline()
        if not line.startswith(code):
            message = f"expected {code.decode()}, got {line!r}"
            raise RuntimeError(message)
        if line[3:4] == b" ":
            return


async def _open(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await _expect(reader, b"220")
    writer.write(b"EHLO load.bench.example.com\r\n")
    await _expect(reader, b"250")
    return reader, writer


async def _send(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, to: str, data: bytes
) -> None:
    for line, code in (
        (b"MAIL FROM:<sender@bench.example.com>\r\n", b"250"),
        (f"RCPT TO:<{to}>\r\n".encode(), b"250"),
        (b"DATA\r\n", b"354"),
        (data + b".\r\n", b"250"),
    ):
        writer.write(line)
        await _expect(reader, code)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.write(b"QUIT\r\n")
    writer.close()
    await writer.wait_closed()


async def _work(port: int, to: str, mails: list[bytes], *, reuse: bool) -> None:
    connection = None
    for data in mails:
        connection = connection or await _open(port)
        await _send(*connection, to, data)
        if not reuse:
            await _close(connection[1])
            connection = None
    if connection:
        await _close(connection[1])


async def main(arguments: list[str]) -> None:
    """port, recipient, run name, messages, connections, reuse or new."""
    port, to, run, count, connections, mode = arguments
    mails = [message(run, number, to) for number in range(int(count))]
    lanes = [mails[lane :: int(connections)] for lane in range(int(connections))]
    started = perf_counter()
    await asyncio.gather(
        *(_work(int(port), to, lane, reuse=mode == "reuse") for lane in lanes)
    )
    print(perf_counter() - started)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
