import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot import RateLimitError, ServerError, UnavailableError
from mailbot.retry import Backoff
from mailbot.tail import Cursor, Tail, start_position
from mailbot.v1 import events_pb2

BACKOFF = Backoff(first_seconds=1, ceiling_seconds=10)
LOST = UnavailableError("lost", code="UNAVAILABLE")


def tail(start=None, **fields) -> Tail:
    return Tail(events_pb2.SubscribeRequest(**fields), start, BACKOFF)


def started(cursor: str) -> events_pb2.SubscribeResponse:
    return events_pb2.SubscribeResponse(
        cursor=cursor, started=events_pb2.StreamStarted()
    )


def batch(cursor: str, *positions: int) -> events_pb2.SubscribeResponse:
    events = [events_pb2.Event(id=f"evt_{each}", position=each) for each in positions]
    return events_pb2.SubscribeResponse(
        cursor=cursor, batch=events_pb2.EventBatch(events=events)
    )


def checkpoint(cursor: str) -> events_pb2.SubscribeResponse:
    return events_pb2.SubscribeResponse(
        cursor=cursor, checkpoint=events_pb2.Checkpoint()
    )


def drain(one: Tail) -> list[int]:
    return [each.position for each in iter(one.take, None)]


class Log:
    """A server's side of the log: positions 1 to `length`, of which some match."""

    def __init__(self, length: int, matching: set[int]) -> None:
        self.length = length
        self.matching = matching

    def stream(self, request, sizes: list[int]) -> list[events_pb2.SubscribeResponse]:
        """What a stream sends before it is lost: a response for each size scanned."""
        scanned = int(request.start.after_cursor or "0")
        responses = [started(str(scanned))]
        for size in sizes:
            until = min(scanned + size, self.length)
            found = [p for p in range(scanned + 1, until + 1) if p in self.matching]
            make = batch if found else checkpoint
            responses.append(make(str(until), *found))
            scanned = until
        return responses


streams = st.lists(st.lists(st.integers(1, 4), max_size=4), max_size=8)


@given(streams, st.sets(st.integers(1, 30)), st.data())
def test_every_event_once_in_order_whatever_breaks(lengths, matching, data):
    """
    Streams break anywhere, the consumer crashes anywhere and starts from its cursor.

    What was finished before a crash never comes again; what was not, comes again first.
    """
    log = Log(30, matching)
    one = tail("earliest")
    finished: list[int] = []
    for sizes in [*lengths, [30]]:
        for response in log.stream(one.request(), sizes):
            one.receive(response)
            while (event := one.take()) is not None:
                if data.draw(st.booleans(), label="crash"):
                    stored = one.finished_cursor
                    one = tail(stored or "earliest")
                    break
                one.finish()
                finished.append(event.position)
            else:
                continue
            break
    for response in log.stream(one.request(), [30]):
        one.receive(response)
        finished += drain(one)
    assert finished == sorted(log.matching)


def test_the_first_request_asks_for_the_start_and_later_ones_for_the_cursor():
    one = tail("earliest", max_batch_size=7)
    assert one.request().start.anchor == events_pb2.StartPosition.ANCHOR_EARLIEST
    one.receive(started("c0"))
    assert one.request().start.after_cursor == "c0"
    one.receive(batch("c2", 1, 2))
    assert one.request().start.after_cursor == "c2"
    assert one.request().max_batch_size == 7


def test_an_event_inside_a_response_has_a_cursor_of_its_own():
    one = tail()
    one.receive(started("c0"))
    one.receive(batch("c3", 1, 2, 3))
    assert [each.cursor for each in iter(one.take, None)] == ["c0~1", "c0~2", "c3"]


def test_an_event_counts_as_finished_only_when_the_consumer_is_done_with_it():
    one = tail()
    one.receive(started("c0"))
    one.receive(batch("c2", 1, 2))
    one.take()
    assert one.finished_cursor == "c0"
    one.take()
    assert one.finished_cursor == "c0~1"
    one.finish()
    assert one.finished_cursor == "c2"


def test_a_checkpoint_short_of_what_was_seen_does_not_forget_it():
    one = tail("c0~5")
    one.receive(started("c0"))
    one.receive(checkpoint("c3"))
    assert one.finished_cursor == "c3~5"
    one.receive(batch("c6", 4, 5, 6))
    assert drain(one) == [6]
    assert one.finished_cursor == "c6"


def test_silence_is_three_heartbeats_of_the_open_stream():
    one = tail()
    patience = [one.silence_seconds]
    interval = events_pb2.StreamStarted(heartbeat_interval={"seconds": 4})
    one.receive(events_pb2.SubscribeResponse(cursor="c", started=interval))
    patience.append(one.silence_seconds)
    one.request()
    patience.append(one.silence_seconds)
    assert patience == [None, 12, None]


def test_waits_double_until_a_response_beyond_the_first_comes():
    one = tail()
    waits = []
    for _ in range(5):
        one.receive(started("c0"))
        waits.append(one.interrupted(LOST, 1.0))
    assert waits == [1, 2, 4, 8, 10]
    one.receive(batch("c1", 1))
    drain(one)
    assert one.interrupted(LOST, 1.0) == 1


def test_jitter_halves_a_wait_at_most():
    assert tail().interrupted(LOST, 0.0) == 0.5


def test_the_servers_word_on_waiting_counts_at_first():
    recycled = UnavailableError("recycled", code="UNAVAILABLE", retry_after=0.25)
    one = tail()
    assert one.interrupted(recycled, 1.0) == 0.25
    assert one.interrupted(recycled, 1.0) == 2


@pytest.mark.parametrize("code", ["INTERNAL", "UNKNOWN", "DATA_LOSS"])
def test_a_fault_is_tried_five_times_in_a_row(code):
    one = tail()
    fault = ServerError("fault", code=code)
    waits = [one.interrupted(fault, 1.0) for _ in range(4)]
    assert waits == [1, 2, 4, 8]
    with pytest.raises(ServerError):
        one.interrupted(fault, 1.0)


def test_exhausted_resources_are_final_only_before_the_first_stream():
    too_many = RateLimitError("too many", code="RESOURCE_EXHAUSTED")
    with pytest.raises(RateLimitError):
        tail().interrupted(too_many, 1.0)
    one = tail()
    one.receive(started("c0"))
    assert one.interrupted(too_many, 1.0) == 1


@given(st.text(max_size=8), st.integers(0, 2**63))
def test_a_cursor_is_read_as_it_is_written(base, position):
    cursor = Cursor(base, position)
    if base and position:
        assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["abc", "a~b", "~", "a~", "a~-1", "a~١"])
def test_what_is_no_cursor_of_the_sdk_goes_to_the_server_as_it_is(text):
    position = start_position(text)
    assert position is not None
    assert position.after_cursor == text


def test_responses_without_cursors_give_none_to_the_events():
    one = tail()
    one.receive(batch("", 1, 2))
    assert [each.cursor for each in iter(one.take, None)] == ["", ""]
    assert one.finished_cursor == ""


def test_batches_that_overlap_give_each_event_once():
    one = tail()
    one.receive(started("0"))
    seen = []
    for first, last in itertools.pairwise(range(0, 12, 2)):
        one.receive(batch(str(last), *range(max(first - 1, 1), last + 1)))
        seen += drain(one)
    assert seen == list(range(1, 11))
