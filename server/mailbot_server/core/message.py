"""What we know about a stored message, apart from its raw bytes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from mailbot_server.core.authentication.verdicts import Verdicts
from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.ids import ALPHABET
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.tracking import asked
from mailbot_server.core.tracking.asked import Tracking

_ATTACHMENT: Final = "att_"
_ATTACHMENT_ID: Final = re.compile(
    rf"{_ATTACHMENT}([{ALPHABET}]{{26}})-([1-9][0-9]{{0,5}}(?:-[1-9][0-9]{{0,5}}){{0,99}})"
)


class Direction(StrEnum):
    """Which way a message went."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Stream(StrEnum):
    """Which kind of traffic a message is; transactional goes first."""

    TRANSACTIONAL = "transactional"
    BULK = "bulk"


class Guarantee(StrEnum):
    """What to do about a delivery whose connection was lost after the final dot."""

    AT_LEAST_ONCE = "at_least_once"
    AT_MOST_ONCE = "at_most_once"


class Overflow(StrEnum):
    """What to do with a message that would pass a send limit."""

    REJECT = "reject"
    QUEUE = "queue"
    HOLD = "hold"


class Via(StrEnum):
    """How an outbound message was handed in."""

    API = "api"
    SMTP = "smtp"


class MessageView(StrEnum):
    """How much of its message an event carries."""

    NONE = ""
    METADATA = "metadata"
    FULL = "full"


class ParseState(StrEnum):
    """How far a received message has been read."""

    ACCEPTED = "accepted"
    PARSED = "parsed"
    FAILED = "failed"


class Kind(StrEnum):
    """What a message is, beside its words."""

    NORMAL = "normal"
    DELIVERY_REPORT = "delivery_report"
    COMPLAINT = "complaint"
    READ_RECEIPT = "read_receipt"
    AUTO_REPLY = "auto_reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """
    Why a message is, or was, kept apart: a word for programs and words for people.

    While it is, it has no thread, is not indexed, not counted and not in lists.
    """

    reason: str
    explanation: str = ""
    released_at: datetime | None = None
    released_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """The address fields of a message, in the order of the header."""

    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """
    A stored message; bodies and header fields are read from its raw bytes.

    Ids (`rfc822_message_id`, `in_reply_to`, `references`) are without <>, references
    oldest first. `content_sha256` is of what the sender gave, before our trace fields.
    `thread_id` is the thread that it was given; a merge does not change it. What ties
    it to others beside these ids is in `more_ties` (see `core/thread.py`).
    `dsn_return` is "full", "hdrs" or "", `dsn_envelope_id` the decoded ENVID, as the
    submitter asked (RFC 3461 4.3, 4.4).
    """

    id: str
    account_id: str
    inbox_id: str
    thread_id: str
    direction: Direction
    created_at: datetime
    date_at: datetime | None = None
    sender: Mailbox | None = None
    addressees: Addressees = Addressees()
    subject: str = ""
    snippet: str = ""
    rfc822_message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    more_ties: tuple[str, ...] = ()
    size_bytes: int = 0
    sha256: str = ""
    content_sha256: str = ""
    attachments: tuple[AttachmentSummary, ...] = ()
    labels: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    envelope_sender: str = ""
    envelope_recipient: str = ""
    tag: str = ""
    automated: bool = False
    duplicate_of: str = ""
    defects: tuple[str, ...] = ()
    stream: Stream = Stream.TRANSACTIONAL
    guarantee: Guarantee = Guarantee.AT_LEAST_ONCE
    via: Via = Via.API
    dsn_return: str = ""
    dsn_envelope_id: str = ""
    tracking: Tracking = asked.NOTHING
    one_click_unsubscribe: bool = False
    parse_state: ParseState = ParseState.PARSED
    kind: Kind = Kind.NORMAL
    verdicts: Verdicts | None = None
    quarantine: Quarantine | None = None
    legal_hold: bool = False
    is_redacted: bool = False

    @property
    def is_quarantined(self) -> bool:
        """Whether it is kept apart now."""
        return self.quarantine is not None and self.quarantine.released_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFilter:
    """Which messages; `visible_inbox_ids` restricts a key, None sees all."""

    inbox_id: str = ""
    thread_id: str = ""
    direction: Direction | None = None
    sender_address: str = ""
    labels: tuple[str, ...] = ()
    after: datetime | None = None
    before: datetime | None = None
    rfc822_message_id: str = ""
    is_quarantined: bool = False
    visible_inbox_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """
    A conversation inside one inbox; of merged threads, the survivor.

    `participants` are in order of appearance, without the inbox itself, at most 50.
    """

    id: str
    account_id: str
    inbox_id: str
    subject: str
    created_at: datetime
    last_message_at: datetime
    inbound_count: int = 0
    outbound_count: int = 0
    participants: tuple[Mailbox, ...] = ()
    last_inbound_at: datetime | None = None
    last_outbound_at: datetime | None = None
    snippet: str = ""
    is_unreplied: bool = False
    merged_thread_ids: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadFilter:
    """Which threads; `visible_inbox_ids` restricts a key, None sees all."""

    inbox_id: str = ""
    after: datetime | None = None
    before: datetime | None = None
    unreplied: bool = False
    labels: tuple[str, ...] = ()
    participant_address: str = ""
    visible_inbox_ids: tuple[str, ...] | None = None


def attachment_id(message_id: str, path: str) -> str:
    """`att_<26 characters of the message>-<path with - for .>`; `path` as "2.1"."""
    return f"{_ATTACHMENT}{message_id.partition('_')[2]}-{path.replace('.', '-')}"


def read_attachment_id(text: str) -> tuple[str, str] | None:
    """The message id and the path that an attachment id names, None if it is none."""
    match = _ATTACHMENT_ID.fullmatch(text)
    if match is None:
        return None
    return f"msg_{match[1]}", match[2].replace("-", ".")
