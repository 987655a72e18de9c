"""How far a new key may reach, and which keys a key may see and end."""

from dataclasses import replace

import pytest

from mailbot_server.api import keys
from mailbot_server.core.account import SCOPES, ApiKey
from mailbot_server.core.errors import InvalidInput, NotAllowed, NotFound
from mailbot_server.store import keys as stored
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox, principal


def key(number=1, **changes):
    plain = ApiKey(
        id=f"key_{number:026d}",
        account_id=account().id,
        display_name="",
        public_id=f"{number:010d}",
        secret_hash=b"",
        scopes=frozenset(),
        created_at=BEGINNING,
    )
    return replace(plain, **changes)


@pytest.fixture
async def inboxes(db):
    """The ids of two inboxes of the first account, and of one of the second."""
    await add_account(db, 1)
    await add_account(db, 2)
    made = [await add_inbox(db, n) for n in (1, 2)]
    made.append(await add_inbox(db, 3, account(2)))
    return [inbox.id for inbox in made]


@pytest.mark.parametrize(
    ("has", "asked", "given"),
    [
        ({"admin"}, (), {"admin"}),
        ({"admin", "operator"}, (), {"admin"}),
        ({"admin"}, ("inboxes:read",), {"inboxes:read"}),
        ({"admin"}, ("admin",), {"admin"}),
        ({"operator"}, ("operator",), {"operator"}),
        ({"inboxes:read"}, (), {"inboxes:read"}),
    ],
)
def test_scopes_are_the_caller_s_or_fewer(has, asked, given):
    assert keys.scopes(principal(scopes=frozenset(has)), asked) == given


@pytest.mark.parametrize("scope", sorted(SCOPES))
def test_no_key_gives_a_scope_that_it_lacks(scope):
    poor = principal(scopes=frozenset({"inboxes:read"} - {scope}))
    with pytest.raises(NotAllowed) as caught:
        keys.scopes(poor, (scope,))
    assert caught.value.details == {"scope": scope}


def test_an_unknown_scope_is_an_error_of_the_field():
    with pytest.raises(InvalidInput) as caught:
        keys.scopes(principal(), ("everything",))
    assert caught.value.details == {"field": "api_key.scopes"}


async def test_inboxes_may_be_named_by_address(db, inboxes):
    address = "user1--00000001@mailbot.localhost"
    names = (address, inboxes[1], inboxes[0])
    made = await db.write(keys.add, principal(), key(inbox_ids=names))
    assert made.inbox_ids == (inboxes[0], inboxes[1])
    assert await db.read(stored.get, account().id, key().id) == made


async def test_an_inbox_of_another_account_cannot_be_given(db, inboxes):
    with pytest.raises(NotFound):
        await db.write(keys.add, principal(), key(inbox_ids=(inboxes[2],)))
    assert await db.read(stored.get, account().id, key().id) is None


async def test_a_restricted_key_gives_less_or_the_same(db, inboxes):
    who = principal(inbox_ids=(inboxes[0],))
    with pytest.raises(NotAllowed):
        await db.write(keys.add, who, key())
    with pytest.raises(NotFound):
        await db.write(keys.add, who, key(inbox_ids=(inboxes[0], inboxes[1])))
    assert await db.write(keys.add, who, key(inbox_ids=(inboxes[0],)))


async def test_a_key_of_no_account_cannot_be_made(db, inboxes):
    with pytest.raises(NotFound) as caught:
        await db.write(keys.add, principal(), key(account_id="acc_1"))
    assert caught.value.resource_type == "account"


@pytest.mark.parametrize(
    ("restriction", "reach", "seen"),
    [
        (None, (), True),
        (None, ("inb_a",), True),
        (("inb_a",), (), False),
        (("inb_a",), ("inb_a",), True),
        (("inb_a",), ("inb_a", "inb_b"), False),
        (("inb_a", "inb_b"), ("inb_b",), True),
    ],
)
def test_a_key_is_seen_by_those_who_see_all_it_sees(restriction, reach, seen):
    who = principal(inbox_ids=restriction, key_id="key_other")
    assert keys.may_see(who, key(inbox_ids=reach)) is seen


async def test_visible_keys_are_listed_over_pages_of_others(db, inboxes):
    def fill(tx):
        for n in range(30):
            stored.add(tx, key(n, inbox_ids=(inboxes[n % 5 > 0],)))

    await db.write(fill)
    who = principal(inbox_ids=(inboxes[0],), key_id="key_other")
    page = await db.read(keys.list_visible, who, "", 4)
    assert [int(each.public_id) for each in page] == [25, 20, 15, 10]
    rest = await db.read(keys.list_visible, who, page[-1].id, 4)
    assert [int(each.public_id) for each in rest] == [5, 0]


async def test_only_what_is_seen_can_be_ended(db, inboxes):
    await db.write(stored.add, key(2, inbox_ids=(inboxes[1],)))
    for who in (principal(inbox_ids=(inboxes[0],)), principal(account(2))):
        with pytest.raises(NotFound):
            await db.write(keys.revoke, who, key(2).id)
    ended = await db.write(keys.revoke, principal(), key(2).id)
    assert ended.revoked_at is not None
