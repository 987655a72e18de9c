"""A new message finds its thread, and those who wait for it are told."""

import asyncio
from typing import Any

import pytest

from mailbot_server.core.event import EventType
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Addressees
from mailbot_server.core.usage import Wanted, hour_of
from mailbot_server.store import inboxes, threads
from mailbot_server.store.usage import counts
from tests.fakes import tenants
from tests.fakes.mailroom import Mailroom, raw, send


@pytest.fixture
def mailroom(db, clock) -> Mailroom:
    return Mailroom(db, clock)


@pytest.fixture
async def inbox(db) -> Inbox:
    await tenants.add_account(db)
    return await tenants.add_inbox(db)


async def test_the_same_message_again_is_flagged_and_kept(mailroom, inbox):
    (first,) = await mailroom.take(raw(), inbox)
    (second,) = await mailroom.take(raw(), inbox)
    (third,) = await mailroom.take(raw(), inbox)
    for copy in (second, third):
        message = await mailroom.message(copy, inbox)
        assert message.duplicate_of == first.message_id
    last = (await mailroom.events(inbox))[-1]
    assert last.detail.duplicate_of == first.message_id


@pytest.mark.parametrize(
    "change",
    [
        {"message": raw(body="other words")},
        {"message": raw(2)},
        {"reverse_path": "other@example.org"},
        {"hours": 25},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_what_differs_or_comes_a_day_later_is_no_duplicate(
    mailroom, inbox, clock, change
):
    await mailroom.take(raw(), inbox)
    changes = {"message": raw(), "hours": 0, **change}
    clock.advance(hours=changes.pop("hours"))
    (second,) = await mailroom.take(changes.pop("message"), inbox, **changes)
    assert (await mailroom.message(second, inbox)).duplicate_of == ""


async def test_messages_without_an_id_are_never_duplicates(mailroom, inbox):
    for _ in range(2):
        (accepted,) = await mailroom.take(raw(message_id=""), inbox)
        message = await mailroom.message(accepted, inbox)
        assert message.duplicate_of == ""
        assert message.rfc822_message_id == ""


async def test_an_answer_is_told_on_the_message_that_it_answers(db, mailroom, inbox):
    sent = await send(db, inbox, 7)
    (accepted,) = await mailroom.take(
        raw(in_reply_to=f"<{sent.rfc822_message_id}>"), inbox
    )
    answer = await mailroom.message(accepted, inbox)
    assert answer.thread_id == sent.thread_id
    replied = (await mailroom.events(inbox))[-1]
    assert replied.type is EventType.MESSAGE_REPLIED
    assert replied.message_id == sent.id
    assert replied.thread_id == sent.thread_id
    assert replied.metadata == sent.metadata
    assert replied.detail.reply_message_id == answer.id
    assert replied.detail.snippet == "Hello"
    found = await db.read(threads.get, inbox.account_id, sent.thread_id)
    assert (found.inbound_count, found.outbound_count) == (1, 1)


async def test_the_nearest_message_that_was_sent_is_the_one_answered(
    db, mailroom, inbox
):
    root, near = [await send(db, inbox, number) for number in (7, 8)]
    chain = f"<{root.rfc822_message_id}> <{near.rfc822_message_id}> <x@example.org>"
    await mailroom.take(raw(references=chain, in_reply_to="<x@example.org>"), inbox)
    replied = [
        event
        for event in await mailroom.events(inbox)
        if event.type is EventType.MESSAGE_REPLIED
    ]
    assert [event.message_id for event in replied] == [near.id]


@pytest.mark.parametrize(
    "machine", [{"auto_submitted": "auto-replied"}, {"reverse_path": None}]
)
async def test_a_machine_that_answers_is_told_apart(db, mailroom, inbox, machine):
    sent = await send(db, inbox, 7)
    fields: dict[str, Any] = {"in_reply_to": f"<{sent.rfc822_message_id}>"}
    envelope = {}
    if "reverse_path" in machine:
        envelope = machine
    else:
        fields |= machine
    (accepted,) = await mailroom.take(raw(**fields), inbox, **envelope)
    assert (await mailroom.message(accepted, inbox)).automated
    assert (await mailroom.types(inbox))[-1] == "message.auto_replied"


async def test_a_copy_of_an_answer_is_not_told_again(db, mailroom, inbox):
    sent = await send(db, inbox, 7)
    answer = raw(in_reply_to=f"<{sent.rfc822_message_id}>")
    for _ in range(2):
        await mailroom.take(answer, inbox)
    assert (await mailroom.types(inbox)).count("message.replied") == 1


async def test_C11_an_answer_never_reaches_into_another_inbox(db, mailroom, inbox):
    other = await tenants.add_inbox(db, 2)
    account = await tenants.add_account(db, 2)
    foreign = await tenants.add_inbox(db, 3, account)
    sent = await send(db, inbox, 7)
    spoof = raw(in_reply_to=f"<{sent.rfc822_message_id}>")
    for victim in (other, foreign):
        (accepted,) = await mailroom.take(spoof, victim)
        message = await mailroom.message(accepted, victim)
        assert message.thread_id != sent.thread_id
        assert await mailroom.types(victim) == ["message.received", "message.parsed"]


async def test_a_late_parent_joins_two_threads_and_says_so(db, mailroom, inbox):
    first, second = [
        await mailroom.message((await mailroom.take(raw(n), inbox))[0], inbox)
        for n in (1, 2)
    ]
    both = raw(3, references="<1@example.org> <2@example.org>")
    (accepted,) = await mailroom.take(both, inbox)
    joint = await mailroom.message(accepted, inbox)
    assert joint.thread_id == first.thread_id
    merged = (await mailroom.events(inbox))[-1]
    assert merged.type is EventType.THREAD_MERGED
    assert merged.thread_id == first.thread_id
    assert merged.detail.surviving_thread_id == first.thread_id
    assert merged.detail.merged_thread_ids == (second.thread_id,)
    assert merged.detail.rfc822_message_id == "3@example.org"


@pytest.mark.slow
async def test_many_at_once_that_tie_end_in_one_thread(db, mailroom, inbox):
    numbers = range(1, 13)
    chained = [
        raw(
            n, references=f"<{n - 1}@example.org>", in_reply_to=f"<{n - 1}@example.org>"
        )
        for n in numbers
    ]
    await asyncio.gather(*(mailroom.take(each, inbox) for each in chained))
    counts = await db.read(inboxes.counts, inbox.id)
    assert (counts.inbound_messages, counts.threads) == (12, 1)


async def test_only_the_first_answer_of_a_person_is_the_first(
    db, clock, mailroom, inbox
):
    sent = await send(db, inbox, 7)
    named = f"<{sent.rfc822_message_id}>"
    for number, more in enumerate(({"auto_submitted": "auto-replied"}, {}, {})):
        clock.advance(minutes=1)
        await mailroom.take(raw(number, in_reply_to=named, **more), inbox)
    told = [
        event.detail
        for event in await mailroom.events(inbox)
        if event.type in {EventType.MESSAGE_REPLIED, EventType.MESSAGE_AUTO_REPLIED}
    ]
    assert [detail.is_first_reply for detail in told] == [False, True, False]
    times = [detail.reply_milliseconds for detail in told]
    assert times == sorted(times)
    assert times[0] >= 60_000
    wanted = Wanted(account_id=inbox.account_id, first=0, end=hour_of(clock()) + 1)
    [counted] = (await db.read(counts.pieces, wanted, 0)).values()
    assert (counted["replied"], counted["received"]) == (1, 3)
    assert counted["reply_milliseconds"] == times[1]


async def test_who_answers_is_known_by_domain_if_the_message_went_there(
    db, mailroom, inbox
):
    ann = Addressees(to=(Mailbox(address="Ann@Example.org"),))
    for number, addressees, expected in (
        (7, ann, "example.org"),
        (8, Addressees(), ""),
    ):
        sent = await send(db, inbox, number, addressees=addressees)
        await mailroom.take(
            raw(number, in_reply_to=f"<{sent.rfc822_message_id}>"), inbox
        )
        replied = (await mailroom.events(inbox))[-1]
        assert replied.type is EventType.MESSAGE_REPLIED
        assert replied.detail.replier_domain == expected


async def test_an_answer_that_an_older_version_told_of_was_the_first(
    db, mailroom, inbox
):
    sent = await send(db, inbox, 7)
    named = f"<{sent.rfc822_message_id}>"
    await mailroom.take(raw(1, in_reply_to=named), inbox)

    def forget(tx):
        tx.execute("UPDATE message SET first_reply_at = NULL")

    await db.write(forget)
    await mailroom.take(raw(2, in_reply_to=named), inbox)
    assert not (await mailroom.events(inbox))[-1].detail.is_first_reply
