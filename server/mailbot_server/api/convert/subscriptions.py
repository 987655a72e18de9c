"""Subscriptions and what they hand out, to protobuf and back."""

from datetime import datetime, timedelta
from typing import Final

from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import events_pb2, subscriptions_pb2
from mailbot_server.api.convert import events, joined, times
from mailbot_server.core.errors import one_field
from mailbot_server.core.event import EventFilter
from mailbot_server.core.subscription import (
    ACK_DEADLINE,
    ACK_DEADLINE_MAX,
    ACK_DEADLINE_MIN,
    ATTEMPTS,
    ATTEMPTS_MAX,
    IDLE_TTL_MAX,
    IDLE_TTL_MIN,
    Mode,
    Parked,
    State,
    Subscription,
)
from mailbot_server.engine.subscriptions import Sight

_Proto = subscriptions_pb2.Subscription
_MODE: Final = {
    Mode.EXCLUSIVE: _Proto.DELIVERY_MODE_EXCLUSIVE,
    Mode.SHARED: _Proto.DELIVERY_MODE_SHARED,
}
_STATE: Final = {
    State.ACTIVE: _Proto.STATE_ACTIVE,
    State.EXPIRED: _Proto.STATE_EXPIRED,
}


def to_proto(subscription: Subscription, acked_cursor: str) -> _Proto:
    """A subscription, without what only GetSubscription shows."""
    return _Proto(
        id=subscription.id,
        display_name=subscription.display_name,
        delivery_mode=_MODE[subscription.mode],
        filter=filter_to_proto(subscription.filter),
        ack_deadline=_length(subscription.ack_deadline),
        max_delivery_attempts=subscription.max_attempts,
        state=_STATE[subscription.state],
        acked_cursor=acked_cursor,
        idle_ttl=_length(subscription.idle_ttl),
        message_view=joined.view(subscription.view),
        create_time=times.to_proto(subscription.created_at),
        update_time=times.to_proto(subscription.updated_at),
        consume_time=times.to_proto(subscription.consumed_at),
        etag=subscription.etag,
    )


def sight_to_proto(sight: Sight, acked_cursor: str, now: datetime) -> _Proto:
    """A subscription and how it stands."""
    shown = to_proto(sight.subscription, acked_cursor)
    shown.backlog_events = sight.backlog
    shown.outstanding_events = sight.outstanding
    shown.parked_events = sight.parked
    if sight.backlog and sight.oldest_at is not None:
        shown.lag.FromTimedelta(max(timedelta(), now - sight.oldest_at))
    return shown


def parked_to_proto(parked: Parked) -> subscriptions_pb2.ParkedDelivery:
    """A delivery that was given up."""
    return subscriptions_pb2.ParkedDelivery(
        event=events.to_proto(parked.event),
        attempts=parked.attempts,
        park_time=times.to_proto(parked.parked_at),
        replay_id=parked.event.replay_id,
    )


def mode_of(wanted: _Proto) -> Mode:
    """How events are to be handed out; raises InvalidInput for an unknown number."""
    if wanted.delivery_mode == _Proto.DELIVERY_MODE_SHARED:
        return Mode.SHARED
    if wanted.delivery_mode in (
        _Proto.DELIVERY_MODE_EXCLUSIVE,
        _Proto.DELIVERY_MODE_UNSPECIFIED,
    ):
        return Mode.EXCLUSIVE
    raise one_field("subscription.delivery_mode", "is not a delivery mode")


def ack_deadline_of(wanted: _Proto) -> timedelta:
    """How long a consumer may take; raises InvalidInput."""
    name = "subscription.ack_deadline"
    length = times.duration_of(wanted, name) or ACK_DEADLINE
    if not ACK_DEADLINE_MIN <= length <= ACK_DEADLINE_MAX:
        raise one_field(name, "must be from 1 second to 1 hour")
    return length


def max_attempts_of(wanted: _Proto) -> int:
    """After how many attempts a delivery is parked; raises InvalidInput."""
    asked = wanted.max_delivery_attempts or ATTEMPTS
    if not 1 <= asked <= ATTEMPTS_MAX:
        words = f"must be from 1 to {ATTEMPTS_MAX}; 0 is {ATTEMPTS}"
        raise one_field("subscription.max_delivery_attempts", words)
    return asked


def idle_ttl_of(wanted: _Proto) -> timedelta | None:
    """After how long without a consumer it is deleted; raises InvalidInput."""
    name = "subscription.idle_ttl"
    length = times.duration_of(wanted, name)
    if length is not None and not IDLE_TTL_MIN <= length <= IDLE_TTL_MAX:
        raise one_field(name, "must be from 1 minute to 366 days, or unset")
    return length


def filter_to_proto(wanted: EventFilter) -> events_pb2.EventFilter:
    """A filter as it is kept: addresses folded, without the key's restriction."""
    types = [events.NUMBER_OF[kind] for kind in wanted.types]
    return events_pb2.EventFilter(
        inbox_ids=wanted.inbox_ids,
        types=types,
        thread_ids=wanted.thread_ids,
        message_ids=wanted.message_ids,
        inbox_labels=wanted.inbox_labels,
        recipients=dict.fromkeys(wanted.recipients),
        recipient_domains=dict.fromkeys(wanted.recipient_domains),
        smtp_codes=wanted.smtp_codes,
        bounce_classes=wanted.bounce_classes,
        message_labels=wanted.message_labels,
        start_time=times.to_proto(wanted.starts_at),
        end_time=times.to_proto(wanted.ends_at),
    )


def _length(length: timedelta | None) -> Duration | None:
    if length is None:
        return None
    duration = Duration()
    duration.FromTimedelta(length)
    return duration
