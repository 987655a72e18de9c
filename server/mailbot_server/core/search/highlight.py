"""Shows where the words of a query stand: short pieces of each field, with ranges."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core import tokens
from mailbot_server.core.search.document import Field
from mailbot_server.core.search.query import Words
from mailbot_server.core.tokens import Located

PIECES_MAX: Final = 5
"""Pieces of one message."""

PIECE_LENGTH_MAX: Final = 200
"""Characters of a piece."""

_BEFORE: Final = 60
_BLANK: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """
    A piece of a field and what of it matched.

    Ranges are in order and apart, from the first character to before the end, in
    characters of `text`. Line ends and tabs have become blanks.
    """

    field: Field
    text: str
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    words: tuple[str, ...]
    is_open: bool

    def fits(self, found: Sequence[Located], place: int) -> bool:
        last = place + len(self.words) - 1
        if last >= len(found):
            return False
        pairs = zip(self.words[:-1], found[place:last], strict=True)
        if any(word != each.word for word, each in pairs):
            return False
        if self.is_open:
            return found[last].word.startswith(self.words[-1])
        return found[last].word == self.words[-1]


def pieces(
    texts: Iterable[tuple[Field, str]], wanted: Sequence[Words]
) -> list[Highlight]:
    """
    At most PIECES_MAX pieces where the words stand, in the order of the texts.

    A text is taken up only while there is room; the last may fill it.
    """
    shown: list[Highlight] = []
    for field, text in texts:
        patterns = _patterns(wanted, field)
        if not patterns or len(shown) == PIECES_MAX:
            continue
        most = PIECES_MAX - len(shown) if field is Field.BODY else 1
        ranges = _matches(text[: tokens.INDEX_LENGTH_MAX], patterns)
        shown += list(_cut(field, text, ranges, most))
    return shown


def _patterns(wanted: Sequence[Words], field: Field) -> list[_Pattern]:
    return [
        _pattern(words)
        for words in wanted
        if words.field is None or words.field is field
    ]


def _pattern(words: Words) -> _Pattern:
    asked = words.asked
    if "@" in asked.words[0]:
        # A whole address stands in the text as the words that it is made of.
        parts = [word for word in tokens.words(asked.words[0]) if "@" not in word]
        return _Pattern(tuple(parts), is_open=False)
    return _Pattern(asked.words, asked.is_open)


def _matches(text: str, patterns: Sequence[_Pattern]) -> list[tuple[int, int]]:
    """Where any of them stands: in order, those that touch each other joined."""
    found = list(tokens.located(text))
    known: dict[str, list[_Pattern]] = {}
    open_ones: list[_Pattern] = []
    for pattern in patterns:
        if pattern.is_open and len(pattern.words) == 1:
            open_ones.append(pattern)
        else:
            known.setdefault(pattern.words[0], []).append(pattern)
    ranges: list[tuple[int, int]] = []
    for place, each in enumerate(found):
        for pattern in (*known.get(each.word, ()), *open_ones):
            if pattern.fits(found, place):
                end = found[place + len(pattern.words) - 1].end
                _join(ranges, each.start, end)
    return ranges


def _join(ranges: list[tuple[int, int]], start: int, end: int) -> None:
    if ranges and start <= ranges[-1][1]:
        first, last = ranges.pop()
        start, end = first, max(last, end)
    ranges.append((start, end))


def _cut(
    field: Field, text: str, ranges: Sequence[tuple[int, int]], most: int
) -> Iterator[Highlight]:
    shown_to = 0
    for start, _ in ranges:
        if start < shown_to:
            continue
        if most == 0:
            return
        most -= 1
        first = _beginning(text, start, shown_to)
        shown_to = _ending(text, first)
        inside = [
            (max(one, first) - first, min(other, shown_to) - first)
            for one, other in ranges
            if one < shown_to and other > first
        ]
        piece = _BLANK.sub(" ", text[first:shown_to])
        yield Highlight(field=field, text=piece, ranges=tuple(inside))


def _beginning(text: str, start: int, after: int) -> int:
    """A little before the match, where a word begins; the whole of a short text."""
    if len(text) <= PIECE_LENGTH_MAX:
        return 0
    earliest = max(after, start - _BEFORE)
    if earliest == after:
        return earliest
    blank = _BLANK.search(text, earliest, start)
    return blank.end() if blank else earliest


def _ending(text: str, first: int) -> int:
    end = min(len(text), first + PIECE_LENGTH_MAX)
    if end == len(text):
        return end
    for place in range(end, end - _BEFORE, -1):
        if _BLANK.match(text, place):
            return place
    return end
