"""
The mailbot SDK: inboxes, messages, threads, events, suppressions and keys of a server.

    from mailbot import MailBot

    mailbot = MailBot(api_key="mb_...")
    inbox = mailbot.inboxes.create(username="support")
    mailbot.messages.send(inbox_id=inbox.id, to="customer@example.com", text="Hello")
"""

from pkgutil import extend_path

# `mailbot.v1`, the generated code, lives under another source root.
__path__ = extend_path(__path__, __name__)

from mailbot.client import AsyncMailBot, MailBot
from mailbot.cursor import CursorStore, FileCursor, MemoryCursor
from mailbot.drafts import Attachment
from mailbot.errors import (
    AlreadyExistsError,
    AuthError,
    ConflictError,
    CursorError,
    InvalidRequestError,
    MailBotError,
    NotFoundError,
    PermissionDeniedError,
    PreconditionError,
    RateLimitError,
    ServerError,
    UnavailableError,
    Violation,
)
from mailbot.pages import AsyncPages, Page, Pages
from mailbot.retry import Backoff
from mailbot.subscription import AsyncSubscription, Subscription
from mailbot.types import (
    Account,
    ApiKey,
    Delivery,
    DeliveryExplanation,
    DeliveryReason,
    DeliverySuspension,
    Destination,
    DialogueLine,
    Domain,
    DomainKey,
    DomainRecord,
    Event,
    Highlight,
    Inbox,
    Mailbox,
    Message,
    MovedDeliveries,
    NewApiKey,
    Reclassification,
    SearchHit,
    StoredAttachment,
    Suppression,
    SuppressionEntry,
    SuppressionImport,
    Thread,
    ThreadChange,
    ThreadExplanation,
    ThreadMention,
    ThreadSplit,
    ThreadTie,
    Upload,
)

__all__ = [
    "Account",
    "AlreadyExistsError",
    "ApiKey",
    "AsyncMailBot",
    "AsyncPages",
    "AsyncSubscription",
    "Attachment",
    "AuthError",
    "Backoff",
    "ConflictError",
    "CursorError",
    "CursorStore",
    "Delivery",
    "DeliveryExplanation",
    "DeliveryReason",
    "DeliverySuspension",
    "Destination",
    "DialogueLine",
    "Domain",
    "DomainKey",
    "DomainRecord",
    "Event",
    "FileCursor",
    "Highlight",
    "Inbox",
    "InvalidRequestError",
    "MailBot",
    "MailBotError",
    "Mailbox",
    "MemoryCursor",
    "Message",
    "MovedDeliveries",
    "NewApiKey",
    "NotFoundError",
    "Page",
    "Pages",
    "PermissionDeniedError",
    "PreconditionError",
    "RateLimitError",
    "Reclassification",
    "SearchHit",
    "ServerError",
    "StoredAttachment",
    "Subscription",
    "Suppression",
    "SuppressionEntry",
    "SuppressionImport",
    "Thread",
    "ThreadChange",
    "ThreadExplanation",
    "ThreadMention",
    "ThreadSplit",
    "ThreadTie",
    "UnavailableError",
    "Upload",
    "Violation",
]
