"""Accounts are made once, stopped and started; a new server gets its first keys."""

import asyncio

import pytest

from mailbot_server.core import account as core
from mailbot_server.core import ids
from mailbot_server.core.errors import NotFound, WrongState
from mailbot_server.engine import accounts
from mailbot_server.engine.accounts import NewAccount
from mailbot_server.store import accounts as stored
from mailbot_server.store import events, keys
from tests.fakes.tenants import add_account

CALLER = "acc_operator"


def new(entropy, **fields):
    return NewAccount(display_name="Acme", suffix_entropy=entropy(8), **fields)


async def test_an_account_has_a_log_and_a_suffix(db, entropy):
    made, replayed = await db.write(accounts.create, CALLER, new(entropy))
    assert not replayed
    assert len(made.sandbox_suffix) == 8
    assert set(made.sandbox_suffix) <= set(ids.ALPHABET)
    assert await db.read(stored.get, made.id) == made
    assert await db.read(events.head, made.id) == 0


async def test_a_repeat_gives_the_same_account(db, entropy):
    wanted = new(entropy, request_id="r-1", digest=b"same")
    first, _ = await db.write(accounts.create, CALLER, wanted)
    again, replayed = await db.write(accounts.create, CALLER, wanted)
    assert replayed
    assert again == first
    other = new(entropy, request_id="r-1", digest=b"other")
    with pytest.raises(WrongState) as caught:
        await db.write(accounts.create, CALLER, other)
    assert caught.value.reason == "REQUEST_ID_REUSED"


async def test_an_account_is_stopped_and_started(db):
    made = await add_account(db)
    for is_suspended in (True, True, False, False):
        await db.write(accounts.set_suspended, made.id, is_suspended=is_suspended)
        found = await db.read(stored.get, made.id)
        assert found.is_suspended is is_suspended


async def test_an_account_that_is_stopped_does_nothing_new(db):
    made = await add_account(db)
    assert await db.read(accounts.acting, made.id) == made
    await db.write(accounts.set_suspended, made.id, is_suspended=True)
    with pytest.raises(WrongState) as caught:
        await db.read(accounts.acting, made.id)
    assert caught.value.reason == "ACCOUNT_SUSPENDED"
    with pytest.raises(NotFound):
        await db.read(accounts.acting, "acc_1")


async def test_an_account_that_is_not_there_is_not_stopped(db):
    with pytest.raises(NotFound):
        await db.write(accounts.set_suspended, "acc_1", is_suspended=True)


async def test_an_empty_database_gets_an_account_and_two_keys(db, entropy):
    first = accounts.draw_first_keys(entropy)
    assert await db.write(accounts.begin, first, entropy(8))
    (made,) = await db.read(stored.list_newest, "", 10)
    assert made.display_name == "default"
    found = {
        key.display_name: key
        for key in await db.read(keys.list_newest, made.id, "", 10)
    }
    assert set(found) == {"default", "operator"}
    assert found["default"].public_id == first.api.public_id
    assert core.OPERATOR not in found["default"].scopes
    assert found["operator"].scopes == core.SCOPES
    core.authenticate(first.operator, found["operator"], made.created_at)


async def test_a_database_that_is_in_use_is_left_alone(db, entropy):
    await add_account(db)
    first = accounts.draw_first_keys(entropy)
    assert not await db.write(accounts.begin, first, entropy(8))
    assert len(await db.read(stored.list_newest, "", 10)) == 1
    assert await db.read(keys.find, first.api.public_id) is None


async def test_of_many_who_begin_at_once_one_does(db, entropy):
    drawn = [(accounts.draw_first_keys(entropy), entropy(8)) for _ in range(8)]
    begun = await asyncio.gather(*(db.write(accounts.begin, *each) for each in drawn))
    assert sorted(begun) == [False] * 7 + [True]
    assert len(await db.read(stored.list_newest, "", 10)) == 1


def test_the_two_first_keys_differ(entropy):
    first = accounts.draw_first_keys(entropy)
    assert first.api.public_id != first.operator.public_id
    assert first.api.secret != first.operator.secret


async def test_an_operator_who_lost_the_key_gets_another_one(db, entropy):
    first = accounts.draw_first_keys(entropy)
    assert not await db.write(accounts.add_operator_key, first.operator)
    await db.write(accounts.begin, first, entropy(8))
    another = accounts.draw_first_keys(entropy).operator
    assert await db.write(accounts.add_operator_key, another)
    found = await db.read(keys.find, another.public_id)
    assert found.scopes == core.SCOPES
    before = await db.read(keys.find, first.operator.public_id)
    assert before.revoked_at is None
    assert found.account_id == before.account_id
