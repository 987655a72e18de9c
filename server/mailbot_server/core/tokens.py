"""
Text to what both search engines index: folded words, CJK as pairs of characters.

A word is a run of letters and digits, folded: case, width and accents make no
difference. Text of scripts without blanks gives each pair of neighbours and its last
character ("東京都" is 東京, 京都, 都), so that any single character begins a word. An
address ("ann@example.com") is three words, and once more one whole word at the end of
its text, where it separates no neighbours.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

WORD_LENGTH_MAX: Final = 255
"""Characters; longer words (keys, base64) are cut there, in a query too."""

INDEX_LENGTH_MAX: Final = 100_000
"""Characters of one text's words, joined."""

ADDRESSES_MAX: Final = 500
"""How many addresses of one text are also words as a whole."""

# Scripts that put no blanks between words: Thai and its neighbours, Han, kana, Hangul.
_UNSPACED: Final = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007"
    r"\u3040-\u30ff\u3100-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    r"\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
# Vowel signs of Indic scripts are marks, not letters, but part of the word.
_INDIC: Final = r"[\u0900-\u0dff\u0f00-\u0fff]"
_RUN: Final = re.compile(
    rf"(?P<pairs>{_UNSPACED}+)|(?:(?!{_UNSPACED})(?:[^\W_]|{_INDIC}))+"
)
_ASCII_RUN: Final = re.compile(r"[A-Za-z0-9]+")
# Each byte of ASCII in lower case, and a blank for what is part of no word.
_PLAIN: Final = bytes(
    ord(chr(n).lower()) if chr(n).isascii() and chr(n).isalnum() else ord(" ")
    for n in range(256)
)

_ADDRESS_CHARACTER: Final = rf"(?:(?!{_UNSPACED})[\w.+-])"
_LOCAL: Final = re.compile(rf"(?!{_UNSPACED})\w{_ADDRESS_CHARACTER}{{0,63}}\Z")
_DOMAIN: Final = re.compile(rf"{_ADDRESS_CHARACTER}{{0,190}}(?!{_UNSPACED})\w")

# Accents of Latin, Greek, Cyrillic; points of Hebrew and Arabic. Not the voice marks
# of kana, which make other letters.
_ACCENT: Final = re.compile(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a"
    r"\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Letters with a stroke and ligatures, which no normal form takes apart.
_STROKES: Final = (
    *(("æ", "ae"), ("œ", "oe"), ("ø", "o"), ("đ", "d"), ("ð", "d"), ("ħ", "h")),
    *(("ł", "l"), ("þ", "th"), ("ŧ", "t"), ("\u0131", "i")),  # the last: Turkish
)
# Characters of no combining class that normal forms still join to the one before:
# vowel signs, the second and third letter of a Hangul syllable, voice marks of kana.
_JOINED: Final = re.compile(
    r"[\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf"
    r"\u0ddf\u0f73\u0f75\u0f81\u102e\u1161-\u11ff\u1b35\U00011127\U0001133e\U00011357"
    r"\U000114b0\U000114ba\U000114bd\U000115af\U00011930\uff9e\uff9f\uffc2-\uffdc"
    r"\u3131-\u318e]"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What a piece of a query looks for: these words, one behind the other.

    With `is_open` the last one is only the beginning of a word.
    """

    words: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A word of a text, and the characters of the text that it was read from."""

    word: str
    start: int
    end: int


def spaced(text: str, limit: int = INDEX_LENGTH_MAX) -> str:
    """The words of `text` in order with blanks between, at most `limit` characters."""
    text = _beginning(text, limit)
    found: list[str] = []
    folded: list[str] = []
    # One foreign name does not make a long plain text dear.
    for is_plain, lines in _pieces(text):
        piece = lines if is_plain else _fold(lines)
        found.append(_plain(piece) if piece.isascii() else _foreign(piece))
        folded.append(piece)
    if "@" in text or "@" in "".join(folded):
        found += _addresses("\n".join(folded).lower())
    return _cut(" ".join(found), limit)


def words(text: str) -> list[str]:
    """The words that `spaced` gives."""
    return spaced(text).split()


def asked(text: str, *, is_open: bool = False) -> Asked:
    """
    What a query that says `text` looks for; no words where it has no letter or digit.

    An address is one word. A single character of a script without blanks is the
    beginning of one.
    """
    folded = _fold(text.strip())
    whole = _addresses(folded)
    if whole == [folded] and not is_open:
        return Asked((folded[:WORD_LENGTH_MAX],))
    runs = list(_RUN.finditer(folded))
    found = [word for run in runs for word in _of_run(run)]
    if runs and runs[-1]["pairs"]:
        # The last character alone stands there only where its run ends.
        if len(runs[-1][0]) > 1:
            return Asked(tuple(found[:-1]))
        return Asked(tuple(found), is_open=True)
    return Asked(tuple(found), is_open=is_open and bool(found))


def located(text: str) -> Iterator[Located]:
    """The words of `text` in order, but for whole addresses, with their places."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.isascii():
            for match in _ASCII_RUN.finditer(line):
                word = match[0].lower()[:WORD_LENGTH_MAX]
                yield Located(word, start + match.start(), start + match.end())
        else:
            yield from _located_foreign(line, start)
        start += len(line)


def _beginning(text: str, limit: int) -> str:
    """The first characters, up to the end of a word unless that is far away."""
    if len(text) <= limit:
        return text
    end = max(text.rfind(" ", 0, limit), text.rfind("\n", 0, limit))
    return text[: end if end > limit - WORD_LENGTH_MAX else limit]


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    if text.isascii():
        yield True, text
        return
    for is_plain, lines in groupby(text.splitlines(), str.isascii):
        yield is_plain, "\n".join(lines)


def _plain(text: str) -> str:
    """The words of ASCII; told apart in two passes that are not ours."""
    blanked = text.encode().translate(_PLAIN).decode()
    if _has_long(blanked):
        return " ".join([word[:WORD_LENGTH_MAX] for word in blanked.split()])
    return blanked


def _has_long(text: str) -> bool:
    """Whether a word is longer than WORD_LENGTH_MAX, by jumps of nearly as much."""
    place = 0
    while len(text) - place > WORD_LENGTH_MAX:
        blank = text.rfind(" ", place, place + WORD_LENGTH_MAX + 1)
        if blank < 0:
            return True
        place = blank + 1
    return False


def _foreign(folded: str) -> str:
    return " ".join([word for run in _RUN.finditer(folded) for word in _of_run(run)])


def _of_run(run: re.Match[str]) -> list[str]:
    text = run[0]
    if not run["pairs"]:
        return [text[:WORD_LENGTH_MAX]]
    return [text[i : i + 2] for i in range(len(text))]


def _addresses(folded: str) -> list[str]:
    """The addresses in a folded text, each once, in order; at most ADDRESSES_MAX."""
    found: dict[str, None] = {}
    place = folded.find("@")
    tries = 0
    while place >= 0 and tries < ADDRESSES_MAX:
        tries += 1
        # Most local parts follow one of these, which spares the pattern its tries.
        first = max(0, place - 64)
        first = max(first, *(folded.rfind(mark, first, place) + 1 for mark in " \n<"))
        local = _LOCAL.search(folded, first, place)
        domain = _DOMAIN.match(folded, place + 1, place + 192)
        if local and domain:
            found[f"{local[0]}@{domain[0]}"[:WORD_LENGTH_MAX]] = None
        place = folded.find("@", place + 1)
    return list(found)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: text.rfind(" ", 0, limit + 1) + 1].rstrip() or text[:limit]


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    for letter, plain in _STROKES:
        folded = folded.replace(letter, plain)
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFKC", bare)


_fold_one: Final = lru_cache(maxsize=4096)(_fold)


def _located_foreign(line: str, offset: int) -> Iterator[Located]:
    folded: list[str] = []
    origin: list[tuple[int, int]] = []
    for start, end in _clusters(line):
        piece = _fold_one(line[start:end])
        folded.append(piece)
        origin += [(start + offset, end + offset)] * len(piece)
    for match in _RUN.finditer("".join(folded)):
        if not match["pairs"]:
            word = match[0][:WORD_LENGTH_MAX]
            yield Located(word, origin[match.start()][0], origin[match.end() - 1][1])
            continue
        for n, word in enumerate(_of_run(match), match.start()):
            yield Located(word, origin[n][0], origin[n + len(word) - 1][1])


def _clusters(line: str) -> Iterator[tuple[int, int]]:
    """Where each character begins and its marks end."""
    start = 0
    for place, character in enumerate(line):
        is_joined = unicodedata.combining(character) or _JOINED.match(character)
        if place and not is_joined:
            yield start, place
            start = place
    yield start, len(line)
