"""
Reads what a stored message says: bodies, header fields and attachments.

Rows are slim: bodies are parsed from the raw bytes when somebody asks for them.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mailbot_server.core.mail import calendar, parse, quote
from mailbot_server.core.mail.calendar import CalendarEvent
from mailbot_server.core.mail.content import (
    display,
    link,
    mailing_list,
    passcode,
    upstream_spam,
)
from mailbot_server.core.mail.content.display import Display
from mailbot_server.core.mail.content.link import Link
from mailbot_server.core.mail.content.mailing_list import MailingList
from mailbot_server.core.mail.content.passcode import Code
from mailbot_server.core.mail.content.upstream_spam import UpstreamSpam
from mailbot_server.core.mail.html import to_text
from mailbot_server.core.mail.mime import charset
from mailbot_server.core.mail.parse import Header, Parsed, Part
from mailbot_server.core.mail.quote import Extraction
from mailbot_server.store import messages
from mailbot_server.store.database import Database, Transaction

BODY_BYTES_MAX: Final = 1024 * 1024
HEADER_BYTES_MAX: Final = 64 * 1024
INLINE_BYTES_MAX: Final = 8 * 1024
"""Raw messages up to this are read at once, in a millisecond or two; larger ones in a
thread."""

CALENDARS_MAX: Final = 5
"""Calendar parts that are read; many mailers send the same one twice."""

_CODES_HTML_MAX: Final = 200_000
_CALENDAR_TYPES: Final = frozenset({"text/calendar", "application/ics"})
_ZONES_KEPT: Final = 200
_ZONE_NAME_MAX: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """HTML that is safe to show is asked for, with remote images or without."""

    allow_remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bodies, cut where they were too long, the header fields, and what they give."""

    text: str
    html: str
    extraction: Extraction
    headers: tuple[Header, ...]
    is_truncated: bool
    codes: tuple[Code, ...] = ()
    links: tuple[Link, ...] = ()
    mailing_list: MailingList | None = None
    calendar_events: tuple[CalendarEvent, ...] = ()
    upstream_spam: UpstreamSpam | None = None
    display: Display | None = None
    """None unless it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A decoded attachment."""

    part: Part
    data: bytes


async def read(
    db: Database,
    message_id: str,
    body_bytes_max: int = BODY_BYTES_MAX,
    shown: Shown | None = None,
) -> Content | None:
    """
    What the message says; None if it has no raw bytes.

    Each body has at most `body_bytes_max` bytes of UTF-8, the header fields together
    HEADER_BYTES_MAX. HTML to show is made only where `shown` asks for it.
    """
    raw = await db.read(messages.raw, message_id)
    if raw is None:
        return None
    if len(raw) <= INLINE_BYTES_MAX:
        return _content(raw, body_bytes_max, shown)
    return await asyncio.to_thread(_content, raw, body_bytes_max, shown)


def of_raw(raw: bytes, body_bytes_max: int) -> Content:
    """As `read`, of bytes that are at hand; takes its time where there are many."""
    return _content(raw, body_bytes_max, None)


async def attachment(db: Database, message_id: str, path: str) -> Attachment | None:
    """One attachment, decoded; None if there is no such part."""
    found = await db.read(_encoded, message_id, path)
    if found is None:
        return None
    part, raw = found
    data = await asyncio.to_thread(parse.part_bytes, raw, part)
    return Attachment(part=part, data=data)


def _encoded(tx: Transaction, message_id: str, path: str) -> tuple[Part, bytes] | None:
    part = messages.part(tx, message_id, path)
    raw = messages.raw(tx, message_id) if part else None
    return (part, raw) if part and raw is not None else None


def _content(raw: bytes, most: int, shown: Shown | None) -> Content:
    parsed = parse.parse(raw)
    whole = parsed.body_text
    text, html = _cut(whole, most), _cut(parsed.html, most)
    of_list = mailing_list.read(parsed.headers)
    ends = of_list.unsubscribe_urls if of_list else ()
    return Content(
        text=text,
        html=html,
        extraction=quote.extract(_cut(parsed.text, most), html),
        headers=_headers(parsed.headers),
        is_truncated=text != whole or html != parsed.html,
        codes=_codes(parsed, whole),
        links=link.find(parsed.text, parsed.html, ends),
        mailing_list=of_list,
        calendar_events=tuple(_calendar_events(raw, parsed)),
        upstream_spam=upstream_spam.read(parsed.headers),
        display=_display(html, text, shown),
    )


def _codes(parsed: Parsed, text: str) -> tuple[Code, ...]:
    found = passcode.find(parsed.subject, text)
    if found or not parsed.html or text is not parsed.text:
        return found
    # The plain alternative may say no more than that there is another.
    return passcode.find(parsed.subject, to_text(parsed.html[:_CODES_HTML_MAX]))


def _display(html: str, text: str, shown: Shown | None) -> Display | None:
    if shown is None:
        return None
    if html.strip():
        return display.sanitise(html, allow_remote=shown.allow_remote)
    return display.of_text(text)


def _calendar_events(raw: bytes, parsed: Parsed) -> Iterator[CalendarEvent]:
    """Each event once, though a mailer sent its part as a file as well."""
    known: set[CalendarEvent] = set()
    parts = [part for part in parsed.parts if part.content_type in _CALENDAR_TYPES]
    for part in parts[:CALENDARS_MAX]:
        if part.size_bytes > calendar.INPUT_MAX:
            continue
        text = charset.decode(parse.part_bytes(raw, part), part.charset or "utf-8")
        for event in calendar.read(text, _zone_of):
            if event not in known and len(known) < calendar.EVENTS_MAX:
                known.add(event)
                yield event


@lru_cache(_ZONES_KEPT)
def _zone_of(name: str) -> tzinfo | None:
    """The time zone of that name in this system's tables, None for none."""
    if len(name) > _ZONE_NAME_MAX or not name.isascii():
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _cut(text: str, most: int) -> str:
    if len(text) <= most // 4:  # no character has more than 4 bytes
        return text
    return text.encode()[:most].decode(errors="ignore")


def _headers(headers: tuple[Header, ...]) -> tuple[Header, ...]:
    kept: list[Header] = []
    total = 0
    for header in headers:
        total += len(header.name) + len(header.value.encode())
        if total > HEADER_BYTES_MAX:
            break
        kept.append(header)
    return tuple(kept)
