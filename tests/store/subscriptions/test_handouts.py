"""Handouts: each event in one pair of hands, until it is done or given up."""

import asyncio
from typing import Any

import pytest

from mailbot_server.core.event import ConsumerDetail, EventFilter, EventType
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import handouts, parking
from mailbot_server.store.timeline import replays
from tests.fakes.clock import FakeClock
from tests.store.subscriptions.world import (
    LEASE,
    SUB,
    ahead,
    begin,
    done,
    handed,
    happen,
    keys,
    log,
    now_of,
    park,
    positions,
    prepare,
    replay,
    subscription,
    take,
    tell,
    trim,
)


async def test_an_event_is_in_one_pair_of_hands(db: Database, clock: FakeClock) -> None:
    await prepare(db, clock, 5)
    assert positions(await handed(db, clock, 3, "a")) == [1, 2, 3]
    assert positions(await handed(db, clock, 3, "b")) == [4, 5]
    assert await handed(db, clock, 3, "a") == []
    sub = await now_of(db)
    assert (sub.acked, sub.handed) == (0, 5)
    assert await db.read(handouts.held, sub, "a") == 3
    assert await db.read(handouts.held, sub, "b") == 2


async def test_a_lease_that_has_ended_is_handed_out_again_and_counts_up(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 2)
    first = await handed(db, clock)
    assert [h.attempts for h in first] == [1, 1]
    clock.advance(seconds=30)
    again = await handed(db, clock, holder="b")
    assert positions(again) == [1, 2]
    assert [h.attempts for h in again] == [2, 2]
    assert await db.write(done, keys(first)) == keys(first)
    assert (await now_of(db)).acked == 0
    assert await db.write(done, keys(again)) == []
    assert (await now_of(db)).acked == 2


async def test_two_consumers_at_once_never_have_the_same_event(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 60)
    taken = await asyncio.gather(
        *(handed(db, clock, 7, f"consumer{n % 4}") for n in range(12))
    )
    found = [position for each in taken for position in positions(each)]
    assert sorted(found) == list(range(1, 61))


async def test_what_was_handed_out_too_often_is_parked_and_told(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 2, max_attempts=2, display_name="Ledger")
    first, second = await handed(db, clock)
    await db.write(done, [second.key])
    clock.advance(seconds=30)
    assert [h.attempts for h in await handed(db, clock)] == [2]
    clock.advance(seconds=30)
    assert await handed(db, clock) == []
    assert (await now_of(db)).acked == 2
    *_, told = await log(db)
    assert told.type is EventType.SUBSCRIPTION_PARKED
    assert told.detail == ConsumerDetail(
        consumer_id=SUB,
        display_name="Ledger",
        reason="attempts",
        parked_event_id=first.event.id,
        attempts=2,
    )
    assert await handed(db, clock) == [], "a reader is not told of itself"
    assert (await now_of(db)).acked == 3


async def test_the_filter_moves_on_without_rows(db: Database, clock: FakeClock) -> None:
    only = EventFilter(inbox_ids=("inb_1",))
    await prepare(db, clock, 5, filter=only)
    look = await ahead(db)
    assert (look.is_due, look.scanned, look.head) == (False, 5, 5)
    assert await handed(db, clock) == []
    sub = await now_of(db)
    assert (sub.acked, sub.handed) == (5, 5)
    await db.write(happen, 1, inbox_id="inb_1")
    look = await ahead(db, 5)
    assert (look.is_due, look.scanned) == (True, 5)
    assert positions(await handed(db, clock)) == [6]


async def test_looking_from_where_it_looked_before_costs_nothing_twice(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 3)
    assert not (await ahead(db, 3)).is_due
    assert (await ahead(db, 2)).is_due


async def test_whoever_is_full_knows_that_there_is_more(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 3)
    until = clock() + LEASE
    assert not (await db.write(take, "a", 2, until)).is_caught_up
    assert (await db.write(take, "a", 2, until)).is_caught_up
    clock.advance(seconds=30)
    assert not (await db.write(take, "a", 3, clock() + LEASE)).is_caught_up


async def test_a_reader_is_not_told_of_itself_but_others_are(
    db: Database, clock: FakeClock
) -> None:
    await db.write(begin, [subscription(clock()), subscription(clock(), id="sub_2")])
    await db.write(tell, SUB)
    assert await handed(db, clock) == []
    other = await db.write(take, "a", 5, clock() + LEASE, "sub_2")
    assert positions(other.handouts) == [1]
    assert (await now_of(db)).acked == 1


async def test_what_was_trimmed_meanwhile_is_forgotten(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 3)
    await handed(db, clock)
    await db.write(trim, 2)
    clock.advance(seconds=30)
    assert positions(await handed(db, clock)) == [3]
    assert (await now_of(db)).acked == 2


async def test_replayed_events_are_handed_out_beside_the_log(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 3)
    await db.write(done, keys(await handed(db, clock)))
    recorded = await log(db)
    assert await db.write(replay, recorded[:2]) == 2
    assert await db.write(replay, recorded) == 1, "those that it has are not repeated"
    await db.write(happen, 1)
    found = await handed(db, clock)
    said = [(h.replay_id, h.position, h.event.id) for h in found]
    assert said[:3] == [("rpl_1", e.position, e.id) for e in recorded]
    assert said[3][:2] == ("", 4)
    assert (await now_of(db)).acked == 3, "a replay does not move the log's position"
    assert await db.write(done, keys(found[:2])) == []
    assert await db.read(replays.waiting, SUB, "rpl_1", 10) == 1
    assert await db.write(park, found[2].key) is True
    assert await db.read(replays.waiting, SUB, "rpl_1", 10) == 0
    assert await db.read(parking.count, SUB) == 1
    assert await db.write(replay, []) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_parked_is_not_counted_through(db: Database) -> None:
    def plan(tx: Transaction) -> str:
        plans: list[str] = []
        look = tx.one

        def explain(sql: str, *parameters: Any) -> Any:
            plans.append(str(tx.all(f"EXPLAIN QUERY PLAN {sql}", *parameters)))
            return look(sql, *parameters)

        tx.one = explain  # type: ignore[method-assign]
        assert handouts.outstanding(tx, SUB) == 0
        return plans[0]

    index = "INDEX handout_due (subscription_id=? AND due_at>?)"
    assert index in await db.read(plan)
