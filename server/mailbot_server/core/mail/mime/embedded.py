"""Files that stand in the text itself, as before MIME: uuencode (POSIX.2)."""

import re
from typing import Final, NamedTuple

_BEGIN: Final = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.MULTILINE)
_LINE: Final = re.compile(rb"([ -`]?)([ -`]*)\r?\n")
_END: Final = re.compile(rb"end[ \t]*(?:\r?\n|\Z)")
_FILES_MAX: Final = 20
_TRIES_MAX: Final = 1000
_SLACK: Final = 4
"""Characters that a line may be shorter, of blanks lost, or longer, of a checksum."""


class File(NamedTuple):
    """One file: from its `begin` to behind its `end`, and the name as written."""

    start: int
    end: int
    name: bytes


def find(content: bytes) -> list[File]:
    """
    The files in a text, whole ones only, at most twenty.

    Every line of one must be as long as it says: "begin 100 years ago" begins a story.
    """
    files: list[File] = []
    position = 0
    for _ in range(_TRIES_MAX):
        begin = _BEGIN.search(content, position)
        if begin is None or len(files) == _FILES_MAX:
            break
        position = begin.end()
        end = _end_of(content, position)
        if end:
            files.append(File(begin.start(), end, begin[1]))
            position = end
    return files


def without(content: bytes, files: list[File]) -> bytes:
    """The text around the files."""
    position = 0
    kept = []
    for file in files:
        kept.append(content[position : file.start])
        position = file.end
    kept.append(content[position:])
    return b"".join(kept)


def _end_of(content: bytes, position: int) -> int:
    """Behind the line `end` of what begins here; 0 where it is no file."""
    has_data = False
    while line := _LINE.match(content, position):
        octets = (ord(line[1] or b" ") - 32) & 63
        wanted = (octets + 2) // 3 * 4
        if abs(len(line[2]) - wanted) > _SLACK:
            return 0
        position = line.end()
        if octets:
            has_data = True
            continue
        break
    end = _END.match(content, position)
    return end.end() if end and has_data else 0
