import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from mailbot.v1 import messages_pb2 as _messages_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class InboxPermission(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INBOX_PERMISSION_UNSPECIFIED: _ClassVar[InboxPermission]
    INBOX_PERMISSION_SEND: _ClassVar[InboxPermission]
    INBOX_PERMISSION_RECEIVE: _ClassVar[InboxPermission]
    INBOX_PERMISSION_SEARCH: _ClassVar[InboxPermission]

class AuthenticationRequirement(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AUTHENTICATION_REQUIREMENT_UNSPECIFIED: _ClassVar[AuthenticationRequirement]
    AUTHENTICATION_REQUIREMENT_NONE: _ClassVar[AuthenticationRequirement]
    AUTHENTICATION_REQUIREMENT_ALIGNED: _ClassVar[AuthenticationRequirement]
    AUTHENTICATION_REQUIREMENT_DMARC_PASS: _ClassVar[AuthenticationRequirement]
INBOX_PERMISSION_UNSPECIFIED: InboxPermission
INBOX_PERMISSION_SEND: InboxPermission
INBOX_PERMISSION_RECEIVE: InboxPermission
INBOX_PERMISSION_SEARCH: InboxPermission
AUTHENTICATION_REQUIREMENT_UNSPECIFIED: AuthenticationRequirement
AUTHENTICATION_REQUIREMENT_NONE: AuthenticationRequirement
AUTHENTICATION_REQUIREMENT_ALIGNED: AuthenticationRequirement
AUTHENTICATION_REQUIREMENT_DMARC_PASS: AuthenticationRequirement

class InboxSuspension(_message.Message):
    __slots__ = ("reason", "suspended_by", "suspend_time", "resume_time", "refuse_inbound")
    REASON_FIELD_NUMBER: _ClassVar[int]
    SUSPENDED_BY_FIELD_NUMBER: _ClassVar[int]
    SUSPEND_TIME_FIELD_NUMBER: _ClassVar[int]
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    REFUSE_INBOUND_FIELD_NUMBER: _ClassVar[int]
    reason: str
    suspended_by: str
    suspend_time: _timestamp_pb2.Timestamp
    resume_time: _timestamp_pb2.Timestamp
    refuse_inbound: bool
    def __init__(self, reason: _Optional[str] = ..., suspended_by: _Optional[str] = ..., suspend_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., refuse_inbound: _Optional[bool] = ...) -> None: ...

class InboxUsage(_message.Message):
    __slots__ = ("sends_today", "sends_remaining_today", "day_reset_time", "sends_this_minute", "minute_send_limit", "minute_reset_time")
    SENDS_TODAY_FIELD_NUMBER: _ClassVar[int]
    SENDS_REMAINING_TODAY_FIELD_NUMBER: _ClassVar[int]
    DAY_RESET_TIME_FIELD_NUMBER: _ClassVar[int]
    SENDS_THIS_MINUTE_FIELD_NUMBER: _ClassVar[int]
    MINUTE_SEND_LIMIT_FIELD_NUMBER: _ClassVar[int]
    MINUTE_RESET_TIME_FIELD_NUMBER: _ClassVar[int]
    sends_today: int
    sends_remaining_today: int
    day_reset_time: _timestamp_pb2.Timestamp
    sends_this_minute: int
    minute_send_limit: int
    minute_reset_time: _timestamp_pb2.Timestamp
    def __init__(self, sends_today: _Optional[int] = ..., sends_remaining_today: _Optional[int] = ..., day_reset_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sends_this_minute: _Optional[int] = ..., minute_send_limit: _Optional[int] = ..., minute_reset_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class InboxCounts(_message.Message):
    __slots__ = ("messages", "inbound_messages", "outbound_messages", "threads", "open_deliveries", "quarantined_messages", "unreplied_threads")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    INBOUND_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    OUTBOUND_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    THREADS_FIELD_NUMBER: _ClassVar[int]
    OPEN_DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    QUARANTINED_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    UNREPLIED_THREADS_FIELD_NUMBER: _ClassVar[int]
    messages: int
    inbound_messages: int
    outbound_messages: int
    threads: int
    open_deliveries: int
    quarantined_messages: int
    unreplied_threads: int
    def __init__(self, messages: _Optional[int] = ..., inbound_messages: _Optional[int] = ..., outbound_messages: _Optional[int] = ..., threads: _Optional[int] = ..., open_deliveries: _Optional[int] = ..., quarantined_messages: _Optional[int] = ..., unreplied_threads: _Optional[int] = ...) -> None: ...

class InboxReputation(_message.Message):
    __slots__ = ("outcomes", "hard_bounces", "complaints", "state")
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    HARD_BOUNCES_FIELD_NUMBER: _ClassVar[int]
    COMPLAINTS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    outcomes: int
    hard_bounces: int
    complaints: int
    state: str
    def __init__(self, outcomes: _Optional[int] = ..., hard_bounces: _Optional[int] = ..., complaints: _Optional[int] = ..., state: _Optional[str] = ...) -> None: ...

class Retention(_message.Message):
    __slots__ = ("content", "metadata")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    content: _duration_pb2.Duration
    metadata: _duration_pb2.Duration
    def __init__(self, content: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., metadata: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Inbox(_message.Message):
    __slots__ = ("id", "address", "username", "domain", "display_name", "labels", "permissions", "daily_send_limit", "state", "suspension", "usage", "counts", "create_time", "update_time", "disable_time", "expire_time", "metadata", "etag", "reputation", "require_auth", "catch_all", "retention", "legal_hold", "tracking")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Inbox.State]
        STATE_ACTIVE: _ClassVar[Inbox.State]
        STATE_SUSPENDED: _ClassVar[Inbox.State]
        STATE_DISABLED: _ClassVar[Inbox.State]
    STATE_UNSPECIFIED: Inbox.State
    STATE_ACTIVE: Inbox.State
    STATE_SUSPENDED: Inbox.State
    STATE_DISABLED: Inbox.State
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    PERMISSIONS_FIELD_NUMBER: _ClassVar[int]
    DAILY_SEND_LIMIT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SUSPENSION_FIELD_NUMBER: _ClassVar[int]
    USAGE_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DISABLE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REPUTATION_FIELD_NUMBER: _ClassVar[int]
    REQUIRE_AUTH_FIELD_NUMBER: _ClassVar[int]
    CATCH_ALL_FIELD_NUMBER: _ClassVar[int]
    RETENTION_FIELD_NUMBER: _ClassVar[int]
    LEGAL_HOLD_FIELD_NUMBER: _ClassVar[int]
    TRACKING_FIELD_NUMBER: _ClassVar[int]
    id: str
    address: str
    username: str
    domain: str
    display_name: str
    labels: _containers.RepeatedScalarFieldContainer[str]
    permissions: _containers.RepeatedScalarFieldContainer[InboxPermission]
    daily_send_limit: int
    state: Inbox.State
    suspension: InboxSuspension
    usage: InboxUsage
    counts: InboxCounts
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    disable_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    metadata: _containers.ScalarMap[str, str]
    etag: str
    reputation: InboxReputation
    require_auth: AuthenticationRequirement
    catch_all: bool
    retention: Retention
    legal_hold: bool
    tracking: _messages_pb2.Tracking
    def __init__(self, id: _Optional[str] = ..., address: _Optional[str] = ..., username: _Optional[str] = ..., domain: _Optional[str] = ..., display_name: _Optional[str] = ..., labels: _Optional[_Iterable[str]] = ..., permissions: _Optional[_Iterable[_Union[InboxPermission, str]]] = ..., daily_send_limit: _Optional[int] = ..., state: _Optional[_Union[Inbox.State, str]] = ..., suspension: _Optional[_Union[InboxSuspension, _Mapping]] = ..., usage: _Optional[_Union[InboxUsage, _Mapping]] = ..., counts: _Optional[_Union[InboxCounts, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., disable_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., metadata: _Optional[_Mapping[str, str]] = ..., etag: _Optional[str] = ..., reputation: _Optional[_Union[InboxReputation, _Mapping]] = ..., require_auth: _Optional[_Union[AuthenticationRequirement, str]] = ..., catch_all: _Optional[bool] = ..., retention: _Optional[_Union[Retention, _Mapping]] = ..., legal_hold: _Optional[bool] = ..., tracking: _Optional[_Union[_messages_pb2.Tracking, _Mapping]] = ...) -> None: ...

class CreateInboxRequest(_message.Message):
    __slots__ = ("inbox", "request_id", "time_to_live")
    INBOX_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TIME_TO_LIVE_FIELD_NUMBER: _ClassVar[int]
    inbox: Inbox
    request_id: str
    time_to_live: _duration_pb2.Duration
    def __init__(self, inbox: _Optional[_Union[Inbox, _Mapping]] = ..., request_id: _Optional[str] = ..., time_to_live: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class CreateInboxResponse(_message.Message):
    __slots__ = ("inbox", "replayed")
    INBOX_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    inbox: Inbox
    replayed: bool
    def __init__(self, inbox: _Optional[_Union[Inbox, _Mapping]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class GetInboxRequest(_message.Message):
    __slots__ = ("inbox_id",)
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    def __init__(self, inbox_id: _Optional[str] = ...) -> None: ...

class GetInboxResponse(_message.Message):
    __slots__ = ("inbox",)
    INBOX_FIELD_NUMBER: _ClassVar[int]
    inbox: Inbox
    def __init__(self, inbox: _Optional[_Union[Inbox, _Mapping]] = ...) -> None: ...

class InboxFilter(_message.Message):
    __slots__ = ("labels", "states", "domain", "address_contains")
    LABELS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_CONTAINS_FIELD_NUMBER: _ClassVar[int]
    labels: _containers.RepeatedScalarFieldContainer[str]
    states: _containers.RepeatedScalarFieldContainer[Inbox.State]
    domain: str
    address_contains: str
    def __init__(self, labels: _Optional[_Iterable[str]] = ..., states: _Optional[_Iterable[_Union[Inbox.State, str]]] = ..., domain: _Optional[str] = ..., address_contains: _Optional[str] = ...) -> None: ...

class ListInboxesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: InboxFilter
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[_Union[InboxFilter, _Mapping]] = ...) -> None: ...

class ListInboxesResponse(_message.Message):
    __slots__ = ("inboxes", "next_page_token")
    INBOXES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    inboxes: _containers.RepeatedCompositeFieldContainer[Inbox]
    next_page_token: str
    def __init__(self, inboxes: _Optional[_Iterable[_Union[Inbox, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateInboxRequest(_message.Message):
    __slots__ = ("inbox", "update_mask")
    INBOX_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    inbox: Inbox
    update_mask: _field_mask_pb2.FieldMask
    def __init__(self, inbox: _Optional[_Union[Inbox, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class UpdateInboxResponse(_message.Message):
    __slots__ = ("inbox",)
    INBOX_FIELD_NUMBER: _ClassVar[int]
    inbox: Inbox
    def __init__(self, inbox: _Optional[_Union[Inbox, _Mapping]] = ...) -> None: ...

class SuspendInboxRequest(_message.Message):
    __slots__ = ("inbox_id", "reason", "resume_time", "refuse_inbound")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    REFUSE_INBOUND_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    reason: str
    resume_time: _timestamp_pb2.Timestamp
    refuse_inbound: bool
    def __init__(self, inbox_id: _Optional[str] = ..., reason: _Optional[str] = ..., resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., refuse_inbound: _Optional[bool] = ...) -> None: ...

class SuspendInboxResponse(_message.Message):
    __slots__ = ("inbox",)
    INBOX_FIELD_NUMBER: _ClassVar[int]
    inbox: Inbox
    def __init__(self, inbox: _Optional[_Union[Inbox, _Mapping]] = ...) -> None: ...

class ActivateInboxRequest(_message.Message):
    __slots__ = ("inbox_id",)
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    def __init__(self, inbox_id: _Optional[str] = ...) -> None: ...

class ActivateInboxResponse(_message.Message):
    __slots__ = ("inbox",)
    INBOX_FIELD_NUMBER: _ClassVar[int]
    inbox: Inbox
    def __init__(self, inbox: _Optional[_Union[Inbox, _Mapping]] = ...) -> None: ...

class DisableInboxRequest(_message.Message):
    __slots__ = ("inbox_id", "etag")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    etag: str
    def __init__(self, inbox_id: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class DisableInboxResponse(_message.Message):
    __slots__ = ("inbox",)
    INBOX_FIELD_NUMBER: _ClassVar[int]
    inbox: Inbox
    def __init__(self, inbox: _Optional[_Union[Inbox, _Mapping]] = ...) -> None: ...
