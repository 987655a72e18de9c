"""Consumers of both kinds, against a scripted server."""

import threading

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from mailbot import AsyncMailBot, ConflictError, MailBot, NotFoundError
from mailbot.v1 import events_pb2
from mailbot.v1 import subscriptions_pb2 as pb
from tests.clients.fake_mailbot import TIMEOUT_SECONDS, Hang, status

STARTED = pb.ConsumeResponse(
    started=events_pb2.StreamStarted(heartbeat_interval=Duration(seconds=15))
)
RECYCLED = status(grpc.StatusCode.UNAVAILABLE, "STREAM_RECYCLED", retry_after=0)


def batch(*positions):
    return pb.ConsumeResponse(
        batch=pb.EventDeliveryBatch(
            deliveries=[
                pb.EventDelivery(
                    event=events_pb2.Event(id=f"evt_{each}", position=each),
                    ack_id=f"ack_{each}",
                    attempt=1,
                )
                for each in positions
            ]
        )
    )


def acknowledged(server):
    return [name for each in server.requests("Acknowledge") for name in each.ack_ids]


def given_back(server):
    return [
        name
        for each in server.requests("ModifyAckDeadline")
        if not each.ack_deadline.ToMilliseconds()
        for name in each.ack_ids
    ]


def test_what_is_finished_is_acknowledged_and_the_rest_given_back(server, bot):
    server.answer("Consume", [STARTED, batch(1, 2, 3), Hang()])
    with bot.subscriptions.consume("sub_1", "one", max_outstanding_events=5) as found:
        seen = []
        for delivery in found:
            seen.append(delivery.event.id)
            if len(seen) == 2:
                break
    assert seen == ["evt_1", "evt_2"]
    assert acknowledged(server) == ["ack_1"]
    assert given_back(server) == ["ack_2", "ack_3"]
    [request] = server.requests("Consume")
    assert (request.consumer_id, request.max_outstanding_events) == ("one", 5)


def test_everything_is_acknowledged_before_more_is_waited_for(server, bot):
    def more(request):
        assert acknowledged(server) == ["ack_1", "ack_2"]
        return [STARTED, batch(3), Hang()]

    server.answer("Consume", [STARTED, batch(1, 2), RECYCLED], more)
    with bot.subscriptions.consume("sub_1", "one") as found:
        for delivery in found:
            if delivery.event.position == 3:
                break
    assert acknowledged(server) == ["ack_1", "ack_2"]


@pytest.mark.parametrize(
    ("code", "reason", "kind"),
    [
        (grpc.StatusCode.ABORTED, "CONSUMER_REPLACED", ConflictError),
        (grpc.StatusCode.NOT_FOUND, "NOT_FOUND", NotFoundError),
    ],
)
def test_what_cannot_get_better_is_raised(server, bot, code, reason, kind):
    server.answer("Consume", [STARTED, batch(1), status(code, reason)])
    with bot.subscriptions.consume("sub_1", "one") as found:
        assert next(found).event.id == "evt_1"
        with pytest.raises(kind):
            next(found)
    assert len(server.requests("Consume")) == 1


def test_a_delivery_is_given_back_by_hand(server, bot):
    server.answer("Consume", [STARTED, batch(1, 2), Hang()])
    with bot.subscriptions.consume("sub_1", "one") as found:
        next(found)
        found.give_back()
        next(found)
        found.acknowledge()
    assert given_back(server) == ["ack_1", "ack_2"]
    assert acknowledged(server) == []


def test_an_acknowledgement_that_failed_is_sent_again(server, bot):
    lost = status(grpc.StatusCode.PERMISSION_DENIED, "SCOPE_MISSING")
    server.answer("Acknowledge", lost)
    server.answer("Consume", [STARTED, batch(1), RECYCLED], [batch(2), Hang()])
    with bot.subscriptions.consume("sub_1", "one") as found:
        next(found)
        next(found)
    assert acknowledged(server) == ["ack_1", "ack_1"]


def test_leases_are_kept_while_the_body_takes_its_time(server, bot):
    kept = threading.Event()

    def keep(request):
        kept.set()
        return pb.ModifyAckDeadlineResponse(stale_ack_ids=["ack_3"])

    server.answer("ModifyAckDeadline", keep)
    server.answer("Consume", [STARTED, batch(1, 2, 3), Hang()])
    with bot.subscriptions.consume("sub_1", "one") as found:
        hands = found._target._hands if hasattr(found, "_target") else found._hands
        next(found)
        hands.lease_seconds = 0.03
        assert kept.wait(TIMEOUT_SECONDS)
    first, *_ = server.requests("ModifyAckDeadline")
    assert list(first.ack_ids) == ["ack_1", "ack_2", "ack_3"]
    assert first.ack_deadline.seconds == 10


def test_a_handler_is_called_until_it_raises(server):
    server.answer("Consume", [STARTED, batch(1, 2), Hang()])
    seen = []

    def handle(delivery):
        seen.append(delivery.event.id)
        if len(seen) == 2:
            raise LookupError

    with (
        MailBot("mb_key_secret", server.target) as bot,
        bot.subscriptions.consume("sub_1", "one") as found,
        pytest.raises(LookupError),
    ):
        found.run(handle)
    assert seen == ["evt_1", "evt_2"]
    assert acknowledged(server) == ["ack_1"]
    assert given_back(server) == ["ack_2"]


def test_an_awaited_handler_is_called_until_it_raises(server):
    server.answer("Consume", [STARTED, batch(1, 2), Hang()])
    seen = []

    async def handle(delivery):
        seen.append(delivery.event.id)
        if len(seen) == 2:
            raise LookupError

    async def consume():
        async with (
            AsyncMailBot("mb_key_secret", server.target) as bot,
            bot.subscriptions.consume("sub_1", "one") as found,
        ):
            with pytest.raises(LookupError):
                await found.run(handle)

    server.run(consume())
    assert seen == ["evt_1", "evt_2"]
    assert acknowledged(server) == ["ack_1"]
    assert given_back(server) == ["ack_2"]
