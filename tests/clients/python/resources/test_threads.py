from datetime import UTC, datetime

import grpc
import pytest

from mailbot import Mailbox, NotFoundError
from mailbot.v1 import messages_pb2, threads_pb2
from tests.clients.fake_mailbot import status

THREAD = threads_pb2.Thread(
    id="thr_1",
    subject="Hi",
    message_count=3,
    participants=[{"address": "a@example.com"}],
)


def page(*ids: str, token: str = "") -> threads_pb2.GetThreadResponse:
    messages = [messages_pb2.Message(id=each, text_body=f"text {each}") for each in ids]
    return threads_pb2.GetThreadResponse(
        thread=THREAD, messages=messages, next_page_token=token
    )


def test_get_brings_the_whole_conversation(server, bot):
    server.answer("GetThread", page("msg_1", "msg_2", token="t"), page("msg_3"))
    thread = bot.threads.get("thr_1")
    assert thread.subject == "Hi"
    assert thread.participants == (Mailbox("a@example.com"),)
    assert [each.text_body for each in thread.messages] == [
        "text msg_1",
        "text msg_2",
        "text msg_3",
    ]
    first, second = server.requests("GetThread")
    assert first.view == messages_pb2.MESSAGE_VIEW_FULL
    assert (first.page_token, second.page_token) == ("", "t")


def test_messages_of_a_long_thread_come_page_by_page(server, bot):
    server.answer("GetThread", page("msg_1", "msg_2", token="t"), page("msg_3"))
    messages = bot.threads.messages("thr_1", view="metadata", limit=2)
    assert [each.id for each in messages] == ["msg_1", "msg_2"]
    assert len(server.requests("GetThread")) == 1


def test_a_thread_that_is_not_there_is_not_found(server, bot):
    server.answer("GetThread", status(grpc.StatusCode.NOT_FOUND, "NOT_FOUND"))
    with pytest.raises(NotFoundError):
        bot.threads.get("thr_9")


def test_list_sends_its_filter(server, bot):
    server.answer("ListThreads", threads_pb2.ListThreadsResponse(threads=[THREAD]))
    before = datetime(2026, 1, 1, tzinfo=UTC)
    (thread,) = bot.threads.list(inbox_id="inb_1", before_time=before, unreplied=True)
    assert thread.messages == ()
    request = server.requests("ListThreads")[0]
    assert request.filter.inbox_id == "inb_1"
    assert request.filter.unreplied
    assert request.filter.before_time.ToDatetime(tzinfo=UTC) == before
