"""What a mail program hands in, made ours: checked, completed, cleaned."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import adopt, parse
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.adopt import Adopted, Own
from mailbot_server.core.mail.violation import Violation

AT = datetime(2026, 3, 2, 12, 0, 5, tzinfo=UTC)
OWN = Own(
    sender=Mailbox(address="user@example.com", display_name="Our User"),
    message_id="msg_1@example.com",
    at=AT,
)


def adopted(raw: bytes, own: Own = OWN) -> Adopted:
    found = adopt.adopt(adopt.with_crlf(raw), own)
    assert isinstance(found, Adopted), found
    return found


def refused(raw: bytes) -> Violation:
    found = adopt.adopt(adopt.with_crlf(raw), OWN)
    assert isinstance(found, Violation)
    return found


def test_what_is_there_stays_octet_by_octet_and_in_its_order():
    raw = (
        b"Date: Mon, 02 Mar 2026 13:00:00 +0100\r\nSubject:  =?utf-8?q?Gr=C3=BC=C3=9Fe?="
        b"\r\n\tand  more\r\nFrom: user@example.com\r\nMessage-ID: <a.1@client>\r\n"
        b"MIME-Version: 1.0\r\nDKIM-Signature: v=1; d=other.example\r\n"
        b"X-Odd : yes\r\n\r\nbody \xff\r\n..\r\n"
    )
    found = adopted(raw)
    assert found.raw == raw
    assert found.message_id == "a.1@client"
    assert found.sender == Mailbox(address="user@example.com")


def test_what_is_missing_is_added():
    found = adopted(b"Subject: x\n\nHello")
    assert found.raw == (
        b"Date: Mon, 02 Mar 2026 12:00:05 +0000\r\n"
        b"From: Our User <user@example.com>\r\n"
        b"Message-ID: <msg_1@example.com>\r\nMIME-Version: 1.0\r\n"
        b"Subject: x\r\n\r\nHello\r\n"
    )
    assert found.message_id == "msg_1@example.com"
    assert found.sender == OWN.sender


def test_a_received_field_comes_first():
    own = Own(sender=OWN.sender, message_id="m@x", at=AT, received="Received: by us")
    assert adopted(b"\r\nHello", own).raw.startswith(b"Received: by us\r\nDate: ")


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n", b"\r\nbody\r\n", b"Subject: x", b"Subject: x\r\n\r\n"]
)
def test_a_message_may_lack_a_header_or_a_body(raw):
    assert b"\r\n\r\n" in adopted(raw).raw


@pytest.mark.parametrize(
    "field",
    [
        b"Bcc: secret@example.org",
        b"bcc : a@example.org,\r\n b@example.org",
        b"Resent-Bcc: a@example.org",
        b"Return-Path: <a@example.org>",
        b"Authentication-Results: mx.example.com; dkim=pass",
        b"X-Mailbot-Request-Id: 7",
        b"X-MAILBOT-Anything: 7",
    ],
)
def test_what_nobody_may_see_or_only_receivers_write_is_taken_out(field):
    raw = adopted(b"To: c@example.org\r\n" + field + b"\r\nSubject: x\r\n\r\nHi").raw
    assert field not in raw
    assert b"example.org,\r\n" not in raw
    assert raw.endswith(
        b"MIME-Version: 1.0\r\nTo: c@example.org\r\nSubject: x\r\n\r\nHi\r\n"
    )


@pytest.mark.parametrize(
    "value",
    [b"x", b"<>", b"<a b@c>", b"<a@b> <c@d>", b"<a@\xff>", b"a@b", b"<" + b"a" * 600],
)
def test_a_message_id_that_is_none_is_replaced(value):
    found = adopted(b"Message-ID: " + value + b"\r\n\r\nHi")
    assert found.message_id == OWN.message_id
    assert found.raw.lower().count(b"message-id:") == 1


def test_a_date_that_nobody_can_read_is_replaced():
    raw = adopted(b"Date: soon\r\n\r\nHi").raw
    assert b"soon" not in raw
    assert raw.count(b"Date: Mon, 02 Mar 2026") == 1


@pytest.mark.parametrize(
    ("field", "written"),
    [
        (b"From: USER@Example.COM", b"From: user@example.com\r\n"),
        (b"From: Ann <user@example.com>", b"From: Ann <user@example.com>\r\n"),
        (
            b"From: =?utf-8?q?J=C3=B6rg?=\r\n <user@example.com>",
            b"From: =?utf-8?b?SsO2cmc=?= <user@example.com>\r\n",
        ),
        (b'Sender: "U, S" <user@example.com>', b"Sender: Our User <user@example.com>"),
    ],
)
def test_from_and_sender_are_the_inbox_under_a_name_of_its_choice(field, written):
    assert written in adopted(field + b"\r\nSubject: x\r\n\r\nHi").raw


@pytest.mark.parametrize(
    "field",
    [
        b"From: other@example.com",
        b"From:",
        b"From: user@example.com, other@example.com",
        b"From: other@example.com (user@example.com)",
        b'From: "user@example.com" <other@example.com>',
        b"From: <user@example.com> <other@example.com>",
        b"Sender: other@example.com",
    ],
)
def test_nobody_else_writes(field):
    fault = refused(field + b"\r\nSubject: x\r\n\r\nHi")
    assert fault.reason == "ADDRESS_INVALID"
    assert "user@example.com" in fault.description


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"no field\r\n\r\nHi", "no field"),
        (b" folded\r\n\r\nHi", "no field"),
        (b": empty\r\n\r\nHi", "no field"),
        (b"From a@b Mon Jan 1\r\nSubject: x\r\n\r\nHi", "no field"),
        (b"Subject: x\r\nSubject: y\r\n\r\nHi", "more than once"),
        (b"From: user@example.com\r\nfrom: user@example.com\r\n\r\nHi", "more than"),
        (b"Subject: x\r\n\r\n\0", "NUL"),
        (b"Subject: x\r\n\r\n" + b"y" * 999, "more than 998 octets"),
        (b"Subject: " + b"y" * 1000 + b"\r\n\r\nHi", "octets"),
        (b"X: " + b"y" * 200_000 + b"\r\n\r\nHi", "too long"),
        (b"A: b\r\n" * 1001 + b"\r\nHi", "too long"),
        (b"Received: x\r\n" * 51 + b"\r\nHi", "too many hosts"),
    ],
)
def test_what_is_no_message_is_refused_in_words(raw, words):
    assert words in refused(raw).description


@pytest.mark.parametrize("before", [b"", b"z\r\n", b"z" * 997 + b"\r\n", b"\r\n" * 999])
def test_the_longest_line_that_may_travel_does(before):
    line = b"y" * 998
    body = before + line + b"\r\n" + before + line
    assert adopted(b"Subject: x\r\n\r\n" + body).raw.endswith(body + b"\r\n")
    assert "998" in refused(b"Subject: x\r\n\r\n" + body + b"y").description
    assert "998" in refused(b"Subject: x\r\n\r\ny" + line + before).description


def test_a_name_of_many_encoded_words_makes_no_endless_line():
    words = b"\r\n ".join([b"=?us-ascii?q?" + b"x" * 50 + b"?="] * 40)
    found = adopted(b"From: " + words + b"\r\n <user@example.com>\r\n\r\nHi")
    assert len(found.sender.display_name) == 256
    assert max(map(len, found.raw.split(b"\r\n"))) <= 998


def test_the_beginning_is_enough_to_know_what_a_message_is_called():
    raw = b"X-Mailbot-Request-Id: 7\nMessage-ID: <1@x>\n\n" + b"y" * 1_000_000
    head = adopt.beginning(raw)
    assert len(head) < 200_000
    assert (adopt.request_id(head), adopt.identity(head)) == ("7", "1@x")


def test_a_request_id_is_read_before_it_is_taken_out():
    raw = b"x-mailbot-request-id: order-7 \r\nMessage-ID: <1@x>\r\n\r\nHi\r\n"
    assert adopt.request_id(raw) == "order-7"
    assert adopt.identity(raw) == "1@x"
    assert adopt.request_id(b"\r\nHi\r\n") == ""
    assert adopt.identity(b"no field\r\n\r\n") == ""


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a\nb\rc\r\nd", b"a\r\nb\r\nc\r\nd\r\n"),
        (b"\n.\n", b"\r\n.\r\n"),
        (b"a\r\r\nb", b"a\r\n\r\nb\r\n"),
        (b"", b"\r\n"),
    ],
)
def test_line_ends_are_made_one_kind(raw, expected):
    assert adopt.with_crlf(raw) == expected


PIECES = st.sampled_from(
    [b"From:", b" user@example.com", b"\r\n", b"\n", b"\r", b" ", b"Bcc: x@y", b"\xff"]
)


@given(st.lists(PIECES, max_size=12).map(b"".join))
def test_whatever_comes_either_has_one_true_sender_or_is_refused(raw):
    found = adopt.adopt(adopt.with_crlf(raw), OWN)
    if isinstance(found, Adopted):
        said = parse.parse(found.raw)
        assert said.sender is not None
        assert said.sender.address == "user@example.com"
        assert said.bcc == ()
        assert found.raw.count(b"\n") == found.raw.count(b"\r\n")
        assert sum(h.name.lower() == "from" for h in said.headers) == 1


@pytest.mark.parametrize(
    "again",
    [
        b"Date: Tue, 03 Mar 2026 12:00:05 +0000\r\nSubject: x\r\n\r\nHi\r\n",
        b"Received: from a\r\n by b\r\nSubject: x\r\n\r\nHi\r\n",
    ],
)
def test_a_message_that_is_dated_anew_is_the_same(again):
    assert adopt.fingerprint(again) == adopt.fingerprint(b"Subject: x\r\n\r\nHi\r\n")


@pytest.mark.parametrize(
    "other",
    [
        b"Subject: y\r\n\r\nHi\r\n",
        b"Subject: x\r\n\r\nHo\r\n",
        b"Subject: x\r\nTo: a@b.com\r\n\r\nHi\r\n",
        b"\r\nSubject: x\r\n\r\nHi\r\n",
        b"no field\r\n\r\nHi\r\n",
        b"",
    ],
)
def test_a_message_that_says_something_else_is_another(other):
    mine = adopt.fingerprint(b"Subject: x\r\n\r\nHi\r\n")
    assert adopt.fingerprint(other) != mine
