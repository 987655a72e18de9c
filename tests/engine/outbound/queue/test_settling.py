"""Results that come together: one operation, and each its own answer."""

import asyncio
from collections import Counter

import pytest

from mailbot_server.core.delivery import Accepted, Delivery, Stage, State, Trace
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.reputation import Tally
from mailbot_server.engine.outbound.queue import settling
from mailbot_server.engine.outbound.queue.settling import Settling
from mailbot_server.engine.outbound.settle import Settled, settle_all
from mailbot_server.engine.outbound.travel import Result
from mailbot_server.store import deliveries, reputations


@pytest.fixture
def many(db, send):
    async def lease(count: int) -> list[Delivery]:
        for _ in range(count):
            await send()
        return await db.write(deliveries.lease_due, "nod_me", count, 900)

    return lease


@pytest.fixture
def result(clock):
    def taken(lease: Delivery) -> Result:
        reply = Reply(code=250, enhanced="2.0.0", text="OK")
        trace = Trace(stage=Stage.EOD, reply=reply, started_at=clock())
        outcome = Accepted(trace=trace, is_final=True)
        return Result(lease=lease, outcome=outcome, jitter=0.0)

    return taken


@pytest.fixture
def operations(monkeypatch):
    """How many results each operation had."""
    sizes: list[int] = []

    async def counted(db, metrics, results):
        sizes.append(len(results))
        return await settle_all(db, metrics, results)

    monkeypatch.setattr(settling, "settle_all", counted)
    return sizes


async def test_what_comes_together_is_one_operation(
    db, metrics, many, result, operations, log, inbox
):
    leases = await many(4)
    subject = Settling(db, metrics)
    settled = await asyncio.gather(*(subject.settle(result(e)) for e in leases))
    assert operations == [4]
    assert [each and each.id for each in settled] == [lease.id for lease in leases]
    assert {each.state for each in settled if each} == {State.DELIVERED}
    told = Counter(event.delivery_id for event in await log() if event.delivery_id)
    assert told == {lease.id: 3 for lease in leases}
    tally = await db.read(lambda tx: reputations.tally(tx, inbox.id, tx.now))
    assert tally == Tally(outcomes=4)


async def test_more_than_a_batch_is_written_in_several(
    db, metrics, many, result, operations, monkeypatch
):
    monkeypatch.setattr(settling, "BATCH", 2)
    leases = await many(5)
    subject = Settling(db, metrics)
    settled = await asyncio.gather(*(subject.settle(result(e)) for e in leases))
    assert operations == [2, 2, 1]
    assert [each and each.id for each in settled] == [lease.id for lease in leases]


async def test_a_lost_lease_is_lost_and_the_others_are_not(
    db, metrics, many, result, stored
):
    lost, kept = await many(2)
    assert await db.write(take_away(lost))
    subject = Settling(db, metrics)
    settled = await asyncio.gather(
        *(subject.settle(result(each)) for each in (lost, kept))
    )
    assert settled[0] is None
    assert settled[1] is not None
    assert (await stored(lost)).state is State.LEASED
    assert (await stored(kept)).state is State.DELIVERED


def take_away(lease: Delivery):
    """Somebody else has it now: its number is another."""

    def change(tx) -> int:
        sql = "UPDATE delivery SET lease_seq = lease_seq + 1 WHERE id = ?"
        return tx.execute(sql, lease.id)

    return change


async def test_a_fault_is_told_to_who_caused_it_alone(
    db, metrics, many, result, stored, monkeypatch
):
    bad, good = await many(2)

    async def fails(db, metrics, results):
        if any(each.lease is bad for each in results):
            raise ZeroDivisionError
        return await settle_all(db, metrics, results)

    monkeypatch.setattr(settling, "settle_all", fails)
    subject = Settling(db, metrics)
    told = await asyncio.gather(
        *(subject.settle(result(each)) for each in (bad, good)), return_exceptions=True
    )
    assert isinstance(told[0], ZeroDivisionError)
    assert isinstance(told[1], Settled)
    assert (await stored(good)).state is State.DELIVERED


async def test_a_database_that_is_away_is_told_to_all_and_tried_again_by_them(
    db, metrics, many, result, monkeypatch
):
    leases = await many(2)

    async def away(*arguments):
        raise Unavailable("away")

    subject = Settling(db, metrics)
    monkeypatch.setattr(settling, "settle_all", away)
    told = await asyncio.gather(
        *(subject.settle(result(each)) for each in leases), return_exceptions=True
    )
    assert [type(each) for each in told] == [Unavailable, Unavailable]
    monkeypatch.setattr(settling, "settle_all", settle_all)
    assert await subject.settle(result(leases[0])) is not None


async def test_who_is_cancelled_takes_nobody_along(db, metrics, many, result, stored):
    gone, stays = await many(2)
    subject = Settling(db, metrics)
    first = asyncio.create_task(subject.settle(result(gone)))
    second = asyncio.create_task(subject.settle(result(stays)))
    await asyncio.sleep(0)
    first.cancel()
    assert await second is not None
    with pytest.raises(asyncio.CancelledError):
        await first
    assert (await stored(gone)).state is State.DELIVERED
    assert (await stored(stays)).state is State.DELIVERED
