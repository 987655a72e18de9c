"""Undoes the line breaks that a sender's program put into paragraphs (RFC 3676)."""

import re
from typing import Final

_QUOTES: Final = re.compile(r">*+")
_SIGNATURE: Final = "-- "
_LENGTH_MAX: Final = 1_000_000
"""Characters; a longer text is hardly one that people read, and stays as it is."""


def unwrap(text: str) -> str:
    """
    Text of `format=flowed; delsp=yes` with each of its paragraphs in one line.

    Only for `delsp=yes`: there the blank at a line's end is no character of the text,
    and left alone it cuts words and links in two. Other flowed text reads the same
    with its breaks as they were sent.
    """
    if len(text) > _LENGTH_MAX:
        return text
    lines: list[str] = []
    paragraph: list[str] = []
    paragraph_depth = -1
    for line in text.split("\n"):
        depth = _depth(line)
        words = line[depth:].removeprefix(" ")  # it was stuffed in front
        is_open = words.endswith(" ") and words != _SIGNATURE
        if paragraph and (depth != paragraph_depth or words == _SIGNATURE):
            lines.append("".join(paragraph))
            paragraph.clear()
        if not paragraph and depth:
            paragraph.append(">" * depth + (" " if words else ""))
        paragraph.append(words[:-1] if is_open else words)
        paragraph_depth = depth
        if not is_open:
            lines.append("".join(paragraph))
            paragraph.clear()
    if paragraph:
        lines.append("".join(paragraph))
    return "\n".join(lines)


def _depth(line: str) -> int:
    match = _QUOTES.match(line)
    return match.end() if match else 0
