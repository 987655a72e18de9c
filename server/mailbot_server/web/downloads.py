"""
Attachments for those who got a link to one: as files, and never as pages of ours.

What strangers have sent is not shown: a browser stores it under its name, whatever it
says that it is.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import quote

from aiohttp import web

from mailbot_server.config import Settings
from mailbot_server.core.message import read_attachment_id
from mailbot_server.core.signed import download
from mailbot_server.core.signed.cursor import SigningKeys
from mailbot_server.engine import content
from mailbot_server.engine.content import Attachment
from mailbot_server.store.database import Database
from mailbot_server.web.public import HEADERS, Route, Visit, not_found, page

WORD: Final = "attachments"
"""What stands before the token in the path."""

AT_ONCE: Final = 16
"""Attachments are whole in memory while they are sent."""

WAIT_SECONDS: Final = 5.0
SEND_SECONDS: Final = 300.0
CHUNK: Final = 64 * 1024

_GET: Final = frozenset({"GET", "HEAD"})
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9!#$&^_.+-]{1,100}")
_ANY: Final = "application/octet-stream"
# What a browser would run, were it to show it.
_ACTIVE: Final = re.compile(r"html|xml|svg|script|flash|pdf-js|multipart/|message/")
_PLAIN_NAME: Final = re.compile(r"[^A-Za-z0-9 ._()+-]")


class Downloads:
    """Writes links to attachments, and answers those who follow them."""

    def __init__(
        self,
        db: Database,
        keys: SigningKeys,
        clock: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        self._db = db
        self._keys = keys
        self._clock = clock
        self._url = settings.public_url.rstrip("/")
        self._room = asyncio.Semaphore(AT_ONCE)

    def link(self, attachment_id: str) -> str:
        """Where it can be fetched from for a day; "" without a public_url."""
        if not self._url:
            return ""
        token = download.write(self._keys, attachment_id, self._clock())
        return f"{self._url}/{WORD}/{token}" if token else ""

    def routes(self) -> dict[str, Route]:
        """Theirs, by the word in the path."""
        return {WORD: Route(methods=_GET, answer=self._answer)}

    async def _answer(self, visit: Visit) -> web.StreamResponse:
        attachment_id = download.read(self._keys, visit.token, self._clock())
        named = read_attachment_id(attachment_id) if attachment_id else None
        if named is None:
            return not_found()
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._room.acquire()
        except TimeoutError:
            words = "Too many files are being fetched; please try again in a minute."
            busy = page(503, "Not available", words)
            busy.headers["Retry-After"] = "60"
            return busy
        try:
            found = await content.attachment(self._db, *named)
            if found is None:
                return not_found()
            return await _send(visit, found)
        finally:
            self._room.release()


async def _send(visit: Visit, found: Attachment) -> web.StreamResponse:
    response = web.StreamResponse(headers={**HEADERS, **_headers(found)})
    response.content_length = len(found.data)
    async with asyncio.timeout(SEND_SECONDS):
        await response.prepare(visit.request)
        if visit.method != "HEAD":
            view = memoryview(found.data)
            for start in range(0, len(view), CHUNK):
                await response.write(view[start : start + CHUNK])
        await response.write_eof()
    return response


def _headers(found: Attachment) -> dict[str, str]:
    kind = found.part.content_type
    is_safe = _TYPE.fullmatch(kind) and not _ACTIVE.search(kind)
    return {
        "Content-Type": kind if is_safe else _ANY,
        "Content-Disposition": disposition(found.part.filename),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def disposition(filename: str) -> str:
    """The name under which it is stored, in both spellings (RFC 6266 4.3)."""
    name = filename[:200] or "attachment"
    plain = _PLAIN_NAME.sub("_", name)
    spelt = quote(name, safe="", errors="replace")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{spelt}"
