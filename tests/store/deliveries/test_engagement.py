"""What copies are made from, and counts that are exact whoever counts at a time."""

import asyncio
from datetime import timedelta

import pytest

from mailbot_server.core.tracking.plan import Piece, Plan, Spot
from mailbot_server.store import deliveries
from mailbot_server.store.deliveries import engagement
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import add_account, add_inbox

PLAN = Plan(
    pieces=(
        Piece(offset=10, length=20, encoding="", field=(3, 9), spots=(Spot(1, 5, 1),)),
    ),
    urls=("https://a.example/?b=1&c=ü", "https://d.example/"),
    one_click=True,
)


@pytest.fixture
async def delivery(db):
    """A delivery to carol1@example.com."""
    await add_account(db)
    inbox = await add_inbox(db)
    [made] = await add_deliveries(db, inbox, range(1, 2))
    return made


async def test_a_plan_comes_back_and_its_targets_one_by_one(db):
    await db.write(engagement.keep, "msg_1", PLAN)
    kept = await db.read(engagement.plan_of, "msg_1")
    assert (kept.pieces, kept.one_click) == (PLAN.pieces, True)
    urls = [await db.read(engagement.url_of, "msg_1", n) for n in range(-1, 4)]
    assert urls == ["", "", *PLAN.urls, ""]


async def test_what_is_not_tracked_has_neither(db):
    assert await db.read(engagement.plan_of, "msg_1") is None
    assert await db.read(engagement.url_of, "msg_1", 1) == ""


async def test_counts_are_exact_whoever_counts_at_the_same_time(db, delivery):
    calls = (db.write(engagement.count, delivery.id, "open") for _ in range(30))
    counted = await asyncio.gather(*calls)
    assert sorted(each.times for each in counted) == list(range(1, 31))


async def test_kinds_links_and_recipients_are_counted_apart(db):
    for who, kind, number in (
        *(("dlv_1", "open", 0), ("dlv_1", "click", 0), ("dlv_1", "click", 1)),
        *(("dlv_1", "click", 2), ("dlv_2", "click", 1)),
    ):
        assert (await db.write(engagement.count, who, kind, number)).times == 1


async def test_events_are_counted_by_the_hour(db, clock):
    for told in (1, 2):
        assert await db.write(engagement.count, "dlv_1", "open") == (told, told)
    clock.advance(hours=1)
    assert await db.write(engagement.count, "dlv_1", "open") == (3, 1)


async def test_which_links_were_first_followed_lately(db, clock):
    for number, kind in ((0, "click"), (1, "click"), (2, "machine_click"), (3, "open")):
        await db.write(engagement.count, "dlv_1", kind, number)
    await db.write(engagement.count, "dlv_1", "machine_click", 1)
    began = clock.now
    clock.advance(seconds=5)
    await db.write(engagement.count, "dlv_1", "click", 1)
    await db.write(engagement.count, "dlv_1", "click", 4)

    async def since(number, at):
        return await db.read(engagement.followed_since, "dlv_1", number, at)

    assert await since(9, began) == 3
    assert await since(2, began) == 2
    assert await since(9, began + timedelta(seconds=1)) == 1
    assert await since(4, began + timedelta(seconds=1)) == 0


async def test_a_recipient_shows_what_it_did(db, delivery):
    for change in (engagement.opened, engagement.clicked, engagement.clicked):
        await db.write(change, delivery.id)
    found = await db.read(deliveries.find, delivery.id)
    assert (found.opens, found.clicks) == (1, 2)


async def test_what_an_attempt_writes_leaves_the_counts_alone(db, delivery):
    await db.write(engagement.opened, delivery.id)
    [leased] = await db.write(deliveries.lease_due, "nod_1", 10, 900)
    await db.write(engagement.opened, delivery.id)
    await db.write(deliveries.update, [leased])
    assert (await db.read(deliveries.find, delivery.id)).opens == 2


async def test_the_first_answer_of_a_recipient_is_kept(db, clock, delivery):
    first = clock.now
    await db.write(engagement.replied, delivery.message_id, "dave@example.com")
    assert (await db.read(deliveries.find, delivery.id)).replied_at is None
    await db.write(engagement.replied, delivery.message_id, delivery.recipient)
    clock.advance(hours=1)
    await db.write(engagement.replied, delivery.message_id, delivery.recipient)
    assert (await db.read(deliveries.find, delivery.id)).replied_at == first
