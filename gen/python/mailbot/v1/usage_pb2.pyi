import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UsageInterval(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    USAGE_INTERVAL_UNSPECIFIED: _ClassVar[UsageInterval]
    USAGE_INTERVAL_HOUR: _ClassVar[UsageInterval]
    USAGE_INTERVAL_DAY: _ClassVar[UsageInterval]
USAGE_INTERVAL_UNSPECIFIED: UsageInterval
USAGE_INTERVAL_HOUR: UsageInterval
USAGE_INTERVAL_DAY: UsageInterval

class UsageCounts(_message.Message):
    __slots__ = ("messages_sent", "recipients", "delivered", "sent", "bounced", "bounced_by_class", "failed", "expired", "suppressed", "cancelled", "complained", "messages_received", "opened", "clicked", "machine_events", "replied", "unsubscribed", "mean_first_reply", "unknown", "late_bounced")
    class BouncedByClassEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    MESSAGES_SENT_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    SENT_FIELD_NUMBER: _ClassVar[int]
    BOUNCED_FIELD_NUMBER: _ClassVar[int]
    BOUNCED_BY_CLASS_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    EXPIRED_FIELD_NUMBER: _ClassVar[int]
    SUPPRESSED_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    COMPLAINED_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    OPENED_FIELD_NUMBER: _ClassVar[int]
    CLICKED_FIELD_NUMBER: _ClassVar[int]
    MACHINE_EVENTS_FIELD_NUMBER: _ClassVar[int]
    REPLIED_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBED_FIELD_NUMBER: _ClassVar[int]
    MEAN_FIRST_REPLY_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    LATE_BOUNCED_FIELD_NUMBER: _ClassVar[int]
    messages_sent: int
    recipients: int
    delivered: int
    sent: int
    bounced: int
    bounced_by_class: _containers.ScalarMap[str, int]
    failed: int
    expired: int
    suppressed: int
    cancelled: int
    complained: int
    messages_received: int
    opened: int
    clicked: int
    machine_events: int
    replied: int
    unsubscribed: int
    mean_first_reply: _duration_pb2.Duration
    unknown: int
    late_bounced: int
    def __init__(self, messages_sent: _Optional[int] = ..., recipients: _Optional[int] = ..., delivered: _Optional[int] = ..., sent: _Optional[int] = ..., bounced: _Optional[int] = ..., bounced_by_class: _Optional[_Mapping[str, int]] = ..., failed: _Optional[int] = ..., expired: _Optional[int] = ..., suppressed: _Optional[int] = ..., cancelled: _Optional[int] = ..., complained: _Optional[int] = ..., messages_received: _Optional[int] = ..., opened: _Optional[int] = ..., clicked: _Optional[int] = ..., machine_events: _Optional[int] = ..., replied: _Optional[int] = ..., unsubscribed: _Optional[int] = ..., mean_first_reply: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., unknown: _Optional[int] = ..., late_bounced: _Optional[int] = ...) -> None: ...

class UsagePiece(_message.Message):
    __slots__ = ("start_time", "end_time", "counts")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    counts: UsageCounts
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., counts: _Optional[_Union[UsageCounts, _Mapping]] = ...) -> None: ...

class GetUsageRequest(_message.Message):
    __slots__ = ("start_time", "end_time", "interval", "inbox_id", "recipient_domain")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    interval: UsageInterval
    inbox_id: str
    recipient_domain: str
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., interval: _Optional[_Union[UsageInterval, str]] = ..., inbox_id: _Optional[str] = ..., recipient_domain: _Optional[str] = ...) -> None: ...

class GetUsageResponse(_message.Message):
    __slots__ = ("total", "pieces", "incomplete")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    PIECES_FIELD_NUMBER: _ClassVar[int]
    INCOMPLETE_FIELD_NUMBER: _ClassVar[int]
    total: UsageCounts
    pieces: _containers.RepeatedCompositeFieldContainer[UsagePiece]
    incomplete: bool
    def __init__(self, total: _Optional[_Union[UsageCounts, _Mapping]] = ..., pieces: _Optional[_Iterable[_Union[UsagePiece, _Mapping]]] = ..., incomplete: _Optional[bool] = ...) -> None: ...

class ListInboxUsageRequest(_message.Message):
    __slots__ = ("start_time", "end_time", "page_size", "page_token")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class InboxUsageRow(_message.Message):
    __slots__ = ("inbox_id", "counts")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    counts: UsageCounts
    def __init__(self, inbox_id: _Optional[str] = ..., counts: _Optional[_Union[UsageCounts, _Mapping]] = ...) -> None: ...

class ListInboxUsageResponse(_message.Message):
    __slots__ = ("inboxes", "next_page_token")
    INBOXES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    inboxes: _containers.RepeatedCompositeFieldContainer[InboxUsageRow]
    next_page_token: str
    def __init__(self, inboxes: _Optional[_Iterable[_Union[InboxUsageRow, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListDomainUsageRequest(_message.Message):
    __slots__ = ("start_time", "end_time", "inbox_id")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    inbox_id: str
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., inbox_id: _Optional[str] = ...) -> None: ...

class DomainUsageRow(_message.Message):
    __slots__ = ("recipient_domain", "counts")
    RECIPIENT_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    recipient_domain: str
    counts: UsageCounts
    def __init__(self, recipient_domain: _Optional[str] = ..., counts: _Optional[_Union[UsageCounts, _Mapping]] = ...) -> None: ...

class ListDomainUsageResponse(_message.Message):
    __slots__ = ("domains",)
    DOMAINS_FIELD_NUMBER: _ClassVar[int]
    domains: _containers.RepeatedCompositeFieldContainer[DomainUsageRow]
    def __init__(self, domains: _Optional[_Iterable[_Union[DomainUsageRow, _Mapping]]] = ...) -> None: ...

class RebuildUsageRequest(_message.Message):
    __slots__ = ("account_id",)
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    account_id: str
    def __init__(self, account_id: _Optional[str] = ...) -> None: ...

class RebuildUsageResponse(_message.Message):
    __slots__ = ("done", "event_count", "hour_count", "changed_hour_count")
    DONE_FIELD_NUMBER: _ClassVar[int]
    EVENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    HOUR_COUNT_FIELD_NUMBER: _ClassVar[int]
    CHANGED_HOUR_COUNT_FIELD_NUMBER: _ClassVar[int]
    done: bool
    event_count: int
    hour_count: int
    changed_hour_count: int
    def __init__(self, done: _Optional[bool] = ..., event_count: _Optional[int] = ..., hour_count: _Optional[int] = ..., changed_hour_count: _Optional[int] = ...) -> None: ...
