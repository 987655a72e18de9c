"""
How much memory SMTP sessions take: `python -m bench.sessions`.

Against a `mailbot serve` of its own, on loopback: its peak while many clients are
connected and silent, and while some send messages of the largest size at once: resident
memory of the server and its children. In between, clients over the limit are turned
away.
"""

import argparse
import asyncio
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from bench import process
from bench.process import Measured
from mailbot import MailBot
from mailbot_server.engine.inbound.submission import certificate

MEGABYTE: Final = 1024 * 1024
PER_SOURCE: Final = 50
"""Connections of one address of 127.0.0.0/8: the server limits them."""

LINE: Final = (
    b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx\r\n"
)
PIECE: Final = LINE * 900
REPLY_SECONDS: Final = 600.0
INTERVAL: Final = 0.05
LIMIT: Final = 100
"""Connections of one address, by default."""


class Client:
    """One connection that says what it is told."""

    def __init__(
        self, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter]
    ) -> None:
        self._reader, self.writer = streams

    @classmethod
    async def connect(cls, port: int, number: int) -> "Client":
        """Connected and greeted."""
        source = f"127.0.1.{1 + number // PER_SOURCE}"
        client = cls(
            await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
        )
        await client.expect("220")
        return client

    async def expect(self, code: str) -> None:
        """Reads a reply, which must have this code."""
        line = ""
        while line[3:4] != " ":
            async with asyncio.timeout(REPLY_SECONDS):
                line = (await self._reader.readline()).decode()
            if not line.startswith(code):
                message = f"expected {code}, got {line!r}"
                raise RuntimeError(message)

    async def ask(self, words: str, code: str) -> None:
        """Says something and reads the answer."""
        self.writer.write(words.encode() + b"\r\n")
        await self.expect(code)

    async def send(self, number: int, recipient: str, size: int) -> None:
        """A message with an attachment, of this size."""
        await self.ask("MAIL FROM:<ann@bench.example.com>", "250")
        await self.ask(f"RCPT TO:<{recipient}>", "250")
        await self.ask("DATA", "354")
        head = (
            f"Message-ID: <{number}@bench.example.com>\r\nSubject: Large\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            "--b\r\n\r\nHello\r\n--b\r\nContent-Type: application/octet-stream\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n"
        )
        self.writer.write(head.encode())
        left = size - len(head) - 100
        while left > 0:
            self.writer.write(PIECE[: max(left // len(LINE), 1) * len(LINE)])
            left -= len(PIECE)
            await self.writer.drain()
        await self.ask("--b--\r\n.", "250")

    async def secure(self) -> None:
        """STARTTLS; the certificate is not checked."""
        await self.ask("STARTTLS", "220")
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        await self.writer.start_tls(context)

    async def close(self) -> None:
        """Ends it."""
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()


class Tree:
    """The memory of a process and its children."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def reset(self) -> None:
        """Forgets the peak."""
        for pid in self._pids():
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def read(self, what: str) -> float:
        """MiB of `VmRSS` now or `VmHWM` at the most."""
        total = 0
        for pid in self._pids():
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith(f"{what}:"):
                    total += int(line.split()[1])
        return total / 1024

    def _pids(self) -> list[int]:
        children = Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text()
        return [self._pid, *map(int, children.split())]


async def idle(server: Measured, tree: Tree, count: int, *, tls: bool) -> None:
    """Prints what so many silent clients cost."""
    before = tree.read("VmRSS")
    tree.reset()
    clients = [await Client.connect(server.smtp_port, n) for n in range(count)]
    for client in clients:
        await client.ask("EHLO bench.example.com", "250")
        if tls:
            await client.secure()
    peak = tree.read("VmHWM")
    each = (peak - before) * 1024 / count
    kind = "idle connections with TLS" if tls else "idle connections"
    print(f"{count} {kind}: peak {peak:.0f} MiB, {each:.1f} KiB each")
    for client in clients:
        await client.close()


async def flood(server: Measured, count: int) -> None:
    """Prints what it costs to turn clients away, and what others notice of it."""
    guests = [await Client.connect(server.smtp_port, n) for n in range(PER_SOURCE)]
    full = [await Client.connect(server.smtp_port, PER_SOURCE) for _ in range(LIMIT)]
    spent = server.cpu_seconds()
    refused: list[float] = []
    waits: list[float] = []

    async def come() -> None:
        began = perf_counter()
        streams = await asyncio.open_connection(
            "127.0.0.1", server.smtp_port, local_addr=("127.0.1.2", 0)
        )
        client = Client(streams)
        await client.expect("421")
        refused.append(perf_counter() - began)
        await client.close()

    async def stay() -> None:
        while len(refused) < count:
            guest = guests[len(waits) % len(guests)]
            began = perf_counter()
            await guest.ask("RSET", "250")
            waits.append(perf_counter() - began)
            await asyncio.sleep(INTERVAL)

    staying = asyncio.create_task(stay())
    for _ in range(count // 100):
        await asyncio.gather(*(come() for _ in range(100)))
    await staying
    spent = (server.cpu_seconds() - spent) / count * 1_000_000
    print(
        f"{count} connections over the limit: {spent:.0f} us of CPU each, 421 after "
        f"{_share(refused, 0.5):.1f} ms (p99 {_share(refused, 0.99):.1f}, a hundred at "
        f"a time); others wait {_share(waits, 0.99):.1f} ms (p99)"
    )
    for client in (*guests, *full):
        await client.close()


def _share(seconds: list[float], share: float) -> float:
    """The milliseconds that this share of all stays below."""
    return sorted(seconds)[int(len(seconds) * share)] * 1000


async def large(
    server: Measured, tree: Tree, recipient: str, count: int, size: int
) -> None:
    """Prints what so many large messages at once cost."""
    before = tree.read("VmRSS")
    tree.reset()
    spent, began = server.cpu_seconds(), perf_counter()
    clients = [await Client.connect(server.smtp_port, n) for n in range(count)]
    for client in clients:
        await client.ask("EHLO bench.example.com", "250")
    await asyncio.gather(
        *(client.send(n, recipient, size) for n, client in enumerate(clients))
    )
    seconds = perf_counter() - began
    spent = server.cpu_seconds() - spent
    peak = tree.read("VmHWM")
    print(
        f"{count} connections with {size / MEGABYTE:.0f} MiB each: peak {peak:.0f} MiB "
        f"({before:.0f} before), all accepted in {seconds:.1f} s, "
        f"{spent / count * 1000:.0f} ms of CPU a message"
    )
    for client in clients:
        await client.close()


@contextmanager
def _certificate() -> Iterator[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(certificate.self_signed("bench.example.com", datetime.now(UTC)))
        file.flush()
        yield file.name


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--idle", type=int, default=1000)
    parser.add_argument("--senders", type=int, default=50)
    parser.add_argument("--megabytes", type=int, default=25)
    parser.add_argument("--flood", type=int, default=5000)
    options = parser.parse_args()
    with (
        _certificate() as pem,
        process.mailbot(smtp_tls_cert=pem, smtp_tls_key=pem) as server,
    ):
        with MailBot(target=server.target, api_key=server.api_key) as bot:
            recipient = bot.inboxes.create().address
        tree = Tree(server.pid)
        asyncio.run(idle(server, tree, options.idle, tls=False))
        asyncio.run(idle(server, tree, options.idle, tls=True))
        asyncio.run(flood(server, options.flood))
        size = options.megabytes * MEGABYTE
        asyncio.run(large(server, tree, recipient, options.senders, size))


if __name__ == "__main__":
    main()
