"""What recipients do is counted once, told once, and told of machines as theirs."""

import asyncio
from datetime import timedelta

import pytest

from mailbot_server.core import usage
from mailbot_server.core.delivery import State
from mailbot_server.core.event import EventFilter
from mailbot_server.core.suppression import SuppressionReason, Wanted
from mailbot_server.core.tracking.plan import Plan
from mailbot_server.engine import suppressions as engine
from mailbot_server.engine.engagement import recording
from mailbot_server.engine.engagement.recording import Recorded, Seen
from mailbot_server.store import deliveries, events, suppressions
from mailbot_server.store.deliveries import engagement
from mailbot_server.store.usage import counts as store_usage
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import account, add_account, add_inbox, principal

PERSON = Seen(user_agent="Firefox", network="192.0.2.0/24")
ROBOT = Seen(user_agent="bot", network="192.0.2.0/24", machine="scanner")
URLS = tuple(f"https://example.com/{number}" for number in range(1, 9))


@pytest.fixture
async def inbox(db):
    await add_account(db)
    return await add_inbox(db)


@pytest.fixture
async def delivery(db, inbox):
    [made] = await add_deliveries(db, inbox, range(1, 2))
    await db.write(engagement.keep, made.message_id, Plan(urls=URLS))
    return made


@pytest.fixture
def log(db):
    """Type, flags and link of each event of the first account."""

    async def read():
        page = await db.read(events.after, account().id, 0, EventFilter(), 500)
        return page.events

    return read


@pytest.fixture
def stored(db, delivery):
    async def read():
        return await db.read(deliveries.find, delivery.id)

    return read


async def test_an_open_is_told_and_counted(db, delivery, log, stored):
    for _ in range(2):
        recorded = await db.write(recording.opened, delivery.id, PERSON)
        assert recorded == Recorded()
    assert (await stored()).opens == 2
    first, second = await log()
    assert first.type.value == "message.opened"
    assert first.message_id == delivery.message_id
    assert first.delivery_id == delivery.id
    assert first.recipient == delivery.recipient
    assert (first.inbox_id, first.thread_id) == (delivery.inbox_id, delivery.thread_id)
    assert (first.detail.user_agent, first.detail.network) == (
        "Firefox",
        "192.0.2.0/24",
    )
    assert [each.detail.first for each in (first, second)] == [True, False]
    assert not first.detail.machine


async def test_the_first_is_the_first_whoever_comes_at_the_same_time(
    db, delivery, log, stored
):
    calls = (db.write(recording.opened, delivery.id, PERSON) for _ in range(12))
    await asyncio.gather(*calls)
    assert sum(each.detail.first for each in await log()) == 1
    assert (await stored()).opens == 12


async def test_machines_are_told_of_and_not_counted(db, delivery, log, stored):
    assert (await db.write(recording.opened, delivery.id, ROBOT)).is_machine
    assert (await db.write(recording.clicked, delivery.id, 1, ROBOT)).url == URLS[0]
    now = await stored()
    assert (now.opens, now.clicks) == (0, 0)
    for event in await log():
        detail = event.detail
        assert (detail.machine, detail.machine_reason) == (True, "scanner")
        assert not detail.first
    await db.write(recording.opened, delivery.id, PERSON)
    assert (await log())[-1].detail.first


async def test_a_click_says_where_it_leads(db, delivery, log, stored):
    for number in (2, 2, 3):
        recorded = await db.write(recording.clicked, delivery.id, number, PERSON)
        assert recorded.url == URLS[number - 1]
    assert (await stored()).clicks == 3
    told = [(e.detail.link_index, e.detail.url, e.detail.first) for e in await log()]
    assert told == [
        (2, URLS[1], True),
        (2, URLS[1], False),
        (3, URLS[2], True),
    ]


async def test_who_follows_two_links_clicked_once(db, clock, delivery, log):
    for number in (1, 2, 1):
        await db.write(recording.clicked, delivery.id, number, PERSON)
    firsts = [each.detail.first_of_recipient for each in await log()]
    assert firsts == [True, False, False]
    hour = usage.hour_of(clock.now)
    period = usage.Wanted(account_id=delivery.account_id, first=hour, end=hour + 1)
    [counts] = (await db.read(store_usage.pieces, period, 0)).values()
    assert counts["clicked"] == 1


async def test_links_that_lead_nowhere_leave_no_trace(db, delivery, log):
    assert await db.write(recording.clicked, delivery.id, 99, PERSON) is None
    assert await db.write(recording.clicked, "dlv_0", 1, PERSON) is None
    assert await db.write(recording.opened, "dlv_0", PERSON) is None
    assert not await db.write(recording.unsubscribed, "dlv_0", "page", PERSON)
    assert await log() == []


async def test_where_a_link_leads_can_be_asked_without_a_trace(db, delivery, log):
    assert await db.read(recording.target, delivery.id, 1) == URLS[0]
    assert await db.read(recording.target, delivery.id, 99) == ""
    assert await db.read(recording.target, "dlv_0", 1) == ""
    assert await log() == []


async def test_of_many_opens_within_an_hour_some_are_told_and_all_counted(
    db, clock, delivery, log, stored
):
    for _ in range(recording.TOLD_MAX + 5):
        await db.write(recording.opened, delivery.id, PERSON)
    assert len(await log()) == recording.TOLD_MAX
    assert (await stored()).opens == recording.TOLD_MAX + 5
    clock.advance(hours=1)
    await db.write(recording.opened, delivery.id, PERSON)
    assert len(await log()) == recording.TOLD_MAX + 1


async def test_many_links_of_a_message_at_once_are_a_machines(
    db, clock, delivery, log, stored
):
    for number in range(1, 8):
        await db.write(recording.clicked, delivery.id, number, PERSON)
    reasons = [each.detail.machine_reason for each in await log()]
    assert reasons == [""] * 4 + [recording.MANY_LINKS] * 3
    assert (await stored()).clicks == 4
    clock.advance(minutes=1)
    assert not (await db.write(recording.clicked, delivery.id, 8, PERSON)).is_machine


async def test_one_link_again_and_again_is_a_persons(db, delivery, stored):
    for _ in range(9):
        await db.write(recording.clicked, delivery.id, 1, PERSON)
    assert (await stored()).clicks == 9


@pytest.mark.parametrize(
    ("state", "waited", "machine"),
    [
        (State.DELIVERED, (1, 2), recording.TOO_SOON),
        (State.SENT, (1, 2), recording.TOO_SOON),
        (State.LEASED, (60, 2), recording.TOO_SOON),
        (State.DELIVERED, (2, 2), ""),
        (State.DELIVERED, (0, 0), ""),
        (State.LEASED, (0, 0), ""),
        (State.DEFERRED, (0, 2), ""),
    ],
)
async def test_who_is_too_quick_is_a_machine(
    db, clock, inbox, log, state, waited, machine
):
    seconds, grace = waited
    [quick] = await add_deliveries(
        db, inbox, range(1, 2), state=state, updated_at=clock.now
    )
    clock.advance(seconds=seconds)
    seen = Seen(user_agent="Firefox", grace=timedelta(seconds=grace))
    await db.write(recording.opened, quick.id, seen)
    assert [each.detail.machine_reason for each in await log()] == [machine]


@pytest.fixture
def suppressed(db, inbox, delivery):
    async def read():
        where = (inbox.account_id, inbox.id, [delivery.recipient])
        found = await db.read(suppressions.find, *where)
        return found.get(delivery.recipient)

    return read


async def test_who_unsubscribes_gets_no_more_mail_of_the_inbox(
    db, inbox, delivery, log, suppressed
):
    assert await db.write(recording.unsubscribed, delivery.id, "one_click", ROBOT)
    kept = await suppressed()
    assert kept.reason is SuppressionReason.UNSUBSCRIBE
    assert (kept.inbox_id, kept.delivery_id) == (inbox.id, delivery.id)
    told, added = await log()
    assert [told.type.value, added.type.value] == [
        "message.unsubscribed",
        "suppression.added",
    ]
    assert (told.detail.method, told.detail.first) == ("one_click", True)
    assert not told.detail.machine  # who posts for somebody acts for them


async def test_once_more_changes_nothing(db, delivery, log, suppressed):
    for _ in range(3):
        assert await db.write(recording.unsubscribed, delivery.id, "page", PERSON)
    assert len(await log()) == 2
    assert await suppressed()


async def test_who_was_let_in_again_may_unsubscribe_again(
    db, inbox, delivery, log, suppressed
):
    await db.write(recording.unsubscribed, delivery.id, "page", PERSON)
    await db.write(engine.remove, principal(), delivery.recipient, inbox.id)
    await db.write(recording.unsubscribed, delivery.id, "page", PERSON)
    assert await suppressed()
    assert [each.type.value for each in await log()] == [
        *("message.unsubscribed", "suppression.added", "suppression.removed"),
        *("message.unsubscribed", "suppression.added"),
    ]


async def test_a_stronger_reason_stays(db, inbox, delivery, log, suppressed):
    complaint = SuppressionReason.COMPLAINT
    wanted = Wanted(address=delivery.recipient, reason=complaint)
    await db.write(engine.add, principal(), wanted, inbox.id)
    assert await db.write(recording.unsubscribed, delivery.id, "page", PERSON)
    assert (await suppressed()).reason is complaint
    assert [e.type.value for e in await log()] == [
        "suppression.added",
        "message.unsubscribed",
    ]


async def test_other_inboxes_go_on_writing(db, delivery, inbox):
    other = await add_inbox(db, 2)
    await db.write(recording.unsubscribed, delivery.id, "page", PERSON)
    where = (other.account_id, other.id, [delivery.recipient])
    assert await db.read(suppressions.find, *where) == {}
