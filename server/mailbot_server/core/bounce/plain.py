"""Makes of a refusal's text what the table is written for."""

import re
import unicodedata
from typing import Final

TEXT_MAX: Final = 1000

# What the relays in between wrote around the words, and codes repeated on every line.
_WRAPPING: Final = re.compile(
    r"host [^ ]{1,255} sa(?:id|ys): |giving up on ip\.?|\(in reply to [a-z ]{1,30}\)"
    r"|\b[45][0-9]{2}[- ][245]\.[0-9]{1,3}\.[0-9]{1,3}\b|\b[45][0-9]{2}-(?= )"
)
_EARLY: Final = re.compile(
    r"\b(?:in reply to|error from remote mail server after) "
    r"(?:mail from|helo|ehlo|initial connection)\b|\bbut sender was rejected\b",
    re.IGNORECASE,
)
_INNER_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_BETWEEN_WORDS: Final = re.compile(r"[-_./:;,=*+|\"()<>\[\]{}]")
_JOINED: Final = re.compile(r"[a-z][-_:=*+|][a-z]")
_MARKS: Final = re.compile(r"(?<![\u0400-\u04ff])[\u0300-\u036f]")
# What is a letter of its own in its tongue, and not one with a mark.
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "\u0131": "i", "ß": "ss", "ё": "\u0435"}
)
_ADDRESS: Final = re.compile(
    r"[^\s<>()\[\]:;,\"'@]{1,64}@\w[\w-]{0,62}(?:\.\w[\w-]{0,62}){0,8}"
)
_IP: Final = re.compile(
    r"\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b"
    r"|\b[0-9a-f]{1,4}:(?:[0-9a-f]{0,4}:){2,6}[0-9a-f]{1,4}\b"
)


def plain(text: str) -> str:
    """
    Lower case without accents, with `@` for an address and `ip` for an IP address.

    So `<nospam@example.com>` is not spam, and a host's own number is a listed "ip".
    Words that were grown together, as in `DisabledUser`, are two.
    """
    text = text[:TEXT_MAX]
    if "@" in text:
        text = _ADDRESS.sub("@", text.replace("...", "... "))
    text = _unaccented(_INNER_CAPITAL.sub(" ", text).lower())
    text = _WRAPPING.sub("", _IP.sub("ip", text))
    return " ".join(text.split())


def apart(text: str) -> str:
    """
    Plain text without what joins words: `invalid-recipient` is two like others.

    To be looked at only where the text as it stands says nothing, because a hyphen may
    also be what tells one word from two. Text that joins no words stays as it is.
    """
    if not _JOINED.search(text):
        return text
    return " ".join(_BETWEEN_WORDS.sub(" ", text).split())


def is_early(text: str) -> bool:
    """Whether a relay wrote that the host refused before it heard of a recipient."""
    return _EARLY.search(text[:TEXT_MAX]) is not None


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", bare).translate(_LETTERS)[:TEXT_MAX]
