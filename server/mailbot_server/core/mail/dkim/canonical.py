"""
Relaxed canonicalisation of fields and bodies (RFC 6376 3.4.2, 3.4.4).

Linear for whatever stands in a message: no pattern backtracks, and runs of blanks are
halved, not taken off one by one. What comes in has CRLF line ends and no others.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

BLOCK_BYTES: Final = 256 * 1024
"""How much of a body is worked on at a time, give or take a line; other threads run in
between."""

_END: Final = b"\r\n"
_EMPTY: Final = b" \t\r\n"


def fields(header: bytes) -> dict[bytes, list[bytes]]:
    """
    Lower-case name → the fields of that name as `name:value`, top to bottom.

    `header` is everything before the empty line. Lines that are no field are left out.
    """
    found: dict[bytes, list[bytes]] = {}
    flat = header.replace(b"\t", b" ").replace(b"\r\n ", b" ")
    for line in flat.split(_END):
        name, colon, value = line.partition(b":")
        if colon:
            key = name.rstrip(b" ").lower()
            found.setdefault(key, []).append(field(key, value))
    return found


def field(name: bytes, value: bytes) -> bytes:
    """One field without its CRLF; `name` is lower case, `value` may be folded."""
    words = value.replace(_END, b"").replace(b"\t", b" ").split(b" ")
    return name + b":" + b" ".join(filter(None, words))


def body_digest(raw: bytes, start: int) -> bytes:
    """SHA-256 of the body that begins at `start`."""
    digest = hashlib.sha256()
    for block in body(raw, start):
        digest.update(block)
    return digest.digest()


def body(raw: bytes, start: int, block_bytes: int = BLOCK_BYTES) -> Iterator[bytes]:
    """
    The body that begins at `start`, in pieces.

    Empty lines at the end go, and a body of nothing else becomes no bytes at all.
    """
    # What stands at the end of the last line that says something goes as well.
    stop = end_of(raw, _EMPTY)
    while start < stop:
        cut = raw.find(b"\n", min(start + block_bytes, stop), stop) + 1 or stop
        block = _relaxed(raw[start:cut])
        yield block if cut < stop else block + _END
        start = cut


def end_of(raw: bytes, empty: bytes) -> int:
    """How much is left of `raw` when nothing of `empty` stands at its end."""
    stop = len(raw)
    while stop:
        block = raw[max(stop - BLOCK_BYTES, 0) : stop]
        kept = len(block.rstrip(empty))
        stop -= len(block) - kept
        if kept:
            break
    return stop


def _relaxed(block: bytes) -> bytes:
    """Whole lines with single blanks, and none at their ends."""
    if b"\t" in block:
        block = block.replace(b"\t", b" ")
    while b"  " in block:
        block = block.replace(b"  ", b" ")
    return block.replace(b" \r\n", _END)
