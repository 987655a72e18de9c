"""The data folder: its lock, the server key and the files that hold secrets."""

import contextlib
import fcntl
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO

KEY_BYTES: Final = 32
_LOCK: Final = "lock"
_SERVER_KEY: Final = "server.key"
_HEX_KEY: Final = re.compile(r"[0-9a-fA-F]{64}")


class FolderInUse(Exception):
    """Another process serves, migrates or restores this folder."""


class DataFolder:
    """A folder that one server owns; made, mode 0700, where it is missing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """
        Owns the folder meanwhile; raises FolderInUse at once if another does.

        Raises OSError, in a sentence, for a folder that cannot be used.
        """
        with self._open_lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                message = f"another mailbot process uses the folder {self.path}"
                raise FolderInUse(message) from error
            yield

    def _open_lock(self) -> TextIO:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            return (self.path / _LOCK).open("a")
        except OSError as error:
            message = f"data_dir: {self.path} cannot be used: {error.strerror}"
            raise OSError(message) from error

    @property
    def has_server_key(self) -> bool:
        """Whether the server's key was made, or put there."""
        return (self.path / _SERVER_KEY).exists()

    def server_key(self, entropy: Callable[[int], bytes]) -> bytes:
        """The server's key, made at the first call; ValueError for a bad file."""
        path = self.path / _SERVER_KEY
        if not path.exists():
            self.write_secret(_SERVER_KEY, entropy(KEY_BYTES).hex())
        key = key_of_file(path.read_text().strip())
        if key is None:
            message = f"{path} does not hold a server key: 64 hexadecimal digits"
            raise ValueError(message)
        return key

    def give_to_owner(self, names: Iterable[str]) -> None:
        """
        Gives what root has just made in it, and its lock, to whom the folder belongs.

        A server of that user could not open them otherwise. Others' files, links and
        what has a second name elsewhere stay as they are.
        """
        if os.geteuid() != 0 or not self.path.exists():
            return
        owner = self.path.stat()
        for name in (_LOCK, *names):
            path = self.path / name
            with contextlib.suppress(FileNotFoundError):
                its = path.lstat()
                if its.st_uid == 0 and its.st_nlink == 1 and stat.S_ISREG(its.st_mode):
                    os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)

    def write_secret(self, name: str, text: str) -> Path:
        """Writes a file of mode 0600, durably and all at once; its path."""
        path = self.path / name
        draft = path.with_suffix(path.suffix + ".new")
        draft.unlink(missing_ok=True)  # of a crash, with a mode of its own
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        self._sync()
        return path

    def _sync(self) -> None:
        """Makes the names of new files as durable as what is in them."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def key_of_file(text: str) -> bytes | None:
    """The key that a file with this text holds; None for what is no such text."""
    return bytes.fromhex(text) if _HEX_KEY.fullmatch(text) else None
