"""What time does to subscriptions: expired with the log, deleted when left alone."""

from datetime import timedelta

import pytest

from mailbot_server.core.errors import NotFound
from mailbot_server.core.subscription import State
from mailbot_server.engine import subscriptions as engine
from mailbot_server.engine.subscriptions.handing import attach
from mailbot_server.engine.subscriptions.upkeep import delete_idle
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
