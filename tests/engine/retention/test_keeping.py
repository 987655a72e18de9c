"""What was kept long enough goes; what is under way or held stays; sums stay right."""

from datetime import timedelta
from random import Random

import pytest

from mailbot_server.config import Settings
from mailbot_server.core.delivery import State
from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.core.message import Direction
from mailbot_server.core.retention import Retention
from mailbot_server.core.subscription import Mode
from mailbot_server.core.subscription import State as Reading
from mailbot_server.engine import subscriptions
from mailbot_server.engine.retention import keeping, redaction
from mailbot_server.engine.retention.keeping import Keeping
from mailbot_server.store import deliveries, events, inboxes, messages
from tests.fakes import mail
from tests.fakes.conversing import OUT, Arrival, arrive, receive, recount
from tests.fakes.tenants import account, add_account, add_inbox, inbox, principal

ME = principal()
ACCOUNT = account().id
DAY = timedelta(days=1)


@pytest.fixture
async def own(db):
    await add_account(db)
    return await add_inbox(db)


@pytest.fixture
def keeper(db):
    def make(**days):
        return Keeping(db, Settings(**days))

    return make


async def round_(keeper):
    """Until it rests; how much went."""
    gone = 0
    for _ in range(1000):
        gone += await keeper.step()
        if keeper._rests_until is not None:
            return gone
    raise AssertionError("it never rests")


async def ids_of(db, of):
    sql = "SELECT id, is_redacted FROM message WHERE inbox_id = ? ORDER BY id"
    return await db.read(lambda tx: dict(tx.all(sql, of.id)))


async def told(db, kind):
    wanted = EventFilter(types=(kind,))
    return (await db.read(events.after, ACCOUNT, 0, wanted, 1000)).events


async def test_nothing_goes_while_nobody_said_so(db, clock, own, keeper):
    await receive(db, own, "1@x")
    clock.advance(days=3000)
    keeper = keeper(retention_events=0)
    assert await round_(keeper) == 0
    assert await keeper.step() == 0
    assert len(await ids_of(db, own)) == 1


async def test_content_goes_and_later_the_message(db, clock, own, keeper):
    old = await receive(db, own, "1@x")
    clock.advance(days=10)
    new = await receive(db, own, "2@x", "1@x")
    clock.advance(days=25)
    days = {"retention_content": 30, "retention_metadata": 60}
    assert await round_(keeper(**days)) == 1
    assert await ids_of(db, own) == {old.message.id: 1, new.message.id: 0}
    assert await db.read(messages.raw, old.message.id) is None
    [event] = await told(db, EventType.MESSAGE_REDACTED)
    assert event.message_id == old.message.id
    assert event.detail.reason == redaction.BY_RETENTION
    assert await round_(keeper(**days)) == 0
    clock.advance(days=30)
    assert await round_(keeper(**days)) == 2
    assert await ids_of(db, own) == {new.message.id: 1}
    await db.read(recount, own.id)
    clock.advance(days=30)
    assert await round_(keeper(**days)) == 1
    await db.read(recount, own.id)


async def test_an_inbox_may_keep_its_mail_for_another_time(db, clock, own, keeper):
    longer = inbox(2, retention=Retention())
    shorter = inbox(3, retention=Retention(content_days=1, metadata_days=5))
    for each in (longer, shorter):
        await db.write(inboxes.add, each)
    for each in (own, longer, shorter):
        await receive(db, each, "1@x")
    clock.advance(days=11)
    assert await round_(keeper(retention_metadata=10)) == 2
    assert await ids_of(db, own) == {}
    assert list((await ids_of(db, longer)).values()) == [0]
    assert await ids_of(db, shorter) == {}


async def test_an_own_time_holds_where_the_default_is_for_ever(db, clock, own, keeper):
    shorter = inbox(3, retention=Retention(metadata_days=5))
    await db.write(inboxes.add, shorter)
    for each in (own, shorter):
        await receive(db, each, "1@x")
    clock.advance(days=6)
    assert await round_(keeper()) == 1
    assert await ids_of(db, shorter) == {}
    assert len(await ids_of(db, own)) == 1


async def test_what_can_still_be_delivered_is_kept(db, clock, own, keeper):
    sent = await receive(db, own, "1@x", direction=OUT)
    states = (State.DELIVERED, State.DEFERRED)
    made = [mail.delivery(n, sent.message, state=s) for n, s in enumerate(states)]
    await db.write(deliveries.add_many, made)
    clock.advance(days=20)
    days = {"retention_content": 1, "retention_metadata": 2}
    assert await round_(keeper(**days)) == 0
    assert await db.read(messages.raw, sent.message.id)

    def settle(tx):
        tx.execute("UPDATE delivery SET state = 'bounced'")

    await db.write(settle)
    clock.advance(days=1)
    assert await round_(keeper(**days)) == 1
    assert await db.read(deliveries.of_messages, [sent.message.id]) == {
        sent.message.id: []
    }


async def test_what_is_held_is_kept_until_it_is_let_go(db, clock, own, keeper):
    held, other = [await receive(db, own, f"{n}@x") for n in range(2)]
    under = inbox(2, legal_hold=True, retention=Retention(metadata_days=1))
    await db.write(inboxes.add, under)
    await receive(db, under, "1@x")
    ids = [held.message.id]
    await redaction.hold(db, ME, ids, legal_hold=True)
    clock.advance(days=20)
    days = {"retention_content": 1, "retention_metadata": 2}
    assert await round_(keeper(**days)) == 1
    assert await ids_of(db, own) == {held.message.id: 0}
    assert other.message.id not in await ids_of(db, own)
    assert list((await ids_of(db, under)).values()) == [0]
    await redaction.hold(db, ME, ids, legal_hold=False)
    assert await round_(keeper(**days)) == 1
    assert await ids_of(db, own) == {}


async def test_a_hold_that_came_meanwhile_holds(db, own):
    held = await receive(db, own, "1@x")
    ids = [held.message.id]
    await redaction.hold(db, ME, ids, legal_hold=True)
    where = (ACCOUNT, own.id)
    assert await db.write(keeping.empty, where, ids) == 0
    assert await db.write(keeping.delete, where, ids) == 0
    assert await ids_of(db, own) == {held.message.id: 0}


async def test_many_go_a_few_at_a_time_from_every_inbox(
    db, clock, own, keeper, monkeypatch
):
    monkeypatch.setattr(keeping, "MESSAGES", 3)
    monkeypatch.setattr(keeping, "OPERATIONS", 2)
    monkeypatch.setattr(keeping, "LOOKED_AT", 2)
    second = await add_inbox(db, 2)
    third = await add_inbox(db, 3)
    for of, count in ((own, 10), (second, 1), (third, 4)):
        for number in range(count):
            await receive(db, of, f"{number}@x")
    clock.advance(days=3)
    keeper = keeper(retention_metadata=1)
    first = await keeper.step()
    assert first == 4
    assert await ids_of(db, second) == {}
    assert first + await round_(keeper) == 15
    for each in (own, second, third):
        await db.read(recount, each.id)


async def test_old_events_go_and_positions_stay(db, clock, own, keeper, monkeypatch):
    monkeypatch.setattr("mailbot_server.store.retention.trimming.ROWS", 3)
    where = (ACCOUNT, own.id)
    for number in range(8):
        ids = [(await receive(db, own, f"{number}@x")).message.id]
        await db.write(keeping.empty, where, ids)
        clock.advance(days=1)
    await add_account(db, 2)
    clock.advance(days=3)
    assert await round_(keeper(retention_events=6)) == 5
    page = await db.read(events.after, ACCOUNT, 5, EventFilter(), 10)
    assert [event.position for event in page.events] == [6, 7, 8]
    clock.advance(days=30)
    assert await round_(keeper(retention_events=6)) == 3
    assert await db.read(events.head, ACCOUNT) == 8


async def test_a_reader_that_wanted_nothing_of_what_goes_outlives_it(
    db, clock, own, keeper
):
    fits_nothing = EventFilter(inbox_ids=("inb_none",))
    readers = [
        await db.write(subscriptions.create, ME, asking(each))
        for each in (fits_nothing, EventFilter())
    ]
    await receive(db, own, "1@x")
    clock.advance(days=10)
    assert await round_(keeper(retention_events=6))
    await subscriptions.keep_up(db)
    states = [
        (await db.read(subscriptions.find, ME, made.id)).state for made, _ in readers
    ]
    assert states == [Reading.ACTIVE, Reading.EXPIRED]


def asking(wanted):
    return subscriptions.NewSubscription(
        mode=Mode.SHARED,
        filter=wanted,
        position=0,
        ack_deadline=timedelta(seconds=30),
        max_attempts=10,
    )


def some_mail(tx, own, chance, known):
    ties = [f"{len(known)}@x", *chance.sample(known, min(len(known), 2))]
    wanted = Arrival(
        tuple(ties[: chance.randint(1, 3)]),
        direction=chance.choice(list(Direction)),
        automated=chance.random() < 0.3,
        sender=chance.randint(0, 3),
    )
    arrived = arrive(tx, own, wanted)
    if wanted.direction is OUT:
        state = chance.choice((State.QUEUED, State.DELIVERED, State.HELD))
        made = mail.delivery(len(known), arrived.message, state=state)
        deliveries.add_many(tx, [made])
    return arrived.message


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_comes_and_goes_sums_are_right_and_nothing_kept_is_gone(
    db, clock, own, keeper, monkeypatch, seed
):
    monkeypatch.setattr(keeping, "MESSAGES", 4)
    monkeypatch.setattr(keeping, "OPERATIONS", 2)
    chance = Random(seed)
    known, came, held = list[str](), {}, set()
    for _ in range(40):
        made = await db.write(some_mail, own, chance, known)
        known.append(made.rfc822_message_id)
        came[made.id] = clock()
        if chance.random() < 0.2:
            await redaction.hold(db, ME, [made.id], legal_hold=True)
            held.add(made.id)
        clock.advance(hours=chance.randint(1, 12))
        if chance.random() < 0.3:
            # Cut off anywhere, and begun again.
            await keeper(retention_content=3, retention_metadata=6).step()
    await round_(keeper(retention_content=3, retention_metadata=6))
    await db.read(recount, own.id)
    left = await ids_of(db, own)
    sql = "SELECT message_id FROM delivery WHERE state IN ('queued', 'held')"
    under_way = {row[0] for row in await db.read(lambda tx: tx.all(sql))}
    kept = held | under_way
    for message_id, at in came.items():
        age = clock() - at
        if message_id in kept:
            assert left[message_id] == 0
        elif age > 6 * DAY:
            assert message_id not in left
        else:
            assert left[message_id] == int(age > 3 * DAY)
        raw = await db.read(messages.raw, message_id)
        assert (raw is not None) == (left.get(message_id) == 0)
    ties = await db.read(lambda tx: tx.all("SELECT thread_id FROM thread_tie"))
    threads = {
        row[0] for row in await db.read(lambda tx: tx.all("SELECT id FROM thread"))
    }
    assert {row[0] for row in ties} <= threads
