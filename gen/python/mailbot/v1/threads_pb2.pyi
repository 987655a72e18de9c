import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from mailbot.v1 import messages_pb2 as _messages_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Thread(_message.Message):
    __slots__ = ("id", "inbox_id", "subject", "message_count", "inbound_count", "outbound_count", "participants", "last_inbound_time", "last_outbound_time", "last_message_time", "snippet", "unreplied", "create_time", "merged_thread_ids", "labels")
    ID_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_COUNT_FIELD_NUMBER: _ClassVar[int]
    INBOUND_COUNT_FIELD_NUMBER: _ClassVar[int]
    OUTBOUND_COUNT_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    LAST_INBOUND_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_OUTBOUND_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_MESSAGE_TIME_FIELD_NUMBER: _ClassVar[int]
    SNIPPET_FIELD_NUMBER: _ClassVar[int]
    UNREPLIED_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    MERGED_THREAD_IDS_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    id: str
    inbox_id: str
    subject: str
    message_count: int
    inbound_count: int
    outbound_count: int
    participants: _containers.RepeatedCompositeFieldContainer[_messages_pb2.Mailbox]
    last_inbound_time: _timestamp_pb2.Timestamp
    last_outbound_time: _timestamp_pb2.Timestamp
    last_message_time: _timestamp_pb2.Timestamp
    snippet: str
    unreplied: bool
    create_time: _timestamp_pb2.Timestamp
    merged_thread_ids: _containers.RepeatedScalarFieldContainer[str]
    labels: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., inbox_id: _Optional[str] = ..., subject: _Optional[str] = ..., message_count: _Optional[int] = ..., inbound_count: _Optional[int] = ..., outbound_count: _Optional[int] = ..., participants: _Optional[_Iterable[_Union[_messages_pb2.Mailbox, _Mapping]]] = ..., last_inbound_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_outbound_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_message_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., snippet: _Optional[str] = ..., unreplied: _Optional[bool] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., merged_thread_ids: _Optional[_Iterable[str]] = ..., labels: _Optional[_Iterable[str]] = ...) -> None: ...

class GetThreadRequest(_message.Message):
    __slots__ = ("thread_id", "view", "page_size", "page_token")
    THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    thread_id: str
    view: _messages_pb2.MessageView
    page_size: int
    page_token: str
    def __init__(self, thread_id: _Optional[str] = ..., view: _Optional[_Union[_messages_pb2.MessageView, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class GetThreadResponse(_message.Message):
    __slots__ = ("messages", "next_page_token", "thread")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[_messages_pb2.Message]
    next_page_token: str
    thread: Thread
    def __init__(self, messages: _Optional[_Iterable[_Union[_messages_pb2.Message, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., thread: _Optional[_Union[Thread, _Mapping]] = ...) -> None: ...

class ThreadFilter(_message.Message):
    __slots__ = ("inbox_id", "after_time", "before_time", "unreplied", "labels", "participant_address")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_TIME_FIELD_NUMBER: _ClassVar[int]
    BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    UNREPLIED_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANT_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    after_time: _timestamp_pb2.Timestamp
    before_time: _timestamp_pb2.Timestamp
    unreplied: bool
    labels: _containers.RepeatedScalarFieldContainer[str]
    participant_address: str
    def __init__(self, inbox_id: _Optional[str] = ..., after_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., unreplied: _Optional[bool] = ..., labels: _Optional[_Iterable[str]] = ..., participant_address: _Optional[str] = ...) -> None: ...

class ListThreadsRequest(_message.Message):
    __slots__ = ("filter", "page_size", "page_token")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    filter: ThreadFilter
    page_size: int
    page_token: str
    def __init__(self, filter: _Optional[_Union[ThreadFilter, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListThreadsResponse(_message.Message):
    __slots__ = ("threads", "next_page_token")
    THREADS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    threads: _containers.RepeatedCompositeFieldContainer[Thread]
    next_page_token: str
    def __init__(self, threads: _Optional[_Iterable[_Union[Thread, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ExplainThreadRequest(_message.Message):
    __slots__ = ("thread_id",)
    THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    thread_id: str
    def __init__(self, thread_id: _Optional[str] = ...) -> None: ...

class ThreadTie(_message.Message):
    __slots__ = ("tie", "mentions")
    class Mention(_message.Message):
        __slots__ = ("message_id", "field")
        MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
        FIELD_FIELD_NUMBER: _ClassVar[int]
        message_id: str
        field: str
        def __init__(self, message_id: _Optional[str] = ..., field: _Optional[str] = ...) -> None: ...
    TIE_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    tie: str
    mentions: _containers.RepeatedCompositeFieldContainer[ThreadTie.Mention]
    def __init__(self, tie: _Optional[str] = ..., mentions: _Optional[_Iterable[_Union[ThreadTie.Mention, _Mapping]]] = ...) -> None: ...

class ThreadChange(_message.Message):
    __slots__ = ("kind", "change_time", "thread_id", "other_thread_ids", "changed_by", "message_id")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[ThreadChange.Kind]
        KIND_MERGED_BY_MESSAGE: _ClassVar[ThreadChange.Kind]
        KIND_MERGED_BY_HAND: _ClassVar[ThreadChange.Kind]
        KIND_SPLIT_BY_HAND: _ClassVar[ThreadChange.Kind]
    KIND_UNSPECIFIED: ThreadChange.Kind
    KIND_MERGED_BY_MESSAGE: ThreadChange.Kind
    KIND_MERGED_BY_HAND: ThreadChange.Kind
    KIND_SPLIT_BY_HAND: ThreadChange.Kind
    KIND_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    OTHER_THREAD_IDS_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    kind: ThreadChange.Kind
    change_time: _timestamp_pb2.Timestamp
    thread_id: str
    other_thread_ids: _containers.RepeatedScalarFieldContainer[str]
    changed_by: str
    message_id: str
    def __init__(self, kind: _Optional[_Union[ThreadChange.Kind, str]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., thread_id: _Optional[str] = ..., other_thread_ids: _Optional[_Iterable[str]] = ..., changed_by: _Optional[str] = ..., message_id: _Optional[str] = ...) -> None: ...

class ExplainThreadResponse(_message.Message):
    __slots__ = ("thread", "ties", "changes", "truncated")
    THREAD_FIELD_NUMBER: _ClassVar[int]
    TIES_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    thread: Thread
    ties: _containers.RepeatedCompositeFieldContainer[ThreadTie]
    changes: _containers.RepeatedCompositeFieldContainer[ThreadChange]
    truncated: bool
    def __init__(self, thread: _Optional[_Union[Thread, _Mapping]] = ..., ties: _Optional[_Iterable[_Union[ThreadTie, _Mapping]]] = ..., changes: _Optional[_Iterable[_Union[ThreadChange, _Mapping]]] = ..., truncated: _Optional[bool] = ...) -> None: ...

class MergeThreadsRequest(_message.Message):
    __slots__ = ("thread_ids",)
    THREAD_IDS_FIELD_NUMBER: _ClassVar[int]
    thread_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, thread_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class MergeThreadsResponse(_message.Message):
    __slots__ = ("thread",)
    THREAD_FIELD_NUMBER: _ClassVar[int]
    thread: Thread
    def __init__(self, thread: _Optional[_Union[Thread, _Mapping]] = ...) -> None: ...

class SplitThreadRequest(_message.Message):
    __slots__ = ("thread_id", "message_ids")
    THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_IDS_FIELD_NUMBER: _ClassVar[int]
    thread_id: str
    message_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, thread_id: _Optional[str] = ..., message_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class SplitThreadResponse(_message.Message):
    __slots__ = ("thread", "new_thread")
    THREAD_FIELD_NUMBER: _ClassVar[int]
    NEW_THREAD_FIELD_NUMBER: _ClassVar[int]
    thread: Thread
    new_thread: Thread
    def __init__(self, thread: _Optional[_Union[Thread, _Mapping]] = ..., new_thread: _Optional[_Union[Thread, _Mapping]] = ...) -> None: ...

class UpdateThreadLabelsRequest(_message.Message):
    __slots__ = ("thread_id", "add", "remove")
    THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    ADD_FIELD_NUMBER: _ClassVar[int]
    REMOVE_FIELD_NUMBER: _ClassVar[int]
    thread_id: str
    add: _containers.RepeatedScalarFieldContainer[str]
    remove: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, thread_id: _Optional[str] = ..., add: _Optional[_Iterable[str]] = ..., remove: _Optional[_Iterable[str]] = ...) -> None: ...

class UpdateThreadLabelsResponse(_message.Message):
    __slots__ = ("thread",)
    THREAD_FIELD_NUMBER: _ClassVar[int]
    thread: Thread
    def __init__(self, thread: _Optional[_Union[Thread, _Mapping]] = ...) -> None: ...
