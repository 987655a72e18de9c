"""
What a client has sent and nobody has read yet: lines for commands, pieces for content.

Bounded: a client that sends faster than it is served is no longer read from. Waiting
can be interrupted from outside, by a deadline or a shutdown.
"""

import asyncio
from typing import Final

COMMAND_MAX: Final = 2048
"""Octets without the line end: 512 of RFC 5321 4.5.3.1.4 and what extensions add."""

HIGH_WATER: Final = 256 * 1024
LOW_WATER: Final = 64 * 1024


class InputEnded(Exception):
    """The client will send nothing more."""


class LineTooLong(Exception):
    """A line over COMMAND_MAX; it has been skipped."""


class Wire:
    """The input of one session."""

    def __init__(self) -> None:
        self.transport: asyncio.ReadTransport | None = None
        self._buffer = bytearray()
        self._is_skipping = False
        self._is_paused = False
        self._has_ended = False
        self._waiter: asyncio.Future[None] | None = None
        self._is_resting = False
        self._interruption: Exception | None = None

    def __bool__(self) -> bool:
        """Whether anything is there to be read."""
        return bool(self._buffer)

    def feed(self, piece: bytes) -> None:
        """The client sent this."""
        self._buffer += piece
        if len(self._buffer) > HIGH_WATER and not self._is_paused:
            self._is_paused = True
            if self.transport is not None:
                self.transport.pause_reading()
        self._wake()

    def feed_end(self) -> None:
        """The client has closed its side, or is gone."""
        self._has_ended = True
        self._wake()

    def clear(self) -> None:
        """Forgets what has not been read: it came before TLS (RFC 3207 4.2)."""
        self._buffer.clear()

    def take_line(self) -> bytes | None:
        """
        The next line without its LF; None while it has not come whole.

        Raises LineTooLong once such a line has ended. Nothing of it is kept.
        """
        end = self._buffer.find(b"\n")
        if end < 0:
            if len(self._buffer) > COMMAND_MAX + 1:
                self._is_skipping = True
                self._buffer.clear()
                self._resume()
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        self._resume()
        if self._is_skipping or end > COMMAND_MAX + 1:
            self._is_skipping = False
            raise LineTooLong
        return line

    def take_all(self) -> bytes:
        """Everything that is there."""
        piece = bytes(self._buffer)
        self._buffer.clear()
        self._resume()
        return piece

    def give_back(self, piece: bytes) -> None:
        """Puts the end of what was taken back to the front."""
        self._buffer[:0] = piece

    @property
    def is_waiting(self) -> bool:
        """Whether somebody waits, or rests, and nothing has come yet."""
        return self._waiter is not None and not self._waiter.done()

    async def wait(self) -> None:
        """
        Returns when more has come.

        Raises InputEnded when no more will, and what `interrupt` was given.
        """
        if self._interruption is not None:
            raise self._interruption
        if self._has_ended:
            raise InputEnded
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    async def rest(self, seconds: float) -> None:
        """
        Returns after so many seconds, whatever comes meanwhile.

        Raises what `interrupt` was given, at once.
        """
        if self._interruption is not None:
            raise self._interruption
        self._waiter = asyncio.get_running_loop().create_future()
        self._is_resting = True
        timer = asyncio.get_running_loop().call_later(seconds, self._rise)
        try:
            await self._waiter
        finally:
            timer.cancel()
            self._is_resting = False
            self._waiter = None

    def interrupt(self, error: Exception) -> None:
        """Lets whoever waits, or is the next to wait, go on with this error."""
        self._interruption = error
        if self._waiter is not None and self.is_waiting:
            self._waiter.set_exception(error)

    def _wake(self) -> None:
        if self.is_waiting and not self._is_resting:
            self._rise()

    def _rise(self) -> None:
        if self._waiter is not None and self.is_waiting:
            self._waiter.set_result(None)

    def _resume(self) -> None:
        if self._is_paused and len(self._buffer) < LOW_WATER:
            self._is_paused = False
            if self.transport is not None:
                self.transport.resume_reading()
