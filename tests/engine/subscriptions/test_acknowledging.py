"""Acknowledging: by whoever may see the subscription, each lease once."""

from datetime import timedelta

import pytest

from mailbot_server.core.errors import NotFound
from mailbot_server.core.subscription import Mode
from mailbot_server.engine import subscriptions as engine
from mailbot_server.engine.subscriptions.handing import attach, take
from mailbot_server.store.database import Database
from tests.engine.subscriptions.world import (
    WHO,
    begin,
    happen,
    keys,
    new,
    positions,
    principal,
    wish,
)


@pytest.mark.parametrize("mode", Mode)
async def test_what_is_said_twice_or_twice_at_once_is_said_once(
    db: Database, mode: Mode
) -> None:
    made = await begin(db, new(mode))
    await db.write(happen, 2)
    await db.write(attach, WHO, wish(made))
    _, handed = await db.write(take, wish(made), 1, 9)
    first, second = keys(handed.handouts)
    asked = [first, first, second, first]
    assert await db.write(engine.acknowledge, WHO, made.id, asked) == []
    assert await db.write(engine.acknowledge, WHO, made.id, asked) == []
    length = timedelta(seconds=5)
    lost = await db.write(engine.modify_deadline, WHO, made.id, asked, length)
    assert lost == [first, second], "what is done needs no time"


@pytest.mark.parametrize("mode", Mode)
async def test_what_is_given_back_comes_again(db: Database, mode: Mode) -> None:
    made = await begin(db, new(mode))
    await db.write(happen, 2)
    await db.write(attach, WHO, wish(made))
    after, handed = await db.write(take, wish(made), 1, 9)
    key = keys(handed.handouts)[0]
    await db.write(engine.modify_deadline, WHO, made.id, [key], timedelta())
    _, again = await db.write(take, wish(made), after.generation, 9)
    assert positions(again.handouts)[0] == key.position
    assert again.handouts[0].attempts == 2


async def test_a_stranger_s_word_is_not_heard(db: Database) -> None:
    made = await begin(db, new())
    with pytest.raises(NotFound):
        await db.write(engine.acknowledge, principal("acc_2"), made.id, [])
    with pytest.raises(NotFound):
        await db.write(
            engine.modify_deadline, principal("acc_2"), made.id, [], timedelta()
        )
