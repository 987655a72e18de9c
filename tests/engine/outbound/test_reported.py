"""A report that comes back changes what may be changed, once."""

from dataclasses import replace

import pytest

from mailbot_server.core.delivery import Accepted, Lost, Outcome, Stage, State, Trace
from mailbot_server.core.event import AttemptDetail
from mailbot_server.core.mail.dsn import Action
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee
from mailbot_server.engine.inboxes import reputation
from mailbot_server.engine.outbound.reported import Claim, Result, count, settle_report
from mailbot_server.engine.outbound.settle import settle
from mailbot_server.store import inboxes, suppressions
from mailbot_server.store.database import Transaction
from tests.fakes.racing import race

GONE = Claim(
    action=Action.FAILED,
    reply=Reply(code=550, enhanced="5.1.1", text="No such user"),
    remote_host="mx.example.com",
)
LATE = Claim(action=Action.DELAYED, reply=Reply(code=451, enhanced="4.4.1", text="x"))
THERE = Claim(action=Action.DELIVERED, reply=Reply(code=250, text="OK"))


@pytest.fixture
def left(db, metrics, clock, leased, stored):
    """A delivery that has left us, in this state."""

    async def leave(state: State = State.SENT):
        guarantee = Guarantee.AT_MOST_ONCE
        lease = await leased(guarantee=guarantee)
        trace = Trace(stage=Stage.EOD, host="mx.example.com", started_at=clock())
        outcome: Outcome = Accepted(trace=trace, is_final=state is State.DELIVERED)
        if state is State.UNKNOWN:
            outcome = Lost(trace=trace)
        await settle(db, metrics, lease, outcome, jitter=0.0)
        now = await stored(lease)
        assert now.state is state
        return now

    return leave


@pytest.mark.parametrize("state", [State.SENT, State.DELIVERED, State.UNKNOWN])
async def test_what_comes_back_after_the_end_is_a_bounce(
    db, left, stored, log, state, inbox, clock
):
    delivery = await left(state)

    settled = await db.write(settle_report, delivery, GONE, proven=True)

    now = await stored(delivery)
    assert settled.result is Result.APPLIED
    assert now.state is State.BOUNCED
    assert now.bounce_class == "invalid_recipient"
    assert now.last_reply == GONE.reply
    told = {event.type.value: event for event in await log()}
    detail = told["message.bounced"].detail
    assert isinstance(detail, AttemptDetail)
    assert detail.reported
    assert detail.permanent
    assert detail.remote_host == "mx.example.com"
    assert told["message.bounced"].delivery_id == delivery.id
    counts = await db.read(inboxes.counts, inbox.id)
    assert counts.open_deliveries == 0
    found = await db.read(reputation.read, inbox.id, clock())
    assert found.tally.hard_bounces == 1


async def test_the_recipient_is_suppressed_when_it_is_the_reason(db, left, inbox):
    delivery = await left()

    await db.write(settle_report, delivery, GONE, proven=True)

    whom = [delivery.recipient]
    found = await db.read(suppressions.find, inbox.account_id, inbox.id, whom)
    assert found[delivery.recipient].reason.value == "hard_bounce"


async def test_without_proof_it_changes_this_delivery_and_nothing_beyond(
    db, left, stored, kinds, inbox, clock
):
    delivery = await left()

    settled = await db.write(settle_report, delivery, GONE, proven=False)

    assert settled.result is Result.APPLIED
    assert (await stored(delivery)).state is State.BOUNCED
    assert (await kinds()).count("bounced") == 1
    whom = [delivery.recipient]
    assert await db.read(suppressions.find, inbox.account_id, inbox.id, whom) == {}
    found = await db.read(reputation.read, inbox.id, clock())
    assert found.tally.hard_bounces == 0


async def test_a_report_that_comes_twice_changes_nothing_twice(
    db, left, stored, kinds, metrics
):
    delivery = await left()

    first = await db.write(settle_report, delivery, GONE, proven=True)
    late = await db.write(settle_report, delivery, GONE, proven=True)
    again = await db.write(settle_report, await stored(delivery), GONE, proven=True)
    for settled in (first, late, again):
        count(metrics, settled)

    assert [late.result, again.result] == [Result.REPEATED, Result.REPEATED]
    assert (await kinds()).count("bounced") == 1
    sample = metrics.registry.get_sample_value
    labels = {"provider": "other", "class": "invalid_recipient", "kind": "async"}
    assert sample("mailbot_bounces_total", labels) == 1
    assert sample("mailbot_reports_total", {"result": "repeated"}) == 2


async def test_a_success_makes_sent_delivered(db, left, stored, kinds):
    delivery = await left()

    await db.write(settle_report, delivery, THERE, proven=True)

    assert (await stored(delivery)).state is State.DELIVERED
    assert (await kinds())[-1] == "delivered"


async def test_a_delay_is_told_once_and_is_no_bounce(db, left, stored, kinds):
    delivery = await left()

    first = await db.write(settle_report, delivery, LATE, proven=True)
    second = await db.write(settle_report, await stored(delivery), LATE, proven=True)

    assert (await stored(delivery)).state is State.SENT
    assert [first.result, second.result] == [Result.APPLIED, Result.REPEATED]
    assert (await kinds()).count("delayed") == 1
    assert "bounced" not in await kinds()


@pytest.mark.parametrize(
    ("claim", "kind"), [(GONE, "bounced"), (LATE, "delayed"), (THERE, "delivered")]
)
async def test_two_reports_that_come_at_once_are_told_once(
    db, left, kinds, claim, kind
):
    delivery = await left()

    def settle_it(tx: Transaction) -> Result:
        return settle_report(tx, delivery, claim, proven=True).result

    results = await race(db, settle_it, settle_it)

    assert results == [Result.APPLIED, Result.REPEATED]
    assert (await kinds()).count(kind) == 1


@pytest.mark.parametrize("claim", [GONE, LATE, THERE])
async def test_what_has_not_left_yet_is_changed_by_nobody(db, leased, stored, claim):
    before = await stored(await leased())

    settled = await db.write(settle_report, before, claim, proven=True)

    assert settled.result is Result.IGNORED
    assert await stored(before) == before


async def test_a_success_does_not_revive_what_bounced(db, left, stored):
    delivery = await left()
    await db.write(settle_report, delivery, GONE, proven=True)
    bounced = await stored(delivery)

    settled = await db.write(settle_report, bounced, replace(THERE), proven=True)

    assert settled.result is Result.REPEATED
    assert (await stored(delivery)).state is State.BOUNCED
