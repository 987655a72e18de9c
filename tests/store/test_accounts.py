"""Accounts come back as they were added, newest first, each with its own log."""

from mailbot_server.core.event import Event, EventType, InboxDetail
from mailbot_server.store import accounts, events
from mailbot_server.store.database import Database, Transaction
from tests.fakes.tenants import account, add_account


async def test_an_account_comes_back_as_it_was_added(db: Database) -> None:
    new = account(1, is_suspended=True, display_name="Größe & Söhne")
    await db.write(accounts.add, new)
    assert await db.read(accounts.get, new.id) == new


async def test_an_unknown_account_is_none(db: Database) -> None:
    assert await db.read(accounts.get, "acc_unknown") is None


async def test_a_new_account_has_an_empty_log_that_takes_events(db: Database) -> None:
    new = await add_account(db)

    def tell(tx: Transaction) -> None:
        detail = InboxDetail(state="active")
        kind = EventType.INBOX_CREATED
        tx.emit(Event(type=kind, account_id=new.id, detail=detail))

    assert await db.read(events.head, new.id) == 0
    await db.write(tell)
    assert await db.read(events.head, new.id) == 1


async def test_accounts_are_listed_newest_first_in_pages(db: Database) -> None:
    for number in (2, 1, 3):
        await add_account(db, number)
    page = await db.read(accounts.list_newest, "", 2)
    rest = await db.read(accounts.list_newest, page[-1].id, 2)
    assert [each.id for each in (*page, *rest)] == [account(n).id for n in (3, 2, 1)]


async def test_a_database_has_its_first_account_once(db: Database) -> None:
    claims = [await db.write(accounts.claim_first) for _ in range(3)]
    assert claims == [True, False, False]


async def test_an_account_is_suspended_if_it_is_there(db: Database) -> None:
    made = await add_account(db)
    for is_suspended in (True, False):
        assert await db.write(
            accounts.set_suspended, made.id, is_suspended=is_suspended
        )
        found = await db.read(accounts.get, made.id)
        assert found is not None
        assert found.is_suspended is is_suspended
    assert not await db.write(accounts.set_suspended, "acc_1", is_suspended=True)
