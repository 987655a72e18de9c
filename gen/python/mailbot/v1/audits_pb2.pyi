import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AuditEntry(_message.Message):
    __slots__ = ("id", "sequence", "create_time", "actor_id", "surface", "action", "resource_type", "resource_id", "inbox_id", "request_id", "before_json", "after_json", "previous_hash", "hash", "account_id")
    ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_ID_FIELD_NUMBER: _ClassVar[int]
    SURFACE_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    BEFORE_JSON_FIELD_NUMBER: _ClassVar[int]
    AFTER_JSON_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_HASH_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    sequence: int
    create_time: _timestamp_pb2.Timestamp
    actor_id: str
    surface: str
    action: str
    resource_type: str
    resource_id: str
    inbox_id: str
    request_id: str
    before_json: str
    after_json: str
    previous_hash: str
    hash: str
    account_id: str
    def __init__(self, id: _Optional[str] = ..., sequence: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor_id: _Optional[str] = ..., surface: _Optional[str] = ..., action: _Optional[str] = ..., resource_type: _Optional[str] = ..., resource_id: _Optional[str] = ..., inbox_id: _Optional[str] = ..., request_id: _Optional[str] = ..., before_json: _Optional[str] = ..., after_json: _Optional[str] = ..., previous_hash: _Optional[str] = ..., hash: _Optional[str] = ..., account_id: _Optional[str] = ...) -> None: ...

class AuditFilter(_message.Message):
    __slots__ = ("actor_id", "action", "resource_id", "resource_type", "inbox_id", "start_time", "end_time")
    ACTOR_ID_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    actor_id: str
    action: str
    resource_id: str
    resource_type: str
    inbox_id: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, actor_id: _Optional[str] = ..., action: _Optional[str] = ..., resource_id: _Optional[str] = ..., resource_type: _Optional[str] = ..., inbox_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListAuditEntriesRequest(_message.Message):
    __slots__ = ("filter", "page_size", "page_token")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    filter: AuditFilter
    page_size: int
    page_token: str
    def __init__(self, filter: _Optional[_Union[AuditFilter, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAuditEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[AuditEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[AuditEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetAuditEntryRequest(_message.Message):
    __slots__ = ("audit_entry_id",)
    AUDIT_ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    audit_entry_id: str
    def __init__(self, audit_entry_id: _Optional[str] = ...) -> None: ...

class GetAuditEntryResponse(_message.Message):
    __slots__ = ("entry",)
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: AuditEntry
    def __init__(self, entry: _Optional[_Union[AuditEntry, _Mapping]] = ...) -> None: ...

class VerifyAuditEntriesRequest(_message.Message):
    __slots__ = ("start_sequence", "previous_hash", "expected_hash")
    START_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_HASH_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_HASH_FIELD_NUMBER: _ClassVar[int]
    start_sequence: int
    previous_hash: str
    expected_hash: str
    def __init__(self, start_sequence: _Optional[int] = ..., previous_hash: _Optional[str] = ..., expected_hash: _Optional[str] = ...) -> None: ...

class VerifyAuditEntriesResponse(_message.Message):
    __slots__ = ("entry_count", "next_sequence", "last_hash", "fault", "expected_found", "last_sequence")
    ENTRY_COUNT_FIELD_NUMBER: _ClassVar[int]
    NEXT_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    LAST_HASH_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_FOUND_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    entry_count: int
    next_sequence: int
    last_hash: str
    fault: AuditFault
    expected_found: bool
    last_sequence: int
    def __init__(self, entry_count: _Optional[int] = ..., next_sequence: _Optional[int] = ..., last_hash: _Optional[str] = ..., fault: _Optional[_Union[AuditFault, _Mapping]] = ..., expected_found: _Optional[bool] = ..., last_sequence: _Optional[int] = ...) -> None: ...

class AuditFault(_message.Message):
    __slots__ = ("sequence", "kind", "description")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    kind: str
    description: str
    def __init__(self, sequence: _Optional[int] = ..., kind: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...
