"""
What the SDK returns: frozen results with the names of the .proto files.

Instants are aware UTC, durations `timedelta`, enumerations words in lower case
("active", "message.received"; a value newer than this SDK is "unknown_<number>", one
that is not set is ""). What a result does not know is "", 0, empty or None, as its
field's comment in `protos/mailbot/v1` says. `raw` is the protobuf it was made from.
"""

from mailbot.types.account import Account, ApiKey, NewApiKey
from mailbot.types.audit import AuditEntry, AuditFault, AuditVerification
from mailbot.types.content import (
    Attendee,
    Authentication,
    CalendarEvent,
    Code,
    DkimResult,
    Extraction,
    Link,
    MailingList,
    Quarantine,
    UpstreamSpam,
)
from mailbot.types.delivery import (
    Delivery,
    DeliveryExplanation,
    DeliveryReason,
    DeliveryScope,
    DeliverySuspension,
    Destination,
    DialogueLine,
    MovedDeliveries,
    Reclassification,
)
from mailbot.types.domain import Domain, DomainKey, DomainRecord
from mailbot.types.engagement import EngagementDetail, Tracking
from mailbot.types.event import (
    AttemptDetail,
    ComplaintDetail,
    ConsumerDetail,
    ContentDetail,
    DomainDetail,
    Event,
    HoldDetail,
    InboxDetail,
    LimitDetail,
    ReclassificationDetail,
    ReputationDetail,
    StreamStarted,
    SuppressionDetail,
    ThreadDetail,
)
from mailbot.types.inbox import (
    Inbox,
    InboxCounts,
    InboxReputation,
    InboxSuspension,
    InboxUsage,
    Retention,
)
from mailbot.types.mailbox import Mailbox
from mailbot.types.message import (
    HeaderField,
    Message,
    RecipientStatus,
    SmtpReply,
    StoredAttachment,
    Upload,
)
from mailbot.types.replay import Replay
from mailbot.types.screening import (
    AddressDecision,
    AddressEntry,
    HeaderCondition,
    Rule,
    RuleActions,
    RuleConditions,
)
from mailbot.types.search import Highlight, HighlightRange, SearchHit
from mailbot.types.subscription import (
    DurableSubscription,
    EventDelivery,
    ParkedDelivery,
)
from mailbot.types.suppression import (
    Suppression,
    SuppressionEntry,
    SuppressionImport,
    SuppressionImportFault,
)
from mailbot.types.thread import (
    Thread,
    ThreadChange,
    ThreadExplanation,
    ThreadMention,
    ThreadSplit,
    ThreadTie,
)
from mailbot.types.usage import (
    Usage,
    UsageCounts,
    UsageOfDomain,
    UsageOfInbox,
    UsagePiece,
    UsageRebuild,
)
from mailbot.types.waiting import Waited
from mailbot.types.webhook import (
    NewWebhook,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookDifference,
)

__all__ = [
    "Account",
    "AddressDecision",
    "AddressEntry",
    "ApiKey",
    "AttemptDetail",
    "Attendee",
    "AuditEntry",
    "AuditFault",
    "AuditVerification",
    "Authentication",
    "CalendarEvent",
    "Code",
    "ComplaintDetail",
    "ConsumerDetail",
    "ContentDetail",
    "Delivery",
    "DeliveryExplanation",
    "DeliveryReason",
    "DeliveryScope",
    "DeliverySuspension",
    "Destination",
    "DialogueLine",
    "DkimResult",
    "Domain",
    "DomainDetail",
    "DomainKey",
    "DomainRecord",
    "DurableSubscription",
    "EngagementDetail",
    "Event",
    "EventDelivery",
    "Extraction",
    "HeaderCondition",
    "HeaderField",
    "Highlight",
    "HighlightRange",
    "HoldDetail",
    "Inbox",
    "InboxCounts",
    "InboxDetail",
    "InboxReputation",
    "InboxSuspension",
    "InboxUsage",
    "LimitDetail",
    "Link",
    "Mailbox",
    "MailingList",
    "Message",
    "MovedDeliveries",
    "NewApiKey",
    "NewWebhook",
    "ParkedDelivery",
    "Quarantine",
    "RecipientStatus",
    "Reclassification",
    "ReclassificationDetail",
    "Replay",
    "ReputationDetail",
    "Retention",
    "Rule",
    "RuleActions",
    "RuleConditions",
    "SearchHit",
    "SmtpReply",
    "StoredAttachment",
    "StreamStarted",
    "Suppression",
    "SuppressionDetail",
    "SuppressionEntry",
    "SuppressionImport",
    "SuppressionImportFault",
    "Thread",
    "ThreadChange",
    "ThreadDetail",
    "ThreadExplanation",
    "ThreadMention",
    "ThreadSplit",
    "ThreadTie",
    "Tracking",
    "Upload",
    "UpstreamSpam",
    "Usage",
    "UsageCounts",
    "UsageOfDomain",
    "UsageOfInbox",
    "UsagePiece",
    "UsageRebuild",
    "Waited",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookDifference",
]
