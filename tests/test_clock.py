"""The two clocks and the source of random bytes."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from mailbot_server import clock
from mailbot_server.clock import BLOCK_BYTES, Entropy, SystemClock, WallClock


@pytest.fixture
def machine(monkeypatch):
    """A machine whose two times a test moves: the wall's and the steady one."""

    class Machine:
        wall = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
        steady = 1000.0
        slept = 0.0

        def now(self, tz):
            assert tz is UTC
            return self.wall

        def since_boot(self, which):
            return self.steady + self.slept * (which == time.CLOCK_BOOTTIME)

    made = Machine()
    monkeypatch.setattr(clock, "datetime", made)
    monkeypatch.setattr("mailbot_server.clock.time.clock_gettime", made.since_boot)
    return made


def test_the_wall_clock_tells_the_machine_s_time(machine):
    tell = WallClock()
    machine.wall += timedelta(hours=1)
    assert tell() == machine.wall


def test_the_system_clock_goes_on_with_the_steady_time(machine):
    tell = SystemClock()
    began = tell()
    machine.steady += 90
    assert tell() - began == timedelta(seconds=90)


def test_the_system_clock_goes_on_while_the_machine_sleeps(machine):
    tell = SystemClock()
    began = tell()
    machine.slept += 3600
    machine.steady += 1
    assert tell() - began == timedelta(seconds=3601)


def test_the_system_clock_does_not_follow_the_wall_back(machine):
    tell = SystemClock()
    began = tell()
    machine.wall -= timedelta(days=1)
    machine.steady += 1
    assert tell() > began


@pytest.mark.parametrize("offset", [timedelta(seconds=-3), timedelta(minutes=5)])
def test_the_system_clock_can_be_set_by_a_better_one(machine, offset):
    tell = SystemClock()
    machine.steady += 10
    better = tell() + offset
    assert tell.adjust(better) == offset.total_seconds()
    assert tell() == better
    assert tell.adjust(better) == 0


def test_real_clocks_agree_and_are_utc():
    wall, system = WallClock()(), SystemClock()()
    assert wall.tzinfo is system.tzinfo is UTC
    assert abs(system - wall) < timedelta(seconds=10)


def test_entropy_has_the_length_that_was_asked_for():
    assert [len(clock.entropy(n)) for n in (0, 1, 32)] == [0, 1, 32]
    assert clock.entropy(32) != clock.entropy(32)


def test_random_bytes_are_as_many_as_asked_for_and_never_given_twice():
    draw = Entropy()
    given = [
        draw(length) for length in [16] * 1000 + [0, 1, BLOCK_BYTES, 3 * BLOCK_BYTES]
    ]
    assert [len(each) for each in given[1000:]] == [0, 1, BLOCK_BYTES, 3 * BLOCK_BYTES]
    assert len(set(given[:1000])) == 1000


def test_threads_never_get_the_same_random_bytes():
    draw = Entropy()
    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(lambda _: draw(12), range(5000)))
    assert len(set(given)) == 5000
