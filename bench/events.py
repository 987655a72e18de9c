"""
`python -m bench.events`: from an event that is written to a client that has it.

A whole server runs in a process of its own, with a writer that hands in so many events
a second, one an operation, each stamped with the moment before its write begins. A
Python client in another process holds the streams and takes the time at which it has
read each event; with more than MEASURED streams the others take responses unread, as
their clients would be on other machines. CPU is the server's in all (its SQLite writer
included), beside what the same server needs for the same writes without a stream.

--catch-up fills the log before, and one stream reads it from the beginning.
--stuck opens that many streams whose clients stop reading, and prints the server's RSS.
--soak opens the streams so many times over, cancels them, and prints it each time.
"""

import argparse
import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final

import grpc

from bench import process
from bench.queue_length import _database
from mailbot.v1 import events_pb2
from mailbot_server import app, config
from mailbot_server.core.event import (
    AttachmentSummary,
    AttemptDetail,
    ContentDetail,
    Event,
    EventType,
)
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.reply import Reply
from mailbot_server.store import accounts
from mailbot_server.store.database import Transaction

MEASURED: Final = 10
SETTLE_SECONDS: Final = 1.0
STUCK_EVENTS: Final = 40_000
"""Twenty megabytes for each stream: far more than its connection takes."""
FILL: Final = 500
LANES: Final = 8
SUBSCRIBE: Final = "/mailbot.v1.EventService/Subscribe"
EARLIEST: Final = events_pb2.StartPosition.ANCHOR_EARLIEST


def main() -> None:
    """Prints the table, or is one of the processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", nargs="+", type=int, default=[1, 10, 100])
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--catch-up", type=int, default=0, metavar="EVENTS")
    parser.add_argument("--stuck", type=int, default=0, metavar="STREAMS")
    parser.add_argument("--soak", type=int, default=0, metavar="TIMES")
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--serve", metavar="URL", help=argparse.SUPPRESS)
    parser.add_argument("--client", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve is not None:
        asyncio.run(_serve(options.serve))
    elif options.client:
        asyncio.run(_client(options.client[0], options.client[1], options))
    else:
        for name in [options.database] if options.database else ["sqlite"]:
            with _database(name) as url:
                _measure(name, url, options)


def _measure(name: str, url: str, options: argparse.Namespace) -> None:
    for _ in range(options.rounds):
        with _server(url) as server:
            if options.catch_up:
                _catch_up(name, server, options.catch_up)
            elif options.soak:
                _soak(name, server, options)
            elif options.stuck:
                _stuck(name, server, options)
            else:
                _live(name, server, options)


def _live(name: str, server: "Server", options: argparse.Namespace) -> None:
    alone = server.write(options.rate, options.seconds)
    print(f"{name:<10} {options.rate}/s, no stream: {alone:5.1%} of a core", flush=True)
    for streams in options.streams:
        with server.client(streams, options.seconds) as client:
            busy = server.write(options.rate, options.seconds)
            found = client()
        print(
            f"{name:<10} {options.rate}/s, {streams:>4} streams:"
            f" p50 {found['p50']:6.2f} ms  p99 {found['p99']:6.2f} ms"
            f"  server {busy:5.1%} of a core  client {found['cpu']:5.1%}"
            f"  {found['responses']} responses, {found['events']} events",
            flush=True,
        )


def _catch_up(name: str, server: "Server", count: int) -> None:
    server.ask(f"fill {count}")
    began = server.cpu_seconds()
    with server.client(1, 0, "--catch-up", str(count)) as client:
        found = client()
    spent = (server.cpu_seconds() - began) / found["events"] * 1e6
    print(
        f"{name:<10} catch-up of {found['events']} events:"
        f" {found['events'] / found['seconds']:8.0f}/s"
        f"  server {spent:5.1f} us CPU an event",
        flush=True,
    )


def _stuck(name: str, server: "Server", options: argparse.Namespace) -> None:
    server.write(options.rate, 1.0)
    before = server.rss()
    with server.client(options.stuck, options.seconds, "--stuck", "1") as client:
        server.ask(f"fill {STUCK_EVENTS}")
        server.write(options.rate, options.seconds)
        during = server.rss()
        client()
    time.sleep(SETTLE_SECONDS)
    after = server.rss()
    print(
        f"{name:<10} {options.stuck} streams that stopped reading:"
        f" RSS {before:.0f} -> {during:.0f} MiB, {after:.0f} once they are gone",
        flush=True,
    )


def _soak(name: str, server: "Server", options: argparse.Namespace) -> None:
    for number in range(options.soak):
        with server.client(options.streams[-1], 1.0) as client:
            server.write(options.rate, 0.5)
            client()
        print(
            f"{name:<10} {(number + 1) * options.streams[-1]:>6} streams cancelled:"
            f" RSS {server.rss():.0f} MiB",
            flush=True,
        )


# --- the server -----------------------------------------------------------------------


class Server:
    """The server's process, as the bench asks it."""

    def __init__(self, running: subprocess.Popen[str], target: str, key: str) -> None:
        self._process = running
        self._target = target
        self._key = key

    def ask(self, what: str) -> str:
        """Has it do something; its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def write(self, rate: int, seconds: float) -> float:
        """Has it write; its share of a core meanwhile."""
        began, cpu = time.perf_counter(), self.cpu_seconds()
        self.ask(f"write {rate} {seconds}")
        return (self.cpu_seconds() - cpu) / (time.perf_counter() - began)

    def cpu_seconds(self) -> float:
        """Of the server and its writer."""
        return process.Measured(self._process.pid, 0).cpu_seconds()

    def rss(self) -> float:
        """Mebibytes of the server itself."""
        text = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0]) / 1024

    @contextmanager
    def client(self, streams: int, seconds: float, *more: str) -> Iterator[Any]:
        """A client with open streams; calling it says what it has seen."""
        command = [
            *(sys.executable, "-m", "bench.events", "--streams", str(streams)),
            *("--seconds", str(seconds), "--client", self._target, self._key, *more),
        ]
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "open\n"

        def ended() -> Any:
            text, _ = running.communicate("\n", timeout=120)
            return json.loads(text)

        yield ended
        running.wait(10)


@contextmanager
def _server(url: str) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("MAILBOT_")},
            **dict.fromkeys(
                ("MAILBOT_GRPC_PORT", "MAILBOT_MX_PORT", "MAILBOT_SUBMISSION_PORT"), "0"
            ),
            "MAILBOT_OPERATOR_PORT": "0",
            "MAILBOT_DATA_DIR": folder,
            "MAILBOT_LOG_LEVEL": "error",
            "MAILBOT_STREAMS_PER_KEY_MAX": "2000",
            "MAILBOT_STREAMS_MAX": "2000",
        }
        if url.startswith("postgresql"):
            environment |= {"MAILBOT_DATABASE_URL": url, "MAILBOT_SERVER_KEY": "k" * 32}
        # Not -m: its writer finds operations by the name of their module.
        itself = "from bench import events; events.main()"
        command = [sys.executable, "-c", itself, "--serve", url]
        running = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert running.stdout is not None
            target, key = running.stdout.readline().split()
            yield Server(running, target, key)
        finally:
            assert running.stdin is not None
            running.stdin.close()
            running.wait(30)


async def _serve(url: str) -> None:
    """Serves, and does what its lines of input say, until the input ends."""
    del url
    async with app.serving(config.load()) as server:
        [account] = await server.db.read(accounts.list_newest, "", 1)
        key = server.api_key_file.read_text().strip()
        print(f"127.0.0.1:{server.grpc_port} {key}", flush=True)
        async for line in _lines():
            kind, *numbers = line.split()
            if kind == "fill":
                await _fill(server, account.id, int(numbers[0]))
            else:
                await _write(server, account.id, int(numbers[0]), float(numbers[1]))
            print("done", flush=True)


async def _lines() -> AsyncIterator[str]:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        yield line.decode()


async def _write(
    server: app.Running, account_id: str, rate: int, seconds: float
) -> None:
    """So many a second, whether or not the ones before are written."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - loop.time()))
            stamp = str(time.monotonic_ns())
            group.create_task(server.db.write(_tell, account_id, number, 1, stamp))
    await asyncio.sleep(0.3)


async def _fill(server: app.Running, account_id: str, count: int) -> None:
    numbers = iter(range(0, count, FILL))

    async def lane() -> None:
        for first in numbers:
            size = min(FILL, count - first)
            await server.db.write(_tell, account_id, first, size, "0")

    await asyncio.gather(*(lane() for _ in range(LANES)))


def _tell(tx: Transaction, account_id: str, first: int, count: int, stamp: str) -> None:
    """What a server tells most: a message queued, then sent and delivered."""
    for number in range(first, first + count):
        tx.emit(_event(account_id, number, stamp))


def _event(account_id: str, number: int, stamp: str) -> Event:
    recipient = f"customer{number % 977}@example.net"
    known: dict[str, Any] = {
        "account_id": account_id,
        "inbox_id": "inb_06f0000000000000000000000a",
        "thread_id": f"thr_06f{number:022d}",
        "message_id": f"msg_06f{number:022d}",
        "delivery_id": f"dlv_06f{number:022d}",
        "recipient": recipient,
        "request_id": "req_06f0000000000000000000000b",
        "metadata": {"t": stamp},
    }
    if number % 3 == 0:
        detail = ContentDetail(
            sender=Mailbox(address="shop@example.com", display_name="The Shop"),
            recipients=(Mailbox(address=recipient),),
            subject=f"Your order {number} has left",
            snippet="Good news: your order is on its way and will be there tomorrow.",
            size_bytes=4711,
            attachments=(AttachmentSummary(id="att_1", filename="bill.pdf"),),
            rfc822_message_id=f"06f{number:022d}@example.com",
        )
        return Event(type=EventType.MESSAGE_RECEIVED, detail=detail, **known)
    kind = EventType.MESSAGE_SENT if number % 3 == 1 else EventType.MESSAGE_DELIVERED
    attempt = AttemptDetail(
        attempt=1,
        route="direct",
        remote_host="mx1.example.net",
        remote_address="192.0.2.25",
        stage="data",
        reply=Reply(code=250, enhanced="2.0.0", text=f"Ok: queued as {number:X}"),
        tls_level="encrypted",
        tls_protocol="TLSv1.3",
        tls_cipher="TLS_AES_256_GCM_SHA384",
        duration_seconds=0.125,
    )
    return Event(type=kind, detail=attempt, **known)


# --- the client -----------------------------------------------------------------------


async def _client(target: str, key: str, options: argparse.Namespace) -> None:
    """Opens its streams, says so, and tells at the end what it has seen."""
    delays: list[float] = []
    seen = {"responses": 0, "events": 0}
    tasks: list[asyncio.Task[None]] = []
    opened = asyncio.Semaphore(0)
    async with _channels(target, options.streams[0]) as channels:
        for number, channel in zip(
            range(options.streams[0]), itertools.cycle(channels), strict=False
        ):
            is_read = number < MEASURED
            stream = _stream(channel, key, options)
            reading = _read(stream, seen, delays if is_read else None, opened, options)
            tasks.append(asyncio.create_task(reading))
        began, cpu = time.perf_counter(), time.process_time()
        if not options.catch_up:
            for _ in tasks:
                await opened.acquire()
        print("open", flush=True)
        if options.catch_up:
            await asyncio.gather(*tasks)
        else:
            await asyncio.to_thread(sys.stdin.readline)
        seconds = time.perf_counter() - began
        spent = time.process_time() - cpu
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    delays.sort()
    print(
        json.dumps(
            {
                **seen,
                "p50": _part(delays, 0.5),
                "p99": _part(delays, 0.99),
                "seconds": seconds,
                "cpu": spent / seconds,
            }
        )
    )


def _part(ordered: list[float], part: float) -> float:
    return ordered[int((len(ordered) - 1) * part)] if ordered else 0.0


@asynccontextmanager
async def _channels(target: str, streams: int) -> AsyncIterator[list[grpc.aio.Channel]]:
    """As many connections as it takes: one carries at most so many streams."""
    made = [
        grpc.aio.insecure_channel(
            target, options=[("grpc.use_local_subchannel_pool", 1)]
        )
        for _ in range(min(4, streams) + streams // 200)
    ]
    yield made
    for channel in made:
        await channel.close()


def _stream(channel: grpc.aio.Channel, key: str, options: argparse.Namespace) -> Any:
    request = events_pb2.SubscribeRequest()
    if options.catch_up:
        request.start.anchor = EARLIEST
        request.stop_at_end = True
        request.max_batch_size = 500
    call: Any = channel.unary_stream(
        SUBSCRIBE,
        request_serializer=events_pb2.SubscribeRequest.SerializeToString,
        response_deserializer=None,
    )
    return call(request, metadata=(("authorization", f"Bearer {key}"),))


async def _read(
    stream: Any,
    seen: dict[str, int],
    delays: list[float] | None,
    opened: asyncio.Semaphore,
    options: argparse.Namespace,
) -> None:
    parse = events_pb2.SubscribeResponse.FromString
    async for data in stream:
        opened.release()
        seen["responses"] += 1
        if options.stuck:
            await asyncio.Event().wait()
        if delays is None:
            continue
        now = time.monotonic_ns()
        for event in parse(data).batch.events:
            seen["events"] += 1
            if not options.catch_up:
                delays.append((now - int(event.metadata["t"])) / 1e6)


if __name__ == "__main__":
    main()
