"""What a received message says, as far as rows, events and the search index hold it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from mailbot_server.core.event import AttachmentSummary, ContentDetail
from mailbot_server.core.mail import dsn, parse, quote
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.automated import is_automatic_answer
from mailbot_server.core.mail.content import upstream_spam
from mailbot_server.core.mail.feedback import complaint, receipt
from mailbot_server.core.mail.mime.limits import Limits
from mailbot_server.core.mail.parse import Parsed
from mailbot_server.core.message import Kind, Message, attachment_id
from mailbot_server.core.search import document
from mailbot_server.core.search.document import Document

_NOTHING: Final = Document()
SUBJECT_SHOWN: Final = 500
RECIPIENTS_SHOWN: Final = 50
ATTACHMENTS_SHOWN: Final = 50

_HEADER_BYTES_MAX: Final = Limits().header_bytes
_SPLIT_MAX: Final = 200_000
"""Characters of a text in which the new words are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    A message as it was read.

    Not complete: there was no time for more than the header fields; the body is to be
    read later.
    """

    parsed: Parsed
    snippet: str = ""
    """The first words of the new text."""

    index_text: Document = _NOTHING
    is_complete: bool = True
    kind: Kind = Kind.NORMAL
    is_upstream_spam: bool = False
    """A filter that the message came through calls it spam."""


def read(
    raw: bytes,
    *,
    expired: Callable[[], bool] = parse.never,
    is_all_new: bool = False,
) -> Reading:
    """
    Reads the whole message; `expired` as for `parse`.

    `is_all_new` when the caller knows that its text holds neither quote nor signature.
    """
    parsed = parse.parse(raw, expired=expired)
    spam = upstream_spam.read(parsed.headers)
    return of(
        parsed,
        is_all_new=is_all_new,
        kind=kind_of(raw, parsed),
        is_upstream_spam=spam is not None and spam.is_spam,
    )


def kind_of(raw: bytes, parsed: Parsed) -> Kind:
    """What a message is, beside its words."""
    if complaint.may_be(parsed):
        found = complaint.read(raw, parsed)
        if found is not None and found.is_complaint:
            return Kind.COMPLAINT
    if dsn.may_be(parsed) and dsn.read(raw, parsed) is not None:
        return Kind.DELIVERY_REPORT
    if receipt.is_receipt(parsed):
        return Kind.READ_RECEIPT
    if is_automatic_answer(parsed.headers, is_automated=parsed.automated):
        return Kind.AUTO_REPLY
    return Kind.NORMAL


def from_nobody(found: Reading) -> Reading:
    """The same of mail from the null reverse-path: only machines send from there."""
    headers, answered = found.parsed.headers, found.parsed.in_reply_to
    is_answer = answered or is_automatic_answer(headers, is_automated=True)
    if found.kind is not Kind.NORMAL or not is_answer:
        return found
    return replace(found, kind=Kind.AUTO_REPLY)


def of(
    parsed: Parsed,
    *,
    is_all_new: bool = False,
    kind: Kind = Kind.NORMAL,
    is_upstream_spam: bool = False,
) -> Reading:
    """The same of a message that was taken apart already, and is of this kind."""
    text = parsed.body_text
    new = text if is_all_new else quote.split(text[:_SPLIT_MAX]).new
    return Reading(
        parsed=parsed,
        snippet=parse.snippet(new),
        index_text=_document(parsed, text),
        kind=kind,
        is_upstream_spam=is_upstream_spam,
    )


def read_header(raw: bytes) -> Reading:
    """Reads the header fields alone: what threads, duplicates and loops are told by."""
    parsed = parse.parse(raw[: _header_end(raw)])
    bare = replace(parsed, text="", html="", parts=(), defects=())
    return Reading(parsed=bare, index_text=_document(bare, ""), is_complete=False)


def light(found: Reading) -> Reading:
    """The same without texts and header fields, which no row is made of."""
    parsed = replace(found.parsed, headers=(), text="", html="")
    return replace(found, parsed=parsed)


def attachments(message_id: str, parsed: Parsed) -> tuple[AttachmentSummary, ...]:
    """The attachments of a message, in order."""
    return tuple(
        AttachmentSummary(
            id=attachment_id(message_id, part.path),
            filename=part.filename,
            content_type=part.content_type,
            size_bytes=part.size_bytes,
            sha256=part.sha256,
            content_id=part.content_id,
            inline=part.disposition == "inline",
        )
        for part in parsed.attachments
    )


def participants(parsed: Parsed) -> tuple[Mailbox, ...]:
    """Who wrote it and to whom."""
    people = (*parsed.to, *parsed.cc)
    return (parsed.sender, *people) if parsed.sender else people


def detail(
    message: Message, *, recipient_domains: tuple[str, ...] = ()
) -> ContentDetail:
    """What events tell of a message; where it goes, of one that the inbox sent."""
    addressees = message.addressees
    kept_apart = message.quarantine if message.is_quarantined else None
    return ContentDetail(
        sender=message.sender,
        recipients=(*addressees.to, *addressees.cc)[:RECIPIENTS_SHOWN],
        subject=message.subject[:SUBJECT_SHOWN],
        snippet=message.snippet,
        size_bytes=message.size_bytes,
        attachments=message.attachments[:ATTACHMENTS_SHOWN],
        rfc822_message_id=message.rfc822_message_id,
        automated=message.automated,
        duplicate_of=message.duplicate_of,
        tag=message.tag,
        defects=message.defects,
        envelope_recipient=message.envelope_recipient,
        envelope_sender=message.envelope_sender,
        kind=message.kind.value,
        verdicts=message.verdicts,
        quarantine_reason=kept_apart.reason if kept_apart else "",
        labels=message.labels,
        recipient_domains=recipient_domains,
    )


def _document(parsed: Parsed, text: str) -> Document:
    sender = parsed.sender
    return document.write(
        body=text,
        subject=parsed.subject,
        sender=_named(sender) if sender else "",
        recipients=[_named(each) for each in (*parsed.to, *parsed.cc)],
        attachments=[part.filename for part in parsed.attachments],
    )


def _named(mailbox: Mailbox) -> str:
    return f"{mailbox.display_name} {mailbox.address}"


def _header_end(raw: bytes) -> int:
    found = raw.find(b"\r\n\r\n", 0, _HEADER_BYTES_MAX)
    return found + 2 if found >= 0 else _HEADER_BYTES_MAX
