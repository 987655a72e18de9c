"""
Makes one message durable; after it returns we owe the sender nothing but delivery.

Mail comes here from the SMTP port and, for recipients of our own, from the queue. One
operation for each account that is addressed writes the bytes, the message, its parts,
its place in a thread, the index and the events.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from mailbot_server.core import policy, thread
from mailbot_server.core.authentication import results
from mailbot_server.core.authentication.verdicts import Verdicts
from mailbot_server.core.event import EventType
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail import trace
from mailbot_server.core.mail.envelope import Envelope
from mailbot_server.core.mail.parse import Parsed
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import (
    Addressees,
    Direction,
    Message,
    ParseState,
    Quarantine,
)
from mailbot_server.engine import arrival, quarantine, reading
from mailbot_server.engine.reading import Reading
from mailbot_server.store import inboxes, messages
from mailbot_server.store.database import Database, Transaction

UNPARSED: Final = "unparsed"
"""The topic of messages that are accepted and still to be read."""

OPERATION_BYTES_MAX: Final = 32 * 1024 * 1024
"""What one operation writes of a message to many: others wait for its commit."""

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
class _Target:
    """What the operation is told of a recipient: it reads the inbox by itself."""

    account_id: str
    inbox_id: str
    inbox_address: str
    domain: str
    address: str
    tag: str
    labels: tuple[str, ...]
    quarantine: Quarantine | None


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
class Acceptance:
    """
    What became of the message for one recipient.

    `refusal` is set, and the id empty, when the inbox stopped receiving in between.
    """

    message_id: str
    refusal: Reply | None = None


class AcceptedBefore(Exception):
    """Another operation was faster with the same source delivery; undo this one."""


async def accept(
    db: Database,
    incoming: Incoming,
    recipients: Sequence[Recipient],
    *,
    source_delivery_id: str = "",
) -> list[Acceptance]:
    """
    Stores the message for each recipient; in their order, once all are durable.

    With a source delivery, which has one recipient, a second call gives what the first
    one stored. Raises Unavailable; some accounts may have the message then, and when
    it comes again their copy is flagged as a duplicate.
    """
    results: dict[int, Acceptance] = {}
    light = replace(incoming, reading=reading.light(incoming.reading))
    for places in _operations(recipients, len(incoming.raw)):
        chosen = [_target(recipients[place]) for place in places]
        try:
            accepted = await db.write(_accept, light, chosen, source_delivery_id)
        except AcceptedBefore:
            accepted = await db.read(_accepted_before, source_delivery_id)
        results |= zip(places, accepted, strict=True)
    return [results[place] for place in range(len(recipients))]


def accept_within(
    tx: Transaction, incoming: Incoming, recipient: Recipient
) -> Acceptance:
    """Stores the message for one recipient as part of an operation of its account."""
    [acceptance] = _accept(tx, incoming, [_target(recipient)], "")
    return acceptance


async def complete(db: Database, message: Message, found: Reading) -> bool:
    """
    Writes down what reading an accepted message, with its trace fields, gave.

    An incomplete reading is final now: the message is marked as one that cannot be
    read, and announced. False when somebody else was faster, and nothing was written.
    """
    return await db.write(_complete, message, reading.light(found))


def _operations(recipients: Sequence[Recipient], octets: int) -> Iterator[list[int]]:
    """Places in `recipients`, by account, for one operation after the other."""
    accounts: dict[str, list[int]] = {}
    for place, recipient in enumerate(recipients):
        accounts.setdefault(recipient.inbox.account_id, []).append(place)
    room = max(OPERATION_BYTES_MAX // max(octets, 1), 1)
    for places in accounts.values():
        # In one order everywhere, so that operations never wait for each other.
        places.sort(key=lambda place: recipients[place].inbox.id)
        for start in range(0, len(places), room):
            yield places[start : start + room]


def _target(recipient: Recipient) -> _Target:
    inbox = recipient.inbox
    return _Target(
        account_id=inbox.account_id,
        inbox_id=inbox.id,
        inbox_address=inbox.address,
        domain=inbox.domain,
        address=recipient.address,
        tag=recipient.tag,
        labels=recipient.labels,
        quarantine=recipient.quarantine,
    )


def _accept(
    tx: Transaction,
    incoming: Incoming,
    recipients: Sequence[_Target],
    source_delivery_id: str,
) -> list[Acceptance]:
    if source_delivery_id:
        known = _accepted_before(tx, source_delivery_id)
        if known:
            return known
    if not incoming.reading.is_complete:
        tx.touch(UNPARSED)
    return [_add(tx, incoming, each, source_delivery_id) for each in recipients]


def _accepted_before(tx: Transaction, source_delivery_id: str) -> list[Acceptance]:
    known = messages.accepted_as(tx, source_delivery_id)
    return [Acceptance(message_id=known)] if known else []


def _add(
    tx: Transaction, incoming: Incoming, recipient: _Target, source_delivery_id: str
) -> Acceptance:
    inbox = inboxes.get(tx, recipient.account_id, recipient.inbox_id)
    refusal = policy.may_receive(inbox)
    if refusal:
        return Acceptance(message_id="", refusal=refusal)
    parsed = incoming.reading.parsed
    attached = None
    if recipient.quarantine is None:
        attached = arrival.attach(tx, recipient.inbox_id, parsed)
    message_id = tx.new_id("msg")
    fields = _trace(incoming, recipient, message_id)
    raw = fields + incoming.raw
    thread_id = attached.thread_id if attached else ""
    message = _message(tx, incoming, recipient, (message_id, thread_id), raw)
    original = arrival.original(tx, message, attached) if attached else ""
    if original:
        message = replace(message, duplicate_of=original)
    added = messages.add(
        tx,
        message,
        raw,
        parsed.parts,
        incoming.reading.index_text,
        source_delivery_id or None,
        shift=len(fields),
    )
    if not added:
        raise AcceptedBefore
    if attached is None:
        quarantine.announce(tx, message)
    else:
        arrival.join(tx, message, parsed, attached, recipient.inbox_address)
    return Acceptance(message_id=message_id)


def _trace(incoming: Incoming, recipient: _Target, message_id: str) -> bytes:
    envelope = incoming.envelope
    is_only_one = len(envelope.forward_paths) == 1
    by = incoming.by or recipient.domain
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
    tx: Transaction,
    incoming: Incoming,
    recipient: _Target,
    ids: tuple[str, str],
    raw: bytes,
) -> Message:
    message_id, thread_id = ids
    envelope = incoming.envelope
    found = _as_read(message_id, incoming.reading)
    # Only a machine sends from the null reverse-path (RFC 5321 4.5.5).
    found["automated"] |= envelope.reverse_path is None
    return Message(
        id=message_id,
        account_id=recipient.account_id,
        inbox_id=recipient.inbox_id,
        thread_id=thread_id,
        direction=Direction.INBOUND,
        created_at=tx.now,
        size_bytes=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
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


def _as_read(message_id: str, found: Reading) -> dict[str, Any]:
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


def _complete(tx: Transaction, message: Message, found: Reading) -> bool:
    # Locked, because somebody may be letting it out of quarantine.
    current = messages.get(tx, message.account_id, message.id, is_locked=True)
    if current is None:
        return False
    fields = _as_read(message.id, found)
    fields["automated"] |= current.automated
    kind = EventType.MESSAGE_PARSED
    if not found.is_complete:
        fields["parse_state"] = ParseState.FAILED
        kind = EventType.MESSAGE_PARSE_FAILED
    after = replace(current, **fields)
    written = messages.complete(tx, after, found.parsed.parts, found.index_text)
    # What is kept apart is told of when it is let out.
    if written and not after.is_quarantined:
        tx.emit(arrival.event(kind, after, reading.detail(after)))
    return written
