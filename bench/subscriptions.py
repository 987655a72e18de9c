"""
`python -m bench.subscriptions`: Consume and Acknowledge, of one consumer that batches.

A whole server runs in a process of its own, with a log that was filled before. A
client in another process consumes a subscription to all of it and acknowledges each
batch as it comes, without waiting for the answer. CPU is the server's in all, its
SQLite writer included, and the client's.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import time
from typing import Final

import grpc

from bench.events import Server, _server
from bench.queue_length import _database
from mailbot.v1 import events_pb2, subscriptions_pb2, subscriptions_pb2_grpc

OUTSTANDING: Final = 1000
MODES: Final = {
    "exclusive": subscriptions_pb2.Subscription.DELIVERY_MODE_EXCLUSIVE,
    "shared": subscriptions_pb2.Subscription.DELIVERY_MODE_SHARED,
}
EARLIEST: Final = events_pb2.StartPosition(
    anchor=events_pb2.StartPosition.ANCHOR_EARLIEST
)


def main() -> None:
    """Prints the table, or is the client."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--modes", nargs="+", choices=list(MODES), default=list(MODES))
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--client", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.client:
        target, key, mode = options.client
        asyncio.run(_client(target, key, mode, options.events))
        return
    for name in [options.database] if options.database else ["sqlite"]:
        with _database(name) as url, _server(url) as server:
            server.ask(f"fill {options.events}")
            for mode in options.modes:
                for _ in range(options.rounds):
                    _measure(name, server, mode, options.events)


def _measure(name: str, server: Server, mode: str, count: int) -> None:
    command = [
        *(sys.executable, "-m", "bench.subscriptions", "--events", str(count)),
        *("--client", server._target, server._key, mode),
    ]
    began = server.cpu_seconds()
    told = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, timeout=300
    )
    found = json.loads(told.stdout)
    spent = (server.cpu_seconds() - began) / found["events"] * 1e6
    print(
        f"{name:<10} {mode:<9} {found['events']} events:"
        f" {found['events'] / found['seconds']:8.0f}/s"
        f"  server {spent:5.1f} us CPU/event"
        f"  client {found['cpu'] / found['events'] * 1e6:5.1f} us"
        f"  {found['batches']} batches",
        flush=True,
    )


async def _client(target: str, key: str, mode: str, count: int) -> None:
    """Consumes so many events of a new subscription, and tells how long it took."""
    metadata = (("authorization", f"Bearer {key}"),)
    async with grpc.aio.insecure_channel(target) as channel:
        stub = subscriptions_pb2_grpc.SubscriptionServiceStub(channel)
        wanted = subscriptions_pb2.CreateSubscriptionRequest(
            subscription=subscriptions_pb2.Subscription(delivery_mode=MODES[mode]),
            start=EARLIEST,
        )
        made = await stub.CreateSubscription(wanted, metadata=metadata)
        of = made.subscription.id
        request = subscriptions_pb2.ConsumeRequest(
            subscription_id=of,
            consumer_id="bench",
            max_outstanding_events=OUTSTANDING,
        )
        stream = stub.Consume(request, metadata=metadata)
        began, cpu = time.perf_counter(), _cpu()
        events = batches = 0
        acks: set[asyncio.Task[None]] = set()

        async def acknowledge(ack_ids: list[str]) -> None:
            request = subscriptions_pb2.AcknowledgeRequest(
                subscription_id=of, ack_ids=ack_ids
            )
            answer = await stub.Acknowledge(request, metadata=metadata)
            assert not answer.stale_ack_ids

        async for response in stream:
            found = [each.ack_id for each in response.batch.deliveries]
            if not found:
                continue
            batches += 1
            events += len(found)
            task = asyncio.ensure_future(
                acknowledge(found[-1:] if mode == "exclusive" else found)
            )
            acks.add(task)
            task.add_done_callback(acks.discard)
            if events >= count:
                break
        await asyncio.gather(*acks)
        seconds = time.perf_counter() - began
        stream.cancel()
    spent = _cpu() - cpu
    told = {"events": events, "batches": batches, "seconds": seconds, "cpu": spent}
    print(json.dumps(told))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
