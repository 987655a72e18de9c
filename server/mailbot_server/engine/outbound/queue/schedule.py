"""
Which of the leased deliveries may begin now: few at a time to one destination.

Destinations take turns, so that a long list for one of them does not hold up a single
message for another. Nothing here waits or does anything; the queue asks.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from mailbot_server.core.delivery import Delivery
from mailbot_server.engine.outbound.routing.route import Route

CLAIM_MAX: Final = 50
"""Deliveries leased in one operation, which may hold up other writers."""

HAND_FACTOR: Final = 4
"""Leased for each attempt that may run: enough to keep slots full between claims."""

SHARE_FACTOR: Final = 2
"""Of what one destination has in hand, so many times its slots count as hand."""

HAND_MAX_FACTOR: Final = 20
"""Leased for each attempt that may run, whatever it counts as: memory is finite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A leased delivery and the way that it will go."""

    lease: Delivery
    route: Route


@dataclass(slots=True)
class _Destination:
    """What is in hand for one destination."""

    waiting: deque[Planned] = field(default_factory=deque)
    busy: int = 0

    @property
    def size(self) -> int:
        return len(self.waiting) + self.busy


class Schedule:
    """What one process has leased, by destination."""

    def __init__(self, at_once: int, per_destination: int) -> None:
        self._at_once = at_once
        self._per_destination = per_destination
        self._share = SHARE_FACTOR * per_destination
        self._crowd = max(CLAIM_MAX, self._share)
        self._destinations: dict[str, _Destination] = {}
        self._in_hand: set[str] = set()
        self._busy = 0

    @property
    def in_hand(self) -> list[str]:
        """The ids of what is leased, waiting or under way."""
        return sorted(self._in_hand)

    @property
    def room(self) -> int:
        """
        How many may be leased now.

        What waits behind a destination's own share does not count: otherwise a few that
        hang would fill the hand, and nothing would be leased for all the others.
        """
        counted = sum(min(one.size, self._share) for one in self._destinations.values())
        return min(
            CLAIM_MAX,
            HAND_FACTOR * self._at_once - counted,
            HAND_MAX_FACTOR * self._at_once - len(self._in_hand),
        )

    def crowded(self) -> list[str]:
        """Domains of which enough is in hand: others are to be leased."""
        return sorted(
            {
                planned.route.domain
                for each in self._destinations.values()
                if each.size >= self._crowd
                for planned in each.waiting
            }
        )

    def add(self, planned: Planned) -> None:
        """One more was leased."""
        name = planned.route.destination
        self._in_hand.add(planned.lease.id)
        self._destinations.setdefault(name, _Destination()).waiting.append(planned)

    def next(self) -> Planned | None:
        """One that may begin now, and has; its `ended` must follow."""
        if self._busy >= self._at_once:
            return None
        for name, each in self._destinations.items():
            if each.waiting and each.busy < self._per_destination:
                each.busy += 1
                self._busy += 1
                # Whoever had a turn goes to the end of the line.
                self._destinations[name] = self._destinations.pop(name)
                return each.waiting.popleft()
        return None

    def ended(self, planned: Planned) -> None:
        """One that `next` gave is over."""
        name = planned.route.destination
        self._in_hand.discard(planned.lease.id)
        self._busy -= 1
        self._destinations[name].busy -= 1
        if not self._destinations[name].size:
            del self._destinations[name]

    def give_up(self) -> list[Delivery]:
        """Everything that has not begun; it is no longer in hand."""
        left = [
            planned.lease
            for each in self._destinations.values()
            for planned in each.waiting
        ]
        self._in_hand -= {lease.id for lease in left}
        for name, each in list(self._destinations.items()):
            each.waiting.clear()
            if not each.busy:
                del self._destinations[name]
        return left
