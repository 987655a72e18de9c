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

class EventType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVENT_TYPE_UNSPECIFIED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_QUEUED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_HELD: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_RELEASED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_ATTEMPTED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_SENT: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_DELIVERED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_DEFERRED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_DELAYED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_BOUNCED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_FAILED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_UNKNOWN: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_EXPIRED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_CANCELLED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_SCHEDULED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_SUPPRESSED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_RECLASSIFIED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_COMPLAINED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_OPENED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_CLICKED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_UNSUBSCRIBED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_REDACTED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_RECEIVED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_PARSED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_PARSE_FAILED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_REPLIED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_AUTO_REPLIED: _ClassVar[EventType]
    EVENT_TYPE_MESSAGE_QUARANTINED: _ClassVar[EventType]
    EVENT_TYPE_THREAD_MERGED: _ClassVar[EventType]
    EVENT_TYPE_THREAD_SPLIT: _ClassVar[EventType]
    EVENT_TYPE_INBOX_CREATED: _ClassVar[EventType]
    EVENT_TYPE_INBOX_UPDATED: _ClassVar[EventType]
    EVENT_TYPE_INBOX_SUSPENDED: _ClassVar[EventType]
    EVENT_TYPE_INBOX_ACTIVATED: _ClassVar[EventType]
    EVENT_TYPE_INBOX_DISABLED: _ClassVar[EventType]
    EVENT_TYPE_INBOX_EXPIRED: _ClassVar[EventType]
    EVENT_TYPE_INBOX_LIMIT_REACHED: _ClassVar[EventType]
    EVENT_TYPE_INBOX_WARNED: _ClassVar[EventType]
    EVENT_TYPE_SUPPRESSION_ADDED: _ClassVar[EventType]
    EVENT_TYPE_SUPPRESSION_REMOVED: _ClassVar[EventType]
    EVENT_TYPE_DOMAIN_CREATED: _ClassVar[EventType]
    EVENT_TYPE_DOMAIN_VERIFIED: _ClassVar[EventType]
    EVENT_TYPE_DOMAIN_CHANGED: _ClassVar[EventType]
    EVENT_TYPE_DOMAIN_DELETED: _ClassVar[EventType]
    EVENT_TYPE_SUBSCRIPTION_PARKED: _ClassVar[EventType]
    EVENT_TYPE_SUBSCRIPTION_EXPIRED: _ClassVar[EventType]
    EVENT_TYPE_SUBSCRIPTION_CREATED: _ClassVar[EventType]
    EVENT_TYPE_SUBSCRIPTION_DELETED: _ClassVar[EventType]
    EVENT_TYPE_WEBHOOK_CREATED: _ClassVar[EventType]
    EVENT_TYPE_WEBHOOK_UPDATED: _ClassVar[EventType]
    EVENT_TYPE_WEBHOOK_DELETED: _ClassVar[EventType]
    EVENT_TYPE_WEBHOOK_FAILING: _ClassVar[EventType]
    EVENT_TYPE_WEBHOOK_RECOVERED: _ClassVar[EventType]
    EVENT_TYPE_WEBHOOK_DISABLED: _ClassVar[EventType]
    EVENT_TYPE_WEBHOOK_ENABLED: _ClassVar[EventType]
    EVENT_TYPE_WEBHOOK_PARKED: _ClassVar[EventType]
EVENT_TYPE_UNSPECIFIED: EventType
EVENT_TYPE_MESSAGE_QUEUED: EventType
EVENT_TYPE_MESSAGE_HELD: EventType
EVENT_TYPE_MESSAGE_RELEASED: EventType
EVENT_TYPE_MESSAGE_ATTEMPTED: EventType
EVENT_TYPE_MESSAGE_SENT: EventType
EVENT_TYPE_MESSAGE_DELIVERED: EventType
EVENT_TYPE_MESSAGE_DEFERRED: EventType
EVENT_TYPE_MESSAGE_DELAYED: EventType
EVENT_TYPE_MESSAGE_BOUNCED: EventType
EVENT_TYPE_MESSAGE_FAILED: EventType
EVENT_TYPE_MESSAGE_UNKNOWN: EventType
EVENT_TYPE_MESSAGE_EXPIRED: EventType
EVENT_TYPE_MESSAGE_CANCELLED: EventType
EVENT_TYPE_MESSAGE_SCHEDULED: EventType
EVENT_TYPE_MESSAGE_SUPPRESSED: EventType
EVENT_TYPE_MESSAGE_RECLASSIFIED: EventType
EVENT_TYPE_MESSAGE_COMPLAINED: EventType
EVENT_TYPE_MESSAGE_OPENED: EventType
EVENT_TYPE_MESSAGE_CLICKED: EventType
EVENT_TYPE_MESSAGE_UNSUBSCRIBED: EventType
EVENT_TYPE_MESSAGE_REDACTED: EventType
EVENT_TYPE_MESSAGE_RECEIVED: EventType
EVENT_TYPE_MESSAGE_PARSED: EventType
EVENT_TYPE_MESSAGE_PARSE_FAILED: EventType
EVENT_TYPE_MESSAGE_REPLIED: EventType
EVENT_TYPE_MESSAGE_AUTO_REPLIED: EventType
EVENT_TYPE_MESSAGE_QUARANTINED: EventType
EVENT_TYPE_THREAD_MERGED: EventType
EVENT_TYPE_THREAD_SPLIT: EventType
EVENT_TYPE_INBOX_CREATED: EventType
EVENT_TYPE_INBOX_UPDATED: EventType
EVENT_TYPE_INBOX_SUSPENDED: EventType
EVENT_TYPE_INBOX_ACTIVATED: EventType
EVENT_TYPE_INBOX_DISABLED: EventType
EVENT_TYPE_INBOX_EXPIRED: EventType
EVENT_TYPE_INBOX_LIMIT_REACHED: EventType
EVENT_TYPE_INBOX_WARNED: EventType
EVENT_TYPE_SUPPRESSION_ADDED: EventType
EVENT_TYPE_SUPPRESSION_REMOVED: EventType
EVENT_TYPE_DOMAIN_CREATED: EventType
EVENT_TYPE_DOMAIN_VERIFIED: EventType
EVENT_TYPE_DOMAIN_CHANGED: EventType
EVENT_TYPE_DOMAIN_DELETED: EventType
EVENT_TYPE_SUBSCRIPTION_PARKED: EventType
EVENT_TYPE_SUBSCRIPTION_EXPIRED: EventType
EVENT_TYPE_SUBSCRIPTION_CREATED: EventType
EVENT_TYPE_SUBSCRIPTION_DELETED: EventType
EVENT_TYPE_WEBHOOK_CREATED: EventType
EVENT_TYPE_WEBHOOK_UPDATED: EventType
EVENT_TYPE_WEBHOOK_DELETED: EventType
EVENT_TYPE_WEBHOOK_FAILING: EventType
EVENT_TYPE_WEBHOOK_RECOVERED: EventType
EVENT_TYPE_WEBHOOK_DISABLED: EventType
EVENT_TYPE_WEBHOOK_ENABLED: EventType
EVENT_TYPE_WEBHOOK_PARKED: EventType

class AttemptDetail(_message.Message):
    __slots__ = ("attempt", "route", "remote_host", "remote_address", "stage", "reply", "diagnostic", "bounce_class", "bounce_scope", "permanent", "rule_id", "tls_level", "tls_protocol", "tls_cipher", "duration", "next_attempt_time", "start_time", "reported")
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    REMOTE_HOST_FIELD_NUMBER: _ClassVar[int]
    REMOTE_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    DIAGNOSTIC_FIELD_NUMBER: _ClassVar[int]
    BOUNCE_CLASS_FIELD_NUMBER: _ClassVar[int]
    BOUNCE_SCOPE_FIELD_NUMBER: _ClassVar[int]
    PERMANENT_FIELD_NUMBER: _ClassVar[int]
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    TLS_LEVEL_FIELD_NUMBER: _ClassVar[int]
    TLS_PROTOCOL_FIELD_NUMBER: _ClassVar[int]
    TLS_CIPHER_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    NEXT_ATTEMPT_TIME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    attempt: int
    route: str
    remote_host: str
    remote_address: str
    stage: str
    reply: _messages_pb2.SmtpReply
    diagnostic: str
    bounce_class: str
    bounce_scope: str
    permanent: bool
    rule_id: str
    tls_level: str
    tls_protocol: str
    tls_cipher: str
    duration: _duration_pb2.Duration
    next_attempt_time: _timestamp_pb2.Timestamp
    start_time: _timestamp_pb2.Timestamp
    reported: bool
    def __init__(self, attempt: _Optional[int] = ..., route: _Optional[str] = ..., remote_host: _Optional[str] = ..., remote_address: _Optional[str] = ..., stage: _Optional[str] = ..., reply: _Optional[_Union[_messages_pb2.SmtpReply, _Mapping]] = ..., diagnostic: _Optional[str] = ..., bounce_class: _Optional[str] = ..., bounce_scope: _Optional[str] = ..., permanent: _Optional[bool] = ..., rule_id: _Optional[str] = ..., tls_level: _Optional[str] = ..., tls_protocol: _Optional[str] = ..., tls_cipher: _Optional[str] = ..., duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., next_attempt_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reported: _Optional[bool] = ...) -> None: ...

class ContentDetail(_message.Message):
    __slots__ = ("sender", "recipients", "subject", "snippet", "size_bytes", "attachments", "rfc822_message_id", "automated", "duplicate_of", "tag", "reply_message_id", "defects", "envelope_recipient", "envelope_sender", "kind", "authentication", "quarantine_reason", "labels", "recipient_domains", "reply_time", "first_reply", "replier_domain")
    SENDER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    SNIPPET_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    RFC822_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    AUTOMATED_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_OF_FIELD_NUMBER: _ClassVar[int]
    TAG_FIELD_NUMBER: _ClassVar[int]
    REPLY_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    DEFECTS_FIELD_NUMBER: _ClassVar[int]
    ENVELOPE_RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    ENVELOPE_SENDER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_FIELD_NUMBER: _ClassVar[int]
    QUARANTINE_REASON_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_DOMAINS_FIELD_NUMBER: _ClassVar[int]
    REPLY_TIME_FIELD_NUMBER: _ClassVar[int]
    FIRST_REPLY_FIELD_NUMBER: _ClassVar[int]
    REPLIER_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    sender: _messages_pb2.Mailbox
    recipients: _containers.RepeatedCompositeFieldContainer[_messages_pb2.Mailbox]
    subject: str
    snippet: str
    size_bytes: int
    attachments: _containers.RepeatedCompositeFieldContainer[_messages_pb2.Attachment]
    rfc822_message_id: str
    automated: bool
    duplicate_of: str
    tag: str
    reply_message_id: str
    defects: _containers.RepeatedScalarFieldContainer[str]
    envelope_recipient: str
    envelope_sender: str
    kind: _messages_pb2.MessageKind
    authentication: _messages_pb2.Authentication
    quarantine_reason: str
    labels: _containers.RepeatedScalarFieldContainer[str]
    recipient_domains: _containers.RepeatedScalarFieldContainer[str]
    reply_time: _duration_pb2.Duration
    first_reply: bool
    replier_domain: str
    def __init__(self, sender: _Optional[_Union[_messages_pb2.Mailbox, _Mapping]] = ..., recipients: _Optional[_Iterable[_Union[_messages_pb2.Mailbox, _Mapping]]] = ..., subject: _Optional[str] = ..., snippet: _Optional[str] = ..., size_bytes: _Optional[int] = ..., attachments: _Optional[_Iterable[_Union[_messages_pb2.Attachment, _Mapping]]] = ..., rfc822_message_id: _Optional[str] = ..., automated: _Optional[bool] = ..., duplicate_of: _Optional[str] = ..., tag: _Optional[str] = ..., reply_message_id: _Optional[str] = ..., defects: _Optional[_Iterable[str]] = ..., envelope_recipient: _Optional[str] = ..., envelope_sender: _Optional[str] = ..., kind: _Optional[_Union[_messages_pb2.MessageKind, str]] = ..., authentication: _Optional[_Union[_messages_pb2.Authentication, _Mapping]] = ..., quarantine_reason: _Optional[str] = ..., labels: _Optional[_Iterable[str]] = ..., recipient_domains: _Optional[_Iterable[str]] = ..., reply_time: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., first_reply: _Optional[bool] = ..., replier_domain: _Optional[str] = ...) -> None: ...

class ComplaintDetail(_message.Message):
    __slots__ = ("feedback_type", "reporter", "arrival_time", "report_message_id")
    FEEDBACK_TYPE_FIELD_NUMBER: _ClassVar[int]
    REPORTER_FIELD_NUMBER: _ClassVar[int]
    ARRIVAL_TIME_FIELD_NUMBER: _ClassVar[int]
    REPORT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    feedback_type: str
    reporter: str
    arrival_time: _timestamp_pb2.Timestamp
    report_message_id: str
    def __init__(self, feedback_type: _Optional[str] = ..., reporter: _Optional[str] = ..., arrival_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., report_message_id: _Optional[str] = ...) -> None: ...

class HoldDetail(_message.Message):
    __slots__ = ("reason", "explanation", "resume_time")
    REASON_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    reason: str
    explanation: str
    resume_time: _timestamp_pb2.Timestamp
    def __init__(self, reason: _Optional[str] = ..., explanation: _Optional[str] = ..., resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SuppressionDetail(_message.Message):
    __slots__ = ("suppression_id", "address", "reason", "inbox_id", "changed_by", "note", "expire_time")
    SUPPRESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    suppression_id: str
    address: str
    reason: str
    inbox_id: str
    changed_by: str
    note: str
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, suppression_id: _Optional[str] = ..., address: _Optional[str] = ..., reason: _Optional[str] = ..., inbox_id: _Optional[str] = ..., changed_by: _Optional[str] = ..., note: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReclassificationDetail(_message.Message):
    __slots__ = ("previous_class", "bounce_class", "bounce_scope", "permanent", "rule_id", "lifted_suppression_id")
    PREVIOUS_CLASS_FIELD_NUMBER: _ClassVar[int]
    BOUNCE_CLASS_FIELD_NUMBER: _ClassVar[int]
    BOUNCE_SCOPE_FIELD_NUMBER: _ClassVar[int]
    PERMANENT_FIELD_NUMBER: _ClassVar[int]
    RULE_ID_FIELD_NUMBER: _ClassVar[int]
    LIFTED_SUPPRESSION_ID_FIELD_NUMBER: _ClassVar[int]
    previous_class: str
    bounce_class: str
    bounce_scope: str
    permanent: bool
    rule_id: str
    lifted_suppression_id: str
    def __init__(self, previous_class: _Optional[str] = ..., bounce_class: _Optional[str] = ..., bounce_scope: _Optional[str] = ..., permanent: _Optional[bool] = ..., rule_id: _Optional[str] = ..., lifted_suppression_id: _Optional[str] = ...) -> None: ...

class ReputationDetail(_message.Message):
    __slots__ = ("outcomes", "hard_bounces", "complaints", "cause", "threshold")
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    HARD_BOUNCES_FIELD_NUMBER: _ClassVar[int]
    COMPLAINTS_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    outcomes: int
    hard_bounces: int
    complaints: int
    cause: str
    threshold: float
    def __init__(self, outcomes: _Optional[int] = ..., hard_bounces: _Optional[int] = ..., complaints: _Optional[int] = ..., cause: _Optional[str] = ..., threshold: _Optional[float] = ...) -> None: ...

class DomainDetail(_message.Message):
    __slots__ = ("domain_id", "name", "description", "missing")
    DOMAIN_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    domain_id: str
    name: str
    description: str
    missing: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, domain_id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., missing: _Optional[_Iterable[str]] = ...) -> None: ...

class ThreadDetail(_message.Message):
    __slots__ = ("surviving_thread_id", "merged_thread_ids", "rfc822_message_id", "split_thread_id", "changed_by")
    SURVIVING_THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    MERGED_THREAD_IDS_FIELD_NUMBER: _ClassVar[int]
    RFC822_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    SPLIT_THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    surviving_thread_id: str
    merged_thread_ids: _containers.RepeatedScalarFieldContainer[str]
    rfc822_message_id: str
    split_thread_id: str
    changed_by: str
    def __init__(self, surviving_thread_id: _Optional[str] = ..., merged_thread_ids: _Optional[_Iterable[str]] = ..., rfc822_message_id: _Optional[str] = ..., split_thread_id: _Optional[str] = ..., changed_by: _Optional[str] = ...) -> None: ...

class InboxDetail(_message.Message):
    __slots__ = ("address", "previous_state", "state", "reason", "changed_by", "changed_fields")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_STATE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELDS_FIELD_NUMBER: _ClassVar[int]
    address: str
    previous_state: str
    state: str
    reason: str
    changed_by: str
    changed_fields: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, address: _Optional[str] = ..., previous_state: _Optional[str] = ..., state: _Optional[str] = ..., reason: _Optional[str] = ..., changed_by: _Optional[str] = ..., changed_fields: _Optional[_Iterable[str]] = ...) -> None: ...

class EngagementDetail(_message.Message):
    __slots__ = ("link_index", "url", "machine", "machine_reason", "user_agent", "network", "first", "method", "first_of_recipient")
    LINK_INDEX_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    MACHINE_FIELD_NUMBER: _ClassVar[int]
    MACHINE_REASON_FIELD_NUMBER: _ClassVar[int]
    USER_AGENT_FIELD_NUMBER: _ClassVar[int]
    NETWORK_FIELD_NUMBER: _ClassVar[int]
    FIRST_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    FIRST_OF_RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    link_index: int
    url: str
    machine: bool
    machine_reason: str
    user_agent: str
    network: str
    first: bool
    method: str
    first_of_recipient: bool
    def __init__(self, link_index: _Optional[int] = ..., url: _Optional[str] = ..., machine: _Optional[bool] = ..., machine_reason: _Optional[str] = ..., user_agent: _Optional[str] = ..., network: _Optional[str] = ..., first: _Optional[bool] = ..., method: _Optional[str] = ..., first_of_recipient: _Optional[bool] = ...) -> None: ...

class ConsumerDetail(_message.Message):
    __slots__ = ("consumer_id", "display_name", "reason", "description", "changed_by", "changed_fields", "parked_event_id", "attempts")
    CONSUMER_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELDS_FIELD_NUMBER: _ClassVar[int]
    PARKED_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    consumer_id: str
    display_name: str
    reason: str
    description: str
    changed_by: str
    changed_fields: _containers.RepeatedScalarFieldContainer[str]
    parked_event_id: str
    attempts: int
    def __init__(self, consumer_id: _Optional[str] = ..., display_name: _Optional[str] = ..., reason: _Optional[str] = ..., description: _Optional[str] = ..., changed_by: _Optional[str] = ..., changed_fields: _Optional[_Iterable[str]] = ..., parked_event_id: _Optional[str] = ..., attempts: _Optional[int] = ...) -> None: ...

class LimitDetail(_message.Message):
    __slots__ = ("limit_name", "limit", "reset_time")
    LIMIT_NAME_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    RESET_TIME_FIELD_NUMBER: _ClassVar[int]
    limit_name: str
    limit: int
    reset_time: _timestamp_pb2.Timestamp
    def __init__(self, limit_name: _Optional[str] = ..., limit: _Optional[int] = ..., reset_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Event(_message.Message):
    __slots__ = ("id", "type", "position", "create_time", "inbox_id", "thread_id", "message_id", "delivery_id", "recipient", "metadata", "request_id", "replay_id", "message", "attempt", "content", "hold", "thread", "inbox", "limit", "suppression", "reclassification", "reputation", "domain", "complaint", "engagement", "consumer")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    INBOX_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    SUPPRESSION_FIELD_NUMBER: _ClassVar[int]
    RECLASSIFICATION_FIELD_NUMBER: _ClassVar[int]
    REPUTATION_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    COMPLAINT_FIELD_NUMBER: _ClassVar[int]
    ENGAGEMENT_FIELD_NUMBER: _ClassVar[int]
    CONSUMER_FIELD_NUMBER: _ClassVar[int]
    id: str
    type: EventType
    position: int
    create_time: _timestamp_pb2.Timestamp
    inbox_id: str
    thread_id: str
    message_id: str
    delivery_id: str
    recipient: str
    metadata: _containers.ScalarMap[str, str]
    request_id: str
    replay_id: str
    message: _messages_pb2.Message
    attempt: AttemptDetail
    content: ContentDetail
    hold: HoldDetail
    thread: ThreadDetail
    inbox: InboxDetail
    limit: LimitDetail
    suppression: SuppressionDetail
    reclassification: ReclassificationDetail
    reputation: ReputationDetail
    domain: DomainDetail
    complaint: ComplaintDetail
    engagement: EngagementDetail
    consumer: ConsumerDetail
    def __init__(self, id: _Optional[str] = ..., type: _Optional[_Union[EventType, str]] = ..., position: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., inbox_id: _Optional[str] = ..., thread_id: _Optional[str] = ..., message_id: _Optional[str] = ..., delivery_id: _Optional[str] = ..., recipient: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ..., request_id: _Optional[str] = ..., replay_id: _Optional[str] = ..., message: _Optional[_Union[_messages_pb2.Message, _Mapping]] = ..., attempt: _Optional[_Union[AttemptDetail, _Mapping]] = ..., content: _Optional[_Union[ContentDetail, _Mapping]] = ..., hold: _Optional[_Union[HoldDetail, _Mapping]] = ..., thread: _Optional[_Union[ThreadDetail, _Mapping]] = ..., inbox: _Optional[_Union[InboxDetail, _Mapping]] = ..., limit: _Optional[_Union[LimitDetail, _Mapping]] = ..., suppression: _Optional[_Union[SuppressionDetail, _Mapping]] = ..., reclassification: _Optional[_Union[ReclassificationDetail, _Mapping]] = ..., reputation: _Optional[_Union[ReputationDetail, _Mapping]] = ..., domain: _Optional[_Union[DomainDetail, _Mapping]] = ..., complaint: _Optional[_Union[ComplaintDetail, _Mapping]] = ..., engagement: _Optional[_Union[EngagementDetail, _Mapping]] = ..., consumer: _Optional[_Union[ConsumerDetail, _Mapping]] = ...) -> None: ...

class EventFilter(_message.Message):
    __slots__ = ("inbox_ids", "types", "thread_ids", "message_ids", "inbox_labels", "recipients", "recipient_domains", "smtp_codes", "bounce_classes", "message_labels", "start_time", "end_time")
    INBOX_IDS_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    THREAD_IDS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_IDS_FIELD_NUMBER: _ClassVar[int]
    INBOX_LABELS_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_DOMAINS_FIELD_NUMBER: _ClassVar[int]
    SMTP_CODES_FIELD_NUMBER: _ClassVar[int]
    BOUNCE_CLASSES_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_LABELS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    inbox_ids: _containers.RepeatedScalarFieldContainer[str]
    types: _containers.RepeatedScalarFieldContainer[EventType]
    thread_ids: _containers.RepeatedScalarFieldContainer[str]
    message_ids: _containers.RepeatedScalarFieldContainer[str]
    inbox_labels: _containers.RepeatedScalarFieldContainer[str]
    recipients: _containers.RepeatedScalarFieldContainer[str]
    recipient_domains: _containers.RepeatedScalarFieldContainer[str]
    smtp_codes: _containers.RepeatedScalarFieldContainer[int]
    bounce_classes: _containers.RepeatedScalarFieldContainer[str]
    message_labels: _containers.RepeatedScalarFieldContainer[str]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, inbox_ids: _Optional[_Iterable[str]] = ..., types: _Optional[_Iterable[_Union[EventType, str]]] = ..., thread_ids: _Optional[_Iterable[str]] = ..., message_ids: _Optional[_Iterable[str]] = ..., inbox_labels: _Optional[_Iterable[str]] = ..., recipients: _Optional[_Iterable[str]] = ..., recipient_domains: _Optional[_Iterable[str]] = ..., smtp_codes: _Optional[_Iterable[int]] = ..., bounce_classes: _Optional[_Iterable[str]] = ..., message_labels: _Optional[_Iterable[str]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class StartPosition(_message.Message):
    __slots__ = ("anchor", "after_cursor", "at_time")
    class Anchor(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ANCHOR_UNSPECIFIED: _ClassVar[StartPosition.Anchor]
        ANCHOR_LATEST: _ClassVar[StartPosition.Anchor]
        ANCHOR_EARLIEST: _ClassVar[StartPosition.Anchor]
    ANCHOR_UNSPECIFIED: StartPosition.Anchor
    ANCHOR_LATEST: StartPosition.Anchor
    ANCHOR_EARLIEST: StartPosition.Anchor
    ANCHOR_FIELD_NUMBER: _ClassVar[int]
    AFTER_CURSOR_FIELD_NUMBER: _ClassVar[int]
    AT_TIME_FIELD_NUMBER: _ClassVar[int]
    anchor: StartPosition.Anchor
    after_cursor: str
    at_time: _timestamp_pb2.Timestamp
    def __init__(self, anchor: _Optional[_Union[StartPosition.Anchor, str]] = ..., after_cursor: _Optional[str] = ..., at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetEventRequest(_message.Message):
    __slots__ = ("event_id",)
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    def __init__(self, event_id: _Optional[str] = ...) -> None: ...

class GetEventResponse(_message.Message):
    __slots__ = ("event",)
    EVENT_FIELD_NUMBER: _ClassVar[int]
    event: Event
    def __init__(self, event: _Optional[_Union[Event, _Mapping]] = ...) -> None: ...

class ListEventsRequest(_message.Message):
    __slots__ = ("filter", "start", "page_size", "page_token", "newest_first")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    NEWEST_FIRST_FIELD_NUMBER: _ClassVar[int]
    filter: EventFilter
    start: StartPosition
    page_size: int
    page_token: str
    newest_first: bool
    def __init__(self, filter: _Optional[_Union[EventFilter, _Mapping]] = ..., start: _Optional[_Union[StartPosition, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., newest_first: _Optional[bool] = ...) -> None: ...

class ListEventsResponse(_message.Message):
    __slots__ = ("events", "next_page_token", "end_cursor")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    END_CURSOR_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[Event]
    next_page_token: str
    end_cursor: str
    def __init__(self, events: _Optional[_Iterable[_Union[Event, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., end_cursor: _Optional[str] = ...) -> None: ...

class SubscribeRequest(_message.Message):
    __slots__ = ("start", "filter", "heartbeat_interval", "max_batch_size", "stop_at_end", "message_view")
    START_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    MAX_BATCH_SIZE_FIELD_NUMBER: _ClassVar[int]
    STOP_AT_END_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_VIEW_FIELD_NUMBER: _ClassVar[int]
    start: StartPosition
    filter: EventFilter
    heartbeat_interval: _duration_pb2.Duration
    max_batch_size: int
    stop_at_end: bool
    message_view: _messages_pb2.MessageView
    def __init__(self, start: _Optional[_Union[StartPosition, _Mapping]] = ..., filter: _Optional[_Union[EventFilter, _Mapping]] = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., max_batch_size: _Optional[int] = ..., stop_at_end: _Optional[bool] = ..., message_view: _Optional[_Union[_messages_pb2.MessageView, str]] = ...) -> None: ...

class SubscribeResponse(_message.Message):
    __slots__ = ("cursor", "started", "batch", "checkpoint")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    STARTED_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    cursor: str
    started: StreamStarted
    batch: EventBatch
    checkpoint: Checkpoint
    def __init__(self, cursor: _Optional[str] = ..., started: _Optional[_Union[StreamStarted, _Mapping]] = ..., batch: _Optional[_Union[EventBatch, _Mapping]] = ..., checkpoint: _Optional[_Union[Checkpoint, _Mapping]] = ...) -> None: ...

class StreamStarted(_message.Message):
    __slots__ = ("earliest_cursor", "heartbeat_interval", "recycle_time", "server_node", "server_time")
    EARLIEST_CURSOR_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    RECYCLE_TIME_FIELD_NUMBER: _ClassVar[int]
    SERVER_NODE_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    earliest_cursor: str
    heartbeat_interval: _duration_pb2.Duration
    recycle_time: _timestamp_pb2.Timestamp
    server_node: str
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, earliest_cursor: _Optional[str] = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., recycle_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., server_node: _Optional[str] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EventBatch(_message.Message):
    __slots__ = ("events",)
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[Event]
    def __init__(self, events: _Optional[_Iterable[_Union[Event, _Mapping]]] = ...) -> None: ...

class Checkpoint(_message.Message):
    __slots__ = ("server_time", "caught_up", "lag_events")
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    CAUGHT_UP_FIELD_NUMBER: _ClassVar[int]
    LAG_EVENTS_FIELD_NUMBER: _ClassVar[int]
    server_time: _timestamp_pb2.Timestamp
    caught_up: bool
    lag_events: int
    def __init__(self, server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., caught_up: _Optional[bool] = ..., lag_events: _Optional[int] = ...) -> None: ...

class Replay(_message.Message):
    __slots__ = ("id", "state", "event_count", "handed_over_count", "delivered_count", "parked_count", "target_ids", "created_by", "create_time", "end_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Replay.State]
        STATE_RUNNING: _ClassVar[Replay.State]
        STATE_DONE: _ClassVar[Replay.State]
        STATE_CANCELLED: _ClassVar[Replay.State]
    STATE_UNSPECIFIED: Replay.State
    STATE_RUNNING: Replay.State
    STATE_DONE: Replay.State
    STATE_CANCELLED: Replay.State
    ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    EVENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    HANDED_OVER_COUNT_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_COUNT_FIELD_NUMBER: _ClassVar[int]
    PARKED_COUNT_FIELD_NUMBER: _ClassVar[int]
    TARGET_IDS_FIELD_NUMBER: _ClassVar[int]
    CREATED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    id: str
    state: Replay.State
    event_count: int
    handed_over_count: int
    delivered_count: int
    parked_count: int
    target_ids: _containers.RepeatedScalarFieldContainer[str]
    created_by: str
    create_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., state: _Optional[_Union[Replay.State, str]] = ..., event_count: _Optional[int] = ..., handed_over_count: _Optional[int] = ..., delivered_count: _Optional[int] = ..., parked_count: _Optional[int] = ..., target_ids: _Optional[_Iterable[str]] = ..., created_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReplayEventsRequest(_message.Message):
    __slots__ = ("event_ids", "filter", "start", "end_cursor", "target_ids", "undelivered_only", "dry_run", "request_id")
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_CURSOR_FIELD_NUMBER: _ClassVar[int]
    TARGET_IDS_FIELD_NUMBER: _ClassVar[int]
    UNDELIVERED_ONLY_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    filter: EventFilter
    start: StartPosition
    end_cursor: str
    target_ids: _containers.RepeatedScalarFieldContainer[str]
    undelivered_only: bool
    dry_run: bool
    request_id: str
    def __init__(self, event_ids: _Optional[_Iterable[str]] = ..., filter: _Optional[_Union[EventFilter, _Mapping]] = ..., start: _Optional[_Union[StartPosition, _Mapping]] = ..., end_cursor: _Optional[str] = ..., target_ids: _Optional[_Iterable[str]] = ..., undelivered_only: _Optional[bool] = ..., dry_run: _Optional[bool] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReplayEventsResponse(_message.Message):
    __slots__ = ("replay", "replayed")
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    replay: Replay
    replayed: bool
    def __init__(self, replay: _Optional[_Union[Replay, _Mapping]] = ..., replayed: _Optional[bool] = ...) -> None: ...

class GetReplayRequest(_message.Message):
    __slots__ = ("replay_id",)
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    replay_id: str
    def __init__(self, replay_id: _Optional[str] = ...) -> None: ...

class GetReplayResponse(_message.Message):
    __slots__ = ("replay",)
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    replay: Replay
    def __init__(self, replay: _Optional[_Union[Replay, _Mapping]] = ...) -> None: ...

class ListReplaysRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListReplaysResponse(_message.Message):
    __slots__ = ("replays", "next_page_token")
    REPLAYS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    replays: _containers.RepeatedCompositeFieldContainer[Replay]
    next_page_token: str
    def __init__(self, replays: _Optional[_Iterable[_Union[Replay, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CancelReplayRequest(_message.Message):
    __slots__ = ("replay_id",)
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    replay_id: str
    def __init__(self, replay_id: _Optional[str] = ...) -> None: ...

class CancelReplayResponse(_message.Message):
    __slots__ = ("replay",)
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    replay: Replay
    def __init__(self, replay: _Optional[_Union[Replay, _Mapping]] = ...) -> None: ...
