"""Durable subscriptions: create, read, list, change, move, delete, consume."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TypedDict, Unpack

from google.protobuf.field_mask_pb2 import FieldMask

from mailbot.arguments import as_list, check_keywords
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.consuming import AsyncConsumer, Consumer
from mailbot.consuming.hands import Hands
from mailbot.convert import enum_name, result
from mailbot.filtering import EventFilter, filter_of
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.retry import Backoff
from mailbot.tail import Start, start_position
from mailbot.types import DurableSubscription, ParkedDelivery
from mailbot.v1 import messages_pb2, subscriptions_pb2

VIEW = messages_pb2.MessageView.DESCRIPTOR
MODE = subscriptions_pb2.Subscription.DeliveryMode.DESCRIPTOR
Ref = str | DurableSubscription
_FILTER = frozenset(EventFilter.__optional_keys__)


class SubscriptionChanges(EventFilter, total=False):
    """What a subscription hands out, and how; one condition replaces all it had."""

    display_name: str
    """For people."""
    ack_deadline: timedelta
    """How long a consumer may take for a delivery; 1 s to 1 h, 30 s if left out."""
    max_delivery_attempts: int
    """"shared": after so many attempts a delivery is parked; 10 if left out."""
    idle_ttl: timedelta | None
    """Delete it when no consumer was connected for so long."""
    message_view: str
    """"metadata" or "full": the message itself comes with its events."""


class SubscriptionOptions(SubscriptionChanges, total=False):
    """A new subscription."""

    delivery_mode: str
    """"exclusive" (default): one consumer, in order; "shared": any number."""
    start: Start
    """"latest" (default), "earliest", a cursor, or an instant."""
    request_id: str
    """Makes the call safe to repeat for 24 h."""


class ConsumeOptions(TypedDict, total=False):
    """How much to be handed at a time."""

    max_outstanding_events: int
    """No more while so many are not acknowledged; 100 if left out, at most 1,000."""
    heartbeat_interval: timedelta
    """How often to hear from a quiet server; 1 s to 60 s, 15 s if left out."""


class Subscriptions:
    """Readers of the event log whose place the server keeps."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, **options: Unpack[SubscriptionOptions]) -> DurableSubscription:
        """A new subscription; without conditions it hands out every event."""
        return self._connection.call(_create(options))

    def get(self, subscription: Ref) -> DurableSubscription:
        """One subscription, with what stands before it."""
        return self._connection.call(_get(subscription))

    def list(self, **options: Unpack[PageOptions]) -> Pages[DurableSubscription]:
        """All of them, newest first."""
        return Pages(self._connection, _list(options))

    def update(
        self, subscription: Ref, **changes: Unpack[SubscriptionChanges]
    ) -> DurableSubscription:
        """
        Change what is named.

        Given a `DurableSubscription`, it fails with ETAG_MISMATCH if somebody changed
        it since.
        """
        return self._connection.call(_update(subscription, changes))

    def delete(self, subscription: Ref) -> None:
        """Forget a subscription; its consumers end."""
        self._connection.call(_delete(subscription))

    def seek(self, subscription: Ref, target: Start) -> DurableSubscription:
        """Go on from "earliest", "latest", a cursor or an instant."""
        return self._connection.call(_seek(subscription, target))

    def consume(
        self, subscription: Ref, consumer_id: str, **options: Unpack[ConsumeOptions]
    ) -> Consumer:
        """
        What the subscription hands out, acknowledged when the next one is asked for.

        The same `consumer_id` goes on where it was after a restart.
        """
        backoff = self._connection.settings.backoff
        return Consumer(
            self._connection, _hands(subscription, consumer_id, options, backoff)
        )

    def parked(
        self, subscription: Ref, **options: Unpack[PageOptions]
    ) -> Pages[ParkedDelivery]:
        """What was given up, oldest first."""
        return Pages(self._connection, _parked(subscription, options))

    def release(
        self, subscription: Ref, event_ids: str | Iterable[str] | None = None
    ) -> int:
        """Deliver what was given up again, all of it or these; how many."""
        return self._connection.call(_release(subscription, event_ids, drop=False))

    def drop(
        self, subscription: Ref, event_ids: str | Iterable[str] | None = None
    ) -> int:
        """Forget what was given up, all of it or these; how many."""
        return self._connection.call(_release(subscription, event_ids, drop=True))


class AsyncSubscriptions:
    """As `Subscriptions`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def create(
        self, **options: Unpack[SubscriptionOptions]
    ) -> DurableSubscription:
        return await self._connection.call(_create(options))

    async def get(self, subscription: Ref) -> DurableSubscription:
        return await self._connection.call(_get(subscription))

    def list(self, **options: Unpack[PageOptions]) -> AsyncPages[DurableSubscription]:
        return AsyncPages(self._connection, _list(options))

    async def update(
        self, subscription: Ref, **changes: Unpack[SubscriptionChanges]
    ) -> DurableSubscription:
        return await self._connection.call(_update(subscription, changes))

    async def delete(self, subscription: Ref) -> None:
        await self._connection.call(_delete(subscription))

    async def seek(self, subscription: Ref, target: Start) -> DurableSubscription:
        return await self._connection.call(_seek(subscription, target))

    def consume(
        self, subscription: Ref, consumer_id: str, **options: Unpack[ConsumeOptions]
    ) -> AsyncConsumer:
        backoff = self._connection.settings.backoff
        return AsyncConsumer(
            self._connection, _hands(subscription, consumer_id, options, backoff)
        )

    def parked(
        self, subscription: Ref, **options: Unpack[PageOptions]
    ) -> AsyncPages[ParkedDelivery]:
        return AsyncPages(self._connection, _parked(subscription, options))

    async def release(
        self, subscription: Ref, event_ids: str | Iterable[str] | None = None
    ) -> int:
        return await self._connection.call(
            _release(subscription, event_ids, drop=False)
        )

    async def drop(
        self, subscription: Ref, event_ids: str | Iterable[str] | None = None
    ) -> int:
        return await self._connection.call(_release(subscription, event_ids, drop=True))


def _id(subscription: Ref) -> str:
    return subscription if isinstance(subscription, str) else subscription.id


def _durable(source: subscriptions_pb2.Subscription) -> DurableSubscription:
    return result(DurableSubscription, source)


def _wanted(options: SubscriptionChanges) -> subscriptions_pb2.Subscription:
    view = options.get("message_view", "")
    return subscriptions_pb2.Subscription(
        display_name=options.get("display_name"),
        filter=filter_of(options) if _FILTER & options.keys() else None,
        ack_deadline=options.get("ack_deadline"),
        max_delivery_attempts=options.get("max_delivery_attempts"),
        idle_ttl=options.get("idle_ttl"),
        message_view=enum_name(VIEW, view) if view else None,
    )


def _create(options: SubscriptionOptions) -> Call[DurableSubscription]:
    check_keywords(options, SubscriptionOptions)
    wanted = _wanted(options)
    mode = enum_name(MODE, options.get("delivery_mode", "exclusive"))
    wanted.MergeFrom(subscriptions_pb2.Subscription(delivery_mode=mode))
    return unary(
        lambda stubs: stubs.subscriptions.CreateSubscription,
        subscriptions_pb2.CreateSubscriptionRequest(
            subscription=wanted,
            start=start_position(options.get("start")),
            request_id=options.get("request_id"),
        ),
        lambda response: _durable(response.subscription),
    )


def _get(subscription: Ref) -> Call[DurableSubscription]:
    return unary(
        lambda stubs: stubs.subscriptions.GetSubscription,
        subscriptions_pb2.GetSubscriptionRequest(subscription_id=_id(subscription)),
        lambda response: _durable(response.subscription),
    )


def _list(options: PageOptions) -> Listing[DurableSubscription]:
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[DurableSubscription]]:
        return unary(
            lambda stubs: stubs.subscriptions.ListSubscriptions,
            subscriptions_pb2.ListSubscriptionsRequest(
                page_size=size, page_token=token
            ),
            lambda response: page(
                DurableSubscription,
                response.subscriptions,
                response,
                response.next_page_token,
            ),
        )

    return listing(fetch, options)


def _update(
    subscription: Ref, changes: SubscriptionChanges
) -> Call[DurableSubscription]:
    check_keywords(changes, SubscriptionChanges)
    wanted = _wanted(changes)
    wanted.id = _id(subscription)
    if isinstance(subscription, DurableSubscription):
        wanted.etag = subscription.etag
    paths = sorted({"filter" if name in _FILTER else name for name in changes})
    return unary(
        lambda stubs: stubs.subscriptions.UpdateSubscription,
        subscriptions_pb2.UpdateSubscriptionRequest(
            subscription=wanted, update_mask=FieldMask(paths=paths)
        ),
        lambda response: _durable(response.subscription),
    )


def _delete(subscription: Ref) -> Call[None]:
    request = subscriptions_pb2.DeleteSubscriptionRequest(
        subscription_id=_id(subscription)
    )
    return unary(
        lambda stubs: stubs.subscriptions.DeleteSubscription, request, lambda _: None
    )


def _seek(subscription: Ref, target: Start) -> Call[DurableSubscription]:
    return unary(
        lambda stubs: stubs.subscriptions.SeekSubscription,
        subscriptions_pb2.SeekSubscriptionRequest(
            subscription_id=_id(subscription), target=start_position(target)
        ),
        lambda response: _durable(response.subscription),
    )


def _parked(subscription: Ref, options: PageOptions) -> Listing[ParkedDelivery]:
    check_keywords(options, PageOptions)

    def fetch(token: str, size: int) -> Call[Page[ParkedDelivery]]:
        return unary(
            lambda stubs: stubs.subscriptions.ListParkedDeliveries,
            subscriptions_pb2.ListParkedDeliveriesRequest(
                subscription_id=_id(subscription), page_size=size, page_token=token
            ),
            lambda response: page(
                ParkedDelivery,
                response.deliveries,
                response,
                response.next_page_token,
            ),
        )

    return listing(fetch, options)


def _release(
    subscription: Ref, event_ids: str | Iterable[str] | None, *, drop: bool
) -> Call[int]:
    return unary(
        lambda stubs: stubs.subscriptions.ReleaseParkedDeliveries,
        subscriptions_pb2.ReleaseParkedDeliveriesRequest(
            subscription_id=_id(subscription), event_ids=as_list(event_ids), drop=drop
        ),
        lambda response: response.delivery_count,
    )


def _hands(
    subscription: Ref, consumer_id: str, options: ConsumeOptions, backoff: Backoff
) -> Hands:
    check_keywords(options, ConsumeOptions)
    request = subscriptions_pb2.ConsumeRequest(
        subscription_id=_id(subscription),
        consumer_id=consumer_id,
        max_outstanding_events=options.get("max_outstanding_events"),
        heartbeat_interval=options.get("heartbeat_interval"),
    )
    return Hands(request, backoff)
