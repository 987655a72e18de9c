"""Deliveries by filter: tried at once, cancelled, held, released; rows and events."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core import limits as windows
from mailbot_server.core.delivery import (
    CANCEL_REQUESTED,
    Accepted,
    Deferred,
    DeliveryFilter,
    Stage,
    State,
    Trace,
)
from mailbot_server.core.event import EventType, HoldDetail
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee, Overflow
from mailbot_server.engine.outbound import motion
from mailbot_server.engine.outbound.motion import Moved
from mailbot_server.engine.outbound.queue import lease as leases
from mailbot_server.engine.outbound.settle import settle, settle_lost
from mailbot_server.store import deliveries, inboxes
from mailbot_server.store.deliveries import listing
from tests.fakes.drafts import DRAFT
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import account, add_account, add_inbox

LATER = Reply(code=451, enhanced="4.7.0", text="Try again later")
TAKEN = Reply(code=250, enhanced="2.0.0", text="Ok")
OWN = DeliveryFilter(account_id=account().id)
EVERYBODY = DeliveryFilter(account_id=None)
WAITS = {"state": State.DEFERRED, "attempts": 1}


def trace(clock, reply: Reply, stage: Stage = Stage.RCPT) -> Trace:
    return Trace(stage=stage, host="mx.example.com", reply=reply, started_at=clock())


async def states(db, its) -> list[State]:
    found = [await db.read(deliveries.find, each.id) for each in its]
    return [each.state for each in found]


def cancelled(metrics) -> float:
    labels = {"stream": "transactional", "outcome": "cancelled"}
    return metrics.registry.get_sample_value("mailbot_deliveries_total", labels) or 0.0


# --- retry ----------------------------------------------------------------------------


async def test_what_waits_for_its_time_is_due_now(db, inbox, clock, log):
    due = clock() + timedelta(hours=1)
    waiting = await add_deliveries(db, inbox, range(1, 4), due_at=due, **WAITS)
    await add_deliveries(db, inbox, range(4, 6), due_at=clock())
    await add_deliveries(db, inbox, range(6, 8), state=State.HELD, due_at=due)
    with db.watch(deliveries.TOPIC) as watch:
        assert await motion.retry(db, OWN) == Moved(changed=3)
        assert await watch.changed(5)
    found = [await db.read(deliveries.find, each.id) for each in waiting]
    assert [each.due_at for each in found] == [clock()] * 3
    assert [each.state for each in found] == [State.DEFERRED] * 3
    assert await motion.retry(db, OWN) == Moved()
    assert await log() == []


async def test_what_was_scheduled_does_not_leave_before_its_time(
    db, send, clock, stored
):
    at = clock() + timedelta(days=1)
    [scheduled] = (await send(send_at=at)).deliveries
    assert await motion.retry(db, OWN) == Moved()
    assert (await motion.hold(db, OWN, "")).changed == 1
    assert (await motion.release(db, OWN)).changed == 1
    assert (await stored(scheduled)).due_at == at


# --- hold and release -----------------------------------------------------------------


async def test_what_is_held_waits_until_it_is_released(
    db, send, stored, log, clock, metrics
):
    [delivery] = (await send(metadata={"order": "1"})).deliveries
    assert await motion.hold(db, OWN, "the customer called") == Moved(changed=1)
    held = await stored(delivery)
    assert (held.state, held.hold_reason) == (State.HELD, "held_by_caller")
    assert held.diagnostic == "the customer called"
    assert await db.write(deliveries.lease_due, "nod_me", 10, 900) == []
    assert await motion.hold(db, OWN, "again") == Moved()
    clock.advance(hours=2)
    wanted = replace(OWN, hold_reason="held_by_caller")
    assert await motion.release(db, wanted) == Moved(changed=1)
    released = await stored(delivery)
    assert (released.state, released.due_at) == (State.QUEUED, clock())
    assert (released.hold_reason, released.diagnostic) == ("", "")
    _, told_held, told_released = await log()
    assert (told_held.type, told_held.delivery_id) == (
        *(EventType.MESSAGE_HELD, delivery.id),
    )
    assert told_held.metadata == {"order": "1"}
    assert told_held.detail == HoldDetail(
        reason="held_by_caller", explanation="the customer called"
    )
    assert told_released.type is EventType.MESSAGE_RELEASED
    assert told_released.detail.reason == "held_by_caller"


async def test_what_a_limit_held_is_charged_when_it_is_released(
    db, inbox, clock, send, stored
):
    for _ in range(windows.MINUTE):
        await send()
    people = tuple(Mailbox(address=f"person{n}@example.com") for n in range(3))
    held = await send(draft=replace(DRAFT, to=people), overflow=Overflow.HOLD)
    wanted = replace(OWN, hold_reason="limit_overflow")
    assert await motion.release(db, wanted) == Moved(over_limit=3)
    assert (await stored(held.deliveries[0])).state is State.HELD
    clock.advance(minutes=1)
    before = (await db.read(inboxes.usage, inbox)).sends_today
    assert await motion.release(db, wanted) == Moved(changed=3)
    after = await db.read(inboxes.usage, inbox)
    assert after.sends_today - before == 3
    assert after.sends_this_minute == 1


# --- cancel ---------------------------------------------------------------------------


async def test_what_has_not_left_is_cancelled(db, inbox, metrics, log):
    made = [
        *await add_deliveries(db, inbox, range(1, 3)),
        *await add_deliveries(db, inbox, range(3, 5), **WAITS),
        *await add_deliveries(
            *(db, inbox, range(5, 6)), state=State.HELD, hold_reason="hostname_unset"
        ),
    ]
    over = await add_deliveries(db, inbox, range(6, 7), state=State.DELIVERED)
    assert await motion.cancel(db, OWN) == Moved(changed=5)
    assert set(await states(db, made)) == {State.CANCELLED}
    assert await states(db, over) == [State.DELIVERED]
    told = await log()
    assert {each.type for each in told} == {EventType.MESSAGE_CANCELLED}
    assert {each.delivery_id for each in told} == {each.id for each in made}
    assert {each.detail.reason for each in told} == {"cancelled_by_caller"}
    assert (await db.read(inboxes.counts, inbox.id)).open_deliveries == 0
    assert cancelled(metrics) == 5
    assert await motion.cancel(db, OWN) == Moved()


async def test_what_is_leased_and_has_not_begun_is_lost_to_its_queue(
    db, metrics, leased, stored, kinds
):
    lease = await leased()
    assert await motion.cancel(db, OWN) == Moved(changed=1)
    assert await leases.begin(db, metrics, lease) is leases.Begun.LOST
    assert (await stored(lease)).state is State.CANCELLED
    assert await kinds() == ["queued", "cancelled"]


@pytest.fixture
def under_way(db, metrics, leased):
    """A delivery whose attempt is under way and that was cancelled meanwhile."""

    async def begin(**changes):
        lease = await leased(**changes)
        assert await leases.begin(db, metrics, lease) is leases.Begun.STARTED
        assert await motion.cancel(db, OWN) == Moved(changed=1, under_way=1)
        assert await motion.cancel(db, OWN) == Moved()
        return lease

    return begin


async def test_an_attempt_that_fails_is_the_last_one(
    db, metrics, clock, under_way, stored, kinds, log
):
    lease = await under_way()
    assert (await stored(lease)).hold_reason == CANCEL_REQUESTED
    outcome = Deferred(trace=trace(clock, LATER))
    settled = await settle(db, metrics, lease, outcome, jitter=0.0)
    assert settled is not None
    assert settled.state is State.CANCELLED
    assert (await stored(lease)).hold_reason == ""
    assert await kinds() == ["queued", "attempted", "cancelled"]
    *_, attempted, last = await log()
    assert attempted.detail.next_attempt_at is None
    assert last.detail.reason == "cancelled_by_caller"
    assert cancelled(metrics) == 1


async def test_an_attempt_that_succeeds_is_what_it_is(
    db, metrics, clock, under_way, stored, kinds
):
    lease = await under_way()
    outcome = Accepted(trace=trace(clock, TAKEN, Stage.EOD), is_final=True)
    await settle(db, metrics, lease, outcome, jitter=0.0)
    now = await stored(lease)
    assert (now.state, now.hold_reason) == (State.DELIVERED, "")
    assert await kinds() == ["queued", "attempted", "sent", "delivered"]


async def test_an_attempt_that_is_called_off_is_not_made_again(
    db, metrics, under_way, stored, kinds
):
    lease = await under_way()
    await leases.give_back(db, [lease])
    assert (await stored(lease)).state is State.CANCELLED
    assert await kinds() == ["queued", "cancelled"]
    assert cancelled(metrics) == 1


async def test_an_attempt_that_cannot_be_signed_is_not_held(
    db, metrics, under_way, stored, kinds
):
    lease = await under_way()
    await leases.hold(db, metrics, lease, leases.DKIM_UNAVAILABLE, "no key")
    assert (await stored(lease)).state is State.CANCELLED
    assert await kinds() == ["queued", "cancelled"]
    assert cancelled(metrics) == 1


@pytest.mark.parametrize("guarantee", Guarantee)
async def test_an_attempt_that_nobody_knows_of_is_never_called_cancelled(
    db, metrics, clock, under_way, stored, kinds, guarantee
):
    lease = await under_way(guarantee=guarantee)
    clock.advance(hours=1)
    [lost] = await db.read(deliveries.leases_lost, "nod_other", 10)
    await settle_lost(db, metrics, lost, clock())
    now = await stored(lease)
    assert (now.state, now.hold_reason) == (State.UNKNOWN, "")
    assert await kinds() == ["queued", "unknown"]


# --- many -----------------------------------------------------------------------------


async def test_a_call_moves_so_many_and_says_that_there_are_more(
    db, inbox, monkeypatch
):
    monkeypatch.setattr(motion, "MOST", 5)
    monkeypatch.setattr(motion, "BATCH", 2)
    await add_deliveries(db, inbox, range(1, 9))
    assert await motion.hold(db, OWN, "") == Moved(changed=5, more=True)
    assert await motion.hold(db, OWN, "") == Moved(changed=3)


async def test_a_call_that_finds_nothing_for_long_says_that_there_is_more(
    db, inbox, monkeypatch
):
    monkeypatch.setattr(motion, "SECONDS_MAX", -1.0)
    monkeypatch.setattr(listing, "STRETCH", 2)
    await add_deliveries(db, inbox, range(1, 6))
    wanted = replace(OWN, domain="rare.example")
    assert await motion.cancel(db, wanted) == Moved(more=True)


async def test_all_accounts_are_moved_each_in_its_own_log(db, inbox, log):
    second = await add_inbox(db, 2, await add_account(db, 2))
    mine = await add_deliveries(db, inbox, range(1, 4))
    theirs = await add_deliveries(db, second, range(4, 6))
    assert await motion.cancel(db, OWN) == Moved(changed=3)
    assert set(await states(db, theirs)) == {State.QUEUED}
    assert await motion.cancel(db, EVERYBODY) == Moved(changed=2)
    assert set(await states(db, theirs)) == {State.CANCELLED}
    assert {each.delivery_id for each in await log()} == {each.id for each in mine}


async def test_a_filter_of_other_states_moves_nothing(db, inbox):
    await add_deliveries(db, inbox, range(1, 3))
    wanted = replace(OWN, states=(State.DELIVERED, State.HELD))
    for move in (motion.retry, motion.cancel):
        assert await move(db, wanted) == Moved()
    assert await motion.hold(db, wanted, "") == Moved()
    assert await motion.release(db, replace(OWN, states=(State.QUEUED,))) == Moved()


async def test_what_moved_on_meanwhile_is_left_alone(db, inbox, monkeypatch):
    """Between the look and the operation another one holds half of them."""
    made = await add_deliveries(db, inbox, range(1, 5))
    look = listing.page

    def page(tx, *arguments):
        found = look(tx, *arguments)
        monkeypatch.setattr(listing, "page", look)
        return found

    read = db.read

    async def read_then_hold(*arguments):
        found = await read(*arguments)
        if arguments[0] is page:
            some = replace(OWN, ids=tuple(each.id for each in made[:2]))
            await motion.hold(db, some, "")
        return found

    monkeypatch.setattr(listing, "page", page)
    monkeypatch.setattr(db, "read", read_then_hold)
    assert await motion.hold(db, OWN, "late") == Moved(changed=2)
