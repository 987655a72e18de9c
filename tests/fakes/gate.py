"""An operation that waits, so that a test decides what happens beside it."""

import asyncio
import os
import threading
from pathlib import Path

from mailbot_server.store.database import Transaction

PATIENCE_SECONDS = 20


class Gate:
    """Give `wait` to a database: it runs until the test calls `open`."""

    def __init__(self) -> None:
        self._entered = threading.Event()
        self._opened = threading.Event()

    def wait(self, tx: Transaction) -> str:
        """The operation."""
        self._entered.set()
        assert self._opened.wait(PATIENCE_SECONDS), "nobody opened the gate"
        return "through"

    async def entered(self) -> None:
        """Returns once the operation runs."""
        entered = await asyncio.to_thread(self._entered.wait, PATIENCE_SECONDS)
        assert entered, "the operation never ran"

    def open(self) -> None:
        """Lets the operation end."""
        self._opened.set()


class PipeGate:
    """The same for an operation that may run in another process; it has no patience."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._entered = folder / "entered"
        self._opened = folder / "opened"
        os.mkfifo(self._entered)
        os.mkfifo(self._opened)

    def wait(self, tx: Transaction) -> str:
        """The operation."""
        del tx
        self._entered.write_text("entered")
        self._opened.read_text()
        return "through"

    async def entered(self) -> None:
        """Returns once the operation runs."""
        await asyncio.to_thread(self._entered.read_text)

    def open(self) -> None:
        """Lets the operation end."""
        self._opened.write_text("opened")
