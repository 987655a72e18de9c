"""ThreadService over the wire: conversations, their messages, their order."""

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import events_pb2, inboxes_pb2, messages_pb2, threads_pb2

FULL = messages_pb2.MESSAGE_VIEW_FULL
Change = threads_pb2.ThreadChange


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

        def explain(self, thread_id, by=auth):
            request = threads_pb2.ExplainThreadRequest(thread_id=thread_id)
            return stubs.threads.ExplainThread(request, metadata=by)

        def merge(self, *thread_ids, by=auth):
            request = threads_pb2.MergeThreadsRequest(thread_ids=thread_ids)
            return stubs.threads.MergeThreads(request, metadata=by).thread

        def split(self, thread_id, *message_ids, by=auth):
            request = threads_pb2.SplitThreadRequest(
                thread_id=thread_id, message_ids=message_ids
            )
            return stubs.threads.SplitThread(request, metadata=by)

        def label(self, thread_id, add=(), remove=(), by=auth):
            request = threads_pb2.UpdateThreadLabelsRequest(
                thread_id=thread_id, add=add, remove=remove
            )
            return stubs.threads.UpdateThreadLabels(request, metadata=by).thread

        def told(self, *types):
            wanted = events_pb2.EventFilter(types=types)
            request = events_pb2.ListEventsRequest(filter=wanted, newest_first=True)
            return stubs.events.ListEvents(request, metadata=auth).events

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


# --- what is corrected by hand -----------------------------------------------------------


def test_an_explanation_says_who_names_what(calls, inbox, receive):
    first = receive(inbox.address, mail(100))
    other = receive(inbox.address, mail(102, answers=[101]))
    joins = receive(inbox.address, mail(103, answers=[100, 101]))
    found = calls.explain(calls.message(first).thread_id)
    assert found.thread.message_count == 3
    named = {
        tie.tie: [(m.message_id, m.field) for m in tie.mentions] for tie in found.ties
    }
    assert named == {
        "m100@example.com": [(first, "message_id"), (joins, "references")],
        "m101@example.com": [(other, "references"), (joins, "references")],
        "m102@example.com": [(other, "message_id")],
        "m103@example.com": [(joins, "message_id")],
    }
    assert [len(tie.mentions) for tie in found.ties] == [2, 2, 1, 1]
    (merge,) = found.changes
    assert (merge.kind, merge.changed_by) == (Change.KIND_MERGED_BY_MESSAGE, "mailbot")
    assert (merge.thread_id, merge.message_id) == (found.thread.id, joins)
    assert list(merge.other_thread_ids) == list(found.thread.merged_thread_ids)
    assert not found.truncated


def test_threads_are_merged_by_hand_once(calls, inbox, receive):
    made = [receive(inbox.address, mail(n)) for n in (110, 111, 112)]
    ids = [calls.message(each).thread_id for each in made]
    merged = calls.merge(*reversed(ids))
    assert (merged.id, list(merged.merged_thread_ids)) == (ids[0], ids[1:])
    assert merged.message_count == 3
    assert calls.merge(*ids) == merged
    (told, *_) = calls.told(events_pb2.EVENT_TYPE_THREAD_MERGED)
    assert told.thread_id == ids[0]
    assert list(told.thread.merged_thread_ids) == ids[1:]
    assert told.thread.changed_by.startswith("key_")
    (change,) = calls.explain(ids[2]).changes
    assert change.kind == Change.KIND_MERGED_BY_HAND
    assert change.changed_by == told.thread.changed_by


def test_answers_to_what_was_split_off_join_the_new_thread(calls, inbox, receive):
    kept = receive(inbox.address, mail(120))
    moved = receive(inbox.address, mail(121, answers=[120]))
    thread_id = calls.message(kept).thread_id
    done = calls.split(thread_id, moved)
    assert (done.thread.id, done.thread.message_count) == (thread_id, 1)
    assert done.new_thread.message_count == 1
    assert calls.message(moved).thread_id == done.new_thread.id
    answer = receive(inbox.address, mail(122, answers=[120, 121]))
    elsewhere = receive(inbox.address, mail(123, answers=[120]))
    assert calls.message(answer).thread_id == done.new_thread.id
    assert calls.message(elsewhere).thread_id == thread_id
    (told, *_) = calls.told(events_pb2.EVENT_TYPE_THREAD_SPLIT)
    assert told.thread.surviving_thread_id == thread_id
    assert told.thread.split_thread_id == done.new_thread.id
    (change,) = calls.explain(thread_id).changes
    assert change.kind == Change.KIND_SPLIT_BY_HAND
    assert list(change.other_thread_ids) == [done.new_thread.id]


def test_a_split_leaves_something_and_takes_only_what_is_there(
    calls, inbox, receive, refused
):
    made = [receive(inbox.address, mail(n, answers=[130])) for n in (131, 132)]
    other = receive(inbox.address, mail(133))
    thread_id = calls.message(made[0]).thread_id
    refusal = refused(lambda: calls.split(thread_id, *made))
    assert refusal.fields == ["message_ids"]
    refusal = refused(lambda: calls.split(thread_id, made[0], other))
    assert refusal.fields == ["message_ids[1]"]
    refusal = refused(lambda: calls.split(thread_id, made[0], "msg_x"))
    assert refusal.metadata == {"resource_type": "message", "id": "msg_x"}
    assert calls.get(thread_id).thread.message_count == 2


def test_threads_of_two_inboxes_stay_two(calls, new_inbox, receive, refused):
    made = [receive(new_inbox().address, mail(140)) for _ in range(2)]
    ids = [calls.message(each).thread_id for each in made]
    assert refused(lambda: calls.merge(*ids)).fields == ["thread_ids"]
    assert refused(lambda: calls.merge(ids[0])).fields == ["thread_ids"]


def test_labels_are_added_removed_and_found(calls, inbox, receive, refused):
    made = [receive(inbox.address, mail(n)) for n in (150, 151)]
    one, two = (calls.message(each).thread_id for each in made)
    assert list(calls.label(one, add=["red", "blue", "red"]).labels) == ["blue", "red"]
    assert list(calls.label(one, remove=["blue", "none"]).labels) == ["red"]
    calls.label(two, add=["green"])

    def found(*labels):
        page = calls.list(inbox_id=inbox.id, labels=labels)
        return [thread.id for thread in page.threads]

    assert found("red") == [one]
    assert found("blue") == []
    assert found("red", "green") == [two, one]
    assert list(calls.get(one).thread.labels) == ["red"]
    many = [f"l{number}" for number in range(20)]
    assert refused(lambda: calls.label(one, add=many)).fields == ["add"]
    assert refused(lambda: calls.label(one, add=["Not this"])).fields == ["add[0]"]
    assert list(calls.get(one).thread.labels) == ["red"]


def test_threads_are_found_by_who_takes_part(calls, inbox, receive):
    made = receive(inbox.address, mail(160))
    thread_id = calls.message(made).thread_id

    def found(address):
        page = calls.list(inbox_id=inbox.id, participant_address=address)
        return [thread.id for thread in page.threads]

    assert found("Carol@Example.com") == [thread_id]
    assert found("support@example.net") == [thread_id]
    assert found("arol@example.com") == []


def test_an_inbox_counts_threads_that_wait_for_an_answer(
    calls, stubs, auth, inbox, receive
):
    made = [receive(inbox.address, mail(n)) for n in (170, 171)]

    def waiting():
        request = inboxes_pb2.GetInboxRequest(inbox_id=inbox.id)
        counts = stubs.inboxes.GetInbox(request, metadata=auth).inbox.counts
        return counts.threads, counts.unreplied_threads

    assert waiting() == (2, 2)
    calls.reply(made[0])
    assert waiting() == (2, 1)
    calls.merge(*(calls.message(each).thread_id for each in made))
    assert waiting() == (1, 0)


def test_only_who_may_write_corrects(
    calls, inbox, new_inbox, receive, make_key, refused
):
    made = [receive(inbox.address, mail(n)) for n in (180, 181)]
    ids = [calls.message(each).thread_id for each in made]
    reader = make_key(scopes=["threads:read"])
    elsewhere = make_key(scopes=["threads:write"], inbox_ids=[new_inbox().id])
    for call in (
        lambda by: calls.merge(*ids, by=by),
        lambda by: calls.split(ids[0], made[0], by=by),
        lambda by: calls.label(ids[0], add=["red"], by=by),
    ):
        denied = refused(lambda call=call: call(reader))
        assert denied.code is grpc.StatusCode.PERMISSION_DENIED
        hidden = refused(lambda call=call: call(elsewhere))
        assert hidden.code is grpc.StatusCode.NOT_FOUND
    assert len(calls.explain(ids[0], by=reader).ties) == 1
