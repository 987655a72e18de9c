"""
The tables, as peewee knows them; private to the store.

Migrations create the tables; these models say their columns to queries that are put
together at run time (lists with filters). A test holds both against each other. Hot
statements are plain SQL beside the noun that they are about.
"""

import peewee

from mailbot_server.store.schema.consumers import (
    Handout,
    Replay,
    Subscription,
    Webhook,
    WebhookAttempt,
)
from mailbot_server.store.schema.conversations import (
    Thread,
    ThreadApart,
    ThreadChange,
    ThreadLabel,
    ThreadParticipant,
    ThreadTie,
)
from mailbot_server.store.schema.domains import (
    Domain,
    DomainKey,
)
from mailbot_server.store.schema.engagement import (
    Engagement,
    TrackedMessage,
)
from mailbot_server.store.schema.events import (
    Event,
    EventHead,
)
from mailbot_server.store.schema.inboxes import (
    AddressEntry,
    Inbox,
    InboxCount,
    InboxHour,
    InboxLabel,
    InboxWarning,
    Rule,
)
from mailbot_server.store.schema.messages import (
    Message,
    MessageLabel,
    Part,
    Raw,
    Upload,
)
from mailbot_server.store.schema.operation import (
    AuditEntry,
    AuditHead,
    Leader,
)
from mailbot_server.store.schema.sending import (
    Delivery,
    DeliverySuspension,
    SiteLimit,
    Suppression,
    TlsFault,
    TlsPolicy,
)
from mailbot_server.store.schema.tenants import (
    Account,
    ApiKey,
    Node,
    Request,
    SendWindow,
    Setting,
)
from mailbot_server.store.schema.usage import (
    Recount,
    RecountBounce,
    RecountHour,
    UsageBounce,
    UsageHour,
)

__all__ = [
    "MODELS",
    "Account",
    "AddressEntry",
    "ApiKey",
    "AuditEntry",
    "AuditHead",
    "Delivery",
    "DeliverySuspension",
    "Domain",
    "DomainKey",
    "Engagement",
    "Event",
    "EventHead",
    "Handout",
    "Inbox",
    "InboxCount",
    "InboxHour",
    "InboxLabel",
    "InboxWarning",
    "Leader",
    "Message",
    "MessageLabel",
    "Node",
    "Part",
    "Raw",
    "Recount",
    "RecountBounce",
    "RecountHour",
    "Replay",
    "Request",
    "Rule",
    "SendWindow",
    "Setting",
    "SiteLimit",
    "Subscription",
    "Suppression",
    "Thread",
    "ThreadApart",
    "ThreadChange",
    "ThreadLabel",
    "ThreadParticipant",
    "ThreadTie",
    "TlsFault",
    "TlsPolicy",
    "TrackedMessage",
    "Upload",
    "UsageBounce",
    "UsageHour",
    "Webhook",
    "WebhookAttempt",
]

MODELS: tuple[type[peewee.Model], ...] = (
    Subscription,
    Handout,
    Webhook,
    WebhookAttempt,
    Replay,
    TrackedMessage,
    Engagement,
    UsageHour,
    UsageBounce,
    RecountHour,
    RecountBounce,
    Recount,
    AuditHead,
    AuditEntry,
    Leader,
    *(Setting, Node, Account, ApiKey, Request, SendWindow, Inbox, InboxLabel),
    *(InboxCount, Thread, ThreadTie, Message, Raw, Part, Upload, Delivery),
    *(EventHead, Event, Suppression, Domain, DomainKey, DeliverySuspension, SiteLimit),
    *(TlsPolicy, TlsFault, InboxHour, InboxWarning, AddressEntry, Rule),
    *(ThreadLabel, ThreadParticipant, ThreadChange, ThreadApart, MessageLabel),
)
