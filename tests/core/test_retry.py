from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import retry
from mailbot_server.core.message import Stream

NOW = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def next_attempt(**changes: Any):
    asked: dict[str, Any] = {
        "attempts": 1,
        "now": NOW,
        "first_at": NOW,
        "gives_up_at": NOW + timedelta(days=5),
        "quick": False,
        "hint_seconds": None,
        "jitter": 0.0,
    }
    return retry.next_attempt_at(**(asked | changes))


def wait(**changes):
    return next_attempt(**changes) - NOW


@pytest.mark.parametrize(
    ("quick", "waits"),
    [
        pytest.param(
            False, [5, 15, 30, 60, 120, 240, 240, 240], id="decisions-6-refused"
        ),
        pytest.param(True, [1, 5, 15, 30, 60, 120, 240, 240], id="decisions-6-quick"),
    ],
)
def test_waits_grow_to_four_hours_and_stay_there(quick, waits):
    found = [wait(attempts=n, quick=quick) / MINUTE for n in range(1, 9)]
    assert found == waits


def test_jitter_moves_a_wait_by_a_fifth():
    assert wait(jitter=-1) == 4 * MINUTE
    assert wait(jitter=1) == 6 * MINUTE


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        pytest.param(1, 60, id="no-sooner-than-a-minute"),
        pytest.param(0, 60, id="zero"),
        pytest.param(300, 300, id="as-asked"),
        pytest.param(14_400, 14_400, id="four-hours"),
        pytest.param(999_999 * 3600, 14_400, id="no-later-than-four-hours"),
    ],
)
def test_hint_takes_the_place_of_the_schedule_within_bounds(hint, expected):
    assert wait(hint_seconds=hint).total_seconds() == expected
    assert wait(hint_seconds=hint, attempts=9, quick=True).total_seconds() == expected


def test_hint_is_never_beaten_by_jitter():
    assert wait(hint_seconds=300, jitter=-1) == 6 * MINUTE


def test_short_hint_is_believed_less_with_age():
    assert wait(hint_seconds=60, first_at=NOW - 8 * HOUR) == HOUR
    assert wait(hint_seconds=60, first_at=NOW - timedelta(days=3)) == 4 * HOUR


def test_host_that_always_asks_for_a_minute_does_not_get_thousands_of_attempts():
    deadline = NOW + 72 * HOUR
    tries = [NOW]
    for attempts in range(1, 200):
        asked = {"now": tries[-1], "attempts": attempts, "gives_up_at": deadline}
        again = next_attempt(hint_seconds=60, **asked)
        if again is None:
            break
        tries.append(again)
    assert tries[-1] == deadline
    assert len(tries) < 100


def test_last_attempt_is_made_at_the_deadline():
    deadline = NOW + 3 * MINUTE
    assert next_attempt(gives_up_at=deadline) == deadline


@pytest.mark.parametrize("left", [timedelta(seconds=59), timedelta(0), -HOUR])
def test_gives_up_when_less_than_a_minute_is_left(left):
    assert next_attempt(gives_up_at=NOW + left) is None


@given(
    attempts=st.integers(0, 10_000),
    age=st.integers(0, 5 * 86_400),
    left=st.integers(60, 5 * 86_400),
    quick=st.booleans(),
    hint_seconds=st.none() | st.integers(0, 10**10),
    jitter=st.floats(-1, 1),
)
def test_every_wait_is_bounded_and_inside_the_lifetime(
    attempts, age, left, quick, hint_seconds, jitter
):
    gives_up_at = NOW + timedelta(seconds=left)
    found = next_attempt(
        attempts=attempts,
        first_at=NOW - timedelta(seconds=age),
        gives_up_at=gives_up_at,
        quick=quick,
        hint_seconds=hint_seconds,
        jitter=jitter,
    )
    assert NOW + timedelta(seconds=48) <= found <= gives_up_at
    assert found <= NOW + 4.8 * HOUR


@given(attempts=st.integers(1, 50), quick=st.booleans(), jitter=st.floats(-1, 1))
def test_waits_never_shrink(attempts, quick, jitter):
    now, later = (
        wait(attempts=n, quick=quick, jitter=jitter) for n in (attempts, attempts + 1)
    )
    assert now <= later


@pytest.mark.parametrize(
    ("stream", "lifetime"),
    [
        ("transactional", timedelta(hours=72)),
        ("bulk", timedelta(days=5)),
        (Stream.BULK, timedelta(days=5)),
    ],
)
def test_gives_up_after_three_days_and_bulk_after_five(stream, lifetime):
    assert retry.gives_up_at(NOW, stream) == NOW + lifetime


@pytest.mark.parametrize(
    ("age", "already", "expected"),
    [
        (timedelta(minutes=59), 0, 0),
        (HOUR, 0, 1),
        (HOUR, 1, 1),
        (4 * HOUR - timedelta(seconds=1), 1, 1),
        (4 * HOUR, 1, 2),
        (40 * HOUR, 0, 2),
        (40 * HOUR, 2, 2),
        (timedelta(0), 2, 2),
    ],
)
def test_delays_are_announced_after_one_hour_and_four(age, already, expected):
    assert retry.delays_announced(NOW, NOW + age, already) == expected


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Greylisted, please try again in 300 seconds", 300),
        ("4.7.1 Greylisting in action, please come back in 00:04:59", 299),
        ("Recipient address rejected: Greylisted for 5 minutes", 300),
        ("Too many messages, TRY AGAIN IN 2 HOURS", 7200),
        ("please retry after 90s", 90),
        ("wait at least 10 min before the next message", 600),
        ("Try again in about 1 hour", 3600),
        ("try again later. You sent 100 messages in 60 minutes", None),
        ("Greylisted", None),
        ("mailbox unavailable", None),
        ("again in 5 months", None),
        ("", None),
        ("x" * 1000 + "try again in 300 seconds", None),
    ],
)
def test_hints_are_read_from_the_words_of_a_reply(text, seconds):
    assert retry.hint_seconds(text) == seconds


@given(st.text(max_size=2000))
def test_any_text_is_searched_for_a_hint(text):
    assert (retry.hint_seconds(text) or 0) >= 0
