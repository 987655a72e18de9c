"""An inbox lives in a domain that its account has, and that nobody else has."""

from dataclasses import replace

import pytest

from mailbot_server.core.errors import WrongState
from mailbot_server.engine.inboxes import domain_use
from mailbot_server.store.database import Database
from mailbot_server.store.domains import rows
from tests.fakes.domains import domain
from tests.fakes.tenants import BEGINNING, account, add_account, inbox

SANDBOX = inbox()
OWN = inbox(2, address="a@example.com", domain="example.com")


async def refused(db: Database, check, *arguments) -> str:
    with pytest.raises(WrongState) as caught:
        await db.write(check, *arguments)
    assert caught.value.reason == "DOMAIN_UNVERIFIED"
    assert caught.value.details == {"domain": "example.com"}
    return caught.value.message


async def test_a_new_inbox_needs_a_verified_domain(db: Database) -> None:
    await add_account(db)
    asked = (account().id, "example.com")
    assert "verify it" in await refused(db, domain_use.check_new, *asked)
    await db.write(rows.add, domain())
    await refused(db, domain_use.check_new, *asked)
    await db.write(rows.write, replace(domain(), verified_at=BEGINNING))
    await db.write(domain_use.check_new, *asked)


async def test_an_inbox_is_revived_while_its_domain_is_the_accounts(
    db: Database,
) -> None:
    await add_account(db)
    await db.write(domain_use.check_kept, SANDBOX)
    assert "any more" in await refused(db, domain_use.check_kept, OWN)
    await db.write(rows.add, domain())
    await db.write(domain_use.check_kept, OWN)


async def test_nobody_sends_from_what_another_account_has_verified(
    db: Database,
) -> None:
    for number in (1, 2):
        await add_account(db, number)
    await db.write(domain_use.check_sender, OWN)
    await db.write(rows.add, domain(2, of=2, verified_at=BEGINNING))
    assert "another account" in await refused(db, domain_use.check_sender, OWN)
    await db.write(domain_use.check_sender, SANDBOX)
    await db.write(rows.add, domain())
    await refused(db, domain_use.check_kept, OWN)
