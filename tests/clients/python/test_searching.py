"""Searches of the SDK: what is asked, and hits page by page."""

import pytest

from mailbot import SearchHit
from mailbot.v1 import messages_pb2


def hit(number: int) -> messages_pb2.SearchHit:
    return messages_pb2.SearchHit(
        message=messages_pb2.Message(id=f"msg_{number}"),
        highlights=[
            messages_pb2.Highlight(
                field="subject",
                text="Größe und Maß",
                ranges=[
                    messages_pb2.Highlight.Range(start=0, end=5),
                    messages_pb2.Highlight.Range(start=10, end=13),
                ],
            )
        ],
        score=1.5,
    )


def test_hits_come_page_by_page(server, bot):
    for numbers, token in (([1, 2], "t1"), ([3], "")):
        response = messages_pb2.SearchMessagesResponse(
            hits=[hit(each) for each in numbers], next_page_token=token
        )
        server.answer("SearchMessages", response)
    found = list(bot.messages.search("größe", inbox_id="inb_1", order="relevance"))
    assert [each.message.id for each in found] == ["msg_1", "msg_2", "msg_3"]
    first = found[0]
    assert isinstance(first, SearchHit)
    assert first.score == 1.5
    assert first.highlights[0].field == "subject"
    assert first.highlights[0].matches == ("Größe", "Maß")
    one, two = server.requests("SearchMessages")
    assert (one.query, one.inbox_id, one.page_token) == ("größe", "inb_1", "")
    assert one.order == messages_pb2.SearchMessagesRequest.ORDER_RELEVANCE
    assert two.page_token == "t1"


def test_an_order_that_is_none_is_named(bot):
    with pytest.raises(ValueError, match="newest_first, relevance"):
        bot.messages.search("x", order="oldest")


def test_a_word_that_is_no_option_is_refused(bot):
    with pytest.raises(TypeError):
        bot.messages.search("x", inbox="inb_1")
