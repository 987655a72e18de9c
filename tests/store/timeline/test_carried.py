"""What events are about is read at once, of one account, and only while it is kept."""

from mailbot_server.core.inbox import Inbox
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.timeline import carried
from tests.fakes.mail import RAW, add_deliveries
from tests.fakes.tenants import account, add_account, add_inbox


async def _inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def test_messages_come_with_deliveries_and_the_beginning_of_their_bytes(
    db: Database,
) -> None:
    inbox = await _inbox(db)
    first = await add_deliveries(db, inbox, range(1, 3))
    second = await add_deliveries(db, inbox, range(3, 4))
    wanted = [second[0].message_id, "msg_nobody", first[0].message_id]
    found = await db.read(carried.carried, inbox.account_id, wanted, 9)
    assert [each.message.id for each in found] == [wanted[0], wanted[2]]
    assert list(found[1].deliveries) == first
    assert found[0].raw == RAW[:9]
    plain = await db.read(carried.carried, inbox.account_id, wanted, 0)
    assert [each.raw for each in plain] == [None, None]


async def test_nothing_of_another_account_is_carried(db: Database) -> None:
    made = await add_deliveries(db, await _inbox(db), range(1, 2))
    wanted = [made[0].message_id]
    assert await db.read(carried.carried, account(2).id, wanted, 9) == []
    assert await db.read(carried.carried, account(1).id, [], 9) == []


def _redact(tx: Transaction, message_id: str) -> None:
    tx.execute("UPDATE message SET is_redacted = 1 WHERE id = ?", message_id)


async def test_what_was_redacted_is_carried_no_more(db: Database) -> None:
    inbox = await _inbox(db)
    made = await add_deliveries(db, inbox, range(1, 2))
    await db.write(_redact, made[0].message_id)
    wanted = [made[0].message_id]
    assert await db.read(carried.carried, inbox.account_id, wanted, 9) == []
