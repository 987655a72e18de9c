"""
Copies of a SQLite file: whole and durable, while a server writes to the original.

A copy is one committed state, that of the moment when it began. It is one file with no
journal beside it; until it is complete it has another name.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import apsw

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database.connection import BUSY_SECONDS

PAGES_AT_ONCE: Final = 256
PARTIAL: Final = ".partial-"
RESTORING: Final = ".restoring"

Progress = Callable[[int, int], None]
"""Told how many bytes are copied, and of how many."""


class BadCopy(Exception):
    """A file that is no whole database of mailbot; the text says what is wrong."""


def copy(source: Path, target: Path, tell: Progress) -> int:
    """
    Copies a database to a new file, mode 0600, on the disk when this returns; its size.

    Writers of the original go on; its write-ahead log grows meanwhile. Raises OSError,
    FileExistsError among them, and BadCopy for what is no database.
    """
    if target.exists():
        message = f"{target} is there already, and is not written over"
        raise FileExistsError(message)
    # Of this process: somebody else may be making the same copy.
    partial = target.with_name(f"{target.name}{PARTIAL}{os.getpid()}")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _copy_pages(source, partial, tell)
        check(partial)
        sync(partial)
        partial.rename(target)
        sync(target.parent)
    except apsw.Error as error:
        message = f"{source} cannot be copied to {target}: {_words(error)}"
        raise _as_it_is(error)(message) from error
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def check(path: Path) -> None:
    """Reads all of a database that nobody writes to; raises BadCopy."""
    database = None
    try:
        database = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        [(word,)] = database.execute("PRAGMA quick_check(1)").fetchall()
        is_ours = database.table_exists(None, "migration")
    except apsw.Error as error:
        message = f"{path} is no database that can be read: {error}"
        raise BadCopy(message) from error
    finally:
        if database is not None:
            database.close()
    if word != "ok":
        message = f"{path} is damaged: {word}"
        raise BadCopy(message)
    if not is_ours:
        message = f"{path} is no database of mailbot"
        raise BadCopy(message)


def fold(path: Path) -> None:
    """
    Makes a database that nobody has open one file, on the disk; raises OSError.

    SQLite tries so when the last connection ends, and is silent where it cannot.
    """
    try:
        database = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            database.pragma("journal_mode", "delete")
        finally:
            database.close()
    except apsw.Error as error:
        message = f"{path} cannot be completed: {_words(error)}"
        raise OSError(message) from error
    sync(path)


def draft_of(path: Path) -> Path:
    """What a database is called while a copy is made ready to take its place."""
    return path.with_name(path.name + RESTORING)


def partials_of(path: Path) -> list[Path]:
    """What processes that ended too early have left of copies to this file."""
    prefix = path.name + PARTIAL
    return [each for each in path.parent.iterdir() if each.name.startswith(prefix)]


def check_in_place(path: Path) -> None:
    """
    Raises Unavailable where a restore has ended before its database was in place.

    A new and empty one would be begun otherwise.
    """
    draft = draft_of(path)
    if path.exists() or not path.parent.exists():
        return
    if draft.exists() or partials_of(draft):
        message = (
            f"{path} is not there: a restore was interrupted; run `mailbot restore`"
            f" again (or remove {draft}*, to begin an empty database)"
        )
        raise Unavailable(message)


def sync(path: Path) -> None:
    """Makes a file, or the names in a folder, durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_pages(source: Path, target: Path, tell: Progress) -> None:
    original = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READWRITE)
    original.set_busy_timeout(BUSY_SECONDS * 1000)
    copied = apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        # One state, however long it takes: without it the copy would begin again at
        # each commit of the server.
        original.execute("BEGIN; SELECT COUNT(*) FROM sqlite_schema")
        size = int(original.pragma("page_size"))
        with copied.backup("main", original, "main") as backup:
            while not backup.done:
                backup.step(PAGES_AT_ONCE)
                done = backup.page_count - backup.remaining
                tell(done * size, backup.page_count * size)
        # A log beside the copy could be lost on its way.
        copied.pragma("journal_mode", "delete")
    finally:
        copied.close()
        original.close()


def _words(error: apsw.Error) -> str:
    """SQLite has none for what a step of a copy met ("not an error")."""
    return "the disk is full" if isinstance(error, apsw.FullError) else str(error)


def _as_it_is(error: apsw.Error) -> type[Exception]:
    """Whether it is the file, or what keeps it."""
    is_file = isinstance(error, apsw.NotADBError | apsw.CorruptError)
    return BadCopy if is_file else OSError
