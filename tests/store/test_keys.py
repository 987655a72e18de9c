"""Keys are found by their public part, kept apart by account, and revoked once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mailbot_server.core.account import ApiKey
from mailbot_server.store import keys
from mailbot_server.store.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import BEGINNING, account, add_account


def key(number: int = 1, **changes: Any) -> ApiKey:
    plain = ApiKey(
        id=f"key_{number:026d}",
        account_id=account().id,
        display_name="backend",
        public_id=f"{number:010d}",
        secret_hash=bytes(range(32)),
        scopes=frozenset({"messages:send", "inboxes:read"}),
        created_at=BEGINNING,
    )
    return replace(plain, **changes)


async def test_a_key_comes_back_as_it_was_added(db: Database) -> None:
    await add_account(db)
    soon = BEGINNING + timedelta(days=3, microseconds=7)
    new = key(inbox_ids=("inb_2", "inb_1"), expires_at=soon, last_used_at=BEGINNING)
    await db.write(keys.add, new)
    assert await db.read(keys.find, new.public_id) == new
    assert await db.read(keys.get, new.account_id, new.id) == new


async def test_an_unknown_public_part_is_none(db: Database) -> None:
    assert await db.read(keys.find, "0000000009") is None


async def test_another_accounts_key_is_not_there(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    other = await add_account(db, 2)
    await db.write(keys.add, key())
    assert await db.read(keys.get, other.id, key().id) is None
    assert await db.write(keys.revoke, other.id, key().id) is None
    assert await db.read(keys.list_newest, other.id, "", 10) == []
    assert await db.read(keys.find, key().public_id) == key()


async def test_keys_are_listed_newest_first_in_pages(db: Database) -> None:
    await add_account(db)
    for number in (1, 3, 2):
        await db.write(keys.add, key(number))
    page = await db.read(keys.list_newest, account().id, "", 2)
    rest = await db.read(keys.list_newest, account().id, page[-1].id, 2)
    assert [page, rest] == [[key(3), key(2)], [key(1)]]


async def test_revoking_again_keeps_the_first_time(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    await db.write(keys.add, key())
    first = clock()
    revoked = await db.write(keys.revoke, account().id, key().id)
    assert revoked == key(revoked_at=first)
    clock.advance(hours=1)
    assert await db.write(keys.revoke, account().id, key().id) == revoked


async def test_use_is_marked_for_many_keys_and_never_goes_back(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    for number in (1, 2):
        await db.write(keys.add, key(number))
    now, before = clock(), clock() - timedelta(hours=1)
    await db.write(keys.mark_used, {key(2).id: before, key(1).id: now})
    await db.write(keys.mark_used, {key(2).id: now, key(1).id: before})
    found = await db.read(keys.list_newest, account().id, "", 10)
    assert [each.last_used_at for each in found] == [now, now]


async def test_marking_nothing_and_what_is_unknown_is_harmless(
    db: Database, clock: FakeClock
) -> None:
    await db.write(keys.mark_used, {})
    await db.write(keys.mark_used, {"key_unknown": clock()})
