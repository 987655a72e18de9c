"""
Finds out where leased deliveries lead, aside, so that a slow name server stops nobody.

Equal domains are looked up once for all that wait for them, and what was learnt of a
domain is kept for what must be passed over when more is leased.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.engine.outbound.queue.schedule import Planned
from mailbot_server.engine.outbound.routing.route import Route, Unroutable
from mailbot_server.engine.outbound.routing.site import Plan

LOOKUPS_MAX: Final = 100
"""Domains that are looked up at the same time."""

LEARNT_MAX: Final = 50_000

Plans = Callable[[Route], Awaitable[Plan | Unroutable]]


class Planning:
    """The deliveries of one process whose destination is not yet known."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans
        self._slots = asyncio.Semaphore(LOOKUPS_MAX)
        self._waiting: dict[Route, list[Delivery]] = {}
        self.sites: dict[str, str] = {}
        """The site of each domain that was looked up lately."""

    def wait(self, lease: Delivery, route: Route) -> bool:
        """Has it wait for its domain; True when `look_up` must follow for the route."""
        waiting = self._waiting.setdefault(route, [])
        waiting.append(lease)
        return len(waiting) == 1

    async def look_up(self, route: Route) -> list[Planned]:
        """
        All that waited for the route, now that it is known where it leads.

        Where DNS does not say, that is for the attempt to find and tell; such a domain
        is a destination of its own. Cut off, it leaves them to `give_up`, and failed,
        to `unknown`.
        """
        async with self._slots:
            found = await self._plans(route)
        site = found.site if isinstance(found, Plan) else ""
        return self._planned(route, site or route.destination)

    def unknown(self, route: Route) -> list[Planned]:
        """All that waited for a route of which nothing could be found out."""
        return self._planned(route, route.destination)

    def give_up(self) -> list[Delivery]:
        """All that waits; nothing waits any more."""
        left = [lease for waiting in self._waiting.values() for lease in waiting]
        self._waiting.clear()
        return left

    def _planned(self, route: Route, site: str) -> list[Planned]:
        self._learn(route.domain, site)
        waited = self._waiting.pop(route, [])
        return [Planned(lease=lease, route=route, site=site) for lease in waited]

    def _learn(self, domain: str, site: str) -> None:
        if len(self.sites) >= LEARNT_MAX:
            del self.sites[next(iter(self.sites))]
        self.sites[domain] = site
