"""The content of one message until it is committed: in memory, or in a file."""

import asyncio
import io
import tempfile
from typing import IO, Final

from mailbot_server.engine.inbound.room.budget import Budget

MEMORY_MAX: Final = 256 * 1024
"""Up to here a message stays in memory; nearly all are smaller."""


class Holding:
    """
    What has come of a message; it belongs to one session, which closes it.

    Its file has no name, so that nothing is left of it after a crash.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._memory: io.BytesIO | None = io.BytesIO()
        self._file: IO[bytes] | None = None
        self._size = 0
        self._loaded = 0

    def write(self, piece: bytes) -> bool:
        """Takes a piece; False when there is no room, and nothing is held any more."""
        octets = len(piece)
        if self._memory is not None:
            if self._size + octets <= MEMORY_MAX and self._budget.keep(octets):
                self._memory.write(piece)
                self._size += octets
                return True
            piece = self._to_file(self._memory) + piece
        if self._append(piece):
            return True
        self.close()
        return False

    async def load(self) -> bytes:
        """All of it; raises NoRoom when the memory for it is long in coming."""
        if self._memory is not None:
            return self._memory.getvalue()
        file = self._file
        if file is None:
            raise AssertionError("a holding that is closed has no content")
        await self._budget.load(self._size)
        self._loaded = self._size
        file.seek(0)
        return await asyncio.to_thread(file.read)

    def close(self) -> None:
        """Lets go of it; a second time, nothing happens."""
        if self._memory is not None:
            self._budget.drop(self._size)
            self._memory = None
        else:
            self._budget.unfile(self._size)
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._loaded:
            self._budget.unload(self._loaded)
            self._loaded = 0
        self._size = 0

    def _to_file(self, memory: io.BytesIO) -> bytes:
        """From now on there is a file; what was in memory, which goes there first."""
        self._budget.drop(self._size)
        self._memory = None
        self._size = 0
        return memory.getvalue()

    def _append(self, piece: bytes) -> bool:
        if not self._budget.file(len(piece)):
            return False
        self._size += len(piece)
        try:
            if self._file is None:
                # Not the system's folder: that is memory on many machines.
                self._file = tempfile.TemporaryFile(  # noqa: SIM115 - see close
                    dir=self._budget.folder, buffering=0
                )
            # A full disk may take a part before it complains.
            return self._file.write(piece) == len(piece)
        except OSError:
            return False
