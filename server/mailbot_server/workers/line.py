"""
What a supervisor and a worker say to each other: a line of JSON each, over a socket.

Either may be of the version before: what is not known is passed over. The end of the
line is the end of the other process.
"""

import asyncio
import json
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, Self

LINE_BYTES_MAX: Final = 64 * 1024 * 1024
"""All metrics of a process are one line."""

Message = dict[str, Any]


class Line:
    """One end."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def over(cls, end: socket.socket) -> Self:
        """The line over one of two sockets that are connected."""
        reader, writer = await asyncio.open_unix_connection(
            sock=end, limit=LINE_BYTES_MAX
        )
        return cls(reader, writer)

    async def say(self, message: Mapping[str, Any]) -> None:
        """Says something; what the other one no longer hears is lost."""
        with suppress(ConnectionError):
            self._writer.write(json.dumps(message).encode() + b"\n")
            await self._writer.drain()

    async def hear(self) -> Message | None:
        """What is said next; None when nothing will be any more."""
        try:
            said = await self._reader.readline()
        except (ConnectionError, ValueError):
            return None
        if not said.endswith(b"\n"):
            return None
        try:
            message = json.loads(said)
        except ValueError:
            return None
        return message if isinstance(message, dict) else None

    async def close(self) -> None:
        """Says nothing more."""
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()
