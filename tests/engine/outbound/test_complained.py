"""A complaint suppresses its recipient and counts against its inbox, once."""

import pytest

from mailbot_server.core.mail.feedback.complaint import Complaint
from mailbot_server.core.suppression import SuppressionReason
from mailbot_server.engine import suppressions as engine
from mailbot_server.engine.inboxes import reputation
from mailbot_server.engine.outbound.complained import count, settle_complaint
from mailbot_server.engine.outbound.reported import Result
from mailbot_server.store import suppressions
from mailbot_server.store.database import Transaction
from tests.fakes.racing import race
from tests.fakes.tenants import principal

ABUSE = Complaint(feedback_type="abuse", reporter="Loop/1")


@pytest.fixture
def settled(db, leased):
    """Settles complaints about one delivery, in order; what became of them."""

    async def run(*complaints, proven=True):
        lease = await leased()
        return lease, [
            await db.write(
                lambda tx, found=found: settle_complaint(
                    tx, lease, found, proven=proven
                )
            )
            for found in complaints
        ]

    return run


async def held(db, delivery):
    whom = [delivery.recipient]
    found = await db.read(
        suppressions.find, delivery.account_id, delivery.inbox_id, whom
    )
    return found.get(delivery.recipient)


async def against(db, delivery):
    inbox_id = delivery.inbox_id
    fares = await db.read(lambda tx: reputation.read(tx, inbox_id, tx.now))
    return fares.tally.complaints


async def test_a_proven_one_is_applied_once(db, settled, metrics):
    delivery, noted = await settled(ABUSE, ABUSE)

    assert [each.result for each in noted] == [Result.APPLIED, Result.REPEATED]
    kept = await held(db, delivery)
    assert kept.reason is SuppressionReason.COMPLAINT
    assert kept.note == "abuse reported by Loop/1"
    assert await against(db, delivery) == 1
    for each in noted:
        count(metrics, each)
    assert metrics.complaints.labels("other")._value.get() == 1


async def test_two_that_come_at_once_are_told_and_counted_once(db, leased, kinds):
    delivery = await leased()

    def settle_it(tx: Transaction) -> Result:
        return settle_complaint(tx, delivery, ABUSE, proven=True).result

    results = await race(db, settle_it, settle_it)

    assert results == [Result.APPLIED, Result.REPEATED]
    assert (await kinds()).count("complained") == 1
    assert await against(db, delivery) == 1


async def test_an_unproven_one_is_only_told_of(db, settled):
    delivery, [noted] = await settled(ABUSE, proven=False)

    assert noted.result is Result.APPLIED
    assert await held(db, delivery) is None
    assert await against(db, delivery) == 0


async def test_it_counts_again_once_somebody_wrote_anew(db, settled):
    delivery, _ = await settled(ABUSE)
    await db.write(engine.remove, principal(), delivery.recipient, "")

    noted = await db.write(
        lambda tx: settle_complaint(tx, delivery, ABUSE, proven=True)
    )

    assert noted.result is Result.APPLIED
    assert await against(db, delivery) == 2


async def test_an_opt_out_is_an_opt_out(db, settled):
    wanted = Complaint(feedback_type="opt-out")
    delivery, noted = await settled(wanted, wanted)

    assert [each.result for each in noted] == [Result.APPLIED, Result.REPEATED]
    assert (await held(db, delivery)).reason is SuppressionReason.UNSUBSCRIBE
    assert await against(db, delivery) == 0


async def test_an_unproven_opt_out_is_nothing(db, settled):
    opt_out = Complaint(feedback_type="opt-out")
    delivery, [noted] = await settled(opt_out, proven=False)

    assert noted.result is Result.IGNORED
    assert await held(db, delivery) is None


async def test_praise_is_nothing(db, settled):
    delivery, [noted] = await settled(Complaint(feedback_type="not-spam"))

    assert noted.result is Result.IGNORED
    assert await held(db, delivery) is None
