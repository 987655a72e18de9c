"""One consumer at a time: in order, up to a point, again when nothing is said."""

from datetime import timedelta
from typing import Any

from mailbot_server.core.subscription import Key, Mode, Subscription
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import exclusive
from mailbot_server.store.subscriptions.handouts import Handed
from tests.fakes.clock import FakeClock
from tests.store.subscriptions.world import (
    LEASE,
    begin,
    happen,
    keys,
    locked,
    log,
    now_of,
    positions,
    replay,
    subscription,
)


def attach(tx: Transaction, consumer: str, stream: str) -> Subscription:
    return exclusive.attach(tx, locked(tx), consumer, stream)


def hand_out(tx: Transaction, limit: int) -> Handed:
    _, handed = exclusive.hand_out(tx, locked(tx), limit, tx.now + LEASE)
    return handed


def claim(tx: Transaction, found: list[int], scanned: int) -> Subscription:
    return exclusive.claim(tx, locked(tx), found, scanned, tx.now + LEASE)


def done(tx: Transaction, keys: list[Key]) -> list[Key]:
    return exclusive.done(tx, locked(tx), keys)


def extend(tx: Transaction, keys: list[Key], seconds: float) -> list[Key]:
    return exclusive.extend(tx, locked(tx), keys, tx.now + timedelta(seconds=seconds))


async def prepare(db: Database, clock: FakeClock, count: int, **changes: Any) -> None:
    reader = subscription(clock(), mode=Mode.EXCLUSIVE, **changes)
    await db.write(begin, [reader])
    await db.write(happen, count)
    await db.write(attach, "a", "str_1")


async def test_what_may_be_lost_on_the_way_comes_again_and_its_ack_ids_stay(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 5)
    first = (await db.write(hand_out, 3)).handouts
    await db.write(attach, "a", "str_2")
    again = (await db.write(hand_out, 2)).handouts
    assert keys(again) == keys(first[:2]), "before anything that is new"
    assert [h.attempts for h in again] == [2, 2]
    await db.write(attach, "a", "str_3")
    assert await db.write(done, keys(first[1:2])) == [], "it had arrived"
    assert positions((await db.write(hand_out, 9)).handouts) == [3, 4, 5]
    assert await db.write(done, keys(first[2:])) == []
    assert (await now_of(db)).acked == 3
    await db.write(attach, "a", "str_4")
    assert await db.write(done, [Key(position=5, lease=1)]) == []
    stands = await now_of(db)
    assert (stands.acked, stands.handed, stands.redeliver_at) == (5, 5, None)


async def test_the_same_consumer_goes_on_and_another_begins_behind_the_acked(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 4)
    first = (await db.write(hand_out, 2)).handouts
    same = await db.write(attach, "a", "str_2")
    assert (same.generation, same.stream) == (1, "str_2")
    assert await db.read(exclusive.pending, same, 100) == [1, 2]
    assert positions((await db.write(hand_out, 3)).handouts) == [1, 2, 3]
    await db.write(done, keys(first[:1]))
    other = await db.write(attach, "b", "str_3")
    assert (other.generation, other.handed) == (2, 1)
    again = (await db.write(hand_out, 9)).handouts
    assert positions(again) == [2, 3, 4]
    assert [h.attempts for h in again] == [2, 2, 1]
    assert await db.write(done, keys(first)) == keys(first[1:])


async def test_claiming_what_was_read_is_handing_it_out(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 6)
    after = await db.write(claim, [2, 3], 4)
    assert (after.acked, after.handed, after.last) == (1, 4, 3)
    assert after.redeliver_at == clock() + LEASE
    assert await db.read(exclusive.outstanding, after) == 2
    clock.advance(seconds=10)
    later = await db.write(claim, [5], 5)
    assert later.redeliver_at == after.redeliver_at, "the time runs from the first"
    lease = after.generation
    assert await db.write(done, [Key(position=3, lease=lease)]) == []
    now_on = await now_of(db)
    assert (now_on.acked, now_on.redeliver_at) == (3, clock() + LEASE)
    assert await db.write(done, [Key(position=5, lease=lease)]) == []
    now_on = await now_of(db)
    assert (now_on.acked, now_on.redeliver_at) == (5, None)


async def test_what_is_overdue_comes_again_until_it_moves(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 3)
    for attempt in (1, 2, 3):
        found = (await db.write(hand_out, 9)).handouts
        assert [h.attempts for h in found] == [attempt] * 3
        clock.advance(seconds=30)
    last = (await db.write(hand_out, 9)).handouts
    await db.write(done, keys(last[:1]))
    clock.advance(seconds=30)
    again = (await db.write(hand_out, 9)).handouts
    assert positions(again) == [2, 3]
    assert [h.attempts for h in again] == [2, 2], "counted since the place moved"


async def test_more_time_or_none_is_for_everything_that_is_in_hand(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 2)
    found = keys((await db.write(hand_out, 9)).handouts)
    assert await db.write(extend, found[:1], 100) == []
    clock.advance(seconds=99)
    assert not (await db.write(hand_out, 9)).handouts
    assert await db.write(extend, found[1:], 0) == []
    assert positions((await db.write(hand_out, 9)).handouts) == [1, 2]
    assert await db.write(extend, found, 100) == found


async def test_a_replay_is_a_line_of_its_own(db: Database, clock: FakeClock) -> None:
    await prepare(db, clock, 3)
    await db.write(done, keys((await db.write(hand_out, 9)).handouts))
    await db.write(replay, await log(db))
    await db.write(happen, 1)
    found = (await db.write(hand_out, 9)).handouts
    assert [(h.replay_id, h.position) for h in found] == [
        *(("rpl_1", n) for n in (1, 2, 3)),
        ("", 4),
    ]
    logged, (first, second, third) = keys(found[3:]), keys(found[:3])
    assert await db.write(done, logged) == []
    assert (await now_of(db)).acked == 4
    assert await db.write(done, [second]) == []
    clock.advance(seconds=30)
    again = (await db.write(hand_out, 9)).handouts
    assert [(h.replay_id, h.position) for h in again] == [("rpl_1", 3)]
    assert await db.write(done, [third, first]) == [third]


async def test_another_consumer_gets_the_replay_of_the_one_before(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 2)
    await db.write(done, keys((await db.write(hand_out, 9)).handouts))
    await db.write(replay, await log(db))
    first = (await db.write(hand_out, 9)).handouts
    await db.write(attach, "b", "str_2")
    again = (await db.write(hand_out, 9)).handouts
    assert positions(again) == [1, 2]
    assert await db.write(done, keys(first)) == keys(first)
    assert await db.write(done, keys(again)) == []
