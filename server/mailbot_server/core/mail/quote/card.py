"""The card that stands unmarked below a message: who its sender is, and where."""

# ruff: noqa: RUF001 - dashes of every length are drawn

import re
from collections.abc import Sequence
from typing import Final

from mailbot_server.core.mail.quote import card_phrase

_PERSON: Final = re.compile(r"(?:[^\W\d_][\w.'’-]*+,?+ ?+){1,6}")
_REACH: Final = re.compile(
    r"[^\s@]@[^\s@]+\.\w|(?:\+|(?<!\d )\b0|\()[\d(][\d ()./-]{6,}\d"
    r"|(?<![\d-])\d{3}[-. ]\d{3,4}[-. ]?\d{4}(?![\d-])"
    r"|^(?:\w{1,12}[.:]{1,2} ?[\d(]|[0(])[\d ()./-]{7,19}$"
)
_MAILBOX: Final = re.compile(r"[^\s@]@[^\s@]+\.\w")
_PAGE: Final = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
# Where a link leads and a picture's name are no words of a card.
_ASIDE: Final = re.compile(
    r"<(?:https?|mailto|tel):[^<>\s]{0,2000}>|\[(?:image|cid|Image|http)[^\[\]]{0,2000}\]|\ufffc"
)
_SENTENCE: Final = re.compile(r"(?:\S+\s+){4}\S.*[.!?:;]$|.*\?$|[a-z]+ [a-z].*[.!:]$")
_POSTSCRIPT: Final = re.compile(
    r"(?:p\. ?s|ps|p\. ?d|pd|n\. ?b|nb|btw|fyi|note|edit|update|attach\w*|encl\w*)\b"
    r"|[-*•>#] ?\w|\+ |\d{1,2}[.)] ",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"([^\W\d_][^:：@/]{0,24}?) ?[:：](?!//) ?\S")
_WORD: Final = re.compile(r"[\w./]+")
_NUMBER_BEGINS: Final = re.compile(r"[\d+(@]")
_NAME_ENDS: Final = re.compile(r"[|,–—•·]| - ")
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")
_EDGES: Final = " \t*_,.!;~-–—"

_LINES_MAX: Final = 25
"""Of a card: lines that are not empty or are."""

_LENGTH_MAX: Final = 100
_CLOSING_LENGTH_MAX: Final = 60
_CLOSING_WORDS_MAX: Final = 7
_NAME_LENGTH_MAX: Final = 45
_BARE_WORDS_MAX: Final = 3
_NAME_WORDS_MAX: Final = 5
_LETTER_LENGTH_MAX: Final = 2
"""Of a label such as "T:" or "M.": it can only be a telephone's."""


def find(lines: Sequence[str], end: int) -> int:
    """
    The line at which the card above `end` begins; `end` when there is none.

    It stands below a closing and a name, which remain, and says how to reach the
    sender or what they are. Anything else below them, such as a postscript, and it
    is left, and so is what may be somebody else's. Without a closing it must begin
    with the name above it: who names a colleague or a plumber writes a card too.
    """
    first = max(end - _LINES_MAX, 1)
    for number in range(end - 1, first - 1, -1):
        line = lines[number]
        if len(line) > _LENGTH_MAX and len(bare(line)) > _LENGTH_MAX:
            return _unclosed(lines, number + 1, end)
        name = _closing(line)
        if name is not None:
            begin = _behind_name(lines, number + 1, end, is_named=bool(name))
            return begin if _is_theirs(lines, number, begin, end) else end
    return _unclosed(lines, first, end)


def _unclosed(lines: Sequence[str], first: int, end: int) -> int:
    """The same where nobody took leave: a name at the head of the last paragraphs."""
    for start in range(end - 1, first - 1, -1):
        line = lines[start]
        if lines[start - 1].strip() or not line.strip():
            if _SENTENCE.match(line.strip()):
                return end
            continue
        if not _is_proper(line) and not _has_name(line):
            continue
        above = line_above(lines, start)
        if not (above and _is_proper(above)):
            return end
        if above.split()[0] == line.split()[0]:
            return start if _is_card(lines[start + 1 : end]) else end
    return end


def line_above(lines: Sequence[str], number: int) -> str:
    """The last written line above this one, "" for none."""
    written = (lines[n] for n in range(number - 1, -1, -1) if lines[n].strip())
    return next(written, "").strip()


def _is_theirs(lines: Sequence[str], closing: int, begin: int, end: int) -> bool:
    """Whether the card from `begin` on is of the one who took leave at `closing`."""
    card = lines[begin:end]
    above = line_above(lines, closing)
    if above.endswith((":", "：")) or not _is_card(card) or _is_list(card):
        return False
    name = _LETTERS.findall(_written_between(lines, closing, begin).casefold())
    if not set(name).isdisjoint(_LETTERS.findall(card[0].casefold())):
        return True
    is_apart = not lines[begin - 1].strip()
    if is_apart and name and _is_person(card[0]):
        return False
    if _tells(card):
        return True
    is_labelled = any(map(_is_labelled, card))
    return (is_labelled or not is_apart) and not _announces(above)


def _written_between(lines: Sequence[str], closing: int, begin: int) -> str:
    """The name between a closing and the card, or on the closing's line."""
    return "".join(lines[closing + 1 : begin]).strip() or lines[closing].strip(_EDGES)


def _is_person(line: str) -> bool:
    """Whether it is a name of a person: of words, not of a trade or a company."""
    name = _has_name(line) or (_is_proper(line) and len(line.split()) > 1)
    return name and not _is_trade(_NAME_ENDS.split(line, maxsplit=1)[0])


def _is_labelled(line: str) -> bool:
    label = _LABEL.match(bare(line))
    return label is not None and not _is_field(bare(line))


def _is_list(lines: Sequence[str]) -> bool:
    """Whether more than one line names somebody and how to reach them, or only how."""
    several = 0
    addresses = 0
    for line in lines:
        words = bare(line)
        if not _REACH.search(words):
            continue
        addresses += "@" in words and " " not in words
        head = words.partition("@")[0].rpartition(" ")[0] if "@" in words else words
        head = _NUMBER_BEGINS.split(head, maxsplit=1)[0].casefold()
        is_label = any(stem in head for stem in card_phrase.LABELS)
        several += bool(_LETTERS.search(head)) and not is_label
    return several > 1 or addresses > 1


def _announces(above: str) -> bool:
    """Whether words lead up to an address or a number."""
    folded = above.casefold()
    return any(stem in folded for stem in card_phrase.ANNOUNCES)


def _tells(lines: Sequence[str]) -> bool:
    """Whether a card has both a trade and a way to reach somebody."""
    written = list(map(bare, lines))
    # Several are what the message is about.
    has_page = sum(map(bool, map(_PAGE.match, written))) <= 1
    has_way = any(map(_REACH.search, written)) or (
        has_page and any(map(_PAGE.search, lines))
    )
    return has_way and any(map(_is_trade, lines))


def _is_proper(line: str) -> bool:
    """Whether every word is written as in a name."""
    words = bare(line).strip(" ,")
    return (
        1 <= len(words.split()) <= _NAME_WORDS_MAX
        and _is_name(line)
        and _is_capital(words)
    )


def _is_capital(words: str) -> bool:
    """Whether no word begins small but what does so in names: "van", "i.A."."""
    return not any(
        word[0].islower() and word[-1] != "." and word not in card_phrase.PARTICLES
        for word in words.split()
    )


def _closing(line: str) -> str | None:
    """The name behind a closing on its line, "" for none; None if it is no closing."""
    if not line or len(line) > _CLOSING_LENGTH_MAX:
        return None
    words = line.strip(_EDGES).casefold()
    if _is_closing(words):
        return ""
    for mark in (",", "/", "|", "!", "."):
        head, _, tail = words.partition(mark)
        if tail and _is_closing(head.strip(_EDGES)):
            tail = tail.strip(_EDGES)
            is_name = len(tail.split()) <= _BARE_WORDS_MAX and _PERSON.fullmatch(tail)
            if mark == "/" or _is_closing(tail):
                return ""
            return tail if is_name else None
    return None


def _is_closing(words: str) -> bool:
    if words in card_phrase.CLOSINGS:
        return True
    split = words.split()
    return (
        1 <= len(split) <= _CLOSING_WORDS_MAX and split[-1] in card_phrase.CLOSING_ENDS
    )


def _behind_name(lines: Sequence[str], number: int, end: int, *, is_named: bool) -> int:
    """The first written line below the name that stands from `number` on."""
    number = _written(lines, number, end)
    if not is_named and number < end and _is_name(lines[number]):
        number = _written(lines, number + 1, end)
    elif not is_named and number < end and not _has_name(lines[number]):
        return end
    return number


def _written(lines: Sequence[str], number: int, end: int) -> int:
    while number < end and not lines[number].strip():
        number += 1
    return number


def _is_name(line: str) -> bool:
    """Whether it can only be a name; in small letters, one of few words."""
    words = bare(line).strip(" *_,")
    return (
        len(words) <= _NAME_LENGTH_MAX
        and bool(_PERSON.fullmatch(words))
        and (len(words.split()) < _BARE_WORDS_MAX or _is_capital(words))
    )


def _has_name(line: str) -> bool:
    """Whether a line begins with a name, and a card goes on behind it."""
    head = _NAME_ENDS.split(line, maxsplit=1)[0]
    return head != line and _is_name(head)


def _is_card(lines: Sequence[str]) -> bool:
    """Whether these are short lines that tell how to reach somebody, or their trade."""
    written = [words for line in lines if (words := bare(line))]
    if not written or any(map(is_prose, written)) or _are_several(lines):
        return False
    if any(map(_REACH.search, written)):
        return True
    if any(map(_is_trade, written)):
        return True
    return len(written) > 1 and any(map(_PAGE.search, lines))


def _are_several(lines: Sequence[str]) -> bool:
    """Whether more than one paragraph has an address: a list of people."""
    text = "\n".join(map(bare, lines))
    return sum(bool(_MAILBOX.search(part)) for part in text.split("\n\n")) > 1


def is_prose(words: str) -> bool:
    """Whether a line is told in sentences, is a postscript or of a form."""
    return (
        len(words) > _LENGTH_MAX
        or bool(_SENTENCE.match(words))
        or bool(_POSTSCRIPT.match(words))
        or _is_field(words)
    )


def _is_field(words: str) -> bool:
    """Whether it is a line of a form: only a card's own labels are none."""
    label = _LABEL.match(words)
    return (
        label is not None
        and len(label[1]) > _LETTER_LENGTH_MAX
        and not any(stem in label[1].casefold() for stem in card_phrase.LABELS)
    )


def _is_trade(words: str) -> bool:
    folded = words.casefold()
    return any(map(folded.__contains__, card_phrase.TRADES)) or any(
        word.strip(".") in card_phrase.COMPANIES for word in _WORD.findall(folded)
    )


def bare(line: str) -> str:
    """A line without what is drawn around its words, and where its links lead."""
    if "<" in line or "[" in line or "\ufffc" in line:
        line = _ASIDE.sub("", line)
    return line.strip(" \t*_")
