"""Entries of lists: once each, found by pattern, shown newest first."""

from dataclasses import replace
from typing import Any

from mailbot_server.core.screening.address_list import (
    Action,
    AddressEntry,
    AddressEntryFilter,
    Direction,
)
from mailbot_server.store.database import Database
from mailbot_server.store.screening import entries
from tests.fakes.tenants import BEGINNING

SENDER, RECIPIENT = Direction


def entry(number: int = 1, **changes: Any) -> AddressEntry:
    plain = AddressEntry(
        id=f"lst_{number:04d}",
        account_id="acc_1",
        inbox_id="inb_1",
        direction=SENDER,
        action=Action.BLOCK,
        pattern="example.com",
        note="spam",
        created_at=BEGINNING,
        created_by="key_1",
    )
    return replace(plain, **changes)


async def put(db: Database, *new: AddressEntry) -> None:
    for each in new:
        await db.write(entries.put, each)


async def test_an_entry_comes_back_as_it_went_in(db: Database) -> None:
    assert await db.write(entries.put, entry()) == entry()
    assert await db.read(entries.get, "acc_1", "lst_0001") == entry()
    assert await db.read(entries.get, "acc_2", "lst_0001") is None


async def test_the_same_again_changes_the_note_only(db: Database) -> None:
    await put(db, entry())
    kept = await db.write(entries.put, entry(2, note="still spam", created_by="key_2"))
    assert kept == entry(note="still spam")
    assert await db.read(entries.count, "acc_1") == 1


async def test_what_is_deleted_is_gone(db: Database) -> None:
    await put(db, entry())
    await db.write(entries.delete, entry())
    assert await db.read(entries.count, "acc_1") == 0


async def test_matching_are_the_inboxs_and_the_accounts(db: Database) -> None:
    await put(
        db,
        entry(),
        entry(2, inbox_id="", pattern="*.example.com"),
        entry(3, inbox_id="inb_2"),
        entry(4, account_id="acc_2"),
        entry(5, direction=RECIPIENT),
        entry(6, pattern="example.org"),
        entry(7, action=Action.ALLOW),
    )
    patterns = ["bob@example.com", "example.com", "*.example.com"]
    found = await db.read(entries.matching, "acc_1", "inb_1", SENDER, patterns)
    assert sorted(each.id for each in found) == ["lst_0001", "lst_0002", "lst_0007"]
    assert await db.read(entries.matching, "acc_1", "inb_1", SENDER, []) == []


async def test_one_allow_entry_closes_the_list(db: Database) -> None:
    await put(db, entry())
    assert not await db.read(entries.is_closed, "acc_1", "inb_1", SENDER)
    await put(db, entry(2, inbox_id="", action=Action.ALLOW))
    assert await db.read(entries.is_closed, "acc_1", "inb_1", SENDER)
    assert await db.read(entries.is_closed, "acc_1", "inb_2", SENDER)
    assert not await db.read(entries.is_closed, "acc_1", "inb_1", RECIPIENT)


async def test_whether_there_is_any_at_all(db: Database) -> None:
    assert not await db.read(entries.exist, "acc_1", "inb_1", SENDER)
    await put(db, entry())
    assert await db.read(entries.exist, "acc_1", "inb_1", SENDER)
    assert not await db.read(entries.exist, "acc_1", "inb_2", SENDER)


async def test_lists_are_newest_first_and_narrowed(db: Database) -> None:
    await put(
        db,
        entry(),
        entry(2, inbox_id=""),
        entry(3, inbox_id="inb_2"),
        entry(4, direction=RECIPIENT),
    )

    async def ids(before: str = "", limit: int = 9, **wanted: Any) -> list[str]:
        asked = AddressEntryFilter(**wanted)
        found = await db.read(entries.list_, "acc_1", asked, before, limit)
        return [each.id[-1] for each in found]

    assert await ids() == ["4", "3", "2", "1"]
    assert await ids(limit=2) == ["4", "3"]
    assert await ids(before="lst_0003") == ["2", "1"]
    assert await ids(inbox_id="inb_1") == ["4", "1"]
    assert await ids(direction=RECIPIENT) == ["4"]
    assert await ids(visible_inbox_ids=("inb_2",)) == ["3"]
    assert await ids(inbox_id="inb_1", visible_inbox_ids=("inb_2",)) == []
