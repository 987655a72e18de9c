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

class DomainRecordPurpose(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOMAIN_RECORD_PURPOSE_UNSPECIFIED: _ClassVar[DomainRecordPurpose]
    DOMAIN_RECORD_PURPOSE_OWNERSHIP: _ClassVar[DomainRecordPurpose]
    DOMAIN_RECORD_PURPOSE_SPF: _ClassVar[DomainRecordPurpose]
    DOMAIN_RECORD_PURPOSE_DKIM: _ClassVar[DomainRecordPurpose]
    DOMAIN_RECORD_PURPOSE_DMARC: _ClassVar[DomainRecordPurpose]
    DOMAIN_RECORD_PURPOSE_MX: _ClassVar[DomainRecordPurpose]
    DOMAIN_RECORD_PURPOSE_RETURN_PATH_MX: _ClassVar[DomainRecordPurpose]
    DOMAIN_RECORD_PURPOSE_RETURN_PATH_SPF: _ClassVar[DomainRecordPurpose]

class DomainRecordState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOMAIN_RECORD_STATE_UNSPECIFIED: _ClassVar[DomainRecordState]
    DOMAIN_RECORD_STATE_PENDING: _ClassVar[DomainRecordState]
    DOMAIN_RECORD_STATE_OK: _ClassVar[DomainRecordState]
    DOMAIN_RECORD_STATE_MISSING: _ClassVar[DomainRecordState]
    DOMAIN_RECORD_STATE_WRONG: _ClassVar[DomainRecordState]
    DOMAIN_RECORD_STATE_UNREACHABLE: _ClassVar[DomainRecordState]
DOMAIN_RECORD_PURPOSE_UNSPECIFIED: DomainRecordPurpose
DOMAIN_RECORD_PURPOSE_OWNERSHIP: DomainRecordPurpose
DOMAIN_RECORD_PURPOSE_SPF: DomainRecordPurpose
DOMAIN_RECORD_PURPOSE_DKIM: DomainRecordPurpose
DOMAIN_RECORD_PURPOSE_DMARC: DomainRecordPurpose
DOMAIN_RECORD_PURPOSE_MX: DomainRecordPurpose
DOMAIN_RECORD_PURPOSE_RETURN_PATH_MX: DomainRecordPurpose
DOMAIN_RECORD_PURPOSE_RETURN_PATH_SPF: DomainRecordPurpose
DOMAIN_RECORD_STATE_UNSPECIFIED: DomainRecordState
DOMAIN_RECORD_STATE_PENDING: DomainRecordState
DOMAIN_RECORD_STATE_OK: DomainRecordState
DOMAIN_RECORD_STATE_MISSING: DomainRecordState
DOMAIN_RECORD_STATE_WRONG: DomainRecordState
DOMAIN_RECORD_STATE_UNREACHABLE: DomainRecordState

class DomainRecord(_message.Message):
    __slots__ = ("purpose", "type", "name", "value", "required", "state", "problem", "found")
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    purpose: DomainRecordPurpose
    type: str
    name: str
    value: str
    required: bool
    state: DomainRecordState
    problem: str
    found: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, purpose: _Optional[_Union[DomainRecordPurpose, str]] = ..., type: _Optional[str] = ..., name: _Optional[str] = ..., value: _Optional[str] = ..., required: _Optional[bool] = ..., state: _Optional[_Union[DomainRecordState, str]] = ..., problem: _Optional[str] = ..., found: _Optional[_Iterable[str]] = ...) -> None: ...

class DomainKey(_message.Message):
    __slots__ = ("selector", "algorithm", "state", "create_time", "activate_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[DomainKey.State]
        STATE_PENDING: _ClassVar[DomainKey.State]
        STATE_ACTIVE: _ClassVar[DomainKey.State]
        STATE_RETIRED: _ClassVar[DomainKey.State]
    STATE_UNSPECIFIED: DomainKey.State
    STATE_PENDING: DomainKey.State
    STATE_ACTIVE: DomainKey.State
    STATE_RETIRED: DomainKey.State
    SELECTOR_FIELD_NUMBER: _ClassVar[int]
    ALGORITHM_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACTIVATE_TIME_FIELD_NUMBER: _ClassVar[int]
    selector: str
    algorithm: str
    state: DomainKey.State
    create_time: _timestamp_pb2.Timestamp
    activate_time: _timestamp_pb2.Timestamp
    def __init__(self, selector: _Optional[str] = ..., algorithm: _Optional[str] = ..., state: _Optional[_Union[DomainKey.State, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., activate_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Domain(_message.Message):
    __slots__ = ("id", "name", "verified", "signing", "return_path_verified", "records", "keys", "create_time", "verify_time", "check_time")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_FIELD_NUMBER: _ClassVar[int]
    SIGNING_FIELD_NUMBER: _ClassVar[int]
    RETURN_PATH_VERIFIED_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    KEYS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    VERIFY_TIME_FIELD_NUMBER: _ClassVar[int]
    CHECK_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    verified: bool
    signing: bool
    return_path_verified: bool
    records: _containers.RepeatedCompositeFieldContainer[DomainRecord]
    keys: _containers.RepeatedCompositeFieldContainer[DomainKey]
    create_time: _timestamp_pb2.Timestamp
    verify_time: _timestamp_pb2.Timestamp
    check_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., verified: _Optional[bool] = ..., signing: _Optional[bool] = ..., return_path_verified: _Optional[bool] = ..., records: _Optional[_Iterable[_Union[DomainRecord, _Mapping]]] = ..., keys: _Optional[_Iterable[_Union[DomainKey, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., verify_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., check_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateDomainRequest(_message.Message):
    __slots__ = ("name", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateDomainResponse(_message.Message):
    __slots__ = ("domain",)
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    domain: Domain
    def __init__(self, domain: _Optional[_Union[Domain, _Mapping]] = ...) -> None: ...

class GetDomainRequest(_message.Message):
    __slots__ = ("domain_id",)
    DOMAIN_ID_FIELD_NUMBER: _ClassVar[int]
    domain_id: str
    def __init__(self, domain_id: _Optional[str] = ...) -> None: ...

class GetDomainResponse(_message.Message):
    __slots__ = ("domain",)
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    domain: Domain
    def __init__(self, domain: _Optional[_Union[Domain, _Mapping]] = ...) -> None: ...

class ListDomainsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDomainsResponse(_message.Message):
    __slots__ = ("domains", "next_page_token")
    DOMAINS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    domains: _containers.RepeatedCompositeFieldContainer[Domain]
    next_page_token: str
    def __init__(self, domains: _Optional[_Iterable[_Union[Domain, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class VerifyDomainRequest(_message.Message):
    __slots__ = ("domain_id",)
    DOMAIN_ID_FIELD_NUMBER: _ClassVar[int]
    domain_id: str
    def __init__(self, domain_id: _Optional[str] = ...) -> None: ...

class VerifyDomainResponse(_message.Message):
    __slots__ = ("domain",)
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    domain: Domain
    def __init__(self, domain: _Optional[_Union[Domain, _Mapping]] = ...) -> None: ...

class RotateDomainKeysRequest(_message.Message):
    __slots__ = ("domain_id",)
    DOMAIN_ID_FIELD_NUMBER: _ClassVar[int]
    domain_id: str
    def __init__(self, domain_id: _Optional[str] = ...) -> None: ...

class RotateDomainKeysResponse(_message.Message):
    __slots__ = ("domain",)
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    domain: Domain
    def __init__(self, domain: _Optional[_Union[Domain, _Mapping]] = ...) -> None: ...

class DeleteDomainRequest(_message.Message):
    __slots__ = ("domain_id",)
    DOMAIN_ID_FIELD_NUMBER: _ClassVar[int]
    domain_id: str
    def __init__(self, domain_id: _Optional[str] = ...) -> None: ...

class DeleteDomainResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
