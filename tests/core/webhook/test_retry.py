from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.webhook import retry

NOW = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)


def test_the_schedule_is_the_documented_one():
    waits = [
        (retry.next_attempt_at(number, NOW, 0.5) or NOW) - NOW
        for number in range(1, retry.ATTEMPTS_MAX)
    ]
    assert [round(wait.total_seconds()) for wait in waits] == [
        *(5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, 86400)
    ]
    assert timedelta(days=4) < sum(waits, timedelta()) < timedelta(days=4.5)


def test_after_the_last_attempt_it_is_given_up():
    assert retry.next_attempt_at(retry.ATTEMPTS_MAX, NOW, 0.5) is None


@given(attempts=st.integers(1, retry.ATTEMPTS_MAX - 1), chance=st.floats(0, 1))
def test_chance_moves_a_wait_by_a_tenth_at_most(attempts, chance):
    at = retry.next_attempt_at(attempts, NOW, chance)
    assert at is not None
    share = (at - NOW) / retry.WAITS[attempts - 1]
    assert 0.8999 <= share <= 1.1001


def test_nobody_comes_before_the_time_that_was_asked_for():
    asked = timedelta(minutes=10)
    for chance in (0.0, 0.5, 1.0):
        at = retry.next_attempt_at(1, NOW, chance, asked)
        assert at is not None
        assert asked <= at - NOW <= asked * 1.1


def test_a_shorter_wish_does_not_use_attempts_up_sooner():
    at = retry.next_attempt_at(3, NOW, 0.5, timedelta(seconds=1))
    assert at == NOW + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        pytest.param("120", 120, id="rfc9110-10.2.3-seconds"),
        pytest.param(" 0 ", 0, id="none"),
        pytest.param("99999999999999999", 86400, id="capped"),
        pytest.param("Thu, 20 Nov 2025 12:01:00 GMT", 60, id="rfc9110-5.6.7-imf"),
        pytest.param("Thursday, 20-Nov-25 12:01:00 GMT", 60, id="rfc9110-5.6.7-850"),
        pytest.param("Thu Nov 20 12:01:00 2025", 60, id="rfc9110-5.6.7-asctime"),
        pytest.param("Sat Nov  1 12:01:00 2025", 0, id="asctime-one-digit-past"),
        pytest.param("Thu, 20 Nov 2035 12:01:00 GMT", 86400, id="date-capped"),
        pytest.param("Friday, 20-Nov-76 12:01:00 GMT", 0, id="more-than-50-years"),
    ],
)
def test_what_is_asked_for(text, seconds):
    assert retry.retry_after(text, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-5", "1.5", "soon", "9" * 5000, "١٢"),
        "Thu, 31 Feb 2025 12:01:00 GMT",
        "Thu, 20 Nov 2025 25:01:00 GMT",
        "Thu, 20 Nov 0000 12:01:00 GMT",
    ],
)
def test_what_says_nothing_is_nothing(text):
    assert retry.retry_after(text, NOW) is None


@given(st.text(max_size=80))
def test_no_text_breaks_it(text):
    asked = retry.retry_after(text, NOW)
    assert asked is None or timedelta() <= asked <= retry.RETRY_AFTER_MAX
