"""
What one claim and one settled attempt cost in queues of different lengths.

A claim leases what a round of the queue takes; settling writes the outcome, its events
and the next state. Both are measured from the call to the commit. The rows of a long
queue are copies of one delivery, spread over accounts and times as real ones are not:
all of them are due. With --drain the resident memory of a process is sampled while it
leases, attempts at a sink within it, and settles until nothing is left.
"""

import argparse
import asyncio
import secrets
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench import preload
from mailbot_server.core import ids
from mailbot_server.core.delivery import Accepted, Delivery, Trace
from mailbot_server.core.mail.reply import Reply
from mailbot_server.engine.outbound.settle import settle
from mailbot_server.store import deliveries
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

LENGTHS: Final = (1_000, 10_000, 100_000, 1_000_000)
CLAIM: Final = 50
CLAIMS: Final = 6
LEASE_SECONDS: Final = 900.0
BATCH: Final = 5_000
NODE: Final = "nod_bench"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lengths", nargs="+", type=int, default=LENGTHS)
    parser.add_argument("--database", default="", help="postgresql://…; default SQLite")
    parser.add_argument("--drain", type=int, default=0, metavar="DELIVERIES")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'mailbot.db'}"
        asyncio.run(_measure(url, options.lengths, options.drain))


async def _measure(url: str, lengths: list[int], drain: int) -> None:
    await preload.fill(url, 1)
    metrics = Metrics()
    log.set_up("error", as_json=False, metrics=metrics)
    db = Database(url, clock=_now, entropy=secrets.token_bytes, metrics=metrics)
    await db.start()
    try:
        [template] = await db.read(_all)
        have = 1
        for length in lengths if not drain else [drain]:
            await _grow(db, template, length - have)
            have = length
            if drain:
                await _drain(db, metrics, drain)
            else:
                have -= await _length(db, metrics, length)
    finally:
        await db.stop()


async def _length(db: Database, metrics: Metrics, length: int) -> int:
    claims, settles, done = [], [], 0
    for _ in range(CLAIMS):
        started = perf_counter()
        leased = await db.write(deliveries.lease_due, NODE, CLAIM, LEASE_SECONDS)
        claims.append((perf_counter() - started) * 1e3)
        for each in leased:
            assert await db.write(deliveries.start, each)
            started = perf_counter()
            await settle(db, metrics, each, _accepted(), jitter=0.0)
            settles.append((perf_counter() - started) * 1e3)
        done += len(leased)
    started = perf_counter()
    await db.read(deliveries.next_due)
    due = (perf_counter() - started) * 1e3
    print(
        f"{length:>9} rows: claim of {CLAIM} {median(claims):7.2f} ms"
        f"  settle {median(settles):6.2f} ms  next due {due:6.2f} ms",
        flush=True,
    )
    return done


async def _drain(db: Database, metrics: Metrics, count: int) -> None:
    samples, done, started = [_resident()], 0, perf_counter()
    print(f"{count} deliveries wait: {samples[0]:.0f} MiB resident", flush=True)
    step = max(count // 10, 1)
    while leased := await db.write(deliveries.lease_due, NODE, CLAIM, LEASE_SECONDS):
        await asyncio.gather(*(_attempt(db, metrics, each) for each in leased))
        done += len(leased)
        if done // step != (done - len(leased)) // step:
            samples.append(_resident())
            rate = done / (perf_counter() - started)
            print(f"{done:>9} settled: {samples[-1]:.0f} MiB, {rate:.0f}/s", flush=True)
    grown = samples[-1] - samples[1]
    print(f"{done} settled; from the first tenth to the last {grown:+.1f} MiB")


async def _attempt(db: Database, metrics: Metrics, lease: Delivery) -> None:
    await db.write(deliveries.start, lease)
    await settle(db, metrics, lease, _accepted(), jitter=0.0)


async def _grow(db: Database, template: Delivery, more: int) -> None:
    for start in range(0, more, BATCH):
        count = min(BATCH, more - start)
        await db.write(_copy, template, count)


def _copy(tx: Transaction, template: Delivery, count: int) -> None:
    deliveries.add_many(
        tx,
        [
            replace(template, id=_id(), recipient=f"user{number}@example.com")
            for number in range(count)
        ],
    )


def _all(tx: Transaction) -> list[Delivery]:
    [row] = tx.all("SELECT account_id, id FROM delivery")
    found = deliveries.get(tx, *row)
    assert found is not None
    return [found]


def _id() -> str:
    return ids.make("dlv", _now(), secrets.token_bytes(10))


def _accepted() -> Accepted:
    trace = Trace(
        route="pinned",
        host="mx.example.com",
        address="192.0.2.1:25",
        reply=Reply(code=250, enhanced="2.0.0", text="Queued as 42"),
        started_at=_now(),
        duration_seconds=0.01,
    )
    return Accepted(trace=trace, is_final=True)


def _resident() -> float:
    """MiB of this process in memory now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _now() -> datetime:
    return datetime.now(tz=UTC)


if __name__ == "__main__":
    main()
