from datetime import UTC, datetime, timedelta

from mailbot.v1 import events_pb2


def event(position: int, **fields) -> events_pb2.Event:
    return events_pb2.Event(id=f"evt_{position}", position=position, **fields)


def test_get_shows_the_detail_of_its_type(server, bot):
    answer = event(
        1,
        type="EVENT_TYPE_MESSAGE_PARSE_FAILED",
        metadata={"order": "7"},
        attempt={
            "attempt": 2,
            "reply": {"code": 250, "text": "ok"},
            "duration": {"seconds": 1, "nanos": 500_000_000},
        },
    )
    server.answer("GetEvent", events_pb2.GetEventResponse(event=answer))
    got = bot.events.get("evt_1")
    assert got.type == "message.parse_failed"
    assert got.attempt.reply.code == 250
    assert got.attempt.duration == timedelta(seconds=1.5)
    assert got.content is None
    assert got.metadata == {"order": "7"}


def test_a_type_of_tomorrow_is_tolerated(server, bot):
    server.answer("GetEvent", events_pb2.GetEventResponse(event=event(1, type=999)))
    assert bot.events.get("evt_1").type == "unknown_999"


def test_list_sends_filter_start_and_order(server, bot):
    since = datetime(2026, 1, 1, tzinfo=UTC)
    list(
        bot.events.list(
            types=["message.received", "thread.merged"],
            inbox_ids=["inb_1"],
            thread_ids="thr_1",
            message_ids="msg_1",
            inbox_labels="vip",
            message_labels=["red"],
            recipients="a@example.com",
            recipient_domains="example.com",
            smtp_codes=550,
            bounce_classes=["policy", "other"],
            start_time=since,
            end_time=since,
            start=since,
            newest_first=True,
            page_size=5,
        )
    )
    request = server.requests("ListEvents")[0]
    assert list(request.filter.types) == [
        events_pb2.EVENT_TYPE_MESSAGE_RECEIVED,
        events_pb2.EVENT_TYPE_THREAD_MERGED,
    ]
    assert list(request.filter.thread_ids) == ["thr_1"]
    assert list(request.filter.inbox_labels) == ["vip"]
    assert list(request.filter.recipients) == ["a@example.com"]
    assert list(request.filter.recipient_domains) == ["example.com"]
    assert list(request.filter.message_labels) == ["red"]
    assert list(request.filter.smtp_codes) == [550]
    assert list(request.filter.bounce_classes) == ["policy", "other"]
    assert request.filter.start_time.ToDatetime(tzinfo=UTC) == since
    assert request.filter.end_time.ToDatetime(tzinfo=UTC) == since
    assert request.start.at_time.ToDatetime(tzinfo=UTC) == since
    assert request.newest_first
    assert request.page_size == 5


def test_the_page_says_where_a_subscription_goes_on(server, bot):
    server.answer(
        "ListEvents", events_pb2.ListEventsResponse(events=[event(1)], end_cursor="c1")
    )
    (page,) = bot.events.list().pages()
    assert page.end_cursor == "c1"
    assert page.items[0].cursor == ""


def test_list_starts_behind_an_events_cursor(server, bot):
    events = [event(4), event(5), event(6)]
    server.answer("ListEvents", events_pb2.ListEventsResponse(events=events))
    listed = bot.events.list(start="c3~5")
    assert [each.position for each in listed] == [6]
    assert server.requests("ListEvents")[0].start.after_cursor == "c3"
