"""
Webhooks to a local sink: how many a second, and what a delivery costs.

    python -m bench.webhooks [--events 5000] [--webhooks 1] [--concurrency 8]

One process posts everything that stands in a log of SQLite; the sink is a process of
its own that answers 200. CPU is that of the posting process with its writer.
"""

import argparse
import asyncio
import cProfile
import importlib
import multiprocessing
import pstats
import resource
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

from mailbot_server.api.convert import payloads
from mailbot_server.clock import WallClock, entropy
from mailbot_server.config import Settings
from mailbot_server.core.account import Principal
from mailbot_server.core.event import ContentDetail, Event, EventFilter, EventType
from mailbot_server.core.signed import server_key
from mailbot_server.core.subscription import Kind, Mode, Subscription
from mailbot_server.engine import accounts
from mailbot_server.engine.dns import Resolver
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.webhooks import sealing
from mailbot_server.engine.webhooks.client import Client
from mailbot_server.engine.webhooks.dispatcher import Dispatcher
from mailbot_server.engine.webhooks.lane import Office
from mailbot_server.engine.webhooks.sealing import Safe
from mailbot_server.engine.webhooks.turns import Turns
from mailbot_server.engine.webhooks.webhooks import Webhooks
from mailbot_server.store import accounts as store_accounts
from mailbot_server.store import migrate
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry.metrics import Metrics

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


class Sink(asyncio.Protocol):
    """Answers every request as soon as its body is there."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._data = b""

    def data_received(self, data: bytes) -> None:
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0:
            head = self._data[:end].lower()
            length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
            if len(self._data) < end + 4 + length:
                return
            self._data = self._data[end + 4 + length :]
            self._transport.write(ANSWER)


def sink(ready: Connection) -> None:
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Sink, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


def happen(tx: Transaction, account_id: str, count: int) -> None:
    for number in range(count):
        tx.emit(
            Event(
                type=EventType.MESSAGE_RECEIVED,
                account_id=account_id,
                inbox_id="inb_1",
                thread_id=f"thr_{number}",
                detail=ContentDetail(subject=f"Number {number}", snippet="Words " * 20),
            )
        )


async def run(options: argparse.Namespace, port: int, folder: Path) -> None:
    settings = Settings(
        webhook_allowed_hosts=("127.0.0.1",), sqlite_writer=options.writer
    )
    clock, metrics = WallClock(), Metrics()
    url = options.database_url or f"sqlite:///{folder}/mailbot.db"
    db = Database(
        *(url,),
        clock=clock,
        entropy=entropy,
        metrics=metrics,
        writer=settings.sqlite_writer,
    )
    migrate.migrate(db.backend, clock(), "bench")
    await db.start()
    await db.write(accounts.begin, accounts.draw_first_keys(entropy), entropy(8))
    account = (await db.read(store_accounts.list_newest, "", 1))[0]
    vault = Vault(server_key.keys_for([b"bench"], sealing.PURPOSE), entropy)
    office = Office(
        db=db,
        client=Client(settings, Resolver(clock, settings, metrics)),
        safe=Safe(vault),
        encode=payloads.encode,
        holder="nod_bench",
        turns=Turns(settings.webhook_concurrency),
    )
    for _ in range(options.webhooks):
        await create(office, settings, account.id, port, options.concurrency)
    for _ in range(options.events // 500):
        await db.write(happen, account.id, 500)
    dispatcher = Dispatcher(office)
    cpu, wall = measured()
    await dispatcher.step()
    spent, took = measured(cpu, wall)
    number = options.events * options.webhooks
    print(f"{number} deliveries in {took:.2f} s: {number / took:.0f}/s")
    print(f"{spent / number * 1e6:.0f} us of CPU each in the posting process")
    print(f"{datetime.now(tz=UTC):%H:%M:%S} concurrency {options.concurrency}")
    await dispatcher.close()
    await db.stop()


async def create(
    office: Office, settings: Settings, account_id: str, port: int, concurrency: int
) -> None:
    kept = Webhooks(office, settings)
    now = office.now()
    read = Subscription(
        id=kept.new_id(),
        account_id=account_id,
        kind=Kind.WEBHOOK,
        mode=Mode.SHARED,
        filter=EventFilter(types=(EventType.MESSAGE_RECEIVED,)),
        max_attempts=0,
        created_at=now,
        updated_at=now,
    )
    who = Principal(account_id=account_id, key_id="key_1", scopes=frozenset({"admin"}))
    posted = {
        "url": f"http://127.0.0.1:{port}/hook",
        "max_concurrency": concurrency,
    }
    await kept.create(who, read, posted, "", b"")


def measured(cpu: float = 0.0, wall: float = 0.0) -> tuple[float, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime - cpu, perf_counter() - wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--webhooks", type=int, default=1)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--writer", choices=("process", "thread"), default="process")
    parser.add_argument("--database-url", default="")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=sink, args=(theirs,))
    process.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            work: Callable[[], None] = lambda: asyncio.run(  # noqa: E731
                run(options, ours.recv(), Path(folder))
            )
            profiled(work) if options.profile else work()
    finally:
        process.kill()


def profiled(work: Callable[[], None]) -> None:
    profile = cProfile.Profile()
    profile.runcall(work)
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    # By its name: the writer process has to find what it is given.
    importlib.import_module("bench.webhooks").main()
