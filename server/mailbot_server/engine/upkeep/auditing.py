"""Verifies the chains of changes of all accounts once a day, a piece at a time."""

from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.audit import Link
from mailbot_server.store import accounts
from mailbot_server.store.audit import chains
from mailbot_server.store.audit.chains import Verified
from mailbot_server.store.database import Database
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

EVERY: Final = timedelta(days=1)
ENTRIES: Final = 2000
"""That a step looks at, so that it holds up nothing else."""

ACCOUNTS: Final = 50
"""That a step looks at."""

_logger: Final = log.get("audit")


class Verification:
    """
    One process's way through the chains.

    Where it is, is kept in memory: who takes over begins anew.
    """

    def __init__(self, db: Database, metrics: Metrics) -> None:
        self._db = db
        self._metrics = metrics
        self._account_id = ""
        self._last_id = ""
        self._link = Link()
        self._ended_at: datetime | None = None

    async def step(self) -> int:
        """Looks at a few entries; how many. Nothing until a day after the last end."""
        now = self._db.clock()
        ended_at = self._ended_at
        if ended_at is not None and ended_at <= now < ended_at + EVERY:
            return 0
        self._ended_at = None
        looked = accounts_seen = 0
        while looked < ENTRIES and accounts_seen < ACCOUNTS:
            if not self._account_id and not await self._go_on():
                self._ended_at = now
                break
            looked += await self._look(ENTRIES - looked)
            accounts_seen += 1
        return looked

    async def _go_on(self) -> bool:
        """To the next account; False, and at the beginning, after the last one."""
        self._last_id = await self._db.read(accounts.next_id, self._last_id)
        self._account_id, self._link = self._last_id, Link()
        return bool(self._last_id)

    async def _look(self, limit: int) -> int:
        """At the next entries of the account; how many."""
        done = await self._db.read(chains.verify, self._account_id, self._link, limit)
        self._tell(done)
        self._link = done.link
        if done.is_last:
            self._account_id = ""
        return done.count

    def _tell(self, done: Verified) -> None:
        if done.fault is None:
            return
        self._metrics.audit_chain_errors.inc()
        _logger.error(
            "audit_chain_broken",
            account_id=self._account_id,
            sequence=done.fault.sequence,
            kind=done.fault.kind,
        )
