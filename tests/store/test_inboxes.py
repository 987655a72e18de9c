"""Inboxes come back whole, are found by id and address, and keep their address."""

import asyncio
from datetime import timedelta

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.inbox import (
    Inbox,
    InboxCounts,
    InboxFilter,
    InboxState,
    Suspension,
)
from mailbot_server.store import inboxes, limits
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.domains import rows
from tests.fakes.clock import FakeClock
from tests.fakes.domains import domain
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox, inbox

ALL = InboxFilter()
SUSPENSION = Suspension(
    reason="Zu viele Rückläufer, 100 % der letzten?",
    by="key_1",
    since=BEGINNING,
    until=BEGINNING + timedelta(days=1, microseconds=5),
    refuse_inbound=True,
)


def full(number: int = 1) -> Inbox:
    return inbox(
        number,
        display_name="Größe 🙂",
        labels=("a", "b"),
        permissions=frozenset({"send", "search"}),
        daily_send_limit=7,
        metadata={"ticket": "100 % ?", "ä": ""},
        state=InboxState.SUSPENDED,
        suspension=SUSPENSION,
        disabled_at=BEGINNING,
        expires_at=BEGINNING + timedelta(days=9),
        version=4,
    )


def change_name(tx: Transaction, account_id: str, inbox_id: str, suffix: str) -> None:
    found = inboxes.lock(tx, account_id, inbox_id)
    assert found is not None
    name = found.display_name + suffix
    inboxes.update(tx, inbox(1, version=found.version + 1, display_name=name))


async def listed(db: Database, wanted: InboxFilter) -> list[str]:
    found = await db.read(inboxes.list_newest, account().id, wanted, "", 50)
    return [each.username for each in found]


async def test_an_inbox_comes_back_as_it_was_added(db: Database) -> None:
    await add_account(db)
    assert await db.write(inboxes.add, full())
    assert await db.read(inboxes.get, account().id, full().id) == full()
    assert await db.write(inboxes.lock, account().id, full().id) == full()
    assert await db.read(inboxes.find_by_address, full().address) == full()


async def test_an_inbox_without_permissions_has_none(db: Database) -> None:
    await add_account(db)
    bare = await add_inbox(db, permissions=frozenset())
    assert await db.read(inboxes.get, account().id, bare.id) == bare


async def test_an_address_is_found_in_any_case(db: Database) -> None:
    await add_account(db)
    new = await add_inbox(db)
    assert await db.read(inboxes.get, account().id, new.address.upper()) == new
    assert await db.write(inboxes.lock, account().id, new.address.upper()) == new


async def test_an_address_is_given_out_once(db: Database) -> None:
    await add_account(db)
    await add_account(db, 2)
    first = await add_inbox(db, labels=("mine",))
    second = inbox(2, account(2), address=first.address, labels=("theirs",))
    assert not await db.write(inboxes.add, second)
    assert await db.read(inboxes.find_by_address, first.address) == first
    assert await db.read(inboxes.get, account(2).id, second.id) is None


async def test_one_of_many_racing_for_an_address_gets_it(db: Database) -> None:
    await add_account(db)
    rivals = [inbox(number, address="same@example.com") for number in range(12)]
    got = await asyncio.gather(*(db.write(inboxes.add, each) for each in rivals))
    assert sum(got) == 1


async def test_another_accounts_inbox_is_not_there(db: Database) -> None:
    await add_account(db)
    other = await add_account(db, 2)
    new = await add_inbox(db)
    for name in (new.id, new.address):
        assert await db.read(inboxes.get, other.id, name) is None
        assert await db.write(inboxes.lock, other.id, name) is None
    assert await db.read(inboxes.list_newest, other.id, ALL, "", 10) == []


async def test_an_update_writes_all_that_can_change(db: Database) -> None:
    await add_account(db)
    await add_inbox(db, labels=("b", "z"))
    await db.write(inboxes.update, full())
    assert await db.read(inboxes.get, account().id, full().id) == full()
    assert await listed(db, InboxFilter(labels=("a",))) == ["user1"]
    assert await listed(db, InboxFilter(labels=("z",))) == []


async def test_a_locked_inbox_loses_no_update(db: Database) -> None:
    await add_account(db)
    new = await add_inbox(db)
    changes = [db.write(change_name, account().id, new.id, "x") for _ in range(12)]
    await asyncio.gather(*changes)
    found = await db.read(inboxes.get, account().id, new.id)
    assert found is not None
    assert (found.display_name, found.version) == ("x" * 12, 13)


async def test_inboxes_are_listed_newest_first_in_pages(db: Database) -> None:
    await add_account(db)
    for number in (2, 1, 3):
        await add_inbox(db, number)
    page = await db.read(inboxes.list_newest, account().id, ALL, "", 2)
    rest = await db.read(inboxes.list_newest, account().id, ALL, page[-1].id, 2)
    assert [page, rest] == [[inbox(3), inbox(2)], [inbox(1)]]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        pytest.param(ALL, ["user3", "user2", "user1"], id="all"),
        pytest.param(InboxFilter(labels=("red",)), ["user2", "user1"], id="label"),
        pytest.param(
            InboxFilter(labels=("red", "blue")),
            ["user3", "user2", "user1"],
            id="labels",
        ),
        pytest.param(
            InboxFilter(states=(InboxState.SUSPENDED,)), ["user2"], id="state"
        ),
        pytest.param(
            InboxFilter(states=(InboxState.SUSPENDED, InboxState.DISABLED)),
            ["user3", "user2"],
            id="states",
        ),
        pytest.param(InboxFilter(domain="Example.com"), ["user3"], id="domain"),
        pytest.param(InboxFilter(domain="mple.com"), [], id="domain-is-exact"),
        pytest.param(InboxFilter(address_contains="SER2-"), ["user2"], id="contains"),
        pytest.param(InboxFilter(address_contains="u%r"), [], id="percent-is-itself"),
        pytest.param(
            InboxFilter(address_contains="o_e"), ["user3"], id="underscore-is-itself"
        ),
        pytest.param(InboxFilter(address_contains="\\"), [], id="backslash-is-itself"),
        pytest.param(InboxFilter(visible_ids=(inbox(1).id,)), ["user1"], id="visible"),
        pytest.param(InboxFilter(visible_ids=()), [], id="none-visible"),
        pytest.param(
            InboxFilter(labels=("red",), states=(InboxState.ACTIVE,)),
            ["user1"],
            id="all-conditions",
        ),
    ],
)
async def test_a_filter_lists(
    db: Database, wanted: InboxFilter, names: list[str]
) -> None:
    await add_account(db)
    await add_inbox(db, 1, labels=("green", "red"))
    await add_inbox(db, 2, labels=("red",), state=InboxState.SUSPENDED)
    await add_inbox(
        db,
        3,
        labels=("blue",),
        state=InboxState.DISABLED,
        domain="example.com",
        address="o_e@example.com",
    )
    assert await listed(db, wanted) == names


async def test_usage_is_of_the_running_day_and_minute(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    new = await add_inbox(db)
    minute = clock()
    midnight = minute.replace(hour=0)
    await db.write(limits.charge, "day", new.id, midnight, 5, 250)
    await db.write(limits.charge, "minute", new.id, minute, 1, 25)
    used = await db.read(inboxes.usage, new)
    assert (used.sends_today, used.sends_this_minute) == (5, 1)
    assert used.day_reset_at == midnight + timedelta(days=1)
    assert used.minute_reset_at == minute + timedelta(minutes=1)
    assert used.minute_send_limit == 25
    clock.advance(minutes=1)
    used = await db.read(inboxes.usage, new)
    assert (used.sends_today, used.sends_this_minute) == (5, 0)


async def test_counters_begin_at_nothing_and_follow_operations(db: Database) -> None:
    await add_account(db)
    new = await add_inbox(db)

    def work(tx: Transaction) -> None:
        tx.count(new.id, inbound_messages=1, threads=1)
        tx.count(new.id, inbound_messages=1, open_deliveries=3)
        tx.count(new.id, open_deliveries=-1)

    assert await db.read(inboxes.counts, new.id) == InboxCounts()
    await db.write(work)
    assert await db.read(inboxes.counts, new.id) == InboxCounts(
        inbound_messages=2, threads=1, open_deliveries=2
    )


async def test_expired_inboxes_are_due_once_and_the_oldest_first(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    now = clock()
    await add_inbox(db, 1, expires_at=now)
    await add_inbox(db, 2, expires_at=now - timedelta(hours=1))
    await add_inbox(db, 3, expires_at=now + timedelta(microseconds=1))
    await add_inbox(db, 4, expires_at=now, state=InboxState.DISABLED)
    await add_inbox(db, 5)
    due = await db.read(inboxes.due_to_expire, 10)
    assert [each.username for each in due] == ["user2", "user1"]
    assert len(await db.read(inboxes.due_to_expire, 1)) == 1


async def test_suspensions_that_ran_out_are_due_the_oldest_first(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)

    async def suspended(number: int, until: timedelta | None, state: str) -> None:
        end = clock() + until if until is not None else None
        pause = Suspension(reason="", by="key_1", since=BEGINNING, until=end)
        await add_inbox(db, number, state=InboxState(state), suspension=pause)

    await suspended(1, timedelta(0), "suspended")
    await suspended(2, timedelta(hours=-1), "suspended")
    await suspended(3, timedelta(microseconds=1), "suspended")
    await suspended(4, None, "suspended")
    await suspended(5, timedelta(0), "disabled")
    due = await db.read(inboxes.due_to_resume, 10)
    assert [each.username for each in due] == ["user2", "user1"]


async def test_holds_of_a_suspension_that_is_over_are_found(db: Database) -> None:
    await add_account(db)
    held = {"state": State.HELD, "hold_reason": "inbox_suspended"}
    for number, state in enumerate(InboxState, 1):
        new = await add_inbox(db, number, state=state)
        await add_deliveries(db, new, range(10 * number, 10 * number + 2), **held)
    elsewhere = {**held, "hold_reason": "hostname_unset"}
    await add_deliveries(db, await add_inbox(db, 4), range(40, 41), **elsewhere)
    await add_deliveries(db, await add_inbox(db, 5), range(50, 51))
    found = await db.read(inboxes.left_holding, "inbox_suspended", 10)
    assert [each.state for each in found] == [InboxState.ACTIVE, InboxState.DISABLED]
    assert len(await db.read(inboxes.left_holding, "inbox_suspended", 1)) == 1


async def test_whose_an_inbox_is(db: Database) -> None:
    await add_account(db)
    made = await add_inbox(db)
    for name in (made.id, made.address, made.address.upper()):
        assert await db.read(inboxes.owner, name) == account().id
    for name in ("", "inb_nobody", "nobody@mailbot.localhost"):
        assert await db.read(inboxes.owner, name) is None


async def test_recipients_with_an_inbox_in_a_domain_of_an_account_are_hosted(
    db: Database,
) -> None:
    await add_account(db)
    await add_inbox(db, 1, address="a@example.com", domain="example.com")
    sandbox = await add_inbox(db, 2)
    asked = ["A+tag@Example.com", "a@example.com", "b@example.com", sandbox.address]
    found = await db.read(inboxes.hosted, asked)
    assert found == {"A+tag@Example.com", "a@example.com"}
    assert await db.read(inboxes.hosted, []) == frozenset()


async def test_an_inbox_in_a_domain_that_another_account_has_verified_is_nobodys(
    db: Database,
) -> None:
    for number in (1, 2):
        await add_account(db, number)
    await add_inbox(db, 1, address="a@example.com", domain="example.com")
    await db.write(rows.add, domain(1, verified_at=BEGINNING))
    mine = (account(1).id, inbox(1).id)
    assert await db.read(inboxes.find_by_address, "a@example.com") is not None
    assert await db.read(inboxes.sends, *mine)
    assert not await db.read(inboxes.sends, account(2).id, inbox(1).id)
    await db.write(rows.delete, domain(1))
    assert await db.read(inboxes.sends, *mine)
    await db.write(rows.add, domain(2, of=2, verified_at=BEGINNING))
    assert await db.read(inboxes.find_by_address, "a@example.com") is None
    assert await db.read(inboxes.hosted, ["a@example.com"]) == frozenset()
    assert not await db.read(inboxes.sends, *mine)
