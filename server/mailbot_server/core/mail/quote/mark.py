"""Which lines of a message are quoted; unsure, none is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Final

from mailbot_server.core.mail.quote import attribution, original, signature, wrap


class Method(StrEnum):
    """What told the quotation from the new text."""

    STRUCTURE = "html_marker"
    """An element of the HTML that its client makes for quotations alone."""

    SEPARATOR = "separator"
    """A line such as "-----Original Message-----"."""

    HEADER_BLOCK = "header_block"
    """From, Sent, To, Subject above the original."""

    ATTRIBUTION = "attribution"
    """A line such as "On Monday, Ann wrote:"."""

    MARKERS = "markers"
    """Nothing but ">" before the lines, or a plain block quotation."""

    NONE = "none"
    """There is no quotation, or none that is sure enough to be cut."""


class Kind(Enum):
    """What the HTML says of a line, beside its words."""

    TEXT = "text"
    QUOTE = "quote"
    """Inside an element that holds a quotation and nothing else."""

    REST = "rest"
    """Here begins what the sender's client took over; it runs to the end."""

    BLOCK = "block"
    """In a block quotation that a client or a person may have made."""

    ASIDE = "aside"
    """In a block quotation that a person made, unless it is introduced."""

    FORWARD = "forward"
    """Here begins what is passed on."""

    SIGNATURE = "signature"


# The last is the sign of a client that took HTML for text.
_MARKERS: Final = (">", "\uff1e", "&gt;")
_FENCE: Final = ("```", "~~~")
_MARKED: Final = frozenset({Kind.QUOTE, Kind.BLOCK, Kind.ASIDE})

# Marks of direction (Hebrew and Arabic clients set them), widths, soft hyphens.
_UNSEEN: Final = {
    **dict.fromkeys((0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF)),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    **dict.fromkeys((0xA0, 0x2007, 0x202F, 0x3000), " "),
    **dict.fromkeys((0x2010, 0x2011), "-"),
}

_PROMPT: Final = re.compile(r">>>(?: |$)")


@dataclass(slots=True)
class Marks:
    """Which lines are quoted, and what said so."""

    quoted: list[bool]
    method: Method = Method.NONE
    is_open: bool = False
    """The quotation was cut at its beginning and runs unmarked to the end."""

    is_unsure: bool = False
    """Something looked like a quotation and was left."""

    introductions: set[int] = field(default_factory=set)
    """The lines that say who is quoted."""

    introduced_at: int = -1
    """The line of the first introduction."""

    is_interleaved: bool = False
    """Answers stand between quotations, which are left as what they answer."""


class _Marker:
    """One walk over the lines; it stops where the rest is quoted or passed on."""

    def __init__(self, lines: Sequence[str], kinds: Sequence[Kind] | None) -> None:
        self._lines = lines
        self._kinds = kinds
        self._is_near_end = _near([attribution.may_end(line) for line in lines])
        self._fenced = _fenced(lines)
        self.marks = Marks([False] * len(lines))

    def run(self) -> Marks:
        number = 0
        while 0 <= number < len(self._lines):
            if not self._kinds and not self._fenced:
                number = self._skip_marked(number)
                if number == len(self._lines):
                    break
            number = number + 1 if self._is_plain(number) else self._step(number)
        return self.marks

    def _skip_marked(self, begin: int) -> int:
        """Mark the lines from here that begin with one ">"; the line below them."""
        end = begin
        lines = self._lines
        while end < len(lines) and lines[end][:1] == ">" and lines[end][:3] != ">>>":
            end += 1
        if end > begin:
            self.marks.quoted[begin:end] = [True] * (end - begin)
            if self.marks.method is Method.NONE:
                self.marks.method = Method.MARKERS
        return end

    def _is_plain(self, number: int) -> bool:
        """Whether the line can only be prose; it is what most lines are."""
        return not (
            self._kinds
            or self._is_near_end[number]
            or original.may_begin(self._lines[number])
        )

    def _step(self, number: int) -> int:
        """Mark from this line on; the line to go on with, -1 for none."""
        kind = self._kinds[number] if self._kinds else Kind.TEXT
        line = self._lines[number].strip()
        if number in self._fenced:
            return number + 1
        if kind is Kind.REST:
            return self._mark_rest(number, Method.STRUCTURE)
        if line.startswith(">>>") and original.is_sender_line(line):
            return self._mark_rest(number, Method.SEPARATOR)
        if kind in _MARKED or line.startswith(_MARKERS):
            self.marks.quoted[number] = True
            if kind is Kind.QUOTE:
                self._introduce(number, Method.STRUCTURE)
            elif self.marks.method is Method.NONE:
                self.marks.method = Method.MARKERS
        elif kind is Kind.FORWARD or original.is_forward(line):
            return -1
        elif line:
            return self._read(number, line)
        return number + 1

    def _read(self, number: int, line: str) -> int:
        """The same for a line whose words must tell."""
        if original.is_original(line) or original.is_ruled_off(self._lines, number):
            return self._mark_rest(number, Method.SEPARATOR)
        if original.is_header_block(self._lines, number):
            return self._mark_rest(number, Method.HEADER_BLOCK)
        if self._is_near_end[number]:
            return self._mark_introduced(number)
        return number + 1

    def _mark_introduced(self, number: int) -> int:
        """Mark what an introduction at this line governs."""
        found = attribution.find(self._lines, number)
        if found is None:
            return number + 1
        follower = found.end
        while follower < len(self._lines) and not self._lines[follower].strip():
            follower += 1
        if follower < len(self._lines) and not self._is_marked(follower):
            if not found.is_certain:
                return number + 1
            return self._mark_rest(number, Method.ATTRIBUTION)
        if follower == len(self._lines) and not found.is_certain:
            return number + 1
        self.marks.quoted[number : found.end] = [True] * (found.end - number)
        self.marks.introductions.update(range(number, found.end))
        self._introduce(number, Method.ATTRIBUTION)
        return follower

    def _mark_rest(self, number: int, method: Method) -> int:
        """From here on it is all quoted, with the rules drawn above it."""
        lines, quoted = self._lines, self.marks.quoted
        quoted[number:] = [True] * (len(lines) - number)
        self._introduce(number, method)
        self.marks.is_open = True
        above = number - 1
        while above >= 0 and (
            not lines[above].strip()
            or original.is_rule(lines[above])
            or (method is Method.HEADER_BLOCK and original.is_heading(lines[above]))
        ):
            quoted[above] = bool(lines[above].strip())
            above -= 1
        return -1

    def _introduce(self, number: int, method: Method) -> None:
        if self.marks.introduced_at < 0:
            self.marks.introduced_at = number
        if self.marks.method is not Method.STRUCTURE:
            self.marks.method = method

    def _is_marked(self, number: int) -> bool:
        if self._kinds and self._kinds[number] in _MARKED:
            return True
        return self._lines[number].lstrip().startswith(_MARKERS)


def _fenced(lines: Sequence[str]) -> set[int]:
    """The lines of code between two fences: there ">" is a sign of its own."""
    fences = [n for n, line in enumerate(lines) if line.startswith(_FENCE)]
    numbers: set[int] = set()
    for begin, end in zip(fences[::2], fences[1::2], strict=False):
        numbers.update(range(begin, end + 1))
    return numbers


def _near(endings: Sequence[bool]) -> list[bool]:
    """For each line, whether an introduction that begins there has where to end."""
    is_near = [False] * len(endings)
    for number, is_ending in enumerate(endings):
        if is_ending:
            first = max(number - attribution.LINES_MAX + 1, 0)
            is_near[first : number + 1] = [True] * (number + 1 - first)
    return is_near


def mark(lines: Sequence[str], kinds: Sequence[Kind] | None = None) -> Marks:
    """
    The quoted lines; `kinds` is what the HTML says of each, if there was any.

    Time is linear. Below a quotation may stand an answer again; above an unmarked one
    nothing may.
    """
    lines = [line if line.isascii() else _plain(line) for line in lines]
    marks = _Marker(lines, kinds).run()
    if marks.method is Method.NONE:
        return marks
    if kinds:
        _spare(marks, kinds)
    is_drawn = kinds is not None and Kind.BLOCK in kinds
    if marks.method is Method.MARKERS:
        is_sure = (
            not _is_cited(lines, _new(lines, kinds, marks), marks.quoted)
            if is_drawn
            else _are_sure(lines, marks.quoted)
        )
        if not is_sure:
            return Marks([False] * len(lines), is_unsure=True)
    wrap.mark(lines, marks.quoted)
    if not marks.is_open:
        _leave_context(lines, kinds, marks)
    return marks


def _plain(line: str) -> str:
    """Without what only directs the writing; odd blanks are blanks."""
    return line.translate(_UNSEEN)


def _spare(marks: Marks, kinds: Sequence[Kind]) -> None:
    """Leave a person's own block quotation where something else is the original."""
    has_original = marks.method not in {Method.MARKERS, Method.NONE}
    before = max(marks.introduced_at, 0)
    for number, kind in enumerate(kinds):
        if kind is Kind.ASIDE or (kind is Kind.BLOCK and has_original):
            is_above = number < before or not has_original
            marks.quoted[number] = marks.quoted[number] and not is_above
    if marks.method is Method.MARKERS and not any(marks.quoted):
        marks.method = Method.NONE


def _are_sure(lines: Sequence[str], quoted: Sequence[bool]) -> bool:
    """Whether ">" alone, with nothing that introduces it, means a quotation."""
    marked = [number for number, is_quoted in enumerate(quoted) if is_quoted]
    if all(_PROMPT.match(lines[number].lstrip()) for number in marked):
        return False
    if len(marked) > 1:
        return True
    only = marked[0]
    return not any(line.strip() for line in lines[only + 1 :]) or not any(
        line.strip() for line in lines[:only]
    )


def _is_cited(lines: Sequence[str], new: Sequence[int], quoted: Sequence[bool]) -> bool:
    """Whether what the sender wrote leads up to one passage and goes on behind it."""
    marked = [number for number, is_quoted in enumerate(quoted) if is_quoted]
    above = [number for number in new if number < marked[0]]
    is_amid = bool(above) and marked[-1] < new[-1]
    return is_amid and lines[above[-1]].rstrip().endswith((":", "\uff1a"))


def _new(lines: Sequence[str], kinds: Sequence[Kind] | None, marks: Marks) -> list[int]:
    """The numbers of lines that the sender wrote now, without their signature."""
    quoted = marks.quoted
    new = [n for n, line in enumerate(lines) if line.strip() and not quoted[n]]
    new = new[: signature.find([lines[number] for number in new])]
    if kinds:
        new = [number for number in new if kinds[number] is not Kind.SIGNATURE]
    return new


def _leave_context(
    lines: Sequence[str], kinds: Sequence[Kind] | None, marks: Marks
) -> None:
    """What is answered line by line stays above its answers."""
    quoted = marks.quoted
    new = _new(lines, kinds, marks)
    marked = [n for n in range(len(lines)) if quoted[n] and lines[n].strip()]
    answered = [n for n in marked if n not in marks.introductions]
    if not new or not answered:
        return
    if not any(answered[0] < number < answered[-1] for number in new):
        return
    marks.is_interleaved = True
    introduction = attribution.find(lines, answered[0]) if kinds else None
    begin = introduction.end if introduction else 0
    for number in answered:
        quoted[number] = number < begin or number > new[-1]
    for number in range(new[-1]):
        quoted[number] = quoted[number] and bool(lines[number].strip())
