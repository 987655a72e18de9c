"""
Posts the events of one webhook: so many at a time, as long as there are any.

A lane lives while its webhook has something to get. It has a second helping leased
while the first is under way, so that no request waits for a commit.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailbot_server.core.errors import CursorGone, Unavailable
from mailbot_server.core.event import Event
from mailbot_server.core.message import MessageView
from mailbot_server.core.subscription import Handout
from mailbot_server.core.webhook.attempt import Answer
from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.core.webhook.result import Result
from mailbot_server.engine import joining
from mailbot_server.engine.joining import Joined
from mailbot_server.engine.signing.sealing import SealBroken
from mailbot_server.engine.webhooks import letter
from mailbot_server.engine.webhooks.client import Client
from mailbot_server.engine.webhooks.exchange import (
    HELPINGS,
    Ended,
    Given,
    Wanted,
    exchange,
)
from mailbot_server.engine.webhooks.letter import Opened
from mailbot_server.engine.webhooks.measure import measure
from mailbot_server.engine.webhooks.sealing import Safe
from mailbot_server.engine.webhooks.turns import Turns
from mailbot_server.store.database import Database
from mailbot_server.store.webhooks import endpoints
from mailbot_server.telemetry import log

WRITTEN_AT_ONCE: Final = 256
AWAY_SECONDS: Final = 1.0
WAIT_SECONDS: Final = 60.0
FIRST_ROOM: Final = 2
"""Asked for before the webhook has been read and says how much it may get."""

Encode = Callable[[Event, Mapping[str, Joined]], bytes]
"""The body that tells of an event; only the API knows how."""

_logger: Final = log.get("webhooks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What all lanes of a process work with; `turns` bounds their requests together."""

    db: Database
    client: Client
    safe: Safe
    encode: Encode
    holder: str
    turns: Turns

    def chance(self) -> float:
        """From 0 to 1."""
        return int.from_bytes(self.db.entropy(4), "big") / 0xFFFFFFFF

    def now(self) -> datetime:
        """The time by the process's clock."""
        return self.db.clock()


class Lane:
    """The requests of one process to one endpoint."""

    def __init__(self, office: Office, account_id: str, webhook_id: str) -> None:
        self._office = office
        self._of = account_id, webhook_id
        self._given: Given | None = None
        self._opened: Opened | None = None
        self._turns = asyncio.Semaphore(1)
        self._under_way: set[asyncio.Task[None]] = set()
        self._ended: list[Ended] = []
        self._stirred = asyncio.Event()
        self._is_stopping = False
        self._gone: CursorGone | None = None

    def nudge(self) -> None:
        """There may be something new."""
        self._stirred.set()

    @property
    def is_stirred(self) -> bool:
        """Whether it was nudged since it began its last round."""
        return self._stirred.is_set()

    def stop(self) -> None:
        """Takes nothing new; ends once what is under way is written down."""
        self._is_stopping = True
        self._stirred.set()

    async def is_readable(self) -> bool:
        """Whether there are secrets to sign with: without, nothing is leased."""
        endpoint = await self._office.db.read(endpoints.get, *self._of)
        return endpoint is None or self._open(endpoint)

    async def run(self) -> None:
        """
        Until there is nothing more to do now.

        Raises CursorGone where the log was trimmed, once all is written down that was
        posted before.
        """
        try:
            while await self._round():
                pass
            if self._gone is not None:
                raise self._gone
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _round(self) -> bool:
        """Writes what has ended, begins what is next; whether to come again."""
        self._stirred.clear()
        ended = self._ended[:WRITTEN_AT_ONCE]
        try:
            given = await self._office.db.write(exchange, self._wanted(), ended)
        except Unavailable as error:
            _logger.warning("webhooks_wait_for_database", reason=error.reason)
            await asyncio.sleep(AWAY_SECONDS)
            return True
        except CursorGone as error:
            self._gone = error
            self.stop()
            return True
        del self._ended[: len(ended)]
        if given is None:
            return False
        await self._begin(given)
        if not self._under_way and not self._ended:
            return bool(given.handouts) or not given.is_caught_up
        if given.is_caught_up or self._room() <= 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WAIT_SECONDS):
                    await self._stirred.wait()
        return True

    def _wanted(self) -> Wanted:
        account_id, webhook_id = self._of
        return Wanted(
            account_id=account_id,
            webhook_id=webhook_id,
            holder=self._office.holder,
            room=0 if self._is_stopping else max(0, self._room()),
        )

    def _room(self) -> int:
        if self._given is None:
            return FIRST_ROOM
        most = HELPINGS * self._given.endpoint.max_concurrency
        if self._given.subscription.view:
            most = min(most, joining.EVENTS_MAX)
        return most - len(self._under_way)

    async def _begin(self, given: Given) -> None:
        """Starts the requests; where the secrets cannot be read, no more of them."""
        before, self._given = self._given, given
        if before is None or (
            before.endpoint.max_concurrency != given.endpoint.max_concurrency
        ):
            self._turns = asyncio.Semaphore(given.endpoint.max_concurrency)
        if not given.handouts:
            return
        if not self._open(given.endpoint):
            self.stop()
            return
        view = MessageView(given.subscription.view)
        told = [handout.event for handout in given.handouts]
        try:
            joined = await joining.joined(self._office.db, self._of[0], told, view)
        except Unavailable as error:
            # What was leased comes back when its lease ends; what is under way goes on.
            _logger.warning("webhooks_wait_for_database", reason=error.reason)
            await asyncio.sleep(AWAY_SECONDS)
            return
        for handout in given.handouts:
            task = asyncio.create_task(self._deliver(handout, joined), name="webhook")
            self._under_way.add(task)
            task.add_done_callback(self._finished)

    def _open(self, endpoint: Endpoint) -> bool:
        known = self._opened
        if known is not None and known.endpoint == endpoint:
            return True
        try:
            self._opened = letter.opened(self._office.safe, endpoint)
        except SealBroken as error:
            # What was leased comes back when its lease ends: then it is tried again.
            _logger.warning("webhook_sealed", webhook_id=self._of[1], reason=str(error))
            return False
        return True

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._stirred.set()

    async def _deliver(self, handout: Handout, joined: Mapping[str, Joined]) -> None:
        async with self._turns, self._office.turns.of(self._of[0]):
            to, now = self._opened, self._office.now()
            assert to is not None, "it was opened before the request was begun"
            if now + to.endpoint.timeout >= handout.due_at:
                # Whoever has the lease next would post it at the same time.
                return
            ended = await self._post(to, handout, joined, now)
        measure(self._office.db.metrics, ended)
        self._ended.append(ended)

    async def _post(
        self, to: Opened, handout: Handout, joined: Mapping[str, Joined], now: datetime
    ) -> Ended:
        body, shown = b"", dict[str, str]()
        try:
            body = self._office.encode(handout.event, joined)
            request, shown = letter.compose(to, handout.event.id, body, now)
            answer = await self._office.client.send(request, now)
        except Exception:
            # One event's fault keeps neither the others nor the other webhooks.
            self._office.db.metrics.unhandled_exceptions.labels("webhooks").inc()
            _logger.exception("webhook_not_written", event_id=handout.event.id)
            words = "this server could not write the request"
            answer = Answer(result=Result.PROTOCOL, diagnostic=words)
        return Ended(
            handout=handout,
            started_at=now,
            url=to.endpoint.url,
            headers=shown,
            body=body,
            answer=answer,
            chance=self._office.chance(),
        )
