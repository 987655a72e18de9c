"""The line that introduces a quotation: "On Monday, Ann wrote:", in many languages."""

# ruff: noqa: RUF001 - the words are written in the scripts of their languages

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

# Language, how the line begins where there is a usual way, and its verb.
_LANGUAGES: Final = (
    ("Arabic", "في", "كتب"),
    ("Bulgarian", "На", "написа"),
    ("Catalan", "El|Missatge de", "va escriure"),
    ("Chinese", "在|于|於", "写道|寫道"),
    ("Croatian, Serbian", "Dana", "je napisao|je napisala|пише"),
    ("Czech", "Dne", "napsal"),
    ("Danish, Norwegian, Swedish", "Den|På|Kl", "skrev"),
    ("Dutch", "Op", "schreef|geschreven"),
    ("English", "On", "wrote|writes|sent"),
    ("Estonian", "", "kirjutas"),
    ("Finnish", "", "kirjoitti"),
    ("French", "Le", "a écrit|écrivait"),
    ("German", "Am", "schrieb|geschrieben"),
    ("Greek", "Στις", "έγραψε"),
    ("Hebrew", "בתאריך", "כתב"),
    ("Hungarian", "", "írta"),
    ("Indonesian, Malay", "Pada", "menulis"),
    ("Italian", "Il", "ha scritto"),
    ("Japanese", "", "のメール|書きました"),
    ("Korean", "", "작성"),
    ("Latvian", "", "rakstīja"),
    ("Lithuanian", "", "rašė"),
    ("Polish", "W dniu|Dnia", "napisał|pisze"),
    ("Portuguese", "Em|No dia|A", "escreveu"),
    ("Romanian", "În|Pe", "a scris"),
    ("Russian", "", "написал|писал|пишет"),
    ("Slovak", "Dňa", "napísal"),
    ("Slovenian", "Dne", "je napisal"),
    ("Spanish", "El", "escribió"),
    ("Thai", "เมื่อ", "เขียนว่า"),
    ("Turkish", "", "yazdı"),
    ("Ukrainian", "", "пише|написав"),
    ("Vietnamese", "Vào", "đã viết"),
)

# Chinese has no blank behind its opening.
_OPENER: Final = re.compile(
    rf"(?:-{{2,}}\s*)?(?:{'|'.join(row[1] for row in _LANGUAGES if row[1])})"
    r"(?:[\s:]|(?<=[\u3000-\u9fff]))"
)
# A weekday may stand before a date that opens the line.
_DATE_FIRST: Final = re.compile(r"(?:[^\W\d]{1,12}[.,]{0,2}\s){0,2}\d{1,4}(?:\D|$)")
_VERB: Final = re.compile("|".join(row[2] for row in _LANGUAGES))
_CLOSING: Final = re.compile(rf">\s*(?:{_VERB.pattern})\s*:")
_ENDINGS: Final = (":", "：", "wrote", "-")
_TIME: Final = re.compile(r"(?<!\d)\d{1,2}[:.h時时]\s?\d{2}(?!\d)")
_NUMBER: Final = re.compile(r"\d+")
_ADDRESS: Final = re.compile(r"[^\s<>@:]@[^\s<>@]")
_BARE_SENDER: Final = re.compile(r"@[^\s<>@]+>?[^\s<>@]{0,6}[:：]\s*$")
_DASHED: Final = re.compile(r"-{2,}\s*\S.{0,80}\swrote\s*-{2,}$")

# "answer On Wed, Apr 4, 2012, Ann wrote:": the answer shares the line.
_SHARED: Final = re.compile(
    r"(?:-{2,}\s*|\s)(On (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? |\d|[A-Z][a-z]{2}"
    r"[a-z]* \d)[^\n]{0,300}(?:wrote|sent):\s*)$"
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
    return line.rstrip("*_ \t").endswith(_ENDINGS)


def find(lines: Sequence[str], start: int) -> Attribution | None:
    """The introduction that begins at this line, which may go on over the next ones."""
    first = lines[start].strip().lstrip("*_ ")
    if len(first) > _LINE_LENGTH_MAX:
        return None
    has_opening = bool(_OPENER.match(first) or _DATE_FIRST.match(first))
    if not has_opening and not _ADDRESS.search(first) and not _VERB.search(first):
        return None
    joined = ""
    for end in range(start, min(start + LINES_MAX, len(lines))):
        line = lines[end].strip()
        if end > start and not _continues(lines, end):
            return None
        joined = f"{joined} {line}"
        if may_end(line):
            return _judge(joined.strip(), end + 1, has_opening=has_opening)
    return None


def split_shared(line: str) -> tuple[str, str] | None:
    """The answer and the introduction of a line that holds both."""
    if "On " not in line or len(line) > _LINE_LENGTH_MAX or line.startswith("On "):
        return None
    match = _SHARED.search(line)
    if match is None or not line[: match.start()].strip():
        return None
    return line[: match.start()], match[1]


def _continues(lines: Sequence[str], number: int) -> bool:
    """Whether an introduction may go on in this line."""
    line = lines[number].strip()
    if len(line) > _LINE_LENGTH_MAX:
        return False
    if line.startswith(">"):
        # The bracket of an address, if only the verb is behind it.
        return bool(_CLOSING.fullmatch(line))
    if not line:
        # Some clients set the address apart: a blank line, then "<".
        follower = lines[number + 1 : number + 2]
        return bool(follower) and follower[0].lstrip().startswith("<")
    # A line that could begin one itself ends the try: the last opening counts.
    return not (_OPENER.match(line) and _NUMBER.search(line))


def _judge(text: str, end: int, *, has_opening: bool) -> Attribution | None:
    if _DASHED.fullmatch(text):
        return Attribution(end, is_certain=True)
    has_address = bool(_ADDRESS.search(text))
    verb = _VERB.search(text)
    if verb is None:
        # Gmail in some languages: date, name, <address>, colon.
        is_whole = has_opening and has_address and _BARE_SENDER.search(text)
        if is_whole and _DATE_FIRST.match(text) and _TIME.search(text):
            return Attribution(end, is_certain=True)
        return None
    has_time = bool(_TIME.search(text))
    numbers = len(_NUMBER.findall(text[:_LINE_LENGTH_MAX]))
    is_dated = has_time and numbers >= 3
    is_certain = (has_opening or has_address) and (
        is_dated or (has_address and numbers >= 2)
    )
    return Attribution(end, is_certain=is_certain)
