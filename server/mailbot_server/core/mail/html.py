"""HTML to plain text, for mail that has no text of its own."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

INPUT_MAX: Final = 2_000_000
"""Characters of HTML that are looked at."""

# Tags, comments and declarations; a lone "<" is text. An unquoted "<" ends the try, so
# that many beginnings without an end cost no more than their length. (The library's
# HTMLParser is quadratic on them before Python 3.11.14.)
_MARKUP: Final = re.compile(
    r"""<(?:(/?)([a-z][a-z0-9:-]*+)(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>"""
    r"""|!--(?:.*?-->|.*)|[!?][^>]*+>?)""",
    re.IGNORECASE | re.DOTALL,
)
_SILENT_END: Final = {
    name: re.compile(rf"</{name}\b[^>]*+>?", re.IGNORECASE)
    for name in ("script", "style", "template", "title")
}
_BLOCKS: Final = re.compile(
    "address|article|aside|body|center|dd|div|dl|dt|fieldset|figure|footer|form|header"
    "|hr|html|li|main|nav|ol|pre|section|table|tr|ul"
)
_PARAGRAPHS: Final = re.compile("blockquote|h[1-6]|p")
_CELLS: Final = frozenset({"td", "th"})

_BLANKS: Final = re.compile(r"[\s\u00a0]+")
# What newsletters fill the preview with; inside words these mean something.
_NOTHING: Final = re.compile(r"[\s\u00a0\u00ad\u034f\u2007\u200b-\u200f\ufeff]*+")
_HUGE_REFERENCE: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")
_QUOTE_DEPTH_MAX: Final = 20


@dataclass(slots=True)
class _Page:
    """Lines as they are written."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    quote_depth: int = 0
    depth_above: int = 0
    """Of the last line."""

    pre_depth: int = 0
    wants_empty_line: bool = False

    def write(self, text: str) -> None:
        text = unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text
        if self.pre_depth:
            first, *others = text.split("\n")
            self.words.append(first)
            for line in others:
                self.end_line(keep_empty=True)
                self.words.append(line)
            return
        if text := _BLANKS.sub(" ", text):
            self.words.append(text)

    def end_line(self, *, keep_empty: bool = False) -> None:
        line = "".join(self.words)
        self.words.clear()
        line = line.rstrip() if self.pre_depth else _BLANKS.sub(" ", line).strip()
        if line and not self.pre_depth and _NOTHING.fullmatch(line):
            line = ""
        if not line and not keep_empty:
            return
        if self.wants_empty_line and self.lines:
            shared = min(self.quote_depth, self.depth_above)
            self.lines.append(("> " * shared).rstrip())
        self.wants_empty_line = False
        self.depth_above = self.quote_depth
        self.lines.append(("> " * self.quote_depth + line).rstrip())

    def open(self, name: str) -> None:
        if name == "br":
            self.end_line(keep_empty=True)
        elif name in _CELLS:
            self.words.append(" ")
        elif _PARAGRAPHS.fullmatch(name) or _BLOCKS.fullmatch(name):
            self._separate(name)
            if name == "blockquote":
                self.quote_depth = min(self.quote_depth + 1, _QUOTE_DEPTH_MAX)
            elif name == "pre":
                self.pre_depth = 1
            elif name == "li":
                self.words.append("* ")

    def close(self, name: str) -> None:
        if _PARAGRAPHS.fullmatch(name) or _BLOCKS.fullmatch(name):
            self._separate(name)
            if name == "blockquote":
                self.quote_depth = max(self.quote_depth - 1, 0)
            elif name == "pre":
                self.pre_depth = 0

    def _separate(self, name: str) -> None:
        self.end_line()
        if _PARAGRAPHS.fullmatch(name):
            self.wants_empty_line = True


def to_text(html: str) -> str:
    """
    What a reader sees, as lines; quoted blocks with "> " before each of theirs.

    Time is linear in the input, which is cut to two million characters.
    """
    html = html[:INPUT_MAX]
    page = _Page()
    position = 0
    while match := _MARKUP.search(html, position):
        if match.start() > position:
            page.write(html[position : match.start()])
        position = match.end()
        name = (match[2] or "").lower()
        if match[1]:
            page.close(name)
        elif name in _SILENT_END:
            end = _SILENT_END[name].search(html, position)
            position = end.end() if end else len(html)
        elif name:
            page.open(name)
    page.write(html[position:])
    page.end_line()
    return "\n".join(page.lines).strip("\n")
