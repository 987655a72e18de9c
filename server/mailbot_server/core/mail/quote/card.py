"""What stands unmarked below a message: the sender's card, and a lawyer's notice."""

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
_HEAD: Final = re.compile(r"[^\d+(@]*")
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")
# Only the sender says it; a lawyer's notice never does.
_MYSELF: Final = re.compile(
    r"\b(?:I|[Mm]y|me|[Ii]ch|[Mm]ein\w{0,2}|mis|mijn|[Yy]o|[Jj]ag"
    r"|[Jj]e (?:vous|ne|suis)|[Jj]'ai|мне|мой|[Яя])\b"
)
_PERSONAL: Final = re.compile(
    r"\b(?:i|we|our|us|my|you|your|please|wir|unser\w{0,2}|ich|bitte|nous|notre|je|vous"
    r"|nuestr[oa]|nostr[oa]|noss[oa]|ons|onze|wij|vår|vores|nasz\w?|наш\w?)\b"
)
_EDGES: Final = " \t*_,.!;~-–—"
_NOTICES: Final = (*card_phrase.NOTICES, *card_phrase.REGISTERS)
_CORES_ASCII: Final = tuple(filter(str.isascii, card_phrase.NOTICE_CORES))
_RULE_SIGNS: Final = " \t-_=*~–—"
_SELF_BEGIN_MAX: Final = 80

_LINES_MAX: Final = 25
"""Of a card: lines that are not empty or are."""

_LENGTH_MAX: Final = 100
_CLOSING_LENGTH_MAX: Final = 60
_CLOSING_WORDS_MAX: Final = 7
_NAME_LENGTH_MAX: Final = 45
_BARE_WORDS_MAX: Final = 3
_NAME_WORDS_MAX: Final = 5
_NOTICE_LENGTH_MIN: Final = 20
_NOTICE_LENGTH_MAX: Final = 4000
_NOTICE_LINES_MAX: Final = 20
_NOTICE_END_LINES: Final = 3
_NOTICE_SHORT: Final = 400
_THOUGHTS_LEAST: Final = 2
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
        if len(line) > _LENGTH_MAX and len(_bare(line)) > _LENGTH_MAX:
            return _unclosed(lines, number + 1, end)
        name = _closing(line)
        if name is not None:
            begin = _behind_name(lines, number + 1, end, is_named=bool(name))
            return begin if _is_theirs(lines, number, begin, end) else end
    return _unclosed(lines, first, end)


def find_notice(lines: Sequence[str], end: int) -> int:
    """The line at which notices about the message itself begin above `end`."""
    begin = stop = end
    while stop > 0:
        start, stop = _paragraph(lines, stop)
        # The first paragraph is the message, but for its end: a page has no others.
        found = _notice(lines, start or max(stop - _NOTICE_END_LINES, 1), stop)
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
    while start > max(stop - _NOTICE_LINES_MAX, 0) and lines[start - 1].strip():
        start -= 1
    return start, stop


def _is_heading(line: str) -> bool:
    words = line[:_LENGTH_MAX].strip(f"{_EDGES}:").casefold()
    return words in card_phrase.NOTICE_HEADINGS


def _may_part(lines: Sequence[str], *, is_below: bool) -> bool:
    """Whether these may stand between two notices; below them, only a rule may."""
    written = [line for line in lines if line.strip(_RULE_SIGNS)]
    return not written or not (is_below or any(_is_prose(_bare(x)) for x in written))


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
        above = _above(lines, start)
        if not (above and _is_proper(above)):
            return end
        if above.split()[0] == line.split()[0]:
            return start if _is_card(lines[start + 1 : end]) else end
    return end


def _above(lines: Sequence[str], number: int) -> str:
    """The last written line above this one."""
    above = (lines[n] for n in range(number - 1, -1, -1) if lines[n].strip())
    return next(above, "").strip()


def _is_theirs(lines: Sequence[str], closing: int, begin: int, end: int) -> bool:
    """Whether the card from `begin` on is of the one who took leave at `closing`."""
    card = lines[begin:end]
    above = _above(lines, closing)
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
    return name and not _is_trade(re.split(r"[|,–—•·]| - ", line, maxsplit=1)[0])


def _is_labelled(line: str) -> bool:
    label = _LABEL.match(_bare(line))
    return label is not None and not _is_field(_bare(line))


def _is_list(lines: Sequence[str]) -> bool:
    """Whether more than one line names somebody and how to reach them, or only how."""
    several = 0
    addresses = 0
    for line in lines:
        words = _bare(line)
        if not _REACH.search(words):
            continue
        addresses += bool(_MAILBOX.fullmatch(words) or _is_mailbox(words))
        head = words.partition("@")[0].rpartition(" ")[0] if "@" in words else words
        head = _HEAD.match(head)[0].casefold()  # type: ignore[index]
        is_label = any(stem in head for stem in card_phrase.LABELS)
        several += bool(_LETTERS.search(head)) and not is_label
    return several > 1 or addresses > 1


def _is_mailbox(words: str) -> bool:
    return "@" in words and not words.count(" ")


def _announces(above: str) -> bool:
    """Whether words lead up to an address or a number."""
    folded = above.casefold()
    return any(stem in folded for stem in card_phrase.ANNOUNCES)


def _tells(lines: Sequence[str]) -> bool:
    """Whether a card has both a trade and a way to reach somebody."""
    written = list(map(_bare, lines))
    # Several are what the message is about.
    has_page = sum(map(bool, map(_PAGE.match, written))) <= 1
    has_way = any(map(_REACH.search, written)) or (
        has_page and any(map(_PAGE.search, lines))
    )
    return has_way and any(map(_is_trade, lines))


def _is_proper(line: str) -> bool:
    """Whether every word is written as in a name."""
    words = _bare(line).strip(" ,")
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
    words = _bare(line).strip(" *_,")
    return (
        len(words) <= _NAME_LENGTH_MAX
        and bool(_PERSON.fullmatch(words))
        and (len(words.split()) < _BARE_WORDS_MAX or _is_capital(words))
    )


def _has_name(line: str) -> bool:
    """Whether a line begins with a name, and a card goes on behind it."""
    head = re.split(r"[|,–—•·]| - ", line, maxsplit=1)[0]
    return head != line and _is_name(head)


def _is_card(lines: Sequence[str]) -> bool:
    """Whether these are short lines that tell how to reach somebody, or their trade."""
    written = [words for line in lines if (words := _bare(line))]
    if not written or any(map(_is_prose, written)) or _are_several(lines):
        return False
    if any(map(_REACH.search, written)):
        return True
    if any(map(_is_trade, written)):
        return True
    return len(written) > 1 and any(map(_PAGE.search, lines))


def _are_several(lines: Sequence[str]) -> bool:
    """Whether more than one paragraph has an address: a list of people."""
    text = "\n".join(map(_bare, lines))
    return sum(bool(_MAILBOX.search(part)) for part in text.split("\n\n")) > 1


def _is_prose(words: str) -> bool:
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


def _bare(line: str) -> str:
    if "<" in line or "[" in line or "\ufffc" in line:
        line = _ASIDE.sub("", line)
    return line.strip(" \t*_")


def _notice(lines: Sequence[str], start: int, stop: int) -> int:
    """The line in a paragraph from which it is a notice; `stop` for none."""
    words = "\n".join(lines[start:stop])
    if not _NOTICE_LENGTH_MIN <= len(words) <= _NOTICE_LENGTH_MAX:
        return stop
    folded = words.casefold()
    short = _short_notice(lines, start, stop, folded[-_NOTICE_SHORT:])
    if short < stop:
        return short
    openings = folded
    if stop - start > 1:
        openings = "\n".join(line[:_SELF_BEGIN_MAX] for line in lines[start:stop])
        openings = openings.casefold()
    cores = _CORES_ASCII if openings.isascii() else card_phrase.NOTICE_CORES
    if not any(map(openings.__contains__, cores)):
        return stop
    if not any(map(folded.__contains__, card_phrase.NOTICE_SELF)):
        return stop
    if not _is_warning(folded) or _is_told(words, _above(lines, start)):
        return stop
    if stop - start == 1:
        return start
    for number in range(start, stop):
        opening = lines[number][:_SELF_BEGIN_MAX].casefold()
        if any(map(opening.__contains__, card_phrase.NOTICE_SELF)):
            rest = "\n".join(lines[number:stop]).casefold()
            return number if _is_warning(rest) else stop
    return stop


def _short_notice(lines: Sequence[str], start: int, stop: int, ending: str) -> int:
    """The first line that says all by itself, if few words follow; `stop` for none."""
    marks = card_phrase.NOTICE_MARKS if ending.isascii() else _NOTICES
    # Most texts have none of these.
    if not any(map(ending.__contains__, marks)):
        return stop
    for number in range(start, stop):
        folded = lines[number].casefold()
        if _is_said(folded):
            length = sum(map(len, lines[number:stop]))
            return number if length <= _NOTICE_SHORT else stop
    return stop


def _is_said(folded: str) -> bool:
    """Whether a line is a notice; so are a company's papers if no person tells them."""
    if any(map(folded.__contains__, card_phrase.NOTICES)):
        return True
    return (
        any(map(folded.__contains__, card_phrase.REGISTERS))
        and any(
            word.strip(".") in card_phrase.COMPANIES for word in _WORD.findall(folded)
        )
        and not _PERSONAL.search(folded)
    )


def _is_warning(folded: str) -> bool:
    """Whether it has enough of the thoughts; who sent in error says no secret."""
    found = [
        any(map(folded.__contains__, stems)) for stems in card_phrase.NOTICE_THOUGHTS
    ]
    return sum(found) >= _THOUGHTS_LEAST + (not found[0])


def _is_told(words: str, above: str) -> bool:
    """Whether a person says or asks it, or the words above lead up to it."""
    if words.rstrip().endswith(("?", "？")) or _MYSELF.search(words):
        return True
    folded = above.casefold()
    if _is_heading(above):
        return False
    return folded.endswith((":", "：")) or any(
        map(folded.__contains__, card_phrase.NOTICE_TOPICS)
    )


def _is_greeting(lines: Sequence[str]) -> bool:
    """Whether nothing but a greeting is written here: the message is what follows."""
    written = [line.strip() for line in lines if line.strip()]
    return len(written) == 1 and (
        written[0].endswith((",", "，", ":", "："))
        or written[0].split()[0].strip(",.!").casefold() in card_phrase.GREETINGS
    )
