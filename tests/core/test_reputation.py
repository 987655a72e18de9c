from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import reputation
from mailbot_server.core.reputation import Standing, Tally

NOW = datetime(2026, 3, 10, 14, 25, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hours(*tallies: tuple[int, Tally]) -> list[tuple[datetime, Tally]]:
    """Tallies by how many hours ago they began, newest first."""
    start = reputation.hour_of(NOW)
    return [(start - ago * HOUR, tally) for ago, tally in tallies]


@pytest.mark.parametrize(
    ("outcomes", "hard_bounces", "complaints", "standing", "cause"),
    [
        pytest.param(100, 4, 0, Standing.GOOD, "", id="below-five-percent"),
        pytest.param(100, 5, 0, Standing.WARNED, "hard_bounces", id="five-percent"),
        pytest.param(100, 9, 0, Standing.WARNED, "hard_bounces", id="nine-percent"),
        pytest.param(100, 10, 0, Standing.BAD, "hard_bounces", id="ten-percent"),
        pytest.param(99, 99, 99, Standing.GOOD, "", id="too-few-outcomes"),
        pytest.param(100, 0, 2, Standing.GOOD, "", id="two-complaints"),
        pytest.param(100, 0, 3, Standing.BAD, "complaints", id="three-complaints"),
        pytest.param(3_000, 0, 3, Standing.WARNED, "complaints", id="one-per-mille"),
        pytest.param(3_001, 0, 3, Standing.GOOD, "", id="below-one-per-mille"),
        pytest.param(1_000, 0, 3, Standing.BAD, "complaints", id="three-per-mille"),
        pytest.param(1_000, 60, 3, Standing.BAD, "complaints", id="the-worst-counts"),
        pytest.param(1_000, 100, 3, Standing.BAD, "hard_bounces", id="both-bad"),
    ],
)
def test_thresholds(outcomes, hard_bounces, complaints, standing, cause):
    tally = Tally(outcomes=outcomes, hard_bounces=hard_bounces, complaints=complaints)
    found = reputation.judge(tally)
    assert (found.standing, found.cause) == (standing, cause)
    assert (found.threshold > 0) == (standing is not Standing.GOOD)


def test_a_busy_inbox_is_judged_by_its_last_day():
    day = hours((0, Tally(outcomes=600)), (24, Tally(outcomes=600)))
    older = hours((25, Tally(outcomes=500, hard_bounces=500)))
    assert reputation.add_up([*day, *older], NOW) == Tally(outcomes=1_200)


def test_a_quiet_inbox_is_judged_by_its_last_thousand():
    few = hours((0, Tally(outcomes=1)), (100, Tally(outcomes=998)))
    last = hours((200, Tally(outcomes=1, hard_bounces=1)))
    before = hours((300, Tally(outcomes=50, hard_bounces=50)))
    total = reputation.add_up([*few, *last, *before], NOW)
    assert total == Tally(outcomes=1_000, hard_bounces=1)


def test_it_reads_no_further_than_it_has_to():
    def endless():
        ago = 0
        while True:
            assert ago <= 25
            yield from hours((ago, Tally(outcomes=100)))
            ago += 1

    assert reputation.add_up(endless(), NOW).outcomes == 2_500


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 100))
def test_more_harm_is_never_better(outcomes, hard_bounces, complaints):
    order = list(Standing)
    tally = Tally(outcomes=outcomes, hard_bounces=hard_bounces, complaints=complaints)
    worse = tally + Tally(hard_bounces=1, complaints=1)
    before = reputation.judge(tally).standing
    assert order.index(reputation.judge(worse).standing) >= order.index(before)
