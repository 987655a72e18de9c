"""`mailbot send` and `mailbot tail`: a message goes out, and everybody can watch."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from mailbot import MailBot
from mailbot.convert import result
from mailbot.types import Event
from mailbot.v1 import events_pb2, messages_pb2
from mailbot_server.cli import mail

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def inbox(command) -> tuple[str, str]:
    """Id and address of an inbox."""
    inbox_id, address = command("inboxes", "create").stdout.split()
    return inbox_id, address


def test_a_message_is_handed_in(command, inbox, server):
    words = ("--to", "carol@example.com", "--to", "dave@example.com")
    told = command(
        "send", *words, "--inbox", inbox[0], "--subject", "Hi", "--text", "x"
    )
    first, carol, why, dave, again = told.stdout.splitlines()
    assert first.startswith("msg_")
    assert first.endswith(f" accepted, from {inbox[1]}")
    assert [carol, dave] == ["  carol@example.com: held", "  dave@example.com: held"]
    assert why == again
    assert why.startswith("    hostname_unset: the setting hostname is empty")
    with MailBot(server.api_key, server.target) as mailbot:
        message = mailbot.messages.get(first.split()[0])
    assert (message.subject, message.text_body.strip()) == ("Hi", "x")


def test_the_text_may_come_from_standard_input(command, inbox, server):
    told = command("send", "--to", inbox[1], stdin="from a pipe\n")
    with MailBot(server.api_key, server.target) as mailbot:
        message = mailbot.messages.get(told.stdout.split()[0])
    assert message.text_body == "from a pipe\n"
    assert message.sender is not None
    assert message.sender.address != inbox[1]


def test_files_are_attached(command, inbox, server, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("attached")
    told = command("send", "--to", inbox[1], "--text", "x", "--attach", str(path))
    with MailBot(server.api_key, server.target) as mailbot:
        message = mailbot.messages.get(told.stdout.split()[0])
    assert [each.filename for each in message.attachments] == ["a.txt"]


def test_a_file_that_is_not_there_is_a_sentence(command, inbox):
    result = command(
        "send", "--to", "a@b.example", "--text", "x", "--attach", "no", code=2
    )
    assert "No such file" in result.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--to", "nobody"), "to[0].address"),
        (("--to", "a@example.com", "--subject", "a\nBcc: b"), "content.subject"),
        (("--to", "a@example.com", "--inbox", "inb_1"), "NOT_FOUND"),
    ],
    ids=["address", "injection", "inbox"],
)
def test_a_refusal_is_a_sentence(command, words, sentence):
    assert sentence in command("send", *words, "--text", "x", code=1).stderr


def test_the_past_is_printed_up_to_the_end(command, inbox):
    command("send", "--to", inbox[1], "--inbox", inbox[0], "--text", "x")
    words = ("--all", "--stop", "--inbox", inbox[0])
    types = [line.split()[1] for line in command("tail", *words).stdout.splitlines()]
    assert types[:2] == ["inbox.created", "message.queued"]
    only = command("tail", *words, "--type", "inbox.created").stdout.splitlines()
    assert [line.split()[1] for line in only] == ["inbox.created"]
    assert inbox[1] in only[0]


def test_what_happens_is_printed_until_it_is_interrupted(inbox, server):
    """Ctrl-C is how one leaves, and no error."""
    environment = {
        **os.environ,
        "MAILBOT_TARGET": server.target,
        "MAILBOT_API_KEY": server.api_key,
    }
    words = ("-m", "mailbot_server", "tail", "--all", "--inbox", inbox[0])
    with subprocess.Popen(
        [sys.executable, "-u", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as tail:
        assert tail.stdout is not None
        assert tail.stderr is not None
        assert "inbox.created" in tail.stdout.readline()
        with MailBot(server.api_key, server.target) as mailbot:
            mailbot.messages.send(inbox_id=inbox[0], to=inbox[1], text="x")
        assert "message.queued" in tail.stdout.readline()
        tail.send_signal(signal.SIGINT)
        assert tail.wait(20) == 0
        assert tail.stderr.read() == ""


def event(kind, **fields) -> Event:
    number: Any = events_pb2.EventType.Value(f"EVENT_TYPE_{kind}")
    raw = events_pb2.Event(type=number, message_id="msg_1", **fields)
    raw.create_time.FromDatetime(NOON)
    return result(Event, raw, cursor="")


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (
            event(
                "MESSAGE_DELIVERED",
                recipient="carol@example.com",
                attempt=events_pb2.AttemptDetail(
                    reply=messages_pb2.SmtpReply(code=250, text="OK")
                ),
            ),
            "12:00:00.000  message.delivered     msg_1  carol@example.com  250 OK",
        ),
        (
            event(
                "MESSAGE_DEFERRED",
                attempt=events_pb2.AttemptDetail(diagnostic="connection refused"),
            ),
            "12:00:00.000  message.deferred      msg_1  connection refused",
        ),
        (
            event(
                "MESSAGE_RECEIVED",
                content=events_pb2.ContentDetail(subject="Hi\x1b[2J"),
            ),
            "12:00:00.000  message.received      msg_1  'Hi\\x1b[2J'",
        ),
        (
            event(
                "MESSAGE_HELD",
                hold=events_pb2.HoldDetail(
                    reason="hostname_unset", explanation="set it"
                ),
            ),
            "12:00:00.000  message.held          msg_1  hostname_unset: set it",
        ),
        (
            event(
                "INBOX_SUSPENDED",
                inbox=events_pb2.InboxDetail(address="a@b.example", state="suspended"),
            ),
            "12:00:00.000  inbox.suspended       msg_1  a@b.example suspended",
        ),
        (event("THREAD_MERGED"), "12:00:00.000  thread.merged         msg_1"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_every_kind_of_event_is_one_line(made, line):
    assert mail.line(made) == line
