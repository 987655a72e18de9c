"""
Which MTA-STS policy a domain has now (RFC 8461): asked, fetched, remembered.

Its record in DNS says by a new id that there is a new one. What was fetched holds
until its time is over, even where record and file vanish: otherwise whoever can
silence both could take the policy away.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.destination import mta_sts
from mailbot_server.core.destination.mta_sts import Mode, Policy
from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.dns import Lookups
from mailbot_server.engine.dns.cache import Cache
from mailbot_server.engine.outbound.routing.policy_file import NotFetched, PolicyFiles
from mailbot_server.store.database import Database
from mailbot_server.store.destinations import tls_policies
from mailbot_server.store.destinations.tls_policies import Fetched
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

REMEMBERED: Final = timedelta(minutes=5)
"""So long memory is believed before the database is asked again."""

AGAIN: Final = timedelta(minutes=5)
"""RFC 8461 3.3 proposes this pause before a file that failed is fetched again."""

REFRESHED: Final = timedelta(days=1)
"""Older ones are fetched again while they hold, so that they hold on."""

DOMAINS_MAX: Final = 10_000

_logger: Final = log.get("mta_sts")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database has of a domain, if anything."""

    fetched: Fetched | None


class Policies:
    """The policies of all domains that mail goes to."""

    def __init__(
        self,
        db: Database,
        clock: Callable[[], datetime],
        settings: Settings,
        metrics: Metrics,
        resolver: Lookups,
    ) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._metrics = metrics
        self._resolver = resolver
        self._files = PolicyFiles(settings, resolver)
        self._known: Cache[str, _Known] = Cache(clock, DOMAINS_MAX)
        self._failed: Cache[tuple[str, str], bool] = Cache(clock, DOMAINS_MAX)
        self._under_way: dict[tuple[str, str], asyncio.Task[Fetched | None]] = {}

    async def of(self, domain: str) -> Policy | None:
        """
        What holds for a domain, as an address names it, not for what its MX say.

        Waits for a file only where nothing that holds is known. Raises Unavailable.
        """
        if not self._settings.mta_sts:
            return None
        fetched = await self._remembered(domain)
        answer = await self._resolver.txt(f"_mta-sts.{domain}")
        policy_id = mta_sts.read_record(answer.texts)
        if policy_id and not self._is_current(fetched, policy_id):
            task = self._begin(domain, policy_id)
            is_same = fetched is not None and fetched.policy.id == policy_id
            if task is not None and not (is_same and self._holds(fetched)):
                # Whoever stops waiting does not stop it: others may wait for it too.
                fetched = await asyncio.shield(task) or fetched
        if fetched is None or not self._holds(fetched):
            return None
        return None if fetched.policy.mode is Mode.NONE else fetched.policy

    def close(self) -> None:
        """Fetches no more."""
        for task in self._under_way.values():
            task.cancel()

    async def _remembered(self, domain: str) -> Fetched | None:
        known = self._known.get(domain)
        if known is None:
            known = _Known(await self._db.read(tls_policies.get, domain))
            self._known.put(domain, known, REMEMBERED)
        return known.fetched

    def _holds(self, fetched: Fetched | None) -> bool:
        return fetched is not None and self._clock() < fetched.expires_at

    def _is_current(self, fetched: Fetched | None, policy_id: str) -> bool:
        return (
            fetched is not None
            and fetched.policy.id == policy_id
            and self._holds(fetched)
            and self._clock() - fetched.fetched_at < REFRESHED
        )

    def _begin(
        self, domain: str, policy_id: str
    ) -> asyncio.Task[Fetched | None] | None:
        """The fetching, maybe begun by somebody else; None so soon after a failure."""
        key = (domain, policy_id)
        task = self._under_way.get(key)
        if task is None and not self._failed.get(key):
            task = asyncio.create_task(self._fetch(domain, policy_id), name="mta-sts")
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return task

    async def _fetch(self, domain: str, policy_id: str) -> Fetched | None:
        try:
            body = await self._files.fetch(domain)
        except NotFetched as why:
            self._give_up(domain, policy_id, "failed", str(why))
            return None
        policy = mta_sts.read_policy(body, policy_id)
        if policy is None:
            self._give_up(domain, policy_id, "invalid", "it is no policy")
            return None
        fetched = await self._keep(domain, policy)
        self._known.put(domain, _Known(fetched), REMEMBERED)
        self._metrics.mta_sts_fetches.labels("ok").inc()
        return fetched

    async def _keep(self, domain: str, policy: Policy) -> Fetched:
        try:
            return await self._db.write(tls_policies.put, domain, policy)
        except Unavailable:
            # It holds in this process, as long as that remembers it.
            now = self._clock()
            lasts = timedelta(seconds=policy.max_age_seconds)
            return Fetched(policy=policy, fetched_at=now, expires_at=now + lasts)

    def _give_up(self, domain: str, policy_id: str, result: str, reason: str) -> None:
        self._failed.put((domain, policy_id), True, AGAIN)  # noqa: FBT003 - a set
        self._metrics.mta_sts_fetches.labels(result).inc()
        _logger.warning("mta_sts_not_fetched", domain=domain, reason=reason)
