"""What the engine decides is in the audit as what callers do, under its own name."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.account import Account
from mailbot_server.core.inbox import Inbox, InboxState, Suspension
from mailbot_server.core.reputation import Outcome
from mailbot_server.core.suppression import SuppressionReason
from mailbot_server.engine import inboxes as engine
from mailbot_server.engine import suppressions
from mailbot_server.engine.inboxes import reputation
from mailbot_server.store.database import Database, Transaction
from tests.fakes import tenants
from tests.fakes.clock import FakeClock
from tests.fakes.mail import delivery, message

Told = tuple[str, str, str, str, str, dict[str, Any], dict[str, Any]]


@pytest.fixture
async def account(db: Database) -> Account:
    return await tenants.add_account(db)


def all_entries(tx: Transaction) -> list[Any]:
    return tx.all(
        "SELECT action, actor_id, surface, resource_id, inbox_id, before_json,"
        " after_json FROM audit_entry ORDER BY sequence"
    )


@pytest.fixture
def told(db: Database) -> Callable[[], Any]:
    """The entries so far, oldest first."""

    async def read() -> list[Told]:
        rows = await db.read(all_entries)
        return [(*row[:5], json.loads(row[5]), json.loads(row[6])) for row in rows]

    return read


async def test_an_inbox_that_expires(
    db: Database, clock: FakeClock, account: Account, told: Any
) -> None:
    ends_at = clock() + timedelta(minutes=1)
    inbox = await tenants.add_inbox(db, of=account, expires_at=ends_at)
    clock.advance(minutes=2)
    await engine.expire(db, inbox)
    await engine.expire(db, inbox)
    [entry] = await told()
    assert entry[:5] == ("inbox.expire", "mailbot", "engine", inbox.id, inbox.id)
    assert entry[5]["state"] == "active"
    assert entry[6]["state"] == "disabled"


async def test_an_inbox_whose_suspension_is_over(
    db: Database, clock: FakeClock, account: Account, told: Any
) -> None:
    began = clock()
    suspension = Suspension(
        reason="noisy", by="key_1", since=began, until=began + timedelta(hours=1)
    )
    inbox = await tenants.add_inbox(
        db, of=account, state=InboxState.SUSPENDED, suspension=suspension
    )
    clock.advance(hours=2)
    await engine.resume(db, inbox)
    [entry] = await told()
    assert entry[:3] == ("inbox.activate", "mailbot", "engine")
    assert entry[5]["suspension"]["reason"] == "noisy"
    assert entry[6] == {"state": "active", "suspension": None}


async def bounce(db: Database, inbox: Inbox, good: int, bad: int) -> None:
    def settle(tx: Transaction) -> None:
        for how in [Outcome.OTHER] * good + [Outcome.HARD_BOUNCE] * bad:
            reputation.settled(tx, inbox.account_id, inbox.id, how)

    await db.write(settle)


async def test_an_inbox_with_a_bad_reputation_but_not_one_that_is_only_warned(
    db: Database, account: Account, told: Any
) -> None:
    inbox = await tenants.add_inbox(db, of=account)
    await bounce(db, inbox, 95, 5)
    assert await told() == []
    await bounce(db, inbox, 0, 10)
    [entry] = await told()
    assert entry[:5] == ("inbox.suspend", "mailbot", "engine", inbox.id, inbox.id)
    assert entry[6]["suspension"]["by"] == "mailbot"


async def test_an_address_that_bounced_and_one_that_was_let_go_again(
    db: Database, account: Account, told: Any
) -> None:
    sent = message(1, tenants.inbox(of=account))
    one = delivery(1, sent, recipient="Gone@example.com")
    reason = SuppressionReason.HARD_BOUNCE

    def suppress(tx: Transaction) -> None:
        suppressions.suppress_recipient(tx, one, reason, note="550 no such user")

    def lift(tx: Transaction) -> None:
        suppressions.lift(tx, one)

    await db.write(suppress)
    await db.write(suppress)
    await db.write(lift)
    added, removed = await told()
    assert added[:3] == ("suppression.add", "mailbot", "engine")
    assert added[6]["address"] == "gone@example.com"
    assert (added[6]["reason"], added[6]["delivery_id"]) == ("hard_bounce", one.id)
    assert removed[:3] == ("suppression.remove", "mailbot", "engine")
    assert removed[3] == added[3]
    assert removed[5] == added[6]
