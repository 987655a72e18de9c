"""What is checked before a host is dialled, and how leases go back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import State
from mailbot_server.core.event import (
    AttemptDetail,
    EventType,
    HoldDetail,
    SuppressionDetail,
)
from mailbot_server.core.inbox import InboxState, Suspension
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.suppression import SuppressionReason, Wanted
from mailbot_server.engine import inboxes as engine
from mailbot_server.engine import suppressions
from mailbot_server.engine.outbound.queue import lease as leases
from mailbot_server.engine.outbound.queue.lease import (
    Begun,
)
from mailbot_server.engine.outbound.routing import stays
from mailbot_server.engine.outbound.routing.route import choose
from mailbot_server.engine.outbound.routing.stays import HOSTNAME_UNSET, ROUTE_HOLD
from mailbot_server.store import deliveries, inboxes
from mailbot_server.store.domains import rows
from tests.fakes.domains import domain
from tests.fakes.drafts import DRAFT
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import BEGINNING, add_account, add_inbox, principal


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def test_an_attempt_is_marked_as_begun(db, metrics, leased, stored, kinds):
    lease = await leased()
    begun = await leases.begin(db, metrics, lease)
    assert begun is Begun.STARTED
    assert (await stored(lease)).started
    assert await kinds() == ["queued"]


async def test_f10_a_lease_that_was_lost_does_not_begin(db, metrics, leased, clock):
    lease = await leased()
    await leases.give_back(db, [lease])
    begun = await leases.begin(db, metrics, lease)
    assert begun is Begun.LOST
    assert sample(metrics, "mailbot_queue_fencing_rejections_total") == 1


async def test_without_a_hostname_mail_is_held_and_says_which_setting(
    db, metrics, leased, stored, log
):
    lease = await leased(metadata={"order": "1"})
    assert await leases.begin(db, metrics, lease, hold=HOSTNAME_UNSET) is Begun.HELD
    now = await stored(lease)
    assert (now.state, now.hold_reason) == (State.HELD, "hostname_unset")
    assert "hostname" in now.diagnostic
    held = (await log())[-1]
    assert (held.type, held.metadata) == (EventType.MESSAGE_HELD, {"order": "1"})
    assert isinstance(held.detail, HoldDetail)
    assert held.detail.reason == "hostname_unset"
    assert "hostname" in held.detail.explanation


async def test_d20_mail_of_a_suspended_inbox_is_held_and_resumes_intact(
    db, metrics, leased, stored, kinds, inbox, clock
):
    lease = await leased()
    suspension = Suspension(reason="x", by="key", since=clock())
    await db.write(
        inboxes.update,
        replace(inbox, state=InboxState.SUSPENDED, suspension=suspension),
    )
    assert await leases.begin(db, metrics, lease) is Begun.HELD
    assert (await stored(lease)).hold_reason == engine.HELD_BY_SUSPENSION
    await engine.activate(db, principal(), inbox.id)
    now = await stored(lease)
    assert (now.state, now.hold_reason) == (State.QUEUED, "")
    assert await kinds() == ["queued", "held", "released"]


async def test_d20_mail_of_a_disabled_inbox_is_cancelled(
    db, metrics, leased, stored, log, inbox
):
    lease = await leased()
    await db.write(inboxes.update, replace(inbox, state=InboxState.DISABLED))
    assert (
        await leases.begin(db, metrics, lease, hold=HOSTNAME_UNSET) is Begun.CANCELLED
    )
    assert (await stored(lease)).state is State.CANCELLED
    cancelled = (await log())[-1]
    assert cancelled.type is EventType.MESSAGE_CANCELLED
    assert isinstance(cancelled.detail, HoldDetail)
    assert cancelled.detail.reason == "inbox_disabled"
    name = "mailbot_deliveries_total"
    assert sample(metrics, name, stream="transactional", outcome="cancelled") == 1


@pytest.fixture
async def at_example(db, inbox):
    """An inbox at example.com, which the account has given up."""
    return await add_inbox(db, 2, address="a@example.com", domain="example.com")


@pytest.fixture
def sold(db):
    """Has another account verify example.com."""

    async def sell():
        await add_account(db, 2)
        await db.write(rows.add, domain(of=2, verified_at=BEGINNING))

    return sell


async def test_mail_of_a_domain_that_changed_hands_is_held_until_it_is_back(
    db, metrics, leased, stored, log, at_example, sold
):
    lease = await leased(inbox_id=at_example.id)
    await sold()
    assert await leases.begin(db, metrics, lease) is Begun.HELD
    now = await stored(lease)
    assert (now.state, now.hold_reason) == (State.HELD, "domain_lost")
    assert "verify it again" in now.diagnostic
    told = (await log())[-1]
    assert (told.type, told.detail.reason) == (EventType.MESSAGE_HELD, "domain_lost")
    mine = at_example.account_id
    assert await leases.release_regained(db, mine, "example.org") == 0
    assert await leases.release_regained(db, mine, "example.com") == 1
    [again] = await db.write(deliveries.lease_due, "nod_me", 10, 900)
    assert await leases.begin(db, metrics, again) is Begun.HELD
    await db.write(rows.delete, domain(of=2))
    assert await leases.release_regained(db, mine, "example.com") == 1
    [again] = await db.write(deliveries.lease_due, "nod_me", 10, 900)
    assert await leases.begin(db, metrics, again) is Begun.STARTED


async def test_what_was_scheduled_before_a_domain_changed_hands_is_held(
    db, metrics, send, stored, at_example, sold, clock
):
    later = clock() + timedelta(hours=1)
    await send(inbox_id=at_example.id, send_at=later)
    await sold()
    clock.now = later
    [lease] = await db.write(deliveries.lease_due, "nod_me", 10, 900)
    assert await leases.begin(db, metrics, lease) is Begun.HELD
    assert (await stored(lease)).hold_reason == "domain_lost"


async def test_what_was_held_before_a_domain_changed_hands_is_held_on(
    db, metrics, leased, stored, at_example, sold
):
    lease = await leased(inbox_id=at_example.id)
    await leases.hold(db, metrics, lease, leases.DKIM_UNAVAILABLE, "no key")
    await sold()
    assert await leases.release_signable(db, lease.account_id, "example.com") == 1
    [again] = await db.write(deliveries.lease_due, "nod_me", 10, 900)
    assert await leases.begin(db, metrics, again) is Begun.HELD
    assert (await stored(lease)).hold_reason == "domain_lost"


@pytest.mark.parametrize("state", [InboxState.DISABLED, InboxState.SUSPENDED])
async def test_a_lost_lease_is_neither_held_nor_cancelled(
    db, metrics, leased, stored, kinds, inbox, state
):
    lease = await leased()
    await leases.give_back(db, [lease])
    await db.write(inboxes.update, replace(inbox, state=state))
    assert await leases.begin(db, metrics, lease) is Begun.LOST
    assert (await stored(lease)).state is State.QUEUED
    assert await kinds() == ["queued"]


async def test_leases_go_back_as_they_came(db, leased, stored, clock, kinds):
    lease = await leased()
    clock.advance(seconds=7)
    await leases.give_back(db, [lease])
    now = await stored(lease)
    assert (now.state, now.due_at, now.attempts) == (State.QUEUED, clock(), 0)
    assert await kinds() == ["queued"]
    with db.watch("deliveries") as watch:
        [again] = await db.write(deliveries.lease_due, "nod_me", 10, 900)
        await leases.give_back(db, [again])
        assert await watch.changed(1)


async def test_leases_of_several_accounts_go_back_one_account_at_a_time(
    db, send, monkeypatch
):
    theirs = await add_inbox(db, 2, await add_account(db, 2))
    await add_deliveries(db, theirs, range(2))
    await send()
    its = await db.write(deliveries.lease_due, "nod_me", 10, 900)
    operations: list[set[str]] = []
    give_back = leases._give_back

    def watched(tx, some):
        operations.append({each.account_id for each in some})
        return give_back(tx, some)

    monkeypatch.setattr(leases, "_give_back", watched)
    await leases.give_back(db, [its[0], its[2], its[1]])
    assert [len(accounts) for accounts in operations] == [1, 1]
    assert len(await db.write(deliveries.lease_due, "nod_me", 10, 900)) == 3


async def test_a_name_releases_what_waited_for_it(db, metrics, leased, stored, kinds):
    held = []
    for _ in range(3):
        lease = await leased()
        await leases.begin(db, metrics, lease, hold=HOSTNAME_UNSET)
        held.append(lease)
    assert await leases.release_permitted(db, load()) == 0
    assert await leases.release_permitted(db, load(hostname="mail.example.net")) == 3
    assert [(await stored(each)).state for each in held] == [State.QUEUED] * 3
    assert (await kinds()).count("released") == 3
    assert await leases.release_permitted(db, load(hostname="mail.example.net")) == 0


@pytest.mark.parametrize(
    ("settings", "states"),
    [
        pytest.param(
            {"routes": [{"domain": "example.com", "host": "127.0.0.1"}]},
            *([State.QUEUED, State.HELD],),
            id="pinned",
        ),
        pytest.param(
            {"smart_host": {"host": "relay.example.net"}},
            *([State.QUEUED, State.QUEUED],),
            id="smart-host",
        ),
    ],
)
async def test_a_way_without_a_name_releases_what_may_go_there(
    db, metrics, leased, stored, settings, states
):
    held = []
    for host in ("example.com", "example.org"):
        to = (Mailbox(address=f"customer@{host}"),)
        lease = await leased(draft=replace(DRAFT, to=to))
        await leases.begin(db, metrics, lease, hold=HOSTNAME_UNSET)
        held.append(lease)
    released = await leases.release_permitted(db, load(**settings))
    assert released == states.count(State.QUEUED)
    assert [(await stored(each)).state for each in held] == states


async def test_a_relay_of_the_sender_s_domain_releases_what_it_may_send(
    db, metrics, leased, stored, inbox
):
    other = await add_inbox(db, 2, domain="other.example")
    held = []
    for inbox_id in (inbox.id, other.id):
        lease = await leased(inbox_id=inbox_id)
        await leases.begin(db, metrics, lease, hold=HOSTNAME_UNSET)
        held.append(lease)
    relay = {"host": "relay.example.net"}
    way = {"domain": held[1].sender_domain, "smart_host": relay}
    assert await leases.release_permitted(db, load(sender_routes=[way])) == 1
    states = [(await stored(each)).state for each in held]
    assert states == [State.HELD, State.QUEUED]


async def test_a_way_instead_of_the_hold_releases_what_waited(
    db, metrics, leased, stored, log
):
    holding = load(hostname="mail.example.net", routes=[{"domain": "*", "way": "hold"}])
    lease = await leased()
    why = stays.why_held(holding, choose(holding, lease.domain))
    assert why == ROUTE_HOLD
    assert await leases.begin(db, metrics, lease, hold=why) is Begun.HELD
    assert "routes" in (await stored(lease)).diagnostic
    assert await leases.release_permitted(db, holding) == 0
    assert await leases.release_permitted(db, load()) == 0
    assert await leases.release_permitted(db, load(hostname="mail.example.net")) == 1
    assert (await stored(lease)).state is State.QUEUED
    released = (await log())[-1]
    assert released.type is EventType.MESSAGE_RELEASED
    assert released.detail.reason == ROUTE_HOLD


async def test_what_is_held_for_too_long_expires(
    db, metrics, leased, stored, log, clock, inbox
):
    lease = await leased()
    await leases.begin(db, metrics, lease, hold=HOSTNAME_UNSET)
    assert await leases.expire_overdue(db, metrics) == 0
    clock.advance(hours=73)
    assert await leases.expire_overdue(db, metrics) == 1
    now = await stored(lease)
    assert (now.state, now.hold_reason) == (State.EXPIRED, "")
    expired = (await log())[-1]
    assert expired.type is EventType.MESSAGE_EXPIRED
    assert isinstance(expired.detail, AttemptDetail)
    assert "hostname_unset" in expired.detail.diagnostic
    counts = await db.read(inboxes.counts, inbox.id)
    assert counts.open_deliveries == 0
    name = "mailbot_deliveries_total"
    assert sample(metrics, name, stream="transactional", outcome="expired") == 1


async def test_one_that_cannot_be_ended_keeps_no_other_waiting(
    db, metrics, leased, stored, clock, monkeypatch
):
    held = [await leased() for _ in range(3)]
    for lease in held:
        await leases.begin(db, metrics, lease, hold=HOSTNAME_UNSET)
    clock.advance(hours=73)
    expire = leases._expire

    def expire_or_fail(tx, waiting):
        if waiting.id == held[0].id:
            raise LookupError("a fault")
        return expire(tx, waiting)

    monkeypatch.setattr(leases, "_expire", expire_or_fail)
    assert await leases.expire_overdue(db, metrics) == 2
    states = [(await stored(each)).state for each in held]
    assert states == [State.HELD, State.EXPIRED, State.EXPIRED]
    # What is left does not have the queue look again at once, for ever.
    assert await leases.expire_overdue(db, metrics) == 0
    name = "mailbot_unhandled_exceptions_total"
    assert sample(metrics, name, component="queue") == 2


async def test_d20_who_was_suppressed_meanwhile_is_not_tried(
    db, metrics, leased, stored, log, inbox
):
    lease = await leased(metadata={"order": "1"})
    wanted = Wanted(address=lease.recipient, reason=SuppressionReason.COMPLAINT)
    found = await db.write(suppressions.add, principal(), wanted, inbox.id)
    begun = await leases.begin(db, metrics, lease, hold=HOSTNAME_UNSET)
    assert begun is Begun.SUPPRESSED
    now = await stored(lease)
    assert (now.state, now.started) == (State.SUPPRESSED, False)
    assert "suppressed (complaint)" in now.diagnostic
    event = (await log())[-1]
    assert (event.type, event.delivery_id) == (EventType.MESSAGE_SUPPRESSED, lease.id)
    assert event.metadata == {"order": "1"}
    assert isinstance(event.detail, SuppressionDetail)
    assert event.detail.suppression_id == found.id
    assert (await db.read(inboxes.counts, inbox.id)).open_deliveries == 0
    labels = {"stream": "transactional", "outcome": "suppressed"}
    assert sample(metrics, "mailbot_deliveries_total", **labels) == 1
    assert await leases.begin(db, metrics, lease) is Begun.LOST


async def test_d20_a_suppression_of_another_inbox_stops_nothing(
    db, metrics, leased, inbox
):
    lease = await leased()
    other = await add_inbox(db, 2)
    wanted = Wanted(address=lease.recipient)
    await db.write(suppressions.add, principal(), wanted, other.id)
    assert await leases.begin(db, metrics, lease) is Begun.STARTED
