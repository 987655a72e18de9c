"""
Looks at domains again by itself, and lets mail go that waited for a key.

A domain that is due is taken for a few minutes, so that no two processes ask for the
same; whoever was cut off leaves it to the next.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.domain import key as domain_key
from mailbot_server.core.domain.domain import Domain
from mailbot_server.core.domain.key import SigningUnavailable
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.domains.domains import Domains
from mailbot_server.engine.outbound.queue.lease import (
    DKIM_UNAVAILABLE,
    release_signable,
)
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.store.database import Database
from mailbot_server.store.domains import keys as domain_keys
from mailbot_server.store.domains import rows
from mailbot_server.telemetry import log

TICK_SECONDS: Final = 10.0
BATCH: Final = 20
AT_ONCE: Final = 5
TAKEN_FOR: Final = timedelta(minutes=3)
RELEASE_EVERY: Final = timedelta(minutes=1)
_PROBE: Final = b"From: probe\r\n\r\n"
_logger: Final = log.get("domains")


class DomainWatch:
    """The looks of one process."""

    def __init__(self, db: Database, domains: Domains, signer: Signer) -> None:
        self._db = db
        self._clock = db.clock
        self._domains = domains
        self._signer = signer
        self._released_at: datetime | None = None
        self._is_behind = False

    async def run(self) -> None:
        """Looks at what is due, for ever; again at once where more may be."""
        while True:
            try:
                while await self.step() and self._is_behind:
                    pass
            except Unavailable as error:
                _logger.warning("domains_wait_for_database", reason=error.reason)
            await asyncio.sleep(TICK_SECONDS)

    async def step(self) -> int:
        """Looks at what is due now; at how many domains."""
        now = self._clock()
        if self._released_at is None or not (
            self._released_at <= now < self._released_at + RELEASE_EVERY
        ):
            await self._release()
            self._released_at = now
        due = await self._db.read(rows.due, BATCH)
        self._is_behind = len(due) == BATCH
        turns = asyncio.Semaphore(AT_ONCE)
        looks = await asyncio.gather(*(self._look(each, turns) for each in due))
        return sum(looks)

    async def _look(self, domain: Domain, turns: asyncio.Semaphore) -> bool:
        try:
            return await self._look_at(domain, turns)
        except Unavailable:
            raise
        except Exception:
            # What one domain publishes must not keep the others from being looked at.
            self._db.metrics.unhandled_exceptions.labels("domains").inc()
            _logger.exception("domain_not_looked_at", domain_id=domain.id)
            return False

    async def _look_at(self, domain: Domain, turns: asyncio.Semaphore) -> bool:
        async with turns:
            until = self._clock() + TAKEN_FOR
            if not await self._db.write(rows.postpone, domain, until):
                return False
            of = (domain.account_id, domain.id)
            keys = await self._db.read(domain_keys.of_domain, *of)
            return await self._domains.look(domain, keys) is not None

    async def _release(self) -> None:
        """What waited for a key, or for the server key that opens it, and need not."""
        after, is_more = ("", ""), True
        while is_more:
            waiting = await self._db.read(
                rows.waiting_for_keys, DKIM_UNAVAILABLE, after, BATCH
            )
            for account_id, name, inbox_id in waiting:
                if await self._can_sign(account_id, inbox_id):
                    count = await release_signable(self._db, account_id, name)
                    _logger.info("signable_released", count=count)
                after = (account_id, name)
            is_more = len(waiting) == BATCH

    async def _can_sign(self, account_id: str, inbox_id: str) -> bool:
        keys = await self._db.read(domain_keys.of_inbox, account_id, inbox_id)
        try:
            usable = domain_key.signing(keys, self._clock())
            if usable:
                await asyncio.to_thread(self._signer.sign_now, _PROBE, usable, None)
        except SigningUnavailable:
            return False
        return bool(usable)
