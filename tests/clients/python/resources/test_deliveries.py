from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import deliveries_pb2, messages_pb2

HALF = deliveries_pb2.ReclassifyDeliveriesResponse(examined=500, changed=2)
WHOLE = deliveries_pb2.ReclassifyDeliveriesResponse(examined=700, changed=3, lifted=1)


def test_reclassify_tells_how_far_it_is(server, bot):
    server.answer("ReclassifyDeliveries", [HALF, WHOLE])
    told = list(bot.deliveries.reclassify("acc_1", dry_run=True))
    assert [(one.examined, one.changed, one.lifted) for one in told] == [
        *((500, 2, 0), (700, 3, 1)),
    ]
    [request] = server.requests("ReclassifyDeliveries")
    assert (request.account_id, request.dry_run) == ("acc_1", True)


AT = datetime(2030, 1, 1, tzinfo=UTC)
ONE = deliveries_pb2.Delivery(
    id="dlv_1",
    account_id="acc_1",
    status=messages_pb2.RecipientStatus(
        address="carol@example.com", state=messages_pb2.DELIVERY_STATE_DEFERRED
    ),
    stream=messages_pb2.MESSAGE_STREAM_BULK,
)
ONE.create_time.FromDatetime(AT)
SUSPENSION = deliveries_pb2.DeliverySuspension(
    scope=deliveries_pb2.DeliveryScope(inbox_id="inb_1"), reason="they asked"
)
SUSPENSION.resume_time.FromDatetime(AT)
EVERYTHING = {
    "ids": ["dlv_1", "dlv_2"],
    "message_id": "msg_1",
    "inbox_id": "inb_1",
    "states": ["deferred", "held"],
    "recipient_domain": "example.com",
    "recipient": "carol@example.com",
    "hold_reason": "hostname_unset",
    "bounce_class": "rate_limited",
    "stream": "bulk",
    "after_time": AT,
    "before_time": AT,
    "all_accounts": True,
}


def stamp(moment):
    made = Timestamp()
    made.FromDatetime(moment)
    return made


FILTER = deliveries_pb2.DeliveryFilter(
    delivery_ids=["dlv_1", "dlv_2"],
    message_id="msg_1",
    inbox_id="inb_1",
    states=[messages_pb2.DELIVERY_STATE_DEFERRED, messages_pb2.DELIVERY_STATE_HELD],
    recipient_domain="example.com",
    recipient="carol@example.com",
    hold_reason="hostname_unset",
    bounce_class="rate_limited",
    stream=messages_pb2.MESSAGE_STREAM_BULK,
    after_time=stamp(AT),
    before_time=stamp(AT),
    all_accounts=True,
)


def test_list_carries_its_filter_from_page_to_page(server, bot):
    answer = deliveries_pb2.ListDeliveriesResponse
    server.answer(
        "ListDeliveries",
        answer(next_page_token="more"),
        answer(deliveries=[ONE]),
    )
    [found] = bot.deliveries.list(**EVERYTHING)
    assert (found.id, found.status.state, found.stream) == (
        *("dlv_1", "deferred", "bulk"),
    )
    assert (found.create_time, found.release_time) == (AT, None)
    first, second = server.requests("ListDeliveries")
    assert first.filter == second.filter == FILTER
    assert (first.page_token, second.page_token) == ("", "more")


def test_get_and_explain(server, bot):
    server.answer("GetDelivery", deliveries_pb2.GetDeliveryResponse(delivery=ONE))
    reason = deliveries_pb2.DeliveryReason(kind="hold", text="why", until=stamp(AT))
    server.answer(
        "ExplainDelivery",
        deliveries_pb2.ExplainDeliveryResponse(
            delivery=ONE, summary="held: why", reasons=[reason]
        ),
    )
    found = bot.deliveries.get("dlv_1", all_accounts=True)
    said = bot.deliveries.explain("dlv_1")
    assert said.delivery == found
    assert said.summary == "held: why"
    assert [(r.kind, r.text, r.until) for r in said.reasons] == [("hold", "why", AT)]
    [get], [explain] = (
        server.requests("GetDelivery"),
        server.requests("ExplainDelivery"),
    )
    assert (get.delivery_id, get.all_accounts) == ("dlv_1", True)
    assert (explain.delivery_id, explain.all_accounts) == ("dlv_1", False)


@pytest.mark.parametrize(
    ("verb", "extra", "told"),
    [
        ("Retry", {}, (7, True, 0, 0)),
        ("Cancel", {"under_way": 2}, (7, True, 2, 0)),
        ("Hold", {}, (7, True, 0, 0)),
        ("Release", {"over_limit": 3}, (7, True, 0, 3)),
    ],
)
def test_deliveries_are_moved_by_filter(server, bot, verb, extra, told):
    kind = getattr(deliveries_pb2, f"{verb}DeliveriesResponse")
    server.answer(f"{verb}Deliveries", kind(changed=7, more=True, **extra))
    moved = getattr(bot.deliveries, verb.lower())(**EVERYTHING)
    assert (moved.changed, moved.more, moved.under_way, moved.over_limit) == told
    [request] = server.requests(f"{verb}Deliveries")
    assert request.filter == FILTER


def test_a_hold_has_a_reason(server, bot):
    server.answer("HoldDeliveries", deliveries_pb2.HoldDeliveriesResponse(changed=1))
    bot.deliveries.hold("the customer called", states="queued")
    [request] = server.requests("HoldDeliveries")
    assert request.reason == "the customer called"
    assert list(request.filter.states) == [messages_pb2.DELIVERY_STATE_QUEUED]


def test_what_is_no_condition_is_refused_here(server, bot):
    with pytest.raises(TypeError, match="recipient_domain"):
        bot.deliveries.cancel(domain="example.com")
    with pytest.raises(ValueError, match="queued"):
        bot.deliveries.cancel(states="waiting")
    with pytest.raises(ValueError, match="name one of"):
        bot.deliveries.suspend()
    with pytest.raises(ValueError, match="name one of"):
        bot.deliveries.resume(destination="google", account_id="acc_1")
    assert server.requests("CancelDeliveries") == []


@pytest.mark.parametrize(
    "what", [{"destination": "google"}, {"account_id": "acc_1"}, {"inbox_id": "inb_1"}]
)
def test_suspend_and_resume_name_one_thing(server, bot, what):
    made = deliveries_pb2.SuspendDeliveriesResponse(suspension=SUSPENSION)
    ended = deliveries_pb2.ResumeDeliveriesResponse(suspension=SUSPENSION)
    none = deliveries_pb2.ResumeDeliveriesResponse()
    server.answer("SuspendDeliveries", made)
    server.answer("ResumeDeliveries", ended, none)
    now = bot.deliveries.suspend(duration=timedelta(hours=1), reason="why", **what)
    assert (now.scope.inbox_id, now.resume_time) == ("inb_1", AT)
    assert bot.deliveries.resume(**what) == now
    assert bot.deliveries.resume(**what) is None
    [request] = server.requests("SuspendDeliveries")
    assert request.scope == deliveries_pb2.DeliveryScope(**what)
    assert (request.duration.seconds, request.reason) == (3600, "why")
    assert server.requests("ResumeDeliveries")[0].scope == request.scope


def test_suspensions_and_destinations_are_lists(server, bot):
    server.answer(
        "ListDeliverySuspensions",
        deliveries_pb2.ListDeliverySuspensionsResponse(suspensions=[SUSPENSION]),
    )
    google = deliveries_pb2.Destination(name="google", attempts=3, suspended=True)
    server.answer(
        "ListDestinations",
        deliveries_pb2.ListDestinationsResponse(destinations=[google]),
    )
    [suspension] = bot.deliveries.suspensions(page_size=5)
    [destination] = bot.deliveries.destinations(page_size=7)
    assert suspension.reason == "they asked"
    assert (destination.name, destination.attempts, destination.suspended) == (
        *("google", 3, True),
    )
    assert server.requests("ListDeliverySuspensions")[0].page_size == 5
    assert server.requests("ListDestinations")[0].page_size == 7


def test_a_dialogue_comes_line_by_line(server, bot):
    kind = deliveries_pb2.TraceDestinationResponse
    lines = [
        kind(speaker=kind.SPEAKER_CLIENT, text="MAIL FROM:<>", time=stamp(AT)),
        kind(speaker=kind.SPEAKER_SERVER, text="250 Ok", time=stamp(AT)),
    ]
    server.answer("TraceDestination", lines, lines)
    told = list(bot.deliveries.trace("google", duration=timedelta(seconds=90)))
    assert [(each.speaker, each.text, each.time) for each in told] == [
        *(("client", "MAIL FROM:<>", AT), ("server", "250 Ok", AT)),
    ]
    assert len(list(bot.deliveries.trace("google"))) == 2
    first, second = server.requests("TraceDestination")
    assert (first.destination, first.duration.seconds) == ("google", 90)
    assert not second.HasField("duration")
