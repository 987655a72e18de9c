"""
A connection without TLS: what a `Wire` needs of a transport, straight on the socket.

An asyncio transport takes three turns of the event loop before it can be used, and a
new connection for each message is what most hosts get.
"""

import asyncio
import socket
from typing import Final

_LATER: Final = (BlockingIOError, InterruptedError)


class Plain:
    """Reads into and writes for one protocol, which is told as a transport would."""

    def __init__(self, sock: socket.socket, protocol: asyncio.BufferedProtocol) -> None:
        self._sock = sock
        self._descriptor = sock.fileno()
        self._protocol = protocol
        self._loop = asyncio.get_running_loop()
        self._waiting = bytearray()
        self._is_closing = False
        self._is_over = False
        self._loop.add_reader(self._descriptor, self._read)

    def write(self, data: bytes) -> None:
        """Gives it to the system; what that does not take now goes when it can."""
        self._send(data)

    def write_whole(self, data: bytes, end: bytes) -> bool:
        """
        Writes `data`, and `end` only if the system takes all of `data` at once.

        Whether `end` is, or can no longer be kept from being, with the system.
        """
        sent = self._send(data + end, len(data))
        return sent > len(data)

    def is_closing(self) -> bool:
        """Whether it is over, or about to be."""
        return self._is_closing

    def close(self) -> None:
        """Ends it once everything has been written."""
        if not self._is_closing:
            self._is_closing = True
            self._loop.remove_reader(self._descriptor)
            if not self._waiting:
                self._end(None)

    def abort(self) -> None:
        """Ends it at once."""
        self._end(None)

    def detach(self) -> socket.socket:
        """Leaves the socket to somebody else, who goes on with it."""
        self._let_go()
        self._is_over = True
        return self._sock

    def _send(self, data: bytes, wanted: int | None = None) -> int:
        """How much went out; `wanted` is how much of the rest is kept for later."""
        if self._is_closing:
            return 0
        sent = 0
        if not self._waiting:
            try:
                sent = self._sock.send(data)
            except _LATER:
                pass
            except OSError as error:
                self._end(error)
                return 0
        # Once anything of an end is out, all of it has to follow.
        until = len(data) if wanted is None or sent > wanted else wanted
        if sent < until:
            self._keep(data[sent:until])
        return sent

    def _keep(self, rest: bytes) -> None:
        if not self._waiting:
            self._loop.add_writer(self._descriptor, self._flush)
            self._protocol.pause_writing()
        self._waiting += rest

    def _flush(self) -> None:
        try:
            sent = self._sock.send(self._waiting)
        except _LATER:
            return
        except OSError as error:
            self._end(error)
            return
        del self._waiting[:sent]
        if self._waiting:
            return
        self._loop.remove_writer(self._descriptor)
        if self._is_closing:
            self._end(None)
        else:
            self._protocol.resume_writing()

    def _read(self) -> None:
        try:
            size = self._sock.recv_into(self._protocol.get_buffer(-1))
        except _LATER:
            return
        except OSError as error:
            self._end(error)
            return
        if size:
            self._protocol.buffer_updated(size)
        else:
            self.close()

    def _let_go(self) -> None:
        self._is_closing = True
        self._loop.remove_reader(self._descriptor)
        if self._waiting:
            self._loop.remove_writer(self._descriptor)
            self._waiting.clear()

    def _end(self, error: Exception | None) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._let_go()
        self._sock.close()
        self._protocol.connection_lost(error)
