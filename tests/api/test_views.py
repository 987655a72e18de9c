"""A message with its bodies is never too big for an answer."""

from dataclasses import replace

import pytest

from mailbot_server.api import views
from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.search.document import Document
from mailbot_server.store import messages
from tests.fakes.mail import message
from tests.fakes.tenants import add_account, add_inbox

CLIENTS_ACCEPT = 4 * 1024 * 1024


def attachment(number):
    return AttachmentSummary(
        id=f"att_{number:026d}-1", filename="ü" * 255, sha256="0" * 64
    )


@pytest.fixture
async def store(db):
    """Stores raw bytes as a message; the message."""
    await add_account(db)
    inbox = await add_inbox(db)

    async def run(raw, **changes):
        made = replace(message(1, inbox), **changes)

        def add(tx):
            messages.add(tx, made, raw, (), Document())

        await db.write(add)
        return made

    return run


async def test_a_small_message_is_shown_whole(db, store):
    made = await store(b"Subject: Hi\r\n\r\nHello\r\n")
    shown = await views.full(db, made, ())
    assert shown.text_body == "Hello\n"
    assert not shown.body_truncated


async def test_bodies_share_the_room_that_other_fields_leave(db, store):
    raw = b"Subject: Hi\r\n\r\n" + b"many words " * 200_000
    many = tuple(attachment(n) for n in range(4000))
    made = await store(raw, attachments=many)
    shown = await views.full(db, made, ())
    assert len(shown.attachments) == 4000
    assert shown.body_truncated
    assert 100_000 < len(shown.text_body) < 1_048_576
    assert shown.ByteSize() < CLIENTS_ACCEPT


async def test_bodies_go_when_there_is_no_room_at_all(db, store):
    many = tuple(attachment(n) for n in range(7000))
    made = await store(b"Subject: Hi\r\n\r\nHello\r\n", attachments=many)
    shown = await views.full(db, made, ())
    assert shown.text_body == ""
    assert shown.body_truncated
