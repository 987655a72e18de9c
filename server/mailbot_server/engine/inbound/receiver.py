"""
Takes in the content of one message up to its end, bounded (RFC 5321 4.1.1.4, 4.5.2).

Only CRLF.CRLF ends it. A CR or LF that is no line end is noticed but never acted on:
whoever reads such a line as another end could be made to see a second message.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mailbot_server.engine.inbound.room.holding import Holding

_LINE: Final = b"\r\n"
_DOT: Final = b"\r\n."
_END: Final = b"\r\n.\r\n"
_BARE_CR: Final = re.compile(rb"\r(?!\n)")

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
    NO_ROOM = "no_room"


class Receiver:
    """
    Writes the content of one message, as it comes in, into its holding.

    Never more than `bytes_max` octets of it; what comes after a fault is let go at
    once. `takes_bare` lets a CR or LF stand that is no line end.
    """

    def __init__(
        self, holding: Holding, bytes_max: int, *, takes_bare: bool = False
    ) -> None:
        self._holding = holding
        self._bytes_max = bytes_max
        self._takes_bare = takes_bare
        self._digest = hashlib.sha256()
        self.octets = 0
        """How many have come, without dots that were added."""

        self.fault: Fault | None = None
        # DATA's own line end counts: a dot may stand on the very first line.
        self._carry = _LINE
        self._is_first = True

    @property
    def sha256(self) -> str:
        """Of what the holding has, in hex."""
        return self._digest.hexdigest()

    def feed(self, piece: bytes) -> bytes | None:
        """What came after the end; None while the end has not come."""
        piece = self._carry + piece
        # The end is a line that begins with a dot; few others do.
        dot = piece.find(_DOT)
        end = piece.find(_END, dot) if dot >= 0 else -1
        if end >= 0:
            self._take(piece[: end + len(_LINE)], has_dot=dot < end)
            return piece[end + len(_END) :]
        self._carry = b""
        for beginning in _BEGINNINGS:
            if piece.endswith(beginning):
                self._carry = beginning
                piece = piece[: -len(beginning)]
                break
        if piece:
            self._take(piece, has_dot=dot >= 0)
        return None

    def _take(self, piece: bytes, *, has_dot: bool) -> None:
        """
        Keeps a piece that neither cuts a line end in two nor dots from theirs.

        `has_dot`: perhaps one of its lines begins with a dot.
        """
        if not self._takes_bare and _has_bare(piece):
            self._fail(Fault.BARE_NEWLINE)
        if has_dot:
            piece = piece.replace(_DOT, _LINE)
        if self._is_first:
            piece = piece[len(_LINE) :]
            self._is_first = False
        self.octets += len(piece)
        if self.octets > self._bytes_max:
            self._fail(self.fault or Fault.TOO_BIG)
        if self.fault is None:
            if self._holding.write(piece):
                self._digest.update(piece)
            else:
                self._fail(Fault.NO_ROOM)

    def _fail(self, fault: Fault) -> None:
        self.fault = fault
        self._holding.close()


def _has_bare(piece: bytes) -> bool:
    # Where an LF follows every CR, there are as many of them, or some stand alone.
    if _BARE_CR.search(piece):
        return True
    return piece.count(b"\r") != piece.count(b"\n")
