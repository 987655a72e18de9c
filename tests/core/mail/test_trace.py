"""The fields that a receiving server puts before a message."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbot_server.core.mail import parse
from mailbot_server.core.mail.envelope import Envelope
from mailbot_server.core.mail.trace import protocol, submission_field, trace_fields

AT = datetime(2026, 3, 2, 12, 0, 5, 678, tzinfo=UTC)
ENVELOPE = Envelope(
    reverse_path="ann@example.org",
    forward_paths=("user@example.com",),
    helo="mail.example.org",
    peer_ip="192.0.2.7",
    protocol="ESMTPS",
)


def fields(envelope: Envelope = ENVELOPE, recipient: str = "user@example.com") -> str:
    written = trace_fields(
        envelope, by="mx.example.com", message_id="msg_1", at=AT, recipient=recipient
    )
    return written.decode()


def test_who_sent_it_from_where_to_whom_and_when():
    assert fields() == (
        "Return-Path: <ann@example.org>\r\n"
        "Received: from mail.example.org ([192.0.2.7])\r\n"
        "\tby mx.example.com with ESMTPS id msg_1\r\n"
        "\tfor <user@example.com>;\r\n"
        "\tMon, 02 Mar 2026 12:00:05 +0000\r\n"
    )


def test_the_null_reverse_path_is_written_as_it_came():
    assert fields(replace(ENVELOPE, reverse_path=None)).startswith(
        "Return-Path: <>\r\n"
    )


def test_an_ipv6_client_is_written_as_a_literal():
    written = fields(replace(ENVELOPE, peer_ip="2001:db8::1"))
    assert "from mail.example.org ([IPv6:2001:db8::1])\r\n" in written


def test_no_recipient_is_named_where_several_were_addressed():
    assert "for <" not in fields(recipient="")


def test_mail_from_one_inbox_to_another_tells_of_no_session():
    local = replace(ENVELOPE, peer_ip="", helo="")
    assert "Received: by mx.example.com id msg_1\r\n" in fields(local)


@pytest.mark.parametrize(
    "helo", ["", "two words", "a\x00b", "<b>", "x" * 256, "jörg.example", "a(b)"]
)
def test_a_name_that_could_not_be_written_is_not(helo):
    assert "from unknown ([192.0.2.7])\r\n" in fields(replace(ENVELOPE, helo=helo))


def test_they_read_as_two_fields():
    parsed = parse.parse(fields().encode() + b"Subject: x\r\n\r\n")
    assert [header.name for header in parsed.headers] == [
        *("Return-Path", "Received", "Subject")
    ]
    assert parsed.hops == 1


@pytest.mark.parametrize(
    ("extended", "tls", "smtputf8", "word"),
    [
        (False, False, False, "SMTP"),
        (True, False, False, "ESMTP"),
        (True, True, False, "ESMTPS"),
        (True, False, True, "UTF8SMTP"),
        (True, True, True, "UTF8SMTPS"),
    ],
)
def test_the_protocol_says_what_the_session_used(extended, tls, smtputf8, word):
    assert protocol(extended=extended, tls=tls, smtputf8=smtputf8) == word


def test_who_handed_a_message_in_is_nobodys_business():
    field = submission_field(
        by="mail.example.com", protocol="ESMTPSA", message_id="msg_1", at=AT
    )
    assert field == (
        "Received: by mail.example.com with ESMTPSA id msg_1;\r\n"
        "\tMon, 02 Mar 2026 12:00:05 +0000"
    )


@pytest.mark.parametrize(
    ("tls", "smtputf8", "word"),
    [(True, False, "ESMTPSA"), (False, False, "ESMTPA"), (True, True, "UTF8SMTPSA")],
)
def test_that_somebody_logged_in_has_a_letter(tls, smtputf8, word):
    said = protocol(extended=True, tls=tls, smtputf8=smtputf8, authenticated=True)
    assert said == word
