"""Messages as the server returns them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.types.content import (
    Authentication,
    CalendarEvent,
    Code,
    Extraction,
    Link,
    MailingList,
    Quarantine,
    UpstreamSpam,
)
from mailbot.types.engagement import Tracking
from mailbot.types.mailbox import Mailbox
from mailbot.v1 import messages_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpReply:
    """What a remote host answered."""

    code: int
    enhanced_code: str
    text: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientStatus:
    """How it stands with one recipient."""

    delivery_id: str
    address: str
    state: str
    attempts: int
    next_attempt_time: datetime | None
    expire_time: datetime | None
    last_reply: SmtpReply | None
    hold_reason: str
    diagnostic: str
    bounce_class: str
    update_time: datetime | None
    opens: int
    clicks: int
    reply_time: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttachment:
    """A part of a stored message that is not its body."""

    id: str
    filename: str
    content_type: str
    size_bytes: int
    sha256: str
    content_id: str
    inline: bool
    download_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """One header field, unfolded and decoded."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A stored message; bodies and headers only in the full view."""

    id: str
    inbox_id: str
    thread_id: str
    direction: str
    sender: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    bcc: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    subject: str
    snippet: str
    text_body: str
    html_body: str
    extracted_text: str
    body_truncated: bool
    rfc822_message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    attachments: tuple[StoredAttachment, ...]
    labels: tuple[str, ...]
    metadata: Mapping[str, str] = field(hash=False)
    size_bytes: int
    sha256: str
    recipients: tuple[RecipientStatus, ...]
    create_time: datetime | None
    date: datetime | None
    headers: tuple[HeaderField, ...]
    envelope_sender: str
    envelope_recipient: str
    tag: str
    automated: bool
    duplicate_of: str
    defects: tuple[str, ...]
    stream: str
    guarantee: str
    tracking: Tracking | None
    kind: str
    quarantine: Quarantine | None
    redacted: bool
    legal_hold: bool
    authentication: Authentication | None
    extraction: Extraction | None
    codes: tuple[Code, ...]
    links: tuple[Link, ...]
    mailing_list: MailingList | None
    calendar_events: tuple[CalendarEvent, ...]
    upstream_spam: UpstreamSpam | None
    display_html: str
    blocked_remote_count: int
    raw: messages_pb2.Message = field(repr=False, compare=False)

    @property
    def code(self) -> str | None:
        """The code that most likely is meant: of equals the first; None without any."""
        best = max(self.codes, key=lambda each: each.confidence, default=None)
        return best.value if best else None

    def link(self, text: str) -> Link:
        """
        The first link whose text or URL contains this, whatever its case.

        LookupError names the links there are.
        """
        wanted = text.casefold()
        for readable in (True, False):
            for each in self.links:
                if wanted in (each.text if readable else each.url).casefold():
                    return each
        there = ", ".join(f"{each.text!r} ({each.url})" for each in self.links)
        raise LookupError(f"no link with {text!r}; there are: {there or 'none'}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A body that waits to be attached; `upload_id` goes into `Attachment`."""

    upload_id: str
    sha256: str
    size_bytes: int
    expire_time: datetime | None
    raw: messages_pb2.UploadAttachmentResponse = field(repr=False, compare=False)
