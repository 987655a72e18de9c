"""
How a message is written in its row: columns, values, and back.

Message and row differ in the sender (two columns) and in lists (JSON text).
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from mailbot_server.core.authentication.verdicts import Verdicts
from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import (
    Direction,
    Guarantee,
    Kind,
    Message,
    ParseState,
    Quarantine,
    Stream,
    Via,
)
from mailbot_server.core.tracking import asked
from mailbot_server.store import columns, mailboxes

COLUMNS: Final = (
    *("id", "account_id", "inbox_id", "thread_id", "direction", "created_at"),
    *("date_at", "sender_address", "sender_name", "addressees", "subject", "snippet"),
    *("rfc822_message_id", "in_reply_to", "reference_ids", "size_bytes", "sha256"),
    *("content_sha256", "attachments", "labels", "metadata", "envelope_sender"),
    *("envelope_recipient", "tag", "automated", "duplicate_of", "defects", "stream"),
    *("guarantee", "via", "dsn_return", "dsn_envelope_id", "parse_state"),
    *("kind", "verdicts", "is_quarantined", "quarantine", "more_ties", "tracking"),
    *("legal_hold", "is_redacted"),
)
_ONE_CLICK: Final = "u"
"""Beside the letters of what is tracked: List-Unsubscribe is written (RFC 8058)."""

# What reading the message gives, perhaps later than its acceptance.
READ: Final = (
    *("date_at", "sender_address", "sender_name", "addressees", "subject", "snippet"),
    *("rfc822_message_id", "in_reply_to", "reference_ids", "attachments"),
    *("automated", "duplicate_of", "defects", "parse_state", "kind"),
)


def row(message: Message) -> dict[str, Any]:
    """The values of COLUMNS by name, in their order."""
    sender = message.sender or Mailbox(address="")
    return {
        "id": message.id,
        "account_id": message.account_id,
        "inbox_id": message.inbox_id,
        "thread_id": message.thread_id,
        "direction": message.direction.value,
        "created_at": columns.write_time(message.created_at),
        "date_at": columns.write_time(message.date_at),
        "sender_address": sender.address,
        "sender_name": sender.display_name,
        "addressees": mailboxes.write_addressees(message.addressees),
        "subject": message.subject,
        "snippet": message.snippet,
        "rfc822_message_id": message.rfc822_message_id,
        "in_reply_to": message.in_reply_to,
        "reference_ids": columns.write_list(message.references),
        "size_bytes": message.size_bytes,
        "sha256": message.sha256,
        "content_sha256": message.content_sha256,
        "attachments": _write_attachments(message.attachments),
        "labels": columns.write_list(message.labels),
        "metadata": columns.write_mapping(message.metadata),
        "envelope_sender": message.envelope_sender,
        "envelope_recipient": message.envelope_recipient,
        "tag": message.tag,
        "automated": int(message.automated),
        "duplicate_of": message.duplicate_of,
        "defects": columns.write_list(message.defects),
        "stream": message.stream.value,
        "guarantee": message.guarantee.value,
        "via": message.via.value,
        "dsn_return": message.dsn_return,
        "dsn_envelope_id": message.dsn_envelope_id,
        "parse_state": message.parse_state.value,
        "kind": message.kind.value,
        "verdicts": message.verdicts.to_json() if message.verdicts else "",
        "is_quarantined": int(message.is_quarantined),
        "quarantine": _write_quarantine(message.quarantine),
        "more_ties": columns.write_list(message.more_ties),
        "tracking": _write_tracking(message),
        "legal_hold": int(message.legal_hold),
        "is_redacted": int(message.is_redacted),
    }


def message(row: tuple[Any, ...]) -> Message:
    """The message of a row of COLUMNS."""
    values = dict(zip(COLUMNS, row, strict=True))
    sender_address, name = values.pop("sender_address"), values.pop("sender_name")
    del values["is_quarantined"]
    has_sender = sender_address or name
    sender = Mailbox(address=sender_address, display_name=name) if has_sender else None
    values |= {
        "sender": sender,
        "direction": Direction(values["direction"]),
        "created_at": columns.read_time(values["created_at"]),
        "date_at": columns.read_time(values["date_at"]),
        "addressees": mailboxes.read_addressees(values["addressees"]),
        "references": columns.read_list(values.pop("reference_ids")),
        "attachments": _read_attachments(values["attachments"]),
        "labels": columns.read_list(values["labels"]),
        "metadata": columns.read_mapping(values["metadata"]),
        "automated": bool(values["automated"]),
        "defects": columns.read_list(values["defects"]),
        "stream": Stream(values["stream"]),
        "guarantee": Guarantee(values["guarantee"]),
        "via": Via(values["via"]),
        "parse_state": ParseState(values["parse_state"]),
        "kind": Kind(values["kind"]),
        "verdicts": Verdicts.from_json(values["verdicts"]),
        "quarantine": _read_quarantine(values["quarantine"]),
        "more_ties": columns.read_list(values["more_ties"]),
        "tracking": asked.read(values["tracking"]),
        "one_click_unsubscribe": _ONE_CLICK in values["tracking"],
        "legal_hold": bool(values["legal_hold"]),
        "is_redacted": bool(values["is_redacted"]),
    }
    return Message(**values)


def _write_attachments(attachments: Sequence[AttachmentSummary]) -> str:
    """A JSON array of the values of each, in the order of the fields; "" for none."""
    if not attachments:
        return ""
    names = AttachmentSummary.__slots__
    rows = [[getattr(each, name) for name in names] for each in attachments]
    return columns.write_json(rows)


def _read_attachments(text: str) -> tuple[AttachmentSummary, ...]:
    names = AttachmentSummary.__slots__
    rows: list[list[Any]] = json.loads(text) if text else []
    # A row of an older version may be shorter: what it lacks has its default.
    return tuple(
        AttachmentSummary(**dict(zip(names, row, strict=False))) for row in rows
    )


def _write_tracking(message: Message) -> str:
    letters = asked.write(message.tracking)
    return letters + (_ONE_CLICK if message.one_click_unsubscribe else "")


def _write_quarantine(quarantine: Quarantine | None) -> str:
    """A JSON array of the values, in the order of the fields; "" for none."""
    if quarantine is None:
        return ""
    released_at = columns.write_time(quarantine.released_at)
    return columns.write_json(
        [
            *(quarantine.reason, quarantine.explanation),
            *(released_at, quarantine.released_by),
        ]
    )


def _read_quarantine(text: str) -> Quarantine | None:
    if not text:
        return None
    reason, explanation, released_at, released_by = json.loads(text)
    return Quarantine(
        reason=reason,
        explanation=explanation,
        released_at=columns.read_time(released_at),
        released_by=released_by,
    )
