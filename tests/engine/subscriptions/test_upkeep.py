"""What time does to subscriptions: expired with the log, deleted when left alone."""

from datetime import timedelta

import pytest

from mailbot_server.core.errors import NotFound
from mailbot_server.core.event import EventFilter
from mailbot_server.core.subscription import Mode, State
from mailbot_server.engine import subscriptions as engine
from mailbot_server.engine.subscriptions.handing import attach
from mailbot_server.engine.subscriptions.upkeep import (
    carry,
    delete_idle,
    unwanted_until,
)
from mailbot_server.store.database import Database
from tests.engine.subscriptions.world import WHO, begin, happen, new, trim, wish
from tests.fakes.clock import FakeClock


async def test_what_was_left_alone_is_deleted_and_what_was_not_stays(
    db: Database, clock: FakeClock
) -> None:
    made = await begin(db, new(idle_ttl=timedelta(minutes=5)))
    clock.advance(minutes=4)
    await db.write(attach, WHO, wish(made))
    clock.advance(minutes=4)
    await engine.keep_up(db)
    stays = await db.read(engine.find, WHO, made.id)
    clock.advance(minutes=2)
    await engine.keep_up(db)
    with pytest.raises(NotFound):
        await db.read(engine.find, WHO, made.id)
    assert not await db.write(delete_idle, stays), "it is gone"


async def test_whoever_comes_in_the_last_moment_keeps_it(
    db: Database, clock: FakeClock
) -> None:
    made = await begin(db, new(idle_ttl=timedelta(minutes=5)))
    clock.advance(minutes=6)
    await db.write(attach, WHO, wish(made))
    assert not await db.write(delete_idle, made)


async def test_what_the_log_has_overtaken_expires(
    db: Database, clock: FakeClock
) -> None:
    made = await begin(db, new())
    await db.write(happen, 3)
    await db.write(trim, 2)
    await engine.keep_up(db)
    assert (await db.read(engine.find, WHO, made.id)).state is State.EXPIRED


@pytest.mark.parametrize("mode", Mode)
async def test_readers_are_carried_over_what_they_do_not_want_and_no_further(
    db: Database, mode: Mode
) -> None:
    made = await begin(db, new(mode, filter=EventFilter(inbox_ids=("inb_1",))))
    await db.write(happen, 3)
    await db.write(happen, 1, inbox_id="inb_1")
    await db.write(happen, 1)
    for wanted in (4, 6):
        await engine.make_way(db, WHO.account_id, wanted)
        stands = await db.read(engine.find, WHO, made.id)
        assert (stands.acked, stands.handed) == (4, 4), "5 is wanted"
    await db.write(trim, 4)
    await engine.keep_up(db)
    assert (await db.read(engine.find, WHO, made.id)).state is State.ACTIVE
    await db.write(trim, 5)
    await engine.make_way(db, WHO.account_id, 6)
    await engine.keep_up(db)
    assert (await db.read(engine.find, WHO, made.id)).state is State.EXPIRED


async def test_nobody_is_carried_who_has_moved_meanwhile(db: Database) -> None:
    made = await begin(db, new(filter=EventFilter(inbox_ids=("inb_1",))))
    await db.write(happen, 3)
    seen = await db.read(engine.find, WHO, made.id)
    assert await db.read(unwanted_until, seen) == 4
    await db.write(engine.seek, WHO, made.id, 1)
    await db.write(carry, seen, 4)
    assert (await db.read(engine.find, WHO, made.id)).handed == 1
