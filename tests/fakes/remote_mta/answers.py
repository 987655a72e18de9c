"""What a scripted server can answer, and how it does."""

import asyncio
import os
import socket
import struct
from dataclasses import dataclass
from enum import Enum
from typing import Final

# Linger for no time: closing then sends RST.
_NO_LINGER: Final = struct.pack("ii", 1, 0)


class Deed(Enum):
    """What a server can do instead of answering."""

    CLOSE = "close"
    RESET = "reset"
    HALF_CLOSE = "half-close"
    SILENCE = "silence"
    ALERT = "alert"


CLOSE: Final = Deed.CLOSE
RESET: Final = Deed.RESET
HALF_CLOSE: Final = Deed.HALF_CLOSE
SILENCE: Final = Deed.SILENCE
ALERT: Final = Deed.ALERT


@dataclass(frozen=True)
class Then:
    """One thing after the other."""

    first: "Answer"
    next: "Answer"


@dataclass(frozen=True)
class After:
    """Answers only once the event is set."""

    event: asyncio.Event
    answer: "Answer"


@dataclass(frozen=True)
class Endless:
    """Sends these octets until the client goes."""

    octets: bytes


@dataclass(frozen=True)
class Sip:
    """From now on reads one octet for each permit, until the client goes."""

    permits: asyncio.Semaphore


Answer = str | bytes | Deed | Then | After | Endless | Sip


class Gone(Exception):
    """The connection is over."""


def is_taken(reply: str) -> bool:
    """Whether this reply is a success, or the 354 that asks for more."""
    return reply[:1] in {"2", "3"}


def lines_of(text: str) -> list[str]:
    """The lines of one reply, with hyphens in all but the last."""
    *first, last = text.splitlines()
    return [*(f"{line[:3]}-{line[4:]}" for line in first), last]


def reset(writer: asyncio.StreamWriter) -> None:
    """Ends the connection with RST."""
    sock: socket.socket = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    writer.transport.abort()


async def sip(writer: asyncio.StreamWriter, permits: asyncio.Semaphore) -> None:
    """Takes octets off a connection that is read by nobody else any more."""
    sock: socket.socket = writer.get_extra_info("socket")
    while True:
        await permits.acquire()
        try:
            if not os.read(sock.fileno(), 1):
                return
        except BlockingIOError:
            continue
