import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.reputation import Outcome, Standing
from mailbot_server.engine import inboxes as engine
from mailbot_server.engine.inboxes import reputation
from mailbot_server.store import events, inboxes
from tests.fakes import tenants


@pytest.fixture
async def inbox(db):
    account = await tenants.add_account(db)
    return await tenants.add_inbox(db, of=account)


async def happened(db, inbox, *, other=0, hard=0, complaints=0):
    def settle(tx):
        kinds = [Outcome.OTHER] * other + [Outcome.HARD_BOUNCE] * hard
        for kind in [*kinds, *[Outcome.COMPLAINT] * complaints]:
            reputation.settled(tx, inbox.account_id, inbox.id, kind)

    await db.write(settle)


async def told(db, inbox):
    found = await db.read(events.after, inbox.account_id, 0, EventFilter(), 100)
    return [event for event in found.events if event.inbox_id == inbox.id]


async def state(db, inbox):
    return await db.read(inboxes.get, inbox.account_id, inbox.id)


async def test_five_percent_of_hard_bounces_warn_once(db, inbox):
    await happened(db, inbox, other=95, hard=5)
    await happened(db, inbox, hard=2)
    [warned] = await told(db, inbox)
    assert warned.type is EventType.INBOX_WARNED
    assert (warned.detail.outcomes, warned.detail.hard_bounces) == (100, 5)
    assert (warned.detail.cause, warned.detail.threshold) == ("hard_bounces", 0.05)
    assert (await state(db, inbox)).state is InboxState.ACTIVE


async def test_once_it_was_good_again_it_may_be_warned_again(db, inbox):
    await happened(db, inbox, other=95, hard=5)
    await happened(db, inbox, other=400, hard=1)
    await happened(db, inbox, hard=25)
    kinds = [event.type for event in await told(db, inbox)]
    assert kinds == [EventType.INBOX_WARNED, EventType.INBOX_WARNED]


async def test_ten_percent_suspend_this_inbox_alone(db, inbox):
    other = await tenants.add_inbox(db, 2)
    await happened(db, inbox, other=90, hard=10)
    suspended = await state(db, inbox)
    assert suspended.state is InboxState.SUSPENDED
    assert suspended.suspension.by == "mailbot"
    assert suspended.suspension.until is None
    assert "10 of its last 100 deliveries" in suspended.suspension.reason
    assert [e.type for e in await told(db, inbox)] == [EventType.INBOX_SUSPENDED]
    assert (await state(db, other)).state is InboxState.ACTIVE


async def test_three_complaints_in_a_thousand_suspend(db, inbox):
    await happened(db, inbox, other=1_000, complaints=3)
    assert (await state(db, inbox)).state is InboxState.SUSPENDED


async def test_after_activation_what_was_does_not_count_again(db, inbox):
    await happened(db, inbox, other=90, hard=10)
    await engine.activate(db, tenants.principal(), inbox.id)
    await happened(db, inbox, other=95, hard=4)
    assert (await state(db, inbox)).state is InboxState.ACTIVE
    found = await db.read(lambda tx: reputation.read(tx, inbox.id, tx.now))
    assert (found.tally.outcomes, found.tally.hard_bounces) == (99, 4)


@pytest.mark.parametrize("change", [engine.suspend, engine.disable])
async def test_what_was_does_not_count_after_another_change_either(db, inbox, change):
    await happened(db, inbox, other=90, hard=10)
    await change(db, tenants.principal(), inbox.id)
    await engine.activate(db, tenants.principal(), inbox.id)
    await happened(db, inbox, other=95, hard=4)
    assert (await state(db, inbox)).state is InboxState.ACTIVE
    found = await db.read(lambda tx: reputation.read(tx, inbox.id, tx.now))
    assert (found.tally.outcomes, found.tally.hard_bounces) == (99, 4)


async def test_a_suspension_by_hand_keeps_what_counts(db, inbox):
    await happened(db, inbox, other=95, hard=5)
    await engine.suspend(db, tenants.principal(), inbox.id, reason="holiday")
    await happened(db, inbox, hard=90)
    assert (await state(db, inbox)).suspension.reason == "holiday"
    await engine.activate(db, tenants.principal(), inbox.id)
    found = await db.read(lambda tx: reputation.read(tx, inbox.id, tx.now))
    assert found.standing is Standing.BAD


@pytest.mark.parametrize(
    ("ended", "scope", "counts"),
    [
        (State.DELIVERED, "", Outcome.OTHER),
        (State.SENT, "", Outcome.OTHER),
        (State.EXPIRED, "infrastructure", Outcome.OTHER),
        (State.UNKNOWN, "", Outcome.OTHER),
        (State.BOUNCED, "policy", Outcome.OTHER),
        (State.BOUNCED, "recipient", Outcome.HARD_BOUNCE),
        (State.FAILED, "recipient", None),
        (State.SUPPRESSED, "", None),
        (State.CANCELLED, "", None),
        (State.DEFERRED, "recipient", None),
    ],
)
def test_what_counts_and_how(ended, scope, counts):
    assert reputation.outcome_of(ended, scope) is counts
