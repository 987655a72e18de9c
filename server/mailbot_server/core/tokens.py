"""Text to what both search engines index: folded words, CJK as pairs of characters."""

import re
import unicodedata
from itertools import groupby
from typing import Final

TOKEN_LENGTH_MAX: Final = 64
"""Characters; longer words (keys, base64) are cut there, in a query too."""

INDEX_LENGTH_MAX: Final = 100_000
"""Characters of one message's tokens, joined."""

# Scripts that put no blanks between words: Thai and its neighbours, Han, kana, Hangul.
_UNSPACED: Final = re.compile(
    r"([\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007"
    r"\u3040-\u30ff\u3100-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    r"\uac00-\ud7ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]+)"
)
_ASCII_WORD: Final = re.compile(r"[a-z0-9]+(?:[._@+-][a-z0-9]+)*")
_WORD: Final = re.compile(r"[^\W_]+(?:[._@+-][^\W_]+)*")
# A blank for each byte of ASCII that is not part of any word.
_BLANKS: Final = bytes(
    n if chr(n).isascii() and (chr(n).isalnum() or chr(n) in "._@+-") else ord(" ")
    for n in range(256)
)

# Vowel signs of Indic scripts are marks, not letters, but part of the word.
_INDIC: Final = re.compile(r"[\u0900-\u0dff\u0f00-\u0fff]")
_INDIC_WORD: Final = re.compile(rf"(?:[^\W_]|{_INDIC.pattern})+")
_INNER: Final = re.compile(r"[._@+-]")

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


def tokens(text: str) -> list[str]:
    """
    The words of `text` in order, folded: case, width and accents make no difference.

    A word with "@" or "." inside stands whole and in its parts, so that
    "ann@example.com" is found by "ann", "example.com" and "example". Text of scripts
    without blanks gives each pair of neighbours ("東京都" is 東京, 京都).
    """
    found: list[str] = []
    # One foreign name does not make a long plain text dear.
    for is_plain, lines in groupby(text.splitlines(), str.isascii):
        piece = "\n".join(lines)
        found += _plain(piece.lower()) if is_plain else _folded(piece)
    return found


def _plain(text: str) -> list[str]:
    """The words of lower-case ASCII: most need no pattern to be told apart."""
    spaced = text.encode().translate(_BLANKS).decode().replace(". ", " ")
    found: list[str] = []
    for word in spaced.split():
        if word.isalnum():
            found.append(word[:TOKEN_LENGTH_MAX])
        else:
            found += _words(_ASCII_WORD, word)
    return found


def _folded(text: str) -> list[str]:
    text = _fold(text)
    if text.isascii():
        return _plain(text)
    found: list[str] = []
    # Every second piece is what the group of the pattern matched.
    for number, piece in enumerate(_UNSPACED.split(text)):
        if number % 2:
            found += [piece[i : i + 2] for i in range(max(len(piece) - 1, 1))]
        elif piece:
            found += _words(_INDIC_WORD if _INDIC.search(piece) else _WORD, piece)
    return found


def index_text(inbox_token: str, *texts: str, limit: int = INDEX_LENGTH_MAX) -> str:
    """
    The tokens of these texts, first to last, as one document of at most `limit`.

    `inbox_token` comes first, so that both engines can keep a search inside an inbox.
    """
    document = [inbox_token]
    room = limit - len(inbox_token)
    for text in texts:
        found = tokens(text[: max(room, 0)])
        length = sum(map(len, found)) + len(found)
        if length > room:
            return " ".join([*document, *_fitting(found, room)])
        document += found
        room -= length
    return " ".join(document)


def _fitting(found: list[str], room: int) -> list[str]:
    """The first of these tokens that have room, each with a blank before it."""
    for number, token in enumerate(found):
        room -= len(token) + 1
        if room < 0:
            return found[:number]
    return found


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    for letter, plain in _STROKES:
        folded = folded.replace(letter, plain)
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFKC", bare)


def _words(pattern: re.Pattern[str], text: str) -> list[str]:
    found: list[str] = []
    for word in pattern.findall(text):
        if word.isalnum():
            found.append(word[:TOKEN_LENGTH_MAX])
        else:
            found += _parts(word)
    return found


def _parts(word: str) -> list[str]:
    parts = _INNER.split(word)
    if len(parts) == 1:
        return [word[:TOKEN_LENGTH_MAX]]
    local, at, domain = word.rpartition("@")
    if at:
        whole = [word, local, domain] if "." in domain else [word, local]
    else:
        whole = [word] if "." in word else []
    return [part[:TOKEN_LENGTH_MAX] for part in dict.fromkeys(whole + parts)]
