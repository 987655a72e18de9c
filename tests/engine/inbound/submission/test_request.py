"""What a transaction asks for, and what makes two of them one."""

import hashlib

import pytest

from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.mail.dsn.request import MailRequest, RcptRequest
from mailbot_server.core.message import Via
from mailbot_server.engine.inbound.receiver import Content
from mailbot_server.engine.inbound.submission import request
from mailbot_server.engine.inbound.submission.login import Sender
from mailbot_server.engine.inbound.transaction import Addressed, Opening, Transaction
from tests.fakes import tenants

INBOX = tenants.inbox()
SENDER = Sender(principal=tenants.principal(), inbox=INBOX)
NAMED = b"Message-ID: <1@example.com>\r\n\r\nHi\r\n"


async def of(raw: bytes, *recipients: str, notify: str = ""):
    asked = RcptRequest(notify=notify)
    opening = Opening(reverse_path=INBOX.address, asked=MailRequest(returns="full"))
    named = {r: Addressed(address=r, asked=asked) for r in recipients or ("a@b.com",)}
    content = Content(raw=raw, sha256=hashlib.sha256(raw).hexdigest())
    ended = Transaction(opening=opening, recipients=named)
    return await request.of(
        SENDER, ended, content, by="mx.example.com", protocol="ESMTPSA"
    )


async def test_everything_that_was_said_is_in_it():
    made = await of(b"\nHi", "a@b.com", notify="NEVER")
    assert (made.inbox_id, made.via) == (INBOX.id, Via.SMTP)
    handed_in = made.handed_in
    assert handed_in is not None
    assert handed_in.raw == b"\nHi"
    assert handed_in.recipients == {"a@b.com": RcptRequest(notify="NEVER")}
    assert handed_in.asked.returns == "full"
    assert (handed_in.by, handed_in.protocol) == ("mx.example.com", "ESMTPSA")


async def test_the_same_message_to_the_same_people_is_a_repeat_in_any_order():
    first = await of(NAMED, "a@b.com", "c@d.com")
    again = await of(NAMED, "c@d.com", "a@b.com")
    assert first.request_id == again.request_id != ""
    assert first.digest == again.digest


@pytest.mark.parametrize(
    ("raw", "recipients"),
    [(NAMED, ("other@b.com",)), (NAMED + b"more\r\n", ("a@b.com",))],
)
async def test_a_message_id_alone_makes_no_repeat(raw, recipients):
    first, other = await of(NAMED), await of(raw, *recipients)
    assert first.request_id != other.request_id


async def test_nothing_names_a_message_without_ids():
    assert (await of(b"\r\nHi\r\n")).request_id == ""


async def test_a_given_id_is_taken_as_it_is():
    made = await of(b"X-Mailbot-Request-Id: order-7\r\n" + NAMED)
    assert made.request_id == "order-7"
    assert (await of(NAMED)).method == made.method


@pytest.mark.parametrize("given", [b"two words", b"x" * 65, b"\xc3\xa4"])
async def test_a_given_id_is_short_and_plain(given):
    with pytest.raises(InvalidInput) as caught:
        await of(b"X-Mailbot-Request-Id: " + given + b"\r\n" + NAMED)
    assert caught.value.details["field"] == "X-Mailbot-Request-Id"


async def test_a_large_message_is_hashed_elsewhere_to_the_same():
    large = NAMED + b"y\r\n" * request.INLINE_BYTES_MAX
    dated = b"Date: Mon, 02 Mar 2026 12:00:05 +0000\r\n" + large
    assert (
        (await of(large)).digest == (await of(dated)).digest != (await of(NAMED)).digest
    )
