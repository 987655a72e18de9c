"""What the server reads out of a message: its layers, codes, links and dates."""

from dataclasses import dataclass
from datetime import datetime

from mailbot.types.mailbox import Mailbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """How the words of a message were divided; its new text is `extracted_text`."""

    html: str
    quoted_text: str
    signature: str
    method: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A one-time password or another code; `context` are the words around it."""

    value: str
    context: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link; `source` is "html", "text" or "header"."""

    text: str
    url: str
    position: int
    source: str
    unsubscribe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingList:
    """What a mailing list says of itself."""

    id: str
    name: str
    unsubscribe_urls: tuple[str, ...]
    one_click: bool
    post_url: str
    archive_url: str
    help_url: str
    owner_url: str
    subscribe_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody who is invited."""

    mailbox: Mailbox | None
    status: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """An event of a calendar part."""

    method: str
    uid: str
    summary: str
    description: str
    location: str
    start_time: datetime | None
    end_time: datetime | None
    all_day: bool
    time_zone: str
    recurrence: str
    organizer: Mailbox | None
    attendees: tuple[Attendee, ...]
    sequence: int
    status: str
    uncertain_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamSpam:
    """What a filter before the server thought of a message."""

    filter: str
    is_spam: bool
    score: float | None
    threshold: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimResult:
    """One DKIM signature."""

    result: str
    domain: str
    selector: str
    algorithm: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """Who sent a message, as far as that can be proven."""

    spf: str
    spf_domain: str
    dkim: tuple[DkimResult, ...]
    dmarc: str
    dmarc_domain: str
    dmarc_policy: str
    arc: str
    aligned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """Why a message is, or was, not among the others."""

    reason: str
    explanation: str
    release_time: datetime | None
    released_by: str
