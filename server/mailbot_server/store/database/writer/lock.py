"""
The lock of whoever writes to a SQLite file, beside the file.

SQLite's own locks keep two writers apart for a transaction. This one keeps a new server
from beginning while the writer process of one that was killed still works off what it
had been handed.
"""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mailbot_server.core.errors import Unavailable

SUFFIX: Final = ".writer"
WAIT_SECONDS: Final = 20.0
_PAUSE_SECONDS: Final = 0.02


class WriterLock:
    """Held from the opening of the file to its closing; the system ends it with us."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + SUFFIX)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Waits for whoever has it; raises Unavailable when that takes too long."""
        try:
            file = self._path.open("a")
        except OSError:
            # What is wrong with the folder is said by whoever opens the database.
            yield
            return
        with file:
            ends = time.monotonic() + WAIT_SECONDS
            while not _is_taken(file.fileno()):
                if time.monotonic() > ends:
                    raise Unavailable("another process still writes to the database")
                time.sleep(_PAUSE_SECONDS)
            yield


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
