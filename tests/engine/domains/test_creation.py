"""The operations on domains, one by one."""

import pytest

from mailbot_server.core.account import OPERATOR
from mailbot_server.core.errors import InvalidInput, NotAllowed, NotFound, WrongState
from mailbot_server.core.event import EventType
from mailbot_server.engine.domains import creation
from mailbot_server.store import accounts
from tests.fakes.domain_keys import stored_key
from tests.fakes.domains import domain
from tests.fakes.tenants import account, add_account, principal

OWN = ("mx.mailbot.example", "mailbot.localhost")


@pytest.mark.parametrize("bad", ["", "com", "a b.example", "rp.example.com", OWN[0]])
def test_a_bad_name_is_the_fields_fault(bad):
    with pytest.raises(InvalidInput) as caught:
        creation.check_name(bad, principal(), OWN)
    assert caught.value.details == {"field": "name"}


def test_a_good_name_comes_back_as_it_is_stored():
    assert creation.check_name("Bücher.EXAMPLE.", principal(), OWN) == (
        "xn--bcher-kva.example"
    )
    operator = principal(scopes=frozenset({OPERATOR}))
    assert creation.check_name(OWN[0], operator, OWN) == OWN[0]


def test_a_restricted_key_is_told_so():
    creation.check_unrestricted(principal())
    with pytest.raises(NotAllowed, match="restricted"):
        creation.check_unrestricted(principal(inbox_ids=()))


async def test_a_domain_is_found_by_its_name_in_any_case(db):
    await add_account(db)
    wanted = domain(name="xn--bcher-kva.example")
    key = stored_key(domain=wanted.name)
    new = await db.write(creation.create, wanted, (key,), "", b"", 9)
    mine = account().id
    for name in (new.id, "XN--bcher-kva.example", "bücher.example."):
        assert await db.read(creation.find, mine, name) == new
    for name in ("other.example", "dom_9", "", "a b."):
        with pytest.raises(NotFound):
            await db.read(creation.find, mine, name)


async def test_no_domain_begins_without_keys(db):
    await add_account(db)
    with pytest.raises(creation.KeysMissing):
        await db.write(creation.create, domain(), (), "", b"", 9)
    with pytest.raises(NotFound):
        await db.read(creation.find, account().id, domain().id)


async def test_a_suspended_account_begins_with_nothing(db):
    await add_account(db)
    await db.write(accounts.set_suspended, account().id, is_suspended=True)
    with pytest.raises(WrongState) as caught:
        await db.write(creation.create, domain(), (), "", b"", 9)
    assert caught.value.reason == "ACCOUNT_SUSPENDED"


async def test_an_unknown_domain_is_neither_rotated_nor_given_up(db):
    await add_account(db)
    with pytest.raises(NotFound):
        await db.write(creation.rotate, domain(), ())
    with pytest.raises(NotFound):
        await db.write(creation.delete, account().id, "example.com")


async def test_every_step_is_told_in_the_accounts_log(db, told):
    await add_account(db)
    new = await db.write(creation.create, domain(), (stored_key(),), "", b"", 9)
    await db.write(creation.rotate, new, ())
    await db.write(creation.delete, account().id, new.name)
    assert [kind for kind, _ in await told()] == [
        EventType.DOMAIN_CREATED.value,
        EventType.DOMAIN_CHANGED.value,
        EventType.DOMAIN_DELETED.value,
    ]
