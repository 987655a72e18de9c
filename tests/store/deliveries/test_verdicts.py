"""What was refused is read stretch by stretch."""

from dataclasses import replace

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.inbox import Inbox
from mailbot_server.store import deliveries
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import verdicts
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import add_account, add_inbox


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def test_stretches_follow_each_other_to_the_end(
    db: Database, inbox: Inbox
) -> None:
    made = await add_deliveries(db, inbox, range(1, 6))
    account_id, after, ends = inbox.account_id, "", []
    for _ in range(4):
        after, count = await db.read(verdicts.stretch, account_id, after, 2)
        ends.append((after, count))
    assert ends == [
        *((made[1].id, 2), (made[3].id, 2), (made[4].id, 1), (made[4].id, 0)),
    ]
    assert await db.read(verdicts.stretch, "acc_other", "", 2) == ("", 0)


@pytest.mark.parametrize("is_locked", [True, False])
async def test_only_what_was_given_up_after_a_refusal_is_read(
    db: Database, inbox: Inbox, *, is_locked: bool
) -> None:
    made = await add_deliveries(db, inbox, range(1, 6), bounce_class="policy")
    states = (State.BOUNCED, State.EXPIRED, State.FAILED, State.DEFERRED)
    for delivery, state in zip(made, states, strict=False):
        await db.write(deliveries.correct, delivery, replace(delivery, state=state))
    last = replace(made[4], state=State.BOUNCED, bounce_class="")
    await db.write(deliveries.correct, made[4], last)

    def refused(tx: Transaction, after: str) -> list[str]:
        found = verdicts.refused(
            tx, inbox.account_id, after, made[4].id, is_locked=is_locked
        )
        return [each.id for each in found]

    assert await db.write(refused, "") == [made[0].id, made[1].id]
    assert await db.write(refused, made[0].id) == [made[1].id]


# PostgreSQL chooses by what it knows of the rows.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_stretch_reads_its_index_in_order(db: Database) -> None:
    def plan(tx: Transaction) -> str:
        sql = (
            "EXPLAIN QUERY PLAN SELECT id FROM delivery WHERE account_id = ?"
            " AND id > ? ORDER BY id LIMIT ?"
        )
        return " ".join(str(row) for row in tx.all(sql, "acc_1", "", 2))

    text = await db.read(plan)
    assert "delivery_account (account_id=? AND id>?)" in text
    assert "TEMP B-TREE" not in text
