"""
Makes a checked draft into what is stored of it: the message, its bytes, its parts.

Pure apart from the thread that a large message is composed in.
"""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from mailbot_server.core import limits
from mailbot_server.core.errors import InvalidInput, Violation, one_field
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail import compose, draft
from mailbot_server.core.mail.address import Mailbox, fold, normalise
from mailbot_server.core.mail.draft import Draft
from mailbot_server.core.mail.parse import Part
from mailbot_server.core.message import Addressees, Direction, Message
from mailbot_server.engine import reading

INLINE_BYTES_MAX: Final = 64 * 1024
"""Drafts up to this are composed at once; larger ones in a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """
    A message that only lacks its thread.

    `recipients` are the distinct addresses of To, Cc and Bcc, normalised, in order.
    """

    message: Message
    recipients: tuple[str, ...]
    raw: bytes
    parts: tuple[Part, ...]
    index_text: str


def check(written: Draft) -> list[Violation]:
    """
    What keeps the draft from being sent; empty when nothing does.

    Raises InvalidInput for what has a reason of its own: TOO_MANY_RECIPIENTS and
    MESSAGE_TOO_LARGE.
    """
    count = len(recipients_of(written))
    if count > limits.RECIPIENTS_MAX:
        raise too_many_recipients(count)
    size = draft.composed_size(written)
    if size > limits.MESSAGE_BYTES_MAX:
        raise too_large(size)
    return draft.check(written)


def too_many_recipients(count: int) -> InvalidInput:
    """The error for a message to more people than one may name."""
    words = f"a message may have at most {limits.RECIPIENTS_MAX} recipients"
    error = one_field("to", words, "TOO_MANY_RECIPIENTS")
    error.details |= {"count": str(count), "limit": str(limits.RECIPIENTS_MAX)}
    return error


def too_large(size: int) -> InvalidInput:
    """The error for a message that would be composed larger than any host takes."""
    words = f"the message may have at most {limits.MESSAGE_BYTES_MAX} bytes composed"
    error = one_field("content", words, "MESSAGE_TOO_LARGE")
    error.details |= {"size": str(size), "limit": str(limits.MESSAGE_BYTES_MAX)}
    return error


def recipients_of(written: Draft) -> tuple[str, ...]:
    """Everybody whom it goes to, each once, in the order To, Cc, Bcc."""
    known: dict[str, str] = {}
    for mailbox in (*written.to, *written.cc, *written.bcc):
        known.setdefault(fold(mailbox.address), mailbox.address)
    return tuple(known.values())


async def composed(
    written: Draft, inbox: Inbox, *, message_id: str, now: datetime
) -> Composed:
    """The draft, which has passed `check`, as a message of the inbox."""
    if draft.composed_size(written) <= INLINE_BYTES_MAX:
        return _composed(written, inbox, message_id, now)
    return await asyncio.to_thread(_composed, written, inbox, message_id, now)


def _composed(written: Draft, inbox: Inbox, message_id: str, now: datetime) -> Composed:
    final = _normalised(written)
    rfc822_id = f"{message_id}@{inbox.domain}"
    # The id's random characters cannot be guessed, so no body holds the boundary.
    boundary = message_id.partition("_")[2]
    raw = compose.compose(final, message_id=rfc822_id, date=now, boundary=boundary)
    said = reading.read(raw)
    sha256 = hashlib.sha256(raw).hexdigest()
    message = Message(
        id=message_id,
        account_id=inbox.account_id,
        inbox_id=inbox.id,
        thread_id="",
        direction=Direction.OUTBOUND,
        created_at=now,
        date_at=now.replace(microsecond=0),
        sender=final.sender,
        addressees=Addressees(
            to=final.to, cc=final.cc, bcc=final.bcc, reply_to=final.reply_to
        ),
        subject=final.subject,
        snippet=said.snippet,
        rfc822_message_id=rfc822_id,
        in_reply_to=final.in_reply_to,
        references=final.references,
        size_bytes=len(raw),
        sha256=sha256,
        content_sha256=sha256,
        attachments=reading.attachments(message_id, said.parsed),
    )
    return Composed(
        message=message,
        recipients=recipients_of(final),
        raw=raw,
        parts=said.parsed.parts,
        index_text=said.index_text,
    )


def _normalised(written: Draft) -> Draft:
    return replace(
        written,
        to=_mailboxes(written.to),
        cc=_mailboxes(written.cc),
        bcc=_mailboxes(written.bcc),
        reply_to=_mailboxes(written.reply_to),
    )


def _mailboxes(mailboxes: Iterable[Mailbox]) -> tuple[Mailbox, ...]:
    return tuple(replace(m, address=normalise(m.address) or "") for m in mailboxes)
