"""What is kept of a message besides its bytes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Addressees, Direction, Kind, Message
from mailbot_server.engine import reading

MULTIPART = b"""\
From: Ann <ann@example.org>
To: Bob <bob@example.com>, carl@example.com
Cc: dora@example.com
Subject: Figures
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Here they are.

On Mon, 2 Mar 2026 Bob wrote:
> Where are the figures?
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename="figures.pdf"
Content-Transfer-Encoding: base64

aGVsbG8=
--b--
""".replace(b"\n", b"\r\n")

TRACE = b"Return-Path: <ann@example.org>\r\nReceived: from a\r\n\tby b; now\r\n"


def test_the_snippet_is_of_the_new_words_only():
    found = reading.read(MULTIPART)
    assert found.is_complete
    assert found.snippet == "Here they are."


def test_the_index_holds_subject_people_names_of_files_and_text():
    text = reading.read(MULTIPART).index_text
    assert text.subject == "figures"
    assert "ann" in text.sender
    assert "bob@example.com" in text.recipients
    assert "dora" in text.recipients
    assert text.attachments == "figures pdf"
    assert "where" in text.body


def test_the_header_alone_is_enough_for_threads_but_not_complete():
    found = reading.read_header(MULTIPART)
    assert not found.is_complete
    assert found.parsed.message_id == "1@example.org"
    assert found.parsed.subject == "Figures"
    assert found.parsed.parts == ()
    assert found.parsed.defects == ()
    assert found.index_text.subject == "figures"
    assert found.index_text.body == ""


def test_a_message_that_is_all_header_is_read_to_its_end():
    assert reading.read_header(b"Subject: x").parsed.subject == "x"
    assert reading.read_header(b"").parsed.subject == ""


def test_a_light_reading_still_makes_the_whole_row():
    found = reading.read(MULTIPART)
    light = reading.light(found)
    assert (light.parsed.headers, light.parsed.text, light.parsed.html) == ((), "", "")
    assert light.parsed.parts == found.parsed.parts
    assert light.parsed.message_id == found.parsed.message_id
    assert light.index_text == found.index_text


@given(st.binary(max_size=200))
def test_trace_fields_only_move_the_parts(body):
    """What is stored as the place of a part is counted from before they were there."""
    raw = b"Subject: x\r\n\r\n" + body
    moved = [
        replace(part, offset=part.offset + len(TRACE))
        for part in reading.read(raw).parsed.parts
    ]
    assert tuple(moved) == reading.read(TRACE + raw).parsed.parts


def test_attachments_are_named_by_message_and_path():
    parsed = reading.read(MULTIPART).parsed
    message_id = f"msg_{1:026d}"
    (pdf,) = reading.attachments(message_id, parsed)
    assert pdf.id == f"att_{1:026d}-2"
    assert (pdf.filename, pdf.content_type) == ("figures.pdf", "application/pdf")
    assert (pdf.size_bytes, pdf.inline) == (5, False)


def test_participants_are_the_sender_and_who_was_addressed():
    parsed = reading.read(MULTIPART).parsed
    addresses = [each.address for each in reading.participants(parsed)]
    assert addresses == [
        *("ann@example.org", "bob@example.com", "carl@example.com", "dora@example.com")
    ]
    assert reading.participants(reading.read(b"\r\n").parsed) == ()


def test_events_tell_a_bounded_part_of_it():
    many = tuple(Mailbox(address=f"u{n}@example.com") for n in range(60))
    message = Message(
        id="msg_1",
        account_id="acc_1",
        inbox_id="inb_1",
        thread_id="thr_1",
        direction=Direction.INBOUND,
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
        subject="s" * 600,
        addressees=Addressees(to=many),
        attachments=reading.attachments("msg_1", reading.read(MULTIPART).parsed) * 60,
        tag="order",
    )
    detail = reading.detail(message)
    assert len(detail.subject) == 500
    assert len(detail.recipients) == 50
    assert len(detail.attachments) == 50
    assert detail.tag == "order"


def report_of(kind, part, fields):
    head = "From: MAILER-DAEMON@example.net\r\nSubject: Report\r\nMIME-Version: 1.0\r\n"
    outer = f"Content-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n"
    first = "--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n"
    second = f"--b\r\nContent-Type: {part}\r\n\r\n{fields}\r\n--b--\r\n"
    return (head + outer + first + second).encode()


DSN = report_of(
    "delivery-status",
    "message/delivery-status",
    "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; a@example.net\r\n"
    "Action: failed\r\nStatus: 5.1.1\r\n",
)
ARF = report_of(
    "feedback-report",
    "message/feedback-report",
    "Feedback-Type: abuse\r\nVersion: 1\r\n",
)
MDN = report_of(
    "disposition-notification",
    "message/disposition-notification",
    "Disposition: manual-action/MDN-sent-manually; displayed\r\n",
)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        pytest.param(MULTIPART, Kind.NORMAL, id="people"),
        pytest.param(DSN, Kind.DELIVERY_REPORT, id="rfc3464"),
        pytest.param(ARF, Kind.COMPLAINT, id="rfc5965"),
        pytest.param(ARF.replace(b": abuse", b": not-spam"), Kind.NORMAL, id="rfc6430"),
        pytest.param(MDN, Kind.READ_RECEIPT, id="rfc8098"),
        pytest.param(
            b"Auto-Submitted: auto-replied\r\nSubject: Away\r\n\r\nBack on Monday\r\n",
            Kind.AUTO_REPLY,
            id="rfc3834",
        ),
        pytest.param(
            b"Auto-Submitted: auto-generated\r\nSubject: Disk full\r\n\r\nHelp\r\n",
            Kind.NORMAL,
            id="a-notification",
        ),
        pytest.param(b"", Kind.NORMAL, id="nothing"),
    ],
)
def test_what_a_message_is(raw, kind):
    assert reading.read(raw).kind is kind


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"Subject: Out of the office\r\n\r\nBack on Monday\r\n", Kind.AUTO_REPLY),
        (
            b"Subject: Re: x\r\nIn-Reply-To: <1@x.example>\r\n\r\nHi\r\n",
            Kind.AUTO_REPLY,
        ),
        (b"Subject: Disk full\r\n\r\nHelp\r\n", Kind.NORMAL),
        (DSN, Kind.DELIVERY_REPORT),
    ],
    ids=["away", "answer", "notification", "report"],
)
def test_the_null_reverse_path_tells_of_a_machine(raw, kind):
    assert reading.from_nobody(reading.read(raw)).kind is kind


def test_filters_before_us_are_heard():
    assert reading.read(b"X-Spam-Flag: YES\r\n" + MULTIPART).is_upstream_spam
    assert not reading.read(b"X-Spam-Flag: NO\r\n" + MULTIPART).is_upstream_spam
    assert not reading.read(MULTIPART).is_upstream_spam
