"""An operation that waits, so that a test decides what happens beside it."""

import asyncio
import threading

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
