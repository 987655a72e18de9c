"""
A message that has come in, and what each inbox is to keep of it: all but its thread.

It is made before the operation that writes it, and travels there as plain values: who
writes does so for all, and has nothing to work out that somebody else could.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from mailbot_server.core import thread
from mailbot_server.core.authentication import results
from mailbot_server.core.authentication.verdicts import Verdicts
from mailbot_server.core.facts import messages, travelling
from mailbot_server.core.facts.travelling import Travelling
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail import trace
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.envelope import Envelope
from mailbot_server.core.mail.parse import Parsed, Part
from mailbot_server.core.message import (
    Addressees,
    Direction,
    Message,
    ParseState,
    Quarantine,
)
from mailbot_server.core.search.document import Document
from mailbot_server.engine import reading
from mailbot_server.engine.reading import Reading

_STATES: Final = {True: ParseState.PARSED, False: ParseState.ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One accepted recipient: the inbox, the address as it was given, and its tag."""

    inbox: Inbox
    address: str
    tag: str = ""
    delivery_id: str = ""
    """The address is this delivery's reverse-path, and takes only what comes back."""

    labels: tuple[str, ...] = ()
    """What rules give the message."""

    quarantine: Quarantine | None = None
    """Why the message is kept apart; None: it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """
    A message that has come in whole.

    `raw` has CRLF line ends and no trace fields of ours; `content_sha256` is of it, in
    hex. `by` is our name in the Received field; empty: the recipient's domain.
    """

    envelope: Envelope
    raw: bytes
    content_sha256: str
    reading: Reading
    received_at: datetime
    by: str = ""
    verdicts: Verdicts | None = None
    """Who sent it, as far as that is proven; None: nobody looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Travelling):
    """What came in, in the parts that all who get it share."""

    raw: bytes
    parts: tuple[Part, ...]
    index_text: Document
    ties: tuple[str, ...]
    """As `core.thread.ties` has them."""

    people: tuple[Mailbox, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy(Travelling):
    """The message of one inbox, without thread; the address is the inbox's own."""

    message: Message
    fields: bytes
    """Its trace fields, which stand before what came in."""

    own_address: str


travelling.let(
    Content,
    parts=messages.PARTS,
    index_text=messages.DOCUMENT,
    people=messages.MAILBOXES,
)
travelling.let(Copy, message=messages.MESSAGE)


def content(incoming: Incoming) -> Content:
    """What the copies of all recipients share."""
    parsed = incoming.reading.parsed
    return Content(
        raw=incoming.raw,
        parts=parsed.parts,
        index_text=incoming.reading.index_text,
        ties=ties(parsed),
        people=reading.participants(parsed),
        is_complete=incoming.reading.is_complete,
    )


def copy(
    incoming: Incoming, recipient: Recipient, message_id: str, now: datetime
) -> Copy:
    """What the inbox of a recipient keeps, accepted at that instant."""
    fields = _trace(incoming, recipient, message_id)
    return Copy(
        message=_message(incoming, recipient, message_id, fields, now),
        fields=fields,
        own_address=recipient.inbox.address,
    )


def ties(parsed: Parsed) -> tuple[str, ...]:
    """What the message names, the nearest first."""
    named = (parsed.message_id, parsed.in_reply_to, parsed.references)
    return tuple(thread.ties(*named, parsed.thread_index))


def as_read(message_id: str, found: Reading) -> dict[str, Any]:
    """The fields of a message that reading it gives."""
    parsed = found.parsed
    return {
        "date_at": parsed.date,
        "sender": parsed.sender,
        "addressees": Addressees(
            to=parsed.to, cc=parsed.cc, bcc=parsed.bcc, reply_to=parsed.reply_to
        ),
        "subject": parsed.subject,
        "snippet": found.snippet,
        "rfc822_message_id": parsed.message_id,
        "in_reply_to": parsed.in_reply_to[0] if parsed.in_reply_to else "",
        "references": parsed.references,
        "attachments": reading.attachments(message_id, parsed),
        "automated": parsed.automated,
        "defects": parsed.defects,
        "kind": found.kind,
        "parse_state": _STATES[found.is_complete],
    }


def _trace(incoming: Incoming, recipient: Recipient, message_id: str) -> bytes:
    envelope = incoming.envelope
    is_only_one = len(envelope.forward_paths) == 1
    by = incoming.by or recipient.inbox.domain
    written = trace.trace_fields(
        envelope,
        by=by,
        message_id=message_id,
        at=incoming.received_at,
        recipient=recipient.address if is_only_one else "",
    )
    if incoming.verdicts is None:
        return written
    # The first line stays the first (RFC 5321 4.4); what was found comes before how it
    # came (RFC 8601 4).
    first, end, rest = written.partition(b"\r\n")
    return first + end + results.write(incoming.verdicts, by) + rest


def _message(
    incoming: Incoming,
    recipient: Recipient,
    message_id: str,
    fields: bytes,
    now: datetime,
) -> Message:
    envelope = incoming.envelope
    found = as_read(message_id, incoming.reading)
    # Only a machine sends from the null reverse-path (RFC 5321 4.5.5).
    found["automated"] |= envelope.reverse_path is None
    digest = hashlib.sha256(fields)
    digest.update(incoming.raw)
    return Message(
        id=message_id,
        account_id=recipient.inbox.account_id,
        inbox_id=recipient.inbox.id,
        thread_id="",
        direction=Direction.INBOUND,
        created_at=now,
        size_bytes=len(fields) + len(incoming.raw),
        sha256=digest.hexdigest(),
        content_sha256=incoming.content_sha256,
        envelope_sender=envelope.reverse_path or "",
        envelope_recipient=recipient.address,
        tag=recipient.tag,
        labels=recipient.labels,
        quarantine=recipient.quarantine,
        verdicts=incoming.verdicts,
        more_ties=_more_ties(incoming.reading.parsed),
        **found,
    )


def _more_ties(parsed: Parsed) -> tuple[str, ...]:
    named = (parsed.message_id, parsed.in_reply_to, parsed.references)
    return thread.more_ties(*named, parsed.thread_index)
