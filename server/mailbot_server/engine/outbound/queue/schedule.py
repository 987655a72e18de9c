"""
Which of the leased deliveries may begin now: so many to one destination as it bears.

Destinations take turns, so that a long list for one of them does not hold up a single
message for another, and whoever has nothing under way goes before those who have, so
that one account's many slow destinations do not hold up another account. Those that
have answered, those that never have and those that fail each have a share of all
attempts, so that dead ones never use them all up. While some attempts are under way, as
many others are made ready as end meanwhile. Nothing here waits or does anything; the
queue asks.
"""

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.core.message import Guarantee
from mailbot_server.engine.outbound.queue.sites import Sites, Trust
from mailbot_server.engine.outbound.routing.route import Route, Way

CLAIM_MAX: Final = 50
"""Deliveries leased in one operation, which may hold up other writers."""

HAND_FACTOR: Final = 4
"""Leased for each attempt that may run: enough to keep slots full between claims."""

SHARE_FACTOR: Final = 2
"""Of what one destination has in hand, so many times its slots count as hand."""

HAND_MAX_FACTOR: Final = 20
"""Leased for each attempt that may run, whatever it counts as: memory is finite."""

CROWD: Final = 2 * CLAIM_MAX
"""In hand for one destination, of one account: of it, others are to be leased."""

CROWDS_MAX: Final = 3
"""In hand for one destination, of all accounts, so many crowds."""

SHARE_MIN: Final = 5

WAIT_MAX: Final = 1.0

_SHARES: Final = {Trust.PROVEN: 1.0, Trust.FRESH: 0.6, Trust.FAILING: 0.2}
"""Of all attempts; they overlap, and who uses least of its own goes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A leased delivery, the way that it will go and where that leads."""

    lease: Delivery
    route: Route
    site: str


@dataclass(slots=True)
class _Lane:
    """What is in hand for one destination; accounts take turns."""

    accounts: dict[str, deque[Planned]] = field(default_factory=dict)
    waiting: int = 0
    busy: int = 0
    over: int = 0
    """Attempts that have ended."""
    ahead: int = 0
    """Attempts that ended while the last one was made ready."""

    @property
    def size(self) -> int:
        return self.waiting + self.busy

    @property
    def share(self) -> int:
        """Of one account in hand: enough to work on until the next claim but one."""
        return max(CROWD // max(len(self.accounts), 1), SHARE_MIN)

    def first(self, account_id: str) -> Planned:
        """The next one, of an account or "" for whose turn it is; it stays."""
        its = self.accounts.get(account_id) or next(iter(self.accounts.values()))
        return its[0]

    def add(self, planned: Planned) -> int:
        """How many of its account wait now."""
        its = self.accounts.setdefault(planned.lease.account_id, deque())
        its.append(planned)
        self.waiting += 1
        return len(its)

    def pop(self, account_id: str) -> Planned:
        """The same; it goes."""
        account_id = self.first(account_id).lease.account_id
        its = self.accounts.pop(account_id)
        planned = its.popleft()
        self.waiting -= 1
        if its:
            # Whoever had a turn goes to the end of the line.
            self.accounts[account_id] = its
        return planned

    def clear(self) -> list[Planned]:
        """All that waits; nothing does any more."""
        left = [planned for its in self.accounts.values() for planned in its]
        self.accounts, self.waiting = {}, 0
        return left


class Schedule:
    """What one process has leased, by destination."""

    def __init__(self, at_once: int, sites: Sites) -> None:
        self._at_once = at_once
        self._sites = sites
        self._lanes: dict[str, _Lane] = {}
        self._crowded: set[tuple[str, str]] = set()
        # Lanes that may have something to begin, by trust, in the order of their turns.
        self._ready: dict[Trust, dict[str, None]] = {trust: {} for trust in Trust}
        # Accounts that had nothing under way, each with a lane in which it waits: one
        # of each trust, as there may be no room for another for long.
        self._quiet: dict[Trust, dict[str, str]] = {trust: {} for trust in Trust}
        self._under_way: Counter[str] = Counter()
        self._waits: dict[str, dict[str, int]] = {}
        """In which lanes an account waits, and how many of its."""

        # By which trust each began, and how many had ended there by then.
        self._begun: dict[str, tuple[Trust, int]] = {}
        self._counted: set[str] = set()
        self._busy: Counter[Trust] = Counter()
        self._aside: set[str] = set()
        self._in_hand: set[str] = set()
        self._over: set[str] = set()
        self.wait = WAIT_MAX
        """Seconds until a rate lets something go."""

    @property
    def in_hand(self) -> list[str]:
        """The ids of what is leased: waiting, under way, or not yet written down."""
        return sorted(self._in_hand | self._over)

    @property
    def waiting(self) -> int:
        """How many are leased and have not begun."""
        return len(self._in_hand) - len(self._begun)

    def room(self, now: datetime) -> int:
        """
        How many may be leased now.

        What waits behind a destination's own share does not count: otherwise a few that
        hang would fill the hand, and nothing would be leased for all the others.
        """
        counted = len(self._aside) + sum(
            min(lane.size, SHARE_FACTOR * max(self._sites.attempts_max(name, now), 1))
            for name, lane in self._lanes.items()
        )
        return min(
            CLAIM_MAX,
            HAND_FACTOR * self._at_once - counted,
            HAND_MAX_FACTOR * self._at_once - len(self._in_hand),
        )

    @property
    def crowded(self) -> frozenset[tuple[str, str]]:
        """Accounts and destinations of which, together, enough is in hand."""
        return frozenset(self._crowded)

    @property
    def full(self) -> frozenset[str]:
        """Destinations of which enough is in hand, whoever sends there."""
        most = CROWDS_MAX * CROWD
        return frozenset(n for n, lane in self._lanes.items() if lane.size >= most)

    @property
    def counts(self) -> dict[str, int]:
        """How many wait for each destination."""
        return {name: lane.waiting for name, lane in self._lanes.items()}

    def take(self, lease: Delivery) -> None:
        """One more was leased, and it is not yet known where it leads."""
        self._in_hand.add(lease.id)
        self._aside.add(lease.id)

    def drop(self, lease: Delivery) -> None:
        """One that was taken and is not planned is no longer in hand."""
        self._in_hand.discard(lease.id)
        self._aside.discard(lease.id)

    def add(self, planned: Planned) -> None:
        """It is known where this one leads."""
        name = planned.site
        self._in_hand.add(planned.lease.id)
        self._aside.discard(planned.lease.id)
        self._sites.enter(name, is_named=planned.route.way is not Way.MX)
        lane = self._lanes.setdefault(name, _Lane())
        account_id = planned.lease.account_id
        if lane.add(planned) >= lane.share:
            self._crowded.add((account_id, name))
        waits = self._waits.setdefault(account_id, {})
        waits[name] = waits.get(name, 0) + 1
        self._make_ready(name)
        if account_id not in self._under_way:
            self._prefer(account_id, name)

    def look_again(self) -> None:
        """Time has passed or limits have changed: every lane may begin something."""
        self.wait = WAIT_MAX
        for trust in Trust:
            self._ready[trust].clear()
        for name, lane in self._lanes.items():
            if lane.waiting:
                self._make_ready(name)
        for account_id in self._waits:
            self._prefer_next(account_id)

    def next(self, now: datetime) -> Planned | None:
        """One that may begin now, and has; its `freed` and `ended` must follow."""
        if len(self._begun) >= self._at_once:
            return None
        ready = [t for t, names in self._ready.items() if names or self._quiet[t]]
        if len(ready) > 1:
            ready.sort(key=self._used)
        for trust in ready:
            while self._used(trust) < 1 and (turn := self._turn(trust)):
                if self._may_begin(*turn, now):
                    return self._begin(*turn, trust)
                self._prefer_elsewhere(*turn)
        return None

    def ready(self, planned: Planned) -> None:
        """One that has begun may speak as soon as there is room for it."""
        lane, begun = self._lanes.get(planned.site), self._begun.get(planned.lease.id)
        if lane is not None and begun is not None:
            lane.ahead = lane.over - begun[1]

    def sent_back(self, planned: Planned) -> None:
        """There was no room for one that was ready: no other is made so for nothing."""
        if lane := self._lanes.get(planned.site):
            lane.ahead = 0

    def unused(self, planned: Planned) -> None:
        """One that has begun is not made after all; `ended` must follow."""
        if planned.lease.id in self._counted:
            self._counted.discard(planned.lease.id)
            self._sites.unused(planned.site)

    def freed(self, planned: Planned) -> bool:
        """
        The attempt is over, and another may begin while this one is written down.

        Whether its account may lease there again.
        """
        name, delivery_id = planned.site, planned.lease.id
        begun = self._begun.pop(delivery_id, None)
        if begun is None:
            return False
        lane = self._lanes[name]
        self._counted.discard(delivery_id)
        self._in_hand.discard(delivery_id)
        self._over.add(delivery_id)
        self._busy[begun[0]] -= 1
        self._less_under_way(planned.lease.account_id)
        self._sites.ended(name)
        lane.busy -= 1
        lane.over += 1
        if not lane.size:
            del self._lanes[name]
        elif lane.waiting:
            self._make_ready(name)
            self._prefer_one(name, lane)
        self._prefer_next(planned.lease.account_id)
        return self._thin_out(name, planned.lease.account_id)

    def ended(self, planned: Planned) -> bool:
        """It is over and written down; as `freed`, unless that was said before."""
        is_free = self.freed(planned)
        self._over.discard(planned.lease.id)
        return is_free

    def shed(self, now: datetime) -> list[Delivery]:
        """What waits for destinations that are left alone; it is no longer in hand."""
        left: list[Delivery] = []
        domains = self._sites.suspended_domains
        for name, lane in list(self._lanes.items()):
            whole = self._sites.is_left_alone(name, now)
            for planned in lane.clear():
                if whole or planned.lease.domain in domains:
                    left.append(planned.lease)
                    self._waits_no_more(planned)
                else:
                    lane.add(planned)
        self._forget(left)
        return left

    def give_up(self) -> list[Delivery]:
        """Everything that has not begun; it is no longer in hand."""
        left = [p.lease for lane in self._lanes.values() for p in lane.clear()]
        self._waits.clear()
        self._forget(left)
        return left

    def _forget(self, left: list[Delivery]) -> None:
        self._in_hand -= {lease.id for lease in left}
        for account_id, name in list(self._crowded):
            self._thin_out(name, account_id)
        for name, lane in list(self._lanes.items()):
            if not lane.size:
                del self._lanes[name]

    def _thin_out(self, name: str, account_id: str) -> bool:
        """Whether an account was crowded there and is no longer."""
        lane = self._lanes.get(name)
        left = len(lane.accounts.get(account_id, ())) if lane else 0
        if (account_id, name) not in self._crowded or (lane and left > lane.share // 2):
            return False
        self._crowded.discard((account_id, name))
        return True

    def _used(self, trust: Trust) -> float:
        share = max(int(self._at_once * _SHARES[trust]), 1)
        return self._busy[trust] / share

    def _turn(self, trust: Trust) -> tuple[str, str] | None:
        """The next lane, and the account that it is for, "" for any."""
        while quiet := self._quiet[trust]:
            account_id, name = next(iter(quiet.items()))
            del quiet[account_id]
            if self._sites.trust(name) is trust:
                self._ready[trust].pop(name, None)
                return name, account_id
            # It has begun to fail, or to answer, since.
            self._prefer(account_id, name)
        if name := next(iter(self._ready[trust]), ""):
            del self._ready[trust][name]
            return name, ""
        return None

    def _prefer(self, account_id: str, name: str) -> None:
        """Who has nothing under way is next, with one, where it waits."""
        self._quiet[self._sites.trust(name)].setdefault(account_id, name)

    def _prefer_one(self, name: str, lane: _Lane) -> None:
        """There is room in a lane again, for which somebody may have had to wait."""
        for account_id in lane.accounts:
            if account_id not in self._under_way:
                self._prefer(account_id, name)
                return

    def _prefer_next(self, account_id: str) -> None:
        """One of an account's is over: if it was the only one, its next goes first."""
        if account_id not in self._under_way:
            for name in self._waits.get(account_id, ()):
                self._prefer(account_id, name)

    def _prefer_elsewhere(self, name: str, account_id: str) -> None:
        """It may not begin there now; where it waits, too, it may."""
        its = self._waits.get(account_id, {})
        if name in its:
            # Looked at again after all others.
            its[name] = its.pop(name)
        for other in its:
            if other in self._ready[self._sites.trust(other)]:
                self._prefer(account_id, other)
                return

    def _less_under_way(self, account_id: str) -> None:
        self._under_way[account_id] -= 1
        if not self._under_way[account_id]:
            del self._under_way[account_id]

    def _waits_no_more(self, planned: Planned) -> None:
        account_id, name = planned.lease.account_id, planned.site
        waits = self._waits[account_id]
        if waits[name] > 1:
            waits[name] -= 1
            return
        del waits[name]
        if not waits:
            del self._waits[account_id]

    def _make_ready(self, name: str) -> None:
        its = self._ready[self._sites.trust(name)]
        if name in its:
            return
        for ready in self._ready.values():
            ready.pop(name, None)
        its[name] = None

    def _may_begin(self, name: str, account_id: str, now: datetime) -> bool:
        lane = self._lanes.get(name)
        if lane is None or not lane.waiting:
            return False
        most = self._sites.attempts_max(name, now)
        ahead = self._ahead(name, lane, lane.first(account_id))
        if lane.busy >= most + min(ahead, most):
            return False
        if wait := self._sites.wait_seconds(name, now):
            self.wait = min(self.wait, wait)
            return False
        return True

    def _ahead(self, name: str, lane: _Lane, planned: Planned) -> int:
        """
        How many may be made ready beyond those that may speak.

        None that is sent at most once: it would be given up were the server to end.
        """
        if not lane.ahead or self._sites.trust(name) is not Trust.PROVEN:
            return 0
        is_once = planned.lease.guarantee is Guarantee.AT_MOST_ONCE
        return 0 if is_once else lane.ahead

    def _begin(self, name: str, account_id: str, trust: Trust) -> Planned:
        lane = self._lanes[name]
        planned = lane.pop(account_id)
        lane.busy += 1
        self._under_way[planned.lease.account_id] += 1
        self._waits_no_more(planned)
        self._begun[planned.lease.id] = trust, lane.over
        self._busy[trust] += 1
        if self._sites.began(name):
            self._counted.add(planned.lease.id)
        if lane.waiting:
            # Whoever had a turn goes to the end of the line.
            self._ready[trust][name] = None
        return planned
