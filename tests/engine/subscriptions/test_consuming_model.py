"""
Subscriptions against a model: whatever happens, no event is lost or in two hands.

Consumers come and go, acknowledge early, late and never, give back, seek, and the clock
runs. The model says after each step who has what; in the end, everything is done.
"""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mailbot_server.core.subscription import Handout, Key, Mode, Subscription
from mailbot_server.engine import subscriptions as engine
from mailbot_server.engine.subscriptions.handing import attach, take
from mailbot_server.store.database import Database
from mailbot_server.store.subscriptions import rows
from mailbot_server.telemetry.metrics import Metrics
from tests.engine.subscriptions.world import LEASE, begin, happen, new, principal, wish
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy

CONSUMERS = ("a", "b", "c")
ATTEMPTS = 4
RULES = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
_numbers = itertools.count(1)


class World:
    """A database that all examples share, each with an account of its own."""

    def __init__(self, url: str) -> None:
        self.clock = FakeClock()
        self.loop = asyncio.new_event_loop()
        self.db = Database(
            url, clock=self.clock, entropy=FakeEntropy(), metrics=Metrics()
        )
        self.run(self.db.start())

    def run(self, answer: Any) -> Any:
        return self.loop.run_until_complete(answer)

    def stop(self) -> None:
        self.run(self.db.stop())
        self.run(self.loop.shutdown_default_executor())
        self.loop.close()


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """The world of one test."""
    made = World(database_url)
    yield made
    made.stop()


class Machine(RuleBasedStateMachine):
    """What both ways of handing out have in common."""

    world: World
    mode: Mode

    def __init__(self) -> None:
        super().__init__()
        account_id = f"acc_model_{next(_numbers)}"
        self.who = principal(account_id)
        made = new(self.mode, max_attempts=ATTEMPTS)
        self.sub: Subscription = self.run(begin(self.world.db, made, self.who))
        self.head = 1  # its own creation, of which it is not told
        self.floor = 0
        self.handed: list[Handout] = []
        self.streams = itertools.count(1)

    def run(self, answer: Any) -> Any:
        return self.world.run(answer)

    def write(self, operation: Callable[..., Any], *arguments: Any) -> Any:
        return self.run(self.world.db.write(operation, *arguments))

    @property
    def now(self) -> datetime:
        return self.world.clock()

    def row(self) -> Subscription:
        of = self.sub.account_id, self.sub.id
        found: Subscription | None = self.run(self.world.db.read(rows.get, *of))
        assert found is not None
        return found

    def keys(self, chosen: list[int]) -> list[Key]:
        """Of what was handed out at any time, some."""
        if not self.handed:
            return []
        found = [self.handed[index % len(self.handed)].key for index in chosen]
        return list(dict.fromkeys(found))

    @rule(count=st.integers(1, 5))
    def something_happens(self, count: int) -> None:
        self.write(happen, count, self.sub.account_id)
        self.head += count

    @rule(seconds=st.sampled_from([1, 10, 31]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds=seconds)

    def expected(self) -> set[int]:
        """Positions that have to be done in the end."""
        return set(range(max(self.floor, 1) + 1, self.head + 1))


class SharedMachine(Machine):
    """SHARED: every event is leased by itself."""

    mode = Mode.SHARED

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[int, tuple[Key, datetime]] = {}
        self.attempts: dict[int, int] = {}
        self.done: set[int] = set()
        self.parked: set[int] = set()
        self.looked = 0

    @rule(consumer=st.sampled_from(CONSUMERS), limit=st.integers(1, 7))
    def take(self, consumer: str, limit: int) -> None:
        self._took(self._take(consumer, limit), limit)

    def _take(self, consumer: str, limit: int) -> list[Handout]:
        wanted = wish(self.sub, consumer)
        _, handed = self.write(take, wanted, self.row().generation, limit)
        self.handed += handed.handouts
        found: list[Handout] = handed.handouts
        return found

    def _took(self, found: list[Handout], limit: int) -> None:
        self._find_parked()
        for each in found:
            position = each.position
            assert position not in self.done
            assert position not in self.parked
            if position in self.held:
                key, until = self.held[position]
                assert until <= self.now, "somebody else has it"
                assert each.key.lease > key.lease
            else:
                assert position not in self.attempts, "it was handed out and forgotten"
            assert each.attempts == self.attempts.get(position, 0) + 1 <= ATTEMPTS
            self.attempts[position] = each.attempts
            self.held[position] = (each.key, self.now + LEASE)
        fresh = [each.position for each in found if each.attempts == 1]
        assert fresh == sorted(fresh)
        assert len(found) <= limit

    def _find_parked(self) -> None:
        """What ended its last lease may have been parked, which the log tells."""
        spent = [
            position
            for position, (_, until) in self.held.items()
            if until <= self.now and self.attempts[position] == ATTEMPTS
        ]
        told = self.run(self.world.db.read(rows_parked, self.sub.id))
        assert told <= self.parked | set(spent)
        for position in told - self.parked:
            self.parked.add(position)
            del self.held[position]
            self.head += 1  # subscription.parked

    @rule(chosen=st.lists(st.integers(0, 200), min_size=1, max_size=6))
    def acknowledge(self, chosen: list[int]) -> None:
        keys = self.keys(chosen)
        stale = self.write(engine.acknowledge, self.who, self.sub.id, keys)
        generation = self.row().generation
        mine = [key for key in keys if self._has(key)]
        for key in mine:
            del self.held[key.position]
            self.done.add(key.position)
        parked = {key for key in keys if key.position in self.parked}
        for key in parked - set(stale):
            # The lease with which it was parked is good for an acknowledgement.
            assert key.lease >> 24 == generation
            self.parked.discard(key.position)
            self.done.add(key.position)
        for key in set(keys) - set(mine) - parked:
            is_lost = key.position in self.held or key.lease >> 24 != generation
            assert (key in stale) == is_lost

    def _has(self, key: Key) -> bool:
        return key.position in self.held and self.held[key.position][0] == key

    @rule(
        chosen=st.lists(st.integers(0, 200), min_size=1, max_size=4),
        seconds=st.sampled_from([0, 5, 100]),
    )
    def modify(self, chosen: list[int], seconds: int) -> None:
        keys = self.keys(chosen)
        length = timedelta(seconds=seconds)
        of = self.who, self.sub.id, keys
        stale = self.write(engine.modify_deadline, *of, length)
        for key in keys:
            held = self.held.get(key.position)
            is_mine = held is not None and held[0] == key
            assert (key in stale) == (not is_mine)
            if is_mine:
                self.held[key.position] = (key, self.now + length)

    @rule(part=st.floats(0, 1))
    def seek(self, part: float) -> None:
        position = int(part * self.head)
        self.write(engine.seek, self.who, self.sub.id, position)
        self.floor = position
        self.held.clear()
        self.done.clear()
        self.attempts.clear()
        # What is parked stays; the event itself comes again.
        self.parked_before = self.parked
        self.parked = set()
        self.write(drop_parked, self.sub.id)

    @invariant()
    def acked_is_behind_everything_that_is_not_done(self) -> None:
        acked = self.row().acked
        assert all(acked < position for position in self.held)
        beyond = {p for p in self.expected() if p <= acked}
        assert beyond <= self.done | self.parked | self._own()

    def _own(self) -> set[int]:
        """Positions at which the log tells of the subscription itself."""
        found: set[int] = self.run(self.world.db.read(own, self.sub.account_id))
        return found

    def teardown(self) -> None:
        for _ in range(ATTEMPTS + 60):
            self.world.clock.advance(seconds=101)
            found = self._take("a", 50)
            self._took(found, 50)
            stale = self.write(
                engine.acknowledge, self.who, self.sub.id, [h.key for h in found]
            )
            assert not stale
            for each in found:
                del self.held[each.position]
                self.done.add(each.position)
            if not found and self.row().acked >= self.head:
                break
        assert self.done | self.parked | self._own() >= self.expected()
        assert not self.held
        assert self.row().acked == self.head


class ExclusiveMachine(Machine):
    """EXCLUSIVE: in order, for one consumer at a time."""

    mode = Mode.EXCLUSIVE

    def __init__(self) -> None:
        super().__init__()
        self.acked = 0
        self.next = 0
        self.last = 0
        self.current: set[Key] = set()
        self.until: datetime | None = None
        self.consumer = ""
        self.stream = ""
        self._attach("a")

    @rule(consumer=st.sampled_from(CONSUMERS))
    def connect(self, consumer: str) -> None:
        self._attach(consumer)

    def _attach(self, consumer: str) -> None:
        self.stream = f"str_{next(self.streams)}"
        wanted = wish(self.sub, consumer, stream=self.stream)
        self.write(attach, self.who, wanted)
        if self.consumer not in ("", consumer):
            self._start_over()
        self.consumer = consumer
        # What was on its way to the stream before may be lost.
        self.next, self.until = self.acked, None

    def _start_over(self) -> None:
        self.next = self.last = self.acked
        self.current.clear()
        self.until = None

    @rule(limit=st.integers(1, 7))
    def take(self, limit: int) -> None:
        self._take(limit)

    def _take(self, limit: int) -> list[Handout]:
        if self.until is not None and self.until <= self.now:
            self._start_over()
        wanted = wish(self.sub, self.consumer, stream=self.stream)
        _, handed = self.write(take, wanted, self.row().generation, limit)
        found: list[Handout] = handed.handouts
        ahead = list(range(max(self.next, 1) + 1, self.head + 1))
        assert [each.position for each in found] == ahead[:limit]
        self.handed += found
        self.current |= {each.key for each in found}
        if found:
            self.next = found[-1].position
            self.last = max(self.last, self.next)
            self.until = self.until or self.now + LEASE
        return found

    @rule(chosen=st.lists(st.integers(0, 200), min_size=1, max_size=4))
    def acknowledge(self, chosen: list[int]) -> None:
        self._acknowledge(self.keys(chosen))

    def _acknowledge(self, keys: list[Key]) -> None:
        stale = self.write(engine.acknowledge, self.who, self.sub.id, keys)
        valid = [key for key in keys if key in self.current]
        for key in keys:
            is_lost = key not in self.current and key.position > self.acked
            assert (key in stale) == is_lost
        furthest = max((key.position for key in valid), default=0)
        if furthest > self.acked:
            self.acked = furthest
            self.next = max(self.next, furthest)
            self.until = self.now + LEASE if self.acked < self.last else None

    @rule(
        chosen=st.lists(st.integers(0, 200), min_size=1, max_size=2),
        seconds=st.sampled_from([0, 100]),
    )
    def modify(self, chosen: list[int], seconds: int) -> None:
        keys, length = self.keys(chosen), timedelta(seconds=seconds)
        of = self.who, self.sub.id, keys
        stale = self.write(engine.modify_deadline, *of, length)
        live = [k for k in keys if k in self.current and k.position > self.acked]
        assert set(stale) == set(keys) - set(live)
        if live:
            self.until = self.now + length

    @rule(part=st.floats(0, 1))
    def seek(self, part: float) -> None:
        position = int(part * self.head)
        self.write(engine.seek, self.who, self.sub.id, position)
        self.floor = self.acked = self.next = position
        self._start_over()
        self._attach(self.consumer)

    @invariant()
    def the_row_says_what_was_acknowledged(self) -> None:
        row = self.row()
        assert self.acked <= row.acked <= max(self.next, self.acked, 1)

    def teardown(self) -> None:
        self._attach("z")
        for _ in range(self.head + 2):
            found = self._take(9)
            if not found:
                break
            self._acknowledge([found[-1].key])
        assert max(self.acked, 1) == self.head or self.floor == self.head
        assert self.row().acked == self.head


def rows_parked(tx: Any, subscription_id: str) -> set[int]:
    found = tx.all(
        "SELECT position FROM handout WHERE subscription_id = ? AND state = 'parked'",
        subscription_id,
    )
    return {row[0] for row in found}


def own(tx: Any, account_id: str) -> set[int]:
    found = tx.all(
        "SELECT position FROM event WHERE account_id = ?"
        " AND type IN ('subscription.created', 'subscription.parked')",
        account_id,
    )
    return {row[0] for row in found}


def drop_parked(tx: Any, subscription_id: str) -> None:
    tx.execute(
        "DELETE FROM handout WHERE subscription_id = ? AND state = 'parked'",
        subscription_id,
    )


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "kind", [SharedMachine, ExclusiveMachine], ids=["shared", "exclusive"]
)
def test_nothing_is_lost_and_nothing_is_in_two_hands(
    world: World, kind: type[Machine]
) -> None:
    machine = type(kind.__name__, (kind,), {"world": world})
    run_state_machine_as_test(machine, settings=RULES)
