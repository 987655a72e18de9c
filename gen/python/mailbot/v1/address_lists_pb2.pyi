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

class AddressListDirection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ADDRESS_LIST_DIRECTION_UNSPECIFIED: _ClassVar[AddressListDirection]
    ADDRESS_LIST_DIRECTION_SENDER: _ClassVar[AddressListDirection]
    ADDRESS_LIST_DIRECTION_RECIPIENT: _ClassVar[AddressListDirection]

class AddressListAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ADDRESS_LIST_ACTION_UNSPECIFIED: _ClassVar[AddressListAction]
    ADDRESS_LIST_ACTION_ALLOW: _ClassVar[AddressListAction]
    ADDRESS_LIST_ACTION_BLOCK: _ClassVar[AddressListAction]
ADDRESS_LIST_DIRECTION_UNSPECIFIED: AddressListDirection
ADDRESS_LIST_DIRECTION_SENDER: AddressListDirection
ADDRESS_LIST_DIRECTION_RECIPIENT: AddressListDirection
ADDRESS_LIST_ACTION_UNSPECIFIED: AddressListAction
ADDRESS_LIST_ACTION_ALLOW: AddressListAction
ADDRESS_LIST_ACTION_BLOCK: AddressListAction

class AddressEntry(_message.Message):
    __slots__ = ("id", "inbox_id", "direction", "action", "pattern", "note", "create_time", "created_by")
    ID_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    PATTERN_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CREATED_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    inbox_id: str
    direction: AddressListDirection
    action: AddressListAction
    pattern: str
    note: str
    create_time: _timestamp_pb2.Timestamp
    created_by: str
    def __init__(self, id: _Optional[str] = ..., inbox_id: _Optional[str] = ..., direction: _Optional[_Union[AddressListDirection, str]] = ..., action: _Optional[_Union[AddressListAction, str]] = ..., pattern: _Optional[str] = ..., note: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., created_by: _Optional[str] = ...) -> None: ...

class AddAddressEntryRequest(_message.Message):
    __slots__ = ("entry",)
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: AddressEntry
    def __init__(self, entry: _Optional[_Union[AddressEntry, _Mapping]] = ...) -> None: ...

class AddAddressEntryResponse(_message.Message):
    __slots__ = ("entry",)
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    entry: AddressEntry
    def __init__(self, entry: _Optional[_Union[AddressEntry, _Mapping]] = ...) -> None: ...

class RemoveAddressEntryRequest(_message.Message):
    __slots__ = ("entry_id",)
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    entry_id: str
    def __init__(self, entry_id: _Optional[str] = ...) -> None: ...

class RemoveAddressEntryResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListAddressEntriesRequest(_message.Message):
    __slots__ = ("inbox_id", "direction", "page_size", "page_token")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    direction: AddressListDirection
    page_size: int
    page_token: str
    def __init__(self, inbox_id: _Optional[str] = ..., direction: _Optional[_Union[AddressListDirection, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAddressEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[AddressEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[AddressEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CheckAddressRequest(_message.Message):
    __slots__ = ("inbox_id", "direction", "address")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    direction: AddressListDirection
    address: str
    def __init__(self, inbox_id: _Optional[str] = ..., direction: _Optional[_Union[AddressListDirection, str]] = ..., address: _Optional[str] = ...) -> None: ...

class CheckAddressResponse(_message.Message):
    __slots__ = ("action", "entry")
    ACTION_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    action: AddressListAction
    entry: AddressEntry
    def __init__(self, action: _Optional[_Union[AddressListAction, str]] = ..., entry: _Optional[_Union[AddressEntry, _Mapping]] = ...) -> None: ...
