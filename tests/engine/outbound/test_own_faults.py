"""
What happens to mail on its way out when the fault is ours: A9 and A13.

A9 acts at the worst moment: a host has taken the message, and the outcome cannot be
written.
"""

import asyncio
from dataclasses import replace

import pytest

from mailbot_server.config import load
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.outbound import settle as settling
from mailbot_server.engine.outbound.queue import queue
from mailbot_server.engine.outbound.queue.attempt import Attempts
from mailbot_server.engine.outbound.queue.queue import Queue
from mailbot_server.store.database import Transaction
from tests.fakes.drafts import DRAFT
from tests.fakes.remote_mta import After, RemoteMta
from tests.fakes.resolver import FakeResolver

NODE = "nod_00000000000000000000000001"
LONG = "250 2.0.0 " + "taken " * 1000


@pytest.fixture
def make(db, clock, metrics, entropy, signer):
    """A queue that sends example.com to the given server."""

    def queue_to(mta: RemoteMta) -> Queue:
        way = {"domain": "example.com", "host": mta.host, "port": mta.port}
        made = load(hostname="mail.example.net", routes=[way])
        resolver = FakeResolver()
        attempts = Attempts(db, clock, made, metrics, resolver, entropy, signer)
        return Queue(db, clock, made, metrics, attempts, NODE, entropy)

    return queue_to


@pytest.fixture
def refused(monkeypatch):
    """Set once an outcome could not be written."""
    event = asyncio.Event()
    settle = settling.settle

    async def settle_or_tell(*arguments, **keywords):
        try:
            return await settle(*arguments, **keywords)
        except Unavailable:
            event.set()
            raise

    monkeypatch.setattr(queue, "settle", settle_or_tell)
    monkeypatch.setattr(queue, "SETTLE_AGAIN_SECONDS", 0.01)
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
