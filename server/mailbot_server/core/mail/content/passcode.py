"""
Codes to be typed in: one-time passwords, PINs, confirmation codes.

A number is a code by the words around it, never by its looks: the same six digits may
be an order, a price, a telephone or a year. Each candidate is judged by how near which
words stand, and by whether it stands alone on its line.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from mailbot_server.core.mail.content import passcode_phrase as phrase

CODES_MAX: Final = 10
CONTEXT_MAX: Final = 200
_TEXT_MAX: Final = 100_000
_LINES_MAX: Final = 2_000
_LINE_MAX: Final = 1_000
_CANDIDATES_MAX: Final = 300
_LIKELY: Final = 0.5
"""What is less likely than this is left out."""

_BEHIND_MAX: Final = 0.25
"""What is so much less likely than the best is another number of the same mail."""

_DIGITS_MIN: Final = 4
_DIGITS_MAX: Final = 10
_LINES_ABOVE: Final = 5
_LINES_BELOW: Final = 2
_NEAR: Final = 100
"""Characters of the same line in which a word counts."""

_BLANK: Final = r"[ \u00a0\u2007\u2009\u202f]"
_DASH: Final = r"[-\u2010-\u2013]"

_CANDIDATE: Final = re.compile(
    rf"(?<![\w@#&+./\\=%,-])(?<!\d:)(?:"
    rf"(?P<spaced>\d(?:{_BLANK}\d){{3,9}})"
    rf"|(?P<groups>\d{{2,4}}(?:(?:{_BLANK}|{_DASH})\d{{2,4}}){{1,3}})"
    rf"|(?P<marked>[A-Z]{{1,3}}{_DASH}\d{{4,8}})"
    rf"|(?P<plain>\d{{4,10}})"
    rf"|(?P<key>[A-Z0-9]{{4,6}}(?:{_DASH}[A-Z0-9]{{4,6}}){{3,5}})"
    rf"|(?P<pairs>[A-Za-z0-9]{{3,5}}(?:{_DASH}[A-Za-z0-9]{{3,5}}){{1,2}})"
    rf"|(?P<mixed>(?=[A-Za-z]{{0,11}}\d)[A-Za-z0-9]{{4,12}}|[A-Z]{{4,12}})"
    rf")(?![\w@%/\\=&+]|[:'\u2019-]\w|,\d\d|\.[a-z0-9])",
)
_WORTH_IT: Final = re.compile(r"\d|[A-Z]{3}")
"""Lines without digits and capitals hold no code."""

# As CJK is written, without blanks between words and numbers.
_CJK: Final = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
_IN_CJK: Final = re.compile(rf"(?<=[{_CJK}])(?=[0-9A-Z])|(?<=[0-9A-Z])(?=[{_CJK}])")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S{1,1000}|[^\s@]{1,64}@[^\s@]{1,255}"
)
_AUTOFILL: Final = re.compile(
    r"[ \t]{0,4}@[a-z0-9.-]{3,253} #([A-Za-z0-9-]{3,20})(?: [@%][a-z0-9.-]{3,253})?\s*",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(r"[\s*_>|#:.·•=\"'“”«»()\[\]{}【】「」-]*")
_WORD: Final = re.compile(r"\w")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DATE: Final = re.compile(r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_UNSPEAKABLE: Final = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3}")
"""What a word in capitals seldom has, and random letters mostly."""

_SENTENCE_END: Final = re.compile(r"[.!?]\s|[\u3002\uff01\uff1f]")
_ONE_EACH: Final = re.compile(r"\s*([A-Z0-9])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code, without blanks and dashes between its groups, and the words around it."""

    value: str
    context: str
    confidence: float
    """0 to 1."""


class _Found(NamedTuple):
    """A candidate: where it stands, what it is, how it is written."""

    line: int
    start: int
    end: int
    value: str
    form: str


@dataclass(slots=True)
class _Text:
    """Lines without empty ones, the subject as the first."""

    shown: list[str]
    lines: list[str]
    """Without addresses, and with blanks between scripts."""

    masked: dict[int, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return self.words(0)

    def words(self, number: int) -> str:
        """A line at the same length, without what is called a code and is none."""
        if number not in self.masked:
            line = self.lines[number]
            masked = phrase.NOT_A_CODE.sub(lambda match: "~" * len(match[0]), line)
            self.masked[number] = masked
        return self.masked[number]


def find(subject: str, text: str) -> tuple[Code, ...]:
    """
    The codes that a message gives, the likeliest first, each once, at most CODES_MAX.

    Linear in the text, of which the first 100,000 characters are looked at.
    """
    read = _read(subject, text)
    best: dict[str, Code] = {}
    for each in _autofills(read):
        best.setdefault(each.value, each)
    for count, found in enumerate(_candidates(read)):
        if count == _CANDIDATES_MAX:
            break
        score = _score(read, found)
        known = best.get(found.value)
        if score < _LIKELY or (known is not None and known.confidence >= score):
            continue
        context = known.context if known else _context(read, found)
        best[found.value] = Code(
            value=found.value, context=context, confidence=round(score, 2)
        )
    ranked = sorted(best.values(), key=lambda code: -code.confidence)
    return tuple(
        code
        for code in ranked[:CODES_MAX]
        if code.confidence >= ranked[0].confidence - _BEHIND_MAX
    )


def _read(subject: str, text: str) -> _Text:
    # The subject is the first line: a code in it is judged as any other.
    lines = [subject, *text[:_TEXT_MAX].split("\n", _LINES_MAX)[:_LINES_MAX]]
    shown = _joined([line[:_LINE_MAX].strip() for line in lines])
    return _Text(shown=shown, lines=[_plain(line) for line in shown])


def _joined(lines: Sequence[str]) -> list[str]:
    """Without empty lines but the first; digits that stand one to a line as one."""
    kept: list[str] = list(lines[:1])
    single: list[str] = []
    for line in [*filter(None, lines[1:]), ""]:
        match = _ONE_EACH.fullmatch(line)
        if match:
            single.append(match[1])
            continue
        if single:
            is_code = _DIGITS_MIN <= len(single) <= _DIGITS_MAX
            kept += ["".join(single)] if is_code else single
            single = []
        if line:
            kept.append(line)
    return kept


def _plain(line: str) -> str:
    """The line without addresses; blanks stand there, and between scripts."""
    if "@" in line or "://" in line or "www." in line:
        line = _ADDRESS.sub(lambda match: " " * len(match[0]), line)
    return line if line.isascii() else _IN_CJK.sub(" ", line)


def _autofills(read: _Text) -> Iterator[Code]:
    """Lines as browsers fill them in: "@example.com #123456"."""
    for number, line in enumerate(read.shown):
        match = _AUTOFILL.fullmatch(line) if "#" in line else None
        if match:
            context = " ".join(read.shown[max(number - 1, 0) : number + 1])
            value = match[1].replace("-", "")
            yield Code(value=value, context=context[:CONTEXT_MAX], confidence=0.99)


def _candidates(read: _Text) -> Iterator[_Found]:
    for number, line in enumerate(read.lines):
        if not _WORTH_IT.search(line):
            continue
        for match in _CANDIDATE.finditer(line):
            form = str(match.lastgroup)
            value = _value(match[0], form)
            if value:
                yield _Found(number, match.start(), match.end(), value, form)


def _value(written: str, form: str) -> str:
    """What is to be typed in; "" when this cannot be a code."""
    groups = re.split(rf"{_BLANK}|{_DASH}", written)
    if form == "marked":
        # "G-123456": the letter tells whose code it is, and stands there already.
        return groups[1]
    value = "".join(groups)
    if form == "groups":
        is_even = len(set(map(len, groups))) == 1
        if not is_even or len(value) > _DIGITS_MAX:
            return ""
    if form in ("key", "pairs", "mixed") and not _is_random(value, groups):
        return ""
    if value.isdigit() and not value.isascii():
        value = "".join(str(unicodedata.decimal(digit)) for digit in value)
    return value


def _is_random(value: str, groups: Sequence[str]) -> bool:
    """Whether letters, or letters and digits, are no word that somebody would write."""
    has_digit = any(letter.isdigit() for letter in value)
    if value.isdigit():
        return len(groups) > 1 and len(set(map(len, groups))) == 1
    if len(groups) > 1:
        return value.isupper() or has_digit
    return value.isupper() or (has_digit and len(value) <= _DIGITS_MAX)


def _score(read: _Text, found: _Found) -> float:
    """How likely it is a code, 0 to 1."""
    line = read.words(found.line)
    if line[found.start] == "~":
        return 0.0  # it is a piece of what is masked
    before, behind = line[: found.start], line[found.end :]
    # Unmasked: what is called a code and is none may be what this number is.
    named = read.lines[found.line][max(found.start - 60, 0) : found.start]
    if phrase.OTHER_NUMBER.search(named) or phrase.UNIT_BEHIND.match(behind):
        return 0.0
    is_alone = bool(_ALONE.fullmatch(before) and _ALONE.fullmatch(behind))
    score = _by_line(before, behind)
    if found.line:
        score = max(score, _by_lines_around(read, found, is_alone=is_alone))
    if not score or phrase.OFFER.search(line):
        return 0.0
    score += _by_form(found, is_direct=score >= 0.85)
    if found.line and found.value in read.lines[0]:
        score += 0.05
    return min(max(score, 0.0), 0.99)


def _by_line(before: str, behind: str) -> float:
    """By the words of its own line."""
    near = before[-_NEAR:]
    is_entered = bool(phrase.ENTER.search(near))
    ends = [(match.end(), 0.92) for match in phrase.STRONG.finditer(near)]
    ends += [(match.end(), 0.85) for match in phrase.WEAK.finditer(near)]
    for end, sure in ends:
        if phrase.JOINT.fullmatch(near, end):
            return sure
    ends = [
        (end, sure)
        for end, sure in ends
        if not _is_taken(near[end:])
        and (sure > 0.9 or is_entered or not _SENTENCE_END.search(near, end))
    ]
    best = 0.0
    if any(sure > 0.9 for _, sure in ends):
        best = 0.78
    elif ends:
        best = 0.6
    following = behind[:_NEAR]
    if phrase.STRONG.search(following):
        return max(best, 0.88)
    if phrase.WEAK.search(following):
        return max(best, 0.7 if phrase.WEAK.search(following[:40]) else 0.6)
    says_why = phrase.ACTION.search(following[:50]) or (
        is_entered and phrase.ACTION.search(near)
    )
    if says_why and (is_entered or not _WORD.search(before)):
        return max(best, 0.52)
    return best


def _is_taken(between: str) -> bool:
    """Whether a word has its code already, and the next one is none of a list."""
    if phrase.COPULA.search(between):
        return False
    others = [
        match
        for match in _CANDIDATE.finditer(between)
        if _is_given(between[: match.start()])
        and _value(match[0], str(match.lastgroup))
    ]
    rest = _CANDIDATE.sub(" ", between)
    return bool(others and _WORD.search(phrase.AND.sub(" ", rest)))


def _is_given(before: str) -> bool:
    """Whether what follows is said to be the code: not 1012 in `code for room 1012`."""
    is_next = phrase.JOINT.fullmatch(before) or phrase.COPULA.search(before)
    return bool(is_next) and not phrase.OTHER_NUMBER.search(before)


def _by_lines_around(read: _Text, found: _Found, *, is_alone: bool) -> float:
    """By the words of the lines around it."""
    first = max(found.line - _LINES_ABOVE, 1)
    above = [read.words(number) for number in range(first, found.line)]
    if is_alone:
        return _by_lines_above(above) or _by_the_rest(read, found, above)
    line = read.words(found.line)
    if above and not _WORD.search(line[: found.start]):
        # A word ends the line above: "Your code:", and the code begins this one.
        return max(_end_of(above[-1]) - 0.1, 0.0)
    near = line[max(found.start - _NEAR, 0) : found.end + _NEAR]
    is_told = phrase.STRONG.search(read.subject) and phrase.ACTION.search(near)
    return 0.52 if is_told else 0.0


def _by_lines_above(above: Sequence[str]) -> float:
    """The nearest count most."""
    for distance, line in enumerate(reversed(above)):
        near = line[-300:]
        if phrase.STRONG.search(near):
            return 0.93 - 0.04 * distance
        if phrase.WEAK.search(near):
            return 0.85 - 0.06 * distance
    return 0.0


def _by_the_rest(read: _Text, found: _Found, above: Sequence[str]) -> float:
    last = min(found.line + 1 + _LINES_BELOW, len(read.lines))
    below = " ".join(map(read.words, range(found.line + 1, last)))[:300]
    for words, strong, weak in ((read.subject, 0.82, 0.72), (below, 0.78, 0.65)):
        if phrase.STRONG.search(words):
            return strong
        if phrase.WEAK.search(words):
            return weak
    told = " ".join([*above[-3:], below, read.subject])[:1000]
    return 0.58 if found.value.isdigit() and phrase.ACTION.search(told) else 0.0


def _end_of(line: str) -> float:
    near = line[-_NEAR:]
    for pattern, sure in ((phrase.STRONG, 0.9), (phrase.WEAK, 0.8)):
        for match in pattern.finditer(near):
            if phrase.JOINT.fullmatch(near, match.end()):
                return sure
    return 0.0


def _by_form(found: _Found, *, is_direct: bool) -> float:
    """What its looks add or take."""
    value = found.value
    if value.isdigit():
        if len(value) == 4 and _YEAR.fullmatch(value):
            return -0.15 if is_direct else -0.5
        if len(value) == 8 and _DATE.fullmatch(value):
            return -0.5
        return {6: 0.04, 9: -0.1, 10: -0.2}.get(len(value), 0.0)
    has_digit = any(letter.isdigit() for letter in value)
    if value.isupper() and has_digit:
        return -0.03
    if value.isalpha():
        is_random = is_direct and _UNSPEAKABLE.search(value)
        return -0.2 if is_random else -1.0
    return -0.1 if is_direct else -0.5


def _context(read: _Text, found: _Found) -> str:
    line = read.lines[found.line]
    shown = read.shown[found.line]
    if len(line) != len(shown):  # blanks were put in
        start, end = 0, len(shown)
    else:
        start = max(found.start - CONTEXT_MAX // 2, 0)
        end = start + CONTEXT_MAX
    words = shown[start:end]
    if len(words) <= CONTEXT_MAX // 3 and found.line > 1:
        words = f"{read.shown[found.line - 1][-CONTEXT_MAX // 2 :]} {words}"
    return words[:CONTEXT_MAX].strip()
