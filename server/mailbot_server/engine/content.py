"""
Reads what a stored message says: bodies, header fields and attachments.

Rows are slim: bodies are parsed from the raw bytes when somebody asks for them.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.mail import parse, quote
from mailbot_server.core.mail.parse import Header, Part
from mailbot_server.store import messages
from mailbot_server.store.database import Database, Transaction

BODY_BYTES_MAX: Final = 1024 * 1024
HEADER_BYTES_MAX: Final = 64 * 1024
INLINE_BYTES_MAX: Final = 32 * 1024
"""Raw messages up to this are parsed at once; larger ones in a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bodies, cut where they were too long, and the header fields."""

    text: str
    html: str
    extracted_text: str
    headers: tuple[Header, ...]
    is_truncated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A decoded attachment."""

    part: Part
    data: bytes


async def read(
    db: Database, message_id: str, body_bytes_max: int = BODY_BYTES_MAX
) -> Content | None:
    """
    What the message says; None if it has no raw bytes.

    Each body has at most `body_bytes_max` bytes of UTF-8, the header fields together
    HEADER_BYTES_MAX.
    """
    raw = await db.read(messages.raw, message_id)
    if raw is None:
        return None
    if len(raw) <= INLINE_BYTES_MAX:
        return _content(raw, body_bytes_max)
    return await asyncio.to_thread(_content, raw, body_bytes_max)


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


def _content(raw: bytes, most: int) -> Content:
    parsed = parse.parse(raw)
    text = _cut(parsed.body_text, most)
    html = _cut(parsed.html, most)
    return Content(
        text=text,
        html=html,
        extracted_text=quote.extract(_cut(parsed.text, most), html).text,
        headers=_headers(parsed.headers),
        is_truncated=text != parsed.body_text or html != parsed.html,
    )


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
