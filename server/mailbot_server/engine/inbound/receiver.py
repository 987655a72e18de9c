"""
Takes in the content of one message up to its end, bounded (RFC 5321 4.1.1.4, 4.5.2).

Only CRLF.CRLF ends it. A CR or LF that is no line end is noticed but never acted on:
whoever reads such a line as another end could be made to see a second message.
"""

import hashlib
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_LINE: Final = b"\r\n"
_END: Final = b"\r\n.\r\n"

# What the end may be hidden in when it is cut in two, longest first.
_BEGINNINGS: Final = tuple(_END[:length] for length in range(4, 0, -1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message as it was sent: CRLF line ends, no dots added."""

    raw: bytes
    sha256: str
    """Of `raw`, in hex."""


class Fault(StrEnum):
    """Why a message is not kept, though it was read to its end."""

    TOO_BIG = "too_big"
    BARE_NEWLINE = "bare_newline"


class Receiver:
    """
    The content of one message as it comes in.

    Never holds more than `bytes_max` octets of it and the piece at hand; what comes
    after a fault is let go at once. `takes_bare` lets a CR or LF stand that is no line
    end.
    """

    def __init__(self, bytes_max: int, *, takes_bare: bool = False) -> None:
        self._bytes_max = bytes_max
        self._takes_bare = takes_bare
        self._kept: io.BytesIO | None = io.BytesIO()
        self._digest = hashlib.sha256()
        self._size = 0
        # DATA's own line end counts: a dot may stand on the very first line.
        self._carry = _LINE
        self._is_first = True
        self._fault: Fault | None = None

    def feed(self, piece: bytes) -> bytes | None:
        """What came after the end; None while the end has not come."""
        piece = self._carry + piece
        end = piece.find(_END)
        if end >= 0:
            self._take(piece[: end + len(_LINE)])
            return piece[end + len(_END) :]
        self._carry = b""
        for beginning in _BEGINNINGS:
            if piece.endswith(beginning):
                self._carry = beginning
                piece = piece[: -len(beginning)]
                break
        if piece:
            self._take(piece)
        return None

    def finish(self) -> Content | Fault:
        """The message, after its end has come."""
        if self._fault or self._kept is None:
            return self._fault or Fault.TOO_BIG
        return Content(raw=self._kept.getvalue(), sha256=self._digest.hexdigest())

    def _take(self, piece: bytes) -> None:
        """Keeps a piece that neither cuts a line end in two nor dots from theirs."""
        if not self._takes_bare and _has_bare(piece):
            self._fail(Fault.BARE_NEWLINE)
        if b"\r\n." in piece:
            piece = piece.replace(b"\r\n.", _LINE)
        if self._is_first:
            piece = piece[len(_LINE) :]
            self._is_first = False
        self._size += len(piece)
        if self._size > self._bytes_max:
            self._fail(self._fault or Fault.TOO_BIG)
        if self._kept is not None:
            self._kept.write(piece)
            self._digest.update(piece)

    def _fail(self, fault: Fault) -> None:
        self._fault = fault
        self._kept = None


def _has_bare(piece: bytes) -> bool:
    lines = piece.count(_LINE)
    return piece.count(b"\r") != lines or piece.count(b"\n") != lines
