"""`mailbot quarantine`: what is kept apart is shown and let out."""

import smtplib

import pytest

from mailbot import MailBot


@pytest.fixture
def bot(server):
    """The server, with its first key."""
    with MailBot(server.api_key, f"127.0.0.1:{server.grpc_port}") as bot:
        yield bot


def test_a_message_is_shown_and_released(command, server, bot):
    inbox = bot.inboxes.create()
    bot.rules.create(inbox_id=inbox, display_name="Odd", quarantine=True)
    with smtplib.SMTP("127.0.0.1", server.mx_port, timeout=20) as smtp:
        smtp.sendmail(
            "ann@example.org",
            [inbox.address],
            b"From: ann@example.org\r\nSubject: Hello\r\n\r\nHow are you?\r\n",
        )
    [line] = command("quarantine", "list", "--inbox", inbox.id).stdout.splitlines()
    message_id = line.split()[0]
    assert line.endswith("ann@example.org  'Hello'  rule: rule Odd")
    released = command("quarantine", "release", message_id).stdout
    assert released.startswith(f"{message_id} is in thr_")
    assert command("quarantine", "list", "--inbox", inbox.id).stdout == ""
    assert [each.id for each in bot.messages.list(inbox_id=inbox)] == [message_id]


def test_what_there_is_not_is_a_sentence(command):
    refused = command("quarantine", "release", "msg_1", code=1)
    assert "NOT_FOUND" in refused.stderr
