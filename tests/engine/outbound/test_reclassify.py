"""Stored refusals are read again by the table of today."""

import itertools
from dataclasses import replace

import pytest

from mailbot_server.core.bounce import Verdict
from mailbot_server.core.delivery import Stage, State
from mailbot_server.core.event import ReclassificationDetail
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.suppression import SuppressionReason
from mailbot_server.engine import suppressions as engine
from mailbot_server.engine.outbound.reclassify import PAGE, reclassify
from mailbot_server.store import deliveries, suppressions
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import account

POLICY = Reply(code=550, enhanced="5.7.1", text="Rejected by local policy")
GONE = Reply(code=550, enhanced="5.1.1", text="User unknown")
DEAD = Verdict(
    bounce_class="invalid_recipient", scope="recipient", permanent=True, rule_id="older"
)


@pytest.fixture
def bounced(db, inbox):
    """A delivery that was refused, and what an older table said of it."""
    numbers = itertools.count(1)

    async def bounce(reply: Reply = POLICY, said: Verdict = DEAD, **changes):
        number = next(numbers)
        [delivery] = await add_deliveries(
            db,
            inbox,
            range(number, number + 1),
            state=State.BOUNCED,
            last_reply=reply,
            last_stage=Stage.RCPT.value,
            bounce_class=said.bounce_class,
            bounce_scope=said.scope,
            permanent=said.permanent,
            rule_id=said.rule_id,
            **changes,
        )
        await db.write(engine.suppress_refused, delivery, said, "older")
        return delivery

    return bounce


@pytest.fixture
def kept(db, inbox):
    """Whether a delivery's recipient is suppressed."""

    async def is_kept(delivery) -> bool:
        whom = [delivery.recipient]
        return bool(await db.read(suppressions.find, account().id, "", whom))

    return is_kept


async def test_what_an_older_table_got_wrong_is_repaired(
    db, bounced, stored, kept, log
):
    delivery = await bounced()
    assert await kept(delivery)

    done = await db.write(reclassify, account().id, "", dry_run=False)

    assert (done.examined, done.changed, done.lifted) == (1, 1, 1)
    assert done.is_last
    now = await stored(delivery)
    assert (now.bounce_class, now.bounce_scope, now.state) == (
        *("policy", "policy", State.BOUNCED),
    )
    assert not await kept(delivery)
    told = {event.type.value: event for event in await log()}
    event = told["message.reclassified"]
    assert event.delivery_id == delivery.id
    lifted = told["suppression.removed"].detail
    assert event.detail == ReclassificationDetail(
        previous_class="invalid_recipient",
        bounce_class="policy",
        bounce_scope="policy",
        permanent=True,
        rule_id=now.rule_id,
        lifted_suppression_id=lifted.suppression_id,
    )


async def test_twice_changes_nothing_more(db, bounced, log):
    await bounced()
    await db.write(reclassify, account().id, "", dry_run=False)
    told = await log()

    again = await db.write(reclassify, account().id, "", dry_run=False)

    assert (again.examined, again.changed, again.lifted) == (1, 0, 0)
    assert await log() == told


async def test_dry_run_counts_the_same_and_changes_nothing(
    db, bounced, stored, kept, log
):
    delivery = await bounced()
    told = await log()

    done = await db.read(reclassify, account().id, "", dry_run=True)

    assert (done.examined, done.changed, done.lifted) == (1, 1, 1)
    assert await stored(delivery) == delivery
    assert await kept(delivery)
    assert await log() == told


async def test_right_suppressions_stay(db, bounced, kept):
    older = replace(DEAD, bounce_class="inactive_mailbox")
    delivery = await bounced(GONE, said=older)

    done = await db.write(reclassify, account().id, "", dry_run=False)

    assert (done.changed, done.lifted) == (1, 0)
    assert await kept(delivery)


async def test_what_somebody_asked_for_stays(db, bounced, kept):
    delivery = await bounced()
    reason = SuppressionReason.MANUAL
    await db.write(engine.suppress_recipient, delivery, reason)

    done = await db.write(reclassify, account().id, "", dry_run=False)

    assert (done.changed, done.lifted) == (1, 0)
    assert await kept(delivery)


@pytest.mark.parametrize("rule_id", ["stage-route", "no-reply", "own-fault"])
async def test_what_no_table_said_stays(db, bounced, stored, rule_id):
    delivery = await bounced(said=replace(DEAD, rule_id=rule_id))

    done = await db.write(reclassify, account().id, "", dry_run=False)

    assert (done.examined, done.changed) == (1, 0)
    assert await stored(delivery) == delivery


async def test_a_bounce_of_our_own_finding_is_not_read_from_older_words(db, bounced):
    await bounced(Reply(code=450, enhanced="4.7.1", text="Greylisted"))
    done = await db.write(reclassify, account().id, "", dry_run=False)
    assert (done.examined, done.changed) == (1, 0)


@pytest.mark.parametrize("stage", [Stage.ROUTE, Stage.CONNECT, Stage.TLS])
async def test_what_we_found_on_the_way_is_not_read_from_older_words(
    db, bounced, stage
):
    delivery = await bounced()
    moved = replace(delivery, last_stage=stage.value)
    await db.write(deliveries.correct, delivery, moved)
    done = await db.write(reclassify, account().id, "", dry_run=False)
    assert (done.examined, done.changed) == (1, 0)


async def test_what_expired_is_told_apart_but_never_becomes_permanent(
    db, bounced, stored
):
    delivery = await bounced(GONE, said=replace(DEAD, bounce_class="other"))
    expired = replace(delivery, state=State.EXPIRED, permanent=False)
    await db.write(deliveries.correct, delivery, expired)

    await db.write(reclassify, account().id, "", dry_run=False)

    now = await stored(delivery)
    assert (now.state, now.bounce_class, now.permanent) == (
        *(State.EXPIRED, "invalid_recipient", False),
    )


async def test_another_accounts_deliveries_are_not_looked_at(db, bounced):
    await bounced()
    done = await db.write(reclassify, "acc_other", "", dry_run=False)
    assert (done.examined, done.is_last) == (0, True)


async def test_an_operation_looks_at_a_bounded_stretch(db, bounced, monkeypatch):
    monkeypatch.setattr("mailbot_server.engine.outbound.reclassify.PAGE", 1)
    first, second = await bounced(), await bounced()

    done = await db.write(reclassify, account().id, "", dry_run=False)
    assert (done.last_id, done.examined, done.is_last) == (first.id, 1, False)
    done = await db.write(reclassify, account().id, done.last_id, dry_run=False)
    assert (done.last_id, done.examined, done.is_last) == (second.id, 1, False)
    done = await db.write(reclassify, account().id, done.last_id, dry_run=False)
    assert (done.last_id, done.examined, done.is_last) == (second.id, 0, True)
    assert PAGE > 1


async def test_what_was_repaired_is_in_the_audit(db, bounced):
    delivery = await bounced()
    await db.write(reclassify, account().id, "", dry_run=False)
    await db.write(reclassify, account().id, "", dry_run=False)

    def entries(tx):
        return tx.all("SELECT action, after_json FROM audit_entry ORDER BY sequence")

    added, lifted, told = await db.read(entries)
    assert added[0] == "suppression.add"
    assert delivery.id in added[1]
    assert lifted == ("suppression.remove", "{}")
    assert told == ("delivery.reclassify", '{"changed":1,"lifted":1}')
