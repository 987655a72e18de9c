"""
Macros of SPF: their syntax, and what they stand for (RFC 7208 7).

What a macro stands for is a value that the caller knows; only `p` has to be asked for.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

NAME_MAX: Final = 253
"""RFC 7208 7.3: what is longer loses labels on the left."""

_MACRO: Final = re.compile(
    r"%(?:\{(?P<letter>[A-Za-z])(?P<count>\d*)(?P<turned>[Rr]?)(?P<cuts>[-.+,/_=]*)\}"
    r"|(?P<plain>[%_-]))"
)
_LITERAL: Final = r"[!-$&-~]"
_TARGET: Final = re.compile(
    rf"(?:%\{{[slodiphv]\d*r?[-.+,/_=]*\}}|%[%_-]|{_LITERAL})*+", re.IGNORECASE
)
_WORDS: Final = re.compile(
    rf"(?:%\{{[slodiphvcrt]\d*r?[-.+,/_=]*\}}|%[%_-]|{_LITERAL}| )*+", re.IGNORECASE
)
_ZERO: Final = re.compile(r"%\{[A-Za-z]0+[^0-9]")
_TOP: Final = re.compile(
    r"\.(?:[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9]+-[A-Za-z0-9-]*[A-Za-z0-9])\.?\Z"
)
_PLAIN: Final = {"%": "%", "_": " ", "-": "%20"}


def is_string(text: str) -> bool:
    """Whether it is a macro-string of a modifier."""
    return _TARGET.fullmatch(text) is not None and not _ZERO.search(text)


def is_target(text: str) -> bool:
    """Whether it is a domain-spec: ends in a label of letters, or in a macro."""
    if not is_string(text):
        return False
    return text.endswith("}") or _TOP.search(text) is not None


def is_words(text: str) -> bool:
    """Whether it can be an explanation (RFC 7208 6.2)."""
    return _WORDS.fullmatch(text) is not None and not _ZERO.search(text)


def uses_host(text: str) -> bool:
    """Whether the name of the client is asked for."""
    return "%{p" in text.lower()


def expand(text: str, values: Mapping[str, str]) -> str:
    """The text with its macros replaced; `values` by lower-case letter."""
    if "%" not in text:
        return text
    return _MACRO.sub(lambda match: _one(match, values), text)


def name(text: str, values: Mapping[str, str]) -> str:
    """A domain-spec as a name, without a final dot and of bounded length."""
    found = expand(text, values).removesuffix(".")
    while len(found) > NAME_MAX:
        _, dot, found = found.partition(".")
        if not dot:
            return ""
    return found


def _one(match: re.Match[str], values: Mapping[str, str]) -> str:
    if match["plain"]:
        return _PLAIN[match["plain"]]
    letter = match["letter"]
    pieces = re.split(f"[{re.escape(match['cuts'] or '.')}]", values[letter.lower()])
    if match["turned"]:
        pieces.reverse()
    if match["count"]:
        # More digits than a name has labels keep all of them.
        pieces = pieces[-int(match["count"][-4:] or 0) :]
    value = ".".join(pieces)
    return quote(value, safe="-._~") if letter.isupper() else value
