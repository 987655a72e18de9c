import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import reputation
from mailbot_server.core.reputation import Standing, Tally


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


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 100))
def test_more_harm_is_never_better(outcomes, hard_bounces, complaints):
    order = list(Standing)
    tally = Tally(outcomes=outcomes, hard_bounces=hard_bounces, complaints=complaints)
    worse = tally + Tally(hard_bounces=1, complaints=1)
    before = reputation.judge(tally).standing
    assert order.index(reputation.judge(worse).standing) >= order.index(before)
