"""Each recipient's copy, from what was planned when the message was accepted."""

import pytest

from mailbot_server.core.mail.parse import parse
from mailbot_server.core.signed import link, server_key
from mailbot_server.core.signed.link import For
from mailbot_server.core.tracking import plan
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.engine.engagement import copies
from mailbot_server.engine.engagement.copies import Copies
from mailbot_server.store.deliveries import engagement
from tests.fakes.mail import delivery, message
from tests.fakes.tenants import inbox

URL = "https://m.example.com/x"
KEYS = server_key.keys_for([b"a server key for tests, long enough"], link.PURPOSE)
RAW = b'Content-Type: text/html\r\n\r\n<a href="https://example.com/">x</a>\r\n'
ALL = Tracking(opens=True, clicks=True)


def forget(tx, message_id):
    """As redaction does."""
    tx.execute("DELETE FROM tracked_message WHERE message_id = ?", message_id)


@pytest.fixture
async def lease(db):
    """A delivery of a message that is tracked in every way."""
    made = plan.make(RAW, parse(RAW).parts, ALL, one_click=True)
    sent = message(1, inbox())
    await db.write(engagement.keep, sent.id, made)
    return delivery(1, sent, is_tracked=True)


async def test_a_copy_has_the_links_of_its_recipient(db, lease):
    copy = (await Copies(db, KEYS, URL).of(lease, RAW)).decode()
    for purpose, number in ((For.OPEN, 0), (For.CLICK, 1), (For.UNSUBSCRIBE, 0)):
        token = link.write(KEYS, purpose, lease.id, number)
        assert f"{URL}/{purpose.value}/{token}" in copy
    assert "https://example.com/" not in copy


async def test_large_messages_are_copied_too(db, lease, monkeypatch):
    small = await Copies(db, KEYS, URL).of(lease, RAW)
    monkeypatch.setattr(copies, "INLINE_BYTES_MAX", 1)
    assert await Copies(db, KEYS, URL).of(lease, RAW) == small


async def test_what_is_not_tracked_leaves_as_it_is(db, lease):
    plain = delivery(1, message(2, inbox()))
    assert await Copies(db, KEYS, URL).of(plain, RAW) is RAW


async def test_without_an_address_nothing_is_put_in(db, lease):
    assert await Copies(db, KEYS, "").of(lease, RAW) is RAW


async def test_a_plan_that_is_gone_changes_nothing(db, lease):
    await db.write(forget, lease.message_id)
    assert await Copies(db, KEYS, URL).of(lease, RAW) is RAW
