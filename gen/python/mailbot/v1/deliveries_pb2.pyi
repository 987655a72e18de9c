import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from mailbot.v1 import messages_pb2 as _messages_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Delivery(_message.Message):
    __slots__ = ("id", "account_id", "inbox_id", "message_id", "status", "domain", "destination", "stream", "create_time", "release_time", "cancel_requested")
    ID_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    RELEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    CANCEL_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    id: str
    account_id: str
    inbox_id: str
    message_id: str
    status: _messages_pb2.RecipientStatus
    domain: str
    destination: str
    stream: _messages_pb2.MessageStream
    create_time: _timestamp_pb2.Timestamp
    release_time: _timestamp_pb2.Timestamp
    cancel_requested: bool
    def __init__(self, id: _Optional[str] = ..., account_id: _Optional[str] = ..., inbox_id: _Optional[str] = ..., message_id: _Optional[str] = ..., status: _Optional[_Union[_messages_pb2.RecipientStatus, _Mapping]] = ..., domain: _Optional[str] = ..., destination: _Optional[str] = ..., stream: _Optional[_Union[_messages_pb2.MessageStream, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., release_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cancel_requested: _Optional[bool] = ...) -> None: ...

class DeliveryFilter(_message.Message):
    __slots__ = ("delivery_ids", "message_id", "inbox_id", "states", "recipient_domain", "recipient", "hold_reason", "bounce_class", "stream", "after_time", "before_time", "all_accounts")
    DELIVERY_IDS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    HOLD_REASON_FIELD_NUMBER: _ClassVar[int]
    BOUNCE_CLASS_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    AFTER_TIME_FIELD_NUMBER: _ClassVar[int]
    BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    ALL_ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    delivery_ids: _containers.RepeatedScalarFieldContainer[str]
    message_id: str
    inbox_id: str
    states: _containers.RepeatedScalarFieldContainer[_messages_pb2.DeliveryState]
    recipient_domain: str
    recipient: str
    hold_reason: str
    bounce_class: str
    stream: _messages_pb2.MessageStream
    after_time: _timestamp_pb2.Timestamp
    before_time: _timestamp_pb2.Timestamp
    all_accounts: bool
    def __init__(self, delivery_ids: _Optional[_Iterable[str]] = ..., message_id: _Optional[str] = ..., inbox_id: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_messages_pb2.DeliveryState, str]]] = ..., recipient_domain: _Optional[str] = ..., recipient: _Optional[str] = ..., hold_reason: _Optional[str] = ..., bounce_class: _Optional[str] = ..., stream: _Optional[_Union[_messages_pb2.MessageStream, str]] = ..., after_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., all_accounts: _Optional[bool] = ...) -> None: ...

class ListDeliveriesRequest(_message.Message):
    __slots__ = ("filter", "page_size", "page_token")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    filter: DeliveryFilter
    page_size: int
    page_token: str
    def __init__(self, filter: _Optional[_Union[DeliveryFilter, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDeliveriesResponse(_message.Message):
    __slots__ = ("deliveries", "next_page_token")
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[Delivery]
    next_page_token: str
    def __init__(self, deliveries: _Optional[_Iterable[_Union[Delivery, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetDeliveryRequest(_message.Message):
    __slots__ = ("delivery_id", "all_accounts")
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    ALL_ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    delivery_id: str
    all_accounts: bool
    def __init__(self, delivery_id: _Optional[str] = ..., all_accounts: _Optional[bool] = ...) -> None: ...

class GetDeliveryResponse(_message.Message):
    __slots__ = ("delivery",)
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    delivery: Delivery
    def __init__(self, delivery: _Optional[_Union[Delivery, _Mapping]] = ...) -> None: ...

class ExplainDeliveryRequest(_message.Message):
    __slots__ = ("delivery_id", "all_accounts")
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    ALL_ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    delivery_id: str
    all_accounts: bool
    def __init__(self, delivery_id: _Optional[str] = ..., all_accounts: _Optional[bool] = ...) -> None: ...

class DeliveryReason(_message.Message):
    __slots__ = ("kind", "text", "until")
    KIND_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    kind: str
    text: str
    until: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[str] = ..., text: _Optional[str] = ..., until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExplainDeliveryResponse(_message.Message):
    __slots__ = ("delivery", "summary", "reasons")
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    delivery: Delivery
    summary: str
    reasons: _containers.RepeatedCompositeFieldContainer[DeliveryReason]
    def __init__(self, delivery: _Optional[_Union[Delivery, _Mapping]] = ..., summary: _Optional[str] = ..., reasons: _Optional[_Iterable[_Union[DeliveryReason, _Mapping]]] = ...) -> None: ...

class RetryDeliveriesRequest(_message.Message):
    __slots__ = ("filter",)
    FILTER_FIELD_NUMBER: _ClassVar[int]
    filter: DeliveryFilter
    def __init__(self, filter: _Optional[_Union[DeliveryFilter, _Mapping]] = ...) -> None: ...

class RetryDeliveriesResponse(_message.Message):
    __slots__ = ("changed", "more")
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    changed: int
    more: bool
    def __init__(self, changed: _Optional[int] = ..., more: _Optional[bool] = ...) -> None: ...

class CancelDeliveriesRequest(_message.Message):
    __slots__ = ("filter",)
    FILTER_FIELD_NUMBER: _ClassVar[int]
    filter: DeliveryFilter
    def __init__(self, filter: _Optional[_Union[DeliveryFilter, _Mapping]] = ...) -> None: ...

class CancelDeliveriesResponse(_message.Message):
    __slots__ = ("changed", "more", "under_way")
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    UNDER_WAY_FIELD_NUMBER: _ClassVar[int]
    changed: int
    more: bool
    under_way: int
    def __init__(self, changed: _Optional[int] = ..., more: _Optional[bool] = ..., under_way: _Optional[int] = ...) -> None: ...

class HoldDeliveriesRequest(_message.Message):
    __slots__ = ("filter", "reason")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    filter: DeliveryFilter
    reason: str
    def __init__(self, filter: _Optional[_Union[DeliveryFilter, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class HoldDeliveriesResponse(_message.Message):
    __slots__ = ("changed", "more")
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    changed: int
    more: bool
    def __init__(self, changed: _Optional[int] = ..., more: _Optional[bool] = ...) -> None: ...

class ReleaseDeliveriesRequest(_message.Message):
    __slots__ = ("filter",)
    FILTER_FIELD_NUMBER: _ClassVar[int]
    filter: DeliveryFilter
    def __init__(self, filter: _Optional[_Union[DeliveryFilter, _Mapping]] = ...) -> None: ...

class ReleaseDeliveriesResponse(_message.Message):
    __slots__ = ("changed", "more", "over_limit")
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    OVER_LIMIT_FIELD_NUMBER: _ClassVar[int]
    changed: int
    more: bool
    over_limit: int
    def __init__(self, changed: _Optional[int] = ..., more: _Optional[bool] = ..., over_limit: _Optional[int] = ...) -> None: ...

class DeliveryScope(_message.Message):
    __slots__ = ("destination", "account_id", "inbox_id")
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    destination: str
    account_id: str
    inbox_id: str
    def __init__(self, destination: _Optional[str] = ..., account_id: _Optional[str] = ..., inbox_id: _Optional[str] = ...) -> None: ...

class DeliverySuspension(_message.Message):
    __slots__ = ("scope", "reason", "suspended_by", "suspend_time", "resume_time")
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SUSPENDED_BY_FIELD_NUMBER: _ClassVar[int]
    SUSPEND_TIME_FIELD_NUMBER: _ClassVar[int]
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    scope: DeliveryScope
    reason: str
    suspended_by: str
    suspend_time: _timestamp_pb2.Timestamp
    resume_time: _timestamp_pb2.Timestamp
    def __init__(self, scope: _Optional[_Union[DeliveryScope, _Mapping]] = ..., reason: _Optional[str] = ..., suspended_by: _Optional[str] = ..., suspend_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SuspendDeliveriesRequest(_message.Message):
    __slots__ = ("scope", "duration", "reason")
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    scope: DeliveryScope
    duration: _duration_pb2.Duration
    reason: str
    def __init__(self, scope: _Optional[_Union[DeliveryScope, _Mapping]] = ..., duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class SuspendDeliveriesResponse(_message.Message):
    __slots__ = ("suspension",)
    SUSPENSION_FIELD_NUMBER: _ClassVar[int]
    suspension: DeliverySuspension
    def __init__(self, suspension: _Optional[_Union[DeliverySuspension, _Mapping]] = ...) -> None: ...

class ResumeDeliveriesRequest(_message.Message):
    __slots__ = ("scope",)
    SCOPE_FIELD_NUMBER: _ClassVar[int]
    scope: DeliveryScope
    def __init__(self, scope: _Optional[_Union[DeliveryScope, _Mapping]] = ...) -> None: ...

class ResumeDeliveriesResponse(_message.Message):
    __slots__ = ("suspension", "limits_lifted")
    SUSPENSION_FIELD_NUMBER: _ClassVar[int]
    LIMITS_LIFTED_FIELD_NUMBER: _ClassVar[int]
    suspension: DeliverySuspension
    limits_lifted: int
    def __init__(self, suspension: _Optional[_Union[DeliverySuspension, _Mapping]] = ..., limits_lifted: _Optional[int] = ...) -> None: ...

class ListDeliverySuspensionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDeliverySuspensionsResponse(_message.Message):
    __slots__ = ("suspensions", "next_page_token")
    SUSPENSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    suspensions: _containers.RepeatedCompositeFieldContainer[DeliverySuspension]
    next_page_token: str
    def __init__(self, suspensions: _Optional[_Iterable[_Union[DeliverySuspension, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Destination(_message.Message):
    __slots__ = ("name", "attempts", "attempts_max", "connections", "waiting", "messages_per_minute", "reason", "until", "suspended")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_MAX_FIELD_NUMBER: _ClassVar[int]
    CONNECTIONS_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_PER_MINUTE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    SUSPENDED_FIELD_NUMBER: _ClassVar[int]
    name: str
    attempts: int
    attempts_max: int
    connections: int
    waiting: int
    messages_per_minute: int
    reason: str
    until: _timestamp_pb2.Timestamp
    suspended: bool
    def __init__(self, name: _Optional[str] = ..., attempts: _Optional[int] = ..., attempts_max: _Optional[int] = ..., connections: _Optional[int] = ..., waiting: _Optional[int] = ..., messages_per_minute: _Optional[int] = ..., reason: _Optional[str] = ..., until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., suspended: _Optional[bool] = ...) -> None: ...

class ListDestinationsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDestinationsResponse(_message.Message):
    __slots__ = ("destinations", "next_page_token")
    DESTINATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    destinations: _containers.RepeatedCompositeFieldContainer[Destination]
    next_page_token: str
    def __init__(self, destinations: _Optional[_Iterable[_Union[Destination, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class TraceDestinationRequest(_message.Message):
    __slots__ = ("destination", "duration")
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    destination: str
    duration: _duration_pb2.Duration
    def __init__(self, destination: _Optional[str] = ..., duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class TraceDestinationResponse(_message.Message):
    __slots__ = ("time", "host", "delivery_id", "speaker", "text")
    class Speaker(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SPEAKER_UNSPECIFIED: _ClassVar[TraceDestinationResponse.Speaker]
        SPEAKER_CLIENT: _ClassVar[TraceDestinationResponse.Speaker]
        SPEAKER_SERVER: _ClassVar[TraceDestinationResponse.Speaker]
        SPEAKER_NOTE: _ClassVar[TraceDestinationResponse.Speaker]
    SPEAKER_UNSPECIFIED: TraceDestinationResponse.Speaker
    SPEAKER_CLIENT: TraceDestinationResponse.Speaker
    SPEAKER_SERVER: TraceDestinationResponse.Speaker
    SPEAKER_NOTE: TraceDestinationResponse.Speaker
    TIME_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    SPEAKER_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    time: _timestamp_pb2.Timestamp
    host: str
    delivery_id: str
    speaker: TraceDestinationResponse.Speaker
    text: str
    def __init__(self, time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., host: _Optional[str] = ..., delivery_id: _Optional[str] = ..., speaker: _Optional[_Union[TraceDestinationResponse.Speaker, str]] = ..., text: _Optional[str] = ...) -> None: ...

class ReclassifyDeliveriesRequest(_message.Message):
    __slots__ = ("account_id", "dry_run")
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    account_id: str
    dry_run: bool
    def __init__(self, account_id: _Optional[str] = ..., dry_run: _Optional[bool] = ...) -> None: ...

class ReclassifyDeliveriesResponse(_message.Message):
    __slots__ = ("examined", "changed", "lifted")
    EXAMINED_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    LIFTED_FIELD_NUMBER: _ClassVar[int]
    examined: int
    changed: int
    lifted: int
    def __init__(self, examined: _Optional[int] = ..., changed: _Optional[int] = ..., lifted: _Optional[int] = ...) -> None: ...
