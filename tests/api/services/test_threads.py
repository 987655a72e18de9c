"""ThreadService over the wire: conversations, their messages, their order."""

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import messages_pb2, threads_pb2

FULL = messages_pb2.MESSAGE_VIEW_FULL


def mail(number, *, answers=(), subject="Hello", body=b"Hello\r\n"):
    references = " ".join(f"<m{n}@example.com>" for n in answers)
    head = (
        f"From: Carol <carol@example.com>\r\nTo: support@example.net\r\n"
        f"Subject: {subject}\r\nMessage-ID: <m{number}@example.com>\r\n"
    )
    if references:
        head += f"References: {references}\r\n"
    return head.encode() + b"\r\n" + body


@pytest.fixture
def calls(api, stubs, auth):
    """The service's methods, as the default account, with fields as keywords."""

    class Calls:
        def get(self, thread_id, by=auth, **fields):
            request = threads_pb2.GetThreadRequest(thread_id=thread_id, **fields)
            return stubs.threads.GetThread(request, metadata=by)

        def list(self, by=auth, page_size=0, token="", **wanted):
            request = threads_pb2.ListThreadsRequest(
                filter=threads_pb2.ThreadFilter(**wanted),
                page_size=page_size,
                page_token=token,
            )
            return stubs.threads.ListThreads(request, metadata=by)

        def message(self, message_id):
            request = messages_pb2.GetMessageRequest(message_id=message_id)
            return stubs.messages.GetMessage(request, metadata=auth).message

        def reply(self, message_id):
            api.clock.advance(seconds=1)
            content = messages_pb2.OutgoingContent(text_body="Yes")
            request = messages_pb2.ReplyMessageRequest(
                message_id=message_id, content=content
            )
            return stubs.messages.ReplyMessage(request, metadata=auth).message

    return Calls()


@pytest.fixture
def inbox(new_inbox):
    """An inbox of the test's own."""
    return new_inbox()


def test_a_thread_has_its_messages_oldest_first(calls, inbox, receive):
    ids = [
        receive(inbox.address, mail(1)),
        receive(inbox.address, mail(2, answers=[1])),
        receive(inbox.address, mail(3, answers=[1, 2])),
    ]
    found = calls.get(calls.message(ids[0]).thread_id)
    assert [message.id for message in found.messages] == ids
    thread = found.thread
    assert (thread.message_count, thread.inbound_count, thread.outbound_count) == (
        *(3, 3, 0),
    )
    assert thread.inbox_id == inbox.id
    assert thread.subject == "Hello"
    assert thread.unreplied
    assert [box.address for box in thread.participants] == [
        "carol@example.com",
        "support@example.net",
    ]
    assert thread.last_message_time == found.messages[-1].create_time
    assert thread.create_time == found.messages[0].create_time


def test_messages_come_in_pages_bound_to_the_request(calls, inbox, receive, refused):
    ids = [receive(inbox.address, mail(n, answers=[10])) for n in range(10, 15)]
    thread_id = calls.message(ids[0]).thread_id
    first = calls.get(thread_id, page_size=2)
    second = calls.get(thread_id, page_size=2, page_token=first.next_page_token)
    third = calls.get(thread_id, page_size=2, page_token=second.next_page_token)
    pages = (first, second, third)
    assert [m.id for page in pages for m in page.messages] == ids
    assert third.next_page_token == ""
    refusal = refused(
        lambda: calls.get(thread_id, view=FULL, page_token=first.next_page_token)
    )
    assert refusal.reason == "PAGE_TOKEN_INVALID"


def test_bodies_come_when_they_are_asked_for(calls, inbox, receive):
    message_id = receive(inbox.address, mail(20, body=b"New words\r\n> old\r\n"))
    thread_id = calls.message(message_id).thread_id
    slim = calls.get(thread_id).messages[0]
    full = calls.get(thread_id, view=FULL).messages[0]
    assert slim.text_body == ""
    assert full.text_body == "New words\n> old\n"
    assert full.extracted_text.strip() == "New words"


def test_a_page_of_big_bodies_is_shorter(calls, inbox, receive):
    """Three messages of 1.5 MiB do not fit into what every client accepts."""
    body = b"many words\r\n" * 120_000
    ids = [
        receive(inbox.address, mail(n, answers=[30], body=body)) for n in range(30, 33)
    ]
    thread_id = calls.message(ids[0]).thread_id
    found, token = [], ""
    while True:
        page = calls.get(thread_id, view=FULL, page_token=token)
        assert page.ByteSize() < 4 * 1024 * 1024
        found += [message.id for message in page.messages]
        token = page.next_page_token
        if not token:
            break
    assert found == ids


def test_a_merged_thread_answers_to_all_its_ids(calls, inbox, receive):
    first = calls.message(receive(inbox.address, mail(40))).thread_id
    other = calls.message(receive(inbox.address, mail(42, answers=[41]))).thread_id
    assert first != other
    receive(inbox.address, mail(41, answers=[40]))
    by_first, by_other = calls.get(first), calls.get(other)
    assert by_first == by_other
    assert by_first.thread.id == first
    assert list(by_first.thread.merged_thread_ids) == [other]
    assert by_first.thread.message_count == 3
    assert len(by_first.messages) == 3


def test_what_we_send_counts_and_answers(calls, inbox, receive):
    question = receive(inbox.address, mail(50))
    thread_id = calls.message(question).thread_id
    calls.reply(question)
    thread = calls.get(thread_id).thread
    assert (thread.inbound_count, thread.outbound_count) == (1, 1)
    assert not thread.unreplied
    assert thread.HasField("last_outbound_time")


def test_threads_are_listed_by_their_newest_message(calls, inbox, receive):
    made = [receive(inbox.address, mail(n)) for n in (60, 61, 62)]
    threads = [calls.message(message_id).thread_id for message_id in made]
    receive(inbox.address, mail(63, answers=[60]))
    first = calls.list(inbox_id=inbox.id, page_size=2)
    rest = calls.list(inbox_id=inbox.id, page_size=2, token=first.next_page_token)
    found = [thread.id for page in (first, rest) for thread in page.threads]
    assert found == [threads[0], threads[2], threads[1]]
    assert rest.next_page_token == ""


def test_filters_narrow(api, calls, inbox, receive):
    early = receive(inbox.address, mail(70))
    moment = Timestamp()
    moment.FromDatetime(api.clock.advance(minutes=1))
    late = receive(inbox.address, mail(71))
    calls.reply(late)
    old, new = (calls.message(each).thread_id for each in (early, late))

    def found(**wanted):
        page = calls.list(inbox_id=inbox.address, **wanted)
        return [thread.id for thread in page.threads]

    assert found() == [new, old]
    assert found(unreplied=True) == [old]
    assert found(after_time=moment) == [new]
    assert found(before_time=moment) == [old]


def test_a_page_of_threads_stays_below_what_clients_accept(
    calls, inbox, receive, monkeypatch
):
    for n in (80, 81, 82):
        receive(inbox.address, mail(n, subject="long " * 100))
    monkeypatch.setattr("mailbot_server.api.pages.PAGE_BYTES_MAX", 1000)
    page = calls.list(inbox_id=inbox.id)
    assert len(page.threads) == 1
    monkeypatch.undo()
    rest = calls.list(inbox_id=inbox.id, token=page.next_page_token)
    assert len(rest.threads) == 2


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"page_size": -1}, "page_size"),
        ({"after_time": Timestamp(seconds=10**15)}, "filter.after_time"),
        ({"before_time": Timestamp(seconds=-(10**15))}, "filter.before_time"),
        ({"token": "x" * 5000}, "page_token"),
    ],
    ids=["size", "after", "before", "token"],
)
def test_a_bad_question_is_refused(calls, refused, fields, path):
    assert refused(lambda: calls.list(**fields)).fields == [path]


def test_an_unknown_view_is_refused(calls, refused):
    assert refused(lambda: calls.get("thr_1", view=9)).fields == ["view"]


def test_an_unknown_thread_is_not_found(calls, refused):
    refusal = refused(lambda: calls.get("thr_1"))
    assert refusal.code is grpc.StatusCode.NOT_FOUND
    assert refusal.metadata == {"resource_type": "thread", "id": "thr_1"}
