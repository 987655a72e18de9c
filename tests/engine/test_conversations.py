"""Corrections by hand: who may, what is told, and what is refused."""

import pytest

from mailbot_server.core.errors import InvalidInput, NotFound
from mailbot_server.core.event import Event, EventFilter, EventType, ThreadDetail
from mailbot_server.core.inbox import Inbox
from mailbot_server.engine import conversations
from mailbot_server.store import events, messages
from mailbot_server.store.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.conversing import Arrived, receive
from tests.fakes.tenants import account, add_account, add_inbox, principal

ME = principal()


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def two(db: Database, inbox: Inbox, clock: FakeClock) -> list[Arrived]:
    found = []
    for number in range(2):
        found.append(await receive(db, inbox, f"{number}@x"))
        clock.advance(seconds=1)
    return found


async def told(db: Database) -> list[Event]:
    page = await db.read(events.after, account().id, 0, EventFilter(), 100)
    return page.events


async def test_a_merge_is_told_once(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    ids = [each.message.thread_id for each in await two(db, inbox, clock)]
    merged = await db.write(conversations.merge, ME, ids)
    assert await db.write(conversations.merge, ME, [ids[1], ids[1]]) == merged
    (event,) = await told(db)
    assert (event.type, event.thread_id) == (EventType.THREAD_MERGED, ids[0])
    assert event.detail == ThreadDetail(
        surviving_thread_id=ids[0],
        merged_thread_ids=(ids[1],),
        changed_by=ME.key_id,
    )


async def test_a_split_is_told_on_the_thread_that_goes_on(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    first = await receive(db, inbox, "1@x")
    clock.advance(seconds=1)
    second = await receive(db, inbox, "2@x", "1@x")
    old, new = await db.write(
        conversations.split, ME, first.message.thread_id, [second.message.id] * 2
    )
    (event,) = await told(db)
    assert (event.type, event.thread_id) == (EventType.THREAD_SPLIT, old.id)
    assert event.detail == ThreadDetail(
        surviving_thread_id=old.id, split_thread_id=new.id, changed_by=ME.key_id
    )


async def test_what_is_not_there_is_not_found(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    come = await two(db, inbox, clock)
    ids = [each.message.thread_id for each in come]
    message_id = come[0].message.id
    other = principal(await add_account(db, 2))
    blind = principal(inbox_ids=())
    for who in (other, blind):
        for operation, arguments in (
            (conversations.find, (ids[0],)),
            (conversations.merge, (ids,)),
            (conversations.split, (ids[0], [message_id])),
            (conversations.relabel_thread, (ids[0], ["a"], [])),
            (conversations.relabel_message, (message_id, ["a"], [])),
        ):
            with pytest.raises(NotFound):
                await db.write(operation, who, *arguments)
    with pytest.raises(NotFound):
        await db.write(conversations.split, ME, ids[0], [message_id, "msg_x"])
    assert await told(db) == []


async def test_what_cannot_be_is_refused_by_its_field(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    come = await two(db, inbox, clock)
    far = await receive(db, await add_inbox(db, 2), "1@x")
    ids = [each.message.thread_id for each in come]
    both = [each.message.id for each in come]
    many = [f"l{number}" for number in range(21)]
    for operation, arguments, fields in (
        (conversations.merge, ([ids[0], far.message.thread_id],), ["thread_ids"]),
        (conversations.split, (ids[0], both[:1]), ["message_ids"]),
        (conversations.split, (ids[0], both), ["message_ids[1]"]),
        (conversations.relabel_thread, (ids[0], ["A"], []), ["add[0]"]),
        (conversations.relabel_message, (both[0], [*many[:20], "x"], []), ["add"]),
    ):
        with pytest.raises(InvalidInput) as refused:
            await db.write(operation, ME, *arguments)
        assert [each.field for each in refused.value.violations] == fields
    assert await told(db) == []


async def test_a_message_is_labelled(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    (first, _) = await two(db, inbox, clock)
    message_id = first.message.id
    labelled = await db.write(
        conversations.relabel_message, ME, message_id, ["b", "a"], []
    )
    assert labelled.labels == ("a", "b")
    await db.write(conversations.relabel_message, ME, message_id, [], ["b"])
    stored = await db.read(messages.get, account().id, message_id)
    assert stored is not None
    assert stored.labels == ("a",)
