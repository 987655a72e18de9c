import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
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

class RuleConditions(_message.Message):
    __slots__ = ("senders", "recipients", "tags", "subject_contains", "headers", "authentication", "larger_than_bytes", "has_attachments", "attachment_endings", "kinds", "is_upstream_spam")
    class AuthenticationCondition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        AUTHENTICATION_CONDITION_UNSPECIFIED: _ClassVar[RuleConditions.AuthenticationCondition]
        AUTHENTICATION_CONDITION_ALIGNED: _ClassVar[RuleConditions.AuthenticationCondition]
        AUTHENTICATION_CONDITION_NOT_ALIGNED: _ClassVar[RuleConditions.AuthenticationCondition]
        AUTHENTICATION_CONDITION_DMARC_FAILS: _ClassVar[RuleConditions.AuthenticationCondition]
    AUTHENTICATION_CONDITION_UNSPECIFIED: RuleConditions.AuthenticationCondition
    AUTHENTICATION_CONDITION_ALIGNED: RuleConditions.AuthenticationCondition
    AUTHENTICATION_CONDITION_NOT_ALIGNED: RuleConditions.AuthenticationCondition
    AUTHENTICATION_CONDITION_DMARC_FAILS: RuleConditions.AuthenticationCondition
    class HeaderCondition(_message.Message):
        __slots__ = ("name", "contains")
        NAME_FIELD_NUMBER: _ClassVar[int]
        CONTAINS_FIELD_NUMBER: _ClassVar[int]
        name: str
        contains: str
        def __init__(self, name: _Optional[str] = ..., contains: _Optional[str] = ...) -> None: ...
    SENDERS_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_CONTAINS_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_FIELD_NUMBER: _ClassVar[int]
    LARGER_THAN_BYTES_FIELD_NUMBER: _ClassVar[int]
    HAS_ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENT_ENDINGS_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    IS_UPSTREAM_SPAM_FIELD_NUMBER: _ClassVar[int]
    senders: _containers.RepeatedScalarFieldContainer[str]
    recipients: _containers.RepeatedScalarFieldContainer[str]
    tags: _containers.RepeatedScalarFieldContainer[str]
    subject_contains: _containers.RepeatedScalarFieldContainer[str]
    headers: _containers.RepeatedCompositeFieldContainer[RuleConditions.HeaderCondition]
    authentication: RuleConditions.AuthenticationCondition
    larger_than_bytes: int
    has_attachments: bool
    attachment_endings: _containers.RepeatedScalarFieldContainer[str]
    kinds: _containers.RepeatedScalarFieldContainer[_messages_pb2.MessageKind]
    is_upstream_spam: bool
    def __init__(self, senders: _Optional[_Iterable[str]] = ..., recipients: _Optional[_Iterable[str]] = ..., tags: _Optional[_Iterable[str]] = ..., subject_contains: _Optional[_Iterable[str]] = ..., headers: _Optional[_Iterable[_Union[RuleConditions.HeaderCondition, _Mapping]]] = ..., authentication: _Optional[_Union[RuleConditions.AuthenticationCondition, str]] = ..., larger_than_bytes: _Optional[int] = ..., has_attachments: _Optional[bool] = ..., attachment_endings: _Optional[_Iterable[str]] = ..., kinds: _Optional[_Iterable[_Union[_messages_pb2.MessageKind, str]]] = ..., is_upstream_spam: _Optional[bool] = ...) -> None: ...

class RuleActions(_message.Message):
    __slots__ = ("add_labels", "quarantine", "reject", "stop")
    ADD_LABELS_FIELD_NUMBER: _ClassVar[int]
    QUARANTINE_FIELD_NUMBER: _ClassVar[int]
    REJECT_FIELD_NUMBER: _ClassVar[int]
    STOP_FIELD_NUMBER: _ClassVar[int]
    add_labels: _containers.RepeatedScalarFieldContainer[str]
    quarantine: bool
    reject: bool
    stop: bool
    def __init__(self, add_labels: _Optional[_Iterable[str]] = ..., quarantine: _Optional[bool] = ..., reject: _Optional[bool] = ..., stop: _Optional[bool] = ...) -> None: ...

class Rule(_message.Message):
    __slots__ = ("id", "inbox_id", "display_name", "priority", "disabled", "conditions", "actions", "create_time", "update_time", "etag")
    ID_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    DISABLED_FIELD_NUMBER: _ClassVar[int]
    CONDITIONS_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    id: str
    inbox_id: str
    display_name: str
    priority: int
    disabled: bool
    conditions: RuleConditions
    actions: RuleActions
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    etag: str
    def __init__(self, id: _Optional[str] = ..., inbox_id: _Optional[str] = ..., display_name: _Optional[str] = ..., priority: _Optional[int] = ..., disabled: _Optional[bool] = ..., conditions: _Optional[_Union[RuleConditions, _Mapping]] = ..., actions: _Optional[_Union[RuleActions, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class CreateRuleRequest(_message.Message):
    __slots__ = ("rule", "request_id")
    RULE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    rule: Rule
    request_id: str
    def __init__(self, rule: _Optional[_Union[Rule, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateRuleResponse(_message.Message):
    __slots__ = ("rule", "replayed")
    RULE_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    rule: Rule
    replayed: bool
    def __init__(self, rule: _Optional[_Union[Rule, _Mapping]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class GetRuleRequest(_message.Message):
    __slots__ = ("rule_id",)
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    def __init__(self, rule_id: _Optional[str] = ...) -> None: ...

class GetRuleResponse(_message.Message):
    __slots__ = ("rule",)
    RULE_FIELD_NUMBER: _ClassVar[int]
    rule: Rule
    def __init__(self, rule: _Optional[_Union[Rule, _Mapping]] = ...) -> None: ...

class ListRulesRequest(_message.Message):
    __slots__ = ("inbox_id", "page_size", "page_token")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    page_size: int
    page_token: str
    def __init__(self, inbox_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRulesResponse(_message.Message):
    __slots__ = ("rules", "next_page_token")
    RULES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    rules: _containers.RepeatedCompositeFieldContainer[Rule]
    next_page_token: str
    def __init__(self, rules: _Optional[_Iterable[_Union[Rule, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateRuleRequest(_message.Message):
    __slots__ = ("rule", "update_mask")
    RULE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    rule: Rule
    update_mask: _field_mask_pb2.FieldMask
    def __init__(self, rule: _Optional[_Union[Rule, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class UpdateRuleResponse(_message.Message):
    __slots__ = ("rule",)
    RULE_FIELD_NUMBER: _ClassVar[int]
    rule: Rule
    def __init__(self, rule: _Optional[_Union[Rule, _Mapping]] = ...) -> None: ...

class DeleteRuleRequest(_message.Message):
    __slots__ = ("rule_id",)
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    rule_id: str
    def __init__(self, rule_id: _Optional[str] = ...) -> None: ...

class DeleteRuleResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
