"""Entries come and go; addresses are looked up as senders and as recipients."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mailbot_server.core.errors import LimitExceeded, NotAllowed, NotFound
from mailbot_server.core.screening.address_list import (
    Action,
    AddressEntry,
    Direction,
)
from mailbot_server.engine.screening import lists
from mailbot_server.store.database import Database, Transaction
from tests.fakes import tenants
from tests.fakes.racing import race
from tests.fakes.tenants import account, inbox, principal

PLAIN = lists.NewEntry(
    inbox="",
    direction=Direction.SENDER,
    action=Action.BLOCK,
    pattern="example.com",
    note="",
)


@pytest.fixture(autouse=True)
async def _tenants(db: Database) -> None:
    await tenants.add_account(db)
    await tenants.add_inbox(db)


async def add(db: Database, **changes: Any) -> AddressEntry:
    return await db.write(lists.add, principal(), replace(PLAIN, **changes))


async def blocked(db: Database, *addresses: str, **changes: Any) -> str | None:
    direction = changes.get("direction", Direction.SENDER)
    where = (account().id, inbox().id, direction)
    return await db.read(lists.blocked, *where, addresses)


async def test_an_entry_knows_who_added_it_and_where_it_counts(db: Database) -> None:
    kept = await add(db, inbox=inbox().address)
    assert (kept.inbox_id, kept.created_by) == (inbox().id, principal().key_id)


async def test_the_first_that_is_kept_out_is_named(db: Database) -> None:
    assert await blocked(db, "a@example.com") is None
    await add(db)
    asked = ("x@example.org", "a@example.com", "b@example.com")
    assert await blocked(db, *asked) == "a@example.com"
    assert await blocked(db, *asked, direction=Direction.RECIPIENT) is None


async def test_each_of_many_is_judged_by_its_own_entries(db: Database) -> None:
    await add(db, pattern="49@example.com")
    await add(db, pattern="example.com", action=Action.ALLOW)
    asked = [f"{number}@example.com" for number in range(50)]
    assert await blocked(db, *asked[:-1]) is None
    assert await blocked(db, *asked) == "49@example.com"
    # Somebody is allowed, so nobody else is, with or without a name.
    assert await blocked(db, "0@example.com", "a@example.org") == "a@example.org"
    assert await blocked(db, "0@example.com", "") == ""


async def test_an_inboxs_own_entry_counts_for_it_alone(db: Database) -> None:
    other = await tenants.add_inbox(db, 2)
    await add(db, inbox=other.id)
    assert await blocked(db, "a@example.com") is None


async def test_removing_takes_it_away(db: Database) -> None:
    kept = await add(db)
    await db.write(lists.remove, principal(), kept.id)
    assert await blocked(db, "a@example.com") is None
    with pytest.raises(NotFound):
        await db.write(lists.remove, principal(), kept.id)


async def test_a_restricted_key_has_its_inboxes_entries_alone(db: Database) -> None:
    kept = await add(db)
    restricted = principal(inbox_ids=(inbox().id,))
    with pytest.raises(NotFound):
        await db.write(lists.remove, restricted, kept.id)
    with pytest.raises(NotAllowed):
        await db.write(lists.add, restricted, PLAIN)


async def test_there_is_an_end(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "ENTRIES_MAX", 2)
    await add(db, pattern="a.example")
    await add(db, pattern="b.example")
    with pytest.raises(LimitExceeded, match="remove some"):
        await add(db, pattern="c.example")
    assert await blocked(db, "x@c.example") is None
    await add(db, pattern="b.example", note="again")


async def test_there_is_no_entry_too_many_although_two_are_added_at_once(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "ENTRIES_MAX", 1)

    def adding(pattern: str) -> Callable[[Transaction], AddressEntry]:
        return lambda tx: lists.add(tx, principal(), replace(PLAIN, pattern=pattern))

    kept, refused = await race(db, adding("a.example"), adding("b.example"))
    assert isinstance(kept, AddressEntry)
    assert isinstance(refused, LimitExceeded)
