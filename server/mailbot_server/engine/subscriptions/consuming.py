"""
One consumer of a subscription: is handed what is due, and shows that it lives.

It looks whether anything is there before it writes, so that an idle consumer costs one
read a second. It holds no event back: what it is handed has been leased and committed
before, and comes again when it is lost on the way.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Final, TypeVar

from mailbot_server.core.account import Principal
from mailbot_server.core.errors import CursorGone
from mailbot_server.core.subscription import Key, Mode, Subscription
from mailbot_server.engine.events import COALESCE_SECONDS, POLL_SECONDS, Pulse
from mailbot_server.engine.subscriptions.handing import (
    Claim,
    Encoder,
    Given,
    Look,
    Wish,
    attach,
    claim,
    look,
    pass_by,
    take,
)
from mailbot_server.engine.subscriptions.lifecycle import expire
from mailbot_server.store.database import Database, Watch
from mailbot_server.store.subscriptions import rows
from mailbot_server.store.subscriptions.handouts import Handed

SEEN_SECONDS: Final = 15.0
"""How often it is written down that a consumer is there, and how far it has read."""

T = TypeVar("T")


class Consumer:
    """
    One consumer; `check` is awaited in every round and ends it by raising.

    It ends with NotFound when the subscription was deleted, CursorGone when it has
    expired, Conflict CONSUMER_REPLACED, and Unavailable STREAM_RECYCLED after a seek.
    """

    def __init__(
        self,
        db: Database,
        wish: Wish,
        check: Callable[[], Awaitable[None]],
        encoder: Encoder | None = None,
    ) -> None:
        self._db = db
        self._wish = wish
        self._check = check
        self._encoder = encoder
        self._loop = asyncio.get_running_loop()
        self._said_at = self._seen_at = self._loop.time()
        self._generation = self._version = 0
        self._scanned = 0
        self._pending = deque[int]()

    async def begin(self, principal: Principal) -> Subscription:
        """Takes its place; raises NotFound for what the caller may not see."""
        begun = await self._asked(self._db.write(attach, principal, self._wish))
        self._generation, self._version = begun.generation, begun.version
        return begun

    async def consume(self) -> AsyncGenerator[list[Given] | Pulse, None]:
        """What is handed out, and pulses, until `check` or the subscription ends it."""
        wish = self._wish
        topics = f"events:{wish.account_id}", rows.topic(wish.subscription_id)
        with self._db.watch(*topics) as watch:
            while True:
                await self._check()
                seen = await self._look()
                given = await self._take(seen)
                if given:
                    self._said_at = self._loop.time()
                    yield given
                if self._silence() >= wish.heartbeat_seconds:
                    self._said_at = self._loop.time()
                    yield Pulse(position=self._scanned, head=seen.head)
                await self._show(seen)
                if seen.is_caught_up:
                    await self._rest(watch, seen)

    async def _look(self) -> Look:
        """How it stands; reads on from where it looked before."""
        wish, standing = self._wish, (self._generation, len(self._pending))
        seen = await self._asked(
            self._db.read(look, wish, standing, self._scanned, self._encoder)
        )
        if seen.subscription.version != self._version:
            # What the former filter left out may be what the new one asks for.
            self._version = seen.subscription.version
            self._scanned = 0
            return await self._look()
        acked = seen.subscription.acked
        while self._pending and self._pending[0] <= acked:
            self._pending.popleft()
        return seen

    async def _take(self, seen: Look) -> list[Given]:
        if seen.room <= 0:
            return []
        if seen.has_due:
            return await self._take_again(seen.room)
        if not seen.new:
            self._scanned = seen.scanned
            return []
        return await self._take_new(seen)

    async def _take_new(self, seen: Look) -> list[Given]:
        """Leases what was seen; nothing, when another has taken it meanwhile."""
        found = Claim(
            handed=seen.subscription.handed,
            version=self._version,
            new=[(each.position, each.event_id) for each in seen.new],
            scanned=seen.scanned,
        )
        claimed = await self._asked(
            self._db.write(claim, self._wish, self._generation, found)
        )
        if claimed is None:
            return []
        after, lease, due_at, count = claimed
        self._scanned = after.handed
        if after.mode is Mode.EXCLUSIVE:
            self._pending.extend(each.position for each in seen.new[:count])
        return [
            Given(
                event=each.event,
                words=each.words,
                key=Key(position=each.position, lease=lease),
                attempts=after.rounds + 1 if each.position <= after.reached else 1,
                due_at=due_at,
            )
            for each in seen.new[:count]
        ]

    async def _take_again(self, room: int) -> list[Given]:
        """What is due once more, and what is new behind it."""
        limit = min(room, self._wish.batch_max)
        after, handed = await self._asked(
            self._db.write(take, self._wish, self._generation, limit)
        )
        if after.mode is Mode.EXCLUSIVE:
            self._note(after, handed)
        self._scanned = max(self._scanned, after.handed)
        encoder = self._encoder
        return [
            Given(
                event=None if encoder else each.event,
                words=encoder.event(each.event) if encoder else b"",
                key=each.key,
                attempts=each.attempts,
                due_at=each.due_at,
            )
            for each in handed.handouts
        ]

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
