"""Walks the tree of MIME parts: what is body, what is attached (RFC 2046 5)."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from mailbot_server.core.mail.mime import charset as charsets
from mailbot_server.core.mail.mime import (
    embedded,
    facts,
    flowed,
    multipart,
    parameter,
    transfer,
)
from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.mime.facts import Facts
from mailbot_server.core.mail.mime.header import Block
from mailbot_server.core.mail.mime.limits import Limits
from mailbot_server.core.mail.mime.part import Part

_ALTERNATIVE: Final = "multipart/alternative"
_BODY_TYPES: Final = frozenset({"text/plain", "text/html"})

# Renderings for special readers: nothing to show, and nothing that was attached.
_UNSHOWN_TYPES: Final = frozenset({"text/x-amp-html", "text/watch-html"})

# Without a charset parameter an HTML page may still name one.
_META_CHARSET: Final = re.compile(
    rb"""<meta[^>]{1,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)
_META_WITHIN: Final = 2048
_SAYS_NOTHING: Final = frozenset({"", "us-ascii", "ascii"})
"""Of text with more than ASCII in it."""

_SAME_WITHIN: Final = 4
"""Alternatives back to which a text is compared, because some are sent twice."""

_SHARED_MAX: Final = 20
"""Multiparts in one message that use the boundary of the one around them."""


class Piece(NamedTuple):
    """One text of the body, in the order of the parts."""

    text: str
    """LF line ends."""

    is_html: bool
    choice: tuple[int, ...] | None
    """The path of the outermost multipart/alternative around it."""


class _Node(NamedTuple):
    """A part that is still to be read: its place, and what it is in."""

    start: int
    """Of its header block."""

    end: int
    path: tuple[int, ...]
    parent: str
    """The type of the multipart around it; "" for the root."""

    boundary: bytes
    """Of the multipart around it."""

    reach: int
    """Where the multipart around it ends."""

    choice: tuple[int, ...] | None
    root: str = ""
    """The Content-ID of the part that the multipart around it is about (RFC 2387)."""


@dataclass(slots=True)
class Walk:
    """
    What has been found of a message, and what is still to be read.

    Parts wait on a list, so that no nesting can exhaust Python's own stack.
    """

    raw: bytes
    limits: Limits
    pieces: list[Piece] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    _waiting: list[_Node] = field(default_factory=list)
    _shared: int = 0

    def run(self, top: Block, expired: Callable[[], bool]) -> None:
        """Read every leaf in order; `expired` is asked before each but the root."""
        end = len(self.raw)
        root = _Node(0, end, (), "", b"", end, None)
        self._read(root, facts.of_block(top, ""), top.body_offset)
        while self._waiting:
            if expired():
                self.defects.append(Defect.DEADLINE)
                return
            node = self._waiting.pop()
            found = facts.of_part(
                self.raw, node.start, node.end, node.parent, self.limits
            )
            self._read(node, *found)

    def _read(self, node: _Node, known: Facts, offset: int) -> None:
        if known.defects:
            self.defects += known.defects
        if known.content_type.startswith("multipart/"):
            if len(node.path) >= self.limits.depth:
                self.defects.append(Defect.DEPTH)
            elif self._descend(node, known, offset):
                return
            else:
                known = known._replace(content_type="text/plain")
        self._add_leaf(node, known, offset)

    def _descend(self, node: _Node, known: Facts, offset: int) -> bool:
        """Let a multipart's parts wait; False when it cannot be cut."""
        boundary = known.boundary.encode("utf-8", "replace")
        is_shared = bool(boundary) and boundary == node.boundary
        is_shared = is_shared and self._shared < _SHARED_MAX
        end = node.reach if is_shared else node.end
        cut = self._cut(boundary, offset, end)
        if cut is None:
            return False
        boundary, (spans, is_closed, is_complete, behind) = cut
        if not is_closed:
            self.defects.append(Defect.UNTERMINATED_MULTIPART)
        if not is_complete:
            self.defects.append(Defect.PARTS)
        if is_shared:
            self._resume(node, behind)
        choice = node.choice
        if choice is None and known.content_type == _ALTERNATIVE:
            choice = node.path
        for number in range(len(spans), 0, -1):
            self._waiting.append(
                _Node(
                    *spans[number - 1],
                    (*node.path, number),
                    known.content_type,
                    boundary,
                    end,
                    choice,
                    known.root,
                )
            )
        return True

    def _cut(
        self, boundary: bytes, start: int, end: int
    ) -> tuple[bytes, multipart.Cut] | None:
        """The parts at the boundary, or at what seems to be the real one."""
        room = max(self.limits.parts - len(self.parts) - len(self._waiting), 1)
        if 0 < len(boundary) <= multipart.BOUNDARY_MAX:
            cut = multipart.cut(self.raw, start, end, boundary, room)
            if cut.spans or cut.is_closed:
                return boundary, cut
            self.defects.append(Defect.BOUNDARY_NOT_FOUND)
        else:
            self.defects.append(Defect.MISSING_BOUNDARY)
        boundary = multipart.find_boundary(self.raw, start, end)
        if not boundary:
            return None
        return boundary, multipart.cut(self.raw, start, end, boundary, room)

    def _resume(self, node: _Node, start: int) -> None:
        """
        Cut again what comes behind a multipart with the boundary of the one around it.

        What had been taken for its siblings were its parts; its closing delimiter had
        been taken for the other's. Some programs do send such mail.
        """
        self._shared += 1
        self.defects.append(Defect.SHARED_BOUNDARY)
        while self._waiting and self._waiting[-1].path[:-1] == node.path[:-1]:
            self._waiting.pop()
        room = max(self.limits.parts - len(self.parts) - len(self._waiting), 1)
        rest = multipart.cut(self.raw, start, node.reach, node.boundary, room)
        for number in range(len(rest.spans), 0, -1):
            first, end = rest.spans[number - 1]
            path = (*node.path[:-1], node.path[-1] + number)
            self._waiting.append(node._replace(start=first, end=end, path=path))

    def _add_leaf(self, node: _Node, known: Facts, offset: int) -> None:
        content, defect = transfer.decode(self.raw[offset : node.end], known.encoding)
        if defect:
            self.defects.append(defect)
        is_body = _is_body(node, known)
        files: list[embedded.File] = []
        if is_body and known.content_type in _BODY_TYPES:
            text = content
            if _may_embed(known, content):
                files = embedded.find(content)
                text = embedded.without(content, files)
            self._add_text(node, known, text)
        self.parts.append(
            Part(
                path=".".join(map(str, node.path)) or "1",
                offset=offset,
                length=node.end - offset,
                encoding=known.encoding,
                content_type=known.content_type,
                charset=known.charset,
                filename=known.filename,
                content_id=known.content_id,
                disposition=known.disposition,
                size_bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                is_body=is_body,
            )
        )
        if files:
            for number, file in enumerate(files, start=1):
                self._add_file((*(node.path or (1,)), number), offset, file)

    def _add_file(
        self, path: tuple[int, ...], offset: int, file: embedded.File
    ) -> None:
        """A file that stood in a text is a part below it."""
        start, end = offset + file.start, offset + file.end
        content, defect = transfer.decode(self.raw[start:end], "x-uuencode")
        if defect:
            self.defects.append(defect)
        self.parts.append(
            Part(
                path=".".join(map(str, path)),
                offset=start,
                length=end - start,
                encoding="x-uuencode",
                content_type="application/octet-stream",
                charset="",
                filename=parameter.safe_filename(charsets.guess(file.name)),
                content_id="",
                disposition="attachment",
                size_bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                is_body=False,
            )
        )

    def _add_text(self, node: _Node, known: Facts, content: bytes) -> None:
        charset = known.charset
        is_html = known.content_type == "text/html"
        if is_html and charset in _SAYS_NOTHING and not content.isascii():
            meta = _META_CHARSET.search(content[:_META_WITHIN])
            charset = meta[1].decode().lower() if meta else charset
        text, defect = charsets.read(content, charset)
        if defect:
            self.defects.append(defect)
        if "\r" in text:
            text = text.replace("\r\n", "\n")
            if "\r" in text:
                # CRCRLF is one line end that two programs have written.
                text = text.replace("\r\n", "\n").replace("\r", "\n")
        if known.is_delsp:
            text = flowed.unwrap(text)
        piece = Piece(text, is_html, node.choice)
        if node.parent != _ALTERNATIVE or piece not in self.pieces[-_SAME_WITHIN:]:
            self.pieces.append(piece)


def _may_embed(known: Facts, content: bytes) -> bool:
    """
    Whether a text is worth a search for files in it.

    Who names a charset is of our days, and then his uuencode has the sign for nothing.
    """
    if known.encoding or (known.charset and b"`" not in content):
        return False
    return b"begin " in content


def _is_body(node: _Node, known: Facts) -> bool:
    """
    Whether a leaf is (an alternative of) the message's own text.

    As RFC 8621 4.1.4 tells them apart: a named text is a file that travels along,
    except where it cannot be one: as the whole message, as the first part of a
    multipart, or as one of several renderings of the same thing. Besides, what its
    sender wants shown (inline) is shown, unless its type has a name as files have.
    """
    if known.disposition == "attachment":
        return False
    if known.content_type not in _BODY_TYPES:
        return node.parent == _ALTERNATIVE and known.content_type in _UNSHOWN_TYPES
    if node.parent == _ALTERNATIVE or not node.path or node.path[-1] == 1:
        return True
    if node.parent == "multipart/related" and known.content_id:
        return known.content_id == node.root
    return known.is_shown or not known.filename
