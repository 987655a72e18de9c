import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SuppressionReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPRESSION_REASON_UNSPECIFIED: _ClassVar[SuppressionReason]
    SUPPRESSION_REASON_HARD_BOUNCE: _ClassVar[SuppressionReason]
    SUPPRESSION_REASON_COMPLAINT: _ClassVar[SuppressionReason]
    SUPPRESSION_REASON_UNSUBSCRIBE: _ClassVar[SuppressionReason]
    SUPPRESSION_REASON_MANUAL: _ClassVar[SuppressionReason]
SUPPRESSION_REASON_UNSPECIFIED: SuppressionReason
SUPPRESSION_REASON_HARD_BOUNCE: SuppressionReason
SUPPRESSION_REASON_COMPLAINT: SuppressionReason
SUPPRESSION_REASON_UNSUBSCRIBE: SuppressionReason
SUPPRESSION_REASON_MANUAL: SuppressionReason

class Suppression(_message.Message):
    __slots__ = ("id", "address", "inbox_id", "reason", "create_time", "expire_time", "delivery_id", "message_id", "note", "added_by")
    ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    ADDED_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    address: str
    inbox_id: str
    reason: SuppressionReason
    create_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    delivery_id: str
    message_id: str
    note: str
    added_by: str
    def __init__(self, id: _Optional[str] = ..., address: _Optional[str] = ..., inbox_id: _Optional[str] = ..., reason: _Optional[_Union[SuppressionReason, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delivery_id: _Optional[str] = ..., message_id: _Optional[str] = ..., note: _Optional[str] = ..., added_by: _Optional[str] = ...) -> None: ...

class SuppressionFilter(_message.Message):
    __slots__ = ("reasons", "inbox_id", "address_contains", "after_time", "before_time")
    REASONS_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_CONTAINS_FIELD_NUMBER: _ClassVar[int]
    AFTER_TIME_FIELD_NUMBER: _ClassVar[int]
    BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    reasons: _containers.RepeatedScalarFieldContainer[SuppressionReason]
    inbox_id: str
    address_contains: str
    after_time: _timestamp_pb2.Timestamp
    before_time: _timestamp_pb2.Timestamp
    def __init__(self, reasons: _Optional[_Iterable[_Union[SuppressionReason, str]]] = ..., inbox_id: _Optional[str] = ..., address_contains: _Optional[str] = ..., after_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListSuppressionsRequest(_message.Message):
    __slots__ = ("filter", "page_size", "page_token")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    filter: SuppressionFilter
    page_size: int
    page_token: str
    def __init__(self, filter: _Optional[_Union[SuppressionFilter, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSuppressionsResponse(_message.Message):
    __slots__ = ("suppressions", "next_page_token")
    SUPPRESSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    suppressions: _containers.RepeatedCompositeFieldContainer[Suppression]
    next_page_token: str
    def __init__(self, suppressions: _Optional[_Iterable[_Union[Suppression, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetSuppressionRequest(_message.Message):
    __slots__ = ("suppression_id",)
    SUPPRESSION_ID_FIELD_NUMBER: _ClassVar[int]
    suppression_id: str
    def __init__(self, suppression_id: _Optional[str] = ...) -> None: ...

class GetSuppressionResponse(_message.Message):
    __slots__ = ("suppression",)
    SUPPRESSION_FIELD_NUMBER: _ClassVar[int]
    suppression: Suppression
    def __init__(self, suppression: _Optional[_Union[Suppression, _Mapping]] = ...) -> None: ...

class CheckSuppressionsRequest(_message.Message):
    __slots__ = ("addresses", "inbox_id")
    ADDRESSES_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    addresses: _containers.RepeatedScalarFieldContainer[str]
    inbox_id: str
    def __init__(self, addresses: _Optional[_Iterable[str]] = ..., inbox_id: _Optional[str] = ...) -> None: ...

class CheckSuppressionsResponse(_message.Message):
    __slots__ = ("suppressions",)
    SUPPRESSIONS_FIELD_NUMBER: _ClassVar[int]
    suppressions: _containers.RepeatedCompositeFieldContainer[Suppression]
    def __init__(self, suppressions: _Optional[_Iterable[_Union[Suppression, _Mapping]]] = ...) -> None: ...

class AddSuppressionRequest(_message.Message):
    __slots__ = ("address", "inbox_id", "reason", "expire_time", "note")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    address: str
    inbox_id: str
    reason: SuppressionReason
    expire_time: _timestamp_pb2.Timestamp
    note: str
    def __init__(self, address: _Optional[str] = ..., inbox_id: _Optional[str] = ..., reason: _Optional[_Union[SuppressionReason, str]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., note: _Optional[str] = ...) -> None: ...

class AddSuppressionResponse(_message.Message):
    __slots__ = ("suppression",)
    SUPPRESSION_FIELD_NUMBER: _ClassVar[int]
    suppression: Suppression
    def __init__(self, suppression: _Optional[_Union[Suppression, _Mapping]] = ...) -> None: ...

class RemoveSuppressionRequest(_message.Message):
    __slots__ = ("address", "inbox_id")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    address: str
    inbox_id: str
    def __init__(self, address: _Optional[str] = ..., inbox_id: _Optional[str] = ...) -> None: ...

class RemoveSuppressionResponse(_message.Message):
    __slots__ = ("suppression",)
    SUPPRESSION_FIELD_NUMBER: _ClassVar[int]
    suppression: Suppression
    def __init__(self, suppression: _Optional[_Union[Suppression, _Mapping]] = ...) -> None: ...

class SuppressionEntry(_message.Message):
    __slots__ = ("address", "reason", "expire_time", "note")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    address: str
    reason: SuppressionReason
    expire_time: _timestamp_pb2.Timestamp
    note: str
    def __init__(self, address: _Optional[str] = ..., reason: _Optional[_Union[SuppressionReason, str]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., note: _Optional[str] = ...) -> None: ...

class ImportSuppressionsRequest(_message.Message):
    __slots__ = ("entries", "inbox_id")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[SuppressionEntry]
    inbox_id: str
    def __init__(self, entries: _Optional[_Iterable[_Union[SuppressionEntry, _Mapping]]] = ..., inbox_id: _Optional[str] = ...) -> None: ...

class SuppressionImportFault(_message.Message):
    __slots__ = ("index", "address", "description")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    index: int
    address: str
    description: str
    def __init__(self, index: _Optional[int] = ..., address: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...

class ImportSuppressionsResponse(_message.Message):
    __slots__ = ("added", "unchanged", "refused", "faults", "changed")
    ADDED_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    added: int
    unchanged: int
    refused: int
    faults: _containers.RepeatedCompositeFieldContainer[SuppressionImportFault]
    changed: int
    def __init__(self, added: _Optional[int] = ..., unchanged: _Optional[int] = ..., refused: _Optional[int] = ..., faults: _Optional[_Iterable[_Union[SuppressionImportFault, _Mapping]]] = ..., changed: _Optional[int] = ...) -> None: ...

class ExportSuppressionsRequest(_message.Message):
    __slots__ = ("filter",)
    FILTER_FIELD_NUMBER: _ClassVar[int]
    filter: SuppressionFilter
    def __init__(self, filter: _Optional[_Union[SuppressionFilter, _Mapping]] = ...) -> None: ...

class ExportSuppressionsResponse(_message.Message):
    __slots__ = ("suppressions",)
    SUPPRESSIONS_FIELD_NUMBER: _ClassVar[int]
    suppressions: _containers.RepeatedCompositeFieldContainer[Suppression]
    def __init__(self, suppressions: _Optional[_Iterable[_Union[Suppression, _Mapping]]] = ...) -> None: ...
