"""
Waits until an inbox has received what fulfils criteria.

First it looks at what is there: the newest messages, or the log behind a cursor; then
it reads on whenever the bell of its account rings. It sits down before it looks, so
that between looking and waiting there is no gap; what it sees twice it takes once.
"""

import asyncio
import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core import criteria
from mailbot_server.core.account import Principal
from mailbot_server.core.criteria import Criteria, Words
from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.core.mail import parse
from mailbot_server.core.message import Direction, Message, MessageFilter, ParseState
from mailbot_server.engine.waiting.bells import TYPES, Bells, Seat
from mailbot_server.store import events, messages
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.events import Page

LOOK_BACK: Final = 1000
"""Messages that are looked at where no cursor says what is new."""
FOUND_MAX: Final = 100
"""Most messages of one answer."""
LOOK_SECONDS: Final = 5.0
"""Looking at what is there may take so long, however short the wait is."""
BATCH: Final = 100
BODY_BYTES_MAX: Final = 1024 * 1024
READERS_MAX: Final = 2
"""Messages whose bytes are read at a time for the criteria of all waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    What is waited for: at least `min_count` messages of an inbox, for so long.

    `after` is a position of the log, None for what is there as well. `head` is an end
    of the log that was read before.
    """

    inbox_id: str
    criteria: Criteria
    min_count: int
    seconds: float
    head: int
    after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """
    What was found, oldest first; everything up to `position` was looked at.

    `positions` are where the log tells of them, 0 for what was there before.
    """

    messages: list[Message]
    positions: list[int]
    position: int
    has_timed_out: bool


class Waiting:
    """The waits of one process."""

    def __init__(self, db: Database, bells: Bells) -> None:
        self._db = db
        self._bells = bells
        self._reading = asyncio.Semaphore(READERS_MAX)

    async def wait(self, principal: Principal, wanted: Wanted) -> Waited:
        """
        What came, once it is enough or the time is over.

        Raises what ends a wait before: the key was revoked, the server is stopping.
        """
        with self._bells.seat(principal, wanted.inbox_id, wanted.head) as seat:
            wait = _Wait(self._db, self._reading, principal.account_id, wanted)
            return await wait.run(seat)


class _Wait:
    """One wait: what it has found, and up to where it has read."""

    def __init__(
        self,
        db: Database,
        reading: asyncio.Semaphore,
        account_id: str,
        wanted: Wanted,
    ) -> None:
        self._db = db
        self._reading = reading
        self._account_id = account_id
        self._wanted = wanted
        self._filter = EventFilter(inbox_ids=(wanted.inbox_id,), types=TYPES)
        self._position = wanted.after or 0
        self._found: dict[str, tuple[Message, int]] = {}
        # Received and not read yet: counts once it is, and a cursor stays before it.
        self._unread: dict[str, int] = {}
        self._now = asyncio.get_running_loop().time
        self._ends_at = self._now() + wanted.seconds
        self._look_until = self._now() + max(LOOK_SECONDS, wanted.seconds)

    async def run(self, seat: Seat) -> Waited:
        if self._wanted.after is None:
            await self._look_back()
        elif self._position < seat.since:
            await self._read_on(seat.since)
        if self._position >= seat.since:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._ends_at - self._now()):
                    await self._rest(seat)
        return self._answer()

    async def _rest(self, seat: Seat) -> None:
        """Reads on when there is something, until it is enough."""
        while not self._is_enough:
            try:
                behind = await seat.rung()
            except asyncio.CancelledError:
                self._position = max(self._position, seat.quiet_until())
                raise
            self._position = max(self._position, behind)
            await self._read_on()

    @property
    def _is_enough(self) -> bool:
        return len(self._found) >= self._wanted.min_count

    async def _look_back(self) -> None:
        """Looks at what is there, from the newest on."""
        read = await self._db.read(_newest, self._account_id, self._wanted.inbox_id, "")
        self._position, found = read
        looked = 0
        while found:
            looked += len(found)
            for message, before in found:
                await self._consider(message, 0)
                if message.id in self._unread:
                    self._unread[message.id] = before + 1
            is_over = looked >= LOOK_BACK or self._now() >= self._look_until
            if is_over or len(self._found) >= FOUND_MAX or len(found) < BATCH:
                break
            _, found = await self._db.read(
                _newest, self._account_id, self._wanted.inbox_id, found[-1][0].id
            )

    async def _read_on(self, until: int | None = None) -> None:
        """Reads the log up to there, or to its end, unless it finds enough before."""
        while not self._is_enough:
            page, fresh = await self._db.read(
                _page, self._account_id, self._position, self._filter
            )
            await self._take(page, fresh)
            end = page.head if until is None else until
            if self._position >= end or self._now() >= self._look_until:
                break

    async def _take(self, page: Page, fresh: Sequence[Message]) -> None:
        known = {message.id: message for message in fresh}
        for event in page.events:
            message = known.get(event.message_id)
            is_new = event.type is EventType.MESSAGE_RECEIVED
            if message and (is_new or message.id in self._unread):
                await self._consider(message, event.position)
            self._position = max(self._position, event.position)
            if len(self._found) >= FOUND_MAX:
                return
        self._position = max(self._position, page.scanned)

    async def _consider(self, message: Message, position: int) -> None:
        if message.id in self._found or message.is_quarantined:
            return
        if message.parse_state is ParseState.ACCEPTED:
            self._unread.setdefault(message.id, position)
            return
        since = self._unread.pop(message.id, position)
        if await self._holds(message):
            self._found[message.id] = (message, since)

    async def _holds(self, message: Message) -> bool:
        known = criteria.hold(self._wanted.criteria, message, None)
        if known is not None:
            return known
        async with self._reading:
            raw = await self._db.read(messages.raw, message.id)
            words = await asyncio.to_thread(_words, raw or b"")
        return bool(criteria.hold(self._wanted.criteria, message, words))

    def _answer(self) -> Waited:
        """An unread message is before the cursor's end, so that it can be found yet."""
        found = [self._found[each] for each in sorted(self._found)][-FOUND_MAX:]
        open_at = (position - 1 for position in self._unread.values() if position)
        return Waited(
            messages=[message for message, _ in found],
            positions=[position for _, position in found],
            position=min((self._position, *open_at)),
            has_timed_out=not self._is_enough,
        )


def _newest(
    tx: Transaction, account_id: str, inbox_id: str, after_id: str
) -> tuple[int, list[tuple[Message, int]]]:
    """
    The end of the log, and received messages older than that one, newest first.

    With each that is not read yet goes a position before the event that tells of it.
    """
    head = events.head(tx, account_id)
    wanted = MessageFilter(inbox_id=inbox_id, direction=Direction.INBOUND)
    found = messages.list_(tx, account_id, wanted, after_id, BATCH, oldest_first=False)
    return head, [(message, _before(tx, message)) for message in found]


def _before(tx: Transaction, message: Message) -> int:
    if message.parse_state is not ParseState.ACCEPTED:
        return 0
    return events.position_before(tx, message.account_id, message.created_at)


def _page(
    tx: Transaction, account_id: str, position: int, wanted: EventFilter
) -> tuple[Page, list[Message]]:
    """A page of the log, and the messages that it tells of as they are now."""
    page = events.after(tx, account_id, position, wanted, BATCH)
    return page, messages.of_ids(tx, account_id, _told_of(page))


def _told_of(page: Page) -> list[str]:
    ids: Iterable[str] = dict.fromkeys(event.message_id for event in page.events)
    return list(ids)


def _words(raw: bytes) -> Words:
    parsed = parse.parse(raw)
    return Words(body=parsed.body_text[:BODY_BYTES_MAX], headers=parsed.headers)
