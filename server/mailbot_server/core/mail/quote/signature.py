"""Where a signature begins: dashes, what a telephone adds, a card, a notice."""

# ruff: noqa: RUF001 - dashes of every length are drawn

import re
from collections.abc import Sequence
from typing import Final

from mailbot_server.core.mail.quote import card, notice, phrase

_DEVICE: Final = re.compile("|".join(phrase.DEVICE_LINES), re.IGNORECASE)
# What a client puts around such a line, and the address behind its maker's name.
_DECORATION: Final = re.compile(
    r"\s*(?:<https?://[^<>\s]*>|\(https?://[^()\s]*\)|\[https?://[^\[\]\s]*\])"
    r"|[<>()\[\]*_\u200b-\u200f\u2060-\u2064\ufeff]|^\s*-{2,}|-{2,}\s*$"
)
_LIST_RULE: Final = re.compile(r"_{20,}|-{40,}")
_LIST_FOOTER: Final = re.compile(r"https?://|mailing list|unsubscribe", re.IGNORECASE)
# What tells people how to reach somebody, and a line that can only be a name.
_CONTACT: Final = re.compile(
    r"[^\s@]@[^\s@]+\.\w|https?://|\bwww\.|(?:\+|\b0|\()[\d(][\d ()./-]{6,}\d"
)
_PERSON: Final = re.compile(r"(?:[^\W\d_][\w.'’-]*+,?+ ?+){1,5}")
_SENTENCE: Final = re.compile(r"(?:\S+\s+){3}\S*[.!?:]$")
_BARE: Final = frozenset({"--", "—", "–", "––", "—-", "---", "-- -", "__"})
_RULE: Final = re.compile(r"[-_=*~–—―─━═＿－＝＊]{2,}")
_NAME: Final = re.compile(
    r"(?:-{1,2}|[–—/~]) ?[^\W\d_][\w'’.-]{0,20}(?: [^\W\d_][\w'’.-]{0,20}){0,2}"
)

_LINES_MAX: Final = 30
"""A longer text behind dashes is no signature: they were drawn as a rule."""

_BARE_LINES_MAX: Final = 10
"""The same for dashes without the blank that RFC 3676 4.3 asks for."""

_DEVICE_LENGTH_MAX: Final = 120
_CARD_LENGTH_MAX: Final = 80
_DECORATED_LENGTH_MAX: Final = 400
_NAME_LENGTH_MAX: Final = 40


def find(lines: Sequence[str]) -> int:
    """
    The line at which the signature begins; len(lines) when there is none.

    `lines` have no empty ones at their end. Never 0: a text is not all signature.
    """
    first = max(len(lines) - _LINES_MAX - 1, 1)
    numbers = range(first, len(lines))
    dashes = next((n for n in numbers if _is_delimiter(lines, n)), len(lines))
    device = _device(lines, dashes)
    below = notice.find(lines, device)
    if below < device:
        device = _device(lines, below)
    return _name(lines, card.find(lines, device))


def _is_delimiter(lines: Sequence[str], number: int) -> bool:
    line = lines[number]
    follows = len(lines) - number - 1
    if line == "-- ":
        return True
    stripped = line.strip()
    if stripped in _BARE:
        # Two of the longer ones divide a text; they do not end it.
        is_divider = stripped == "---" and lines.count(line) > 1
        return follows <= _BARE_LINES_MAX and not is_divider
    if not follows and _RULE.fullmatch(stripped):
        # Drawn under everything, unless it closes what one like it opens.
        return line not in lines[:number]
    if follows > _BARE_LINES_MAX or not _RULE.fullmatch(stripped):
        return False
    behind = lines[number + 1 :]
    if _LIST_RULE.fullmatch(stripped) and any(map(_LIST_FOOTER.search, behind)):
        return True
    # A line drawn under words makes them a heading.
    is_apart = stripped[0] == "_" or not lines[number - 1].strip()
    # Above a card and below it, or above it alone.
    is_only = lines.count(line) == 1 + (lines[-1] == line)
    return is_apart and is_only and _is_card(behind)


def _is_card(lines: Sequence[str]) -> bool:
    """Whether these are a name and, in short lines, where to reach it."""
    written = [line.strip() for line in lines if line.strip()]
    return (
        bool(written)
        and bool(_PERSON.fullmatch(written[0][:_CARD_LENGTH_MAX]))
        and all(len(line) <= _CARD_LENGTH_MAX for line in written)
        and any(map(_CONTACT.search, written))
        and not any(map(_SENTENCE.match, written))
    )


def _device(lines: Sequence[str], end: int) -> int:
    """The last lines above `end`, as long as each is what a device writes."""
    begin = end
    for number in range(end - 1, 0, -1):
        line = lines[number].strip()
        if not line:
            continue
        if len(line) > _DECORATED_LENGTH_MAX or not _is_device(line):
            break
        begin = number
    return begin


def _is_device(line: str) -> bool:
    words = _DECORATION.sub("", line).strip()
    return len(words) <= _DEVICE_LENGTH_MAX and bool(_DEVICE.fullmatch(words))


def _name(lines: Sequence[str], end: int) -> int:
    """The line above `end` if it is a name behind a dash, apart from the rest."""
    number = end - 1
    while number > 0 and not lines[number].strip():
        number -= 1
    if number < 2 or lines[number - 1].strip():
        return end
    line = lines[number].strip()
    mark = line[:1]
    is_name = (
        len(line) <= _NAME_LENGTH_MAX
        and line[1:2] != " "
        and _NAME.fullmatch(line)
        and line.lstrip("-–—/~ ")[:1].isupper()
    )
    # One more line of that kind makes it a list.
    above = next((line for line in reversed(lines[:number]) if line.strip()), "")
    return number if is_name and not above.lstrip().startswith(mark) else end
