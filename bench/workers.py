"""
`python -m bench.workers`: receives and sends a second with 1 and with 2 workers.

A whole server on PostgreSQL (one of the tests' own, or --database), its workers behind
one port; clients in another process hold so many connections, which the kernel gives to
the workers. CPU is that of the supervisor and all workers, PostgreSQL's apart. On two
cores, with the clients and PostgreSQL beside them, two workers cannot be twice as fast:
look at the CPU of a message, which must stay the same, and at what is left of the time.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, Final

import grpc
import psycopg

from bench import process
from bench.process import Measured
from mailbot.v1 import inboxes_pb2, inboxes_pb2_grpc, messages_pb2, messages_pb2_grpc
from tests.flow import smtp
from tests.servers.postgres import PostgresServer, binaries

CONNECTIONS: Final = 16
TEXT: Final = (
    "Subject: {n}\r\nMessage-ID: <{n}@bench.example>\r\n\r\n" + "Words. " * 300
)
OWN_CONNECTION: Final = (("grpc.use_local_subchannel_pool", 1),)
SENDS_OF_AN_INBOX: Final = 20
"""An inbox may send 25 messages a minute."""


def main() -> None:
    """Prints the table, or is the clients' process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", default="", help="an empty postgresql://…")
    parser.add_argument("--client", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.client:
        print(json.dumps(asyncio.run(_client(json.loads(options.client)))))
        return
    rows: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for round_ in range(options.rounds):
        for count in options.workers:
            with _database(options.database, f"r{round_}w{count}") as url:
                for kind, figures in _measure(url, count, options.messages):
                    rows.setdefault((count, kind), []).append(figures)
    print(f"{'workers':>8} {'what':>8} {'a second':>10} {'CPU us each':>12}")
    for (count, kind), found in sorted(rows.items(), key=lambda row: row[0][::-1]):
        rate, cpu = (median(each[n] for each in found) for n in (0, 1))
        print(f"{count:>8} {kind:>8} {rate:>10.0f} {cpu:>12.0f}")


def _measure(
    url: str, count: int, messages: int
) -> Iterator[tuple[str, tuple[float, float]]]:
    with process.mailbot(url, workers=str(count), authentication="false") as server:
        for kind in ("receive", "send"):
            before = server.cpu_seconds()
            taken = _run(server, kind, messages)
            cpu = server.cpu_seconds() - before
            yield kind, (messages / taken, 1_000_000 * cpu / messages)


def _run(server: Measured, kind: str, messages: int) -> float:
    """The seconds that the clients needed."""
    order = {
        "kind": kind,
        "messages": messages,
        "port": server.smtp_port,
        "target": server.target,
        "key": server.api_key,
    }
    command = [sys.executable, "-m", "bench.workers", "--client", json.dumps(order)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return float(json.loads(said.splitlines()[-1]))


async def _client(order: dict[str, Any]) -> float:
    channels = [
        grpc.aio.insecure_channel(order["target"], OWN_CONNECTION)
        for _ in range(CONNECTIONS)
    ]
    metadata = (("authorization", f"Bearer {order['key']}"),)
    share = order["messages"] // CONNECTIONS
    try:
        per = share if order["kind"] == "receive" else SENDS_OF_AN_INBOX
        boxes = [
            [await _inbox(channel, metadata) for _ in range(-(-share // per))]
            for channel in channels
        ]
        started = time.perf_counter()
        if order["kind"] == "receive":
            work = [
                _receive(order["port"], its[0][1], n, share)
                for n, its in enumerate(boxes)
            ]
        else:
            work = [
                _send(channel, metadata, its, share)
                for channel, its in zip(channels, boxes, strict=True)
            ]
        await asyncio.gather(*work)
        return time.perf_counter() - started
    finally:
        for channel in channels:
            await channel.close()


async def _inbox(channel: grpc.aio.Channel, metadata: Any) -> tuple[str, str]:
    stub: Any = inboxes_pb2_grpc.InboxServiceStub(channel)
    made = await stub.CreateInbox(inboxes_pb2.CreateInboxRequest(), metadata=metadata)
    return made.inbox.id, made.inbox.address


async def _receive(port: int, address: str, own: int, count: int) -> None:
    reader, writer = await smtp.open_session(port)
    for number in range(count):
        for line in ("MAIL FROM:<a@example.com>", f"RCPT TO:<{address}>", "DATA"):
            await smtp.command(reader, writer, line)
        writer.write(smtp.stuffed(TEXT.format(n=f"{own}-{number}")))
        assert (await smtp.answer(reader)).startswith("250")
    writer.close()


async def _send(
    channel: grpc.aio.Channel, metadata: Any, boxes: list[tuple[str, str]], count: int
) -> None:
    stub: Any = messages_pb2_grpc.MessageServiceStub(channel)
    for number in range(count):
        inbox_id, _ = boxes[number // SENDS_OF_AN_INBOX]
        request = messages_pb2.SendMessageRequest(inbox_id=inbox_id)
        request.to.add(address="c@outside.example")
        request.content.subject, request.content.text_body = (
            f"{number}",
            "Words. " * 300,
        )
        await stub.SendMessage(request, metadata=metadata)


@contextmanager
def _database(url: str, name: str) -> Iterator[str]:
    if url:
        yield url
        return
    folder = binaries()
    if folder is None:
        sys.exit("PostgreSQL's server programs are not installed: say --database")
    server = PostgresServer(folder)
    server.start()
    try:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        yield server.url(name)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
