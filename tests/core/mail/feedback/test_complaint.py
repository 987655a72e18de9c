"""Complaints as providers send them, and what is none."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import parse
from mailbot_server.core.mail.feedback import complaint
from tests.corpora import folder

PATH = "qxyz0123@rp.example.com"
ORIGINAL = (
    f"Return-Path: <{PATH}>\r\n"
    "Received: from mx.example.com\r\n"
    "From: Shop <shop@example.com>\r\n"
    "To: Carol <carol@example.net>\r\n"
    "Subject: Offers\r\n"
    "Message-ID: <42@example.com>\r\n"
)
FIELDS = (
    "Feedback-Type: abuse\r\n"
    "User-Agent: SomeGenerator/1.0\r\n"
    "Version: 1\r\n"
    f"Original-Mail-From: <{PATH}>\r\n"
    "Original-Rcpt-To: <carol@example.net>\r\n"
    "Arrival-Date: Thu, 8 Mar 2026 14:00:00 +0000\r\n"
)


def report(
    fields=FIELDS,
    original=ORIGINAL,
    *,
    kind="message/feedback-report",
    returned="message/rfc822",
    outer='multipart/report; report-type=feedback-report; boundary="b"',
):
    parts = ["--b\r\nContent-Type: text/plain\r\n\r\nThis is a complaint.\r\n"]
    if kind:
        parts.append(f"--b\r\nContent-Type: {kind}\r\n\r\n{fields}\r\n")
    if returned:
        parts.append(f"--b\r\nContent-Type: {returned}\r\n\r\n{original}\r\nBody\r\n")
    head = (
        "From: <abuse@provider.example>\r\nSubject: FW: Offers\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {outer}\r\n\r\n"
    )
    return (head + "".join(parts) + "--b--\r\n").encode()


def read(raw):
    return complaint.read(raw, parse.parse(raw))


def test_a_standard_report_is_read_whole():
    found = read(report())
    assert found is not None
    assert (found.feedback_type, found.reporter) == ("abuse", "SomeGenerator/1.0")
    assert found.arrived_at == datetime(2026, 3, 8, 14, tzinfo=UTC)
    assert found.senders[0] == PATH
    assert found.recipients == ("carol@example.net",)
    assert found.message_id == "42@example.com"
    assert found.is_complaint
    assert not found.is_opt_out


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822-headers"])
def test_header_fields_alone_are_enough(returned):
    found = read(report("Feedback-Type: fraud\r\n", returned=returned))
    assert found is not None
    assert found.senders[0] == PATH
    assert found.message_id == "42@example.com"


def test_fields_alone_are_enough():
    found = read(report(returned=""))
    assert found is not None
    assert found.senders == (PATH,)
    assert found.message_id == ""


@pytest.mark.parametrize(
    ("written", "kind", "is_complaint", "is_opt_out"),
    [
        ("abuse", "abuse", True, False),
        ("ABUSE", "abuse", True, False),
        ("fraud", "fraud", True, False),
        ("virus", "virus", True, False),
        ("other", "other", True, False),
        ("x-unknown", "x-unknown", True, False),
        ("", "abuse", True, False),
        ("not-spam", "not-spam", False, False),
        ("auth-failure", "auth-failure", False, False),
        ("opt-out", "opt-out", True, True),
    ],
)
def test_types_of_feedback(written, kind, is_complaint, is_opt_out):
    found = read(report(f"Feedback-Type: {written}\r\nVersion: 1\r\n"))
    assert found is not None
    assert found.feedback_type == kind
    assert found.is_complaint == is_complaint
    assert found.is_opt_out == is_opt_out


def test_microsofts_reports_are_a_message_with_a_field_more():
    original = "X-HmXmrOriginalRecipient: carol@example.net\r\n" + ORIGINAL
    raw = report(kind="", original=original, outer="multipart/mixed; boundary=b")
    found = read(raw)
    assert found is not None
    assert (found.feedback_type, found.is_standard) == ("abuse", False)
    assert found.recipients == ("carol@example.net",)
    assert PATH in found.senders


def test_a_report_without_fields_that_calls_itself_one_is_one():
    found = read(report(kind=""))
    assert found is not None
    assert found.feedback_type == "abuse"


def test_a_sender_that_was_rewritten_is_among_the_senders():
    local, _, domain = PATH.partition("@")
    rewritten = f"SRS0=AbC=X1={domain}={local}@forwarder.example"
    original = ORIGINAL.replace(PATH, rewritten)
    found = read(report("Feedback-Type: abuse\r\n", original))
    assert found is not None
    assert found.senders[0].startswith(f"{local}@")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"Subject: complaint\r\n\r\nabuse!\r\n", id="words"),
        pytest.param(
            report(kind="", outer="multipart/mixed; boundary=b"), id="a-forward"
        ),
        pytest.param(
            report(
                "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n",
                kind="message/delivery-status",
                outer="multipart/report; report-type=delivery-status; boundary=b",
            ),
            id="a-bounce",
        ),
        pytest.param(b"", id="nothing"),
    ],
)
def test_other_mail_is_none(raw):
    assert read(raw) is None


def test_no_bounce_that_others_collected_is_a_complaint():
    files = sorted(folder("bounces/flufl").glob("*.txt"))
    assert files
    assert [file.name for file in files if read(file.read_bytes())] == []


@pytest.mark.parametrize("cut", range(0, len(report()), 11))
def test_a_report_may_end_anywhere(cut):
    read(report()[:cut])


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_fields_can_be_read(fields, original):
    found = read(report(fields, original))
    assert found is None or len(found.reporter) <= 200
