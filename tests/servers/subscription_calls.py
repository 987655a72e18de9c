"""Subscriptions over the wire, as a test uses them."""

from collections.abc import Iterable
from typing import Any

from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import inboxes_pb2
from mailbot.v1 import subscriptions_pb2 as pb
from mailbot.v1.events_pb2 import EventFilter, StartPosition
from tests.api.conftest import Metadata, Stubs

EARLIEST = StartPosition(anchor=StartPosition.ANCHOR_EARLIEST)
LATEST = StartPosition(anchor=StartPosition.ANCHOR_LATEST)
SHARED = pb.Subscription.DELIVERY_MODE_SHARED
EXCLUSIVE = pb.Subscription.DELIVERY_MODE_EXCLUSIVE
WAIT = 20


class SubscriptionCalls:
    """SubscriptionService's methods, as one key, with fields as keywords."""

    def __init__(self, stubs: Stubs, auth: Metadata) -> None:
        self._stub = stubs.subscriptions
        self._auth = auth

    def create(
        self,
        by: Metadata | None = None,
        start: StartPosition | None = None,
        request_id: str = "",
        **fields: Any,
    ) -> Any:
        """The answer to CreateSubscription."""
        request = pb.CreateSubscriptionRequest(
            subscription=pb.Subscription(**fields), start=start, request_id=request_id
        )
        request.subscription.SetInParent()
        return self._stub.CreateSubscription(request, metadata=by or self._auth)

    def of(self, inbox: inboxes_pb2.Inbox, **fields: Any) -> Any:
        """A subscription to one inbox's events, from now on unless told."""
        only = EventFilter(inbox_ids=[inbox.id])
        return self.create(**{"filter": only, **fields}).subscription

    def get(self, subscription_id: str, by: Metadata | None = None) -> Any:
        """One subscription."""
        request = pb.GetSubscriptionRequest(subscription_id=subscription_id)
        answer = self._stub.GetSubscription(request, metadata=by or self._auth)
        return answer.subscription

    def page(self, by: Metadata | None = None, **fields: Any) -> Any:
        """One page."""
        request = pb.ListSubscriptionsRequest(**fields)
        return self._stub.ListSubscriptions(request, metadata=by or self._auth)

    def update(
        self,
        subscription_id: str,
        *paths: str,
        by: Metadata | None = None,
        **fields: Any,
    ) -> Any:
        """The subscription with fields changed."""
        request = pb.UpdateSubscriptionRequest(
            subscription=pb.Subscription(id=subscription_id, **fields)
        )
        request.update_mask.paths.extend(paths)
        answer = self._stub.UpdateSubscription(request, metadata=by or self._auth)
        return answer.subscription

    def delete(self, subscription_id: str, by: Metadata | None = None) -> None:
        """Deletes one."""
        request = pb.DeleteSubscriptionRequest(subscription_id=subscription_id)
        self._stub.DeleteSubscription(request, metadata=by or self._auth)

    def seek(self, subscription_id: str, target: StartPosition | None) -> Any:
        """Moves one."""
        request = pb.SeekSubscriptionRequest(
            subscription_id=subscription_id, target=target
        )
        return self._stub.SeekSubscription(request, metadata=self._auth).subscription

    def consume(
        self,
        subscription_id: str,
        consumer_id: str = "one",
        by: Metadata | None = None,
        **fields: Any,
    ) -> Any:
        """An open stream, behind its `started`."""
        request = pb.ConsumeRequest(
            subscription_id=subscription_id, consumer_id=consumer_id, **fields
        )
        metadata = by or self._auth
        stream = self._stub.Consume(request, metadata=metadata, timeout=WAIT)
        first = next(stream)
        assert first.WhichOneof("kind") == "started"
        assert (
            0 < first.started.server_time.seconds < first.started.recycle_time.seconds
        )
        return stream

    def take(self, stream: Any, count: int) -> list[pb.EventDelivery]:
        """The next so many deliveries of a stream."""
        found: list[pb.EventDelivery] = []
        while len(found) < count:
            found += next(stream).batch.deliveries
        assert len(found) == count
        return found

    def ack(
        self, subscription_id: str, deliveries: Iterable[pb.EventDelivery]
    ) -> list[str]:
        """Acknowledges; the stale ones."""
        ids = [delivery.ack_id for delivery in deliveries]
        request = pb.AcknowledgeRequest(subscription_id=subscription_id, ack_ids=ids)
        return list(self._stub.Acknowledge(request, metadata=self._auth).stale_ack_ids)

    def modify(
        self, subscription_id: str, deliveries: Iterable[pb.EventDelivery], seconds: int
    ) -> list[str]:
        """Gives more time, or gives back; the stale ones."""
        request = pb.ModifyAckDeadlineRequest(
            subscription_id=subscription_id,
            ack_ids=[delivery.ack_id for delivery in deliveries],
            ack_deadline=Duration(seconds=seconds),
        )
        answer = self._stub.ModifyAckDeadline(request, metadata=self._auth)
        return list(answer.stale_ack_ids)

    def parked(self, subscription_id: str, **fields: Any) -> Any:
        """A page of what was given up."""
        request = pb.ListParkedDeliveriesRequest(
            subscription_id=subscription_id, **fields
        )
        return self._stub.ListParkedDeliveries(request, metadata=self._auth)

    def release(self, subscription_id: str, **fields: Any) -> int:
        """Delivers once more what was given up, or drops it; how many."""
        request = pb.ReleaseParkedDeliveriesRequest(
            subscription_id=subscription_id, **fields
        )
        answer = self._stub.ReleaseParkedDeliveries(request, metadata=self._auth)
        return int(answer.delivery_count)


def positions(deliveries: Iterable[pb.EventDelivery]) -> list[int]:
    """Where the events stand in the log."""
    return [delivery.event.position for delivery in deliveries]
