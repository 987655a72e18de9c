from datetime import UTC, datetime

import grpc
import pytest

from mailbot import Mailbox, NotFoundError, ThreadMention
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


def test_list_asks_for_labels_and_people(server, bot):
    server.answer("ListThreads", threads_pb2.ListThreadsResponse())
    assert not list(bot.threads.list(labels="red", participant_address="a@example.com"))
    wanted = server.requests("ListThreads")[0].filter
    assert list(wanted.labels) == ["red"]
    assert wanted.participant_address == "a@example.com"


def test_an_explanation_has_ties_and_changes(server, bot):
    server.answer(
        "ExplainThread",
        threads_pb2.ExplainThreadResponse(
            thread=THREAD,
            ties=[{"tie": "a@x", "mentions": [{"message_id": "m", "field": "f"}]}],
            changes=[
                {
                    "kind": threads_pb2.ThreadChange.KIND_SPLIT_BY_HAND,
                    "thread_id": "thr_1",
                    "other_thread_ids": ["thr_2"],
                }
            ],
        ),
    )
    found = bot.threads.explain("thr_1")
    assert found.thread.id == "thr_1"
    assert found.ties[0].mentions == (ThreadMention(message_id="m", field="f"),)
    assert found.changes[0].kind == "split_by_hand"
    assert found.changes[0].other_thread_ids == ("thr_2",)
    assert not found.truncated


def test_merge_takes_threads_and_ids(server, bot):
    server.answer("GetThread", page("msg_1"))
    server.answer("MergeThreads", threads_pb2.MergeThreadsResponse(thread=THREAD))
    thread = bot.threads.get("thr_1")
    assert bot.threads.merge(thread, "thr_2").id == "thr_1"
    assert list(server.requests("MergeThreads")[0].thread_ids) == ["thr_1", "thr_2"]


def test_split_takes_one_message_or_several(server, bot):
    new = threads_pb2.Thread(id="thr_2")
    answer = threads_pb2.SplitThreadResponse(thread=THREAD, new_thread=new)
    server.answer("GetThread", page("msg_1"))
    server.answer("SplitThread", answer, answer)
    thread = bot.threads.get("thr_1")
    assert bot.threads.split(thread, thread.messages).new_thread.id == "thr_2"
    assert bot.threads.split("thr_1", "msg_2").thread.id == "thr_1"
    several, one = server.requests("SplitThread")
    assert (several.thread_id, list(several.message_ids)) == ("thr_1", ["msg_1"])
    assert list(one.message_ids) == ["msg_2"]


def test_label_adds_and_removes(server, bot):
    labelled = threads_pb2.Thread(id="thr_1", labels=["red"])
    server.answer(
        "UpdateThreadLabels", threads_pb2.UpdateThreadLabelsResponse(thread=labelled)
    )
    assert bot.threads.label("thr_1", add="red", remove=["blue"]).labels == ("red",)
    request = server.requests("UpdateThreadLabels")[0]
    assert (list(request.add), list(request.remove)) == (["red"], ["blue"])
