"""Consumers as they run: woken, filled, given nothing twice, ended."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import pytest

from mailbot_server.core.errors import CursorGone
from mailbot_server.core.event import EventFilter
from mailbot_server.core.subscription import Mode, State
from mailbot_server.engine import subscriptions as engine
from mailbot_server.engine.events import Pulse
from mailbot_server.engine.subscriptions import Consumer, Encoder, Given
from mailbot_server.store.database import Database
from mailbot_server.store.subscriptions import rows
from mailbot_server.telemetry.metrics import Metrics
from tests.engine.subscriptions.world import WHO, begin, happen, new, trim, wish
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy

WAIT = 20
Items = AsyncGenerator[list[Given] | Pulse, None]


async def unchecked() -> None:
    """Nothing ends the stream."""


IN_WORDS = Encoder(
    written=lambda each: str(each.position).encode(),
    event=lambda each: str(each.position).encode(),
)


async def begun(db: Database, asking: engine.Wish) -> Items:
    consumer = Consumer(db, asking, unchecked, IN_WORDS)
    await consumer.begin(WHO)
    return consumer.consume()


async def take(items: Items, count: int) -> list[Given]:
    found: list[Given] = []
    async with asyncio.timeout(WAIT):
        while len(found) < count:
            item = await anext(items)
            found += [] if isinstance(item, Pulse) else item
    assert len(found) == count
    return found


def numbers(found: list[Given]) -> list[int]:
    return [int(each.words) for each in found]


@pytest.mark.parametrize("mode", Mode)
async def test_a_waiting_consumer_is_woken_by_what_happens(
    db: Database, mode: Mode
) -> None:
    made = await begin(db, new(mode))
    items = await begun(db, wish(made))
    waiting = asyncio.create_task(take(items, 2))
    await asyncio.sleep(0)
    await db.write(happen, 2)
    assert numbers(await waiting) == [2, 3]
    await items.aclose()


@pytest.mark.parametrize("mode", Mode)
async def test_an_acknowledgement_makes_room(db: Database, mode: Mode) -> None:
    made = await begin(db, new(mode))
    await db.write(happen, 6)
    items = await begun(db, wish(made, outstanding_max=2, batch_max=2))
    seen = []
    for _ in range(3):
        found = await take(items, 2)
        seen += numbers(found)
        keys = [each.key for each in found]
        assert await db.write(engine.acknowledge, WHO, made.id, keys) == []
    assert seen == [2, 3, 4, 5, 6, 7]
    await items.aclose()


async def test_two_servers_share_a_subscription(
    database_url: str, clock: FakeClock
) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("one process has the database")
    dbs = [
        Database(database_url, clock=clock, entropy=FakeEntropy(), metrics=Metrics())
        for _ in range(2)
    ]
    async with contextlib.AsyncExitStack() as stack:
        for db in dbs:
            await db.start()
            stack.push_async_callback(db.stop)
        made = await begin(dbs[0], new())
        await dbs[0].write(happen, 200)
        items = [
            await begun(db, wish(made, name, batch_max=9, outstanding_max=1000))
            for db, name in zip(dbs, "ab", strict=True)
        ]
        found: list[int] = []

        async def drain(mine: Items) -> None:
            while len(found) < 200:
                item = await anext(mine)
                found.extend([] if isinstance(item, Pulse) else numbers(item))

        async with asyncio.timeout(WAIT):
            tasks = [asyncio.create_task(drain(each)) for each in items]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert sorted(found) == list(range(2, 202))


@pytest.mark.parametrize("mode", Mode)
async def test_a_filter_that_fits_later_gets_what_was_not_handed_out(
    db: Database, mode: Mode
) -> None:
    none = EventFilter(inbox_ids=("inb_9",))
    made = await begin(db, new(mode, filter=none))
    items = await begun(db, wish(made, heartbeat_seconds=0.01))
    await db.write(happen, 3, "acc_1", inbox_id="inb_1")
    async with asyncio.timeout(WAIT):
        while True:
            said = await anext(items)
            assert isinstance(said, Pulse)
            if said.position == said.head == 4:
                break
    wanted = {"filter": EventFilter(inbox_ids=("inb_1",))}
    await db.write(engine.update, WHO, made.id, wanted, "")
    assert numbers(await take(items, 3)) == [2, 3, 4]
    await items.aclose()


@pytest.mark.parametrize("mode", Mode)
async def test_a_trimmed_place_ends_it_and_is_marked(db: Database, mode: Mode) -> None:
    made = await begin(db, new(mode))
    items = await begun(db, wish(made))
    await db.write(happen, 2)
    await take(items, 2)
    await db.write(trim, 2)
    with pytest.raises(CursorGone):
        async with asyncio.timeout(WAIT):
            await anext(items)
    row = await db.read(rows.get, made.account_id, made.id)
    assert row is not None
    assert row.state is State.EXPIRED
    with pytest.raises(CursorGone):
        await begun(db, wish(made))


async def test_what_was_handed_out_and_never_sent_comes_again(
    db: Database, clock: FakeClock
) -> None:
    made = await begin(db, new())
    await db.write(happen, 3)
    lost = await begun(db, wish(made, "a"))
    await take(lost, 3)
    await lost.aclose()
    clock.advance(seconds=30)
    items = await begun(db, wish(made, "b"))
    found = await take(items, 3)
    assert numbers(found) == [2, 3, 4]
    assert [each.attempts for each in found] == [2, 2, 2]
    await items.aclose()


async def test_without_an_encoder_the_event_itself_is_handed_on(db: Database) -> None:
    made = await begin(db, new())
    await db.write(happen, 1)
    consumer = Consumer(db, wish(made), unchecked)
    await consumer.begin(WHO)
    items = consumer.consume()
    (found,) = await take(items, 1)
    assert found.event is not None
    assert found.words == b""
    await items.aclose()


@pytest.mark.parametrize("mode", Mode)
async def test_who_has_enough_is_not_told_that_this_is_all(
    db: Database, mode: Mode
) -> None:
    made = await begin(db, new(mode))
    await db.write(happen, 5)
    asking = wish(made, outstanding_max=2, batch_max=2, heartbeat_seconds=0.01)
    items = await begun(db, asking)
    await take(items, 2)
    async with asyncio.timeout(WAIT):
        said = await anext(items)
    assert isinstance(said, Pulse)
    assert (said.is_caught_up, said.head) == (False, 6)
    await items.aclose()
