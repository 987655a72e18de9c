import asyncio
from datetime import timedelta
from random import Random

import pytest

from mailbot_server.core.errors import CursorGone
from mailbot_server.core.event import Event, EventFilter, EventType, InboxDetail
from mailbot_server.store import events
from mailbot_server.store.retention import due, trimming

ACCOUNT = "acc_1"


def emit(tx, count=1, account_id=ACCOUNT):
    for _ in range(count):
        tx.emit(
            Event(
                type=EventType.INBOX_CREATED,
                account_id=account_id,
                detail=InboxDetail(),
            )
        )


async def positions(db):
    sql = "SELECT position FROM event WHERE account_id = ? ORDER BY position"
    return [row[0] for row in await db.read(lambda tx: tx.all(sql, ACCOUNT))]


async def trimmed(db):
    sql = "SELECT trimmed FROM event_head WHERE account_id = ?"
    return (await db.read(lambda tx: tx.one(sql, ACCOUNT)))[0]


async def test_the_oldest_go_a_few_at_a_time(db, clock, monkeypatch):
    monkeypatch.setattr(trimming, "ROWS", 4)
    await db.write(events.open_log, ACCOUNT)
    await db.write(emit, 6)
    clock.advance(days=2)
    await db.write(emit, 2)
    before = clock() - timedelta(days=1)
    ends, counts = [], []
    for _ in range(3):
        ends.append(await db.read(trimming.reach, ACCOUNT, before))
        counts.append(await db.write(trimming.trim, ACCOUNT, before))
    assert ends == [4, 6, 0]
    assert counts == [4, 2, 0]
    assert await positions(db) == [7, 8]
    assert await trimmed(db) == 6
    await db.write(emit)
    assert await positions(db) == [7, 8, 9]


async def test_no_gap_is_left_when_a_clock_went_back(db, clock):
    await db.write(events.open_log, ACCOUNT)
    await db.write(emit)
    clock.advance(days=5)
    await db.write(emit)
    clock.advance(days=-4)
    await db.write(emit)
    before = clock() + timedelta(days=1)
    assert await db.write(trimming.trim, ACCOUNT, before) == 1
    assert await positions(db) == [2, 3]


async def test_there_is_nothing_to_trim(db, clock):
    assert await db.write(trimming.trim, "acc_none", clock()) == 0
    await db.write(events.open_log, ACCOUNT)
    assert await db.write(trimming.trim, ACCOUNT, clock()) == 0


async def test_all_of_a_log_may_go_and_it_goes_on(db, clock):
    await db.write(events.open_log, ACCOUNT)
    await db.write(emit, 3)
    clock.advance(days=1)
    assert await db.write(trimming.trim, ACCOUNT, clock()) == 3
    await db.write(emit)
    assert await positions(db) == [4]
    page = await db.read(events.after, ACCOUNT, 3, EventFilter(), 10)
    assert [each.position for each in page.events] == [4]


@pytest.mark.parametrize("at_a_time", [1, 2, 10])
async def test_accounts_with_old_events_are_found(db, clock, at_a_time):
    for name in ("acc_1", "acc_2", "acc_3", "acc_4"):
        await db.write(events.open_log, name)
    await db.write(emit, 1, "acc_1")
    clock.advance(days=2)
    await db.write(emit, 1, "acc_1")
    await db.write(emit, 1, "acc_2")
    clock.advance(days=-2)
    await db.write(emit, 1, "acc_4")
    before = clock() + timedelta(days=1)
    found, after = [], ""
    while True:
        some, after = await db.read(due.logs, after, at_a_time, before)
        found += some
        if not after:
            break
    assert found == ["acc_1", "acc_4"]


async def follow(db, seed, done):
    """Positions as one reader sees them, a list for each time that it began."""
    chance = Random(seed)
    position, runs = 0, list[list[int]]()
    seen: list[int] = []
    while True:
        last_round = done.is_set()
        try:
            page = await db.read(
                events.after, ACCOUNT, position, EventFilter(), chance.randint(1, 9)
            )
        except CursorGone as gone:
            runs.append(seen)
            position, seen = gone.earliest, []
            continue
        seen += [each.position for each in page.events]
        position = page.scanned
        if last_round and position >= page.head:
            return [*runs, seen]
        for _ in range(chance.randint(0, 6)):
            await asyncio.sleep(0)


async def test_f15_readers_go_on_or_are_told_and_nothing_is_skipped_silently(
    db, clock, monkeypatch
):
    monkeypatch.setattr(trimming, "ROWS", 7)
    await db.write(events.open_log, ACCOUNT)
    done = asyncio.Event()

    async def write():
        for _ in range(60):
            await db.write(emit, 3)
            clock.advance(minutes=1)

    async def trim():
        while not done.is_set():
            await db.write(trimming.trim, ACCOUNT, clock() - timedelta(minutes=2))

    async with asyncio.TaskGroup() as group:
        readers = [group.create_task(follow(db, seed, done)) for seed in range(4)]
        group.create_task(trim())
        await write()
        done.set()
    assert await trimmed(db) > 0
    for reader in readers:
        for seen in filter(None, reader.result()):
            assert seen == list(range(seen[0], seen[0] + len(seen)))
        assert reader.result()[-1][-1:] in ([180], [])
