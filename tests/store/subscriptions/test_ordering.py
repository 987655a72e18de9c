"""Ordered readers: one event of a thread in somebody's hands at a time."""

from mailbot_server.store.database import Database
from tests.fakes.clock import FakeClock
from tests.store.subscriptions.world import (
    begin,
    done,
    handed,
    happen,
    keys,
    log,
    now_of,
    park,
    positions,
    postpone,
    replay,
    subscription,
)


async def test_an_ordered_reader_has_one_event_of_a_thread_at_a_time(
    db: Database, clock: FakeClock
) -> None:
    await db.write(begin, [subscription(clock(), is_ordered=True)])
    for thread in ("thr_a", "thr_b", "thr_a", "", "thr_a", "thr_b"):
        await db.write(happen, 1, thread_id=thread)
    first = await handed(db, clock)
    assert positions(first) == [1, 2, 4]
    assert await handed(db, clock) == []
    a, b, _ = keys(first)
    await db.write(done, [a])
    assert positions(await handed(db, clock)) == [3]
    await db.write(postpone, b, 10)
    assert await handed(db, clock) == [], "the thread waits for its first event"
    clock.advance(seconds=10)
    (again,) = await handed(db, clock)
    assert again.position == 2
    await db.write(park, again.key)
    assert positions(await handed(db, clock)) == [6], "given up is no reason to wait"
    await db.write(happen, 1, thread_id="thr_a")
    assert await handed(db, clock) == []


async def test_an_ordered_reader_counts_from_the_first_handout(
    db: Database, clock: FakeClock
) -> None:
    await db.write(begin, [subscription(clock(), is_ordered=True)])
    await db.write(happen, 2, thread_id="thr_a")
    (first,) = await handed(db, clock)
    await db.write(done, [first.key])
    (second,) = await handed(db, clock)
    assert (second.position, second.attempts) == (2, 1)
    assert second.lease == first.lease
    assert await db.write(done, [second.key]) == []
    assert (await now_of(db)).acked == 2


async def test_a_replay_keeps_the_order_of_threads_too(
    db: Database, clock: FakeClock
) -> None:
    await db.write(begin, [subscription(clock(), is_ordered=True)])
    await db.write(happen, 3, thread_id="thr_a")
    recorded = await log(db)
    (live,) = await handed(db, clock)
    await db.write(replay, recorded[:1])
    await db.write(replay, recorded[1:])
    for position in (1, 2, 3):
        (one,) = await handed(db, clock)
        assert (one.replay_id, one.position) == ("rpl_1", position)
        await db.write(done, [one.key])
    assert await handed(db, clock) == []
    assert live.replay_id == ""
