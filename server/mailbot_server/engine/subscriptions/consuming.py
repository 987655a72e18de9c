"""
One consumer of a subscription: is handed what is due, and shows that it lives.

It looks whether anything is there before it writes, so that an idle consumer costs one
read a second. It holds no event back: what it is handed has been leased and committed
before, and comes again when it is lost on the way.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from mailbot_server.core.account import Principal
from mailbot_server.core.errors import Conflict, CursorGone, NotFound, Unavailable
from mailbot_server.core.subscription import (
    OUTSTANDING_MAX,
    Handout,
    Mode,
    Subscription,
)
from mailbot_server.engine.events import COALESCE_SECONDS, POLL_SECONDS, Pulse
from mailbot_server.engine.subscriptions.lifecycle import NOUN, expire, find
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction, Watch
from mailbot_server.store.subscriptions import exclusive, handouts, rows
from mailbot_server.store.subscriptions.handouts import Handed

SEEN_SECONDS: Final = 15.0
"""How often it is written down that a consumer is there, and how far it has read."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """
    Who consumes what, and how much at a time.

    `stream` is another one each time that a consumer connects.
    """

    account_id: str
    subscription_id: str
    consumer_id: str
    stream: str
    outstanding_max: int
    batch_max: int
    heartbeat_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the subscription stands, read without a lock."""

    subscription: Subscription
    is_due: bool
    room: int
    scanned: int
    head: int
    due_at: datetime | None


class Consumer:
    """
    One consumer; `check` is awaited in every round and ends it by raising.

    It ends with NotFound when the subscription was deleted, CursorGone when it has
    expired, Conflict CONSUMER_REPLACED, and Unavailable STREAM_RECYCLED after a seek.
    """

    def __init__(
        self, db: Database, wish: Wish, check: Callable[[], Awaitable[None]]
    ) -> None:
        self._db = db
        self._wish = wish
        self._check = check
        self._loop = asyncio.get_running_loop()
        self._said_at = self._seen_at = self._loop.time()
        self._generation = self._version = 0
        self._scanned = 0
        self._pending = deque[int]()

    async def begin(self, principal: Principal) -> Subscription:
        """Takes its place; raises NotFound for what the caller may not see."""
        begun, pending = await self._asked(
            self._db.write(attach, principal, self._wish)
        )
        self._generation, self._version = begun.generation, begun.version
        self._pending.extend(pending)
        return begun

    async def consume(self) -> AsyncGenerator[list[Handout] | Pulse, None]:
        """What is handed out, and pulses, until `check` or the subscription ends it."""
        wish = self._wish
        topics = f"events:{wish.account_id}", rows.topic(wish.subscription_id)
        with self._db.watch(*topics) as watch:
            while True:
                await self._check()
                seen = await self._look()
                is_caught_up = not seen.is_due
                if seen.is_due and seen.room > 0:
                    handed = await self._take(seen.room)
                    is_caught_up = handed.is_caught_up
                    if handed.handouts:
                        self._said_at = self._loop.time()
                        yield handed.handouts
                if self._silence() >= wish.heartbeat_seconds:
                    self._said_at = self._loop.time()
                    yield Pulse(position=self._scanned, head=seen.head)
                await self._show(seen)
                if is_caught_up or seen.room <= 0:
                    await self._rest(watch, seen)

    async def _look(self) -> Look:
        """How it stands; reads on from where it looked before."""
        seen = await self._asked(
            self._db.read(
                look, self._wish, self._generation, self._scanned, len(self._pending)
            )
        )
        if seen.subscription.version != self._version:
            # What the former filter left out may be what the new one asks for.
            self._version = seen.subscription.version
            self._scanned = 0
            return await self._look()
        self._scanned = seen.scanned
        acked = seen.subscription.acked
        while self._pending and self._pending[0] <= acked:
            self._pending.popleft()
        return seen

    async def _take(self, room: int) -> Handed:
        limit = min(room, self._wish.batch_max)
        after, handed = await self._asked(
            self._db.write(take, self._wish, self._generation, limit)
        )
        if after.mode is Mode.EXCLUSIVE:
            self._note(after, handed)
        self._scanned = max(self._scanned, after.handed)
        return handed

    def _note(self, after: Subscription, handed: Handed) -> None:
        """Remembers what is in the consumer's hands, so that it is not given more."""
        if after.generation != self._generation:
            self._generation = after.generation
            self._scanned = after.handed
            self._pending.clear()
        new = (h.position for h in handed.handouts if not h.replay_id)
        self._pending.extend(new)

    async def _show(self, seen: Look) -> None:
        """Writes down, now and then, that a consumer is there, and where it is."""
        if self._loop.time() - self._seen_at < SEEN_SECONDS:
            return
        self._seen_at = self._loop.time()
        is_behind = seen.subscription.handed < self._scanned
        if is_behind and seen.room > 0:
            # What the filter leaves out moves the place that is kept.
            await self._db.write(
                pass_by, self._wish, self._generation, self._version, self._scanned
            )
        await self._db.write(rows.see, self._wish.subscription_id)

    async def _rest(self, watch: Watch, seen: Look) -> None:
        seconds = min(POLL_SECONDS, self._wish.heartbeat_seconds - self._silence())
        if seen.due_at is not None and seen.room > 0:
            until_due = (seen.due_at - self._db.clock()).total_seconds()
            seconds = min(seconds, until_due)
        woken = await watch.changed(max(0.001, seconds))
        if woken and self._silence() < COALESCE_SECONDS * 4:
            await asyncio.sleep(COALESCE_SECONDS)

    async def _asked(self, answer: Awaitable[T]) -> T:
        """The answer; a subscription whose position was trimmed is marked first."""
        try:
            return await answer
        except CursorGone:
            of = self._wish.account_id, self._wish.subscription_id
            await self._db.write(expire, *of)
            raise

    def _silence(self) -> float:
        return self._loop.time() - self._said_at


def attach(
    tx: Transaction, principal: Principal, wish: Wish
) -> tuple[Subscription, list[int]]:
    """
    Gives a consumer its place; with what is in its hands of an exclusive one.

    Raises NotFound, and CursorGone where its next events were trimmed.
    """
    found = find(tx, principal, wish.subscription_id, is_locked=True)
    events.kept_after(tx, found.account_id, found.acked)
    if found.mode is Mode.SHARED:
        rows.see(tx, found.id)
        return found, []
    begun = exclusive.attach(tx, found, wish.consumer_id, wish.stream)
    return begun, exclusive.pending(tx, begun, OUTSTANDING_MAX)


def look(
    tx: Transaction, wish: Wish, generation: int, scanned: int, pending: int
) -> Look:
    """How the subscription stands; raises what ends its stream."""
    found = _standing(tx, wish, generation, is_locked=False)
    ahead = handouts.outlook(tx, found, scanned)
    held = handouts.held(tx, found, wish.consumer_id)
    is_due, due_at = ahead.is_due, ahead.due_at
    if found.mode is Mode.EXCLUSIVE:
        is_overdue = exclusive.is_overdue(found, tx.now)
        is_due |= is_overdue
        held += 0 if is_overdue else pending
        due_at = min(filter(None, (due_at, found.redeliver_at)), default=None)
    return Look(
        subscription=found,
        is_due=is_due,
        room=wish.outstanding_max - held,
        scanned=ahead.scanned,
        head=ahead.head,
        due_at=due_at,
    )


def take(
    tx: Transaction, wish: Wish, generation: int, limit: int
) -> tuple[Subscription, Handed]:
    """Hands events out, at most `limit`, and less where the consumer has too many."""
    found = _standing(tx, wish, generation, is_locked=True)
    until = tx.now + found.ack_deadline
    if found.mode is Mode.EXCLUSIVE:
        return exclusive.hand_out(tx, found, limit, until)
    room = wish.outstanding_max - handouts.held(tx, found, wish.consumer_id)
    if room <= 0:
        return found, Handed(handouts=[], is_caught_up=True)
    holder, limit = wish.consumer_id, min(limit, room)
    return found, handouts.hand_out(tx, found, holder, limit, until)


def pass_by(
    tx: Transaction, wish: Wish, generation: int, version: int, scanned: int
) -> None:
    """Writes down how far the log has nothing for the subscription of this version."""
    found = _standing(tx, wish, generation, is_locked=True)
    if found.version == version and scanned > found.handed:
        handouts.pass_by(tx, found, scanned)


def _standing(
    tx: Transaction, wish: Wish, generation: int, *, is_locked: bool
) -> Subscription:
    """The subscription, as long as this stream may read it; raises what ends it."""
    of = wish.account_id, wish.subscription_id
    found = rows.get(tx, *of, is_locked=is_locked)
    if found is None:
        raise NotFound(NOUN, wish.subscription_id)
    events.kept_after(tx, found.account_id, found.acked)
    is_mine = found.stream == wish.stream
    if found.mode is Mode.SHARED:
        is_mine = found.generation == generation
    if is_mine:
        return found
    if found.mode is Mode.EXCLUSIVE and found.stream:
        message = (
            "another stream consumes this exclusive subscription now; end this"
            " consumer, or connect again to take over"
        )
        details = {"subscription_id": found.id, "consumer_id": found.consumer_id}
        raise Conflict(message, reason="CONSUMER_REPLACED", details=details)
    message = "the subscription was moved to another position; connect again"
    raise Unavailable(message, reason="STREAM_RECYCLED", retry_after_seconds=0.0)
