"""Divides a text into new words, quotation and signature; unsure, it cuts nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mailbot_server.core.mail.quote import attribution, original, signature


class Method(StrEnum):
    """What told the quotation from the new text."""

    SEPARATOR = "separator"
    """A line such as "-----Original Message-----"."""

    HEADER_BLOCK = "header_block"
    """From, Sent, To, Subject above the original."""

    ATTRIBUTION = "attribution"
    """A line such as "On Monday, Ann wrote:"."""

    MARKERS = "markers"
    """Nothing but ">" before the lines."""

    NONE = "none"
    """There is no quotation, or none that is sure enough to be cut."""


# An estimate for each method, to compare them with each other; not measured.
_CONFIDENCE: Final = {
    Method.SEPARATOR: 0.97,
    Method.HEADER_BLOCK: 0.95,
    Method.ATTRIBUTION: 0.95,
    Method.MARKERS: 0.85,
    Method.NONE: 0.9,
}
_UNSURE: Final = 0.5
"""Something looked like a quotation, but cutting it could have lost an answer."""

_PROMPT: Final = re.compile(r">>>(?: |$)")
_SENTENCE_END: Final = re.compile(r"[.?!:;]\W*$")
_WRAP_COLUMN: Final = 66
_WRAPPED_MAX: Final = 30


TEXT_MAX: Final = 500_000
"""Characters; nobody writes so much by hand, and no longer text is cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The three layers of a text; together they hold every line of it."""

    new: str
    """What the sender wrote now."""

    quoted: str
    """What they quoted, with the line that introduces it."""

    signature: str
    """From its dashes on; what a telephone adds counts."""

    method: Method
    confidence: float
    """From 0 to 1: how likely `new` is neither short of anything nor too long."""


@dataclass(slots=True)
class _Marks:
    """Which lines are quoted, and what said so."""

    quoted: list[bool]
    method: Method = Method.NONE
    is_forward: bool = False
    is_open: bool = False
    """The quotation was cut at its beginning and runs unmarked to the end."""


def split(text: str) -> Split:
    """
    What is new in `text` (LF line ends) and what is not.

    Time is linear in its length. Below the quotation may stand an answer again; above
    an unmarked one nothing may, and then nothing is cut.
    """
    if len(text) > TEXT_MAX:
        return _uncut(text.split("\n"))
    lines = _lines(text)
    marks = _mark(lines)
    if marks.method is Method.MARKERS and not _are_sure(lines, marks.quoted):
        return _uncut(lines)
    _mark_wrapped(lines, marks.quoted)
    new = _unquoted(lines, marks.quoted)
    if marks.is_open and not new:
        return _uncut(lines)
    quoted = [
        line for line, is_quoted in zip(lines, marks.quoted, strict=True) if is_quoted
    ]
    return _split(new, quoted, marks.method, _CONFIDENCE[marks.method])


def _uncut(lines: list[str]) -> Split:
    return _split(_unquoted(lines, [False] * len(lines)), [], Method.NONE, _UNSURE)


def _split(
    new: list[str], quoted: list[str], method: Method, confidence: float
) -> Split:
    cut = signature.find(new)
    return Split(
        new=_join(new[:cut]),
        quoted=_join(quoted),
        signature=_join(new[cut:]),
        method=method,
        confidence=confidence,
    )


def _lines(text: str) -> list[str]:
    """One each; an introduction that shares its line with the answer makes two."""
    lines: list[str] = []
    for line in text.split("\n"):
        shared = attribution.split_shared(line) if "On " in line else None
        lines += shared or (line,)
    return lines


def _mark(lines: list[str]) -> _Marks:
    marks = _Marks([False] * len(lines))
    endings = [attribution.may_end(line) for line in lines]
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        if line.startswith(">"):
            marks.quoted[number] = True
            if marks.method is Method.NONE:
                marks.method = Method.MARKERS
        elif not line:
            pass
        elif original.is_forward(line):
            marks.is_forward = True
            break
        elif original.is_original(line):
            _mark_rest(lines, marks, number, Method.SEPARATOR)
            break
        elif original.is_header_block(lines, number):
            _mark_rest(lines, marks, number, Method.HEADER_BLOCK)
            break
        elif any(endings[number : number + attribution.LINES_MAX]):
            end = _mark_introduced(lines, marks, number)
            if end > number:
                number = end
                continue
        number += 1
    return marks


def _mark_introduced(lines: list[str], marks: _Marks, number: int) -> int:
    """Mark what an introduction at this line governs; the line to go on with."""
    found = attribution.find(lines, number)
    if found is None:
        return number
    follower = found.end
    while follower < len(lines) and not lines[follower].strip():
        follower += 1
    if follower < len(lines) and not lines[follower].lstrip().startswith(">"):
        if not found.is_certain:
            return number
        _mark_rest(lines, marks, number, Method.ATTRIBUTION)
        return len(lines)
    if follower == len(lines) and not found.is_certain:
        return number
    marks.quoted[number : found.end] = [True] * (found.end - number)
    marks.method = Method.ATTRIBUTION
    return follower


def _mark_rest(lines: list[str], marks: _Marks, number: int, method: Method) -> None:
    """From here on it is all quoted, with the rules drawn above it."""
    marks.quoted[number:] = [True] * (len(lines) - number)
    marks.method = method
    marks.is_open = True
    above = number - 1
    while above >= 0 and (not lines[above].strip() or original.is_rule(lines[above])):
        marks.quoted[above] = bool(lines[above].strip())
        above -= 1


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


def _mark_wrapped(lines: Sequence[str], quoted: list[bool]) -> None:
    """A word or two that a client broke off a long quoted line belong to it."""
    for number in range(1, len(lines) - 1):
        if quoted[number] or not (quoted[number - 1] and quoted[number + 1]):
            continue
        above, line = lines[number - 1].rstrip(), lines[number]
        is_rest = (
            len(above) >= _WRAP_COLUMN
            and 0 < len(line.strip()) <= _WRAPPED_MAX
            and line[:1].islower()
            and not _SENTENCE_END.search(above[-5:])
        )
        quoted[number] = is_rest or line.lstrip().startswith(("http", "(http", "<http"))


def _unquoted(lines: Sequence[str], quoted: Sequence[bool]) -> list[str]:
    """The other lines, without empty ones at the ends and with one where a cut was."""
    kept: list[str] = []
    was_cut = False
    for line, is_quoted in zip(lines, quoted, strict=True):
        if is_quoted:
            was_cut = True
        elif line.strip():
            if was_cut and kept and kept[-1].strip():
                kept.append("")
            kept.append(line)
            was_cut = False
        elif kept and not was_cut:
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _join(lines: Sequence[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n")
