"""
Follows an account's event log from a position: first the past, then live.

A follower never holds more than one batch. It hands the batch over and reads on: by
itself as long as it is behind, from the tail that it shares with others once it has
caught up. A wake-up is only a hint; at least every POLL_SECONDS somebody looks. Nobody
pushes to a follower, so a slow reader costs nothing and loses nothing.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

from mailbot_server.engine import events
from mailbot_server.engine.events import Pulse
from mailbot_server.engine.following.batch import Batch, Read
from mailbot_server.engine.following.tails import Seat, Tails, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a follower reads, how, and how often it shows that it lives."""

    wish: Wish
    read: Read
    heartbeat_seconds: float
    stop_at: int | None = None


class Follower:
    """
    One reader of one account's log; `position` is up to where it has read.

    `check` is awaited in every round, at least once a POLL_SECONDS, and ends the
    iteration by raising: the key was revoked, the stream is old enough, the server
    is stopping.
    """

    def __init__(
        self, shared: Tails, wanted: Wanted, check: Callable[[], Awaitable[None]]
    ) -> None:
        self._tails = shared
        self._wanted = wanted
        self._check = check
        self._loop = asyncio.get_running_loop()
        self._said_at = self._loop.time()
        self.account_id = wanted.wish.account_id
        self.position = 0

    async def follow(self, position: int) -> AsyncGenerator[Batch | Pulse, None]:
        """Batches and pulses after `position`, until `check` raises or the end."""
        wanted = self._wanted
        self.position = position
        with contextlib.ExitStack() as stack:
            seat: Seat | None = None
            while True:
                await self._check()
                batch = seat.after(self.position) if seat else None
                if batch is None:
                    batch = await wanted.read(self.position)
                self.position = batch.position
                if batch.pieces:
                    self._said_at = self._loop.time()
                    yield batch
                pulse = Pulse(position=batch.position, head=batch.head)
                is_at_end = (
                    wanted.stop_at is not None and self.position >= wanted.stop_at
                )
                if is_at_end or self._silence() >= wanted.heartbeat_seconds:
                    self._said_at = self._loop.time()
                    yield pulse
                if is_at_end:
                    return
                if seat is None or seat.is_in_vain:
                    if not pulse.is_caught_up:
                        continue
                    seat = self._seated(stack)
                if not seat.has_more(self.position):
                    await self._rest(seat)

    def _seated(self, stack: contextlib.ExitStack) -> Seat:
        stack.close()
        wanted = self._wanted
        return stack.enter_context(
            self._tails.seat(wanted.wish, wanted.read, self.position)
        )

    async def _rest(self, seat: Seat) -> None:
        left = self._wanted.heartbeat_seconds - self._silence()
        await seat.rung(max(0.001, min(events.POLL_SECONDS, left)))

    def _silence(self) -> float:
        return self._loop.time() - self._said_at
