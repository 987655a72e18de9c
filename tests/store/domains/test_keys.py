"""Keys come back as they were added, for their own account and domain only."""

from dataclasses import replace
from datetime import timedelta

from mailbot_server.core.domain.key import KeyState
from mailbot_server.store.database import Database
from mailbot_server.store.domains import keys, rows
from tests.fakes.domain_keys import BEGINNING, ED25519, RSA, add_key, stored_key
from tests.fakes.domains import domain
from tests.fakes.tenants import account, add_account, add_inbox

FIRST = stored_key(RSA)
SECOND = stored_key(ED25519, 2, state=KeyState.PENDING, activated_at=None)


async def test_keys_come_back_as_they_were_added_oldest_first(db: Database) -> None:
    await add_account(db)
    for key in (SECOND, FIRST):
        await db.write(add_key, key)
    found = await db.read(keys.of_domain, account().id, FIRST.domain_id)
    assert found == (FIRST, SECOND)


async def test_an_inbox_finds_the_keys_of_its_domain(db: Database) -> None:
    await add_account(db)
    await db.write(add_key, FIRST)
    mine = await add_inbox(db, 1, address="a@example.com", domain="example.com")
    sandbox = await add_inbox(db, 2)
    owner = account().id
    assert await db.read(keys.of_inbox, owner, mine.id) == (FIRST,)
    assert await db.read(keys.of_inbox, owner, sandbox.id) == ()


async def test_another_accounts_keys_never_sign(db: Database) -> None:
    """Nor when it has the same domain on its list."""
    await add_account(db)
    other = await add_account(db, 2)
    await db.write(add_key, FIRST)
    theirs = await add_inbox(
        db, 1, other, address="a@example.com", domain="example.com"
    )
    assert await db.read(keys.of_inbox, other.id, theirs.id) == ()
    assert await db.read(keys.of_inbox, account().id, theirs.id) == ()
    assert await db.read(keys.of_domain, other.id, FIRST.domain_id) == ()


async def test_a_keys_state_and_seal_change_and_nothing_else(db: Database) -> None:
    await add_account(db)
    await db.write(add_key, SECOND)
    later = BEGINNING + timedelta(days=1)
    changed = replace(
        SECOND,
        state=KeyState.RETIRED,
        activated_at=later,
        retired_at=later + timedelta(days=30),
        sealed_private=b"sealed anew",
    )
    assert await db.write(keys.write, replace(changed, selector="other"))
    found = await db.read(keys.of_domain, account().id, FIRST.domain_id)
    assert found == (changed,)
    assert not await db.write(keys.write, replace(changed, account_id="acc_9"))
    assert not await db.write(keys.write, replace(changed, id="dky_9"))


async def test_the_sandbox_signs_by_its_operators_keys_once_they_have_signed(
    db: Database,
) -> None:
    """For all accounts; until then nothing is expected, and nothing held."""
    await add_account(db)
    other = await add_account(db, 2)
    name = "mailbot.localhost"
    theirs = await add_inbox(db, 1, other)
    waiting = stored_key(
        domain=name, state=KeyState.PENDING, activated_at=None, domain_id=domain().id
    )
    await db.write(rows.add, domain(name=name))
    await db.write(keys.add, waiting)
    assert await db.read(keys.of_inbox, other.id, theirs.id) == ()
    active = replace(waiting, state=KeyState.ACTIVE, activated_at=BEGINNING)
    await db.write(keys.write, active)
    assert await db.read(keys.of_inbox, other.id, theirs.id) == ()
    await db.write(rows.write, domain(name=name, verified_at=BEGINNING))
    assert await db.read(keys.of_inbox, other.id, theirs.id) == (active,)
    second = stored_key(ED25519, 2, domain=name, domain_id=domain().id)
    await db.write(keys.add, second)
    assert await db.read(keys.of_inbox, other.id, theirs.id) == (active, second)
    await db.write(keys.write, waiting)
    assert await db.read(keys.of_inbox, other.id, theirs.id) == ()


async def test_a_key_that_is_deleted_is_gone(db: Database) -> None:
    await add_account(db)
    await db.write(add_key, FIRST)
    await db.write(keys.delete, replace(FIRST, account_id="acc_9"))
    assert await db.read(keys.of_domain, account().id, FIRST.domain_id) == (FIRST,)
    await db.write(keys.delete, FIRST)
    assert await db.read(keys.of_domain, account().id, FIRST.domain_id) == ()


async def test_what_another_server_key_has_sealed_is_counted(db: Database) -> None:
    """The second byte of what is sealed names the key; see engine/signing."""
    await add_account(db)
    await db.write(add_key, replace(FIRST, sealed_private=b"\x01\x07nonce"))
    await db.write(add_key, replace(SECOND, sealed_private=b"\x01\xffnonce"))
    assert await db.read(keys.sealed_by_others, [7, 255]) == 0
    assert await db.read(keys.sealed_by_others, [7]) == 1
    assert await db.read(keys.sealed_by_others, [1]) == 2
