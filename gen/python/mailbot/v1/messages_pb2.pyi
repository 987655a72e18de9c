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

class MessageView(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_VIEW_UNSPECIFIED: _ClassVar[MessageView]
    MESSAGE_VIEW_METADATA: _ClassVar[MessageView]
    MESSAGE_VIEW_FULL: _ClassVar[MessageView]

class Direction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DIRECTION_UNSPECIFIED: _ClassVar[Direction]
    DIRECTION_INBOUND: _ClassVar[Direction]
    DIRECTION_OUTBOUND: _ClassVar[Direction]

class MessageStream(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_STREAM_UNSPECIFIED: _ClassVar[MessageStream]
    MESSAGE_STREAM_TRANSACTIONAL: _ClassVar[MessageStream]
    MESSAGE_STREAM_BULK: _ClassVar[MessageStream]

class DeliveryGuarantee(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_GUARANTEE_UNSPECIFIED: _ClassVar[DeliveryGuarantee]
    DELIVERY_GUARANTEE_AT_LEAST_ONCE: _ClassVar[DeliveryGuarantee]
    DELIVERY_GUARANTEE_AT_MOST_ONCE: _ClassVar[DeliveryGuarantee]

class LimitOverflow(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LIMIT_OVERFLOW_UNSPECIFIED: _ClassVar[LimitOverflow]
    LIMIT_OVERFLOW_REJECT: _ClassVar[LimitOverflow]
    LIMIT_OVERFLOW_QUEUE: _ClassVar[LimitOverflow]
    LIMIT_OVERFLOW_HOLD: _ClassVar[LimitOverflow]

class DeliveryState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_STATE_UNSPECIFIED: _ClassVar[DeliveryState]
    DELIVERY_STATE_QUEUED: _ClassVar[DeliveryState]
    DELIVERY_STATE_LEASED: _ClassVar[DeliveryState]
    DELIVERY_STATE_DEFERRED: _ClassVar[DeliveryState]
    DELIVERY_STATE_HELD: _ClassVar[DeliveryState]
    DELIVERY_STATE_SENT: _ClassVar[DeliveryState]
    DELIVERY_STATE_DELIVERED: _ClassVar[DeliveryState]
    DELIVERY_STATE_BOUNCED: _ClassVar[DeliveryState]
    DELIVERY_STATE_FAILED: _ClassVar[DeliveryState]
    DELIVERY_STATE_SUPPRESSED: _ClassVar[DeliveryState]
    DELIVERY_STATE_CANCELLED: _ClassVar[DeliveryState]
    DELIVERY_STATE_EXPIRED: _ClassVar[DeliveryState]
    DELIVERY_STATE_UNKNOWN: _ClassVar[DeliveryState]

class MessageKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_KIND_UNSPECIFIED: _ClassVar[MessageKind]
    MESSAGE_KIND_NORMAL: _ClassVar[MessageKind]
    MESSAGE_KIND_DELIVERY_REPORT: _ClassVar[MessageKind]
    MESSAGE_KIND_COMPLAINT: _ClassVar[MessageKind]
    MESSAGE_KIND_READ_RECEIPT: _ClassVar[MessageKind]
    MESSAGE_KIND_AUTO_REPLY: _ClassVar[MessageKind]
MESSAGE_VIEW_UNSPECIFIED: MessageView
MESSAGE_VIEW_METADATA: MessageView
MESSAGE_VIEW_FULL: MessageView
DIRECTION_UNSPECIFIED: Direction
DIRECTION_INBOUND: Direction
DIRECTION_OUTBOUND: Direction
MESSAGE_STREAM_UNSPECIFIED: MessageStream
MESSAGE_STREAM_TRANSACTIONAL: MessageStream
MESSAGE_STREAM_BULK: MessageStream
DELIVERY_GUARANTEE_UNSPECIFIED: DeliveryGuarantee
DELIVERY_GUARANTEE_AT_LEAST_ONCE: DeliveryGuarantee
DELIVERY_GUARANTEE_AT_MOST_ONCE: DeliveryGuarantee
LIMIT_OVERFLOW_UNSPECIFIED: LimitOverflow
LIMIT_OVERFLOW_REJECT: LimitOverflow
LIMIT_OVERFLOW_QUEUE: LimitOverflow
LIMIT_OVERFLOW_HOLD: LimitOverflow
DELIVERY_STATE_UNSPECIFIED: DeliveryState
DELIVERY_STATE_QUEUED: DeliveryState
DELIVERY_STATE_LEASED: DeliveryState
DELIVERY_STATE_DEFERRED: DeliveryState
DELIVERY_STATE_HELD: DeliveryState
DELIVERY_STATE_SENT: DeliveryState
DELIVERY_STATE_DELIVERED: DeliveryState
DELIVERY_STATE_BOUNCED: DeliveryState
DELIVERY_STATE_FAILED: DeliveryState
DELIVERY_STATE_SUPPRESSED: DeliveryState
DELIVERY_STATE_CANCELLED: DeliveryState
DELIVERY_STATE_EXPIRED: DeliveryState
DELIVERY_STATE_UNKNOWN: DeliveryState
MESSAGE_KIND_UNSPECIFIED: MessageKind
MESSAGE_KIND_NORMAL: MessageKind
MESSAGE_KIND_DELIVERY_REPORT: MessageKind
MESSAGE_KIND_COMPLAINT: MessageKind
MESSAGE_KIND_READ_RECEIPT: MessageKind
MESSAGE_KIND_AUTO_REPLY: MessageKind

class Mailbox(_message.Message):
    __slots__ = ("address", "display_name")
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    address: str
    display_name: str
    def __init__(self, address: _Optional[str] = ..., display_name: _Optional[str] = ...) -> None: ...

class SmtpReply(_message.Message):
    __slots__ = ("code", "enhanced_code", "text", "host")
    CODE_FIELD_NUMBER: _ClassVar[int]
    ENHANCED_CODE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    code: int
    enhanced_code: str
    text: str
    host: str
    def __init__(self, code: _Optional[int] = ..., enhanced_code: _Optional[str] = ..., text: _Optional[str] = ..., host: _Optional[str] = ...) -> None: ...

class RecipientStatus(_message.Message):
    __slots__ = ("delivery_id", "address", "state", "attempts", "next_attempt_time", "expire_time", "last_reply", "hold_reason", "diagnostic", "bounce_class", "update_time", "opens", "clicks", "reply_time")
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_ATTEMPT_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_REPLY_FIELD_NUMBER: _ClassVar[int]
    HOLD_REASON_FIELD_NUMBER: _ClassVar[int]
    DIAGNOSTIC_FIELD_NUMBER: _ClassVar[int]
    BOUNCE_CLASS_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    OPENS_FIELD_NUMBER: _ClassVar[int]
    CLICKS_FIELD_NUMBER: _ClassVar[int]
    REPLY_TIME_FIELD_NUMBER: _ClassVar[int]
    delivery_id: str
    address: str
    state: DeliveryState
    attempts: int
    next_attempt_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    last_reply: SmtpReply
    hold_reason: str
    diagnostic: str
    bounce_class: str
    update_time: _timestamp_pb2.Timestamp
    opens: int
    clicks: int
    reply_time: _timestamp_pb2.Timestamp
    def __init__(self, delivery_id: _Optional[str] = ..., address: _Optional[str] = ..., state: _Optional[_Union[DeliveryState, str]] = ..., attempts: _Optional[int] = ..., next_attempt_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_reply: _Optional[_Union[SmtpReply, _Mapping]] = ..., hold_reason: _Optional[str] = ..., diagnostic: _Optional[str] = ..., bounce_class: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., opens: _Optional[int] = ..., clicks: _Optional[int] = ..., reply_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Attachment(_message.Message):
    __slots__ = ("id", "filename", "content_type", "size_bytes", "sha256", "content_id", "inline", "download_url")
    ID_FIELD_NUMBER: _ClassVar[int]
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    CONTENT_ID_FIELD_NUMBER: _ClassVar[int]
    INLINE_FIELD_NUMBER: _ClassVar[int]
    DOWNLOAD_URL_FIELD_NUMBER: _ClassVar[int]
    id: str
    filename: str
    content_type: str
    size_bytes: int
    sha256: str
    content_id: str
    inline: bool
    download_url: str
    def __init__(self, id: _Optional[str] = ..., filename: _Optional[str] = ..., content_type: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ..., content_id: _Optional[str] = ..., inline: _Optional[bool] = ..., download_url: _Optional[str] = ...) -> None: ...

class HeaderField(_message.Message):
    __slots__ = ("name", "value")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: str
    def __init__(self, name: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...

class Message(_message.Message):
    __slots__ = ("id", "inbox_id", "thread_id", "direction", "sender", "to", "cc", "bcc", "reply_to", "subject", "snippet", "text_body", "html_body", "extracted_text", "body_truncated", "rfc822_message_id", "in_reply_to", "references", "attachments", "labels", "metadata", "size_bytes", "sha256", "recipients", "create_time", "date", "headers", "envelope_sender", "envelope_recipient", "tag", "automated", "duplicate_of", "defects", "stream", "guarantee", "kind", "quarantine", "authentication", "extraction", "codes", "links", "mailing_list", "calendar_events", "upstream_spam", "display_html", "blocked_remote_count", "redacted", "legal_hold", "tracking")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    CC_FIELD_NUMBER: _ClassVar[int]
    BCC_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    SNIPPET_FIELD_NUMBER: _ClassVar[int]
    TEXT_BODY_FIELD_NUMBER: _ClassVar[int]
    HTML_BODY_FIELD_NUMBER: _ClassVar[int]
    EXTRACTED_TEXT_FIELD_NUMBER: _ClassVar[int]
    BODY_TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    RFC822_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    IN_REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    REFERENCES_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    ENVELOPE_SENDER_FIELD_NUMBER: _ClassVar[int]
    ENVELOPE_RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    TAG_FIELD_NUMBER: _ClassVar[int]
    AUTOMATED_FIELD_NUMBER: _ClassVar[int]
    DUPLICATE_OF_FIELD_NUMBER: _ClassVar[int]
    DEFECTS_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    GUARANTEE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    QUARANTINE_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_FIELD_NUMBER: _ClassVar[int]
    EXTRACTION_FIELD_NUMBER: _ClassVar[int]
    CODES_FIELD_NUMBER: _ClassVar[int]
    LINKS_FIELD_NUMBER: _ClassVar[int]
    MAILING_LIST_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_EVENTS_FIELD_NUMBER: _ClassVar[int]
    UPSTREAM_SPAM_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_HTML_FIELD_NUMBER: _ClassVar[int]
    BLOCKED_REMOTE_COUNT_FIELD_NUMBER: _ClassVar[int]
    REDACTED_FIELD_NUMBER: _ClassVar[int]
    LEGAL_HOLD_FIELD_NUMBER: _ClassVar[int]
    TRACKING_FIELD_NUMBER: _ClassVar[int]
    id: str
    inbox_id: str
    thread_id: str
    direction: Direction
    sender: Mailbox
    to: _containers.RepeatedCompositeFieldContainer[Mailbox]
    cc: _containers.RepeatedCompositeFieldContainer[Mailbox]
    bcc: _containers.RepeatedCompositeFieldContainer[Mailbox]
    reply_to: _containers.RepeatedCompositeFieldContainer[Mailbox]
    subject: str
    snippet: str
    text_body: str
    html_body: str
    extracted_text: str
    body_truncated: bool
    rfc822_message_id: str
    in_reply_to: str
    references: _containers.RepeatedScalarFieldContainer[str]
    attachments: _containers.RepeatedCompositeFieldContainer[Attachment]
    labels: _containers.RepeatedScalarFieldContainer[str]
    metadata: _containers.ScalarMap[str, str]
    size_bytes: int
    sha256: str
    recipients: _containers.RepeatedCompositeFieldContainer[RecipientStatus]
    create_time: _timestamp_pb2.Timestamp
    date: _timestamp_pb2.Timestamp
    headers: _containers.RepeatedCompositeFieldContainer[HeaderField]
    envelope_sender: str
    envelope_recipient: str
    tag: str
    automated: bool
    duplicate_of: str
    defects: _containers.RepeatedScalarFieldContainer[str]
    stream: MessageStream
    guarantee: DeliveryGuarantee
    kind: MessageKind
    quarantine: Quarantine
    authentication: Authentication
    extraction: Extraction
    codes: _containers.RepeatedCompositeFieldContainer[Code]
    links: _containers.RepeatedCompositeFieldContainer[Link]
    mailing_list: MailingList
    calendar_events: _containers.RepeatedCompositeFieldContainer[CalendarEvent]
    upstream_spam: UpstreamSpam
    display_html: str
    blocked_remote_count: int
    redacted: bool
    legal_hold: bool
    tracking: Tracking
    def __init__(self, id: _Optional[str] = ..., inbox_id: _Optional[str] = ..., thread_id: _Optional[str] = ..., direction: _Optional[_Union[Direction, str]] = ..., sender: _Optional[_Union[Mailbox, _Mapping]] = ..., to: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., cc: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., bcc: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., reply_to: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., subject: _Optional[str] = ..., snippet: _Optional[str] = ..., text_body: _Optional[str] = ..., html_body: _Optional[str] = ..., extracted_text: _Optional[str] = ..., body_truncated: _Optional[bool] = ..., rfc822_message_id: _Optional[str] = ..., in_reply_to: _Optional[str] = ..., references: _Optional[_Iterable[str]] = ..., attachments: _Optional[_Iterable[_Union[Attachment, _Mapping]]] = ..., labels: _Optional[_Iterable[str]] = ..., metadata: _Optional[_Mapping[str, str]] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ..., recipients: _Optional[_Iterable[_Union[RecipientStatus, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., date: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., headers: _Optional[_Iterable[_Union[HeaderField, _Mapping]]] = ..., envelope_sender: _Optional[str] = ..., envelope_recipient: _Optional[str] = ..., tag: _Optional[str] = ..., automated: _Optional[bool] = ..., duplicate_of: _Optional[str] = ..., defects: _Optional[_Iterable[str]] = ..., stream: _Optional[_Union[MessageStream, str]] = ..., guarantee: _Optional[_Union[DeliveryGuarantee, str]] = ..., kind: _Optional[_Union[MessageKind, str]] = ..., quarantine: _Optional[_Union[Quarantine, _Mapping]] = ..., authentication: _Optional[_Union[Authentication, _Mapping]] = ..., extraction: _Optional[_Union[Extraction, _Mapping]] = ..., codes: _Optional[_Iterable[_Union[Code, _Mapping]]] = ..., links: _Optional[_Iterable[_Union[Link, _Mapping]]] = ..., mailing_list: _Optional[_Union[MailingList, _Mapping]] = ..., calendar_events: _Optional[_Iterable[_Union[CalendarEvent, _Mapping]]] = ..., upstream_spam: _Optional[_Union[UpstreamSpam, _Mapping]] = ..., display_html: _Optional[str] = ..., blocked_remote_count: _Optional[int] = ..., redacted: _Optional[bool] = ..., legal_hold: _Optional[bool] = ..., tracking: _Optional[_Union[Tracking, _Mapping]] = ...) -> None: ...

class OutgoingContent(_message.Message):
    __slots__ = ("subject", "text_body", "html_body", "attachments", "headers", "labels", "metadata")
    class HeadersEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    TEXT_BODY_FIELD_NUMBER: _ClassVar[int]
    HTML_BODY_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENTS_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    subject: str
    text_body: str
    html_body: str
    attachments: _containers.RepeatedCompositeFieldContainer[OutgoingAttachment]
    headers: _containers.ScalarMap[str, str]
    labels: _containers.RepeatedScalarFieldContainer[str]
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, subject: _Optional[str] = ..., text_body: _Optional[str] = ..., html_body: _Optional[str] = ..., attachments: _Optional[_Iterable[_Union[OutgoingAttachment, _Mapping]]] = ..., headers: _Optional[_Mapping[str, str]] = ..., labels: _Optional[_Iterable[str]] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class OutgoingAttachment(_message.Message):
    __slots__ = ("filename", "content_type", "content_id", "data", "upload_id")
    FILENAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_ID_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    filename: str
    content_type: str
    content_id: str
    data: bytes
    upload_id: str
    def __init__(self, filename: _Optional[str] = ..., content_type: _Optional[str] = ..., content_id: _Optional[str] = ..., data: _Optional[bytes] = ..., upload_id: _Optional[str] = ...) -> None: ...

class Extraction(_message.Message):
    __slots__ = ("html", "quoted_text", "signature", "method", "confidence")
    HTML_FIELD_NUMBER: _ClassVar[int]
    QUOTED_TEXT_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    html: str
    quoted_text: str
    signature: str
    method: str
    confidence: float
    def __init__(self, html: _Optional[str] = ..., quoted_text: _Optional[str] = ..., signature: _Optional[str] = ..., method: _Optional[str] = ..., confidence: _Optional[float] = ...) -> None: ...

class Authentication(_message.Message):
    __slots__ = ("spf", "spf_domain", "dkim", "dmarc", "dmarc_domain", "dmarc_policy", "arc", "aligned")
    class Dkim(_message.Message):
        __slots__ = ("result", "domain", "selector", "algorithm", "reason")
        RESULT_FIELD_NUMBER: _ClassVar[int]
        DOMAIN_FIELD_NUMBER: _ClassVar[int]
        SELECTOR_FIELD_NUMBER: _ClassVar[int]
        ALGORITHM_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        result: str
        domain: str
        selector: str
        algorithm: str
        reason: str
        def __init__(self, result: _Optional[str] = ..., domain: _Optional[str] = ..., selector: _Optional[str] = ..., algorithm: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...
    SPF_FIELD_NUMBER: _ClassVar[int]
    SPF_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    DKIM_FIELD_NUMBER: _ClassVar[int]
    DMARC_FIELD_NUMBER: _ClassVar[int]
    DMARC_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    DMARC_POLICY_FIELD_NUMBER: _ClassVar[int]
    ARC_FIELD_NUMBER: _ClassVar[int]
    ALIGNED_FIELD_NUMBER: _ClassVar[int]
    spf: str
    spf_domain: str
    dkim: _containers.RepeatedCompositeFieldContainer[Authentication.Dkim]
    dmarc: str
    dmarc_domain: str
    dmarc_policy: str
    arc: str
    aligned: bool
    def __init__(self, spf: _Optional[str] = ..., spf_domain: _Optional[str] = ..., dkim: _Optional[_Iterable[_Union[Authentication.Dkim, _Mapping]]] = ..., dmarc: _Optional[str] = ..., dmarc_domain: _Optional[str] = ..., dmarc_policy: _Optional[str] = ..., arc: _Optional[str] = ..., aligned: _Optional[bool] = ...) -> None: ...

class Quarantine(_message.Message):
    __slots__ = ("reason", "explanation", "release_time", "released_by")
    REASON_FIELD_NUMBER: _ClassVar[int]
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    RELEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    RELEASED_BY_FIELD_NUMBER: _ClassVar[int]
    reason: str
    explanation: str
    release_time: _timestamp_pb2.Timestamp
    released_by: str
    def __init__(self, reason: _Optional[str] = ..., explanation: _Optional[str] = ..., release_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., released_by: _Optional[str] = ...) -> None: ...

class Code(_message.Message):
    __slots__ = ("value", "context", "confidence")
    VALUE_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    value: str
    context: str
    confidence: float
    def __init__(self, value: _Optional[str] = ..., context: _Optional[str] = ..., confidence: _Optional[float] = ...) -> None: ...

class Link(_message.Message):
    __slots__ = ("text", "url", "position", "source", "unsubscribe")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    text: str
    url: str
    position: int
    source: str
    unsubscribe: bool
    def __init__(self, text: _Optional[str] = ..., url: _Optional[str] = ..., position: _Optional[int] = ..., source: _Optional[str] = ..., unsubscribe: _Optional[bool] = ...) -> None: ...

class MailingList(_message.Message):
    __slots__ = ("id", "name", "unsubscribe_urls", "one_click", "post_url", "archive_url", "help_url", "owner_url", "subscribe_url")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_URLS_FIELD_NUMBER: _ClassVar[int]
    ONE_CLICK_FIELD_NUMBER: _ClassVar[int]
    POST_URL_FIELD_NUMBER: _ClassVar[int]
    ARCHIVE_URL_FIELD_NUMBER: _ClassVar[int]
    HELP_URL_FIELD_NUMBER: _ClassVar[int]
    OWNER_URL_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_URL_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    unsubscribe_urls: _containers.RepeatedScalarFieldContainer[str]
    one_click: bool
    post_url: str
    archive_url: str
    help_url: str
    owner_url: str
    subscribe_url: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., unsubscribe_urls: _Optional[_Iterable[str]] = ..., one_click: _Optional[bool] = ..., post_url: _Optional[str] = ..., archive_url: _Optional[str] = ..., help_url: _Optional[str] = ..., owner_url: _Optional[str] = ..., subscribe_url: _Optional[str] = ...) -> None: ...

class CalendarEvent(_message.Message):
    __slots__ = ("method", "uid", "summary", "description", "location", "start_time", "end_time", "all_day", "time_zone", "recurrence", "organizer", "attendees", "sequence", "status", "uncertain_time")
    class Attendee(_message.Message):
        __slots__ = ("mailbox", "status", "role")
        MAILBOX_FIELD_NUMBER: _ClassVar[int]
        STATUS_FIELD_NUMBER: _ClassVar[int]
        ROLE_FIELD_NUMBER: _ClassVar[int]
        mailbox: Mailbox
        status: str
        role: str
        def __init__(self, mailbox: _Optional[_Union[Mailbox, _Mapping]] = ..., status: _Optional[str] = ..., role: _Optional[str] = ...) -> None: ...
    METHOD_FIELD_NUMBER: _ClassVar[int]
    UID_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    ALL_DAY_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    RECURRENCE_FIELD_NUMBER: _ClassVar[int]
    ORGANIZER_FIELD_NUMBER: _ClassVar[int]
    ATTENDEES_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    UNCERTAIN_TIME_FIELD_NUMBER: _ClassVar[int]
    method: str
    uid: str
    summary: str
    description: str
    location: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    all_day: bool
    time_zone: str
    recurrence: str
    organizer: Mailbox
    attendees: _containers.RepeatedCompositeFieldContainer[CalendarEvent.Attendee]
    sequence: int
    status: str
    uncertain_time: bool
    def __init__(self, method: _Optional[str] = ..., uid: _Optional[str] = ..., summary: _Optional[str] = ..., description: _Optional[str] = ..., location: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., all_day: _Optional[bool] = ..., time_zone: _Optional[str] = ..., recurrence: _Optional[str] = ..., organizer: _Optional[_Union[Mailbox, _Mapping]] = ..., attendees: _Optional[_Iterable[_Union[CalendarEvent.Attendee, _Mapping]]] = ..., sequence: _Optional[int] = ..., status: _Optional[str] = ..., uncertain_time: _Optional[bool] = ...) -> None: ...

class UpstreamSpam(_message.Message):
    __slots__ = ("filter", "is_spam", "score", "threshold")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    IS_SPAM_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    filter: str
    is_spam: bool
    score: float
    threshold: float
    def __init__(self, filter: _Optional[str] = ..., is_spam: _Optional[bool] = ..., score: _Optional[float] = ..., threshold: _Optional[float] = ...) -> None: ...

class Tracking(_message.Message):
    __slots__ = ("opens", "clicks", "text_clicks")
    OPENS_FIELD_NUMBER: _ClassVar[int]
    CLICKS_FIELD_NUMBER: _ClassVar[int]
    TEXT_CLICKS_FIELD_NUMBER: _ClassVar[int]
    opens: bool
    clicks: bool
    text_clicks: bool
    def __init__(self, opens: _Optional[bool] = ..., clicks: _Optional[bool] = ..., text_clicks: _Optional[bool] = ...) -> None: ...

class DeliveryOptions(_message.Message):
    __slots__ = ("stream", "guarantee", "send_time", "overflow", "require_tls", "tracking", "one_click_unsubscribe")
    STREAM_FIELD_NUMBER: _ClassVar[int]
    GUARANTEE_FIELD_NUMBER: _ClassVar[int]
    SEND_TIME_FIELD_NUMBER: _ClassVar[int]
    OVERFLOW_FIELD_NUMBER: _ClassVar[int]
    REQUIRE_TLS_FIELD_NUMBER: _ClassVar[int]
    TRACKING_FIELD_NUMBER: _ClassVar[int]
    ONE_CLICK_UNSUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    stream: MessageStream
    guarantee: DeliveryGuarantee
    send_time: _timestamp_pb2.Timestamp
    overflow: LimitOverflow
    require_tls: bool
    tracking: Tracking
    one_click_unsubscribe: bool
    def __init__(self, stream: _Optional[_Union[MessageStream, str]] = ..., guarantee: _Optional[_Union[DeliveryGuarantee, str]] = ..., send_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., overflow: _Optional[_Union[LimitOverflow, str]] = ..., require_tls: _Optional[bool] = ..., tracking: _Optional[_Union[Tracking, _Mapping]] = ..., one_click_unsubscribe: _Optional[bool] = ...) -> None: ...

class SendMessageRequest(_message.Message):
    __slots__ = ("inbox_id", "to", "cc", "bcc", "reply_to", "content", "request_id", "options", "validate_only")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    CC_FIELD_NUMBER: _ClassVar[int]
    BCC_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    to: _containers.RepeatedCompositeFieldContainer[Mailbox]
    cc: _containers.RepeatedCompositeFieldContainer[Mailbox]
    bcc: _containers.RepeatedCompositeFieldContainer[Mailbox]
    reply_to: _containers.RepeatedCompositeFieldContainer[Mailbox]
    content: OutgoingContent
    request_id: str
    options: DeliveryOptions
    validate_only: bool
    def __init__(self, inbox_id: _Optional[str] = ..., to: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., cc: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., bcc: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., reply_to: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., content: _Optional[_Union[OutgoingContent, _Mapping]] = ..., request_id: _Optional[str] = ..., options: _Optional[_Union[DeliveryOptions, _Mapping]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class SendMessageResponse(_message.Message):
    __slots__ = ("message", "replayed", "release_time")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    RELEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    message: Message
    replayed: bool
    release_time: _timestamp_pb2.Timestamp
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ..., replayed: _Optional[bool] = ..., release_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReplyMessageRequest(_message.Message):
    __slots__ = ("message_id", "reply_all", "include_quote", "content", "request_id", "options", "cc", "bcc")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    REPLY_ALL_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_QUOTE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    CC_FIELD_NUMBER: _ClassVar[int]
    BCC_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    reply_all: bool
    include_quote: bool
    content: OutgoingContent
    request_id: str
    options: DeliveryOptions
    cc: _containers.RepeatedCompositeFieldContainer[Mailbox]
    bcc: _containers.RepeatedCompositeFieldContainer[Mailbox]
    def __init__(self, message_id: _Optional[str] = ..., reply_all: _Optional[bool] = ..., include_quote: _Optional[bool] = ..., content: _Optional[_Union[OutgoingContent, _Mapping]] = ..., request_id: _Optional[str] = ..., options: _Optional[_Union[DeliveryOptions, _Mapping]] = ..., cc: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ..., bcc: _Optional[_Iterable[_Union[Mailbox, _Mapping]]] = ...) -> None: ...

class ReplyMessageResponse(_message.Message):
    __slots__ = ("message", "replayed", "release_time")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    RELEASE_TIME_FIELD_NUMBER: _ClassVar[int]
    message: Message
    replayed: bool
    release_time: _timestamp_pb2.Timestamp
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ..., replayed: _Optional[bool] = ..., release_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetMessageRequest(_message.Message):
    __slots__ = ("message_id", "view", "include_display_html", "allow_remote_content")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_DISPLAY_HTML_FIELD_NUMBER: _ClassVar[int]
    ALLOW_REMOTE_CONTENT_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    view: MessageView
    include_display_html: bool
    allow_remote_content: bool
    def __init__(self, message_id: _Optional[str] = ..., view: _Optional[_Union[MessageView, str]] = ..., include_display_html: _Optional[bool] = ..., allow_remote_content: _Optional[bool] = ...) -> None: ...

class GetMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: Message
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...

class MessageFilter(_message.Message):
    __slots__ = ("inbox_id", "thread_id", "direction", "sender_address", "labels", "after_time", "before_time", "rfc822_message_id", "quarantined")
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    THREAD_ID_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    SENDER_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    AFTER_TIME_FIELD_NUMBER: _ClassVar[int]
    BEFORE_TIME_FIELD_NUMBER: _ClassVar[int]
    RFC822_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    QUARANTINED_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    thread_id: str
    direction: Direction
    sender_address: str
    labels: _containers.RepeatedScalarFieldContainer[str]
    after_time: _timestamp_pb2.Timestamp
    before_time: _timestamp_pb2.Timestamp
    rfc822_message_id: str
    quarantined: bool
    def __init__(self, inbox_id: _Optional[str] = ..., thread_id: _Optional[str] = ..., direction: _Optional[_Union[Direction, str]] = ..., sender_address: _Optional[str] = ..., labels: _Optional[_Iterable[str]] = ..., after_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., before_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rfc822_message_id: _Optional[str] = ..., quarantined: _Optional[bool] = ...) -> None: ...

class ListMessagesRequest(_message.Message):
    __slots__ = ("filter", "page_size", "page_token", "oldest_first")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    OLDEST_FIRST_FIELD_NUMBER: _ClassVar[int]
    filter: MessageFilter
    page_size: int
    page_token: str
    oldest_first: bool
    def __init__(self, filter: _Optional[_Union[MessageFilter, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., oldest_first: _Optional[bool] = ...) -> None: ...

class ListMessagesResponse(_message.Message):
    __slots__ = ("messages", "next_page_token")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[Message]
    next_page_token: str
    def __init__(self, messages: _Optional[_Iterable[_Union[Message, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SearchMessagesRequest(_message.Message):
    __slots__ = ("inbox_id", "query", "order", "page_size", "page_token")
    class Order(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ORDER_UNSPECIFIED: _ClassVar[SearchMessagesRequest.Order]
        ORDER_NEWEST_FIRST: _ClassVar[SearchMessagesRequest.Order]
        ORDER_RELEVANCE: _ClassVar[SearchMessagesRequest.Order]
    ORDER_UNSPECIFIED: SearchMessagesRequest.Order
    ORDER_NEWEST_FIRST: SearchMessagesRequest.Order
    ORDER_RELEVANCE: SearchMessagesRequest.Order
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    QUERY_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    query: str
    order: SearchMessagesRequest.Order
    page_size: int
    page_token: str
    def __init__(self, inbox_id: _Optional[str] = ..., query: _Optional[str] = ..., order: _Optional[_Union[SearchMessagesRequest.Order, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class Highlight(_message.Message):
    __slots__ = ("field", "text", "ranges")
    class Range(_message.Message):
        __slots__ = ("start", "end")
        START_FIELD_NUMBER: _ClassVar[int]
        END_FIELD_NUMBER: _ClassVar[int]
        start: int
        end: int
        def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ...) -> None: ...
    FIELD_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    RANGES_FIELD_NUMBER: _ClassVar[int]
    field: str
    text: str
    ranges: _containers.RepeatedCompositeFieldContainer[Highlight.Range]
    def __init__(self, field: _Optional[str] = ..., text: _Optional[str] = ..., ranges: _Optional[_Iterable[_Union[Highlight.Range, _Mapping]]] = ...) -> None: ...

class SearchHit(_message.Message):
    __slots__ = ("message", "highlights", "score")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    HIGHLIGHTS_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    message: Message
    highlights: _containers.RepeatedCompositeFieldContainer[Highlight]
    score: float
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ..., highlights: _Optional[_Iterable[_Union[Highlight, _Mapping]]] = ..., score: _Optional[float] = ...) -> None: ...

class SearchMessagesResponse(_message.Message):
    __slots__ = ("hits", "next_page_token")
    HITS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    hits: _containers.RepeatedCompositeFieldContainer[SearchHit]
    next_page_token: str
    def __init__(self, hits: _Optional[_Iterable[_Union[SearchHit, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class MessageCriterion(_message.Message):
    __slots__ = ("sender_contains", "recipient_contains", "subject_contains", "body_contains", "header", "label")
    class HeaderCriterion(_message.Message):
        __slots__ = ("name", "contains")
        NAME_FIELD_NUMBER: _ClassVar[int]
        CONTAINS_FIELD_NUMBER: _ClassVar[int]
        name: str
        contains: str
        def __init__(self, name: _Optional[str] = ..., contains: _Optional[str] = ...) -> None: ...
    SENDER_CONTAINS_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_CONTAINS_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_CONTAINS_FIELD_NUMBER: _ClassVar[int]
    BODY_CONTAINS_FIELD_NUMBER: _ClassVar[int]
    HEADER_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    sender_contains: str
    recipient_contains: str
    subject_contains: str
    body_contains: str
    header: MessageCriterion.HeaderCriterion
    label: str
    def __init__(self, sender_contains: _Optional[str] = ..., recipient_contains: _Optional[str] = ..., subject_contains: _Optional[str] = ..., body_contains: _Optional[str] = ..., header: _Optional[_Union[MessageCriterion.HeaderCriterion, _Mapping]] = ..., label: _Optional[str] = ...) -> None: ...

class WaitForMessageRequest(_message.Message):
    __slots__ = ("inbox_id", "criteria", "match", "min_count", "after_cursor", "timeout", "view")
    class Match(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MATCH_UNSPECIFIED: _ClassVar[WaitForMessageRequest.Match]
        MATCH_ALL: _ClassVar[WaitForMessageRequest.Match]
        MATCH_ANY: _ClassVar[WaitForMessageRequest.Match]
    MATCH_UNSPECIFIED: WaitForMessageRequest.Match
    MATCH_ALL: WaitForMessageRequest.Match
    MATCH_ANY: WaitForMessageRequest.Match
    INBOX_ID_FIELD_NUMBER: _ClassVar[int]
    CRITERIA_FIELD_NUMBER: _ClassVar[int]
    MATCH_FIELD_NUMBER: _ClassVar[int]
    MIN_COUNT_FIELD_NUMBER: _ClassVar[int]
    AFTER_CURSOR_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    inbox_id: str
    criteria: _containers.RepeatedCompositeFieldContainer[MessageCriterion]
    match: WaitForMessageRequest.Match
    min_count: int
    after_cursor: str
    timeout: _duration_pb2.Duration
    view: MessageView
    def __init__(self, inbox_id: _Optional[str] = ..., criteria: _Optional[_Iterable[_Union[MessageCriterion, _Mapping]]] = ..., match: _Optional[_Union[WaitForMessageRequest.Match, str]] = ..., min_count: _Optional[int] = ..., after_cursor: _Optional[str] = ..., timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., view: _Optional[_Union[MessageView, str]] = ...) -> None: ...

class WaitForMessageResponse(_message.Message):
    __slots__ = ("messages", "timed_out", "cursor")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TIMED_OUT_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[Message]
    timed_out: bool
    cursor: str
    def __init__(self, messages: _Optional[_Iterable[_Union[Message, _Mapping]]] = ..., timed_out: _Optional[bool] = ..., cursor: _Optional[str] = ...) -> None: ...

class UpdateMessageLabelsRequest(_message.Message):
    __slots__ = ("message_id", "add", "remove")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    ADD_FIELD_NUMBER: _ClassVar[int]
    REMOVE_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    add: _containers.RepeatedScalarFieldContainer[str]
    remove: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, message_id: _Optional[str] = ..., add: _Optional[_Iterable[str]] = ..., remove: _Optional[_Iterable[str]] = ...) -> None: ...

class UpdateMessageLabelsResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: Message
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...

class ReleaseMessageRequest(_message.Message):
    __slots__ = ("message_id",)
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    def __init__(self, message_id: _Optional[str] = ...) -> None: ...

class ReleaseMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: Message
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...

class UploadAttachmentRequest(_message.Message):
    __slots__ = ("header", "chunk")
    class Header(_message.Message):
        __slots__ = ("inbox_id", "size_bytes", "sha256")
        INBOX_ID_FIELD_NUMBER: _ClassVar[int]
        SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
        SHA256_FIELD_NUMBER: _ClassVar[int]
        inbox_id: str
        size_bytes: int
        sha256: str
        def __init__(self, inbox_id: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...
    HEADER_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    header: UploadAttachmentRequest.Header
    chunk: bytes
    def __init__(self, header: _Optional[_Union[UploadAttachmentRequest.Header, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class UploadAttachmentResponse(_message.Message):
    __slots__ = ("upload_id", "sha256", "size_bytes", "expire_time")
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    sha256: str
    size_bytes: int
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, upload_id: _Optional[str] = ..., sha256: _Optional[str] = ..., size_bytes: _Optional[int] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DownloadAttachmentRequest(_message.Message):
    __slots__ = ("attachment_id", "offset")
    ATTACHMENT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    attachment_id: str
    offset: int
    def __init__(self, attachment_id: _Optional[str] = ..., offset: _Optional[int] = ...) -> None: ...

class DownloadAttachmentResponse(_message.Message):
    __slots__ = ("attachment", "offset", "chunk")
    ATTACHMENT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    attachment: Attachment
    offset: int
    chunk: bytes
    def __init__(self, attachment: _Optional[_Union[Attachment, _Mapping]] = ..., offset: _Optional[int] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class DownloadRawMessageRequest(_message.Message):
    __slots__ = ("message_id", "offset")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    offset: int
    def __init__(self, message_id: _Optional[str] = ..., offset: _Optional[int] = ...) -> None: ...

class DownloadRawMessageResponse(_message.Message):
    __slots__ = ("size_bytes", "sha256", "offset", "chunk")
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    size_bytes: int
    sha256: str
    offset: int
    chunk: bytes
    def __init__(self, size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ..., offset: _Optional[int] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class RedactMessageRequest(_message.Message):
    __slots__ = ("message_id", "reason")
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    message_id: str
    reason: str
    def __init__(self, message_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class RedactMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: Message
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...

class UpdateMessageLegalHoldsRequest(_message.Message):
    __slots__ = ("message_ids", "legal_hold", "reason")
    MESSAGE_IDS_FIELD_NUMBER: _ClassVar[int]
    LEGAL_HOLD_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    message_ids: _containers.RepeatedScalarFieldContainer[str]
    legal_hold: bool
    reason: str
    def __init__(self, message_ids: _Optional[_Iterable[str]] = ..., legal_hold: _Optional[bool] = ..., reason: _Optional[str] = ...) -> None: ...

class UpdateMessageLegalHoldsResponse(_message.Message):
    __slots__ = ("message_count",)
    MESSAGE_COUNT_FIELD_NUMBER: _ClassVar[int]
    message_count: int
    def __init__(self, message_count: _Optional[int] = ...) -> None: ...
