"""What was given up: paged oldest first, handed out once more, dropped."""

from datetime import timedelta

from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import parking
from mailbot_server.store.subscriptions.parking import Place
from tests.fakes.clock import FakeClock
from tests.store.subscriptions.world import (
    SUB,
    done,
    handed,
    keys,
    locked,
    log,
    now_of,
    park,
    positions,
    prepare,
    replay,
    seek,
    trim,
)


def release(tx: Transaction, event_ids: list[str], limit: int) -> int:
    return parking.release(tx, locked(tx), event_ids, limit)


def drop(tx: Transaction, event_ids: list[str], limit: int) -> int:
    return parking.drop(tx, locked(tx), event_ids, limit)


async def give_up(db: Database, clock: FakeClock, count: int) -> None:
    await prepare(db, clock, count)
    for key in keys(await handed(db, clock)):
        await db.write(park, key)
        clock.advance(seconds=1)


async def seen(db: Database, after: Place, limit: int) -> parking.Page:
    return await db.read(parking.page, await now_of(db), after, limit)


async def test_pages_hold_everything_once_oldest_first(
    db: Database, clock: FakeClock
) -> None:
    await give_up(db, clock, 5)
    assert await db.read(parking.count, SUB) == 5
    found: list[int] = []
    place, has_more = Place(), True
    while has_more:
        page = await seen(db, place, 2)
        found += [each.event.position for each, _ in page.parked]
        place, has_more = page.end, page.has_more
    assert found == [1, 2, 3, 4, 5]
    first, _ = (await seen(db, Place(), 1)).parked[0]
    assert first.attempts == 1
    assert first.parked_at == clock() - timedelta(seconds=5)


async def test_what_is_released_is_handed_out_as_if_never_tried(
    db: Database, clock: FakeClock
) -> None:
    await give_up(db, clock, 3)
    second = (await log(db))[1]
    assert await db.write(release, [second.id], 500) == 1
    again = await handed(db, clock)
    assert [h.position for h in again if h.attempts == 1] == [2]
    assert await db.write(release, [], 1) == 1
    assert 1 in positions(await handed(db, clock))
    assert await db.read(parking.count, SUB) == 1


async def test_whoever_goes_back_gets_what_was_parked_as_if_never_tried(
    db: Database, clock: FakeClock
) -> None:
    await give_up(db, clock, 3)
    await db.write(seek, 1)
    page = await seen(db, Place(), 10)
    assert [each.event.position for each, _ in page.parked] == [1]
    again = await handed(db, clock)
    assert positions(again) == [2, 3]
    assert await db.write(done, keys(again)) == []
    assert (await now_of(db)).acked == 6, "what tells of itself is passed over"


async def test_what_is_dropped_is_forgotten(db: Database, clock: FakeClock) -> None:
    await give_up(db, clock, 3)
    first = (await log(db))[0]
    assert await db.write(drop, [first.id, "evt_9"], 500) == 1
    assert await db.write(drop, [], 500) == 2
    assert await db.write(drop, [], 500) == 0
    assert not (await seen(db, Place(), 5)).parked


async def test_a_parked_replay_says_which(db: Database, clock: FakeClock) -> None:
    await give_up(db, clock, 1)
    await db.write(replay, (await log(db))[:1])
    (again,) = await handed(db, clock)
    await db.write(park, again.key)
    page = await seen(db, Place(), 5)
    assert [each.event.replay_id for each, _ in page.parked] == ["", "rpl_1"]


async def test_what_the_log_has_no_more_is_passed_over(
    db: Database, clock: FakeClock
) -> None:
    await give_up(db, clock, 3)
    await db.write(trim, 2)
    page = await seen(db, Place(), 5)
    assert [each.event.position for each, _ in page.parked] == [3]
