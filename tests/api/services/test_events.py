"""EventService over the wire: the log read once, in pages, and followed live."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import accounts_pb2, events_pb2, inboxes_pb2, messages_pb2
from mailbot.v1.events_pb2 import EventFilter, EventType, StartPosition
from mailbot_server.core.signed import cursor
from mailbot_server.core.signed.cursor import Log

EARLIEST = StartPosition(anchor=StartPosition.ANCHOR_EARLIEST)
LATEST = StartPosition(anchor=StartPosition.ANCHOR_LATEST)
CREATED = events_pb2.EVENT_TYPE_INBOX_CREATED
UPDATED = events_pb2.EVENT_TYPE_INBOX_UPDATED
QUEUED = events_pb2.EVENT_TYPE_MESSAGE_QUEUED
WAIT = 20


def after(token):
    return StartPosition(after_cursor=token)


@pytest.fixture
def calls(stubs, auth):
    """The service's methods, as the default account, with fields as keywords."""

    class Calls:
        def get(self, event_id, by=auth):
            request = events_pb2.GetEventRequest(event_id=event_id)
            return stubs.events.GetEvent(request, metadata=by).event

        def list(self, by=auth, **fields):
            request = events_pb2.ListEventsRequest(**fields)
            return stubs.events.ListEvents(request, metadata=by)

        def pages(self, **fields):
            """All pages of a list."""
            token = ""
            while True:
                page = self.list(page_token=token, **fields)
                yield page
                token = page.next_page_token
                if not token:
                    return

        def follow(self, by=auth, **fields):
            """An open stream."""
            request = events_pb2.SubscribeRequest(**fields)
            return stubs.events.Subscribe(request, metadata=by, timeout=WAIT)

        def read(self, **fields):
            """All responses up to the log's end."""
            return list(self.follow(stop_at_end=True, **fields))

    return Calls()


def positions(responses):
    return [event.position for r in responses for event in r.batch.events]


@pytest.fixture
def change(stubs, auth):
    """Changes an inbox n times, with an event each."""
    numbers = itertools.count(1)

    def run(inbox, count=1):
        for _ in range(count):
            name = f"name {next(numbers)}"
            request = inboxes_pb2.UpdateInboxRequest(
                inbox=inboxes_pb2.Inbox(id=inbox.id, display_name=name)
            )
            stubs.inboxes.UpdateInbox(request, metadata=auth)

    return run


@pytest.fixture
def inbox(new_inbox):
    """An inbox of the test's own: only its events matter."""
    return new_inbox()


def only(inbox, **fields):
    return EventFilter(inbox_ids=[inbox.id], **fields)


# --- one -------------------------------------------------------------------------------


def test_an_event_tells_what_happened(api, calls, inbox):
    event = calls.list(filter=only(inbox)).events[0]
    assert event.id.startswith("evt_")
    assert event.type == CREATED
    assert event.create_time.ToDatetime(tzinfo=UTC) == api.clock()
    assert event.inbox.address == inbox.address
    assert event.inbox.state == "active"
    assert calls.get(event.id) == event


def test_an_unknown_event_is_not_found(calls, refused):
    refusal = refused(lambda: calls.get("evt_1"))
    assert refusal.metadata == {"resource_type": "event", "id": "evt_1"}


# --- pages -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_pages_hold_every_event_once_in_order(calls, inbox, change, size):
    change(inbox, 6)
    found = [
        event.position
        for page in calls.pages(filter=only(inbox), page_size=size)
        for event in page.events
    ]
    assert len(found) == 7
    assert found == sorted(found)


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_the_other_direction_holds_the_same(calls, inbox, change, size):
    change(inbox, 6)
    wanted = {"filter": only(inbox), "page_size": size}
    forth = [e.id for page in calls.pages(**wanted) for e in page.events]
    back = [
        e.id for page in calls.pages(newest_first=True, **wanted) for e in page.events
    ]
    assert back == forth[::-1]


def test_the_whole_log_is_gapless(calls):
    pages = calls.pages(page_size=50)
    found = [event.position for page in pages for event in page.events]
    assert found == list(range(1, len(found) + 1))


@pytest.mark.parametrize("newest_first", [False, True], ids=["oldest", "newest"])
def test_a_list_begins_where_it_is_told(calls, inbox, change, newest_first):
    token = calls.list(filter=only(inbox)).end_cursor
    change(inbox, 3)
    page = calls.list(start=after(token), newest_first=newest_first)
    assert [event.type for event in page.events] == [UPDATED] * 3
    assert not calls.list(start=LATEST, newest_first=newest_first).events


def test_a_list_begins_at_a_time(api, calls, inbox, change):
    api.clock.advance(hours=1)
    moment = Timestamp()
    moment.FromDatetime(api.clock())
    change(inbox, 2)
    assert len(calls.list(start=StartPosition(at_time=moment)).events) == 2
    later = Timestamp()
    later.FromDatetime(api.clock.advance(hours=1))
    assert not calls.list(start=StartPosition(at_time=later)).events


def test_list_then_follow_loses_nothing(calls, inbox, change):
    change(inbox, 5)
    *_, last = calls.pages(filter=only(inbox), page_size=2)
    change(inbox, 3)
    found = positions(calls.read(start=after(last.end_cursor), filter=only(inbox)))
    assert len(found) == 3


def test_list_newest_then_follow_loses_nothing_while_others_write(calls, inbox, change):
    change(inbox, 5)
    pages = calls.pages(filter=only(inbox), page_size=2, newest_first=True)
    first = next(pages)
    change(inbox, 3)
    before = {event.position for page in pages for event in page.events}
    before |= {event.position for event in first.events}
    later = set(
        positions(calls.read(start=after(first.end_cursor), filter=only(inbox)))
    )
    assert (len(before), len(later)) == (6, 3)
    assert not before & later


def test_a_filter_that_matches_far_away_is_looked_for(
    calls, inbox, change, monkeypatch
):
    """Through windows of five positions, so that many are empty."""
    other_end = calls.list(start=LATEST).end_cursor
    change(inbox, 30)
    monkeypatch.setattr("mailbot_server.store.events.WINDOW", 5)
    first = calls.list(filter=only(inbox, types=[CREATED]))
    assert [event.type for event in first.events] == [CREATED]
    newest = calls.list(filter=only(inbox, types=[CREATED]), newest_first=True)
    assert newest.events == first.events
    nothing = calls.list(start=after(other_end), filter=only(inbox, types=[CREATED]))
    assert (list(nothing.events), nothing.next_page_token) == ([], "")


def test_a_page_that_is_empty_all_the_same_goes_on(calls, inbox, change, monkeypatch):
    change(inbox, 30)
    monkeypatch.setattr("mailbot_server.store.events.WINDOW", 5)
    monkeypatch.setattr("mailbot_server.engine.events.WINDOWS_MAX", 2)
    wanted = only(inbox, types=[CREATED])
    first = calls.list(filter=wanted, newest_first=True)
    assert not first.events
    assert first.next_page_token
    pages = calls.pages(filter=wanted, newest_first=True)
    assert sum(len(page.events) for page in pages) == 1


def test_a_page_of_events_stays_below_what_clients_accept(
    calls, inbox, change, monkeypatch
):
    change(inbox, 5)
    expected = [e.id for e in calls.list(filter=only(inbox)).events]
    monkeypatch.setattr("mailbot_server.api.pages.PAGE_BYTES_MAX", 300)
    for newest_first in (False, True):
        pages = list(calls.pages(filter=only(inbox), newest_first=newest_first))
        found = [event.id for page in pages for event in page.events]
        assert len(pages) > 2
        assert found == (expected[::-1] if newest_first else expected)


@pytest.mark.parametrize("change_of", ["filter", "order", "start", "account", "text"])
def test_a_page_token_of_another_list_is_refused(
    calls, inbox, change, stranger, refused, auth, change_of
):
    change(inbox, 3)
    token = calls.list(filter=only(inbox), page_size=1).next_page_token
    fields = {"filter": only(inbox), "page_token": token, "by": auth}
    fields |= {
        "filter": {"filter": only(inbox, types=[CREATED])},
        "order": {"newest_first": True},
        "start": {"start": EARLIEST},
        "account": {"by": stranger},
        "text": {"page_token": token[:-2]},
    }[change_of]
    refusal = refused(lambda: calls.list(**fields))
    assert refusal.reason == "PAGE_TOKEN_INVALID"


# --- filters ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def story(stubs, auth, new_inbox, send):
    """Two inboxes: one with labels and two messages, one that was renamed."""
    first = new_inbox(username="first", labels=["vip", "eu"])
    second = new_inbox(username="second", labels=["us"])
    sent = [
        send(first.id, to="Dave@Example.com"),
        send(first.id, to="eve@example.com"),
    ]
    request = inboxes_pb2.UpdateInboxRequest(
        inbox=inboxes_pb2.Inbox(id=second.id, display_name="Renamed")
    )
    stubs.inboxes.UpdateInbox(request, metadata=auth)
    stubs.inboxes.DisableInbox(
        inboxes_pb2.DisableInboxRequest(inbox_id=first.id), metadata=auth
    )
    return first, second, sent


FILTERS = {
    "types": (
        lambda first, second, sent: EventFilter(
            types=[QUEUED, UPDATED], inbox_ids=[first.id, second.id]
        ),
        ["MESSAGE_QUEUED", "MESSAGE_QUEUED", "INBOX_UPDATED"],
    ),
    "inbox": (
        lambda first, second, sent: EventFilter(inbox_ids=[second.id]),
        ["INBOX_CREATED", "INBOX_UPDATED"],
    ),
    "thread": (
        lambda first, second, sent: EventFilter(thread_ids=[sent[0].thread_id]),
        ["MESSAGE_QUEUED", "MESSAGE_CANCELLED"],
    ),
    "message": (
        lambda first, second, sent: EventFilter(message_ids=[sent[1].id]),
        ["MESSAGE_QUEUED", "MESSAGE_CANCELLED"],
    ),
    "label": (
        lambda first, second, sent: EventFilter(inbox_labels=["us", "nothing"]),
        ["INBOX_CREATED", "INBOX_UPDATED"],
    ),
    "recipient": (
        lambda first, second, sent: EventFilter(recipients=["DAVE@example.COM"]),
        ["MESSAGE_CANCELLED"],
    ),
    "all-together": (
        lambda first, second, sent: EventFilter(
            inbox_labels=["vip"],
            message_ids=[m.id for m in sent],
            types=[events_pb2.EVENT_TYPE_MESSAGE_CANCELLED],
            recipients=["eve@example.com"],
        ),
        ["MESSAGE_CANCELLED"],
    ),
    "contradiction": (
        lambda first, second, sent: EventFilter(
            inbox_ids=[second.id], message_ids=[sent[0].id]
        ),
        [],
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_choose_the_same_events_in_lists_and_streams(calls, story, name):
    make, expected = FILTERS[name]
    wanted = make(*story)
    listed = calls.list(filter=wanted, page_size=500).events
    streamed = calls.read(start=EARLIEST, filter=wanted)
    assert [e for r in streamed for e in r.batch.events] == list(listed)
    names = [EventType.Name(e.type).removeprefix("EVENT_TYPE_") for e in listed]
    assert names == expected


BAD_FILTERS = [
    pytest.param({"types": [0]}, "filter.types[0]", id="unspecified"),
    pytest.param({"types": [CREATED, 999]}, "filter.types[1]", id="unknown"),
    pytest.param({"inbox_ids": ["i"] * 101}, "filter.inbox_ids", id="many"),
    pytest.param({"recipients": ["x\x00"]}, "filter.recipients[0]", id="nul"),
    pytest.param({"thread_ids": ["x" * 1001]}, "filter.thread_ids[0]", id="long"),
]


@pytest.mark.parametrize(("fields", "path"), BAD_FILTERS)
def test_a_bad_filter_is_refused(calls, refused, fields, path):
    wanted = EventFilter(**fields)
    assert refused(lambda: calls.list(filter=wanted)).fields == [path]
    assert refused(lambda: calls.read(filter=wanted)).fields == [path]


# --- cursors ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def log(api, stubs, auth):
    """The default account's log."""
    request = accounts_pb2.GetAccountRequest()
    account = stubs.accounts.GetAccount(request, metadata=auth).account
    return Log(epoch="test-epoch", account_id=account.id)


def test_a_cursor_of_another_account_is_foreign(calls, stranger, refused):
    token = calls.list(by=stranger).end_cursor
    for call in (calls.list, calls.read):
        refusal = refused(lambda c=call: c(start=after(token)))
        assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
        assert refusal.reason == "CURSOR_FOREIGN"
        assert refusal.fields == ["start.after_cursor"]


def test_a_cursor_from_before_a_restore_is_foreign(api, calls, log, refused):
    other = Log(epoch="another-epoch", account_id=log.account_id)
    token = cursor.write_cursor(api.keys, other, 1)
    refusal = refused(lambda: calls.read(start=after(token)))
    assert refusal.reason == "CURSOR_FOREIGN"


def test_a_cursor_behind_the_log_s_end_is_foreign(api, calls, log, refused):
    token = cursor.write_cursor(api.keys, log, 10**9)
    for call in (calls.list, calls.read):
        refusal = refused(lambda c=call: c(start=after(token)))
        assert refusal.reason == "CURSOR_FOREIGN"


def test_what_is_no_cursor_is_invalid(calls, refused):
    good = calls.list().end_cursor
    page = calls.list(page_size=1).next_page_token
    wrong = [
        *("garbage", "ä", "=", "A" * 60, good[:-1], good[1:], page),
        good[:30] + ("A" if good[30] != "A" else "B") + good[31:],
    ]
    for token, call in itertools.product(wrong, (calls.list, calls.read)):
        refusal = refused(lambda t=token, c=call: c(start=after(t)))
        assert refusal.reason == "CURSOR_INVALID", token
        assert refusal.fields == ["start.after_cursor"]


def test_every_cursor_resumes_exactly_behind_it(calls, inbox, change):
    change(inbox, 9)
    responses = calls.read(start=EARLIEST, filter=only(inbox), max_batch_size=2)
    everything = positions(responses)
    assert len(everything) == 10
    seen: list[int] = []
    for response in responses:
        seen += [event.position for event in response.batch.events]
        rest = calls.read(start=after(response.cursor), filter=only(inbox))
        assert seen + positions(rest) == everything


def test_the_earliest_cursor_of_a_stream_is_the_log_s_beginning(calls, inbox):
    started = calls.read()[0].started
    rest = positions(calls.read(start=after(started.earliest_cursor)))
    assert rest == list(range(1, len(rest) + 1))


# --- streams ---------------------------------------------------------------------------


def test_a_stream_begins_with_what_to_expect(api, calls):
    first = next(calls.follow())
    assert first.WhichOneof("kind") == "started"
    assert first.cursor
    assert first.started.heartbeat_interval.seconds == 15
    assert first.started.server_node.startswith("nod_")
    age = first.started.recycle_time.seconds - int(api.clock().timestamp())
    assert 470 <= age <= 720


def test_what_happens_after_the_beginning_comes(calls, inbox, change):
    stream = calls.follow(filter=only(inbox))
    assert next(stream).WhichOneof("kind") == "started"
    change(inbox)
    assert [event.type for event in next(stream).batch.events] == [UPDATED]
    change(inbox)
    assert [event.type for event in next(stream).batch.events] == [UPDATED]
    stream.cancel()


def test_history_then_live_without_gap_or_overlap(calls, inbox, change):
    change(inbox, 3)
    stream = calls.follow(start=EARLIEST, filter=only(inbox), max_batch_size=2)
    found = []
    for response in stream:
        found += [event.position for event in response.batch.events]
        if len(found) == 4:
            change(inbox, 2)
        if len(found) == 6:
            break
    stream.cancel()
    assert found == [e.position for e in calls.list(filter=only(inbox)).events]


@pytest.mark.parametrize("start", [None, LATEST], ids=["unset", "latest"])
def test_a_stream_begins_at_the_end_unless_told(calls, inbox, start):
    assert positions(calls.read(start=start)) == []


def test_a_stream_begins_at_a_time(api, calls, inbox, change):
    api.clock.advance(hours=1)
    moment = Timestamp()
    moment.FromDatetime(api.clock())
    change(inbox, 2)
    assert len(positions(calls.read(start=StartPosition(at_time=moment)))) == 2


@pytest.mark.parametrize("seconds", [-(10**15), 10**15])
def test_a_time_outside_the_calendar_is_refused(calls, refused, seconds):
    start = StartPosition(at_time=Timestamp(seconds=seconds))
    assert refused(lambda: calls.read(start=start)).fields == ["start.at_time"]
    assert refused(lambda: calls.list(start=start)).fields == ["start.at_time"]


def test_a_stream_that_stops_at_the_end_says_where_it_was(calls, inbox):
    *_, last = calls.read(start=EARLIEST)
    assert last.checkpoint.caught_up
    assert last.checkpoint.lag_events == 0
    assert last.cursor == calls.list().end_cursor


def test_batches_are_no_larger_than_asked_for(calls, inbox, change):
    change(inbox, 9)
    responses = calls.read(start=EARLIEST, filter=only(inbox), max_batch_size=3)
    sizes = [len(r.batch.events) for r in responses if r.WhichOneof("kind") == "batch"]
    assert sizes == [3, 3, 3, 1]


def test_a_negative_batch_is_refused(calls, refused):
    refusal = refused(lambda: calls.read(max_batch_size=-1))
    assert refusal.fields == ["max_batch_size"]


def test_a_huge_batch_is_cut(calls, inbox):
    assert positions(calls.read(start=EARLIEST, max_batch_size=10**6))


def test_a_response_stays_small_in_bytes_too(calls, inbox, change, monkeypatch):
    change(inbox, 9)
    everything = [e.position for e in calls.list(filter=only(inbox)).events]
    monkeypatch.setattr("mailbot_server.api.services.events.BATCH_BYTES_MAX", 500)
    responses = calls.read(start=EARLIEST, filter=only(inbox))
    batches = [r for r in responses if r.WhichOneof("kind") == "batch"]
    assert len(batches) > 2
    for number, response in enumerate(batches):
        assert response.batch.ByteSize() <= 520
        rest = calls.read(start=after(response.cursor), filter=only(inbox))
        assert positions(batches[: number + 1]) + positions(rest) == everything


def test_a_quiet_log_sends_signs_of_life(calls, inbox, monkeypatch):
    monkeypatch.setattr("mailbot_server.api.services.events.HEARTBEAT_MIN", 0.01)
    stream = calls.follow(heartbeat_interval=Duration(nanos=10_000_000))
    first = next(stream)
    assert first.started.heartbeat_interval.nanos == 10_000_000
    for _ in range(3):
        response = next(stream)
        assert response.WhichOneof("kind") == "checkpoint"
        assert response.checkpoint.caught_up
        assert response.cursor == first.cursor
    stream.cancel()


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [(0, 15), (-5, 15), (1, 1), (60, 60), (3600, 60), (10**11, 60)],
)
def test_signs_of_life_come_within_bounds(calls, asked, seconds):
    stream = calls.follow(heartbeat_interval=Duration(seconds=asked))
    assert next(stream).started.heartbeat_interval.seconds == seconds
    stream.cancel()


def test_a_filter_that_matches_nothing_still_moves_the_cursor(
    calls, inbox, change, monkeypatch
):
    monkeypatch.setattr("mailbot_server.api.services.events.HEARTBEAT_MIN", 0.01)
    stream = calls.follow(
        filter=EventFilter(inbox_ids=["inb_nobody"]),
        heartbeat_interval=Duration(nanos=10_000_000),
    )
    first = next(stream)
    change(inbox, 5)
    end = calls.list().end_cursor
    tokens = {first.cursor}
    for response in stream:
        assert response.WhichOneof("kind") == "checkpoint"
        tokens.add(response.cursor)
        if response.cursor == end:
            break
    stream.cancel()
    assert positions(calls.read(start=after(end))) == []


def test_a_filter_by_thread_follows_merges_in_an_open_stream(
    stubs, auth, calls, inbox, receive
):
    def mail(number, references=b""):
        return (
            b"From: c@example.com\r\nMessage-ID: <merge%d@example.com>\r\n"
            b"References: %s\r\n\r\nHi\r\n" % (number, references)
        )

    def thread_of(message_id):
        request = messages_pb2.GetMessageRequest(message_id=message_id)
        return stubs.messages.GetMessage(request, metadata=auth).message.thread_id

    older = thread_of(receive(inbox.address, mail(1)))
    younger = thread_of(receive(inbox.address, mail(3, b"<merge2@example.com>")))
    assert older != younger
    received = [events_pb2.EVENT_TYPE_MESSAGE_RECEIVED]
    stream = calls.follow(filter=EventFilter(thread_ids=[younger], types=received))
    next(stream)
    receive(inbox.address, mail(2, b"<merge1@example.com>"))
    late = receive(inbox.address, mail(4, b"<merge1@example.com>"))
    found: list[str] = []
    for response in stream:
        found += [event.message_id for event in response.batch.events]
        if late in found:
            break
    stream.cancel()
    assert found[-1] == late
    listed = calls.list(filter=EventFilter(thread_ids=[younger], types=received))
    assert len(listed.events) == 4


@pytest.mark.slow
def test_readers_that_leave_and_come_back_see_every_event_once(
    calls, new_inbox, change
):
    """Four writers, three readers with batches and interruptions of their own."""
    began = calls.list().end_cursor
    inboxes = [new_inbox() for _ in range(4)]

    def read(seed):
        chance = random.Random(seed)
        found: list[int] = []
        token = began
        while len(found) < 4 * 25 + 4:
            stream = calls.follow(
                start=after(token), max_batch_size=chance.randint(1, 9)
            )
            for response in stream:
                found += [event.position for event in response.batch.events]
                token = response.cursor
                if len(found) >= 4 * 25 + 4 or chance.random() < 0.2:
                    break
            stream.cancel()
        return found

    with ThreadPoolExecutor(7) as pool:
        readers = [pool.submit(read, seed) for seed in range(3)]
        for writer in [pool.submit(change, inbox, 25) for inbox in inboxes]:
            writer.result(WAIT)
        seen = [reader.result(WAIT) for reader in readers]
    assert seen[0] == seen[1] == seen[2]
    assert seen[0] == list(range(seen[0][0], seen[0][0] + 104))
