"""Cuts a multipart's body at its boundary (RFC 2046 5.1)."""

import re
from typing import Final, NamedTuple

BOUNDARY_MAX: Final = 256
"""Octets that we look for; RFC 2046 5.1.1 allows 70."""

_MISSES_MAX: Final = 10_000
"""Look-alikes of a delimiter before the search for real ones is given up."""

# A line like a delimiter with a field of a part below it.
_LIKE_A_DELIMITER: Final = re.compile(
    rb"[\r\n]--([!-~](?:[ -~]{0,199}[!-~])?)[ \t]*+(?:\r\n|\n|\r)"
    rb"content-[a-z-]{2,40}+:",
    re.IGNORECASE,
)
_LIKENESS_WITHIN: Final = 65_536
"""Octets of a body in which a delimiter is looked for that nobody named."""

_DELIMITER_END: Final = re.compile(rb"[ \t]*+(--)?[ \t]*+(?:\r*+\n|\r|\Z)")
_LF: Final = 10
_CR: Final = 13


class Cut(NamedTuple):
    """Where the parts of a multipart lie."""

    spans: list[tuple[int, int]]
    """First octet and end of each part: its header block and its body."""

    is_closed: bool
    """Whether the closing delimiter came."""

    is_complete: bool
    """False when there are more parts than were asked for."""

    end: int
    """Behind the closing delimiter; without one where the search ended."""


def cut(raw: bytes, start: int, end: int, boundary: bytes, parts_max: int) -> Cut:
    """The parts between the delimiters in raw[start:end]; none when there are none."""
    needle = b"--" + boundary
    spans: list[tuple[int, int]] = []
    opened = -1
    misses = 0
    at = raw.find(needle, start, end)
    while at >= 0 and misses < _MISSES_MAX:
        after = at + len(needle)
        tail = None
        if at == start or raw[at - 1] == _LF or raw[at - 1] == _CR:
            tail = _DELIMITER_END.match(raw, after, end)
        if tail is None:
            misses += 1
        else:
            if 0 <= opened < at:  # delimiter upon delimiter holds no part
                spans.append((opened, _content_end(raw, opened, at)))
            if tail[1]:
                return Cut(spans, is_closed=True, is_complete=True, end=tail.end())
            if len(spans) == parts_max:
                return Cut(spans, is_closed=True, is_complete=False, end=end)
            after = opened = tail.end()
        at = raw.find(needle, after, end)
    if opened >= 0:
        spans.append((opened, end))
    return Cut(spans, is_closed=False, is_complete=True, end=end)


def find_boundary(raw: bytes, start: int, end: int) -> bytes:
    """What sets off the parts in raw[start:end], going by looks; b"" for nothing."""
    reach = min(end, start + _LIKENESS_WITHIN)
    match = _LIKE_A_DELIMITER.search(raw, max(start - 1, 0), reach)
    return match[1] if match else b""


def _content_end(raw: bytes, start: int, delimiter: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    end = delimiter
    if end > start and raw[end - 1] == _LF:
        end -= 1
    if end > start and raw[end - 1] == _CR:
        end -= 1
    return end
