"""Accepted for later: at a time, when a limit allows, or when somebody lets it go."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core import limits as windows
from mailbot_server.core.delivery import State
from mailbot_server.core.errors import InvalidInput, LimitExceeded
from mailbot_server.core.event import EventType
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Overflow
from mailbot_server.engine.outbound.submission import release
from mailbot_server.store import limits
from tests.fakes.drafts import DRAFT
from tests.fakes.tenants import account, add_inbox

PEOPLE = tuple(Mailbox(address=f"person{n}@example.com") for n in range(10))


async def kinds(log):
    return [event.type for event in await log()]


async def fill_minute(send):
    for _ in range(windows.MINUTE):
        await send()


async def used(db, inbox, scope, at):
    owner = account().id if scope == "account_day" else inbox.id
    return await db.read(limits.used, scope, owner, at)


async def test_a_message_for_later_is_scheduled_and_lives_from_then_on(
    send, log, clock
):
    at = clock() + timedelta(days=2)
    submitted = await send(send_at=at)
    [delivery] = submitted.deliveries
    assert submitted.leaves_at == delivery.due_at == at
    assert delivery.state is State.QUEUED
    assert delivery.gives_up_at == at + timedelta(hours=72)
    queued, scheduled = await log()
    assert queued.type is EventType.MESSAGE_QUEUED
    assert scheduled.type is EventType.MESSAGE_SCHEDULED
    assert (scheduled.detail.reason, scheduled.detail.resumes_at) == ("send_time", at)


async def test_a_time_that_is_past_is_now(send, log, clock):
    submitted = await send(send_at=clock() - timedelta(days=1))
    assert submitted.leaves_at is None
    assert await kinds(log) == [EventType.MESSAGE_QUEUED]


async def test_a_time_too_far_ahead_is_refused(send, clock):
    with pytest.raises(InvalidInput) as caught:
        await send(send_at=clock() + timedelta(days=30, seconds=1))
    assert caught.value.details["field"] == "options.send_time"
    await send(send_at=clock() + timedelta(days=30))


async def test_at_a_full_minute_it_leaves_in_the_next(send, log, clock, db, inbox):
    await fill_minute(send)
    submitted = await send(overflow=Overflow.QUEUE)
    next_minute = windows.minute_of(clock()).reset_at
    assert submitted.leaves_at == next_minute
    event = (await log())[-1]
    assert event.type is EventType.MESSAGE_SCHEDULED
    assert event.detail.reason == "limit_overflow"
    assert event.detail.resumes_at == next_minute
    assert await used(db, inbox, "minute", next_minute) == 1


async def test_those_that_wait_leave_in_order_and_never_too_many_a_minute(
    send, clock, db, inbox
):
    await fill_minute(send)
    waiting = await asyncio.gather(*(send(overflow=Overflow.QUEUE) for _ in range(60)))
    start = windows.minute_of(clock()).reset_at
    leaves = sorted(each.leaves_at for each in waiting)
    minute = timedelta(minutes=1)
    assert leaves == [start] * 25 + [start + minute] * 25 + [start + 2 * minute] * 10
    for n, count in enumerate((25, 25, 10)):
        assert await used(db, inbox, "minute", start + n * minute) == count


async def test_whoever_comes_when_the_time_has_come_finds_it_charged(send, clock):
    await fill_minute(send)
    for _ in range(windows.MINUTE):
        await send(overflow=Overflow.QUEUE)
    clock.advance(minutes=1)
    with pytest.raises(LimitExceeded):
        await send()


async def test_at_a_full_day_it_leaves_tomorrow(send, clock, db, inbox):
    small = await add_inbox(db, 7, daily_send_limit=10)
    await send(inbox_id=small.id, draft=_to(PEOPLE))
    submitted = await send(
        inbox_id=small.id, draft=_to(PEOPLE[:3]), overflow=Overflow.QUEUE
    )
    tomorrow = windows.day_of(clock()).reset_at
    assert submitted.leaves_at == tomorrow
    assert await used(db, small, "day", tomorrow) == 3
    assert await used(db, small, "account_day", tomorrow) == 3
    today = windows.day_of(clock()).start
    assert await used(db, small, "day", today) == 10
    assert await used(db, small, "account_day", today) == 10


async def test_what_fits_no_day_is_refused_and_takes_nothing(send, clock, db):
    small = await add_inbox(db, 7, daily_send_limit=2)
    with pytest.raises(LimitExceeded) as caught:
        await send(inbox_id=small.id, draft=_to(PEOPLE), overflow=Overflow.QUEUE)
    assert caught.value.retry_after_seconds is None
    for ahead in range(9):
        day = windows.day_of(clock() + timedelta(days=ahead)).start
        assert await used(db, small, "day", day) == 0
        assert await used(db, small, "account_day", day) == 0


async def test_eight_full_days_are_the_end_of_patience(send, clock, db):
    small = await add_inbox(db, 7, daily_send_limit=10)
    for _ in range(8):
        await send(inbox_id=small.id, draft=_to(PEOPLE), overflow=Overflow.QUEUE)
    with pytest.raises(LimitExceeded):
        await send(inbox_id=small.id, overflow=Overflow.QUEUE)


async def test_a_time_of_its_own_counts_when_it_is_later(send, clock):
    await fill_minute(send)
    later = clock() + timedelta(hours=1)
    submitted = await send(overflow=Overflow.QUEUE, send_at=later)
    assert submitted.leaves_at == later


async def test_held_at_a_limit_it_takes_nothing_and_says_so_per_recipient(
    send, log, clock, db, inbox
):
    await fill_minute(send)
    submitted = await send(draft=_to(PEOPLE[:2]), overflow=Overflow.HOLD)
    assert [d.state for d in submitted.deliveries] == [State.HELD] * 2
    assert {d.hold_reason for d in submitted.deliveries} == {release.OVERFLOWED}
    held = [e for e in await log() if e.type is EventType.MESSAGE_HELD]
    assert {event.recipient for event in held} == {box.address for box in PEOPLE[:2]}
    today = windows.day_of(clock()).start
    assert await used(db, inbox, "day", today) == windows.MINUTE


async def test_what_is_held_is_charged_when_there_is_room(send, clock, db, inbox):
    await fill_minute(send)
    first = await send(draft=_to(PEOPLE[:2]), overflow=Overflow.HOLD)
    second = await send(draft=_to(PEOPLE[2:]), overflow=Overflow.HOLD)
    held = [*first.deliveries, *second.deliveries]
    assert await db.write(release.admit, held) == []
    clock.advance(minutes=1)
    for _ in range(windows.MINUTE - 1):
        await send()
    assert await db.write(release.admit, held) == first.deliveries
    today = windows.day_of(clock()).start
    assert await used(db, inbox, "day", today) == 2 * windows.MINUTE + 1


async def test_within_the_limits_overflow_changes_nothing(send, log):
    for overflow in Overflow:
        assert (await send(overflow=overflow)).leaves_at is None
    assert await kinds(log) == [EventType.MESSAGE_QUEUED] * 3


@pytest.mark.parametrize("overflow", [Overflow.QUEUE, Overflow.HOLD])
async def test_a_preview_says_what_would_become_of_it(send, db, inbox, clock, overflow):
    await fill_minute(send)
    shown = await send(overflow=overflow, validate_only=True)
    real = await send(overflow=overflow)
    assert shown.leaves_at == real.leaves_at
    assert [d.state for d in shown.deliveries] == [d.state for d in real.deliveries]
    with pytest.raises(LimitExceeded):
        await send(validate_only=True)


async def test_a_repeat_names_the_same_time(send, clock):
    at = clock() + timedelta(hours=1)
    wanted = {"send_at": at, "request_id": "r1", "digest": b"d"}
    first = await send(**wanted)
    again = await send(**wanted)
    assert again.replayed
    assert again.leaves_at == first.leaves_at == at


async def test_the_wish_for_tls_goes_with_every_delivery(send):
    submitted = await send(draft=_to(PEOPLE[:2]), require_tls=True)
    assert all(delivery.require_tls for delivery in submitted.deliveries)


def _to(people):
    return replace(DRAFT, to=tuple(people))


async def test_held_at_a_limit_it_keeps_its_time(send, clock):
    at = clock() + timedelta(days=3)
    await fill_minute(send)
    shown = await send(send_at=at, overflow=Overflow.HOLD, validate_only=True)
    submitted = await send(send_at=at, overflow=Overflow.HOLD)
    for [delivery] in (shown.deliveries, submitted.deliveries):
        assert delivery.state is State.HELD
        assert delivery.due_at == delivery.queued_at == at
        assert delivery.gives_up_at == at + timedelta(hours=72)
    assert submitted.leaves_at is None


async def test_no_more_than_a_day_of_mail_is_held_at_a_limit(send, db):
    small = await add_inbox(db, 7, daily_send_limit=10)
    wanted = {"inbox_id": small.id, "draft": _to(PEOPLE[:5])}
    for _ in range(2):
        await send(**wanted)
    for _ in range(2):
        assert (await send(**wanted, overflow=Overflow.HOLD)).deliveries
    for preview in (True, False):
        with pytest.raises(LimitExceeded):
            await send(**wanted, overflow=Overflow.HOLD, validate_only=preview)


async def test_a_minute_that_is_yet_to_come_is_no_limit_that_is_reached(send, log):
    for _ in range(2 * windows.MINUTE):
        await send(overflow=Overflow.QUEUE)
    assert (await kinds(log)).count(EventType.INBOX_LIMIT_REACHED) == 1
