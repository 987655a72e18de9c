"""What a consumer has in its hands, without a server."""

from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot import Backoff, ConflictError, UnavailableError
from mailbot.consuming.hands import NAMES_MAX, Hands
from mailbot.v1 import events_pb2
from mailbot.v1 import subscriptions_pb2 as pb

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def hands():
    """A consumer's, empty."""
    return Hands(pb.ConsumeRequest(), Backoff(first_seconds=1, ceiling_seconds=1))


def batch(*positions, seconds=30):
    ends = Timestamp()
    ends.FromDatetime(NOW + timedelta(seconds=seconds))
    deliveries = [
        pb.EventDelivery(
            event=events_pb2.Event(position=each),
            ack_id=str(each),
            ack_deadline_time=ends,
        )
        for each in positions
    ]
    return pb.ConsumeResponse(batch=pb.EventDeliveryBatch(deliveries=deliveries))


def test_each_is_taken_once_and_finished_in_order(hands):
    hands.receive(batch(1, 2), NOW)
    assert hands.held() == ["1", "2"]
    assert hands.take().ack_id == "1"
    hands.finish()
    hands.finish()
    assert hands.held() == ["2"]
    assert hands.finished() == ["1"]
    assert hands.finished() == []
    assert hands.take().ack_id == "2"
    assert hands.take() is None
    assert hands.drop() == ["2"]
    assert hands.held() == []


def test_what_could_not_be_acknowledged_is_first_next_time(hands):
    hands.receive(batch(*range(NAMES_MAX + 5)), NOW)
    while hands.take():
        hands.finish()
    first = hands.finished()
    assert len(first) == NAMES_MAX
    hands.again(first)
    assert hands.finished() == first
    assert hands.is_full is False
    assert len(hands.finished()) == 5


def test_a_lost_lease_is_not_worked_on(hands):
    hands.receive(batch(1, 2, 3), NOW)
    hands.take()
    hands.lost(["1", "2"])
    assert hands.held() == ["1", "3"], "what is under way cannot be undone"


@pytest.mark.parametrize(("seconds", "kept"), [(90, 90), (-50, 1), (9999, 3600)])
def test_a_lease_is_as_long_as_it_was_given_within_reason(hands, seconds, kept):
    hands.receive(batch(1, seconds=seconds), NOW)
    assert hands.lease_seconds == kept


def test_what_comes_again_because_it_might_have_been_lost_is_taken_once(
    hands, monkeypatch
):
    monkeypatch.setattr("mailbot.consuming.hands.KNOWN_MAX", 4)
    hands.receive(batch(1, 2, 3), NOW)
    hands.take()
    hands.finish()
    hands.receive(batch(1, 2, 3, 4), NOW)
    assert hands.held() == ["2", "3", "4"]
    hands.receive(batch(5), NOW)
    assert len(hands._known) == 4, "bounded"


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_wrong_clock_changes_no_lease(hands, hours):
    started = events_pb2.StreamStarted()
    started.server_time.FromDatetime(NOW)
    wrong = NOW + timedelta(hours=hours)
    hands.receive(pb.ConsumeResponse(started=started), wrong)
    hands.receive(batch(1, seconds=31), wrong + timedelta(seconds=1))
    assert hands.lease_seconds == 30


def test_another_consumer_is_the_end_and_a_lost_server_is_not(hands):
    lost = UnavailableError("away", code="UNAVAILABLE")
    assert 0.5 <= hands.interrupted(lost, 0.5) <= 1
    with pytest.raises(ConflictError):
        hands.interrupted(ConflictError("replaced", code="ABORTED"), 0.5)
