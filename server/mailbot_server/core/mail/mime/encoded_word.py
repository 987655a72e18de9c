"""Text in header fields beyond ASCII: encoded-words, read and written (RFC 2047)."""

import binascii
import re
from typing import Final

from mailbot_server.core.mail.mime import charset as charsets
from mailbot_server.core.mail.mime.transfer import decode_base64

# The text stops before the next word's start, so that many starts without an end cost
# no more than their length. Blanks and "?" inside it are wrong but common.
_TEXT: Final = r"(?:[^?=]++|=(?!\?[^=])|\?(?!=))*+"
_WORD: Final = re.compile(rf"=\?([^?\s]{{1,64}})\?([bBqQ])\?({_TEXT})\?=")

PATTERN: Final = rf"=\?[^?\s]{{1,64}}\?[bBqQ]\?{_TEXT}\?="
"""One encoded-word, without groups, for larger expressions."""

_SPLIT_AT_ONE: Final = 5
"""Pieces of a value with one word in it: around the word, and the word's own three."""

_WORD_TEXT_OCTETS: Final = 45
"""Of UTF-8 in one word: 60 base64 characters, under the 75 of RFC 2047 2."""


def decode(value: str) -> str:
    """
    `value` with its encoded-words read; what is not one stays as it is.

    Neighbouring words of one charset are joined before they are read, because senders
    cut multibyte characters in two (against RFC 2047 5).
    """
    if "=?" not in value:
        return value
    split = _WORD.split(value)
    if len(split) == _SPLIT_AT_ONE:
        before, charset, encoding, text, behind = split
        charset = charset.partition("*")[0].lower()
        return before + charsets.decode(_octets(encoding, text), charset) + behind
    pieces: list[str] = []
    run = bytearray()
    run_charset = ""
    position = 0
    for word in _WORD.finditer(value):
        gap = value[position : word.start()]
        charset = word[1].partition("*")[0].lower()  # RFC 2231 5: a language follows
        is_joined = position > 0 and (not gap or gap.isspace())
        if run and not (is_joined and charset == run_charset):
            pieces.append(charsets.decode(bytes(run), run_charset))
            run.clear()
        if not is_joined:
            pieces.append(gap)
        run += _octets(word[2], word[3])
        run_charset = charset
        position = word.end()
    if run:
        pieces.append(charsets.decode(bytes(run), run_charset))
    pieces.append(value[position:])
    return "".join(pieces)


def _octets(encoding: str, text: str) -> bytes:
    octets = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(octets, header=True)
    return decode_base64(octets)[0]


def encode(text: str) -> str:
    """`text` as UTF-8 encoded-words of at most 75 characters, separated by a space."""
    words = []
    run = bytearray()
    for character in text:
        octets = character.encode("utf-8", "replace")
        if len(run) + len(octets) > _WORD_TEXT_OCTETS:
            words.append(bytes(run))
            run.clear()
        run += octets
    words.append(bytes(run))
    return " ".join(
        f"=?utf-8?b?{binascii.b2a_base64(word, newline=False).decode()}?="
        for word in words
    )
