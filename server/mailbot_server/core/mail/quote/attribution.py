"""The line that introduces a quotation: "On Monday, Ann wrote:", in many languages."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from mailbot_server.core.mail.quote import phrase

_OPENINGS: Final = "|".join(
    row[1] for row in (*phrase.LANGUAGES, *phrase.LANGUAGES_UNSPACED) if row[1]
)

# Chinese has no blank behind its opening.
_OPENER: Final = re.compile(
    rf"(?:-{{2,}}\s*)?(?:{_OPENINGS})(?:[\s:]|(?<=[\u0e00-\u9fff-]))"
)
# A weekday may stand before a date that opens the line.
_DATE_FIRST: Final = re.compile(r"\(?(?:[^\s\d]{1,14}[.,]{0,2}\s){0,2}\d{1,4}(?:\D|$)")
_VERB: Final = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(row[2] for row in phrase.LANGUAGES)
    + r")|(?:"
    + "|".join(row[2] for row in phrase.LANGUAGES_UNSPACED)
    + ")"
)
# Only something that is marked as quoted makes these an introduction.
_CITATION: Final = re.compile(
    r"(?:Quoting|Citando|Citant|Citát|Zitat|Citerar|Citat|Lainaus|Cytowanie|Цитирую"
    r"|Цитирование|引用)\b.{2,120}[:\uff1a]",
)
# The same for a sender and nothing else, whatever the language's word for "from".
_SENDER: Final = re.compile(
    r"(?:[^\s<>:]{1,30} ){1,6}<[^\s<>@:]{1,80}@[^\s<>@:]{1,120}>\s?[:：]"
)
_CLOSING: Final = re.compile(rf">\s*(?:{_VERB.pattern})\s*:")
_VERB_ALONE: Final = re.compile(rf"(?:{_VERB.pattern})\S{{0,5}}\s*[:：]")
_INTRODUCED: Final = re.compile(
    rf"(?:[@>\s](?:{_VERB.pattern})\S{{0,5}}|>)\s?[:：](?=\s*\S)"
)
_ENDINGS: Final = (":", "：", "wrote", "writes", "-", "schrieb", "a écrit", "写道", "@")
_TIME: Final = re.compile(r"(?<!\d)\d{1,2}[:.h時时시点點]\s?\d{2}(?!\d)")
_NUMBER: Final = re.compile(r"\d+")
_YEAR: Final = re.compile(
    r"(?<!\d)(?:(?:19|20|[٠-٩۰-۹०-९০-৯]{2})\d\d(?!\d)"
    r"|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2}(?!\d))"
)
_ADDRESS: Final = re.compile(r"[^\s<>@:]@[^\s<>@]")
_MAILBOX: Final = re.compile(r"[<(\[]?[^\s<>@:()]{1,80}@[^\s<>@]{1,120}>?")
_BARE_SENDER: Final = re.compile(r"@[^\s<>@]+>?[^\s<>@]{0,6}[:：]\s*$")
_DASHED: Final = re.compile(
    r"-{2,}\s*\S.{0,160}\s(?:wrote|schrieb|a écrit|escribió|ha scritto)\s*:?\s*-{2,}$"
)
# As Gmail once wrote it: no colon behind the address.
_DATE_AND_MAILBOX: Final = re.compile(
    r"\d{4}[/-]\d{1,2}[/-]\d{1,2}\s(?:\d{1,2}:\d\d\s)?(?:GMT\S{0,6}\s)?"
    r"[^<>@:]{0,80}<[^\s<>@]{1,80}@[^\s<>@]{1,120}>"
)
# "Ann Lee kirjoitti 5.3.2024 klo 10.12:", the time last.
_STAMPED: Final = re.compile(r"\d{1,2}[:.]\d{2}\s?:$")
_UNDATED_LENGTH_MAX: Final = 120
_OPENER_LENGTH_MAX: Final = 2

# "answer On Wed, Apr 4, 2012, Ann wrote:": the answer shares the line.
_SHARED: Final = re.compile(
    r"(?:-{2,}\s*|\s)((?:On (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? |\d"
    r"|[A-Z][a-z]{2}[a-z]* \d)[^\n]{0,300}(?:wrote|sent)"
    r"|Am (?:(?:Mo|Di|Mi|Do|Fr|Sa|So)[a-z]*[.,]{0,2} |\d)[^\n]{0,200}schrieb"
    r"[^\n:]{0,160}"
    r"|Le (?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*[.,]{0,2} |\d)[^\n]{0,300}a écrit\s?"
    r"|El (?:(?:lun|mar|mi|jue|vie|s|dom)[a-zéá]*[.,]{0,2} |\d)[^\n]{0,300}escribió"
    r"):\s*)$"
)

LINES_MAX: Final = 5
"""Lines that an introduction is folded over."""

_LINE_LENGTH_MAX: Final = 400


class Attribution(NamedTuple):
    """An introduction that was found."""

    end: int
    """The line behind it."""

    is_certain: bool
    """Whether date, time or address leave no doubt, even when no ">" follows."""


def may_end(line: str) -> bool:
    """Whether an introduction can end in this line; cheap, most lines fail here."""
    line = line.rstrip("*_ \t")
    return line.endswith(_ENDINGS) or (line.endswith(">") and line[:1].isdigit())


def find(lines: Sequence[str], start: int) -> Attribution | None:
    """The introduction that begins at this line, which may go on over the next ones."""
    first = lines[start].strip().lstrip("*_ ")
    if len(first) > _LINE_LENGTH_MAX:
        return None
    has_opening = bool(_OPENER.match(first) or _DATE_FIRST.match(first))
    is_likely = has_opening or _ADDRESS.search(first) or _VERB.search(first)
    if not is_likely and not _is_name(lines, start):
        return None
    joined = ""
    for end in range(start, min(start + LINES_MAX, len(lines))):
        line = lines[end].strip()
        if end > start and not _continues(lines, end):
            return None
        # A soft line break that nobody has decoded broke a word.
        joined = joined[:-1] + line if joined.endswith("=") else f"{joined} {line}"
        if may_end(line):
            found = _judge(joined.strip(), end + 1, has_opening=has_opening)
            # "… <ann@example.com>" may be all, or its verb is in the next line.
            if (found and found.is_certain) or not line.endswith((">", "-")):
                return found
    return None


def split_shared(line: str) -> tuple[str, str] | None:
    """The answer and the introduction of a line that holds both."""
    if len(line) > _LINE_LENGTH_MAX or line.startswith("On "):
        return None
    match = _SHARED.search(line)
    if match is None or len(line[: match.start()].strip()) <= _OPENER_LENGTH_MAX:
        return None
    return line[: match.start()], match[1]


def split_quoted(line: str) -> tuple[str, str] | None:
    """The introduction and the quoted words of a line that holds both."""
    if "@" not in line or not (_OPENER.match(line) or _DATE_FIRST.match(line)):
        return None
    end = _INTRODUCED.search(line, 0, _LINE_LENGTH_MAX)
    if end is None:
        return None
    head = line[: end.end()]
    found = _judge(head, 1, has_opening=True) if _ADDRESS.search(head) else None
    return (head, line[end.end() :]) if found and found.is_certain else None


def _continues(lines: Sequence[str], number: int) -> bool:
    """Whether an introduction may go on in this line."""
    line = lines[number].strip()
    if len(line) > _LINE_LENGTH_MAX:
        return False
    if line.startswith(">"):
        # The bracket of an address, if only the verb is behind it.
        return bool(_CLOSING.fullmatch(line))
    if not line:
        # Some clients set the address apart: a blank line, then "<", or the verb.
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        return below.startswith("<") or bool(_VERB_ALONE.fullmatch(below))
    # A line that could begin one itself ends the try: the last opening counts.
    return not (_OPENER.match(line) and _NUMBER.search(line))


def _is_name(lines: Sequence[str], number: int) -> bool:
    """Whether the line can only be a name: a paragraph's first, above its address."""
    below = lines[number + 1].lstrip() if number + 1 < len(lines) else ""
    is_first = number == 0 or not lines[number - 1].strip()
    return is_first and below.startswith("<") and bool(_ADDRESS.search(below))


def _judge(text: str, end: int, *, has_opening: bool) -> Attribution | None:
    if _DASHED.fullmatch(text) or _DATE_AND_MAILBOX.fullmatch(text):
        return Attribution(end, is_certain=True)
    has_address = bool(_ADDRESS.search(text))
    verb = _VERB.search(text)
    has_time = bool(_TIME.search(text))
    if verb is None:
        return _judge_without_verb(
            text, end, has_opening=has_opening and has_address, has_time=has_time
        )
    words = _MAILBOX.sub(" ", text) if has_address else text
    numbers = len(_NUMBER.findall(words))
    has_year = bool(_YEAR.search(words))
    is_certain = (has_opening or has_address) and (
        (has_time and numbers >= 3) or (has_address and numbers >= 2)
    )
    # No time of day, but the date stands apart: "On Monday, April 2, 2012, Ann Lee …".
    is_listed = text.count(",") >= 2 or not _OPENER.match(text)
    is_dated = has_opening and has_year and numbers >= 2 and is_listed
    is_stamped = has_year and numbers >= 4 and bool(_STAMPED.search(text))
    is_short = len(text) <= _UNDATED_LENGTH_MAX
    return Attribution(end, is_certain or (is_short and (is_dated or is_stamped)))


def _judge_without_verb(
    text: str, end: int, *, has_opening: bool, has_time: bool
) -> Attribution | None:
    if has_time and _YEAR.search(text):
        # Some languages of Gmail have no verb: date, name, <address>, colon.
        is_whole = _BARE_SENDER.search(text) or _OPENER.match(text)
        return Attribution(end, is_certain=has_opening and bool(is_whole))
    is_sender = _CITATION.fullmatch(text) or _SENDER.fullmatch(text)
    return Attribution(end, is_certain=False) if is_sender else None
