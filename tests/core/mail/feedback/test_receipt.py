"""Receipts that say that a message was opened."""

import pytest

from mailbot_server.core.mail import parse
from mailbot_server.core.mail.feedback.receipt import is_receipt

HEAD = b"From: bob@example.net\r\nSubject: Read: Hello\r\nMIME-Version: 1.0\r\n"
REPORT = HEAD + (
    b"Content-Type: multipart/report; report-type=disposition-notification;\r\n"
    b' boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt was read.\r\n'
    b"--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
    b"Final-Recipient: rfc822;bob@example.net\r\n"
    b"Original-Message-ID: <1@example.com>\r\n"
    b"Disposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(REPORT, id="rfc8098"),
        pytest.param(
            REPORT.replace(b"multipart/report", b"multipart/mixed"), id="mixed"
        ),
        pytest.param(
            REPORT.replace(b"message/disposition", b"text/disposition"), id="other-part"
        ),
        pytest.param(
            HEAD + b"X-Notes-Item: Return Receipt; name=Form\r\n\r\nx\r\n", id="notes"
        ),
    ],
)
def test_receipts(raw):
    assert is_receipt(parse.parse(raw))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(HEAD + b"\r\nI have read it.\r\n", id="words"),
        pytest.param(
            HEAD + b"Disposition-Notification-To: a@example.com\r\n\r\nx\r\n",
            id="a-request",
        ),
        pytest.param(
            HEAD + b"Content-Type: multipart/report; report-type=delivery-status;"
            b" boundary=b\r\n\r\n--b--\r\n",
            id="a-bounce",
        ),
    ],
)
def test_other_mail_is_none(raw):
    assert not is_receipt(parse.parse(raw))
