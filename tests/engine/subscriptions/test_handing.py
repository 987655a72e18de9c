"""Looking and leasing: what was seen is claimed, unless something has changed since."""

import asyncio
from typing import Any

import pytest

from mailbot_server.core.errors import Conflict, CursorGone, NotFound, Unavailable
from mailbot_server.core.event import EventFilter
from mailbot_server.core.subscription import Mode, Subscription
from mailbot_server.engine import subscriptions as engine
from mailbot_server.engine.subscriptions.handing import (
    Claim,
    Encoder,
    Look,
    Wish,
    attach,
    claim,
    look,
    pass_by,
    take,
)
from mailbot_server.store.database import Database
from tests.engine.subscriptions.world import (
    WHO,
    begin,
    happen,
    keys,
    new,
    positions,
    trim,
    wish,
)
from tests.fakes.clock import FakeClock


async def seen(db: Database, asking: Wish, scanned: int = 0, **how: Any) -> Look:
    standing = how.get("generation", 1), how.get("pending", 0)
    return await db.read(look, asking, standing, scanned, how.get("encoder"))


def claimed(found: Look) -> Claim:
    return Claim(
        handed=found.subscription.handed,
        version=found.subscription.version,
        new=[(each.position, each.event_id) for each in found.new],
        scanned=found.scanned,
    )


async def prepare(db: Database, mode: Mode, count: int) -> Subscription:
    made = await begin(db, new(mode))
    await db.write(happen, count)
    await db.write(attach, WHO, wish(made))
    return made


IN_WORDS = Encoder(
    written=lambda each: each.id.encode(), event=lambda each: each.id.encode()
)


@pytest.mark.parametrize("mode", Mode)
async def test_what_was_seen_is_claimed_once(db: Database, mode: Mode) -> None:
    made = await prepare(db, mode, 3)
    found = await seen(db, wish(made), encoder=IN_WORDS)
    assert [each.position for each in found.new] == [2, 3, 4]
    assert [each.words.decode() for each in found.new] == [
        each.event_id for each in found.new
    ]
    answer = await db.write(claim, wish(made), 1, claimed(found))
    assert answer is not None
    after, _, _, count = answer
    assert (after.handed, count) == (4, 3)
    assert await db.write(claim, wish(made), 1, claimed(found)) is None
    again = await seen(db, wish(made))
    assert again.is_caught_up
    assert again.due_at is not None


@pytest.mark.parametrize("mode", Mode)
async def test_a_filter_that_was_changed_meanwhile_is_looked_at_again(
    db: Database, mode: Mode
) -> None:
    made = await prepare(db, mode, 3)
    found = await seen(db, wish(made))
    changes = {"filter": EventFilter(inbox_ids=("inb_1",))}
    await db.write(engine.update, WHO, made.id, changes, "")
    assert await db.write(claim, wish(made), 1, claimed(found)) is None
    await db.write(pass_by, wish(made), 1, 1, 4)
    row = (await seen(db, wish(made))).subscription
    assert row.handed == 0, "that place was found with another filter"
    await db.write(pass_by, wish(made), 1, 2, 4)
    row = (await seen(db, wish(made))).subscription
    assert (row.handed, row.acked) == (4, 4)


async def test_two_who_saw_the_same_do_not_both_have_it(db: Database) -> None:
    made = await prepare(db, Mode.SHARED, 40)
    wishes = [wish(made, name, batch_max=7) for name in "abcd"]
    looks = await asyncio.gather(*(seen(db, each) for each in wishes))
    answers = await asyncio.gather(
        *(
            db.write(claim, each, 1, claimed(found))
            for each, found in zip(wishes, looks, strict=True)
        )
    )
    assert len([answer for answer in answers if answer is not None]) == 1


async def test_what_is_given_back_is_not_overtaken_by_what_is_new(
    db: Database, clock: FakeClock
) -> None:
    made = await prepare(db, Mode.EXCLUSIVE, 2)
    after, handed = await db.write(take, wish(made), 1, 1)
    found = await seen(db, wish(made), pending=1)
    await db.write(
        engine.modify_deadline, WHO, made.id, keys(handed.handouts), clock() - clock()
    )
    assert await db.write(claim, wish(made), 1, claimed(found)) is None
    assert (await seen(db, wish(made), pending=100)).has_due
    _, again = await db.write(take, wish(made), after.generation, 9)
    assert positions(again.handouts) == [2, 3]


@pytest.mark.parametrize("mode", Mode)
async def test_who_has_enough_is_given_nothing(db: Database, mode: Mode) -> None:
    made = await prepare(db, mode, 5)
    asking = wish(made, outstanding_max=2)
    found = await seen(db, asking, 1)
    assert len(found.new) == 2
    await db.write(claim, asking, 1, claimed(found))
    full = await seen(db, asking, pending=2)
    assert (full.room, full.new, full.is_caught_up) == (0, [], True)


async def test_what_ends_a_stream(db: Database) -> None:
    exclusive = await prepare(db, Mode.EXCLUSIVE, 2)
    await db.write(attach, WHO, wish(exclusive, "b"))
    with pytest.raises(Conflict) as caught:
        await seen(db, wish(exclusive))
    assert caught.value.reason == "CONSUMER_REPLACED"
    await db.write(engine.seek, WHO, exclusive.id, 1)
    with pytest.raises(Unavailable) as recycled:
        await seen(db, wish(exclusive, "b"))
    assert recycled.value.reason == "STREAM_RECYCLED"
    shared, _ = await db.write(engine.create, WHO, new())
    with pytest.raises(Unavailable):
        await seen(db, wish(shared), generation=9)
    await db.write(trim, 2)
    with pytest.raises(CursorGone):
        await seen(db, wish(shared))
    await db.write(engine.delete, WHO, shared.id)
    with pytest.raises(NotFound):
        await seen(db, wish(shared))
