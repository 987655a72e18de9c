"""
What happens to mail on its way out when the fault is ours: A9, A12, A13, A15, A16.

A9 and A12 act at the worst moment: a host has taken the message, and the outcome cannot
be written.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.config import load
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.leading import Leading
from mailbot_server.engine.outbound.queue import outcomes, queue, settling
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.engine.outbound.settle import settle_all
from mailbot_server.engine.timers import Timers
from mailbot_server.store import deliveries, nodes
from mailbot_server.store.database import Transaction, connection
from tests.fakes.copies import copies
from tests.fakes.drafts import DRAFT
from tests.fakes.mail import add_deliveries
from tests.fakes.remote_mta import After, RemoteMta
from tests.fakes.resolver import FakeResolver

NODE = "nod_00000000000000000000000001"
LONG = "250 2.0.0 " + "taken " * 1000


@pytest.fixture
def make(db, clock, metrics, entropy, signer):
    """A queue that sends example.com to the given server."""

    def queue_to(mta: RemoteMta, node_id: str = NODE, **settings) -> Queue:
        way = {"domain": "example.com", "host": mta.host, "port": mta.port}
        made = load(hostname="mail.example.net", routes=[way], **settings)
        resolver = FakeResolver()
        attempts = Attempts(db, made, resolver, signer, copies(db))
        return Queue(db, made, attempts, node_id)

    return queue_to


@pytest.fixture
def refused(monkeypatch):
    """Set once an outcome could not be written."""
    event = asyncio.Event()

    async def settle_or_tell(*arguments, **keywords):
        try:
            return await settle_all(*arguments, **keywords)
        except Unavailable:
            event.set()
            raise

    monkeypatch.setattr(settling, "settle_all", settle_or_tell)
    monkeypatch.setattr(outcomes, "AGAIN_SECONDS", 0.01)
    return event


def limit_pages(tx: Transaction, more: int) -> None:
    row = tx.one("PRAGMA page_count")
    assert row is not None
    tx.one(f"PRAGMA max_page_count = {int(row[0]) + more}")


async def test_a9_a_full_disk_delays_outcomes_refuses_sends_and_loses_nothing(
    db, database_url, make, send, stored, refused
):
    if not database_url.startswith("sqlite"):
        pytest.skip("a full PostgreSQL needs a file system of its own")
    submitted = [await send() for _ in range(3)]
    gate = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["EOD"] = [After(gate, LONG)] * 3
        step = asyncio.create_task(make(mta).step())
        while len(mta.transactions) < 3:
            await mta.progressed()
        await db.write(limit_pages, 0)
        gate.set()
        async with asyncio.timeout(10):
            await refused.wait()
        with pytest.raises(Unavailable):
            await send(replace(DRAFT, text="It does not fit.\n" * 50_000))
        await db.write(limit_pages, 10_000)
        async with asyncio.timeout(10):
            assert await step == 3
    states = [(await stored(each.deliveries[0])).state.value for each in submitted]
    assert states == ["delivered"] * 3
    assert len(mta.transactions) == 3
    assert await db.read(_counts) == [3, 3, 3]


def _counts(tx: Transaction) -> list[int]:
    counts = [
        tx.one("SELECT COUNT(*) FROM message"),
        tx.one("SELECT COUNT(*) FROM raw"),
        tx.one("SELECT COUNT(*) FROM delivery"),
    ]
    return [int(row[0]) for row in counts if row is not None]


# A process of its own, because a file's locks do not hold within one.
LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@asynccontextmanager
async def lock_of_another_process(database_url: str) -> AsyncIterator[None]:
    path = database_url.removeprefix("sqlite:///")
    pipe = asyncio.subprocess.PIPE
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LOCK, path, stdin=pipe, stdout=pipe
    )
    assert other.stdin is not None
    assert other.stdout is not None
    assert await other.stdout.readline() == b"locked\n"
    try:
        yield
    finally:
        # Nothing else ends it: on Python 3.11 communicate() leaves its input open.
        other.stdin.close()
        assert await other.wait() == 0


@pytest.fixture
async def impatient(db, database_url, monkeypatch):
    """The database waits for another's lock only shortly."""
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL locks rows; that it is away is test_database_gone.py")
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    await db.write(lambda tx: tx.connection.raw.setbusytimeout(100))


async def test_a12_an_outcome_waits_for_a_database_that_another_has_locked(
    db, impatient, database_url, make, send, stored, refused
):
    submitted = await send()
    gate = asyncio.Event()
    async with RemoteMta() as mta:
        mta.script["EOD"] = [After(gate, "250 2.0.0 Taken")]
        step = asyncio.create_task(make(mta).step())
        await mta.reached("EOD")
        async with lock_of_another_process(database_url):
            gate.set()
            async with asyncio.timeout(20):
                await refused.wait()
            with pytest.raises(Unavailable):
                await send()
            # What is there can be read all the while.
            [lease] = [await stored(each) for each in submitted.deliveries]
            assert (lease.state.value, lease.lease_seq) == ("leased", 1)
        async with asyncio.timeout(20):
            assert await step == 1
    now = await stored(submitted.deliveries[0])
    assert (now.state.value, now.lease_seq, now.attempts) == ("delivered", 1, 1)
    assert len(mta.transactions) == 1
    assert await db.read(_counts) == [1, 1, 1]
    await send()
    assert await db.read(_counts) == [2, 2, 2]


async def test_a12_a_running_queue_goes_on_by_itself_after_a_lock(
    db, impatient, database_url, make, send, stored, monkeypatch
):
    monkeypatch.setattr(queue, "POLL_SECONDS", 0.01)
    [delivery] = (await send()).deliveries
    turned_away = asyncio.Event()
    write = db.write

    async def write_or_tell(operation, *arguments, **keywords):
        try:
            return await write(operation, *arguments, **keywords)
        except Unavailable:
            turned_away.set()
            raise

    monkeypatch.setattr(db, "write", write_or_tell)
    async with RemoteMta() as mta:
        subject = make(mta)
        async with lock_of_another_process(database_url):
            run = asyncio.create_task(subject.run())
            async with asyncio.timeout(20):
                await turned_away.wait()
            assert (await stored(delivery)).state.value == "queued"
        async with asyncio.timeout(20):
            with db.watch(deliveries.TOPIC) as watch:
                while (await stored(delivery)).state.value != "delivered":
                    await watch.changed(0.05)
        await subject.drain(5)
        await run
    assert len(mta.transactions) == 1


async def test_a13_a_message_without_its_bytes_fails_and_the_others_leave(
    db, make, send, stored
):
    broken, fine = await send(), await send()
    await db.write(_lose_bytes, broken.message.id)
    async with RemoteMta() as mta:
        assert await make(mta).step() == 2
    states = [(await stored(each.deliveries[0])).state.value for each in (broken, fine)]
    assert states == ["failed", "delivered"]
    assert len(mta.transactions) == 1


def _lose_bytes(tx: Transaction, message_id: str) -> None:
    assert tx.execute("DELETE FROM raw WHERE message_id = ?", message_id) == 1


# --- A15: a clock that was set ---


@pytest.fixture
def timers(db, clock, metrics):
    """The timers of the process whose queue it is."""
    return Timers(db, clock, load(), metrics, NODE, Leading(db, clock, metrics, NODE))


@pytest.mark.parametrize("hours", [2, -2], ids=["ahead", "back"])
async def test_a15_what_is_under_way_when_the_clock_is_set_is_not_sent_twice(
    make, timers, send, stored, kinds, clock, hours
):
    submitted = [await send() for _ in range(5)]
    gate = asyncio.Event()
    await timers.begin()
    await timers.step()
    async with RemoteMta() as mta:
        mta.script["EOD"] = [After(gate, "250 2.0.0 Taken")] * 5
        subject = make(mta, delivery_per_destination=5)
        step = asyncio.create_task(subject.step())
        while len(mta.transactions) < 5:
            await mta.progressed()
        clock.advance(hours=hours)
        # At its worst: leases are looked for before anybody can have renewed them.
        await timers.step()
        await subject._keep()
        for _ in range(3):
            clock.advance(seconds=10)
            await timers.step()
        gate.set()
        assert await step == 5
        assert await subject.step() == 0
    now = [await stored(each.deliveries[0]) for each in submitted]
    assert [each.state.value for each in now] == ["delivered"] * 5
    assert [each.lease_seq for each in now] == [1] * 5
    assert Counter(await kinds())["unknown"] == 0
    assert len(mta.transactions) == 5


@pytest.mark.parametrize("hours", [2, -2], ids=["ahead", "back"])
async def test_a15_a_clock_that_was_set_expires_nothing_and_hurries_nobody(
    make, timers, send, stored, kinds, clock, hours
):
    """Retries that fall due at once go out a few at a time, once each."""
    submitted = [await send() for _ in range(12)]
    async with RemoteMta() as mta:
        mta.script["MAIL"] = ["451 4.3.0 Not now"] * 24
        subject = make(mta, delivery_per_destination=2, delivery_per_destination_max=2)
        assert await subject.step() == 12
        before = [await stored(each.deliveries[0]) for each in submitted]
        clock.advance(hours=hours)
        await timers.step()
        again = await subject.step()
        assert again == (12 if hours > 0 else 0)
        await timers.step()
        assert await subject.step() == 0
        now = [await stored(each.deliveries[0]) for each in submitted]
        assert {each.state.value for each in now} == {"deferred"}
        assert [each.gives_up_at for each in now] == [e.gives_up_at for e in before]
        if hours > 0:
            assert min(each.due_at for each in now) > clock() + timedelta(minutes=1)
        clock.now = max(each.due_at for each in now)
        await timers.step()
        mta.script["MAIL"] = []
        assert await subject.step() == 12
    assert "expired" not in await kinds()
    assert len(mta.accepted) == 12


# --- A16: a restart with a long queue ---


@pytest.fixture
def rows_read(monkeypatch):
    """Counts the rows that statements give."""
    count: Counter[str] = Counter()
    for name in ("all", "query"):
        of = getattr(Transaction, name)

        def counted(self, *arguments, of=of):
            found = of(self, *arguments)
            count["rows"] += len(found)
            count["most"] = max(count["most"], len(found))
            return found

        monkeypatch.setattr(Transaction, name, counted)
    return count


AT_ONCE = {"delivery_concurrency": 8, "delivery_per_destination": 4}


async def test_a16_after_a_restart_the_first_delivery_does_not_wait_for_the_queue(
    db, make, inbox, clock, rows_read
):
    reads = []
    for start, length in ((1, 200), (10_001, 5000)):
        await add_deliveries(db, inbox, range(start, start + length))
        gate = asyncio.Event()
        node_id = f"nod_{start:026d}"
        await db.write(nodes.seen, node_id)
        # Leased by a process that was killed.
        assert await db.write(deliveries.lease_due, "nod_dead", 50, 900)
        rows_read.clear()
        async with RemoteMta() as mta:
            mta.script["MAIL"] = [After(gate, "250 OK")] * 100
            subject = make(mta, node_id, **AT_ONCE)
            run = asyncio.create_task(subject.run())
            await mta.reached("MAIL")
            reads.append(rows_read["rows"])
            [site] = subject.destinations()
            # Slowly at first, and what is in hand does not grow with the queue.
            assert site.attempts <= 4
            assert site.waiting + site.attempts <= 200
            gate.set()
            async with asyncio.timeout(10):
                await mta.reached("EOD")
            await subject.drain(10)
            await run
        assert mta.accepted
    short, long = reads
    assert long <= short + 200
    assert rows_read["most"] <= 600
