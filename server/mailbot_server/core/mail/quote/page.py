"""An HTML body as lines that know which pieces of its source they came from."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NamedTuple

from mailbot_server.core.mail.quote import client, original
from mailbot_server.core.mail.quote.client import Role
from mailbot_server.core.mail.quote.mark import Kind

# Tags, comments and declarations; a lone "<" is text. An unquoted "<" ends the try, so
# that many beginnings without an end cost no more than their length.
_MARKUP: Final = re.compile(
    r"""<(?:(/?)([a-z][a-z0-9:-]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
    r"""|!--(?:.*?-->|.*)|[!?][^>]*+>?)""",
    re.IGNORECASE | re.DOTALL,
)
_RAW_END: Final = {
    name: re.compile(rf"</{name}\b[^>]*+>?", re.IGNORECASE)
    for name in ("script", "style", "template", "title")
}
_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details"}
    | {"div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3"}
    | {"h4", "h5", "h6", "head", "header", "html", "li", "main", "nav", "ol", "p"}
    | {"pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_LINE_TAG: Final = re.compile(rf"</?(?:br|hr|{'|'.join(_BLOCKS)})\b", re.IGNORECASE)
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}
    | {"param", "source", "track", "wbr"}
)
_SEEN: Final = frozenset({"br", "hr", "img", "input", "wbr"})
_CELLS: Final = frozenset({"td", "th"})
# An element of the left opening where the right one is still open ends that.
_ENDS: Final = {
    "p": frozenset({"p"}),
    "li": frozenset({"li", "p"}),
    "tr": frozenset({"tr", "td", "th", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "th": frozenset({"td", "th", "p"}),
}

_BLANKS: Final = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_HUGE_REFERENCE: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")
_TINY: Final = re.compile(
    r"\b(?:width|height)\s*[=:]\s*[\"']?[01](?:px)?(?![\d.%])", re.IGNORECASE
)

_PICTURE: Final = "\ufffc"
_RULE: Final = "_" * 5
_ALWAYS: Final = -1
"""The line of what belongs to the whole page: its style sheet."""

_CLOSE_LOOK_MAX: Final = 50
_HEADER_LINES_MAX: Final = 8


class Piece(NamedTuple):
    """A stretch of the source."""

    start: int
    end: int
    line: int
    element: int
    """Whose opening or closing tag it is; -1 for none."""

    is_seen: bool


@dataclass(slots=True)
class _Element:
    name: str
    role: Role | None
    piece: int
    line: int
    piece_end: int = -1
    line_end: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What `read` found; `lines` and `kinds` run side by side."""

    lines: list[str]
    kinds: list[Kind]
    pieces: list[Piece]
    spans: list[tuple[int, int]]
    """Of each element the first piece and the one behind its last."""

    source: str

    def render(self, lines: Sequence[bool]) -> str:
        """The source of these lines, with the elements that hold some of it."""
        seen = [0]
        for piece in self.pieces:
            counts = piece.is_seen and (piece.line == _ALWAYS or lines[piece.line])
            seen.append(seen[-1] + counts)
        shown: list[str] = []
        last, was_cut = -1, False
        for piece in self.pieces:
            if piece.element >= 0:
                begin, end = self.spans[piece.element]
                is_kept = seen[begin] < seen[end]
            else:
                is_kept = piece.line == _ALWAYS or lines[piece.line]
            if not is_kept:
                was_cut = was_cut or piece.is_seen
                continue
            if piece.element < 0 and piece.is_seen:
                # What was cut had a line of its own, and so divided its neighbours.
                words = self.source[piece.start : piece.end]
                if was_cut and last >= 0 and not _breaks([*shown[last:], words]):
                    shown.append("<br>")
                last, was_cut = len(shown), False
            shown.append(self.source[piece.start : piece.end])
        return "".join(shown)


def _breaks(pieces: Sequence[str]) -> bool:
    """Whether one of these begins or ends a line."""
    return any(map(_LINE_TAG.match, pieces))


@dataclass(slots=True)
class _Reader:
    source: str
    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    open_names: Counter[str] = field(default_factory=Counter)
    pre_depth: int = 0

    def read(self) -> None:
        source, position = self.source, 0
        while match := _MARKUP.search(source, position):
            if match.start() > position:
                self._text(position, match.start())
            position = match.end()
            if (name := match[2]) is None:
                continue
            name = name.lower()
            if match[1]:
                self._close(name, match.start(), position)
            elif name in _RAW_END:
                end = _RAW_END[name].search(source, position)
                position = end.end() if end else len(source)
                if name == "style":
                    self._add_unseen(match.start(), position)
            else:
                self._open(name, match[3], match.start(), position)
        if position < len(source):
            self._text(position, len(source))
        self._pop(0)
        # What stands behind the last line has one too.
        self._end_line(keep_empty=True)

    def _add(self, start: int, end: int, *, line: int, is_seen: bool = True) -> None:
        self.pieces.append(Piece(start, end, line, -1, is_seen))

    def _add_unseen(self, start: int, end: int) -> None:
        """What stands above the first line is for all of them."""
        is_above = not self.lines and not self.words
        line = _ALWAYS if is_above else len(self.lines)
        self._add(start, end, line=line, is_seen=is_above)

    def _text(self, start: int, end: int) -> None:
        if not self.pre_depth:
            self._words(start, end)
            return
        while (newline := self.source.find("\n", start, end)) >= 0:
            self._words(start, newline + 1)
            self._end_line(keep_empty=True)
            start = newline + 1
        if start < end:
            self._words(start, end)

    def _words(self, start: int, end: int) -> None:
        text = self.source[start:end]
        if "&" in text:
            text = unescape(_HUGE_REFERENCE.sub("\ufffd", text))
        text = _BLANKS.sub(" ", text)
        self.words.append(text)
        self._add(start, end, line=len(self.lines), is_seen=not text.isspace())

    def _end_line(self, *, keep_empty: bool = False) -> None:
        line = "".join(self.words)
        self.words.clear()
        line = _BLANKS.sub(" ", line).strip() if line else ""
        if len(line) > 1 and _PICTURE in line:
            line = line.replace(_PICTURE, "").strip() or _PICTURE
        if line or keep_empty:
            self.lines.append(line)

    def _open(self, name: str, attributes: str, start: int, end: int) -> None:
        if name in _VOID:
            self._void(name, attributes, start, end)
            return
        if name in _ENDS:
            while self.stack and self.elements[self.stack[-1]].name in _ENDS[name]:
                self._pop(len(self.stack) - 1)
        is_block = name in _BLOCKS
        if is_block and self.stack and self.elements[self.stack[-1]].name == "p":
            self._pop(len(self.stack) - 1)
        role = client.role(name, attributes)
        if is_block or role:
            self._end_line()
        elif name in _CELLS:
            self.words.append(" ")
        self.stack.append(len(self.elements))
        self.open_names[name] += 1
        self.pre_depth += name == "pre"
        element = _Element(name, role, len(self.pieces), len(self.lines))
        self.pieces.append(Piece(start, end, 0, len(self.elements), is_seen=False))
        self.elements.append(element)

    def _void(self, name: str, attributes: str, start: int, end: int) -> None:
        if name not in _SEEN:
            self._add_unseen(start, end)
            return
        role = client.role(name, attributes) if name == "hr" else None
        if name == "hr":
            self._end_line()
            self.words.append(_RULE)
        elif name == "img" and not _TINY.search(attributes):
            self.words.append(_PICTURE)
        line = len(self.lines)
        self._add(start, end, line=line)
        if role:
            self.elements.append(
                _Element(name, role, len(self.pieces), line, len(self.pieces), line + 1)
            )
        if name in {"br", "hr"}:
            self._end_line(keep_empty=True)

    def _close(self, name: str, start: int, end: int) -> None:
        if not self.open_names[name]:
            return
        level = len(self.stack) - 1
        is_block = name in _BLOCKS or name in _CELLS
        lowest = 0 if is_block else max(level - _CLOSE_LOOK_MAX, 0)
        while level >= lowest:
            found = self.elements[self.stack[level]].name
            if found == name:
                break
            if not is_block and (found in _BLOCKS or found in _CELLS):
                return  # "<b><div></b>": the tag ends nothing here
            level -= 1
        if level < lowest:
            return
        if is_block and name not in _CELLS:
            self._end_line()
        self._pop(level + 1)
        element = self.stack[-1]
        self.pieces.append(Piece(start, end, 0, element, is_seen=False))
        self._pop(level)

    def _pop(self, level: int) -> None:
        """End every element above this height of the stack."""
        while len(self.stack) > level:
            element = self.elements[self.stack.pop()]
            if element.role:
                self._end_line()
            self.open_names[element.name] -= 1
            self.pre_depth -= element.name == "pre"
            element.piece_end = len(self.pieces)
            element.line_end = len(self.lines)


def read(html: str) -> Page:
    """
    The lines that a reader sees; nothing is raised whatever the HTML is.

    Scripts, comments and titles belong to no line. Time is linear in the input.
    """
    reader = _Reader(html)
    reader.read()
    kinds = [Kind.TEXT] * len(reader.lines)
    named = [element for element in reader.elements if element.role]
    _paint(kinds, reader.lines, named)
    return Page(
        lines=reader.lines,
        kinds=kinds,
        pieces=reader.pieces,
        spans=[(element.piece, element.piece_end) for element in reader.elements],
        source=html,
    )


# Later ones are painted over earlier ones.
_ORDER: Final = (
    (Role.ASIDE, Kind.ASIDE),
    (Role.BLOCK, Kind.BLOCK),
    (Role.SIGNATURE, Kind.SIGNATURE),
    (Role.QUOTE, Kind.QUOTE),
)


def _paint(
    kinds: list[Kind], lines: Sequence[str], elements: Sequence[_Element]
) -> None:
    for role, kind in _ORDER:
        reached = 0
        for element in elements:
            # An inner element is painted by the outer one, so that each line is once.
            if element.role is role and element.line_end > reached:
                start = max(element.line, reached)
                reached = element.line_end
                if role is not Role.QUOTE or not _passes_on(lines, element):
                    kinds[start:reached] = [kind] * (reached - start)
    _paint_threads(kinds, lines, elements)
    for element in elements:
        if element.line < len(lines):
            if element.role is Role.FORWARD:
                kinds[element.line] = Kind.FORWARD
            elif _begins_rest(lines, element):
                kinds[element.line] = Kind.REST


def _paint_threads(
    kinds: list[Kind], lines: Sequence[str], elements: Sequence[_Element]
) -> None:
    """Introductions and block quotations of a client's element, but no answers."""
    reached = 0
    blocks = [
        element for element in elements if element.role in {Role.ASIDE, Role.BLOCK}
    ]
    at = 0
    for element in elements:
        if element.role is not Role.THREAD or element.line < reached:
            continue
        reached = element.line_end
        if _passes_on(lines, element):
            continue
        while at < len(blocks) and blocks[at].line < element.line:
            at += 1
        inner = []
        while at < len(blocks) and blocks[at].line < reached:
            inner.append(blocks[at])
            at += 1
        first = inner[0].line if inner else reached
        kinds[element.line : first] = [Kind.QUOTE] * (first - element.line)
        _paint_outermost(kinds, inner)


def _paint_outermost(kinds: list[Kind], elements: Iterable[_Element]) -> None:
    reached = 0
    for element in elements:
        start = max(element.line, reached)
        if element.line_end > start:
            reached = element.line_end
            kinds[start:reached] = [Kind.QUOTE] * (reached - start)


def _passes_on(lines: Sequence[str], element: _Element) -> bool:
    until = min(element.line_end, element.line + _HEADER_LINES_MAX)
    first = next((line for line in lines[element.line : until] if line), "")
    return original.is_forward(first)


def _begins_rest(lines: Sequence[str], element: _Element) -> bool:
    if element.role is Role.HEADER:
        return _is_header(lines, element)
    return element.role is Role.REST and not _passes_on(lines, element)


def _is_header(lines: Sequence[str], element: _Element) -> bool:
    """Whether labels stand in it, of whatever language."""
    return element.line_end - element.line >= 2 and original.has_labels(
        lines, element.line, 2
    )
