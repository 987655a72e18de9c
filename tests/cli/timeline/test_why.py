"""`mailbot why`: one command tells what holds a message, and what happened to it."""

import pytest

from mailbot import MailBot


@pytest.fixture
def inbox(command) -> tuple[str, str]:
    """Id and address of an inbox."""
    inbox_id, address = command("inboxes", "create").stdout.split()
    return inbox_id, address


@pytest.fixture
def sent(command, inbox, server) -> tuple[str, str]:
    """A message that waits, because the server has no name, and its delivery."""
    words = ("--to", "why@example.com", "--inbox", inbox[0], "--subject", "Where")
    told = command("send", *words, "--text", "x")
    message_id = told.stdout.split()[0]
    with MailBot(server.api_key, server.target) as mailbot:
        for event in mailbot.events.subscribe(
            start="earliest", message_ids=message_id, types="message.held"
        ):
            return message_id, event.delivery_id
    raise AssertionError("the stream ended")


def test_a_message_is_explained_with_all_that_happened(command, sent):
    message_id, delivery_id = sent
    told = command("why", message_id).stdout
    assert "outbound 'Where' of " in told
    assert f"why@example.com ({delivery_id}): held" in told
    assert told.index("message.queued") < told.index("message.held")
    short = command("why", message_id, "--limit", "1").stdout
    assert "message.queued" not in short
    assert "message.held" in short


def test_a_delivery_and_an_address_are_explained_too(command, sent):
    _, delivery_id = sent
    for what in (delivery_id, "why@example.com"):
        told = command("why", what).stdout
        assert f"({delivery_id}): held" in told
        assert "message.held" in told


def test_a_suppressed_address_is_named_first(command):
    command("suppressions", "add", "dead@example.com")
    first, *_ = command("why", "dead@example.com").stdout.splitlines()
    assert first.startswith(
        "dead@example.com gets no mail: suppressed because of manual"
    )


def test_what_is_not_known_is_said_so(command):
    told = command("why", "nobody@example.com", code=1)
    assert "nothing is known of nobody@example.com" in told.output
    command("why", "msg_1", code=1)
    told = command("why", "nonsense", code=2)
    assert "neither" in told.output
