"""How clients set off a whole earlier message: separators and header blocks."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

import re
from collections.abc import Sequence
from typing import Final

from mailbot_server.core.mail.quote import phrase


def _between_dashes(phrases: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, phrases))
    return re.compile(
        rf"[\s*\[]*(?:[-_=–—]{{2,}}+\s*+(?:{words})(?:[\s:].{{0,60}})?[-_=–—\s:]*"
        rf"|(?:{words})\s*[:：]|(?:{words})\s*[-_=–—]{{2,}})[\s*\]]*",
        re.IGNORECASE,
    )


_ORIGINAL: Final = _between_dashes(phrase.ORIGINALS)
_FORWARD: Final = _between_dashes(phrase.FORWARDS)
# The same with the labels on its line, whose breaks a conversion has lost.
_RUN_TOGETHER: Final = re.compile(
    rf"[-_=–—]{{2,}}+\s*+(?:{'|'.join(map(re.escape, phrase.ORIGINALS))})\s*+"
    rf"[-_=–—]{{2,}}+\s*+(?:{'|'.join(phrase.LABELS.values())})\s?[:：]",
    re.IGNORECASE,
)
_FORWARD_LIKE: Final = re.compile(
    rf"[\s*]*[-_=–—]{{3,}}+.{{0,30}}?(?:{phrase.FORWARD_STEMS}).{{0,30}}?[-_=–—]{{3,}}"
    r"[\s*]*",
    re.IGNORECASE,
)
# What a help desk writes above its own text, so that the answer is told from it.
_SENDER_LINE: Final = re.compile(
    r">>> ?[^>\d].{1,100}\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? .{0,20}\d{1,2}[:.]\d{2}"
    r".{0,8}(?:>>>)?"
    r"|>>> ?On \d.{6,40}, in message\b.*"
)
_ABOVE_THIS: Final = re.compile(
    r"[^\w\s]{0,10}\s*.{0,40}\b(?:(?:above|below) (?:this|the) line"
    r"|oberhalb dieser (?:Linie|Zeile)|au-dessus de cette ligne"
    r"|(?:encima|arriba) de esta línea|boven deze (?:lijn|regel)"
    r"|acima desta linha|sopra questa (?:linea|riga)"
    r"|(?:ovanför|ovenfor|over) denn[ae] (?:rad|raden|linjen?)"
    r"|(?:powyżej tej|nad tą) lini[ią]|nad tuto (?:čáru|linku)|tämän rivin yläpuolelle"
    r"|bu satırın üzerine|e sor fölé|над цим рядком|над этой (?:строкой|чертой)"
    r"|выше этой (?:строки|черты)).{0,40}?[^\w\s]{0,10}"
    # Zendesk's, in any language.
    r"|##- ?.{4,100} ?-##",
    re.IGNORECASE,
)
_OUTLOOK_RULE: Final = re.compile("_{32}")
_LABEL: Final = re.compile(
    r"[\s*_|]*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in phrase.LABELS.items())
    + r")[\s*_]{0,3}[:：|][\s*_]*(?P<value>.*)"
)
_ANY_LABEL: Final = re.compile(r"[\s*_]*[^\W\d_][^:：<>]{0,24}[:：][\s*_]*[^\s*_]")
_LABEL_INSIDE: Final = re.compile(
    r"\s[*_]{0,2}(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in phrase.LABELS.items())
    + r")[*_]{0,2}\s?[:：]"
)
_RULE: Final = re.compile(r"\s*[-_=*–—]{5,}\s*")
# Above labels: words between dashes, an original's name, or what Notes writes there,
# the sender, two times three dashes around the time, and the first words.
_HEADING: Final = re.compile(
    rf"\s*(?:[-_=*–—]{{3,}}+.{{1,60}}?[-_=*–—]{{3,}}"
    rf"|{'|'.join(map(re.escape, phrase.ORIGINALS))}"
    r"|\S.{0,60}-{3}\d{1,4}[./-]\d{1,2}[./-]\d{1,4} .{4,14}-{3}.{0,60})\s*",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[^\s<>@:]@[^\s<>@]")
# A client dates to the minute; people who plan something rarely do.
_TIME: Final = re.compile(
    r"\d\s?[:.：hH時时点點시]\s?\d{2}(?!\d)|\d\s?(?:[ap]\.?m\b|Uhr)", re.IGNORECASE
)

_DRAWN: Final = frozenset("-_=*:：–—[")
_LABEL_LENGTH_MAX: Final = 40
_BLOCK_LINES_MAX: Final = 14
_LINE_LENGTH_MAX: Final = 1000
_SEPARATOR_LENGTH_MAX: Final = 160
_LABELS_LOOK_MAX: Final = 3
_TIME_COLONS_MAX: Final = 2
"""A value with more colons holds labels."""


def may_begin(line: str) -> bool:
    """Whether anything of this module may begin here; cheap, most lines fail."""
    return not line[:1].isalnum() or ":" in line or "：" in line or line[-1:] in _DRAWN


def is_original(line: str) -> bool:
    """Whether everything below is an earlier message: "-----Original Message-----"."""
    if _may_separate(line) and _ORIGINAL.fullmatch(line):
        return True
    if line[:1] in _DRAWN and _RUN_TOGETHER.match(line):
        return True
    is_drawn = not line[:1].isalnum() or line[-1:] in _DRAWN
    return is_drawn and _is_above_this(line)


def is_ruled_off(lines: Sequence[str], number: int) -> bool:
    """Whether a rule is drawn here above a line that asks to answer above it."""
    below = lines[number + 1].strip() if number + 1 < len(lines) else ""
    return _is_above_this(below) and is_rule(lines[number])


def _is_above_this(line: str) -> bool:
    return len(line) <= _SEPARATOR_LENGTH_MAX and bool(_ABOVE_THIS.fullmatch(line))


def is_sender_line(line: str) -> bool:
    """As GroupWise begins an original: ">>> Ann Lee 4/2/2012 6:26 PM >>>"."""
    return len(line) <= _SEPARATOR_LENGTH_MAX and bool(_SENDER_LINE.fullmatch(line))


def is_forward(line: str) -> bool:
    """Whether what follows is passed on, so that it belongs to the message."""
    return _may_separate(line) and bool(
        _FORWARD.fullmatch(line) or _FORWARD_LIKE.fullmatch(line)
    )


def _may_separate(line: str) -> bool:
    """Cheap: most lines have no dashes and no colon at their ends, or are too long."""
    is_drawn = line[:1] in _DRAWN or line[-1:] in _DRAWN
    return is_drawn and len(line) <= _SEPARATOR_LENGTH_MAX


def is_rule(line: str) -> bool:
    """A line of dashes or underscores alone, as Outlook draws above an original."""
    return len(line) <= _SEPARATOR_LENGTH_MAX and bool(_RULE.fullmatch(line))


def is_heading(line: str) -> bool:
    """Words between dashes, or such as say so without: what may stand above labels."""
    return len(line) <= _SEPARATOR_LENGTH_MAX and bool(_HEADING.fullmatch(line))


def has_labels(lines: Sequence[str], start: int, least: int) -> bool:
    """Whether a block of so many lines like "Label: value" begins here."""
    return start + least <= len(lines) and all(
        _ANY_LABEL.match(line[:_LINE_LENGTH_MAX])
        for line in lines[start : start + least]
    )


def is_header_block(lines: Sequence[str], start: int) -> bool:
    """
    Whether a block of From, Sent, To, Subject begins at this line.

    It names what only mail has or holds an address: a timetable has From, To and Date
    too. Without an address it says when to the minute, stands under a rule or begins
    with what may be a sender's name: who explains how to fill in a form writes labels
    too. Under Outlook's line they may be of any language.
    """
    line = lines[start]
    if line[:1] == "_" and _is_outlook_block(lines, start):
        return True
    label = _label(line)
    if label is None:
        return False
    kinds = {label[0], *_kinds_inside(label[1])}
    has_address = bool(_ADDRESS.search(label[1]))
    has_time = _is_timed(*label)
    misses = 0
    for number in range(start + 1, min(start + _BLOCK_LINES_MAX, len(lines))):
        line = lines[number]
        follower = _label(line)
        if follower is None:
            # A folded value, an empty line between each two, or the block's end.
            is_gap = not line.strip() and _label(
                "".join(lines[number + 1 : number + 2])
            )
            misses += not (is_gap or line.rstrip().endswith((";", ",")))
            if misses > 1 or not (line.strip() or is_gap):
                break
        elif follower[0] in kinds and follower[0] != "cc":
            break
        else:
            misses = 0
            kinds |= {follower[0], *_kinds_inside(follower[1])}
            has_time = has_time or _is_timed(*follower)
        has_address = has_address or bool(_ADDRESS.search(line[:_LINE_LENGTH_MAX]))
    is_likely = has_address or has_time or _may_stand(lines, start, label)
    return is_likely and _is_header(label[0], kinds, has_address=has_address)


def _is_header(first: str, kinds: set[str], *, has_address: bool) -> bool:
    """A web form has From and Subject too, but nobody it was sent to and no date."""
    if "from" not in kinds:
        return "to" in kinds and first in {"date", "sent"} and has_address
    if not kinds & {"date", "sent", "to"}:
        return False
    if first not in {"from", "date", "sent"}:
        return len(kinds - {"cc"}) >= 4 - has_address
    if kinds & {"sent", "subject"} and len(kinds) >= 3:
        return True
    return has_address and bool(kinds & {"date", "sent"})


def _is_timed(kind: str, value: str) -> bool:
    """Whether a label says when it was sent; one may hold all others on its line."""
    if kind == "sent" and any(map(str.isdigit, value)):
        return True
    is_whole = value.count(":") > _TIME_COLONS_MAX
    return (kind == "date" or is_whole) and bool(_TIME.search(value))


def _may_stand(lines: Sequence[str], start: int, label: tuple[str, str]) -> bool:
    """Whether a block without address and time is one by its place or its sender."""
    number = start - 1
    while number > max(start - 3, 0) and not lines[number].strip():
        number -= 1
    above = lines[number].strip() if number >= 0 else ""
    if is_rule(above) or is_heading(above):
        return True
    kind, value = label
    is_named = kind == "from" and not (value[:1].islower() or value[:1].isdigit())
    return is_named and not above.endswith((":", "：")) and _label(above) is None


def _is_outlook_block(lines: Sequence[str], start: int) -> bool:
    """Outlook's line, and labels under it."""
    if not _OUTLOOK_RULE.fullmatch(lines[start].strip()):
        return False
    below = start + 1
    while below < min(start + 3, len(lines)) and not lines[below].strip():
        below += 1
    block = lines[below : below + _LABELS_LOOK_MAX]
    return has_labels(lines, below, _LABELS_LOOK_MAX) and any(
        _ADDRESS.search(line[:_LINE_LENGTH_MAX]) for line in block
    )


def _label(line: str) -> tuple[str, str] | None:
    head = line[:_LABEL_LENGTH_MAX]
    if ":" not in head and "：" not in head and line[:1] != "|":
        return None
    match = _LABEL.match(line[:_LINE_LENGTH_MAX])
    if match is None:
        return None
    kind = next(kind for kind in phrase.LABELS if match[kind] is not None)
    return kind, match["value"]


def _kinds_inside(value: str) -> set[str]:
    """Of labels that a broken conversion left on the first one's line."""
    if value.count(":") < 2:
        return set()
    return {match.lastgroup or "" for match in _LABEL_INSIDE.finditer(value)}
