"""Events carry their messages, below a size that every transport takes."""

import dataclasses

import pytest

from mailbot.v1 import messages_pb2
from mailbot_server.api.convert import joined as convert
from mailbot_server.core.event import (
    AttachmentSummary,
    ContentDetail,
    Event,
    EventType,
)
from mailbot_server.core.message import MessageView
from mailbot_server.engine import content
from mailbot_server.engine.joining import Joined
from tests.fakes.mail import delivery, message
from tests.fakes.tenants import inbox

ATTACHMENT = AttachmentSummary(id="att_1", filename="a.pdf", size_bytes=5)
MESSAGE = message(1, inbox(), attachments=(ATTACHMENT,))
EVENT = Event(
    type=EventType.MESSAGE_RECEIVED,
    account_id=MESSAGE.account_id,
    detail=ContentDetail(subject="Hello"),
    message_id=MESSAGE.id,
)


def join(raw: bytes) -> dict[str, Joined]:
    said = content.of_raw(raw, 10_000_000)
    its = (delivery(1, MESSAGE),)
    return {MESSAGE.id: Joined(message=MESSAGE, deliveries=its, content=said)}


@pytest.mark.parametrize("view", list(MessageView))
def test_views_have_a_number_each(view: MessageView) -> None:
    assert convert.view_of(convert.view(view)) is view


def test_the_words_for_views_are_those_of_the_api() -> None:
    assert convert.view_of(messages_pb2.MESSAGE_VIEW_FULL) is MessageView.FULL
    assert convert.view_of(messages_pb2.MESSAGE_VIEW_UNSPECIFIED) is MessageView.NONE


def test_a_small_message_comes_whole() -> None:
    shown = convert.to_proto(EVENT, join(b"Subject: x\r\n\r\nHello there.\r\n"))
    assert shown.content.subject == "Hello"
    assert shown.message.id == MESSAGE.id
    assert shown.message.text_body == "Hello there.\n"
    assert shown.message.extracted_text.strip() == "Hello there."
    assert [each.address for each in shown.message.recipients] == ["carol1@example.com"]
    assert not shown.message.body_truncated
    assert not shown.message.attachments[0].download_url


def test_an_event_without_a_message_that_is_kept_carries_none() -> None:
    assert not convert.to_proto(EVENT, {}).HasField("message")
    bare = dataclasses.replace(EVENT, message_id="")
    assert not convert.to_proto(bare, join(b"\r\n\r\n")).HasField("message")


def test_attachments_say_where_they_are_fetched_from() -> None:
    shown = convert.to_proto(EVENT, join(b"\r\n\r\n"), lambda each: f"https://x/{each}")
    assert shown.message.attachments[0].download_url == "https://x/att_1"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\r\n\r\n" + "wörter €\r\n".encode() * 50_000, id="text"),
        pytest.param(
            b"Content-Type: text/html\r\n\r\n" + b"<p>words</p>\r\n" * 50_000, id="html"
        ),
        pytest.param(
            b"\r\n\r\nYes\r\n\r\nOn Monday, Ann wrote:\r\n" + b"> words\r\n" * 50_000,
            id="quoted",
        ),
        pytest.param(
            b"".join(b"X-%d: %s\r\n" % (n, b"x" * 900) for n in range(70))
            + b"\r\n"
            + b"https://example.com/%s \r\n" % (b"y" * 500) * 2000,
            id="headers-and-links",
        ),
    ],
)
def test_a_large_message_is_cut_until_it_fits(raw: bytes) -> None:
    shown = convert.to_proto(EVENT, join(raw))
    assert shown.ByteSize() < convert.EVENT_BYTES_MAX
    assert shown.message.body_truncated
    assert shown.message.text_body
    shown.message.text_body.encode()


def test_lists_are_left_out_where_texts_were_not_all() -> None:
    many = tuple(
        AttachmentSummary(id=f"att_{n}", filename="f" * 200) for n in range(900)
    )
    whole = dataclasses.replace(MESSAGE, attachments=many)
    shown = convert.to_proto(EVENT, {MESSAGE.id: Joined(message=whole)})
    assert shown.ByteSize() < convert.EVENT_BYTES_MAX
    assert shown.message.body_truncated
    assert shown.message.id == MESSAGE.id
