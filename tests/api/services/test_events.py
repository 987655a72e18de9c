"""EventService over the wire: one event, and the log in pages."""

from datetime import UTC
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import events_pb2, inboxes_pb2, messages_pb2, suppressions_pb2
from mailbot.v1.events_pb2 import EventFilter, EventType, StartPosition
from tests.servers.event_calls import (
    EARLIEST,
    LATEST,
    EventCalls,
    after,
    only,
    positions,
)

CREATED = events_pb2.EVENT_TYPE_INBOX_CREATED
UPDATED = events_pb2.EVENT_TYPE_INBOX_UPDATED
QUEUED = events_pb2.EVENT_TYPE_MESSAGE_QUEUED


@pytest.fixture
def calls(stubs, auth):
    """As the default account."""
    return EventCalls(stubs, auth)


@pytest.fixture
def change(calls):
    """Changes an inbox n times, with an event each."""
    return calls.change


@pytest.fixture
def inbox(new_inbox):
    """An inbox of the test's own: only its events matter."""
    return new_inbox()


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
    monkeypatch.setattr("mailbot_server.store.timeline.listing.LOOKED_AT_MAX", 5)
    monkeypatch.setattr("mailbot_server.engine.timeline.paging.READS_MAX", 1)
    wanted = only(inbox, smtp_codes=[250])
    for newest_first in (False, True):
        first = calls.list(filter=wanted, newest_first=newest_first, page_size=2)
        assert not first.events
        assert first.next_page_token
        pages = list(calls.pages(filter=wanted, newest_first=newest_first, page_size=2))
        assert 1 < len(pages) < 31
        assert not [event for page in pages for event in page.events]


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
    changed: dict[str, dict[str, Any]] = {
        "filter": {"filter": only(inbox, types=[CREATED])},
        "order": {"newest_first": True},
        "start": {"start": EARLIEST},
        "account": {"by": stranger},
        "text": {"page_token": token[:-2]},
    }
    refusal = refused(lambda: calls.list(**{**fields, **changed[change_of]}))
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


# --- conditions ------------------------------------------------------------------------


@pytest.fixture
def suppressed(stubs, auth):
    """Suppresses an address; its event names it as the recipient."""

    def run(address):
        request = suppressions_pb2.AddSuppressionRequest(address=address)
        stubs.suppressions.AddSuppression(request, metadata=auth)

    return run


def test_events_are_found_by_recipient_and_domain(calls, suppressed):
    for address in ("ann@one.example", "bob@one.example", "ann@two.example"):
        suppressed(address)
    for newest_first in (False, True):
        for wanted, found in (
            (
                EventFilter(recipient_domains=["ONE.example"]),
                {"ann@one", "bob@one"},
            ),
            (EventFilter(recipients=["Ann@One.example"]), {"ann@one"}),
            (
                EventFilter(recipients=["ann@one.example", "ann@two.example"]),
                {"ann@one", "ann@two"},
            ),
            (EventFilter(recipient_domains=["example"]), set()),
        ):
            page = calls.list(filter=wanted, newest_first=newest_first)
            shown = {each.recipient.removesuffix(".example") for each in page.events}
            assert shown == found, wanted


def test_events_are_found_by_time(api, calls, inbox, change):
    api.clock.advance(seconds=10)
    start = Timestamp()
    start.FromDatetime(api.clock())
    change(inbox, 2)
    api.clock.advance(seconds=10)
    end = Timestamp()
    end.FromDatetime(api.clock())
    change(inbox, 3)
    for fields, count in (
        ({"start_time": start, "end_time": end}, 2),
        ({"start_time": end}, 3),
        ({"end_time": start}, 1),
        ({"start_time": end, "end_time": start}, 0),
    ):
        page = calls.list(filter=only(inbox, **fields))
        assert len(page.events) == count, fields
        assert not page.next_page_token


def test_events_are_found_by_labels_that_are_there_now(stubs, auth, calls, send, inbox):
    message = send(inbox.id)
    for label in ("red", "blue"):
        request = messages_pb2.UpdateMessageLabelsRequest(
            message_id=message.id, add=[label]
        )
        stubs.messages.UpdateMessageLabels(request, metadata=auth)
        page = calls.list(filter=only(inbox, message_labels=[label, "none"]))
        assert {each.message_id for each in page.events} == {message.id}
    request = messages_pb2.UpdateMessageLabelsRequest(
        message_id=message.id, remove=["red"]
    )
    stubs.messages.UpdateMessageLabels(request, metadata=auth)
    assert not calls.list(filter=only(inbox, message_labels=["red"])).events
