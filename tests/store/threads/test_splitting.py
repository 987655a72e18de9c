"""A split is never undone by what arrives, and everything still adds up."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Thread
from mailbot_server.store import deliveries, inboxes, messages, threads
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import splitting
from mailbot_server.store.threads.splitting import Split
from tests.fakes.clock import FakeClock
from tests.fakes.conversing import (
    OUT,
    Arrival,
    Arrived,
    arrive,
    own_inbox,
    receive,
    recount,
)
from tests.fakes.mail import delivery
from tests.fakes.tenants import account, add_account, add_inbox


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


def _get(tx: Transaction, thread_id: str) -> Thread:
    found = threads.get(tx, account().id, thread_id)
    assert found is not None
    return found


def _split(tx: Transaction, thread_id: str, message_ids: list[str]) -> Split:
    return threads.split(tx, _get(tx, thread_id), message_ids, "key_1")


def _merge(tx: Transaction, thread_ids: list[str]) -> tuple[str, ...]:
    return threads.merge(tx, [_get(tx, each) for each in thread_ids], "key_1")


async def split_off(db: Database, *arrived: Arrived) -> str:
    """The id of the new thread."""
    thread_id = arrived[0].message.thread_id
    ids = [each.message.id for each in arrived]
    done = await db.write(_split, thread_id, ids)
    assert done.new_thread_id
    return done.new_thread_id


async def thread_of(db: Database, arrived: Arrived) -> str:
    """The id of the thread in which a message is now."""
    stored = await db.read(messages.get, account().id, arrived.message.id)
    assert stored is not None
    return (await db.read(_get, stored.thread_id)).id


async def talk(db: Database, inbox: Inbox, clock: FakeClock) -> list[Arrived]:
    """Four messages, each an answer to the one before."""
    found = []
    for number in range(4):
        ties = [f"{n}@x" for n in range(number, -1, -1)]
        direction = {"direction": OUT} if number % 2 else {}
        found.append(await receive(db, inbox, *ties, sender=number, **direction))
        clock.advance(seconds=1)
    return found


async def test_what_is_split_off_has_a_thread_of_its_own(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    came = await talk(db, inbox, clock)
    new_id = await split_off(db, *came[2:])
    old = await db.read(_get, came[0].message.thread_id)
    new = await db.read(_get, new_id)
    assert (old.inbound_count, old.outbound_count, old.is_unreplied) == (1, 1, False)
    assert (new.inbound_count, new.outbound_count, new.is_unreplied) == (1, 1, False)
    assert (new.subject, new.created_at) == (
        came[2].message.subject,
        came[2].message.created_at,
    )
    assert old.snippet == came[1].message.snippet
    assert [box.address for box in new.participants] == [
        "person2@example.org",
        "person3@example.org",
    ]
    assert [await thread_of(db, each) for each in came] == [old.id] * 2 + [new.id] * 2
    assert (await db.read(inboxes.counts, inbox.id)).threads == 2
    await db.read(recount, inbox.id)


async def test_what_the_first_message_said_is_the_second_s_when_it_goes(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    came = await talk(db, inbox, clock)
    await split_off(db, came[0])
    old = await db.read(_get, came[0].message.thread_id)
    second = came[1].message
    assert (old.subject, old.created_at) == (second.subject, second.created_at)


async def test_deliveries_go_with_their_message(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    came = await talk(db, inbox, clock)
    its = delivery(1, came[1].message)
    await db.write(deliveries.add_many, [its])
    new_id = await split_off(db, came[1])
    found = await db.read(deliveries.get, inbox.account_id, its.id)
    assert found is not None
    assert found.thread_id == new_id


async def test_answers_join_the_side_that_they_name_nearest(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    came = await talk(db, inbox, clock)
    new_id = await split_off(db, *came[2:])
    old_id = came[0].message.thread_id
    for ties, expected in (
        (("a@x", "3@x"), new_id),
        (("b@x", "1@x"), old_id),
        (("c@x", "3@x", "2@x", "1@x", "0@x"), new_id),
        (("d@x", "1@x", "3@x"), old_id),
        (("e@x", "c@x"), new_id),
        (("f@x", "d@x"), old_id),
    ):
        arrived = await receive(db, inbox, *ties)
        assert arrived.attached.root_id == expected, ties
        assert arrived.attached.merged == ()
        clock.advance(seconds=1)
    await db.read(recount, inbox.id)


async def test_an_id_that_never_came_goes_with_those_who_name_it(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    first = await receive(db, inbox, "1@x")
    clock.advance(seconds=1)
    moved = await receive(db, inbox, "2@x", "absent@x", "1@x")
    new_id = await split_off(db, moved)
    clock.advance(seconds=1)
    late = await receive(db, inbox, "absent@x")
    assert late.attached.root_id == new_id
    assert await thread_of(db, first) != new_id


async def test_an_id_that_both_sides_name_stays(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    first = await receive(db, inbox, "1@x", "absent@x")
    clock.advance(seconds=1)
    moved = await receive(db, inbox, "2@x", "absent@x")
    await split_off(db, moved)
    clock.advance(seconds=1)
    late = await receive(db, inbox, "absent@x")
    assert late.attached.root_id == first.message.thread_id


async def test_of_two_messages_with_one_id_answers_join_what_is_left(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    first = await receive(db, inbox, "1@x")
    clock.advance(seconds=1)
    copy = await receive(db, inbox, "1@x")
    await split_off(db, copy)
    answer = await receive(db, inbox, "2@x", "1@x")
    assert answer.attached.root_id == first.message.thread_id


async def test_what_joined_either_side_since_stays_apart_too(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    old = await receive(db, inbox, "0@x")
    clock.advance(seconds=1)
    came = await talk(db, inbox, clock)
    assert came[0].message.thread_id == old.message.thread_id
    new_id = await split_off(db, *came[2:])
    clock.advance(seconds=1)
    apart = await receive(db, inbox, "z@x")
    clock.advance(seconds=1)
    joins = await receive(db, inbox, "y@x", "z@x", "3@x")
    assert joins.attached.root_id == new_id
    assert joins.attached.merged == (apart.attached.root_id,)
    both = await receive(db, inbox, "x@x", "z@x", "0@x")
    assert both.attached.merged == ()
    assert both.attached.root_id == new_id
    await db.read(recount, inbox.id)


async def test_a_merge_by_hand_ends_a_split_and_stays(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    came = await talk(db, inbox, clock)
    new_id = await split_off(db, *came[2:])
    old_id = came[0].message.thread_id
    assert await db.write(_merge, [new_id, old_id]) == (old_id, new_id)
    assert await db.write(_merge, [new_id, old_id]) == (old_id,)
    assert (await db.read(_get, new_id)).id == old_id
    assert (await receive(db, inbox, "9@x", "3@x")).attached.root_id == old_id
    await db.read(recount, inbox.id)


async def test_labels_are_copied_by_a_split_and_united_by_a_merge(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    came = await talk(db, inbox, clock)
    old_id = came[0].message.thread_id
    old = await db.read(_get, old_id)
    await db.write(threads.relabel, old, ["red"], [])
    new_id = await split_off(db, came[3])
    new = await db.read(_get, new_id)
    assert new.labels == ("red",)
    await db.write(threads.relabel, new, ["blue"], ["red"])
    await db.write(_merge, [old_id, new_id])
    assert (await db.read(_get, old_id)).labels == ("blue", "red")
    await db.read(recount, inbox.id)


async def test_a_thread_too_long_to_read_whole_keeps_what_it_cannot_know(
    db: Database, inbox: Inbox, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "SCANNED_MAX", 2)
    came = await talk(db, inbox, clock)
    moved = await receive(db, inbox, "4@x", "absent@x", "3@x")
    new_id = await split_off(db, moved)
    old = await db.read(_get, came[0].message.thread_id)
    assert (old.inbound_count, old.outbound_count) == (2, 2)
    assert len(old.participants) == 4
    assert (await receive(db, inbox, "absent@x")).attached.root_id == old.id
    assert (await receive(db, inbox, "5@x", "4@x")).attached.root_id == new_id


# --- whatever happens -------------------------------------------------------------------

on_one_database = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
numbers = st.integers(0, 9)
arrivals = st.builds(
    lambda own, named, direction, automated, sender: Arrival(
        tuple(dict.fromkeys(f"{n}@x" for n in (own, *named))),
        direction,
        automated,
        sender,
    ),
    own=numbers,
    named=st.lists(numbers, max_size=3),
    direction=st.sampled_from([OUT, Arrival(()).direction]),
    automated=st.booleans(),
    sender=st.integers(0, 3),
)
corrections = st.one_of(
    st.tuples(st.just("split"), st.lists(numbers, min_size=1, max_size=3)),
    st.tuples(st.just("merge"), st.lists(numbers, min_size=2, max_size=3)),
    st.tuples(st.just("label"), st.lists(numbers, min_size=1, max_size=1)),
)
plans = st.lists(arrivals | corrections, min_size=2, max_size=16)


async def do(db: Database, inbox: Inbox, step: object, came: list[Arrived]) -> None:
    """One step of a plan; corrections are of what has come, by its number."""
    if isinstance(step, Arrival):
        came.append(await db.write(arrive, inbox, step))
        return
    assert isinstance(step, tuple)
    kind, which = step
    if came:
        chosen = [came[number % len(came)].message for number in which]
        await db.write(_correct, kind, [(m.id, m.thread_id) for m in chosen])


def _correct(tx: Transaction, kind: str, chosen: list[tuple[str, str]]) -> None:
    now = [
        (message_id, tx.all("SELECT thread_id FROM message WHERE id = ?", message_id))
        for message_id, _ in chosen
    ]
    ids = [rows[0][0] for _, rows in now]
    match kind:
        case "split":
            _split(tx, ids[0], [message_id for message_id, _ in now])
        case "merge":
            _merge(tx, ids)
        case "label":
            threads.relabel(tx, _get(tx, ids[0]), ["red"], [])


@pytest.mark.slow
@pytest.mark.timeout(180)
@given(plan=plans)
@on_one_database
async def test_everything_adds_up_whatever_is_corrected(
    db: Database, clock: FakeClock, plan: list[object]
) -> None:
    inbox = await own_inbox(db)
    came: list[Arrived] = []
    for step in plan:
        await do(db, inbox, step, came)
        clock.advance(seconds=1)
        await db.read(recount, inbox.id)


@pytest.mark.slow
@pytest.mark.timeout(180)
@given(
    first=st.lists(arrivals, min_size=4, max_size=8),
    plan=st.lists(arrivals | corrections, min_size=4, max_size=16),
)
@on_one_database
async def test_everything_adds_up_whatever_happens_at_once(
    db: Database, first: list[Arrival], plan: list[object]
) -> None:
    inbox = await own_inbox(db)
    came: list[Arrived] = []
    for step in first:
        await do(db, inbox, step, came)
    await asyncio.gather(*(do(db, inbox, step, came) for step in plan))
    await db.read(recount, inbox.id)
