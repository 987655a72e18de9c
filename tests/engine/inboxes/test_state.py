"""Inboxes move between their states, and the queue follows to the last delivery."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.errors import Conflict, InvalidInput, NotFound, WrongState
from mailbot_server.core.event import (
    Event,
    EventFilter,
    EventType,
    HoldDetail,
    InboxDetail,
)
from mailbot_server.core.inbox import Inbox, InboxState, Suspension
from mailbot_server.engine.inboxes import (
    activate,
    disable,
    expire,
    finish,
    resume,
    state,
    suspend,
)
from mailbot_server.store import deliveries, events, inboxes
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import (
    BEGINNING,
    account,
    add_account,
    add_inbox,
    inbox,
    principal,
)

ME = principal()
HELD = {"state": State.HELD, "hold_reason": "inbox_suspended"}
PAUSE = Suspension(reason="", by="key_9", since=BEGINNING)


async def log(db: Database, *types: EventType) -> list[Event]:
    wanted = EventFilter(types=types)
    page = await db.read(events.after, account().id, 0, wanted, 1000)
    return page.events


async def stored(db: Database) -> Inbox:
    found = await db.read(inboxes.get, account().id, inbox().id)
    assert found is not None
    return found


async def states(db: Database, its: list[Delivery]) -> list[str]:
    def read(tx: Transaction) -> list[str]:
        found = [deliveries.get(tx, each.account_id, each.id) for each in its]
        return [each.state.value for each in found if each]

    return await db.read(read)


async def suspended_inbox(db: Database, **changes: Any) -> Inbox:
    await add_account(db)
    pause = {"state": InboxState.SUSPENDED, "suspension": PAUSE}
    return await add_inbox(db, **{**pause, **changes})


async def test_suspending_says_why_by_whom_and_until_when(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    old = await add_inbox(db)
    end = clock() + timedelta(hours=1)
    with db.watch("inboxes") as watch:
        new = await suspend(
            db, ME, old.address, reason="Audit", until=end, refuse_inbound=True
        )
        assert await watch.changed(20)
    assert new == await stored(db)
    assert (new.state, new.version) == (InboxState.SUSPENDED, 2)
    assert new.suspension == Suspension(
        reason="Audit", by=ME.key_id, since=clock(), until=end, refuse_inbound=True
    )
    (event,) = await log(db)
    assert event.type is EventType.INBOX_SUSPENDED
    assert event.detail == InboxDetail(
        address=old.address,
        previous_state="active",
        state="suspended",
        reason="Audit",
        changed_by=ME.key_id,
    )


async def test_suspending_again_changes_nothing_or_the_terms_only(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    await add_inbox(db)
    first = await suspend(db, ME, inbox().id, reason="Audit")
    since = clock()
    clock.advance(hours=1)
    assert await suspend(db, ME, inbox().id, reason="Audit") == first
    other = await suspend(db, ME, inbox().id, reason="Audit", refuse_inbound=True)
    assert other.suspension is not None
    assert (other.suspension.since, other.suspension.refuse_inbound) == (since, True)
    assert len(await log(db)) == 2


async def test_a_suspension_that_ends_before_it_begins_is_refused(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    await add_inbox(db)
    with pytest.raises(InvalidInput) as raised:
        await suspend(db, ME, inbox().id, until=clock())
    assert raised.value.violations[0].field == "resume_time"


async def test_a_reason_too_long_to_keep_is_refused(db: Database) -> None:
    with pytest.raises(InvalidInput) as raised:
        await suspend(db, ME, inbox().id, reason="x" * 501)
    assert raised.value.violations[0].field == "reason"


async def test_a_disabled_inbox_cannot_be_suspended(db: Database) -> None:
    await add_account(db)
    await add_inbox(db, state=InboxState.DISABLED)
    with pytest.raises(WrongState) as raised:
        await suspend(db, ME, inbox().id)
    assert raised.value.reason == "INBOX_DISABLED"
    assert raised.value.details["state"] == "disabled"


async def test_suspending_leaves_what_waits_in_the_queue(db: Database) -> None:
    await add_account(db)
    its = await add_deliveries(db, await add_inbox(db), range(3))
    await suspend(db, ME, inbox().id)
    assert await states(db, its) == ["queued"] * 3


async def test_activating_ends_a_suspension_and_says_so(
    db: Database, clock: FakeClock
) -> None:
    old = await suspended_inbox(db)
    new = await activate(db, ME, old.address)
    assert new == await stored(db)
    assert (new.state, new.suspension) == (InboxState.ACTIVE, None)
    assert (new.version, new.updated_at) == (old.version + 1, clock())
    (event,) = await log(db)
    assert event.type is EventType.INBOX_ACTIVATED
    assert event.detail == InboxDetail(
        address=old.address,
        previous_state="suspended",
        state="active",
        changed_by=ME.key_id,
    )


async def test_activating_an_active_inbox_changes_nothing(db: Database) -> None:
    await add_account(db)
    old = await add_inbox(db)
    assert await activate(db, ME, old.id) == old
    assert await log(db) == []


async def test_activating_revives_a_disabled_inbox(db: Database) -> None:
    await add_account(db)
    await add_inbox(db)
    await disable(db, ME, inbox().id)
    new = await activate(db, ME, inbox().id)
    assert (new.state, new.disabled_at) == (InboxState.ACTIVE, None)
    assert await stored(db) == new


@pytest.mark.parametrize("current", list(InboxState))
async def test_an_expired_inbox_cannot_be_activated(
    db: Database, clock: FakeClock, current: InboxState
) -> None:
    await add_account(db)
    await add_inbox(db, state=current, expires_at=clock())
    with pytest.raises(WrongState) as raised:
        await activate(db, ME, inbox().id)
    assert raised.value.reason == "INBOX_EXPIRED"


async def test_what_a_suspension_held_is_released_and_each_delivery_told(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "CHUNK", 2)
    mine = await suspended_inbox(db)
    held = await add_deliveries(db, mine, range(10, 15), **HELD)
    other = await add_deliveries(
        db, mine, range(20, 21), state=State.HELD, hold_reason="hostname_unset"
    )
    neighbour = await add_inbox(db, 2, state=InboxState.SUSPENDED, suspension=PAUSE)
    theirs = await add_deliveries(db, neighbour, range(30, 31), **HELD)
    with db.watch("deliveries") as watch:
        await activate(db, ME, mine.id)
        assert await watch.changed(20)
    assert await states(db, held) == ["queued"] * 5
    assert await states(db, [*other, *theirs]) == ["held", "held"]
    told = await log(db, EventType.MESSAGE_RELEASED)
    assert [event.delivery_id for event in told] == [each.id for each in held]
    first, detail = told[0], told[0].detail
    assert (first.message_id, first.recipient) == (
        held[0].message_id,
        held[0].recipient,
    )
    assert (first.inbox_id, first.thread_id) == (mine.id, held[0].thread_id)
    assert first.metadata == {"order": "10"}
    assert isinstance(detail, HoldDetail)
    assert detail.reason == "inbox_suspended"
    due = await db.write(deliveries.lease_due, "nod_1", 10, 60)
    assert {each.id for each in due} == {each.id for each in held}


async def test_disabling_ends_an_inbox_and_says_so(
    db: Database, clock: FakeClock
) -> None:
    await suspended_inbox(db)
    new = await disable(db, ME, inbox().address)
    assert new == await stored(db)
    assert (new.state, new.suspension) == (InboxState.DISABLED, None)
    assert new.disabled_at == clock()
    (event,) = await log(db)
    assert event.type is EventType.INBOX_DISABLED
    assert event.detail == InboxDetail(
        address=new.address,
        previous_state="suspended",
        state="disabled",
        changed_by=ME.key_id,
    )


async def test_disabling_again_changes_nothing_whatever_the_etag(db: Database) -> None:
    await add_account(db)
    old = await add_inbox(db)
    first = await disable(db, ME, old.id, etag=old.etag)
    assert await disable(db, ME, old.id, etag=old.etag) == first
    assert len(await log(db)) == 1


async def test_disabling_with_a_stale_etag_is_refused(db: Database) -> None:
    await add_account(db)
    old = await add_inbox(db)
    with pytest.raises(Conflict):
        await disable(db, ME, old.id, etag="v7")
    assert await stored(db) == old


async def test_disabling_cancels_what_has_not_left_and_each_delivery_is_told(
    db: Database, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "CHUNK", 2)
    await add_account(db)
    mine = await add_inbox(db)
    open_ = [
        *await add_deliveries(db, mine, range(10, 12)),
        *await add_deliveries(db, mine, range(20, 22), state=State.DEFERRED),
        *await add_deliveries(db, mine, range(30, 31), **HELD),
    ]
    leased = await add_deliveries(db, mine, range(40, 41), state=State.LEASED)
    theirs = await add_deliveries(db, await add_inbox(db, 2), range(50, 51))
    await disable(db, ME, mine.id)
    assert await states(db, open_) == ["cancelled"] * 5
    assert await states(db, [*leased, *theirs]) == ["leased", "queued"]
    told = await log(db, EventType.MESSAGE_CANCELLED)
    assert [event.delivery_id for event in told] == [each.id for each in open_]
    assert [event.metadata for event in told[:1]] == [{"order": "10"}]
    assert {getattr(event.detail, "reason", "") for event in told} == {"inbox_disabled"}
    counts = await db.read(inboxes.counts, mine.id)
    assert counts.open_deliveries == 1
    labels = {"stream": "transactional", "outcome": "cancelled"}
    assert metrics.registry.get_sample_value("mailbot_deliveries_total", labels) == 5


async def test_an_expired_inbox_is_disabled_once_and_its_queue_cancelled(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    old = await add_inbox(db, expires_at=clock())
    its = await add_deliveries(db, old, range(1))
    await expire(db, old)
    await expire(db, old)
    new = await stored(db)
    assert (new.state, new.disabled_at) == (InboxState.DISABLED, clock())
    assert await states(db, its) == ["cancelled"]
    told = await log(db)
    assert [event.type for event in told] == [
        *(EventType.INBOX_EXPIRED, EventType.MESSAGE_CANCELLED)
    ]
    assert told[0].detail == InboxDetail(
        address=old.address,
        previous_state="active",
        state="disabled",
        changed_by="mailbot",
    )


async def test_an_inbox_whose_end_was_moved_meanwhile_does_not_expire(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    await add_inbox(db, expires_at=clock() + timedelta(seconds=1))
    await expire(db, inbox(expires_at=clock()))
    assert (await stored(db)).state is InboxState.ACTIVE


async def test_a_suspension_that_ran_out_ends_by_itself(
    db: Database, clock: FakeClock
) -> None:
    old = await suspended_inbox(
        db, suspension=Suspension(reason="", by="key_9", since=BEGINNING, until=clock())
    )
    its = await add_deliveries(db, old, range(2), **HELD)
    await resume(db, old)
    await resume(db, old)
    assert (await stored(db)).state is InboxState.ACTIVE
    assert await states(db, its) == ["queued", "queued"]
    told = await log(db)
    assert [event.type for event in told] == [
        EventType.INBOX_ACTIVATED,
        *[EventType.MESSAGE_RELEASED] * 2,
    ]
    assert getattr(told[0].detail, "changed_by", "") == "mailbot"


@pytest.mark.parametrize(
    "until", [None, timedelta(seconds=1)], ids=["without-end", "later"]
)
async def test_a_suspension_that_was_changed_meanwhile_does_not_end(
    db: Database, clock: FakeClock, until: timedelta | None
) -> None:
    end = clock() + until if until else None
    pause = Suspension(reason="", by="key_9", since=BEGINNING, until=end)
    old = await suspended_inbox(db, suspension=pause)
    await resume(db, old)
    assert await stored(db) == old


async def test_a_suspended_inbox_that_has_expired_is_not_resumed(
    db: Database, clock: FakeClock
) -> None:
    pause = Suspension(reason="", by="key_9", since=BEGINNING, until=clock())
    old = await suspended_inbox(db, suspension=pause, expires_at=clock())
    await resume(db, old)
    assert await stored(db) == old


async def test_what_an_interrupted_change_left_is_finished(db: Database) -> None:
    await add_account(db)
    active = await add_inbox(db)
    released = await add_deliveries(db, active, range(10, 12), **HELD)
    ended = await add_inbox(db, 2, state=InboxState.DISABLED)
    cancelled = await add_deliveries(db, ended, range(20, 22))
    for each in (active, ended):
        await finish(db, each)
    assert await states(db, released) == ["queued", "queued"]
    assert await states(db, cancelled) == ["cancelled", "cancelled"]


async def test_finishing_what_was_true_before_does_nothing(db: Database) -> None:
    """Somebody else has changed the state between the change and the queue."""
    mine = await suspended_inbox(db)
    its = await add_deliveries(db, mine, range(2), **HELD)
    await finish(db, inbox(state=InboxState.ACTIVE))
    await finish(db, inbox(state=InboxState.DISABLED))
    await finish(db, mine)
    assert await states(db, its) == ["held", "held"]
    assert await log(db) == []


async def test_racing_changes_of_state_end_in_one_of_them(db: Database) -> None:
    await add_account(db)
    mine = await add_inbox(db)
    its = await add_deliveries(db, mine, range(6), **HELD)
    calls = [change(db, ME, mine.id) for change in (suspend, activate, disable) * 4]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    refused = [each for each in answers if isinstance(each, BaseException)]
    assert all(isinstance(each, WrongState) for each in refused)
    last = await stored(db)
    await finish(db, last)
    expected = {
        InboxState.ACTIVE: {"queued", "cancelled"},
        InboxState.SUSPENDED: {"held", "queued", "cancelled"},
        InboxState.DISABLED: {"cancelled"},
    }
    assert set(await states(db, its)) <= expected[last.state]


@pytest.mark.parametrize("change", [suspend, activate, disable])
async def test_an_inbox_that_the_caller_may_not_see_is_not_there(
    db: Database, change: Any
) -> None:
    await add_account(db)
    other = await add_account(db, 2)
    old = await add_inbox(db)
    for caller in (principal(other), principal(inbox_ids=("inb_other",))):
        with pytest.raises(NotFound):
            await change(db, caller, old.id)
    assert await stored(db) == old
