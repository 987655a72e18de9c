"""What a stored message says is read from its bytes when somebody asks."""

from datetime import UTC, datetime

import pytest

from mailbot_server.core.mail import parse
from mailbot_server.core.search.document import Document
from mailbot_server.engine import content
from mailbot_server.engine.content import Shown
from mailbot_server.store import messages
from tests.fakes.mail import message
from tests.fakes.tenants import add_account, add_inbox

HEAD = b"From: carol@example.com\r\nSubject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\r\n"
ANSWER = HEAD + b"\r\nYes.\r\n\r\nOn Monday, Ann wrote:\r\n> Really?\r\n"
MIXED = (
    HEAD
    + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hi <b>you</b></p>\r\n"
    + b"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n"
    + b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n"
)


@pytest.fixture
async def store(db):
    """Stores raw bytes as a message; its id."""
    await add_account(db)
    inbox = await add_inbox(db)

    async def run(raw):
        made = message(1, inbox)

        def add(tx):
            messages.add(tx, made, raw, parse.parse(raw).parts, Document())

        await db.write(add)
        return made.id

    return run


async def said(db, message_id, *most):
    """What is there."""
    found = await content.read(db, message_id, *most)
    assert found is not None
    return found


async def test_a_text_and_its_new_words(db, store):
    found = await said(db, await store(ANSWER))
    assert found.text.startswith("Yes.\n")
    assert "> Really?" in found.text
    assert found.extraction.text.strip() == "Yes."
    assert found.html == ""
    assert not found.is_truncated


async def test_header_fields_are_decoded_and_in_order(db, store):
    found = await said(db, await store(ANSWER))
    assert [(field.name, field.value) for field in found.headers] == [
        ("From", "carol@example.com"),
        ("Subject", "Größe"),
    ]


async def test_a_text_is_made_of_html_where_there_is_none(db, store):
    found = await said(db, await store(MIXED))
    assert found.html.strip() == "<p>Hi <b>you</b></p>"
    assert found.text.strip() == "Hi you"


async def test_a_message_that_is_not_there_says_nothing(db):
    assert await content.read(db, "msg_1") is None
    assert await content.attachment(db, "msg_1", "2") is None


@pytest.mark.parametrize("most", [0, 1, 2, 5, 100])
async def test_bodies_are_cut_between_characters(db, store, most):
    raw = (
        HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "ü€😀".encode() * 9
    )
    found = await said(db, await store(raw), most)
    assert len(found.text.encode()) <= most
    assert ("ü€😀" * 9 + "\n").startswith(found.text)
    assert found.is_truncated == (most < 81)


async def test_large_messages_are_read_beside_the_loop(db, store):
    words = b"many words in a row\r\n" * 10_000
    found = await said(db, await store(HEAD + b"\r\n" + words))
    assert found.text == words.decode().replace("\r\n", "\n")


async def test_very_many_header_fields_are_cut(db, store):
    many = b"".join(b"X-Field-%d: %s\r\n" % (n, b"v" * 500) for n in range(200))
    found = await said(db, await store(HEAD + many + b"\r\nHi\r\n"))
    size = sum(len(field.name + field.value) for field in found.headers)
    assert content.HEADER_BYTES_MAX - 1000 < size <= content.HEADER_BYTES_MAX
    assert found.headers[0].name == "From"


async def test_an_attachment_is_decoded(db, store):
    message_id = await store(MIXED)
    found = await content.attachment(db, message_id, "2")
    assert found is not None
    assert found.data == b"%PDF-"
    assert found.part.filename == "a.pdf"


@pytest.mark.parametrize("path", ["3", "", "0", "nonsense", "2.1"])
async def test_a_part_that_is_not_there_is_none(db, store, path):
    assert await content.attachment(db, await store(MIXED), path) is None


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"\x00\xff" * 50, b"Content-Type: x/y"])
async def test_whatever_is_stored_can_be_read(db, store, raw):
    found = await said(db, await store(raw))
    assert isinstance(found.text, str)


INVITED = (
    b"From: shop@example.com\r\nSubject: Your code\r\nMIME-Version: 1.0\r\n"
    b"List-Id: <news.example.com>\r\nList-Unsubscribe: <https://example.com/u>\r\n"
    b"X-Spam-Flag: YES\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain\r\n\r\nSee the HTML part.\r\n"
    b"--b\r\nContent-Type: text/html\r\n\r\n<p>Your login code is <b>482913</b>."
    b'<a href="https://example.com/v">Verify</a><script>alert(1)</script>'
    b'<img src="https://t.example/x"></p>\r\n'
    b"--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"
    b"METHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTART;TZID=Europe/Berlin:20260715T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    b"--b\r\nContent-Type: application/ics; name=a.ics\r\n\r\nBEGIN:VCALENDAR\r\n"
    b"METHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    b"DTSTART;TZID=Europe/Berlin:20260715T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    b"--b--\r\n"
)


async def test_what_a_program_wants_is_read_out(db, store):
    found = await said(db, await store(INVITED))
    assert [each.value for each in found.codes] == ["482913"]
    assert [(each.url, each.unsubscribe) for each in found.links] == [
        ("https://example.com/v", False),
        ("https://example.com/u", True),
    ]
    assert found.mailing_list is not None
    assert found.mailing_list.id == "news.example.com"
    assert found.upstream_spam is not None
    assert found.upstream_spam.is_spam
    [event] = found.calendar_events
    assert event.method == "request"
    assert event.starts_at == datetime(2026, 7, 15, 8, tzinfo=UTC)
    assert found.display is None


async def test_html_to_show_is_made_when_it_is_asked_for(db, store):
    message_id = await store(INVITED)
    found = await content.read(db, message_id, shown=Shown())
    assert found is not None
    assert found.display is not None
    assert "482913" in found.display.html
    assert "script" not in found.display.html
    assert "t.example" not in found.display.html
    assert found.display.blocked_remote_count == 1
    with_images = await content.read(db, message_id, shown=Shown(allow_remote=True))
    assert with_images is not None
    assert with_images.display is not None
    assert "https://t.example/x" in with_images.display.html


async def test_a_text_is_shown_as_html_too(db, store):
    found = await content.read(db, await store(ANSWER), shown=Shown())
    assert found is not None
    assert found.display is not None
    assert "&gt; Really?" in found.display.html


@pytest.mark.parametrize(
    "name", ["Nowhere/At/All", "../../etc/passwd", "\u00e4", "a" * 999]
)
async def test_a_zone_that_is_not_there_is_no_fault(db, store, name):
    raw = INVITED.replace(b"Europe/Berlin", name.encode())
    found = await said(db, await store(raw))
    assert found.calendar_events[0].is_uncertain


async def test_an_endless_calendar_is_not_read(db, store):
    end = b"END:VCALENDAR\r\n" + b"X:" + b"y" * 1_100_000 + b"\r\n"
    raw = INVITED.replace(b"END:VCALENDAR\r\n", end)
    found = await said(db, await store(raw))
    assert found.calendar_events == ()
