"""
Links in mail: requests for pictures and clicks a second, each written down.

    python -m bench.opens [--requests 3000] [--recipients 200] [--clients 32]

One process serves them with its writer on SQLite; the clients are a process of their
own. CPU is that of the serving process without its writer. Beside it, what a copy
costs: links found once for a message, and put in once for each recipient.
"""

import argparse
import asyncio
import multiprocessing
import resource
import tempfile
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter, process_time

from mailbot_server.clock import WallClock, entropy
from mailbot_server.config import Settings
from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.mail.parse import parse
from mailbot_server.core.message import Direction, Guarantee, Message, Stream
from mailbot_server.core.search.document import Document
from mailbot_server.core.signed import link, server_key
from mailbot_server.core.signed.link import For
from mailbot_server.core.tracking import plan
from mailbot_server.core.tracking.asked import Tracking as Asked
from mailbot_server.core.tracking.plan import Plan
from mailbot_server.engine import accounts
from mailbot_server.engine.engagement.copies import OwnLinks
from mailbot_server.store import accounts as store_accounts
from mailbot_server.store import deliveries, messages, migrate
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import engagement
from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.web.public import PublicServer
from mailbot_server.web.tracking import Tracking

KEYS = server_key.keys_for([b"a key of a benchmark, long enough"], link.PURPOSE)
URL = "https://example.com/a?b=c"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
ROW = '<tr><td class="item"><a href="https://example.com/{n}">Item {n}</a></td></tr>'


def sent(tx: Transaction, account_id: str, count: int) -> list[str]:
    """A message to so many recipients; the ids of its deliveries."""
    new = Message(
        id=tx.new_id("msg"),
        account_id=account_id,
        inbox_id=tx.new_id("inb"),
        thread_id=tx.new_id("thr"),
        direction=Direction.OUTBOUND,
        created_at=tx.now,
    )
    messages.add(tx, new, b"\r\n", (), Document())
    engagement.keep(tx, new.id, Plan(urls=(URL,)))
    its = [
        Delivery(
            id=tx.new_id("dlv"),
            account_id=account_id,
            inbox_id=new.inbox_id,
            thread_id=new.thread_id,
            message_id=new.id,
            recipient=f"someone{number}@example.com",
            domain="example.com",
            state=State.DELIVERED,
            stream=Stream.BULK,
            guarantee=Guarantee.AT_LEAST_ONCE,
            due_at=tx.now,
            queued_at=tx.now,
            gives_up_at=tx.now + timedelta(days=5),
            updated_at=tx.now,
            is_tracked=True,
        )
        for number in range(count)
    ]
    deliveries.add_many(tx, its)
    return [each.id for each in its]


async def ask(port: int, paths: list[str], clients: int) -> float:
    """How long the answers to all of them took, over kept connections."""
    waiting = iter(paths)

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in waiting:
            fields = f"Host: x\r\nUser-Agent: {AGENT}\r\n"
            writer.write(f"GET {path} HTTP/1.1\r\n{fields}\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            assert head.split(b" ")[1] in (b"200", b"302"), head
        writer.close()

    started = perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return perf_counter() - started


def clients(pipe: Connection) -> None:
    """Asks for what it is told to."""
    while (call := pipe.recv()) is not None:
        pipe.send(asyncio.run(ask(*call)))


def cpu() -> float:
    """Of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def serve(folder: Path, options: argparse.Namespace, pipe: Connection) -> None:
    settings = Settings(data_dir=folder, public_url="http://localhost", public_port=0)
    metrics, clock = Metrics(), WallClock()
    db = Database(settings.store_url, clock=clock, entropy=entropy, metrics=metrics)
    migrate.migrate(db.backend, clock(), entropy(8).hex())
    await db.start()
    await db.write(accounts.begin, accounts.draw_first_keys(entropy), entropy(8))
    [account] = await db.read(store_accounts.list_newest, "", 1)
    ids = await db.write(sent, account.id, options.recipients)
    server = PublicServer(
        settings, metrics, Tracking(db, KEYS, settings, metrics).routes()
    )
    await server.start()
    for purpose in (For.OPEN, For.CLICK):
        tokens = [link.write(KEYS, purpose, each, purpose is For.CLICK) for each in ids]
        paths = [
            f"/{purpose.value}/{tokens[number % len(tokens)]}"
            for number in range(options.requests)
        ]
        before = cpu()
        pipe.send((server.port, paths, options.clients))
        seconds = await asyncio.to_thread(pipe.recv)
        used = (cpu() - before) / options.requests
        rate = options.requests / seconds
        kind = purpose.name.lower()
        print(f"{kind:<8} {rate:7.0f}/s   {used * 1e6:5.0f} us of CPU each")
    pipe.send(None)
    await server.stop()
    await db.stop()


def copies() -> None:
    """What is paid once for a message, and once for each recipient."""
    rows = "".join(ROW.format(n=n) for n in range(40))
    html = f"<html><body><table>{rows}</table></body></html>"
    head = b"Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    raw = head + html.encode() + b"\r\n"
    parts, rounds = parse(raw).parts, 300
    began = process_time()
    for _ in range(rounds):
        made = plan.make(raw, parts, Asked(opens=True, clicks=True))
    planned = (process_time() - began) / rounds
    own = OwnLinks(keys=KEYS, url="https://m.example.com", delivery_id=f"dlv_{7:026d}")
    began = process_time()
    for _ in range(rounds):
        plan.copy(made, raw, own)
    copied = (process_time() - began) / rounds
    print(
        f"{len(raw)} bytes with {len(made.urls)} links: planned {planned * 1e6:.0f} us"
        f" a message, copied {copied * 1e6:.0f} us a recipient"
    )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--recipients", type=int, default=200)
    parser.add_argument("--clients", type=int, default=32)
    options = parser.parse_args()
    copies()
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=clients, args=(theirs,)
    )
    process.start()
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        print(datetime.now(tz=UTC).isoformat(timespec="minutes"))
        asyncio.run(serve(Path(folder), options, ours))
    process.join()


if __name__ == "__main__":
    main()
