"""
Follows an account's event log from a cursor: first the past, then live.

A follower never holds more than one batch. It reads from the log, hands the batch
over, and reads on; when there is nothing it sleeps until a commit wakes it, at most
POLL_SECONDS, because a wake-up is only a hint. Nobody pushes to it, so a slow reader
costs nothing and loses nothing.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.event import Event, EventFilter
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction, Watch
from mailbot_server.store.events import Ends

POLL_SECONDS: Final = 1.0
COALESCE_SECONDS: Final = 0.005
"""A busy follower waits so long for more: writes cost more than events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point of an account's log and the log's ends, read together."""

    position: int
    head: int
    epoch: str
    trimmed: int = 0
    """Up to where the log is no longer kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Events in order; `position` is behind them and behind all that was skipped."""

    events: list[Event]
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """A sign of life: nothing matching up to `position`, the log ends at `head`."""

    position: int
    head: int

    @property
    def is_caught_up(self) -> bool:
        """Whether everything that is committed has been looked at."""
        return self.position >= self.head


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a follower reads, and how often it shows that it lives."""

    account_id: str
    filter: EventFilter
    batch_max: int
    heartbeat_seconds: float
    stop_at: int | None = None


def latest(tx: Transaction, account_id: str) -> Place:
    """The end of the log."""
    ends = events.ends(tx, account_id)
    return _place(tx, ends, ends.head)


def earliest(tx: Transaction, account_id: str) -> Place:
    """Before the first event that is kept."""
    ends = events.ends(tx, account_id)
    return _place(tx, ends, ends.trimmed)


def since(tx: Transaction, account_id: str, moment: datetime) -> Place:
    """Before the first event that is kept and was created at or after `moment`."""
    ends = events.ends(tx, account_id)
    position = events.position_before(tx, account_id, moment)
    return _place(tx, ends, max(position, ends.trimmed))


def behind(tx: Transaction, account_id: str, position: int) -> Place:
    """After `position`; raises CursorGone when the log is not whole from there on."""
    return _place(tx, events.kept_after(tx, account_id, position), position)


def _place(tx: Transaction, ends: Ends, position: int) -> Place:
    return Place(
        position=position,
        head=ends.head,
        epoch=events.epoch(tx),
        trimmed=ends.trimmed,
    )


class Follower:
    """
    One reader of one account's log; `position` is up to where it has read.

    `check` is awaited in every round, at least once a POLL_SECONDS, and ends the
    iteration by raising: the key was revoked, the stream is old enough, the server
    is stopping.
    """

    def __init__(
        self, db: Database, wanted: Wanted, check: Callable[[], Awaitable[None]]
    ) -> None:
        self._db = db
        self._wanted = wanted
        self._check = check
        self._loop = asyncio.get_running_loop()
        self._said_at = self._loop.time()
        self.account_id = wanted.account_id
        self.position = 0

    async def follow(self, position: int) -> AsyncGenerator[Batch | Pulse, None]:
        """Batches and pulses after `position`, until `check` raises or the end."""
        wanted = self._wanted
        self.position = position
        with self._db.watch(f"events:{wanted.account_id}") as watch:
            while True:
                await self._check()
                page = await self._read(position)
                position = self.position = page.scanned
                if page.events:
                    self._said_at = self._loop.time()
                    yield Batch(events=page.events, position=position)
                pulse = Pulse(position=position, head=page.head)
                is_at_end = wanted.stop_at is not None and position >= wanted.stop_at
                if is_at_end or self._silence() >= wanted.heartbeat_seconds:
                    self._said_at = self._loop.time()
                    yield pulse
                if is_at_end:
                    return
                if pulse.is_caught_up:
                    await self._rest(watch)

    async def _read(self, position: int) -> events.Page:
        wanted = self._wanted
        return await self._db.read(
            events.after, wanted.account_id, position, wanted.filter, wanted.batch_max
        )

    async def _rest(self, watch: Watch) -> None:
        left = self._wanted.heartbeat_seconds - self._silence()
        woken = await watch.changed(max(0.001, min(POLL_SECONDS, left)))
        if woken and self._silence() < COALESCE_SECONDS * 4:
            await asyncio.sleep(COALESCE_SECONDS)

    def _silence(self) -> float:
        return self._loop.time() - self._said_at
