"""Messages and deliveries as tests need them: valid, short, told apart by a number."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import (
    Addressees,
    Direction,
    Guarantee,
    Message,
    Stream,
)
from mailbot_server.core.search.document import Document
from mailbot_server.store import deliveries, messages
from mailbot_server.store.database import Database, Transaction
from tests.fakes.tenants import BEGINNING

RAW = b"From: a@example.com\r\nSubject: Hello\r\n\r\nHello\r\n"


def message(number: int, of: Inbox, **changes: Any) -> Message:
    """The outbound message of that number, from this inbox."""
    plain = Message(
        id=f"msg_{number:026d}",
        account_id=of.account_id,
        inbox_id=of.id,
        thread_id=f"thr_{number:026d}",
        direction=Direction.OUTBOUND,
        created_at=BEGINNING,
        sender=Mailbox(address=of.address),
        addressees=Addressees(to=(Mailbox(address="carol@example.com"),)),
        subject="Hello",
        rfc822_message_id=f"{number}@mailbot.localhost",
        size_bytes=len(RAW),
        metadata={"order": str(number)},
    )
    return replace(plain, **changes)


def delivery(number: int, of: Message, **changes: Any) -> Delivery:
    """The delivery of that number, of this message, due since the beginning."""
    plain = Delivery(
        id=f"dlv_{number:026d}",
        account_id=of.account_id,
        inbox_id=of.inbox_id,
        thread_id=of.thread_id,
        message_id=of.id,
        recipient=f"carol{number}@example.com",
        domain="example.com",
        state=State.QUEUED,
        stream=Stream.TRANSACTIONAL,
        guarantee=Guarantee.AT_LEAST_ONCE,
        due_at=BEGINNING,
        queued_at=BEGINNING,
        gives_up_at=BEGINNING + timedelta(days=5),
        updated_at=BEGINNING,
    )
    return replace(plain, **changes)


def _add(tx: Transaction, new: Message, its: list[Delivery]) -> None:
    messages.add(tx, new, RAW, (), Document())
    deliveries.add_many(tx, its)


async def add_deliveries(
    db: Database, of: Inbox, numbers: range, **changes: Any
) -> list[Delivery]:
    """Deliveries of those numbers, all of one message, stored; its number is the first."""
    new = message(numbers[0], of)
    its = [delivery(number, new, **changes) for number in numbers]
    await db.write(_add, new, its)
    return its
