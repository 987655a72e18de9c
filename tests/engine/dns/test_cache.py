"""A memory that forgets in time and in order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.engine.dns.cache import Cache
from tests.fakes.clock import FakeClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def cache(clock) -> Cache[str, int]:
    return Cache(clock, 3)


def test_what_is_kept_is_given_until_its_time_is_over(cache, clock):
    cache.put("a", 1, MINUTE)
    clock.advance(seconds=59)
    assert cache.get("a") == 1
    clock.advance(seconds=1)
    assert cache.get("a") is None
    assert len(cache) == 0


def test_a_clock_that_was_set_back_keeps_nothing_for_longer(cache, clock):
    cache.put("a", 1, MINUTE)
    clock.advance(hours=-3)
    assert cache.get("a") is None
    cache.put("a", 2, MINUTE)
    assert cache.get("a") == 2


def test_what_is_put_again_begins_again(cache, clock):
    cache.put("a", 1, MINUTE)
    clock.advance(seconds=30)
    cache.put("a", 2, MINUTE)
    clock.advance(seconds=30)
    assert cache.get("a") == 2


def test_what_is_longest_unused_leaves_first(cache):
    for number, key in enumerate("abc"):
        cache.put(key, number, MINUTE)
    assert cache.get("a") == 0
    cache.put("d", 3, MINUTE)
    assert [cache.get(key) for key in "abcd"] == [0, None, 2, 3]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=50))
def test_it_never_grows_and_keeps_the_last_used(steps):
    cache: Cache[str, str] = Cache(FakeClock(), 3)
    used: list[str] = []
    for key, puts in steps:
        if puts:
            cache.put(key, key, MINUTE)
        if cache.get(key) is not None:
            used = [*(each for each in used if each != key), key][-3:]
    assert len(cache) == len(used)
    assert [cache.get(key) for key in used] == used
