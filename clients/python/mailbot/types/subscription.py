"""Durable subscriptions, and what they hand out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailbot.types.event import Event
from mailbot.v1 import subscriptions_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableSubscription:
    """
    A reader whose place the server keeps.

    `delivery_mode` is "exclusive" or "shared", `state` "active" or "expired". What
    stands before it and is in somebody's hands is set by `get` only. The filter is in
    `raw.filter`.
    """

    id: str
    display_name: str
    delivery_mode: str
    ack_deadline: timedelta | None
    max_delivery_attempts: int
    state: str
    acked_cursor: str
    backlog_events: int
    lag: timedelta | None
    outstanding_events: int
    parked_events: int
    idle_ttl: timedelta | None
    message_view: str
    create_time: datetime | None
    update_time: datetime | None
    consume_time: datetime | None
    etag: str
    raw: subscriptions_pb2.Subscription = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDelivery:
    """An event that was handed out: `attempt` is 1 the first time."""

    event: Event
    ack_id: str
    attempt: int
    ack_deadline_time: datetime | None
    raw: subscriptions_pb2.EventDelivery = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedDelivery:
    """An event that was given up after so many attempts."""

    event: Event
    attempts: int
    park_time: datetime | None
    replay_id: str
    raw: subscriptions_pb2.ParkedDelivery = field(repr=False, compare=False)
