"""
What is known in this process of every destination: what it bears, what limits it.

What answers teach is forgotten at a restart; what rules and operators limit comes from
the database, so that every process knows it. Of several processes that deliver each
keeps to its share of every limit, so that all of them together keep to the limit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from mailbot_server.config import Settings
from mailbot_server.core.delivery import Outcome
from mailbot_server.core.shaping import LimitKind, SiteLimit, SiteStatus, Suspension
from mailbot_server.core.shaping import bucket as buckets
from mailbot_server.core.shaping import flow as flows
from mailbot_server.core.shaping.bucket import Bucket
from mailbot_server.core.shaping.flow import Flow, Signal
from mailbot_server.core.shaping.limit import cap_of
from mailbot_server.core.shaping.share import ALL, Share

FRESH_ATTEMPTS: Final = 2
"""At a time to a destination that has never answered: it may be dead."""

REMEMBERED_MAX: Final = 20_000
FORGOTTEN_AFTER: Final = timedelta(hours=1)
"""So long after its pause it is remembered how often a destination was found dead."""

MINUTE: Final = timedelta(minutes=1)

_RATES: Final = (LimitKind.MESSAGES_PER_MINUTE, LimitKind.CONNECTIONS_PER_MINUTE)


class Trust(StrEnum):
    """How likely an attempt there ends soon."""

    PROVEN = "proven"
    FRESH = "fresh"
    FAILING = "failing"


@dataclass(slots=True)
class _Site:
    flow: Flow
    begun: int = 0
    """Attempts that are made ready or under way."""
    busy: int = 0
    """Those under way."""
    is_named: bool = False
    limits: dict[LimitKind, SiteLimit] = field(default_factory=dict)
    rates: dict[LimitKind, Bucket] = field(default_factory=dict)
    minute: datetime | None = None
    in_minute: int = 0
    in_minute_before: int = 0


def _trust(site: _Site) -> Trust:
    flow = site.flow
    if flow.is_failing:
        return Trust.FAILING
    return Trust.PROVEN if flow.has_answered or site.is_named else Trust.FRESH


class Sites:
    """All destinations that this process knows."""

    def __init__(self, settings: Settings) -> None:
        self._start = settings.delivery_per_destination
        self._ceiling = max(settings.delivery_per_destination_max, self._start)
        self._at_once = settings.delivery_concurrency
        self._sites: dict[str, _Site] = {}
        self._limited: set[str] = set()
        self._paused: set[str] = set()
        self._share = ALL
        self._without: set[str] = set()
        self.suspended: Mapping[str, Suspension] = {}
        """What nothing is tried at: sites, and recipient domains that were named."""

    def enter(self, name: str, *, is_named: bool) -> None:
        """A delivery goes there; `is_named` when an operator chose the host."""
        if name not in self._sites:
            self._make_room()
            self._sites[name] = _Site(flow=self._first(), is_named=is_named)
            self._note_part(name)

    def divide(self, share: Share) -> None:
        """From now on this process keeps to this share of every limit."""
        if share != self._share:
            self._share = share
            for name in self._sites:
                self._note_part(name)

    @property
    def share(self) -> Share:
        """What this process may use of every limit."""
        return self._share

    def trust(self, name: str) -> Trust:
        """Which share of all attempts those to it come out of."""
        return _trust(self._site(name))

    def attempts_max(self, name: str, now: datetime) -> int:
        """How many attempts may be under way there."""
        if name in self.suspended:
            return 0
        site = self._site(name)
        most = flows.attempts_max(site.flow, now)
        if _trust(site) is Trust.FRESH:
            most = min(most, FRESH_ATTEMPTS)
        if self._share.count > 1:
            most = min(most, self._most(name))
        limit = site.limits.get(LimitKind.CONNECTIONS)
        return min(most, self._share.of(name, limit.value)) if limit else most

    def is_left_alone(self, name: str, now: datetime) -> bool:
        """Whether nothing is to be tried there now, so that others may be leased."""
        if name in self.suspended or name in self._without:
            return True
        site = self._sites.get(name)
        return site is not None and flows.is_paused(site.flow, now)

    @property
    def suspended_domains(self) -> frozenset[str]:
        """Recipient domains to which nothing is tried, wherever their mail leads."""
        return frozenset(n for n, each in self.suspended.items() if each.is_wanted)

    def left_alone(self, now: datetime) -> frozenset[str]:
        """All sites at which nothing is tried now."""
        paused = []
        for name in list(self._paused):
            flow = self._sites[name].flow
            if flows.is_paused(flow, now):
                paused.append(name)
            elif not flow.paused_until or flow.paused_until + FORGOTTEN_AFTER < now:
                self._paused.discard(name)
        return frozenset((*paused, *self.suspended, *self._without))

    def wait_seconds(self, name: str, now: datetime) -> float:
        """How long until its rates let another message go; 0 for now."""
        if name not in self._limited:
            return 0.0
        site, longest = self._sites[name], 0.0
        for kind in _RATES:
            if limit := site.limits.get(kind):
                value = max(self._share.of(name, limit.value), 1)
                rate = site.rates.get(kind) or buckets.full(value, now)
                site.rates[kind] = rate = buckets.filled(rate, value, now)
                longest = max(longest, buckets.wait_seconds(rate, value))
        return longest

    def messages_max(self, name: str) -> int | None:
        """Messages on one connection to it; None for what the settings say."""
        limit = self._site(name).limits.get(LimitKind.MESSAGES_PER_CONNECTION)
        cap = cap_of(name)
        values = [limit.value] if limit else []
        return min(
            [*values, *([cap.messages_per_connection] if cap else [])], default=None
        )

    def began(self, name: str) -> bool:
        """An attempt is being made ready; whether a rate counts its message now."""
        self._site(name).begun += 1
        return self._take(name, 1)

    def unused(self, name: str) -> None:
        """A message that a rate had counted does not leave now: another may."""
        self._take(name, -1)

    def ended(self, name: str) -> None:
        """An attempt that was begun is over."""
        self._site(name).begun -= 1

    def has_room(self, name: str, now: datetime) -> bool:
        """Whether one more attempt may be under way there."""
        return self._site(name).busy < self.attempts_max(name, now)

    def entered(self, name: str) -> None:
        """An attempt is under way."""
        self._site(name).busy += 1

    def left(self, name: str) -> None:
        """It is over."""
        self._site(name).busy -= 1

    def learn(
        self, name: str, outcome: Outcome, connects: int, now: datetime
    ) -> Flow | None:
        """What an attempt teaches; the flow when it has just been found dead."""
        site = self._site(name)
        self._count(site, now)
        if connects and LimitKind.CONNECTIONS_PER_MINUTE in site.rates:
            rate = site.rates[LimitKind.CONNECTIONS_PER_MINUTE]
            site.rates[LimitKind.CONNECTIONS_PER_MINUTE] = buckets.taken(rate, connects)
        before = site.flow
        match flows.signal_of(outcome):
            case Signal.GOOD:
                ceiling = max(self._most(name), 1)
                start = min(self._first_window, ceiling)
                site.flow = flows.answered(before, site.begun - 1, start, ceiling)
            case Signal.BAD:
                site.flow = flows.failed(before, now)
        if site.flow.pauses <= before.pauses:
            return None
        self._paused.add(name)
        return site.flow

    def lift(self, name: str) -> None:
        """Ends a pause: somebody says that it is alive."""
        if site := self._sites.get(name):
            site.flow = self._first()

    def rate(self, name: str, now: datetime) -> int:
        """Messages in the last whole minute, or in this one if they are more."""
        site = self._site(name)
        self._count(site, now, 0)
        return max(site.in_minute, site.in_minute_before)

    def limit(self, limits: Iterable[SiteLimit]) -> None:
        """These are all limits that there are now."""
        by_site: dict[str, dict[LimitKind, SiteLimit]] = {}
        for each in limits:
            by_site.setdefault(each.site, {})[each.kind] = each
        for name in self._limited - by_site.keys():
            site = self._site(name)
            site.limits, site.rates = {}, {}
        for name, its in by_site.items():
            site = self._site(name)
            site.limits = its
            site.rates = {
                kind: rate for kind, rate in site.rates.items() if kind in its
            }
        for name in self._limited | by_site.keys():
            self._note_part(name)
        self._limited = set(by_site)

    def add_limit(self, limit: SiteLimit) -> None:
        """One more holds from now on, unless what holds of its kind is stricter."""
        site = self._site(limit.site)
        if held := site.limits.get(limit.kind):
            if held.value < limit.value:
                return
            limit = replace(limit, until=max(limit.until, held.until))
        site.limits = {**site.limits, limit.kind: limit}
        self._limited.add(limit.site)
        self._note_part(limit.site)

    def statuses(
        self, waiting: Mapping[str, int], connections: Mapping[str, int], now: datetime
    ) -> list[SiteStatus]:
        """Destinations with mail under way or a limit, busiest first."""
        names = {*waiting, *self._limited, *self.suspended}
        names |= {name for name, site in self._sites.items() if site.busy}
        names |= {n for n, s in self._sites.items() if flows.is_paused(s.flow, now)}
        found = [
            replace(
                self._status(name, now),
                waiting=waiting.get(name, 0),
                connections=connections.get(name, 0),
            )
            for name in names
        ]
        found.sort(key=lambda each: (-each.attempts, -each.waiting, each.name))
        return found

    def _status(self, name: str, now: datetime) -> SiteStatus:
        site = self._sites.get(name) or _Site(flow=self._first())
        suspension = self.suspended.get(name)
        why = [(each.until, each.reason) for each in site.limits.values()]
        if flows.is_paused(site.flow, now) and site.flow.paused_until:
            why = [(site.flow.paused_until, "it does not answer"), *why]
        if suspension:
            why = [(suspension.until, suspension.reason), *why]
        rate = site.limits.get(LimitKind.MESSAGES_PER_MINUTE)
        return SiteStatus(
            name=name,
            attempts=site.busy,
            attempts_max=self.attempts_max(name, now) if name in self._sites else 0,
            messages_per_minute=rate.value if rate else 0,
            reason=why[0][1] if why else "",
            until=why[0][0] if why else None,
            suspended=self.is_left_alone(name, now),
        )

    def known(self) -> list[tuple[str, int, int]]:
        """Of each destination with an attempt under way: name, attempts, its most."""
        return [
            (name, site.busy, site.flow.window)
            for name, site in self._sites.items()
            if site.busy
        ]

    def _take(self, name: str, count: int) -> bool:
        rates = self._site(name).rates
        rate = rates.get(LimitKind.MESSAGES_PER_MINUTE)
        if rate is not None:
            rates[LimitKind.MESSAGES_PER_MINUTE] = buckets.taken(rate, count)
        return rate is not None

    def _most(self, name: str) -> int:
        cap = cap_of(name)
        whole = min(self._ceiling, cap.attempts) if cap else self._ceiling
        return self._share.of(name, whole)

    @property
    def _first_window(self) -> int:
        return max(self._start // self._share.count, 1)

    def _first(self) -> Flow:
        return Flow(window=self._first_window)

    def _note_part(self, name: str) -> None:
        """Where this process has no part of a limit, others go."""
        site = self._site(name)
        values = [
            limit.value
            for kind, limit in site.limits.items()
            if kind is not LimitKind.MESSAGES_PER_CONNECTION
        ]
        parts = [self._share.of(name, value) for value in values]
        if min([self._most(name), *parts]) == 0:
            self._without.add(name)
        else:
            self._without.discard(name)

    def _site(self, name: str) -> _Site:
        site = self._sites.get(name)
        if site is None:
            self._make_room()
            site = self._sites[name] = _Site(flow=self._first())
            self._note_part(name)
        return site

    def _count(self, site: _Site, now: datetime, count: int = 1) -> None:
        begun = site.minute
        if begun is None or not timedelta() <= now - begun < MINUTE:
            is_next = begun is not None and timedelta() <= now - begun < 2 * MINUTE
            site.in_minute_before = site.in_minute if is_next else 0
            site.minute, site.in_minute = now, 0
        site.in_minute += count

    def _make_room(self) -> None:
        """Forgets those that nothing is known of but their answers of long ago."""
        if len(self._sites) < REMEMBERED_MAX:
            return
        idle = (
            name
            for name, site in self._sites.items()
            if not (site.begun or site.limits or name in self._paused)
        )
        for name in list(islice(idle, max(REMEMBERED_MAX // 10, 1))):
            del self._sites[name]
            self._without.discard(name)
