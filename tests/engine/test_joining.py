"""Events are joined with messages as far as was asked for, and never with more."""

from mailbot_server.core.event import ContentDetail, Event, EventType
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import MessageView
from mailbot_server.core.search.document import Document
from mailbot_server.engine import joining
from mailbot_server.store import messages
from mailbot_server.store.database import Database, Transaction
from tests.fakes.mail import add_deliveries, message
from tests.fakes.tenants import add_account, add_inbox


def _event(inbox: Inbox, message_id: str) -> Event:
    return Event(
        type=EventType.MESSAGE_QUEUED,
        account_id=inbox.account_id,
        detail=ContentDetail(),
        message_id=message_id,
    )


async def _inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def test_a_view_says_how_much_of_the_message_comes(db: Database) -> None:
    inbox = await _inbox(db)
    made = await add_deliveries(db, inbox, range(1, 3))
    its = made[0].message_id
    log = [_event(inbox, its), _event(inbox, its), _event(inbox, "")]
    account_id = inbox.account_id
    assert not await joining.joined(db, account_id, log, MessageView.NONE)
    plain = await joining.joined(db, account_id, log, MessageView.METADATA)
    assert list(plain) == [its]
    assert plain[its].content is None
    assert list(plain[its].deliveries) == made
    full = await joining.joined(db, account_id, log, MessageView.FULL)
    content = full[its].content
    assert content is not None
    assert content.text == "Hello\n"
    assert not content.is_truncated


async def test_events_of_no_message_ask_nothing(db: Database) -> None:
    inbox = await _inbox(db)
    log = [_event(inbox, "")]
    found = await joining.joined(db, inbox.account_id, log, MessageView.FULL)
    assert not found


async def test_of_a_long_message_only_the_beginning_is_read(db: Database) -> None:
    inbox = await _inbox(db)
    raw = b"Subject: long\r\n\r\n" + b"words and words\r\n" * 40_000
    new = message(1, inbox, size_bytes=len(raw))

    def add(tx: Transaction) -> None:
        messages.add(tx, new, raw, (), Document())

    await db.write(add)
    log = [_event(inbox, new.id)]
    found = await joining.joined(db, inbox.account_id, log, MessageView.FULL)
    content = found[new.id].content
    assert content is not None
    assert content.is_truncated
    assert len(content.text.encode()) <= joining.BODY_BYTES_MAX


async def test_a_message_without_bytes_is_joined_as_metadata(db: Database) -> None:
    inbox = await _inbox(db)
    made = await add_deliveries(db, inbox, range(1, 2))

    def forget(tx: Transaction) -> None:
        tx.execute("DELETE FROM raw WHERE message_id = ?", made[0].message_id)

    await db.write(forget)
    log = [_event(inbox, made[0].message_id)]
    found = await joining.joined(db, inbox.account_id, log, MessageView.FULL)
    assert found[made[0].message_id].content is None
