"""A rate lets out what runs in, and a little at once after a pause."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.shaping import bucket as buckets

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_a_burst_and_then_the_rate():
    its = buckets.full(60, NOW)
    for _ in range(6):
        assert buckets.wait_seconds(its, 60) == 0
        its = buckets.taken(its)
    assert buckets.wait_seconds(its, 60) == pytest.approx(1, abs=0.001)
    its = buckets.filled(its, 60, NOW + timedelta(seconds=1))
    assert buckets.wait_seconds(its, 60) == 0


def test_what_was_taken_too_much_is_owed():
    its = buckets.taken(buckets.full(60, NOW), 16)
    assert buckets.wait_seconds(its, 60) == pytest.approx(11, abs=0.001)


def test_the_slowest_rate_lets_one_go():
    assert buckets.wait_seconds(buckets.full(1, NOW), 1) == 0


def test_a15_a_clock_that_was_set_back_adds_nothing_and_stops_nothing():
    its = buckets.taken(buckets.full(60, NOW), 6)
    its = buckets.filled(its, 60, NOW - timedelta(hours=2))
    assert its.level == 0
    its = buckets.filled(its, 60, NOW - timedelta(hours=2) + timedelta(seconds=3))
    assert its.level == 3


@given(per_minute=st.integers(1, 6000), gaps=st.lists(st.floats(0, 20), max_size=200))
def test_no_more_goes_than_the_rate_and_one_burst(per_minute, gaps):
    its, at, count = buckets.full(per_minute, NOW), NOW, 0
    burst = its.level
    for gap in gaps:
        at += timedelta(seconds=gap)
        its = buckets.filled(its, per_minute, at)
        while buckets.wait_seconds(its, per_minute) == 0:
            its, count = buckets.taken(its), count + 1
    allowed = burst + per_minute * (at - NOW).total_seconds() / 60
    assert count <= allowed + 0.001
