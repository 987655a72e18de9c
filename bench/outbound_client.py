"""`python -m bench.outbound_client`: CPU microseconds for handing one message over.

`Remote.deliver` in this process against a sink in another, over loopback: new and
reused connections, with and without PIPELINING, and aiosmtplib alone as the peer.
Rounds alternate; medians with minimum and maximum.
"""

import argparse
import asyncio
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

import aiosmtplib

from bench import preload, process
from mailbot_server.config import load
from mailbot_server.core.delivery import Accepted
from mailbot_server.engine.dns import Resolver
from mailbot_server.engine.outbound.routing.guard import Guard
from mailbot_server.engine.outbound.routing.route import choose
from mailbot_server.engine.outbound.smtp.dialogue import Dialogues
from mailbot_server.engine.outbound.smtp.progress import Progress
from mailbot_server.engine.outbound.smtp.remote import Remote
from mailbot_server.engine.outbound.smtp.session import Transaction
from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics

RAW: Final = b"Subject: bench\r\n\r\n" + b"x" * 76 + b"\r\n"
SENDER, RECIPIENT = "token@rp.example.net", "user@example.com"
EXTENSIONS: Final = ("8BITMIME", "SIZE 26214400")
Run = Callable[[int], Awaitable[None]]


@dataclass(slots=True)
class Figures:
    """Rounds of one way: CPU microseconds and messages per second."""

    cpu: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    def text(self) -> str:
        """Medians and range."""
        low, high = min(self.cpu), max(self.cpu)
        cpu = f"{median(self.cpu):6.0f} us CPU [{low:.0f}-{high:.0f}]"
        return f"{cpu:<32} {median(self.rates):7.0f}/s"


class Ours:
    """`Remote` with a sink pinned for example.com."""

    def __init__(
        self, db: Database, port: int, raw: bytes, messages_max: int | None
    ) -> None:
        route = {"domain": "example.com", "host": "127.0.0.1", "port": port}
        self._settings = load(hostname="mail.example.net", routes=[route])
        self._metrics = Metrics()
        resolver = Resolver(_clock, self._settings, self._metrics)
        dialogues = Dialogues(_clock)
        parts = (self._settings, self._metrics, resolver)
        guard = Guard(db, _clock, *parts)
        self._remote = Remote(*parts, dialogues, guard)
        self._route = choose(self._settings, "example.com")
        self._messages_max = messages_max
        self._transaction = Transaction(
            reverse_path=SENDER, recipient=RECIPIENT, raw=raw
        )

    async def run(self, count: int) -> None:
        """So many messages, one after another."""
        for _ in range(count):
            progress = Progress(_clock, self._metrics, "pinned")
            outcome = await self._remote.deliver(
                *(self._route, self._transaction, progress, b"seed"),
                messages_max=self._messages_max,
            )
            assert isinstance(outcome, Accepted), outcome


class Library:
    """aiosmtplib as its documentation says."""

    def __init__(self, port: int, raw: bytes, *, reuses: bool) -> None:
        self._port = port
        self._raw = raw
        self._reuses = reuses

    async def run(self, count: int) -> None:
        """So many messages, one after another."""
        smtp: aiosmtplib.SMTP | None = None
        for _ in range(count):
            if smtp is None or not self._reuses:
                if smtp is not None:
                    await smtp.quit()
                smtp = aiosmtplib.SMTP(
                    hostname="127.0.0.1", port=self._port, start_tls=False
                )
                await smtp.connect()
            await smtp.sendmail(SENDER, [RECIPIENT], self._raw)


def _clock() -> datetime:
    return datetime.now(UTC)


async def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--concurrency", type=int, default=20)
    parser.add_argument("--size", type=int, default=5000)
    options = parser.parse_args()
    raw = RAW + (b"y" * 76 + b"\r\n") * (options.size // 78)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = f"sqlite:///{Path(folder) / 'mailbot.db'}"
        await preload.fill(url, 1)
        db = Database(url, clock=_clock, entropy=secrets.token_bytes, metrics=Metrics())
        await db.start()
        plain = stack.enter_context(process.sink(*EXTENSIONS))
        piped = stack.enter_context(process.sink("PIPELINING", *EXTENSIONS))
        ways: dict[str, list[Run]] = {}
        for name, port in (("", plain), (" pipelined", piped)):
            for kind, limit in (("new", 1), ("reused", None)):
                ours = Ours(db, port, raw, limit)
                ways[f"mailbot {kind}{name}"] = [ours.run] * options.concurrency
        for kind, reuses in (("new", False), ("reused", True)):
            ways[f"aiosmtplib {kind}"] = [
                Library(plain, raw, reuses=reuses).run
                for _ in range(options.concurrency)
            ]
        figures = {name: Figures() for name in ways}
        for number in range(options.rounds + 1):
            for name, lanes in ways.items():
                measured = await _measure(lanes, options.messages)
                if number:  # the first round warms up
                    figures[name].cpu.append(measured[0])
                    figures[name].rates.append(measured[1])
        await db.stop()
    for name, its in figures.items():
        print(f"{name:<24} {its.text()}")


async def _measure(lanes: list[Run], messages: int) -> tuple[float, float]:
    count = messages // len(lanes)
    cpu, began = time.process_time(), time.perf_counter()
    await asyncio.gather(*(lane(count) for lane in lanes))
    done = count * len(lanes)
    spent = time.process_time() - cpu
    return spent / done * 1e6, done / (time.perf_counter() - began)


if __name__ == "__main__":
    asyncio.run(main())
