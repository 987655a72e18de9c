"""Where a subscription remembers how far its consumer has come."""

import os
import tempfile
from pathlib import Path
from typing import Protocol

from mailbot.errors import CursorError


class CursorStore(Protocol):
    """
    One remembered cursor.

    Both methods may block; with `AsyncMailBot` they run in a thread of their own, one
    at a time. An exception from them ends the iteration.
    """

    def load(self) -> str | None:
        """The cursor saved last; None if there is none yet."""

    def save(self, cursor: str) -> None:
        """Remember it, durably if the store is to survive a crash."""


class MemoryCursor:
    """Remembers for as long as the process lives."""

    def __init__(self, cursor: str | None = None) -> None:
        self._cursor = cursor

    def load(self) -> str | None:
        return self._cursor

    def save(self, cursor: str) -> None:
        self._cursor = cursor


class FileCursor:
    """
    Remembers in a file: replaced whole and synced to disk at every save.

    One subscription to a file. The folder must exist.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)

    def load(self) -> str | None:
        """Raises CursorError when the file is there but holds no cursor."""
        try:
            cursor = self._path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            cursor = ""
        if not cursor:
            raise CursorError(
                f"{self._path} holds no cursor: restore it, or delete it to start anew",
                reason="CURSOR_INVALID",
            )
        return cursor

    def save(self, cursor: str) -> None:
        """Raises OSError when it could not be made durable."""
        folder = self._path.parent
        with tempfile.NamedTemporaryFile(
            "w", encoding="ascii", dir=folder, prefix=self._path.name, delete=False
        ) as file:
            try:
                file.write(cursor + "\n")
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(self._path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too, where a folder can be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
