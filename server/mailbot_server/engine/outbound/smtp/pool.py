"""
Open sessions that wait for the next message to the same place.

A session is lent to one transaction at a time. It waits a few seconds at most, and a
host that says anything or leaves meanwhile is taken leave of at once, so that what is
lent is nearly always alive.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.engine.outbound.routing.protection import Protection
from mailbot_server.engine.outbound.smtp.session import Session
from mailbot_server.telemetry.metrics import Metrics

IDLE_FACTOR: Final = 4
"""For each attempt that may run, so many wait: each is one of the system's files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    What makes two connections the same: address, protection wanted, login.

    `site` is what connections are bounded by; several hosts may share it.
    """

    site: str
    host: str
    address: str
    port: int
    protection: Protection
    login: str = ""


class Pool:
    """All sessions of one process that are open to others."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        # Each with what ends its wait; the one that was used last is the last.
        self._waiting: dict[Place, dict[Session, asyncio.TimerHandle]] = {}
        # In the order in which they were given back.
        self._places: dict[Session, Place] = {}
        self._waiting_max = IDLE_FACTOR * settings.delivery_concurrency
        self._in_use: Counter[str] = Counter()

    def has(self, place: Place) -> bool:
        """Whether a session waits there."""
        return place in self._waiting

    def take(self, place: Place) -> Session | None:
        """The session there that was used last, if any; it must be given back."""
        while place in self._waiting:
            session = next(reversed(self._waiting[place]))
            self._remove(place, session)
            if self._is_worn(session, self._settings.smtp_connection_messages_max):
                self._retire(session)
                continue
            self._in_use[place.site] += 1
            self._count("reused")
            return session
        return None

    def enter(self, place: Place) -> None:
        """
        One more will be opened there, so another that waits at its site may have to go.

        Must be followed by `give` or `leave`.
        """
        room = self._settings.delivery_per_destination - self._in_use[place.site] - 1
        idle = [
            (other, session)
            for other, its in self._waiting.items()
            if other.site == place.site
            for session in its
        ]
        for other, session in idle[: max(len(idle) - max(room, 0), 0)]:
            self._end(other, session)
        self._in_use[place.site] += 1

    def leave(self, place: Place) -> None:
        """What was entered or taken there is closed, or was never opened."""
        self._in_use[place.site] -= 1
        if not self._in_use[place.site]:
            del self._in_use[place.site]

    def give(
        self, place: Place, session: Session, messages_max: int | None = None
    ) -> None:
        """
        The transaction is over: keeps the session for the next or closes it.

        `messages_max` may allow fewer on one connection than the setting does.
        """
        self.leave(place)
        limit = self._settings.smtp_connection_messages_max
        if not session.is_usable:
            session.close()
        elif self._is_worn(session, min(limit, messages_max or limit)):
            self._retire(session)
        else:
            self._keep(place, session)

    def stale(self, place: Place) -> None:
        """
        A session that was lent had been left by its host.

        Those that wait there are no better: a router that forgot one forgot all.
        """
        self._count("stale")
        self._end_all(place)

    def connections(self) -> Counter[str]:
        """How many are open to each site, lent or waiting."""
        waiting = Counter[str]()
        for place, its in self._waiting.items():
            waiting[place.site] += len(its)
        return self._in_use + waiting

    def close(self) -> None:
        """Says QUIT to all that wait."""
        for place in list(self._waiting):
            self._end_all(place)

    def _end_all(self, place: Place) -> None:
        for session in list(self._waiting.get(place, ())):
            self._end(place, session)

    def _keep(self, place: Place, session: Session) -> None:
        end = partial(self._end, place, session)
        seconds = self._settings.smtp_connection_idle_seconds
        timer = asyncio.get_running_loop().call_later(seconds, end)
        self._waiting.setdefault(place, {})[session] = timer
        self._places[session] = place
        session.watch(end)
        if len(self._places) > self._waiting_max:
            longest = next(iter(self._places))
            self._end(self._places[longest], longest)

    def _end(self, place: Place, session: Session) -> None:
        self._remove(place, session)
        session.close()

    def _remove(self, place: Place, session: Session) -> None:
        its = self._waiting[place]
        its.pop(session).cancel()
        del self._places[session]
        if not its:
            del self._waiting[place]
        session.watch(None)

    def _is_worn(self, session: Session, messages_max: int) -> bool:
        seconds = self._settings.smtp_connection_seconds
        return session.transactions >= messages_max or session.age_seconds >= seconds

    def _retire(self, session: Session) -> None:
        self._count("limit")
        session.close()

    def _count(self, result: str) -> None:
        self._metrics.smtp_client_connection_reuse.labels(result).inc()
