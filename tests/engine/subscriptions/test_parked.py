"""What was given up is moved a few at a time, all of it or what is named."""

import pytest

from mailbot_server.core.errors import NotFound
from mailbot_server.engine import subscriptions as engine
from mailbot_server.engine.subscriptions import parked
from mailbot_server.engine.subscriptions.handing import attach, take
from mailbot_server.store.database import Database
from mailbot_server.store.subscriptions.parking import Place
from tests.engine.subscriptions.world import WHO, begin, happen, new, principal, wish
from tests.fakes.clock import FakeClock


async def give_up(db: Database, clock: FakeClock, count: int) -> str:
    made = await begin(db, new(max_attempts=1))
    await db.write(happen, count)
    await db.write(attach, WHO, wish(made))
    for _ in range(2):
        await db.write(take, wish(made), 1, count)
        clock.advance(seconds=30)
    return made.id


async def test_all_are_moved_in_steps(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parked, "STEP", 2)
    of = await give_up(db, clock, 5)
    page = await db.read(engine.show, WHO, of, Place(), 9)
    assert len(page.parked) == 5
    event_id = page.parked[0][0].event.id
    named = await engine.release(db, WHO, of, [event_id], is_dropped=True)
    assert named == 1
    assert await engine.release(db, WHO, of, [], is_dropped=False) == 4
    assert await engine.release(db, WHO, of, [], is_dropped=False) == 0


async def test_a_stranger_moves_and_sees_nothing(
    db: Database, clock: FakeClock
) -> None:
    of = await give_up(db, clock, 1)
    stranger = principal("acc_2")
    with pytest.raises(NotFound):
        await engine.release(db, stranger, of, [], is_dropped=True)
    with pytest.raises(NotFound):
        await db.read(engine.show, stranger, of, Place(), 9)
