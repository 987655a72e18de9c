"""Outcomes in, rows and events out, and nothing from who lost its lease."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core.delivery import (
    Accepted,
    Deferred,
    Delivery,
    Failed,
    Lost,
    Refused,
    Stage,
    State,
    Trace,
)
from mailbot_server.core.event import (
    AttemptDetail,
    EventType,
    HoldDetail,
    SuppressionDetail,
)
from mailbot_server.core.inbox import InboxState
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee
from mailbot_server.core.reputation import Tally
from mailbot_server.engine.outbound.settle import _settle_lost, settle, settle_lost
from mailbot_server.store import deliveries, inboxes, reputations, suppressions
from mailbot_server.store.database import Transaction
from tests.fakes.racing import race

TAKEN = Reply(code=250, enhanced="2.0.0", text="Queued as 42")
LATER = Reply(code=450, enhanced="4.2.0", text="Greylisted")
NEVER = Reply(code=550, enhanced="5.1.1", text="No such user")


def trace(clock, reply: Reply, stage: Stage = Stage.EOD) -> Trace:
    return Trace(
        route="pinned",
        stage=stage,
        host="mx.example.com",
        address="192.0.2.1:25",
        reply=reply,
        tls_level="unverified",
        tls_protocol="TLSv1.3",
        started_at=clock(),
        duration_seconds=0.25,
    )


def sample(metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0.0


async def test_a_delivered_message_is_told_with_the_reply_of_the_host(
    db, metrics, clock, leased, stored, log, inbox
):
    lease = await leased(metadata={"order": "4521"})
    clock.advance(seconds=2)
    outcome = Accepted(trace=trace(clock, TAKEN), is_final=True)
    settled = await settle(db, metrics, lease, outcome, jitter=0.0)
    now = await stored(lease)
    assert settled is not None
    assert now.state is State.DELIVERED
    assert (now.attempts, now.last_reply, now.last_host) == (1, TAKEN, "mx.example.com")
    assert (now.lease_owner, now.lease_until, now.started) == ("", None, False)
    queued, *told = await log()
    assert [event.type.value for event in told] == [
        *("message.attempted", "message.sent", "message.delivered"),
    ]
    for event in told:
        assert event.delivery_id == lease.id
        assert event.recipient == "customer@example.com"
        assert event.message_id == queued.message_id
        assert event.metadata == {"order": "4521"}
        assert isinstance(event.detail, AttemptDetail)
        assert event.detail.reply == TAKEN
        assert event.detail.remote_host == "mx.example.com"
        assert (event.detail.tls_level, event.detail.route) == ("unverified", "pinned")
        assert event.detail.started_at == clock()
    counts = await db.read(inboxes.counts, inbox.id)
    assert counts.open_deliveries == 0
    name = "mailbot_deliveries_total"
    assert sample(metrics, name, stream="transactional", outcome="delivered") == 1
    name = "mailbot_delivery_attempts_total"
    assert sample(metrics, name, provider="other", outcome="delivered") == 1
    name = "mailbot_delivery_latency_seconds_sum"
    assert sample(metrics, name, stream="transactional") == 2.25


async def test_a_smart_host_that_took_it_is_all_that_is_known(
    db, metrics, clock, leased, stored, kinds
):
    lease = await leased()
    outcome = Accepted(trace=trace(clock, TAKEN), is_final=False)
    await settle(db, metrics, lease, outcome, jitter=0.0)
    assert (await stored(lease)).state is State.SENT
    assert await kinds() == ["queued", "attempted", "sent"]


async def test_d14_a_deferral_waits_and_says_until_when(
    db, metrics, clock, leased, stored, log, inbox
):
    lease = await leased()
    outcome = Deferred(trace=trace(clock, LATER, Stage.RCPT))
    await settle(db, metrics, lease, outcome, jitter=0.0)
    now = await stored(lease)
    assert (now.state, now.due_at) == (State.DEFERRED, clock() + timedelta(minutes=1))
    deferred = (await log())[-1]
    assert deferred.type is EventType.MESSAGE_DEFERRED
    assert isinstance(deferred.detail, AttemptDetail)
    assert deferred.detail.next_attempt_at == now.due_at
    assert deferred.detail.bounce_class == "greylisted"
    counts = await db.read(inboxes.counts, inbox.id)
    assert counts.open_deliveries == 1
    labels = {"provider": "other", "class": "greylisted"}
    assert sample(metrics, "mailbot_deferrals_total", **labels) == 1


async def test_d6_a_refusal_bounces_with_its_class(
    db, metrics, clock, leased, stored, log
):
    lease = await leased()
    outcome = Refused(trace=trace(clock, NEVER, Stage.RCPT))
    await settle(db, metrics, lease, outcome, jitter=0.0)
    now = await stored(lease)
    assert (now.state, now.bounce_class) == (State.BOUNCED, "invalid_recipient")
    bounced = (await log())[-2]
    assert bounced.type is EventType.MESSAGE_BOUNCED
    assert isinstance(bounced.detail, AttemptDetail)
    assert (bounced.detail.reply, bounced.detail.permanent) == (NEVER, True)
    labels = {"provider": "other", "class": "invalid_recipient", "kind": "sync"}
    assert sample(metrics, "mailbot_bounces_total", **labels) == 1


async def test_jitter_spreads_retries(db, metrics, clock, leased, stored):
    other = Reply(code=451, enhanced="4.3.0", text="Local error")
    due = []
    for jitter in (-1.0, 1.0):
        lease = await leased()
        outcome = Deferred(trace=trace(clock, other, Stage.RCPT))
        await settle(db, metrics, lease, outcome, jitter=jitter)
        due.append((await stored(lease)).due_at - clock())
    assert due == [timedelta(minutes=4), timedelta(minutes=6)]


# --- who lost the lease ---


async def test_f10_a_result_that_comes_too_late_writes_nothing(
    db, metrics, clock, leased, stored, kinds
):
    lease = await leased()
    clock.advance(hours=1)
    await settle_lost(db, metrics, lease, clock())
    [newer] = await db.write(deliveries.lease_due, "nod_other", 10, 900)
    told = await kinds()
    late = Accepted(trace=trace(clock, TAKEN), is_final=True)
    assert await settle(db, metrics, lease, late, jitter=0.0) is None
    now = await stored(lease)
    assert now == replace(newer, due_at=newer.lease_until)
    assert await kinds() == told
    assert sample(metrics, "mailbot_queue_fencing_rejections_total") == 1


async def test_a_result_counts_once(db, metrics, clock, leased, kinds):
    lease = await leased()
    outcome = Accepted(trace=trace(clock, TAKEN), is_final=True)
    assert await settle(db, metrics, lease, outcome, jitter=0.0) is not None
    assert await settle(db, metrics, lease, outcome, jitter=0.0) is None
    assert (await kinds()).count("delivered") == 1


# --- leases that nobody holds any more ---


async def test_a5_a_lease_that_ended_before_its_attempt_began_changes_nothing(
    db, metrics, clock, leased, stored, kinds
):
    lease = await leased()
    await settle_lost(db, metrics, lease, clock())
    now = await stored(lease)
    assert (now.state, now.attempts, now.due_at) == (State.QUEUED, 0, clock())
    assert await kinds() == ["queued"]
    assert sample(metrics, "mailbot_queue_leases_expired_total") == 1


@pytest.mark.parametrize(
    ("guarantee", "state"),
    [
        (Guarantee.AT_LEAST_ONCE, State.DEFERRED),
        (Guarantee.AT_MOST_ONCE, State.UNKNOWN),
    ],
)
async def test_a6_a_lease_that_ended_amid_its_attempt_is_unknown(
    db, clock, leased, stored, log, guarantee, state
):
    lease = await leased(guarantee=guarantee)
    assert await db.write(deliveries.start, lease)
    await settle_lost(db, db.metrics, await stored(lease), clock())
    now = await stored(lease)
    assert (now.state, now.attempts) == (state, 1)
    unknown = (await log())[-1]
    assert unknown.type is EventType.MESSAGE_UNKNOWN
    assert isinstance(unknown.detail, AttemptDetail)
    assert unknown.detail.attempt == 1
    if state is State.DEFERRED:
        assert now.due_at == clock() + timedelta(minutes=5)


async def test_a_lease_is_taken_back_once(db, metrics, clock, leased, kinds):
    lease = await leased()
    await db.write(deliveries.start, lease)
    started = replace(lease, started=True)
    for _ in range(2):
        await settle_lost(db, metrics, started, clock())
    assert (await kinds()).count("unknown") == 1


async def found_lost(db, lease):
    """What a node that takes leases back reads; its holder may live all the same."""
    [found] = await db.read(deliveries.leases_lost, "nod_other", 5)
    assert (found.id, found.started) == (lease.id, False)
    return found


@pytest.mark.parametrize(
    ("guarantee", "state"),
    [
        (Guarantee.AT_LEAST_ONCE, State.DEFERRED),
        (Guarantee.AT_MOST_ONCE, State.UNKNOWN),
    ],
)
async def test_an_attempt_that_began_after_its_lease_was_found_lost_is_unknown(
    db, clock, leased, stored, kinds, guarantee, state
):
    lease = await leased(guarantee=guarantee)
    found = await found_lost(db, lease)
    assert await db.write(deliveries.start, lease)

    await settle_lost(db, db.metrics, found, clock())

    now = await stored(lease)
    assert (now.state, now.attempts) == (state, 1)
    assert (await kinds())[-1] == "unknown"
    labels = {"provider": "other", "outcome": "unknown"}
    assert sample(db.metrics, "mailbot_delivery_attempts_total", **labels) == 1


async def test_an_attempt_that_begins_as_its_lease_is_taken_back_is_not_made_twice(
    db, clock, leased, stored
):
    lease = await leased(guarantee=Guarantee.AT_MOST_ONCE)
    found = await found_lost(db, lease)

    def begin(tx: Transaction) -> object:
        return deliveries.start(tx, lease)

    def take_back(tx: Transaction) -> object:
        return _settle_lost(tx, found, clock())

    begun, taken = await race(db, begin, take_back)

    assert begun is True
    assert isinstance(taken, Delivery)
    assert taken.state is State.UNKNOWN
    assert (await stored(lease)).state is State.UNKNOWN


async def test_a_lease_that_was_renewed_after_it_was_found_lost_stays(
    db, metrics, clock, leased, stored, kinds
):
    lease = await leased()
    clock.advance(seconds=900)
    found = await found_lost(db, lease)
    assert await db.write(deliveries.extend_leases, "nod_me", 900, [lease.id]) == 1

    await settle_lost(db, metrics, found, clock())

    assert (await stored(lease)).state is State.LEASED
    assert await kinds() == ["queued"]
    assert sample(metrics, "mailbot_queue_leases_expired_total") == 0
    assert await db.write(deliveries.start, lease)


# --- inboxes that were disabled meanwhile ---


async def test_d20_an_inbox_that_was_disabled_meanwhile_is_not_retried(
    db, metrics, clock, leased, stored, log, inbox
):
    lease = await leased()
    await db.write(inboxes.update, replace(inbox, state=InboxState.DISABLED))
    outcome = Deferred(trace=trace(clock, LATER, Stage.RCPT))
    await settle(db, metrics, lease, outcome, jitter=0.0)
    assert (await stored(lease)).state is State.CANCELLED
    _, attempted, cancelled = await log()
    assert attempted.type is EventType.MESSAGE_ATTEMPTED
    assert isinstance(attempted.detail, AttemptDetail)
    assert attempted.detail.next_attempt_at is None
    assert cancelled.type is EventType.MESSAGE_CANCELLED
    assert isinstance(cancelled.detail, HoldDetail)
    assert cancelled.detail.reason == "inbox_disabled"


@pytest.mark.parametrize("is_known", [True, False], ids=["settled", "lease-lost"])
async def test_what_may_have_been_taken_is_unknown_and_not_cancelled(
    db, clock, leased, stored, log, inbox, is_known
):
    lease = await leased()
    await db.write(deliveries.start, lease)
    await db.write(inboxes.update, replace(inbox, state=InboxState.DISABLED))
    if is_known:
        outcome = Lost(trace=trace(clock, Reply(code=0, enhanced="4.4.2")))
        await settle(db, db.metrics, lease, outcome, jitter=0.0)
    else:
        await settle_lost(db, db.metrics, await stored(lease), clock())
    assert (await stored(lease)).state is State.UNKNOWN
    unknown = (await log())[-1]
    assert unknown.type is EventType.MESSAGE_UNKNOWN
    assert isinstance(unknown.detail, AttemptDetail)
    assert unknown.detail.next_attempt_at is None
    assert (await db.read(inboxes.counts, inbox.id)).open_deliveries == 0


async def test_what_was_delivered_stays_delivered_whatever_became_of_the_inbox(
    db, metrics, clock, leased, stored, inbox
):
    lease = await leased()
    await db.write(inboxes.update, replace(inbox, state=InboxState.DISABLED))
    outcome = Accepted(trace=trace(clock, TAKEN), is_final=True)
    await settle(db, metrics, lease, outcome, jitter=0.0)
    assert (await stored(lease)).state is State.DELIVERED


async def test_a_loss_is_unknown_and_comes_again(
    db, metrics, clock, leased, stored, log
):
    lease = await leased()
    outcome = Lost(trace=trace(clock, Reply(code=0, enhanced="4.4.2")))
    settled = await settle(db, metrics, lease, outcome, jitter=0.0)
    assert settled is not None
    assert settled.state is State.DEFERRED
    unknown = (await log())[-1]
    assert unknown.type is EventType.MESSAGE_UNKNOWN
    assert isinstance(unknown.detail, AttemptDetail)
    assert unknown.detail.next_attempt_at == (await stored(lease)).due_at


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("5.1.1 no such user", Tally(outcomes=1, hard_bounces=1)),
        ("5.7.1 message refused by policy", Tally(outcomes=1)),
    ],
)
async def test_a_refusal_counts_against_the_inbox_when_the_recipient_was_its_cause(
    db, metrics, clock, leased, text, counted
):
    lease = await leased()
    reply = Reply(code=550, enhanced=text[:5], text=text[6:])
    refused = Refused(trace=trace(clock, reply, Stage.RCPT))
    await settle(db, metrics, lease, refused, jitter=0.0)
    tally = await db.read(reputations.tally, lease.inbox_id, clock())
    assert tally == counted


# --- what suppresses ---


async def test_a_dead_address_is_suppressed_in_the_same_operation(
    db, metrics, clock, leased, log
):
    lease = await leased()
    outcome = Refused(trace=trace(clock, NEVER, Stage.RCPT))
    await settle(db, metrics, lease, outcome, jitter=0.0)
    event = (await log())[-1]
    assert event.type is EventType.SUPPRESSION_ADDED
    assert event.delivery_id == lease.id
    assert isinstance(event.detail, SuppressionDetail)
    assert (event.detail.reason, event.detail.note) == (
        *("hard_bounce", "550 5.1.1 No such user"),
    )
    whom = [lease.recipient]
    found = await db.read(suppressions.find, lease.account_id, lease.inbox_id, whom)
    assert found[lease.recipient].delivery_id == lease.id


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param(
            lambda t: Refused(
                trace=t(Reply(code=550, enhanced="5.7.1", text="Spam"), Stage.EOD)
            ),
            id="spam",
        ),
        pytest.param(
            lambda t: Refused(trace=t(Reply(code=554, text="No"), Stage.RCPT)),
            id="unknown-5xx",
        ),
        pytest.param(
            lambda t: Refused(
                trace=t(Reply(code=550, text="Your IP is blocked"), Stage.RCPT)
            ),
            id="reputation",
        ),
        pytest.param(lambda t: Failed(trace=t(NEVER, Stage.RCPT)), id="our-fault"),
        pytest.param(lambda t: Deferred(trace=t(NEVER, Stage.RCPT)), id="deferred"),
        pytest.param(lambda t: Lost(trace=t(NEVER, Stage.EOD)), id="lost"),
    ],
)
async def test_nothing_else_suppresses(db, metrics, clock, leased, log, outcome):
    lease = await leased()
    made = outcome(lambda reply, stage: trace(clock, reply, stage))
    await settle(db, metrics, lease, made, jitter=0.0)
    types = {event.type for event in await log()}
    assert EventType.SUPPRESSION_ADDED not in types


async def test_who_lost_the_lease_suppresses_nobody(db, metrics, clock, leased, log):
    lease = await leased()
    late = replace(lease, lease_seq=lease.lease_seq - 1)
    outcome = Refused(trace=trace(clock, NEVER, Stage.RCPT))
    assert await settle(db, metrics, late, outcome, jitter=0.0) is None
    assert len(await log()) == 1
