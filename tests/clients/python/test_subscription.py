import gc
import itertools
import threading
from datetime import UTC, datetime, timedelta

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from mailbot import (
    AuthError,
    CursorError,
    InvalidRequestError,
    MemoryCursor,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UnavailableError,
)
from mailbot.v1 import events_pb2
from tests.clients.fake_mailbot import TIMEOUT_SECONDS, Hang, Hold, status

RECYCLED = status(grpc.StatusCode.UNAVAILABLE, "STREAM_RECYCLED", retry_after=0.001)
LOST = [
    pytest.param(RECYCLED, id="stream-recycled"),
    pytest.param(
        status(grpc.StatusCode.UNAVAILABLE, "SERVER_DRAINING", retry_after=0),
        id="draining",
    ),
    pytest.param(
        status(grpc.StatusCode.UNAVAILABLE, "STORE_UNAVAILABLE", retry_after=0),
        id="store",
    ),
    pytest.param(status(grpc.StatusCode.UNAVAILABLE), id="no-details"),
    pytest.param(status(grpc.StatusCode.INTERNAL), id="reset-stream"),
    pytest.param(status(grpc.StatusCode.CANCELLED), id="cancelled-by-server"),
    pytest.param(
        status(grpc.StatusCode.RESOURCE_EXHAUSTED, "CONSUMER_TOO_SLOW"), id="too-slow"
    ),
]
FINAL = [
    pytest.param(
        grpc.StatusCode.UNAUTHENTICATED, "API_KEY_REVOKED", AuthError, id="revoked"
    ),
    pytest.param(
        grpc.StatusCode.PERMISSION_DENIED,
        "SCOPE_MISSING",
        PermissionDeniedError,
        id="scope",
    ),
    pytest.param(
        grpc.StatusCode.INVALID_ARGUMENT,
        "FIELD_INVALID",
        InvalidRequestError,
        id="field",
    ),
    pytest.param(
        grpc.StatusCode.INVALID_ARGUMENT, "CURSOR_FOREIGN", CursorError, id="foreign"
    ),
    pytest.param(
        grpc.StatusCode.OUT_OF_RANGE, "CURSOR_EXPIRED", CursorError, id="expired"
    ),
]


def started(cursor: str, heartbeat_seconds: float = 15) -> events_pb2.SubscribeResponse:
    interval = Duration()
    interval.FromTimedelta(timedelta(seconds=heartbeat_seconds))
    return events_pb2.SubscribeResponse(
        cursor=cursor, started=events_pb2.StreamStarted(heartbeat_interval=interval)
    )


def batch(cursor: str, *positions: int) -> events_pb2.SubscribeResponse:
    events = [
        events_pb2.Event(
            id=f"evt_{each}", position=each, type=events_pb2.EVENT_TYPE_MESSAGE_RECEIVED
        )
        for each in positions
    ]
    return events_pb2.SubscribeResponse(
        cursor=cursor, batch=events_pb2.EventBatch(events=events)
    )


def checkpoint(cursor: str) -> events_pb2.SubscribeResponse:
    return events_pb2.SubscribeResponse(
        cursor=cursor, checkpoint=events_pb2.Checkpoint()
    )


def take(subscription, count: int) -> list[int]:
    return [each.position for each in itertools.islice(subscription, count)]


def resumed_from(server) -> list[str]:
    return [each.start.after_cursor for each in server.requests("Subscribe")]


def test_events_come_in_order_with_their_words(server, bot):
    server.answer("Subscribe", [started("c0"), batch("c2", 1, 2), Hang()])
    subscription = bot.events.subscribe(types=["message.received"], inbox_ids="inb_1")
    with subscription:
        event = next(iter(subscription))
        assert event.type == "message.received"
        assert event.id == "evt_1"
        assert take(subscription, 1) == [2]
    wanted = server.requests("Subscribe")[0]
    assert list(wanted.filter.types) == [events_pb2.EVENT_TYPE_MESSAGE_RECEIVED]
    assert list(wanted.filter.inbox_ids) == ["inb_1"]


@pytest.mark.parametrize("lost", LOST)
def test_a_lost_stream_is_resumed_with_the_last_cursor(server, bot, lost):
    server.answer(
        "Subscribe",
        [started("c0"), batch("c2", 1, 2), lost],
        [started("c2"), batch("c3", 3), Hang()],
    )
    with bot.events.subscribe() as subscription:
        assert take(subscription, 3) == [1, 2, 3]
    assert resumed_from(server) == ["", "c2"]


def test_a_drop_before_the_first_event_keeps_the_first_position(server, bot):
    server.answer(
        "Subscribe", [started("c7"), RECYCLED], [started("c7"), batch("c8", 8), Hang()]
    )
    with bot.events.subscribe(start="latest") as subscription:
        assert take(subscription, 1) == [8]
    first, second = server.requests("Subscribe")
    assert first.start.anchor == events_pb2.StartPosition.ANCHOR_LATEST
    assert second.start.after_cursor == "c7"


def test_a_server_that_refused_the_first_stream_is_asked_again(server, bot):
    refusal = status(grpc.StatusCode.UNAVAILABLE)
    server.answer("Subscribe", refusal_steps := [refusal], refusal_steps)
    server.answer("Subscribe", [started("c0"), batch("c1", 1), Hang()])
    with bot.events.subscribe(start="earliest") as subscription:
        assert take(subscription, 1) == [1]
    anchors = [each.start.anchor for each in server.requests("Subscribe")]
    assert anchors == [events_pb2.StartPosition.ANCHOR_EARLIEST] * 3


def test_repeated_events_are_left_out(server, bot):
    server.answer(
        "Subscribe",
        [started("c0"), batch("c3", 1, 2, 3), RECYCLED],
        [started("c0"), batch("c4", 2, 3, 4), batch("c5", 4, 5), Hang()],
    )
    with bot.events.subscribe() as subscription:
        assert take(subscription, 5) == [1, 2, 3, 4, 5]


def test_a_checkpoint_moves_the_cursor(server, bot):
    store = MemoryCursor()
    server.answer(
        "Subscribe",
        [started("c0"), checkpoint("c90"), RECYCLED],
        [started("c90"), batch("c91", 91), Hang()],
    )
    with bot.events.subscribe(cursor_store=store) as subscription:
        take(subscription, 1)
        assert store.load() == "c90"
    assert resumed_from(server) == ["", "c90"]


def test_the_server_restarts_and_nothing_is_lost(server, bot):
    server.answer("Subscribe", [started("c0"), batch("c1", 1), hang := Hang()])
    with bot.events.subscribe() as subscription:
        assert take(subscription, 1) == [1]
        assert hang.reached.wait(TIMEOUT_SECONDS)
        server.hang_up()
        server.answer("Subscribe", [started("c1"), batch("c2", 2), Hang()])
        server.serve_again()
        assert take(subscription, 1) == [2]
    assert resumed_from(server) == ["", "c1"]


def test_silence_of_three_heartbeats_is_a_dead_connection(server, bot):
    server.answer(
        "Subscribe",
        [started("c0", heartbeat_seconds=0.02), batch("c1", 1), dead := Hang()],
        [started("c1"), batch("c2", 2), Hang()],
    )
    with bot.events.subscribe() as subscription:
        assert take(subscription, 2) == [1, 2]
        assert dead.abandoned.wait(TIMEOUT_SECONDS)
    assert resumed_from(server) == ["", "c1"]


@pytest.mark.parametrize(("code", "reason", "kind"), FINAL)
def test_what_cannot_get_better_is_raised(server, bot, code, reason, kind):
    server.answer(
        "Subscribe",
        [started("c0"), batch("c1", 1), status(code, reason)],
        [started("c1")],
    )
    subscription = bot.events.subscribe()
    assert take(subscription, 1) == [1]
    with pytest.raises(kind) as raised:
        next(subscription)
    assert raised.value.reason == reason
    assert len(server.requests("Subscribe")) == 1
    assert list(subscription) == []


def test_a_fault_that_stays_is_raised_in_the_end(server, bot):
    fault = [started("c0"), status(grpc.StatusCode.INTERNAL, "INTERNAL")]
    server.answer("Subscribe", *[fault] * 5)
    with pytest.raises(ServerError):
        next(bot.events.subscribe())
    assert len(server.requests("Subscribe")) == 5


def test_too_many_streams_is_raised_at_first_and_waited_out_later(server, bot):
    too_many = status(grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_STREAMS")
    server.answer("Subscribe", [too_many])
    with pytest.raises(RateLimitError):
        bot.events.subscribe().ready()
    server.answer(
        "Subscribe",
        [started("c0"), RECYCLED],
        [too_many],
        [started("c0"), batch("c1", 1), Hang()],
    )
    with bot.events.subscribe() as subscription:
        assert take(subscription, 1) == [1]


def test_ready_returns_when_the_position_is_fixed(server, bot):
    hold = Hold()
    server.answer("Subscribe", [started("c5"), hold, batch("c6", 6), Hang()])
    with bot.events.subscribe() as subscription:
        assert subscription.cursor == ""
        subscription.ready()
        assert subscription.cursor == "c5"
        hold.release()
        assert take(subscription, 1) == [6]


def test_ready_gives_up_after_its_timeout(server, bot):
    server.answer("Subscribe", [Hang()])
    with bot.events.subscribe() as subscription, pytest.raises(UnavailableError):
        subscription.ready(timeout=0.05)


def test_the_cursor_is_stored_when_the_next_event_is_asked_for(server, bot):
    store = MemoryCursor()
    server.answer(
        "Subscribe", [started("c0"), batch("c2", 1, 2), batch("c3", 3), Hang()]
    )
    with bot.events.subscribe(cursor_store=store) as subscription:
        seen = []
        for event in subscription:
            seen.append(store.load())
            if event.position == 3:
                break
        assert seen == ["c0", "c0~1", "c2"]
        subscription.commit()
        assert store.load() == event.cursor == subscription.cursor == "c3"


@pytest.mark.parametrize("position", [1, 2, 3])
def test_a_consumer_that_starts_again_misses_and_repeats_nothing(server, bot, position):
    log = [started("c0"), batch("c3", 1, 2, 3), batch("c4", 4), Hang()]
    server.answer("Subscribe", log)
    store = MemoryCursor()
    with bot.events.subscribe(cursor_store=store) as subscription:
        take(subscription, position)
        subscription.commit()

    rest = [batch("c4", 4), Hang()] if position == 3 else log[1:]
    server.answer("Subscribe", [started("c0"), *rest])
    with bot.events.subscribe(cursor_store=store, start="latest") as subscription:
        assert take(subscription, 4 - position) == list(range(position + 1, 5))
    expected = "c3" if position == 3 else "c0"
    assert resumed_from(server) == ["", expected]


def test_started_again_and_dropped_again_before_an_event_keeps_the_place(server, bot):
    store = MemoryCursor("c0~2")
    server.answer("Subscribe", [started("c0"), RECYCLED], [started("c0"), Hang()])
    with bot.events.subscribe(cursor_store=store) as subscription:
        subscription.ready()
        assert subscription.cursor == "c0~2"
        assert store.load() == "c0~2"


def test_an_events_cursor_is_a_start(server, bot):
    server.answer("Subscribe", [started("c0"), batch("c3", 1, 2, 3), Hang()])
    with bot.events.subscribe() as subscription:
        middle = list(itertools.islice(subscription, 2))[-1].cursor
    server.answer("Subscribe", [started("c0"), batch("c3", 1, 2, 3), Hang()])
    with bot.events.subscribe(start=middle) as subscription:
        assert take(subscription, 1) == [3]


def test_a_start_can_be_an_instant(server, bot):
    server.answer("Subscribe", [started("c0"), Hang()])
    when = datetime(2026, 1, 2, tzinfo=UTC)
    with bot.events.subscribe(start=when) as subscription:
        subscription.ready()
    asked = server.requests("Subscribe")[0].start.at_time
    assert asked.ToDatetime(tzinfo=UTC) == when


def test_stop_at_end_ends_the_iteration(server, bot):
    server.answer("Subscribe", [started("c0"), batch("c2", 1, 2)])
    assert take(bot.events.subscribe(stop_at_end=True), 10) == [1, 2]
    assert server.requests("Subscribe")[0].stop_at_end


def test_an_end_that_was_not_asked_for_is_resumed(server, bot):
    server.answer(
        "Subscribe",
        [started("c0"), batch("c1", 1)],
        [started("c1"), batch("c2", 2), Hang()],
    )
    with bot.events.subscribe() as subscription:
        assert take(subscription, 2) == [1, 2]


def test_leaving_the_loop_ends_the_stream(server, bot):
    server.answer("Subscribe", [started("c0"), batch("c1", 1), hang := Hang()])
    for _ in bot.events.subscribe():
        break
    gc.collect()
    assert hang.abandoned.wait(TIMEOUT_SECONDS)


def test_close_from_elsewhere_ends_the_iteration(server, bot):
    server.answer("Subscribe", [started("c0"), hang := Hang()])
    subscription = bot.events.subscribe()
    rest: list[int] = []
    consumer = threading.Thread(target=lambda: rest.extend(take(subscription, 10)))
    consumer.start()
    assert hang.reached.wait(TIMEOUT_SECONDS)
    subscription.close()
    consumer.join(TIMEOUT_SECONDS)
    assert not consumer.is_alive()
    assert rest == []
    assert hang.abandoned.wait(TIMEOUT_SECONDS)


def test_closing_the_client_ends_its_subscriptions(server, bot):
    server.answer("Subscribe", [started("c0"), hang := Hang()])
    subscription = bot.events.subscribe()
    subscription.ready()
    bot.close()
    assert hang.abandoned.wait(TIMEOUT_SECONDS)
    assert list(subscription) == []


def test_no_thread_outlives_its_subscription(server, bot):
    before = set(threading.enumerate())
    server.answer("Subscribe", [started("c0"), batch("c1", 1), Hang()])
    with bot.events.subscribe() as subscription:
        take(subscription, 1)
    left = {each.name for each in set(threading.enumerate()) - before}
    assert "mailbot-watchdog" not in left


def test_a_store_that_fails_ends_the_iteration(server, bot):
    class Full(MemoryCursor):
        def save(self, cursor: str) -> None:
            raise OSError("disk full")

    server.answer("Subscribe", [started("c0"), batch("c1", 1), Hang()])
    with (
        bot.events.subscribe(cursor_store=Full()) as subscription,
        pytest.raises(OSError),
    ):
        next(subscription)


def test_an_unknown_type_names_those_there_are(bot):
    with pytest.raises(ValueError, match=r"message\.received"):
        bot.events.subscribe(types="message.recieved")
