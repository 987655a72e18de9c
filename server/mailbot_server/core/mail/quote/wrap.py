"""What a client broke off quoted lines that were too long for it."""

import re
from collections.abc import Sequence
from typing import Final

_SENTENCE_END: Final = re.compile(r"[.?!:;]\W*$")
_WORD: Final = re.compile(r"\w")
_WRAP_COLUMN: Final = 66
_WRAPPED_MAX: Final = 30


def mark(lines: Sequence[str], quoted: list[bool]) -> None:
    """Mark the word or two that belong to the quoted line above them."""
    first = quoted.index(True) if True in quoted else len(lines)
    # Who answers on top seldom answers between the lines too.
    has_top = any(line.strip() for line in lines[:first])
    for number in range(max(first, 1), len(lines)):
        if quoted[number] or not quoted[number - 1] or not lines[number].strip():
            continue
        above, line = lines[number - 1].rstrip(), lines[number]
        below = number + 1
        if below < len(lines) and quoted[below]:
            is_rest = (
                _is_broken_off(above, line)
                or not _WORD.search(line)
                or line.lstrip().startswith(("http", "(http", "<http"))
                or (has_top and _is_long(above))
            )
        else:
            is_last = below == len(lines) or not lines[below].strip()
            is_rest = has_top and is_last and _is_broken_off(above, line)
        quoted[number] = is_rest


def _is_broken_off(above: str, line: str) -> bool:
    if above.endswith("="):
        return True  # a soft line break that nobody has decoded
    if above.rfind("(http") > above.rfind(")"):
        return True
    is_word = line[:1].islower() and len(line.strip()) <= _WRAPPED_MAX
    return is_word and _is_long(above)


def _is_long(line: str) -> bool:
    """Whether the client had to break the line before its sentence was over."""
    return len(line) >= _WRAP_COLUMN and not _SENTENCE_END.search(line[-5:])
