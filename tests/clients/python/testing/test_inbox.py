"""The inbox of one test, on a whole server: what it is called, gives and tells."""

import smtplib
import uuid
from collections.abc import Callable, Iterator

import pytest

from mailbot import Inbox, MailBot, MessageNotReceivedError
from mailbot.testing import TemporaryInbox, temporary_inbox
from tests.servers.process import ServerProcess

pytestmark = pytest.mark.slow
Post = Callable[..., None]


@pytest.fixture
def mailbot(whole_server: ServerProcess) -> Iterator[MailBot]:
    """A client of the whole server."""
    with MailBot(whole_server.api_key, whole_server.target) as client:
        yield client


@pytest.fixture
def inbox(mailbot: MailBot) -> Iterator[TemporaryInbox]:
    """An inbox as a test has it."""
    with temporary_inbox(mailbot, name="tests/test_x.py::test_it[a b]") as made:
        yield made


@pytest.fixture
def post(whole_server: ServerProcess) -> Post:
    """Hands mail to the server's MX port."""

    def run(to: str, subject: str, text: str = "Hello") -> None:
        lines = [
            "From: Shop <no-reply@shop.example>",
            f"Subject: {subject}",
            f"Message-ID: <{uuid.uuid4()}@shop.example>",
        ]
        mail = "\r\n".join([*lines, "", text, ""])
        with smtplib.SMTP("127.0.0.1", whole_server.mx_port) as smtp:
            smtp.sendmail("bounce@shop.example", [to], mail)

    return run


def test_it_is_new_labelled_and_gone_in_the_end(mailbot):
    with temporary_inbox(mailbot, name="a/b.py::test[É 1]", labels=["ci"]) as inbox:
        got = mailbot.inboxes.get(inbox.id)
        assert set(got.labels) == {"test", "ci", "a/b.py::test-1"}
        assert got.metadata == {"test": "a/b.py::test[É 1]"}
        assert got.state == "active"
        assert got.expire_time is not None
    assert mailbot.inboxes.get(inbox.id).state == "disabled"


def test_a_long_name_is_told_by_its_end(mailbot):
    name = "tests/" + "x" * 100 + "::test_end"
    with temporary_inbox(mailbot, name=name) as inbox:
        [label] = set(inbox.inbox.labels) - {"test"}
    assert len(label) <= 63
    assert label.endswith("::test_end")


def test_one_that_the_test_disabled_is_no_failure(mailbot):
    with temporary_inbox(mailbot) as inbox:
        mailbot.inboxes.disable(inbox.inbox)
    assert isinstance(inbox.inbox, Inbox)


def test_each_message_is_given_once_whatever_the_order(inbox, post):
    for subject in ("First", "Second", "Second"):
        post(inbox.address, subject)
    second = inbox.wait_for_message(subject="second", timeout=20)
    first = inbox.wait_for_message(subject="first", timeout=20)
    again = inbox.wait_for_message(subject="second", timeout=20)
    assert [first.subject, second.subject, again.subject] == [
        "First",
        "Second",
        "Second",
    ]
    assert second.id != again.id
    with pytest.raises(MessageNotReceivedError, match="'Second'"):
        inbox.wait_for_message(subject="second", timeout=0.01)
    post(inbox.address, "Second")
    assert inbox.wait_for_message(subject="second", timeout=20).id not in {
        second.id,
        again.id,
    }


def test_a_cursor_is_heeded(mailbot, inbox, post):
    post(inbox.address, "Old")
    inbox.wait_for_message(timeout=20)
    cursor = mailbot.messages.wait(inbox.inbox, timeout=0).cursor
    with pytest.raises(MessageNotReceivedError):
        inbox.wait_for_message(after=cursor, timeout=0.01)


def test_codes_and_links_come_with_it(inbox, post):
    text = "Your code is 481516.\r\nhttps://shop.example/confirm?t=1"
    post(inbox.tagged("sign-up"), "Confirm", text)
    message = inbox.wait_for_message(recipient="+sign-up", timeout=20)
    assert message.tag == "sign-up"
    assert message.code == "481516"
    assert message.link("confirm").url == "https://shop.example/confirm?t=1"


def test_it_tells_its_story(inbox, post):
    post(inbox.address, "Welcome")
    inbox.wait_for_message(timeout=20)
    address, *lines = inbox.story().splitlines()
    assert address == inbox.address
    assert any(
        line.endswith("message.received from no-reply@shop.example 'Welcome'")
        for line in lines
    )
    assert [message.subject for message in inbox.messages()] == ["Welcome"]


def test_a_story_that_cannot_be_read_says_so(inbox):
    with MailBot("mb_0_wrong", "127.0.0.1:1", timeout=0.2) as nobody:
        inbox._mailbot = nobody
        assert "cannot be read" in inbox.story()
