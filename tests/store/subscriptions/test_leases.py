"""Leases: they end once, and whoever has lost one changes nothing."""

from datetime import timedelta

from mailbot_server.core.event import ConsumerDetail, EventType
from mailbot_server.core.subscription import Key, Kind
from mailbot_server.store.database import Database
from mailbot_server.store.subscriptions import handouts, leases
from tests.fakes.clock import FakeClock
from tests.store.subscriptions.world import (
    ahead,
    done,
    extend,
    handed,
    keys,
    log,
    now_of,
    park,
    positions,
    postpone,
    prepare,
)


async def test_acked_goes_as_far_as_everything_is_done(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 5)
    mine = keys(await handed(db, clock))
    acked = []
    for key in (mine[1], mine[0], mine[4], mine[2], mine[3]):
        assert await db.write(done, [key]) == []
        acked.append((await now_of(db)).acked)
    assert acked == [0, 2, 2, 3, 5]


async def test_an_ack_after_the_lease_counts_while_nobody_else_has_the_event(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 1)
    mine = await handed(db, clock)
    clock.advance(seconds=31)
    assert await db.write(done, keys(mine)) == []
    assert await handed(db, clock) == []
    assert await db.write(done, keys(mine)) == []


async def test_a_webhook_parks_by_its_own_name_and_never_by_number(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 1, kind=Kind.WEBHOOK, max_attempts=0)
    for attempt in range(1, 20):
        (one,) = await handed(db, clock)
        assert one.attempts == attempt
        clock.advance(seconds=30)
    assert await db.write(park, one.key) is True
    assert await db.write(park, Key(position=1, lease=0)) is False
    *_, told = await log(db)
    assert told.type is EventType.WEBHOOK_PARKED


async def test_an_event_is_given_up_and_told_of_once(
    db: Database, clock: FakeClock
) -> None:
    """Whoever got no answer to the commit writes the same once more."""
    await prepare(db, clock, 1)
    (one,) = await handed(db, clock)
    assert await db.write(park, one.key) is True
    assert await db.write(park, one.key) is False
    told = [each.type for each in await log(db)]
    assert told.count(EventType.SUBSCRIPTION_PARKED) == 1


async def test_a_pause_is_kept_and_a_lost_lease_pauses_nothing(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 1)
    (one,) = await handed(db, clock)
    assert await db.write(postpone, one.key, 60) is True
    assert await db.write(postpone, one.key, 60) is False
    clock.advance(seconds=59)
    assert await handed(db, clock) == []
    look = await ahead(db)
    assert (look.is_due, look.due_at) == (False, clock() + timedelta(seconds=1))
    clock.advance(seconds=1)
    assert (await ahead(db)).is_due
    assert positions(await handed(db, clock)) == [1]


async def test_leases_are_made_longer_or_given_back(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 2)
    one, two = keys(await handed(db, clock))
    assert await db.write(extend, [one], 100) == []
    assert await db.write(extend, [two], 0) == []
    again = await handed(db, clock, holder="b")
    assert positions(again) == [2]
    assert await db.write(extend, [one, two], 100) == [two]
    clock.advance(seconds=99)
    assert positions(await handed(db, clock, holder="c")) == [2]
    assert await db.read(handouts.held, await now_of(db), "a") == 1


async def test_nothing_is_done_by_nothing(db: Database, clock: FakeClock) -> None:
    await prepare(db, clock, 0)
    assert await db.write(done, []) == []
    assert await db.write(extend, [], 1) == []


async def test_what_is_worn_out_is_given_up_together(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock, 4, max_attempts=1)
    first, second, third, fourth = await handed(db, clock)
    await db.write(extend, [third.key], 100)
    await db.write(done, [fourth.key])
    clock.advance(seconds=30)
    assert await handed(db, clock) == []
    assert (await now_of(db)).acked == 2, "the third is still in somebody's hands"
    parked = [e.detail for e in await log(db) if isinstance(e.detail, ConsumerDetail)]
    assert [(d.parked_event_id, d.reason) for d in parked] == [
        (first.event.id, leases.WORN_OUT),
        (second.event.id, leases.WORN_OUT),
    ]
    assert await db.write(done, [first.key]) == []
