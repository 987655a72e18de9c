"""
What one claim and one settled attempt cost in queues of different lengths.

A claim leases what a round of the queue takes; settling writes the outcome, its events
and the next state. Both are measured from the call to the commit, on SQLite as it is
set up and on a PostgreSQL of the bench's own, which does not wait for its disk. No host
is asked. The rows are copies of one delivery, of one account and inbox, due at once.

SQLite plans without statistics; --analyze shows that it plans no worse with them, as
after an operator's ANALYZE: claims once took 150 ms in 100,000 rows then.

--drain is another measurement: the queue itself delivers so many to a sink in another
process, while the resident memory of this one is sampled. Nothing is left at its end.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench import preload, process
from mailbot_server.clock import entropy
from mailbot_server.config import load
from mailbot_server.core import ids
from mailbot_server.core.delivery import Accepted, Delivery, Trace
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.signed import link, server_key
from mailbot_server.engine.dns import Resolver
from mailbot_server.engine.engagement.copies import Copies
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.outbound.settle import settle
from mailbot_server.engine.signing import sealing
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.store import deliveries
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics
from tests.servers import postgres

DATABASES: Final = ("sqlite", "postgresql")
LONGEST: Final = {"sqlite": 1_000_000, "postgresql": 100_000}
LENGTHS: Final = (1_000, 10_000, 100_000, 1_000_000)
CLAIM: Final = 50
CLAIMS: Final = 6
LEASE_SECONDS: Final = 900.0
BATCH: Final = 5_000
NODE: Final = "nod_bench"
GLANCE_SECONDS: Final = 0.5

Measure = Callable[[str, Database, Metrics, int], Awaitable[int]]
"""Measures a queue of that length; how many it took off it."""


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lengths", nargs="+", type=int, default=LENGTHS)
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--analyze", action="store_true", help="gather statistics")
    parser.add_argument("--drain", type=int, default=0, metavar="DELIVERIES")
    options = parser.parse_args()
    for name in options.databases:
        with _database(name) as url:
            if not url:
                print(f"{name}: its server programs are not installed")
                continue
            most = LONGEST[name]
            lengths = [length for length in options.lengths if length <= most]
            measure: Measure = _length_analyzed if options.analyze else _length
            if options.drain:
                lengths, measure = [options.drain], _drain
            asyncio.run(_measure(name, url, lengths, measure))


@contextmanager
def _database(name: str) -> Iterator[str]:
    """The address of an empty one; "" where there can be none."""
    if name == "sqlite":
        with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as folder:
            yield f"sqlite:///{Path(folder) / 'mailbot.db'}"
        return
    binaries = postgres.binaries()
    if binaries is None:
        yield ""
        return
    server = postgres.PostgresServer(binaries)
    server.start()
    try:
        yield server.url("postgres")
    finally:
        server.stop()


async def _measure(name: str, url: str, lengths: list[int], measure: Measure) -> None:
    await preload.fill(url, 1)
    metrics = Metrics()
    log.set_up("error", as_json=False, metrics=metrics)
    db = Database(url, clock=_now, entropy=entropy, metrics=metrics)
    await db.start()
    try:
        [template] = await db.read(_all)
        have = 1
        for length in lengths:
            await _grow(db, template, length - have)
            have = length - await measure(name, db, metrics, length)
    finally:
        await db.stop()


async def _length(name: str, db: Database, metrics: Metrics, length: int) -> int:
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
        f"{name:<10} {length:>9} rows: claim of {CLAIM} {median(claims):7.2f} ms"
        f"  settle {median(settles):6.2f} ms  next due {due:6.2f} ms",
        flush=True,
    )
    return done


async def _length_analyzed(
    name: str, db: Database, metrics: Metrics, length: int
) -> int:
    await db.write(_analyze)
    return await _length(f"{name}+", db, metrics, length)


def _analyze(tx: Transaction) -> None:
    tx.execute("ANALYZE")


async def _drain(name: str, db: Database, metrics: Metrics, count: int) -> int:
    with process.sink("8BITMIME", "PIPELINING") as port:
        queue = _queue(db, metrics, port)
        samples, started = [_resident()], perf_counter()
        print(f"{name}, {count} wait: {samples[0]:.0f} MiB resident", flush=True)
        run = asyncio.create_task(queue.run())
        left, step = count, max(count // 10, 1)
        while left:
            await asyncio.wait([run], timeout=GLANCE_SECONDS)
            if run.done():
                await run
            before, left = left, await db.read(_left)
            if left // step != before // step:
                samples.append(_resident())
                rate = (count - left) / (perf_counter() - started)
                print(
                    f"{count - left:>9} done: {samples[-1]:.0f} MiB, {rate:.0f}/s",
                    flush=True,
                )
        await queue.drain(GLANCE_SECONDS)
        await run
    states = await db.read(_states)
    grown = samples[-1] - samples[1]
    print(f"{states}; from the first tenth to the last {grown:+.1f} MiB", flush=True)
    return count


def _queue(db: Database, metrics: Metrics, port: int) -> Queue:
    way = {"domain": "example.com", "host": "127.0.0.1", "port": port}
    settings = load(hostname="mail.example.net", routes=[way])
    resolver = Resolver(_now, settings, metrics)
    masters = server_key.keys_for([b"bench"], sealing.PURPOSE)
    signer = Signer(Vault(masters, entropy), _now, metrics)
    copies = Copies(db, server_key.keys_for([b"bench"], link.PURPOSE), "")
    attempts = Attempts(db, settings, resolver, signer, copies)
    return Queue(db, settings, attempts, NODE)


def _left(tx: Transaction) -> int:
    open_ = "state IN ('queued', 'leased', 'deferred', 'held')"
    row = tx.one(f"SELECT COUNT(*) FROM delivery WHERE {open_}")  # noqa: S608
    return int(row[0]) if row else 0


def _states(tx: Transaction) -> dict[str, int]:
    rows = tx.all("SELECT state, COUNT(*) FROM delivery GROUP BY 1")
    return {str(state): int(count) for state, count in rows}


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
    return ids.make("dlv", _now(), entropy(10))


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
