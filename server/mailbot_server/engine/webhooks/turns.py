"""
Whose request to a webhook is begun next: that of the account with the fewest under way.

Whoever has many endpoints that answer slowly would otherwise have all the room there
is, and others would wait until their leases have ended, and then again.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """Room for so many requests of one process, shared by its accounts."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._under_way: Counter[str] = Counter()
        # Nobody waits while there is room.
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def of(self, account_id: str) -> AsyncIterator[None]:
        """One request of an account, from when there is room for it."""
        if self._free:
            self._begin(account_id)
        else:
            await self._wait(account_id)
        try:
            yield
        finally:
            self._end(account_id)

    async def _wait(self, account_id: str) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(account_id, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self._end(account_id)
            raise

    def _begin(self, account_id: str) -> None:
        self._free -= 1
        self._under_way[account_id] += 1

    def _end(self, account_id: str) -> None:
        self._free += 1
        self._under_way[account_id] -= 1
        if not self._under_way[account_id]:
            del self._under_way[account_id]
        while self._free and self._waiting:
            self._let_in(min(self._waiting, key=self._under_way.__getitem__))

    def _let_in(self, account_id: str) -> None:
        """The next of an account, which goes to the end of the line of its equals."""
        its = self._waiting.pop(account_id)
        turn = its.popleft()
        if its:
            self._waiting[account_id] = its
        if not turn.done():
            self._begin(account_id)
            turn.set_result(None)
