"""What a lawyer, a company or its scanner has put below a message."""

# ruff: noqa: RUF001 - dashes of every length are drawn

import re
from collections.abc import Sequence
from typing import Final

from mailbot_server.core.mail.quote import card, card_phrase, notice_phrase

_WORD: Final = re.compile(r"[\w./]+")
# Only the sender says it; a lawyer's notice never does.
_MYSELF: Final = re.compile(
    r"\b(?:I|[Mm]y|me|[Ii]ch|[Mm]ein\w{0,2}|mis|mijn|[Yy]o|[Jj]ag"
    r"|[Jj]e (?:vous|ne|suis)|[Jj]'ai|мне|мой|[Яя])\b"
)
_PERSONAL: Final = re.compile(
    r"\b(?:i|we|our|us|my|you|your|please|wir|unser\w{0,2}|ich|bitte|nous|notre|je|vous"
    r"|nuestr[oa]|nostr[oa]|noss[oa]|ons|onze|wij|vår|vores|nasz\w?|наш\w?)\b"
)
_SHORT: Final = (*notice_phrase.SHORT, *notice_phrase.REGISTERS)
_CORES_ASCII: Final = tuple(filter(str.isascii, notice_phrase.CORES))
_RULE_SIGNS: Final = " \t-_=*~–—"
_HEADING_EDGES: Final = " \t*_,.!;~-–—:"

_LENGTH_MIN: Final = 20
_LENGTH_MAX: Final = 4000
_LINES_MAX: Final = 20
_END_LINES: Final = 3
_SHORT_MAX: Final = 400
_HEADING_MAX: Final = 100
_OPENING_MAX: Final = 80
_THOUGHTS_LEAST: Final = 2


def find(lines: Sequence[str], end: int) -> int:
    """The line at which notices about the message itself begin above `end`."""
    begin = stop = end
    while stop > 0:
        start, stop = _paragraph(lines, stop)
        # The first paragraph is the message, but for its end: a page has no others.
        found = _notice(lines, start or max(stop - _END_LINES, 1), stop)
        if found < stop:
            begin = found
        elif begin < end and stop > 1 and _is_heading(lines[stop - 1]):
            begin = found = stop - 1
        elif not _may_part(lines[start:stop], is_below=begin == end):
            break
        if found not in {start, stop}:
            break
        stop = start
    if begin == end or _is_greeting(lines[:begin]):
        return end
    return _with_rules(lines, begin)


def _with_rules(lines: Sequence[str], begin: int) -> int:
    """The first of the rules drawn above a line."""
    above = begin - 1
    while above > 0 and not lines[above].strip(_RULE_SIGNS):
        if lines[above].strip():
            begin = above
        above -= 1
    return begin


def _paragraph(lines: Sequence[str], stop: int) -> tuple[int, int]:
    """The bounds of the last paragraph above `stop`, or of its last lines."""
    while stop > 0 and not lines[stop - 1].strip():
        stop -= 1
    start = stop
    while start > max(stop - _LINES_MAX, 0) and lines[start - 1].strip():
        start -= 1
    return start, stop


def _is_heading(line: str) -> bool:
    words = line[:_HEADING_MAX].strip(_HEADING_EDGES).casefold()
    return words in notice_phrase.HEADINGS


def _may_part(lines: Sequence[str], *, is_below: bool) -> bool:
    """Whether these may stand between two notices; below them, only a rule may."""
    written = [line for line in lines if line.strip(_RULE_SIGNS)]
    return not written or not (
        is_below or any(card.is_prose(card.bare(x)) for x in written)
    )


def _notice(lines: Sequence[str], start: int, stop: int) -> int:
    """The line in a paragraph from which it is a notice; `stop` for none."""
    words = "\n".join(lines[start:stop])
    if not _LENGTH_MIN <= len(words) <= _LENGTH_MAX:
        return stop
    folded = words.casefold()
    short = _short_notice(lines, start, stop, folded[-_SHORT_MAX:])
    if short < stop:
        return short
    openings = folded
    if stop - start > 1:
        openings = "\n".join(line[:_OPENING_MAX] for line in lines[start:stop])
        openings = openings.casefold()
    cores = _CORES_ASCII if openings.isascii() else notice_phrase.CORES
    if not any(map(openings.__contains__, cores)):
        return stop
    if not any(map(folded.__contains__, notice_phrase.SELF)):
        return stop
    if not _is_warning(folded) or _is_told(words, card.line_above(lines, start)):
        return stop
    if stop - start == 1:
        return start
    for number in range(start, stop):
        opening = lines[number][:_OPENING_MAX].casefold()
        if any(map(opening.__contains__, notice_phrase.SELF)):
            rest = "\n".join(lines[number:stop]).casefold()
            return number if _is_warning(rest) else stop
    return stop


def _short_notice(lines: Sequence[str], start: int, stop: int, ending: str) -> int:
    """The first line that says all by itself, if few words follow; `stop` for none."""
    marks = notice_phrase.MARKS if ending.isascii() else _SHORT
    # Most texts have none of these.
    if not any(map(ending.__contains__, marks)):
        return stop
    for number in range(start, stop):
        folded = lines[number].casefold()
        if _is_said(folded):
            length = sum(map(len, lines[number:stop]))
            return number if length <= _SHORT_MAX else stop
    return stop


def _is_said(folded: str) -> bool:
    """Whether a line is a notice; so are a company's papers if no person tells them."""
    if any(map(folded.__contains__, notice_phrase.SHORT)):
        return True
    return (
        any(map(folded.__contains__, notice_phrase.REGISTERS))
        and any(
            word.strip(".") in card_phrase.COMPANIES for word in _WORD.findall(folded)
        )
        and not _PERSONAL.search(folded)
    )


def _is_warning(folded: str) -> bool:
    """Whether it has enough of the thoughts; who sent in error says no secret."""
    found = [any(map(folded.__contains__, stems)) for stems in notice_phrase.THOUGHTS]
    return sum(found) >= _THOUGHTS_LEAST + (not found[0])


def _is_told(words: str, above: str) -> bool:
    """Whether a person says or asks it, or the words above lead up to it."""
    if words.rstrip().endswith(("?", "？")) or _MYSELF.search(words):
        return True
    folded = above.casefold()
    if _is_heading(above):
        return False
    return folded.endswith((":", "：")) or any(
        map(folded.__contains__, notice_phrase.TOPICS)
    )


def _is_greeting(lines: Sequence[str]) -> bool:
    """Whether nothing but a greeting is written here: the message is what follows."""
    written = [line.strip() for line in lines if line.strip()]
    return len(written) == 1 and (
        written[0].endswith((",", "，", ":", "："))
        or written[0].split()[0].strip(",.!").casefold() in notice_phrase.GREETINGS
    )
