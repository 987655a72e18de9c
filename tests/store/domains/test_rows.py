"""Domains come back as they were written, each for its own account."""

from dataclasses import replace
from datetime import timedelta

from mailbot_server.core.delivery import State
from mailbot_server.core.domain import record
from mailbot_server.core.inbox import Inbox, InboxState
from mailbot_server.core.search.document import Document
from mailbot_server.store import deliveries, messages
from mailbot_server.store.database import Database
from mailbot_server.store.domains import keys as domain_keys
from mailbot_server.store.domains import rows
from tests.fakes.domain_keys import stored_key
from tests.fakes.domains import domain
from tests.fakes.mail import RAW, delivery, message
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox


async def test_a_domain_comes_back_as_it_was_added_by_id_and_name(db: Database) -> None:
    await add_account(db)
    finding = record.wrong(["ü"], "why", "v=spf1").after(None)
    new = domain(findings={"spf:example.com": finding}, lost_at=BEGINNING)
    assert await db.write(rows.add, new)
    for name in (new.id, new.name):
        assert await db.read(rows.get, new.account_id, name) == new
        assert await db.write(rows.lock, new.account_id, name) == new
        assert await db.read(rows.get, account(2).id, name) is None


async def test_a_name_is_there_once_in_an_account_and_again_in_another(
    db: Database,
) -> None:
    for number in (1, 2):
        await add_account(db, number)
    assert await db.write(rows.add, domain(1))
    assert not await db.write(rows.add, domain(2))
    assert await db.write(rows.add, domain(3, of=2))


async def test_a_name_is_verified_by_one_account(db: Database) -> None:
    await add_account(db)
    assert await db.read(rows.owner, "example.com") is None
    new = domain()
    await db.write(rows.add, new)
    assert await db.read(rows.owner, "example.com") is None
    assert await db.write(rows.write, replace(new, verified_at=BEGINNING))
    assert await db.read(rows.owner, "example.com") == account().id


async def test_what_was_changed_meanwhile_is_not_overwritten(db: Database) -> None:
    await add_account(db)
    new = domain()
    await db.write(rows.add, new)
    assert await db.write(rows.write, replace(new, checked_at=BEGINNING))
    assert not await db.write(rows.write, new)
    found = await db.read(rows.get, new.account_id, new.id)
    assert found == replace(new, checked_at=BEGINNING, version=2)


async def test_domains_are_listed_newest_first_in_pages(db: Database) -> None:
    await add_account(db)
    for number in (1, 2, 3):
        await db.write(rows.add, domain(number, name=f"d{number}.example"))
    mine = account().id
    page = await db.read(rows.list_newest, mine, "", 2)
    assert [each.name for each in page] == ["d3.example", "d2.example"]
    page = await db.read(rows.list_newest, mine, page[-1].id, 2)
    assert [each.name for each in page] == ["d1.example"]
    assert await db.read(rows.list_newest, account(2).id, "", 2) == []


async def test_a_domain_that_was_given_up_is_gone_with_its_keys(db: Database) -> None:
    await add_account(db)
    new = domain(verified_at=BEGINNING)
    await db.write(rows.add, new)
    await db.write(domain_keys.add, stored_key(domain_id=new.id))
    await db.write(rows.delete, new)
    assert await db.read(rows.get, new.account_id, new.name) is None
    assert await db.read(rows.owner, new.name) is None
    assert await db.read(domain_keys.of_domain, new.account_id, new.id) == ()
    assert await db.read(rows.due, 10) == []
    assert not await db.write(rows.write, new)
    assert await db.write(rows.add, domain(2, verified_at=BEGINNING))


async def test_inboxes_are_counted_unless_disabled_or_in_the_sandbox(
    db: Database,
) -> None:
    await add_account(db)
    new = domain()
    await db.write(rows.add, new)
    states = (InboxState.ACTIVE, InboxState.SUSPENDED, InboxState.DISABLED)
    for number, state in enumerate(states, 1):
        address = f"a{number}@example.com"
        await add_inbox(db, number, address=address, domain="example.com", state=state)
    await add_inbox(db, 9)
    assert await db.read(rows.inboxes_in, new) == 2


async def test_due_domains_are_taken_once(db: Database, clock) -> None:
    await add_account(db)
    early = domain(1, name="a.example", checks_at=clock() - timedelta(hours=2))
    due = domain(2, name="b.example", checks_at=clock())
    later = domain(3, name="c.example", checks_at=clock() + timedelta(seconds=1))
    for each in (later, due, early):
        await db.write(rows.add, each)
    assert await db.read(rows.due, 10) == [early, due]
    until = clock() + timedelta(minutes=3)
    assert await db.write(rows.postpone, early, until)
    assert not await db.write(rows.postpone, early, until)
    assert await db.read(rows.due, 10) == [due]


async def test_the_many_domains_of_an_account_leave_room_for_others(
    db: Database, clock
) -> None:
    for number in (1, 2):
        await add_account(db, number)
    for number in range(1, 7):
        at = clock() - timedelta(hours=number)
        new = domain(number, name=f"d{number}.example", checks_at=at)
        await db.write(rows.add, new)
    await db.write(rows.add, domain(7, of=2, checks_at=clock()))
    numbers = [6, 5, 4, 3, 7]
    found = await db.read(rows.due, 10)
    assert [each.id for each in found] == [domain(number).id for number in numbers]
    assert await db.read(rows.due, 3) == found[:3]


async def test_an_accounts_domains_are_counted(db: Database) -> None:
    for number in (1, 2):
        await add_account(db, number)
        await db.write(rows.add, domain(number, of=number))
    assert await db.write(rows.count, account().id) == 1
    await db.write(rows.delete, domain(1))
    assert await db.write(rows.count, account().id) == 0


async def test_what_waits_for_keys_comes_in_pages(db: Database) -> None:
    expected: list[tuple[str, str, str]] = []
    for number in (1, 2):
        owner = await add_account(db, number)
        for name in (f"a{number}.example", f"b{number}.example"):
            pair = [
                await add_inbox(
                    db,
                    *(len(expected) * 2 + each, owner),
                    address=f"{each}@{name}",
                    domain=name,
                )
                for each in (1, 2)
            ]
            for its in pair:
                await hold(db, its, "for-a-key")
            expected.append((owner.id, name, pair[0].id))
        await hold(db, await add_inbox(db, 90 + number, owner), "for-another-reason")
    read: list[tuple[str, str, str]] = []
    for size in (3, 1, 0):
        after = read[-1][:2] if read else ("", "")
        page = await db.read(rows.waiting_for_keys, "for-a-key", after, 3)
        assert len(page) == size
        read += page
    assert read == expected


async def hold(db: Database, its: Inbox, reason: str) -> None:
    """One message of that inbox waits."""
    number = int(its.id.removeprefix("inb_"))
    sent = message(number, its)
    await db.write(messages.add, sent, RAW, [], Document())
    held = delivery(number, sent, state=State.HELD, hold_reason=reason)
    await db.write(deliveries.add_many, [held])


async def test_reserving_a_name_needs_nothing_to_be_there(db: Database) -> None:
    await db.write(rows.reserve, "example.com")
