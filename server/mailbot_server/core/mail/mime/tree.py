"""Walks the tree of MIME parts: what is body, what is attached (RFC 2046 5)."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from mailbot_server.core.mail.mime import charset as charsets
from mailbot_server.core.mail.mime import multipart, parameter, transfer
from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.mime.header import Block, read_block, read_value
from mailbot_server.core.mail.mime.limits import Limits
from mailbot_server.core.mail.mime.part import Part

_ALTERNATIVE: Final = "multipart/alternative"
_BODY_TYPES: Final = frozenset({"text/plain", "text/html"})

# Without a charset parameter an HTML page may still name one.
_META_CHARSET: Final = re.compile(
    rb"""<meta[^>]{1,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)
_META_WITHIN: Final = 2048

_CONTENT_ID_MAX: Final = 998


class _Node(NamedTuple):
    """A part that is still to be read: its place, and what it is in."""

    start: int
    """Of its header block."""

    end: int
    path: tuple[int, ...]
    parent: str
    """The type of the multipart around it; "" for the root."""


class _Facts(NamedTuple):
    """What a part's header block says of it."""

    content_type: str
    parameters: dict[str, str]
    encoding: str
    disposition: str
    filename: str
    content_id: str
    defect: Defect | None


@dataclass(slots=True)
class Walk:
    """
    What has been found of a message, and what is still to be read.

    Parts wait on a list, so that no nesting can exhaust Python's own stack.
    """

    raw: bytes
    limits: Limits
    texts: list[str] = field(default_factory=list)
    htmls: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    _waiting: list[_Node] = field(default_factory=list)
    _chosen: set[tuple[tuple[int, ...], str]] = field(default_factory=set)

    def run(self, top: Block, expired: Callable[[], bool]) -> None:
        """Read every leaf in order; `expired` is asked before each but the root."""
        self.defects += top.defects
        root = _Node(0, len(self.raw), (), "")
        self._read(root, top)
        while self._waiting:
            if expired():
                self.defects.append(Defect.DEADLINE)
                return
            node = self._waiting.pop()
            block = read_block(self.raw, node.start, node.end, self.limits)
            self.defects += block.defects
            self._read(node, block)

    def _read(self, node: _Node, block: Block) -> None:
        facts = _facts(block.first(), node.parent)
        if facts.defect:
            self.defects.append(facts.defect)
        if facts.content_type.startswith("multipart/"):
            if len(node.path) >= self.limits.depth:
                self.defects.append(Defect.DEPTH)
            elif self._descend(node, facts, block.body_offset):
                return
            else:
                facts = facts._replace(content_type="text/plain")
        self._add_leaf(node, facts, block.body_offset)

    def _descend(self, node: _Node, facts: _Facts, offset: int) -> bool:
        """Let a multipart's parts wait; False when it cannot be cut."""
        boundary = facts.parameters.get("boundary", "").rstrip()
        needle = boundary.encode("utf-8", "replace")
        if not 0 < len(needle) <= multipart.BOUNDARY_MAX:
            self.defects.append(Defect.MISSING_BOUNDARY)
            return False
        room = self.limits.parts - len(self.parts) - len(self._waiting)
        cut = multipart.cut(self.raw, offset, node.end, needle, max(room, 1))
        if not (cut.spans or cut.is_closed):
            self.defects.append(Defect.BOUNDARY_NOT_FOUND)
            return False
        if not cut.is_closed:
            self.defects.append(Defect.UNTERMINATED_MULTIPART)
        if not cut.is_complete:
            self.defects.append(Defect.PARTS)
        for number in range(len(cut.spans), 0, -1):
            start, end = cut.spans[number - 1]
            path = (*node.path, number)
            self._waiting.append(_Node(start, end, path, facts.content_type))
        return True

    def _add_leaf(self, node: _Node, facts: _Facts, offset: int) -> None:
        content, defect = transfer.decode(self.raw[offset : node.end], facts.encoding)
        if defect:
            self.defects.append(defect)
        charset = parameter.first_word(facts.parameters.get("charset", "")).lower()
        is_body = _is_body(node, facts)
        if is_body and self._is_chosen(node, facts.content_type):
            self._add_text(facts.content_type, content, charset)
        self.parts.append(
            Part(
                path=".".join(map(str, node.path)) or "1",
                offset=offset,
                length=node.end - offset,
                encoding=facts.encoding,
                content_type=facts.content_type,
                charset=charset,
                filename=facts.filename,
                content_id=facts.content_id,
                disposition=facts.disposition,
                size_bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                is_body=is_body,
            )
        )

    def _is_chosen(self, node: _Node, content_type: str) -> bool:
        """Of alternatives of one type only the first is shown (RFC 2046 5.1.4)."""
        if content_type not in _BODY_TYPES:
            return False
        if node.parent != _ALTERNATIVE:
            return True
        choice = (node.path[:-1], content_type)
        is_first = choice not in self._chosen
        self._chosen.add(choice)
        return is_first

    def _add_text(self, content_type: str, content: bytes, charset: str) -> None:
        is_html = content_type == "text/html"
        if is_html and not charset and not content.isascii():
            meta = _META_CHARSET.search(content[:_META_WITHIN])
            charset = meta[1].decode().lower() if meta else ""
        text, defect = charsets.read(content, charset)
        if defect:
            self.defects.append(defect)
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        (self.htmls if is_html else self.texts).append(text)


def _facts(fields: dict[str, str], parent: str) -> _Facts:
    default = "message/rfc822" if parent == "multipart/digest" else "text/plain"
    content_type = default
    parameters: dict[str, str] = {}
    if declared := fields.get("content-type"):
        word, parameters = parameter.read(declared)
        content_type = parameter.media_type(word, default)
    disposition, filename = "", ""
    if placed := fields.get("content-disposition"):
        word, placing = parameter.read(placed)
        # What is neither word is to be taken as an attachment (RFC 2183 2.8).
        disposition = "inline" if word == "inline" else "attachment"
        filename = placing.get("filename", "")
    filename = filename or parameters.get("name", "")
    encoding, defect = "", None
    if encoded := fields.get("content-transfer-encoding"):
        encoding, defect = transfer.encoding_of(encoded)
    identity = fields.get("content-id", "")
    return _Facts(
        content_type,
        parameters,
        encoding,
        disposition,
        parameter.safe_filename(filename) if filename else "",
        _content_id(identity) if identity else "",
        defect,
    )


def _content_id(value: str) -> str:
    return read_value(value).strip().strip("<>").strip()[:_CONTENT_ID_MAX]


def _is_body(node: _Node, facts: _Facts) -> bool:
    """
    Whether a leaf is (an alternative of) the message's own text.

    A named text is a file that travels along, except where it cannot be one: as the
    whole message, or as one of several renderings of the same thing.
    """
    if facts.disposition == "attachment" or not facts.content_type.startswith("text/"):
        return False
    if node.parent == _ALTERNATIVE:
        return facts.content_type != "text/calendar"
    if facts.content_type not in _BODY_TYPES:
        return False
    if node.parent == "multipart/related" and node.path[-1] > 1 and facts.content_id:
        return False
    return not facts.filename or not node.path
