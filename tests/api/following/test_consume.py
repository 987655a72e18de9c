"""Consume, Acknowledge and ModifyAckDeadline over the wire."""

import grpc
import pytest

from mailbot.v1 import events_pb2, messages_pb2
from tests.servers.event_calls import EventCalls
from tests.servers.subscription_calls import (
    EARLIEST,
    EXCLUSIVE,
    LATEST,
    SHARED,
    SubscriptionCalls,
    positions,
)


@pytest.fixture
def subs(stubs, auth):
    """As the default account."""
    return SubscriptionCalls(stubs, auth)


@pytest.fixture
def change(stubs, auth):
    """Changes an inbox n times, with an event each."""
    return EventCalls(stubs, auth).change


@pytest.fixture
def inbox(new_inbox):
    """An inbox of the test's own: only its events matter."""
    return new_inbox()


@pytest.fixture(params=[EXCLUSIVE, SHARED], ids=["exclusive", "shared"])
def mode(request):
    """Both ways to hand out."""
    return request.param


# --- both modes ------------------------------------------------------------------------


def test_what_happens_is_handed_out_and_acknowledged(subs, inbox, change, mode):
    sub = subs.of(inbox, delivery_mode=mode)
    stream = subs.consume(sub.id)
    change(inbox, 3)
    found = subs.take(stream, 3)
    assert positions(found) == sorted(positions(found))
    assert [each.attempt for each in found] == [1, 1, 1]
    assert len({each.ack_id for each in found}) == 3
    assert subs.get(sub.id).outstanding_events == 3
    assert subs.ack(sub.id, found) == []
    assert subs.ack(sub.id, found) == [], "twice is no fault"
    stands = subs.get(sub.id)
    assert stands.outstanding_events == 0
    stream.cancel()


def test_what_a_lost_connection_took_along_comes_before_what_is_new(
    subs, inbox, change
):
    sub = subs.of(inbox)
    stream = subs.consume(sub.id)
    change(inbox, 3)
    first = subs.take(stream, 3)
    stream.cancel()
    again = subs.consume(sub.id)
    change(inbox)
    found = subs.take(again, 4)
    assert positions(found)[:3] == positions(first)
    assert [each.ack_id for each in found[:3]] == [each.ack_id for each in first]
    assert subs.ack(sub.id, first) == [], "what had arrived is no less good"
    assert subs.get(sub.id).outstanding_events == 1
    again.cancel()


def test_the_same_consumer_goes_on_and_keeps_what_it_has(subs, inbox, change):
    sub = subs.of(inbox, delivery_mode=SHARED)
    stream = subs.consume(sub.id)
    change(inbox, 2)
    first = subs.take(stream, 2)
    stream.cancel()
    again = subs.consume(sub.id)
    change(inbox)
    (third,) = subs.take(again, 1)
    assert third.event.position > max(positions(first))
    assert subs.ack(sub.id, [*first, third]) == []
    again.cancel()


def test_no_more_is_handed_out_than_may_be_outstanding(subs, inbox, change, mode):
    sub = subs.of(inbox, delivery_mode=mode)
    stream = subs.consume(sub.id, max_outstanding_events=2)
    change(inbox, 5)
    first = subs.take(stream, 2)
    assert subs.get(sub.id).outstanding_events == 2
    subs.ack(sub.id, first)
    second = subs.take(stream, 2)
    assert positions(second) > positions(first)
    stream.cancel()


def test_what_is_not_acknowledged_in_time_comes_again(api, subs, inbox, change, mode):
    sub = subs.of(inbox, delivery_mode=mode)
    stream = subs.consume(sub.id)
    change(inbox, 2)
    first = subs.take(stream, 2)
    api.clock.advance(seconds=31)
    again = subs.take(stream, 2)
    assert positions(again) == positions(first)
    assert [each.attempt for each in again] == [2, 2]
    assert subs.ack(sub.id, first) == [each.ack_id for each in first]
    assert subs.ack(sub.id, again) == []
    stream.cancel()


def test_more_time_is_given_and_nothing_comes_again(api, subs, inbox, change, mode):
    sub = subs.of(inbox, delivery_mode=mode)
    stream = subs.consume(sub.id)
    change(inbox)
    first = subs.take(stream, 1)
    assert subs.modify(sub.id, first, 100) == []
    api.clock.advance(seconds=60)
    change(inbox)
    (second,) = subs.take(stream, 1)
    assert second.attempt == 1
    assert subs.ack(sub.id, [*first, second]) == []
    stream.cancel()


def test_what_is_given_back_comes_at_once(subs, inbox, change, mode):
    sub = subs.of(inbox, delivery_mode=mode)
    stream = subs.consume(sub.id)
    change(inbox)
    first = subs.take(stream, 1)
    assert subs.modify(sub.id, first, 0) == []
    (again,) = subs.take(stream, 1)
    assert (again.event.id, again.attempt) == (first[0].event.id, 2)
    stream.cancel()


def test_a_seek_recycles_the_stream_and_makes_ack_ids_stale(
    subs, inbox, change, mode, refused
):
    sub = subs.of(inbox, delivery_mode=mode)
    stream = subs.consume(sub.id)
    change(inbox, 3)
    first = subs.take(stream, 3)
    subs.ack(sub.id, first)
    moved = subs.seek(sub.id, EARLIEST)
    assert moved.acked_cursor != sub.acked_cursor
    assert refused(lambda: list(stream)).reason == "STREAM_RECYCLED"
    again = subs.consume(sub.id)
    repeated = subs.take(again, 4)
    assert positions(repeated)[1:] == positions(first)
    assert subs.ack(sub.id, first) == [each.ack_id for each in first]
    again.cancel()


def test_a_deleted_subscription_ends_its_streams(subs, inbox, mode, refused):
    sub = subs.of(inbox, delivery_mode=mode)
    stream = subs.consume(sub.id)
    subs.delete(sub.id)
    assert refused(lambda: list(stream)).code is grpc.StatusCode.NOT_FOUND


def test_a_trimmed_position_ends_the_stream_and_a_seek_revives(
    api, subs, inbox, change, mode, refused
):
    sub = subs.of(inbox, delivery_mode=mode)
    change(inbox, 2)
    api.write(_trim, subs.get(sub.id).backlog_events)
    found = refused(lambda: subs.consume(sub.id))
    assert (found.code, found.reason) == (
        grpc.StatusCode.OUT_OF_RANGE,
        "CURSOR_EXPIRED",
    )
    assert found.metadata["earliest_cursor"]
    assert subs.get(sub.id).state == sub.STATE_EXPIRED
    revived = subs.seek(sub.id, LATEST)
    assert revived.state == sub.STATE_ACTIVE
    stream = subs.consume(sub.id)
    change(inbox)
    subs.take(stream, 1)
    stream.cancel()


def _trim(tx, behind):
    tx.execute("UPDATE event_head SET trimmed = position WHERE position >= ?", behind)


def test_nothing_is_said_but_a_checkpoint_when_nothing_happens(subs, inbox, mode):
    sub = subs.of(inbox, delivery_mode=mode)
    stream = subs.consume(sub.id, heartbeat_interval={"seconds": 1})
    said = next(stream)
    assert said.WhichOneof("kind") == "checkpoint"
    assert said.checkpoint.caught_up
    stream.cancel()


def test_the_message_itself_comes_where_it_is_asked_for(subs, new_inbox, send, mode):
    inbox = new_inbox()
    sub = subs.of(
        inbox, delivery_mode=mode, message_view=messages_pb2.MESSAGE_VIEW_FULL
    )
    sent = send(inbox.id, text_body="As you asked")
    stream = subs.consume(sub.id)
    (found,) = subs.take(stream, 1)
    assert found.event.type == events_pb2.EVENT_TYPE_MESSAGE_QUEUED
    assert found.event.message.id == sent.id
    assert "As you asked" in found.event.message.text_body
    stream.cancel()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"consumer_id": ""}, "consumer_id"),
        ({"consumer_id": "x" * 65}, "consumer_id"),
        ({"consumer_id": "ö"}, "consumer_id"),
        ({"max_outstanding_events": -1}, "max_outstanding_events"),
    ],
)
def test_what_is_wrong_with_a_consumer_is_said(subs, inbox, refused, fields, field):
    sub = subs.of(inbox)
    assert refused(lambda: subs.consume(sub.id, **fields)).fields == [field]


def test_an_ack_id_of_another_subscription_or_of_nobody_is_refused(
    subs, inbox, change, refused
):
    sub, other = subs.of(inbox), subs.of(inbox)
    stream = subs.consume(sub.id)
    change(inbox)
    found = subs.take(stream, 1)
    foreign = refused(lambda: subs.ack(other.id, found))
    assert foreign.fields == ["ack_ids[0]"]
    last = "A" if found[0].ack_id[-1] != "A" else "B"
    found[0].ack_id = found[0].ack_id[:-1] + last
    assert refused(lambda: subs.ack(sub.id, found)).fields == ["ack_ids[0]"]
    assert refused(lambda: subs.ack(sub.id, [])).fields == ["ack_ids"]
    stream.cancel()


# --- exclusive -------------------------------------------------------------------------


def test_another_consumer_takes_over_and_the_first_is_told(
    subs, inbox, change, refused
):
    sub = subs.of(inbox)
    first = subs.consume(sub.id, "one")
    change(inbox, 3)
    found = subs.take(first, 3)
    subs.ack(sub.id, found[:1])
    second = subs.consume(sub.id, "two")
    replaced = refused(lambda: list(first))
    assert (replaced.code, replaced.reason) == (
        grpc.StatusCode.ABORTED,
        "CONSUMER_REPLACED",
    )
    again = subs.take(second, 2)
    assert positions(again) == positions(found[1:])
    assert subs.ack(sub.id, found[1:]) == [each.ack_id for each in found[1:]]
    assert subs.get(sub.id).outstanding_events == 2
    assert subs.ack(sub.id, again) == []
    second.cancel()


def test_an_ack_covers_everything_before_it(subs, inbox, change):
    sub = subs.of(inbox)
    stream = subs.consume(sub.id)
    change(inbox, 5)
    found = subs.take(stream, 5)
    assert subs.ack(sub.id, [found[3]]) == []
    assert subs.get(sub.id).outstanding_events == 1
    stream.cancel()


# --- shared ----------------------------------------------------------------------------


def test_consumers_share_the_events(subs, inbox, change):
    sub = subs.of(inbox, delivery_mode=SHARED)
    streams = [
        subs.consume(sub.id, name, max_outstanding_events=2) for name in ("a", "b")
    ]
    change(inbox, 4)
    found = [subs.take(stream, 2) for stream in streams]
    assert len({p for each in found for p in positions(each)}) == 4
    for stream in streams:
        stream.cancel()


def test_what_is_handed_out_too_often_is_parked_listed_and_released(
    subs, inbox, change
):
    sub = subs.of(inbox, delivery_mode=SHARED, max_delivery_attempts=2)
    stream = subs.consume(sub.id)
    change(inbox, 2)
    first, second = subs.take(stream, 2)
    subs.ack(sub.id, [second])
    subs.modify(sub.id, [first], 0)
    (again,) = subs.take(stream, 1)
    subs.modify(sub.id, [again], 0)
    change(inbox)
    (third,) = subs.take(stream, 1)
    subs.ack(sub.id, [third])
    (parked,) = subs.parked(sub.id).deliveries
    assert (parked.event.id, parked.attempts) == (first.event.id, 2)
    assert subs.get(sub.id).parked_events == 1
    assert subs.release(sub.id, event_ids=[first.event.id]) == 1
    (released,) = subs.take(stream, 1)
    assert (released.event.id, released.attempt) == (first.event.id, 1)
    assert subs.ack(sub.id, [again]) == [again.ack_id], "that lease was another one"
    assert subs.ack(sub.id, [released]) == []
    assert subs.get(sub.id).parked_events == 0
    stream.cancel()


def test_what_is_parked_is_dropped(subs, inbox, change):
    sub = subs.of(inbox, delivery_mode=SHARED, max_delivery_attempts=1)
    stream = subs.consume(sub.id)
    change(inbox, 3)
    subs.modify(sub.id, subs.take(stream, 3), 0)
    change(inbox)
    subs.take(stream, 1)
    page = subs.parked(sub.id, page_size=2)
    assert len(page.deliveries) == 2
    rest = subs.parked(sub.id, page_size=2, page_token=page.next_page_token)
    assert len(rest.deliveries) == 1
    assert not rest.next_page_token
    assert subs.release(sub.id, drop=True) == 3
    assert not subs.parked(sub.id).deliveries
    assert subs.release(sub.id) == 0
    stream.cancel()
