"""
Which hosts have broken TLS: for three days plaintext is not preceded by a failure.

Only for hosts of which nobody asks for TLS. They are read from the database once a
minute, so that an attempt reads memory.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.config import host_port
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.outbound.routing.route import Target
from mailbot_server.store.database import Database
from mailbot_server.store.destinations import tls_faults
from mailbot_server.telemetry import log

KEPT: Final = timedelta(days=3)
READ_EVERY: Final = timedelta(minutes=1)
HOSTS_MAX: Final = 10_000

_logger: Final = log.get("tls")


class Faults:
    """The hosts of all processes, as this one knows them."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._read_at: datetime | None = None
        self._until: dict[str, datetime] = {}

    async def has(self, target: Target) -> bool:
        """Whether TLS with the host is not worth a try; raises Unavailable."""
        now = self._clock()
        if self._read_at is None or not timedelta() <= now - self._read_at < READ_EVERY:
            self._read_at = now
            try:
                self._until = await self._db.read(tls_faults.list_active, HOSTS_MAX)
            except Unavailable:
                self._read_at = None
                raise
        until = self._until.get(_name(target))
        return until is not None and now < until

    async def remember(self, target: Target, reason: str) -> None:
        """Never raises: what could not be written holds in this process."""
        until = self._clock() + KEPT
        if len(self._until) < HOSTS_MAX:
            self._until[_name(target)] = until
        _logger.info("tls_broken", host=_name(target), reason=reason, until=until)
        try:
            await self._db.write(tls_faults.put, _name(target), reason, until)
        except Unavailable:
            return


def _name(target: Target) -> str:
    return host_port(target.host, target.port)
