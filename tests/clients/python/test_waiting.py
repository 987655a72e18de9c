"""Waits of the SDK: what is asked, what is answered, and what a failure tells."""

import re
from datetime import timedelta

import pytest

from mailbot import MailBotError, MessageNotReceivedError, RateLimitError, Waited
from mailbot.v1 import inboxes_pb2, messages_pb2
from tests.clients.fake_mailbot import status

Criterion = messages_pb2.MessageCriterion
Response = messages_pb2.WaitForMessageResponse
FAILURE = "no message with sender 'shop' and subject 'Confirm' came to me@example.com in 0.5 s"


def stored(number: int, **fields) -> messages_pb2.Message:
    return messages_pb2.Message(id=f"msg_{number}", **fields)


def asked(server) -> list[messages_pb2.WaitForMessageRequest]:
    return server.requests("WaitForMessage")


def test_every_condition_is_a_criterion(server, bot):
    server.answer("WaitForMessage", Response(messages=[stored(1)], cursor="c1"))
    message = bot.messages.wait_for_message(
        "inb_1",
        sender="shop",
        recipient="me+tag",
        subject=["confirm", "account"],
        body="code",
        label="vip",
        headers={"X-Shop": "2.1"},
        match="any",
        after="c0",
        view="metadata",
        timeout=5,
    )
    assert message.id == "msg_1"
    [request] = asked(server)
    assert request.inbox_id == "inb_1"
    assert list(request.criteria) == [
        Criterion(sender_contains="shop"),
        Criterion(recipient_contains="me+tag"),
        Criterion(subject_contains="confirm"),
        Criterion(subject_contains="account"),
        Criterion(body_contains="code"),
        Criterion(label="vip"),
        Criterion(header={"name": "X-Shop", "contains": "2.1"}),
    ]
    assert request.match == messages_pb2.WaitForMessageRequest.MATCH_ANY
    assert request.after_cursor == "c0"
    assert request.view == messages_pb2.MESSAGE_VIEW_METADATA
    assert request.timeout.ToTimedelta() == timedelta(seconds=5)
    assert request.min_count == 1


def test_a_wait_gives_what_there_is_and_where_it_ended(server, bot):
    answer = Response(messages=[stored(1)], timed_out=True, cursor="c1")
    server.answer("WaitForMessage", answer)
    waited = bot.messages.wait("inb_1", min_count=2, timeout=timedelta(seconds=1))
    assert isinstance(waited, Waited)
    assert [message.id for message in waited.messages] == ["msg_1"]
    assert waited.timed_out
    assert waited.cursor == "c1"
    server.answer("WaitForMessage", Response(messages=[stored(2)]))
    bot.messages.wait("inb_1", after=waited)
    assert [request.after_cursor for request in asked(server)] == ["", "c1"]
    assert [request.min_count for request in asked(server)] == [2, 1]


def test_a_long_wait_is_several_calls_that_lose_and_repeat_nothing(server, bot):
    server.answer(
        "WaitForMessage",
        Response(messages=[stored(1)], timed_out=True, cursor="c1"),
        Response(timed_out=True, cursor="c2"),
        Response(messages=[stored(2), stored(3)], cursor="c3"),
    )
    waited = bot.messages.wait("inb_1", min_count=3, timeout=120)
    assert [message.id for message in waited.messages] == ["msg_1", "msg_2", "msg_3"]
    assert not waited.timed_out
    assert waited.cursor == "c3"
    assert [request.after_cursor for request in asked(server)] == ["", "c1", "c2"]
    assert [request.min_count for request in asked(server)] == [3, 2, 2]
    seconds = [r.timeout.ToTimedelta().total_seconds() for r in asked(server)]
    assert seconds == [50, 50, 20]


def test_no_time_is_still_a_look(server, bot):
    server.answer("WaitForMessage", Response(timed_out=True))
    assert bot.messages.wait("inb_1", timeout=0).timed_out
    [request] = asked(server)
    assert 0 < request.timeout.ToMicroseconds() <= 1


def test_a_failure_tells_what_did_come(server, bot):
    server.answer("WaitForMessage", Response(timed_out=True, cursor="c1"))
    came = stored(
        1,
        subject="Welcome",
        sender={"address": "shop@example.com"},
        envelope_recipient="me@example.com",
    )
    came.create_time.FromJsonString("2026-03-02T12:00:01Z")
    kept = stored(
        2,
        subject="Confirm",
        envelope_sender="fake@example.org",
        envelope_recipient="me@example.com",
        quarantine={"reason": "auth_failed"},
    )
    for found in (came, kept):
        listed = messages_pb2.ListMessagesResponse(messages=[found])
        server.answer("ListMessages", listed)
    with pytest.raises(MessageNotReceivedError) as caught:
        bot.messages.wait_for_message(
            "me@example.com", subject="Confirm", sender="shop", timeout=0.5
        )
    assert str(caught.value).splitlines() == [
        FAILURE,
        "it has received (newest first):",
        "  12:00:01 from shop@example.com to me@example.com: 'Welcome'",
        "in quarantine are (newest first):",
        "   from fake@example.org to me@example.com: 'Confirm' (auth_failed)",
    ]
    assert caught.value.cursor == "c1"
    assert [message.id for message in caught.value.arrived] == ["msg_1"]
    assert isinstance(caught.value, TimeoutError)
    assert isinstance(caught.value, MailBotError)
    one, two = server.requests("ListMessages")
    assert (one.filter.quarantined, two.filter.quarantined) == (False, True)
    assert one.filter.inbox_id == "me@example.com"


def test_a_failure_says_when_nothing_came(server, bot):
    inbox = inboxes_pb2.Inbox(id="inb_1", address="me@example.com")
    server.answer("GetInbox", inboxes_pb2.GetInboxResponse(inbox=inbox))
    server.answer("WaitForMessage", Response(timed_out=True))
    message = "no message came to me@example.com in 1 s\nit has received nothing at all"
    with pytest.raises(MessageNotReceivedError, match=re.escape(message)):
        bot.messages.wait_for_message(bot.inboxes.get("inb_1"), timeout=1)


def test_a_refusal_is_an_error_like_any_other(server, bot):
    import grpc

    refusal = status(grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_WAITS")
    server.answer("WaitForMessage", refusal)
    with pytest.raises(RateLimitError) as caught:
        bot.messages.wait("inb_1")
    assert caught.value.reason == "TOO_MANY_WAITS"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"timeout": -1}, ValueError),
        ({"match": "some"}, ValueError),
        ({"subjects": "x"}, TypeError),
    ],
)
def test_what_cannot_be_is_refused_before_a_call(server, bot, options, error):
    with pytest.raises(error):
        bot.messages.wait("inb_1", **options)
    assert asked(server) == []


def test_the_code_of_a_message_is_the_likeliest(server, bot):
    code = messages_pb2.Code
    codes = [
        code(value="1111", confidence=0.4),
        code(value="2222", confidence=0.9),
        code(value="3333", confidence=0.9),
    ]
    server.answer(
        "WaitForMessage",
        Response(messages=[stored(1, codes=codes)]),
        Response(messages=[stored(2)]),
    )
    assert bot.messages.wait_for_message("inb_1").code == "2222"
    assert bot.messages.wait_for_message("inb_1").code is None


def test_a_link_is_found_by_its_text_before_its_url(server, bot):
    link = messages_pb2.Link
    links = [
        link(text="Home", url="https://example.com/?next=confirm"),
        link(text="Confirm address", url="https://example.com/c/1"),
    ]
    server.answer("WaitForMessage", Response(messages=[stored(1, links=links)]))
    message = bot.messages.wait_for_message("inb_1")
    assert message.link("CONFIRM").url == "https://example.com/c/1"
    assert message.link("next=").text == "Home"
    with pytest.raises(LookupError, match="there are: 'Home'"):
        message.link("unsubscribe")
