import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from mailbot.v1 import events_pb2 as _events_pb2
from mailbot.v1 import messages_pb2 as _messages_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Subscription(_message.Message):
    __slots__ = ("id", "display_name", "delivery_mode", "filter", "ack_deadline", "max_delivery_attempts", "state", "acked_cursor", "backlog_events", "lag", "outstanding_events", "parked_events", "idle_ttl", "message_view", "create_time", "update_time", "consume_time", "etag")
    class DeliveryMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DELIVERY_MODE_UNSPECIFIED: _ClassVar[Subscription.DeliveryMode]
        DELIVERY_MODE_EXCLUSIVE: _ClassVar[Subscription.DeliveryMode]
        DELIVERY_MODE_SHARED: _ClassVar[Subscription.DeliveryMode]
    DELIVERY_MODE_UNSPECIFIED: Subscription.DeliveryMode
    DELIVERY_MODE_EXCLUSIVE: Subscription.DeliveryMode
    DELIVERY_MODE_SHARED: Subscription.DeliveryMode
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Subscription.State]
        STATE_ACTIVE: _ClassVar[Subscription.State]
        STATE_EXPIRED: _ClassVar[Subscription.State]
    STATE_UNSPECIFIED: Subscription.State
    STATE_ACTIVE: Subscription.State
    STATE_EXPIRED: Subscription.State
    ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_MODE_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ACK_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    MAX_DELIVERY_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ACKED_CURSOR_FIELD_NUMBER: _ClassVar[int]
    BACKLOG_EVENTS_FIELD_NUMBER: _ClassVar[int]
    LAG_FIELD_NUMBER: _ClassVar[int]
    OUTSTANDING_EVENTS_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENTS_FIELD_NUMBER: _ClassVar[int]
    IDLE_TTL_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_VIEW_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONSUME_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    id: str
    display_name: str
    delivery_mode: Subscription.DeliveryMode
    filter: _events_pb2.EventFilter
    ack_deadline: _duration_pb2.Duration
    max_delivery_attempts: int
    state: Subscription.State
    acked_cursor: str
    backlog_events: int
    lag: _duration_pb2.Duration
    outstanding_events: int
    parked_events: int
    idle_ttl: _duration_pb2.Duration
    message_view: _messages_pb2.MessageView
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    consume_time: _timestamp_pb2.Timestamp
    etag: str
    def __init__(self, id: _Optional[str] = ..., display_name: _Optional[str] = ..., delivery_mode: _Optional[_Union[Subscription.DeliveryMode, str]] = ..., filter: _Optional[_Union[_events_pb2.EventFilter, _Mapping]] = ..., ack_deadline: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., max_delivery_attempts: _Optional[int] = ..., state: _Optional[_Union[Subscription.State, str]] = ..., acked_cursor: _Optional[str] = ..., backlog_events: _Optional[int] = ..., lag: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., outstanding_events: _Optional[int] = ..., parked_events: _Optional[int] = ..., idle_ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., message_view: _Optional[_Union[_messages_pb2.MessageView, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., consume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class EventDelivery(_message.Message):
    __slots__ = ("event", "ack_id", "attempt", "ack_deadline_time")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ACK_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    ACK_DEADLINE_TIME_FIELD_NUMBER: _ClassVar[int]
    event: _events_pb2.Event
    ack_id: str
    attempt: int
    ack_deadline_time: _timestamp_pb2.Timestamp
    def __init__(self, event: _Optional[_Union[_events_pb2.Event, _Mapping]] = ..., ack_id: _Optional[str] = ..., attempt: _Optional[int] = ..., ack_deadline_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EventDeliveryBatch(_message.Message):
    __slots__ = ("deliveries",)
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[EventDelivery]
    def __init__(self, deliveries: _Optional[_Iterable[_Union[EventDelivery, _Mapping]]] = ...) -> None: ...

class ParkedDelivery(_message.Message):
    __slots__ = ("event", "attempts", "park_time", "replay_id")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    PARK_TIME_FIELD_NUMBER: _ClassVar[int]
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    event: _events_pb2.Event
    attempts: int
    park_time: _timestamp_pb2.Timestamp
    replay_id: str
    def __init__(self, event: _Optional[_Union[_events_pb2.Event, _Mapping]] = ..., attempts: _Optional[int] = ..., park_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replay_id: _Optional[str] = ...) -> None: ...

class CreateSubscriptionRequest(_message.Message):
    __slots__ = ("subscription", "start", "request_id")
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    subscription: Subscription
    start: _events_pb2.StartPosition
    request_id: str
    def __init__(self, subscription: _Optional[_Union[Subscription, _Mapping]] = ..., start: _Optional[_Union[_events_pb2.StartPosition, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateSubscriptionResponse(_message.Message):
    __slots__ = ("subscription", "replayed")
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    subscription: Subscription
    replayed: bool
    def __init__(self, subscription: _Optional[_Union[Subscription, _Mapping]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class GetSubscriptionRequest(_message.Message):
    __slots__ = ("subscription_id",)
    SUBSCRIPTION_ID_FIELD_NUMBER: _ClassVar[int]
    subscription_id: str
    def __init__(self, subscription_id: _Optional[str] = ...) -> None: ...

class GetSubscriptionResponse(_message.Message):
    __slots__ = ("subscription",)
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    subscription: Subscription
    def __init__(self, subscription: _Optional[_Union[Subscription, _Mapping]] = ...) -> None: ...

class ListSubscriptionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSubscriptionsResponse(_message.Message):
    __slots__ = ("subscriptions", "next_page_token")
    SUBSCRIPTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    subscriptions: _containers.RepeatedCompositeFieldContainer[Subscription]
    next_page_token: str
    def __init__(self, subscriptions: _Optional[_Iterable[_Union[Subscription, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateSubscriptionRequest(_message.Message):
    __slots__ = ("subscription", "update_mask")
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    subscription: Subscription
    update_mask: _field_mask_pb2.FieldMask
    def __init__(self, subscription: _Optional[_Union[Subscription, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class UpdateSubscriptionResponse(_message.Message):
    __slots__ = ("subscription",)
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    subscription: Subscription
    def __init__(self, subscription: _Optional[_Union[Subscription, _Mapping]] = ...) -> None: ...

class DeleteSubscriptionRequest(_message.Message):
    __slots__ = ("subscription_id",)
    SUBSCRIPTION_ID_FIELD_NUMBER: _ClassVar[int]
    subscription_id: str
    def __init__(self, subscription_id: _Optional[str] = ...) -> None: ...

class DeleteSubscriptionResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SeekSubscriptionRequest(_message.Message):
    __slots__ = ("subscription_id", "target")
    SUBSCRIPTION_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    subscription_id: str
    target: _events_pb2.StartPosition
    def __init__(self, subscription_id: _Optional[str] = ..., target: _Optional[_Union[_events_pb2.StartPosition, _Mapping]] = ...) -> None: ...

class SeekSubscriptionResponse(_message.Message):
    __slots__ = ("subscription",)
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    subscription: Subscription
    def __init__(self, subscription: _Optional[_Union[Subscription, _Mapping]] = ...) -> None: ...

class ConsumeRequest(_message.Message):
    __slots__ = ("subscription_id", "consumer_id", "max_outstanding_events", "heartbeat_interval")
    SUBSCRIPTION_ID_FIELD_NUMBER: _ClassVar[int]
    CONSUMER_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_OUTSTANDING_EVENTS_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    subscription_id: str
    consumer_id: str
    max_outstanding_events: int
    heartbeat_interval: _duration_pb2.Duration
    def __init__(self, subscription_id: _Optional[str] = ..., consumer_id: _Optional[str] = ..., max_outstanding_events: _Optional[int] = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ConsumeResponse(_message.Message):
    __slots__ = ("started", "batch", "checkpoint")
    STARTED_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    started: _events_pb2.StreamStarted
    batch: EventDeliveryBatch
    checkpoint: _events_pb2.Checkpoint
    def __init__(self, started: _Optional[_Union[_events_pb2.StreamStarted, _Mapping]] = ..., batch: _Optional[_Union[EventDeliveryBatch, _Mapping]] = ..., checkpoint: _Optional[_Union[_events_pb2.Checkpoint, _Mapping]] = ...) -> None: ...

class AcknowledgeRequest(_message.Message):
    __slots__ = ("subscription_id", "ack_ids")
    SUBSCRIPTION_ID_FIELD_NUMBER: _ClassVar[int]
    ACK_IDS_FIELD_NUMBER: _ClassVar[int]
    subscription_id: str
    ack_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, subscription_id: _Optional[str] = ..., ack_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class AcknowledgeResponse(_message.Message):
    __slots__ = ("stale_ack_ids",)
    STALE_ACK_IDS_FIELD_NUMBER: _ClassVar[int]
    stale_ack_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, stale_ack_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ModifyAckDeadlineRequest(_message.Message):
    __slots__ = ("subscription_id", "ack_ids", "ack_deadline")
    SUBSCRIPTION_ID_FIELD_NUMBER: _ClassVar[int]
    ACK_IDS_FIELD_NUMBER: _ClassVar[int]
    ACK_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    subscription_id: str
    ack_ids: _containers.RepeatedScalarFieldContainer[str]
    ack_deadline: _duration_pb2.Duration
    def __init__(self, subscription_id: _Optional[str] = ..., ack_ids: _Optional[_Iterable[str]] = ..., ack_deadline: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class ModifyAckDeadlineResponse(_message.Message):
    __slots__ = ("stale_ack_ids",)
    STALE_ACK_IDS_FIELD_NUMBER: _ClassVar[int]
    stale_ack_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, stale_ack_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListParkedDeliveriesRequest(_message.Message):
    __slots__ = ("subscription_id", "page_size", "page_token")
    SUBSCRIPTION_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    subscription_id: str
    page_size: int
    page_token: str
    def __init__(self, subscription_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListParkedDeliveriesResponse(_message.Message):
    __slots__ = ("deliveries", "next_page_token")
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[ParkedDelivery]
    next_page_token: str
    def __init__(self, deliveries: _Optional[_Iterable[_Union[ParkedDelivery, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ReleaseParkedDeliveriesRequest(_message.Message):
    __slots__ = ("subscription_id", "event_ids", "drop")
    SUBSCRIPTION_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    DROP_FIELD_NUMBER: _ClassVar[int]
    subscription_id: str
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    drop: bool
    def __init__(self, subscription_id: _Optional[str] = ..., event_ids: _Optional[_Iterable[str]] = ..., drop: _Optional[bool] = ...) -> None: ...

class ReleaseParkedDeliveriesResponse(_message.Message):
    __slots__ = ("delivery_count",)
    DELIVERY_COUNT_FIELD_NUMBER: _ClassVar[int]
    delivery_count: int
    def __init__(self, delivery_count: _Optional[int] = ...) -> None: ...
