"""A report taken apart: what it says to people and machines, what it brings back."""

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import Final

from mailbot_server.core.mail.dsn import returned, status
from mailbot_server.core.mail.dsn.status import Blocks
from mailbot_server.core.mail.html import to_text
from mailbot_server.core.mail.mime import charset
from mailbot_server.core.mail.mime.header import Header
from mailbot_server.core.mail.parse import Parsed, Part, part_bytes

_TEXT_MAX: Final = 200_000
PARTS_MAX: Final = 50

STATUS_TYPES: Final = frozenset(
    {
        "message/delivery-status",
        "message/global-delivery-status",
        "text/delivery-status",
    }
)
_MESSAGE_TYPES: Final = frozenset({"message/rfc822", "message/global", "text/rfc822"})
_HEADER_TYPES: Final = frozenset(
    {
        "message/rfc822-headers",
        "text/rfc822-headers",
        "text/rfc822-header",
        "message/global-headers",
    }
)
FOREIGN: Final = frozenset({"message/feedback-report", "message/feedback"})
_TAG: Final = re.compile(r"<(?:html|body|p|br|div|td|pre|span)\b", re.IGNORECASE)
"""Some mailers call plain text HTML."""

_LINK: Final = re.compile(
    r"<a\s[^<>]{0,300}?href=[\"']mailto:([^\"'?<>\s]{3,250})[\"'][^<>]{0,300}>"
    r"([^<>@]{0,200})</a>",
    re.IGNORECASE,
)
"""A name that only its link tells the address of."""

_CELL: Final = re.compile(
    r"([^\s<>:：.]\s?)(</t[hd]>\s{0,20}<t[hd]\b[^<>]{0,200}>)",  # noqa: RUF001
    re.IGNORECASE,
)
"""The end of one cell and the beginning of the next: the first labels the second."""

_UNKNOWN: Final = "application/octet-stream"
_FILE_MAX: Final = 20_000
RECEIPT: Final = "message/disposition-notification"


@dataclass(slots=True)
class Layout:
    """A report taken apart: what it says itself, and what it brings back."""

    lines: list[str]
    """What it says to people, without what it returns."""

    blocks: Blocks
    has_status: bool
    """Whether there are blocks or a part for them, be it empty."""

    is_pasted: bool
    """Whether they stand where anybody could write them: in a text or a file."""

    headers: tuple[Header, ...]
    receipt: str
    """A disposition notification's fields (RFC 8098), "" when there is none."""

    inner: bytes | None
    """A whole message that came back, or the report inside a report."""


def take_apart(raw: bytes, parsed: Parsed) -> Layout:
    """What a message consists of, if it is a report."""
    words: list[str] = []
    layout = Layout(
        [],
        Blocks(),
        has_status=False,
        is_pasted=False,
        headers=(),
        receipt="",
        inner=None,
    )
    for part in parsed.parts[:PARTS_MAX]:
        kind = part.content_type
        if kind in _MESSAGE_TYPES or kind in _HEADER_TYPES:
            if not layout.headers and layout.inner is None:
                _keep_returned(layout, part_bytes(raw, part)[:_TEXT_MAX], kind)
        elif kind in STATUS_TYPES or kind == RECEIPT:
            _keep_fields(layout, _text(raw, part), kind)
        elif kind.startswith("text/") and not _is_body_twice(part, parsed, words):
            words.append(_text(raw, part))
        elif kind == _UNKNOWN and part.size_bytes <= _FILE_MAX:
            _keep_pasted(layout, _text(raw, part))
    _keep_words(layout, "\n".join(words))
    return layout


def _keep_returned(layout: Layout, content: bytes, kind: str) -> None:
    layout.headers = returned.headers_in(content)
    if kind in _MESSAGE_TYPES:
        layout.inner = content


def _keep_fields(layout: Layout, text: str, kind: str) -> None:
    if kind == RECEIPT:
        layout.receipt += text
        return
    blocks = status.read_blocks(text)
    layout.has_status = True
    layout.blocks.message = blocks.message | layout.blocks.message
    layout.blocks.recipients += blocks.recipients


def _keep_pasted(layout: Layout, text: str) -> bool:
    """Blocks on which some gateway put another type, or none."""
    if not status.has_blocks(text):
        return False
    layout.is_pasted = not layout.has_status
    _keep_fields(layout, text, "")
    return True


def _keep_words(layout: Layout, text: str) -> None:
    lines, rest = returned.cut(dedent(text[:_TEXT_MAX]))
    layout.lines = lines
    if (
        not layout.blocks.recipients
        and not _keep_pasted(layout, "\n".join(lines))
        and not layout.has_status
        and status.has_blocks(rest)
    ):
        blocks = status.read_blocks(rest)
        layout.blocks = blocks if blocks.message else layout.blocks
        layout.is_pasted = True
    if not layout.headers and rest:
        layout.headers = returned.headers_in(dedent(rest).encode("utf-8", "replace"))


def _is_body_twice(part: Part, parsed: Parsed, words: list[str]) -> bool:
    """HTML beside a text that says the same."""
    return part.content_type == "text/html" and bool(words) and bool(parsed.text)


def _text(raw: bytes, part: Part) -> str:
    content = part_bytes(raw, part)[:_TEXT_MAX]
    text = charset.decode(content, part.charset)
    if part.content_type == "text/html" and _TAG.search(text):
        text = to_text(_CELL.sub(r"\1: \2", _LINK.sub(r"\2 &lt;\1&gt;", text)))
    return text.replace("\r\n", "\n").replace("\r", "\n")
