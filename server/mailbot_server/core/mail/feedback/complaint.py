"""Reads a complaint in any of its forms; never fails (RFC 5965)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.mail.address import normalise, parse_mailboxes
from mailbot_server.core.mail.mime import charset, date
from mailbot_server.core.mail.mime.header import Header, read_block, read_value
from mailbot_server.core.mail.mime.limits import Limits
from mailbot_server.core.mail.parse import (
    Parsed,
    Part,
    header_of,
    message_ids,
    part_bytes,
)

_REPORT_TYPES: Final = frozenset(
    {"message/feedback-report", "message/feedback", "text/feedback-report"}
)
_RETURNED_TYPES: Final = frozenset(
    {
        *("message/rfc822", "message/global", "message/rfc822-headers"),
        *("text/rfc822-headers", "text/rfc822", "message/global-headers"),
    }
)
_PARTS_MAX: Final = 50
_BYTES_MAX: Final = 200_000
_RECIPIENTS_MAX: Final = 50
_ADDRESSES_MAX: Final = 200
_LIMITS: Final = Limits()

_TYPE_MAX: Final = 100
_WORD: Final = re.compile(r"[a-z0-9_.-]{1,100}")
_DECLARED: Final = re.compile(
    r"report-type\s{0,3}=\s{0,3}\"?feedback-report", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"[^\s<>()\[\]\",;:=]{1,64}@[A-Za-z0-9.-]{1,253}")

NOT_COMPLAINTS: Final = frozenset({"not-spam", "auth-failure", "dkim", "dmarc"})
"""Feedback that blames nobody: the opposite, and failures of authentication
(RFC 6430, 6591)."""

OPT_OUTS: Final = frozenset({"opt-out", "opt-out-list"})
"""The recipient wants no more of it, and is not angry."""

_ABUSE: Final = "abuse"
# Microsoft's JMRP attaches the message, with this field, and says nothing else.
_OF_MICROSOFT: Final = "x-hmxmroriginalrecipient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a provider says of a message that one of its users did not want."""

    feedback_type: str
    """In lower case, for example "abuse"."""

    reporter: str = ""
    """User-Agent, else who sent the report; at most 200 characters."""

    arrived_at: datetime | None = None
    """When the provider got the message, if it says so."""

    senders: tuple[str, ...] = ()
    """Reverse-paths that the report gives, and all else in it that could be one."""

    recipients: tuple[str, ...] = ()
    """Whom the message was for, if that was not taken out."""

    message_id: str = ""
    """Of the message, without <>."""

    headers: tuple[Header, ...] = ()
    """The message's fields, as far as they came back."""

    is_standard: bool = True

    @property
    def is_complaint(self) -> bool:
        """Whether somebody is blamed."""
        return self.feedback_type not in NOT_COMPLAINTS

    @property
    def is_opt_out(self) -> bool:
        """Whether it only asks for no more."""
        return self.feedback_type in OPT_OUTS


def read(raw: bytes, parsed: Parsed) -> Complaint | None:
    """The feedback in a message; None for everything else, delivery reports too."""
    if not parsed.parts or not may_be(parsed):
        return None
    report, returned = _parts(parsed)
    headers = _headers(raw, returned) if returned else ()
    if report is not None:
        return _standard(raw, parsed, report, headers)
    if _declares(parsed) and returned is not None:
        return _made(parsed, headers, _ABUSE, {})
    if any(header.name.lower() == _OF_MICROSOFT for header in headers):
        return _made(parsed, headers, _ABUSE, {})
    return None


def may_be(parsed: Parsed) -> bool:
    """Whether it is worth a closer look: there is a report, or a message came back."""
    return any(
        part.content_type in _REPORT_TYPES or part.content_type in _RETURNED_TYPES
        for part in parsed.parts[:_PARTS_MAX]
    )


def _parts(parsed: Parsed) -> tuple[Part | None, Part | None]:
    """The provider's fields and what came back."""
    report = returned = None
    for part in parsed.parts[:_PARTS_MAX]:
        if part.content_type in _REPORT_TYPES:
            report = report or part
        elif part.content_type in _RETURNED_TYPES:
            returned = returned or part
    return report, returned


def _declares(parsed: Parsed) -> bool:
    return bool(_DECLARED.search(header_of(parsed, "Content-Type")[:2000]))


def _headers(raw: bytes, part: Part) -> tuple[Header, ...]:
    content = part_bytes(raw, part)[:_BYTES_MAX].lstrip()
    block = read_block(content, 0, len(content), _LIMITS)
    return tuple(
        Header(name=name, value=read_value(value)) for name, _, value in block.fields
    )


def _standard(
    raw: bytes, parsed: Parsed, report: Part, headers: tuple[Header, ...]
) -> Complaint:
    content = part_bytes(raw, report)[:_BYTES_MAX]
    text = charset.decode(content, report.charset).encode("utf-8", "replace").lstrip()
    fields: dict[str, list[str]] = {}
    # Some put empty lines between their fields.
    joined = re.sub(rb"(?:\r?\n[ \t]*+){2,}", b"\r\n", text)
    for _, key, value in read_block(joined, 0, len(joined), _LIMITS).fields:
        fields.setdefault(key, []).append(read_value(value))
    word = _WORD.match(_first(fields, "feedback-type").lower())
    return _made(parsed, headers, word[0][:_TYPE_MAX] if word else _ABUSE, fields)


def _made(
    parsed: Parsed,
    headers: tuple[Header, ...],
    feedback_type: str,
    fields: Mapping[str, Sequence[str]],
) -> Complaint:
    sender = parsed.sender.address if parsed.sender else ""
    arrived = _first(fields, "arrival-date") or _first(fields, "received-date")
    return Complaint(
        feedback_type=feedback_type,
        reporter=(_first(fields, "user-agent") or sender)[:200],
        arrived_at=date.read(arrived) if arrived else None,
        senders=tuple(dict.fromkeys(_senders(fields, headers)))[:_ADDRESSES_MAX],
        recipients=_recipients(fields, headers),
        message_id=_message_id(fields, headers),
        headers=headers,
        is_standard=bool(fields),
    )


def _senders(
    fields: Mapping[str, Sequence[str]], headers: Sequence[Header]
) -> Iterator[str]:
    """Original-Mail-From and Return-Path first, then every address in the fields."""
    given = list(fields.get("original-mail-from", ()))
    given += [each.value for each in headers if each.name.lower() == "return-path"]
    others = [each.value for each in headers if each.name.lower() != "return-path"]
    for value in (*given, *others):
        # Of a sender that was rewritten on the way (SRS, BATV) the last piece.
        yield from _ADDRESS.findall(value[:4000])


def _recipients(
    fields: Mapping[str, Sequence[str]], headers: Sequence[Header]
) -> tuple[str, ...]:
    given = [
        *fields.get("original-rcpt-to", ()),
        *fields.get("removal-recipient", ()),
        *(each.value for each in headers if each.name.lower() == _OF_MICROSOFT),
    ]
    if not given:
        given = [
            each.value
            for each in headers
            if each.name.lower() in ("to", "x-original-to", "delivered-to")
        ]
    found = [
        address
        for value in given[:_RECIPIENTS_MAX]
        for box in parse_mailboxes(value.removeprefix("rfc822;"))
        if (address := normalise(box.address))
    ]
    return tuple(dict.fromkeys(found))[:_RECIPIENTS_MAX]


def _message_id(fields: Mapping[str, Sequence[str]], headers: Sequence[Header]) -> str:
    given = [each.value for each in headers if each.name.lower() == "message-id"]
    given += fields.get("original-message-id", fields.get("message-id", ()))
    ids = [found for value in given for found in message_ids(value, 1)]
    return ids[0] if ids else ""


def _first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(fields.get(name, ())), "").strip()
