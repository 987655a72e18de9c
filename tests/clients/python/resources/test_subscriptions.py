from datetime import timedelta

from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import events_pb2, messages_pb2
from mailbot.v1 import subscriptions_pb2 as pb

SUB = pb.Subscription(
    id="sub_1",
    delivery_mode=pb.Subscription.DELIVERY_MODE_SHARED,
    state=pb.Subscription.STATE_ACTIVE,
    ack_deadline=Duration(seconds=20),
    backlog_events=7,
    etag="3",
)


def test_a_subscription_is_created_from_plain_words(server, bot):
    server.answer("CreateSubscription", pb.CreateSubscriptionResponse(subscription=SUB))
    made = bot.subscriptions.create(
        display_name="Ledger",
        delivery_mode="shared",
        types="message.bounced",
        inbox_ids="inb_1",
        ack_deadline=timedelta(seconds=20),
        idle_ttl=timedelta(days=1),
        message_view="full",
        start="earliest",
        request_id="r1",
    )
    assert (made.id, made.delivery_mode, made.state) == ("sub_1", "shared", "active")
    assert made.ack_deadline == timedelta(seconds=20)
    [request] = server.requests("CreateSubscription")
    assert request.request_id == "r1"
    assert request.start.anchor == events_pb2.StartPosition.ANCHOR_EARLIEST
    wanted = request.subscription
    assert wanted.delivery_mode == pb.Subscription.DELIVERY_MODE_SHARED
    assert list(wanted.filter.types) == [events_pb2.EVENT_TYPE_MESSAGE_BOUNCED]
    assert wanted.idle_ttl.seconds == 86400
    assert wanted.message_view == messages_pb2.MESSAGE_VIEW_FULL


def test_left_to_itself_a_subscription_is_exclusive(server, bot):
    bot.subscriptions.create()
    [request] = server.requests("CreateSubscription")
    exclusive = pb.Subscription.DELIVERY_MODE_EXCLUSIVE
    assert request.subscription.delivery_mode == exclusive


def test_an_update_names_what_changes(server, bot):
    server.answer("GetSubscription", pb.GetSubscriptionResponse(subscription=SUB))
    found = bot.subscriptions.get("sub_1")
    assert found.backlog_events == 7
    bot.subscriptions.update(found, inbox_ids=["inb_1"], types=[], idle_ttl=None)
    bot.subscriptions.update("sub_1", display_name="x")
    first, second = server.requests("UpdateSubscription")
    assert (first.subscription.id, first.subscription.etag) == ("sub_1", "3")
    assert list(first.update_mask.paths) == ["filter", "idle_ttl"]
    assert (second.subscription.etag, list(second.update_mask.paths)) == (
        "",
        ["display_name"],
    )


def test_it_is_listed_moved_and_deleted(server, bot):
    answer = pb.ListSubscriptionsResponse(subscriptions=[SUB])
    server.answer("ListSubscriptions", answer)
    assert [each.id for each in bot.subscriptions.list()] == ["sub_1"]
    bot.subscriptions.seek("sub_1", "latest")
    bot.subscriptions.delete("sub_1")
    [moved] = server.requests("SeekSubscription")
    assert moved.target.anchor == events_pb2.StartPosition.ANCHOR_LATEST
    [gone] = server.requests("DeleteSubscription")
    assert gone.subscription_id == "sub_1"


def test_what_was_given_up_is_listed_released_and_dropped(server, bot):
    event = events_pb2.Event(id="evt_1", position=4)
    parked = pb.ParkedDelivery(event=event, attempts=10, replay_id="rpl_1")
    server.answer(
        "ListParkedDeliveries", pb.ListParkedDeliveriesResponse(deliveries=[parked])
    )
    server.answer(
        "ReleaseParkedDeliveries",
        pb.ReleaseParkedDeliveriesResponse(delivery_count=1),
        pb.ReleaseParkedDeliveriesResponse(delivery_count=5),
    )
    [found] = bot.subscriptions.parked("sub_1")
    assert (found.event.id, found.attempts, found.replay_id) == ("evt_1", 10, "rpl_1")
    assert bot.subscriptions.release("sub_1", "evt_1") == 1
    assert bot.subscriptions.drop("sub_1") == 5
    first, second = server.requests("ReleaseParkedDeliveries")
    assert (list(first.event_ids), first.drop) == (["evt_1"], False)
    assert (list(second.event_ids), second.drop) == ([], True)
