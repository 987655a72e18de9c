"""An update changes what it names, tells what changed, and nothing else."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.errors import Conflict, InvalidInput, NotFound, WrongState
from mailbot_server.core.event import Event, EventFilter, EventType, InboxDetail
from mailbot_server.core.inbox import PERMISSIONS, Inbox
from mailbot_server.engine.inboxes import Change, update
from mailbot_server.store import accounts, events, inboxes
from mailbot_server.store.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import (
    BEGINNING,
    account,
    add_account,
    add_inbox,
    inbox,
    principal,
)

ALL_FIELDS = frozenset(
    {
        *("display_name", "labels", "permissions", "daily_send_limit"),
        *("metadata", "expire_time"),
    }
)


async def changed(db: Database, *fields: str, **values: Any) -> Inbox:
    change = Change(fields=frozenset(fields), **values)
    return await update(db, principal(), inbox().id, change)


async def log(db: Database) -> list[Event]:
    page = await db.read(events.after, account().id, 0, EventFilter(), 100)
    return page.events


async def test_named_fields_change_and_others_stay(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    old = await add_inbox(db, display_name="Old", labels=("keep",))
    new = await changed(db, "display_name", display_name="New", labels=("ignored",))
    assert (new.display_name, new.labels) == ("New", ("keep",))
    assert (new.version, new.updated_at) == (old.version + 1, clock())
    assert await db.read(inboxes.get, account().id, old.id) == new


async def test_every_changeable_field_changes(db: Database, clock: FakeClock) -> None:
    await add_account(db)
    await add_inbox(db)
    end = clock() + timedelta(days=1)
    new = await changed(
        db,
        *ALL_FIELDS,
        display_name="New",
        labels=("b", "a"),
        permissions=frozenset({"send"}),
        daily_send_limit=10,
        metadata={"k": "v"},
        expires_at=end,
    )
    assert (new.display_name, new.labels) == ("New", ("a", "b"))
    assert (new.permissions, new.daily_send_limit) == (frozenset({"send"}), 10)
    assert (new.metadata, new.expires_at) == ({"k": "v"}, end)


async def test_a_named_field_without_a_value_goes_back_to_its_default(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    await add_inbox(
        db,
        display_name="Old",
        labels=("a",),
        permissions=frozenset({"send"}),
        daily_send_limit=10,
        metadata={"k": "v"},
        expires_at=clock() + timedelta(days=1),
    )
    new = await changed(db, *ALL_FIELDS)
    assert (new.display_name, new.labels, new.metadata) == ("", (), {})
    assert (new.permissions, new.daily_send_limit) == (PERMISSIONS, 250)
    assert new.expires_at is None


async def test_a_change_is_announced_with_what_changed(db: Database) -> None:
    await add_account(db)
    await add_inbox(db, daily_send_limit=10)
    await changed(
        db,
        "labels",
        "display_name",
        "daily_send_limit",
        labels=("a",),
        display_name="N",
        daily_send_limit=10,
    )
    (event,) = await log(db)
    assert event.type is EventType.INBOX_UPDATED
    assert event.detail == InboxDetail(
        address=inbox().address,
        previous_state="active",
        state="active",
        changed_by=principal().key_id,
        changed_fields=("display_name", "labels"),
    )


@pytest.mark.parametrize("fields", [(), ("display_name", "permissions")], ids=str)
async def test_a_change_that_changes_nothing_leaves_no_trace(
    db: Database, fields: tuple[str, ...]
) -> None:
    await add_account(db)
    old = await add_inbox(db)
    assert await changed(db, *fields) == old
    assert await log(db) == []


async def test_a_fresh_etag_is_taken_and_a_stale_one_refused(db: Database) -> None:
    await add_account(db)
    old = await add_inbox(db)
    new = await changed(db, "display_name", display_name="1", etag=old.etag)
    with pytest.raises(Conflict) as raised:
        await changed(db, "display_name", display_name="2", etag=old.etag)
    assert raised.value.reason == "ETAG_MISMATCH"
    assert await db.read(inboxes.get, account().id, old.id) == new


async def test_of_racing_changes_with_one_etag_one_wins(db: Database) -> None:
    await add_account(db)
    old = await add_inbox(db)
    calls = [
        changed(db, "display_name", display_name=f"name {n}", etag=old.etag)
        for n in range(8)
    ]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert sum(isinstance(answer, Inbox) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 7


@pytest.mark.parametrize(
    ("field", "values", "path"),
    [
        ("display_name", {"display_name": "\x00"}, "inbox.display_name"),
        ("labels", {"labels": ("A",)}, "inbox.labels[0]"),
        ("permissions", {"permissions": frozenset({"fly"})}, "inbox.permissions"),
        ("daily_send_limit", {"daily_send_limit": 251}, "inbox.daily_send_limit"),
        ("metadata", {"metadata": {"": ""}}, "inbox.metadata['']"),
        ("expire_time", {"expires_at": BEGINNING}, "inbox.expire_time"),
    ],
    ids=str,
)
async def test_a_bad_value_of_a_named_field_is_refused(
    db: Database, field: str, values: dict[str, Any], path: str
) -> None:
    await add_account(db)
    old = await add_inbox(db)
    with pytest.raises(InvalidInput) as raised:
        await changed(db, field, **values)
    assert [each.field for each in raised.value.violations] == [path]
    assert await changed(db, **values) == old


async def test_a_field_that_cannot_change_is_a_mistake_of_ours(db: Database) -> None:
    await add_account(db)
    await add_inbox(db)
    with pytest.raises(KeyError, match="address"):
        await changed(db, "address")


async def test_the_end_of_an_expired_inbox_cannot_be_moved(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    await add_inbox(db, expires_at=clock())
    with pytest.raises(WrongState) as raised:
        await changed(db, "expire_time", expires_at=clock() + timedelta(days=1))
    assert raised.value.reason == "INBOX_EXPIRED"
    with pytest.raises(WrongState):
        await changed(db, "expire_time")
    renamed = await changed(
        db, "display_name", "expire_time", display_name="x", expires_at=clock()
    )
    assert renamed.display_name == "x"


async def test_an_inbox_that_the_caller_may_not_see_is_not_there(db: Database) -> None:
    await add_account(db)
    other = await add_account(db, 2)
    await add_inbox(db)
    change = Change(fields=frozenset({"display_name"}), display_name="x")
    for caller in (principal(other), principal(inbox_ids=("inb_other",))):
        for name in (inbox().id, inbox().address):
            with pytest.raises(NotFound):
                await update(db, caller, name, change)
    restricted = principal(inbox_ids=(inbox().id,))
    new = await update(db, restricted, inbox().address.upper(), change)
    assert new.display_name == "x"


async def test_an_inbox_of_an_own_domain_may_send_up_to_its_accounts_limit(
    db: Database,
) -> None:
    await db.write(accounts.add, account(daily_send_limit=5000))
    await add_inbox(db, address="a@example.com", domain="example.com")
    new = await changed(db, "daily_send_limit", daily_send_limit=5000)
    assert new.daily_send_limit == 5000
    for limit in (5001, 10_001, -1):
        with pytest.raises(InvalidInput):
            await changed(db, "daily_send_limit", daily_send_limit=limit)
