"""`mailbot retention`: how long, held, let go, redacted."""

import pytest


@pytest.fixture
def inbox_id(command):
    return command("inboxes", "create").stdout.split()[0]


@pytest.fixture
def message_id(command, inbox_id, server):
    address = command("inboxes", "create").stdout.split()[1]
    sent = command(
        *("send", "--inbox", inbox_id, "--to", address, "--text", "Hello")
    ).stdout
    return sent.split()[0]


def test_how_long_an_inbox_keeps_its_mail(command, inbox_id):
    said = "as the server's settings say\n"
    assert command("retention", "show", inbox_id).stdout == said
    words = command("retention", "set", inbox_id, "--content", "30").stdout
    assert words == "content 30 days, messages for ever\n"
    assert command("retention", "show", inbox_id).stdout == words
    assert command("retention", "default", inbox_id).stdout == said
    refused = command(
        *("retention", "set", inbox_id, "--content", "3", "--metadata", "2"), code=1
    )
    assert "inbox.retention.metadata" in refused.stderr


def test_an_inbox_is_held_and_let_go(command, inbox_id):
    held = command("retention", "hold-inbox", inbox_id).stdout
    assert held == f"{inbox_id} held\n"
    assert "legal hold" in command("retention", "show", inbox_id).stdout
    let_go = command("retention", "hold-inbox", inbox_id, "--release").stdout
    assert let_go == f"{inbox_id} let go\n"


def test_a_message_is_held_and_let_go(command, message_id):
    assert command("retention", "hold", message_id).stdout == "1 held\n"
    refused = command("retention", "redact", message_id, code=1)
    assert "legal hold" in refused.stderr
    assert command("retention", "release", message_id).stdout == "1 let go\n"
