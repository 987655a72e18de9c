"""The share of a destination grows by answers and shrinks where nobody answers."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.delivery import (
    Accepted,
    Deferred,
    Failed,
    Lost,
    Refused,
    Stage,
    Trace,
)
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.shaping import flow
from mailbot_server.core.shaping.flow import Flow, Signal

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
START, CEILING = 5, 20


def trace(stage: Stage, code: int, enhanced: str = "") -> Trace:
    reply = Reply(code=code, enhanced=enhanced)
    return Trace(stage=stage, reply=reply, started_at=NOW)


def dead(times: int = 1, at: datetime = NOW) -> Flow:
    its = Flow(window=START)
    for _ in range(times):
        while not flow.is_paused(its, at):
            its = flow.failed(its, at)
        assert its.paused_until is not None
        at = its.paused_until
    return its


@pytest.mark.parametrize(
    ("outcome", "signal"),
    [
        (Accepted(trace=trace(Stage.EOD, 250), is_final=True), Signal.GOOD),
        (Refused(trace=trace(Stage.RCPT, 550)), Signal.GOOD),
        (Refused(trace=trace(Stage.ROUTE, 0, "5.1.2")), Signal.NONE),
        (Deferred(trace=trace(Stage.RCPT, 450)), Signal.GOOD),
        (Deferred(trace=trace(Stage.RCPT, 421)), Signal.BAD),
        (Deferred(trace=trace(Stage.CONNECT, 0, "4.4.1")), Signal.BAD),
        (Deferred(trace=trace(Stage.GREETING, 451)), Signal.BAD),
        (Deferred(trace=trace(Stage.TLS, 454)), Signal.BAD),
        (Deferred(trace=trace(Stage.TLS, 0, "4.4.2")), Signal.BAD),
        (Deferred(trace=trace(Stage.TLS, 0, "4.7.5")), Signal.NONE),
        (Deferred(trace=trace(Stage.DATA, 0, "4.4.2")), Signal.BAD),
        (Deferred(trace=trace(Stage.ROUTE, 0, "4.4.3")), Signal.NONE),
        (Deferred(trace=trace(Stage.MAIL, 0, "4.3.0")), Signal.NONE),
        (Lost(trace=trace(Stage.EOD, 0, "4.4.2")), Signal.BAD),
        (Failed(trace=trace(Stage.ROUTE, 0, "5.3.0")), Signal.NONE),
    ],
)
def test_only_what_says_something_of_the_destination_counts(outcome, signal):
    assert flow.signal_of(outcome) is signal


def test_a_whole_window_of_answers_makes_one_more():
    its = Flow(window=START)
    for _ in range(START):
        assert its.window == START
        its = flow.answered(its, START, START, CEILING)
    assert (its.window, its.has_answered) == (START + 1, True)


def test_a_share_that_nobody_uses_does_not_grow():
    its = Flow(window=10)
    for _ in range(100):
        its = flow.answered(its, 2, START, CEILING)
    assert its.window == 10


def test_it_grows_to_the_ceiling_and_comes_down_to_it():
    its = Flow(window=START)
    for _ in range(1000):
        its = flow.answered(its, CEILING, START, CEILING)
    assert its.window == CEILING
    assert flow.answered(its, CEILING, START, 3).window == 3


def test_one_failure_is_one_less_and_then_a_window_of_them():
    its = Flow(window=10)
    its = flow.failed(its, NOW)
    assert its.window == 9
    for _ in range(8):
        its = flow.failed(its, NOW)
    assert its.window == 9
    assert flow.failed(its, NOW).window == 8


def test_answers_between_failures_keep_it_alive():
    its = Flow(window=START)
    for _ in range(100):
        for _ in range(2):
            its = flow.failed(its, NOW)
        its = flow.answered(its, START, START, CEILING)
    assert not flow.is_paused(its, NOW)
    assert its.window >= 1


def test_whole_windows_that_fail_make_it_dead_for_a_minute():
    its = dead()
    assert its.paused_until == NOW + timedelta(minutes=1)
    assert flow.attempts_max(its, NOW) == 0
    assert flow.failed(its, NOW) == its
    end = its.paused_until
    assert flow.attempts_max(its, end) == 1


def test_a_probe_that_fails_doubles_the_pause_up_to_half_an_hour():
    lengths = []
    at = NOW
    its = Flow(window=START)
    for _ in range(8):
        while not flow.is_paused(its, at):
            its = flow.failed(its, at)
        assert its.paused_until is not None
        lengths.append((its.paused_until - at).total_seconds() / 60)
        at = its.paused_until
    assert lengths == [1, 2, 4, 8, 16, 30, 30, 30]


def test_failures_that_lie_far_apart_make_nobody_dead():
    its, at = Flow(window=START), NOW
    for _ in range(100):
        its = flow.failed(its, at)
        at += timedelta(hours=4)
        assert not flow.is_paused(its, at)


def test_a_probe_that_is_answered_begins_anew():
    its = dead(3)
    assert flow.answered(its, 0, START, CEILING) == Flow(
        window=START, has_answered=True
    )


def test_a15_a_clock_that_was_set_back_ends_a_pause():
    its = dead()
    assert not flow.is_paused(its, NOW - timedelta(hours=2))
    assert not flow.is_paused(its, NOW + timedelta(hours=2))


@given(
    steps=st.lists(st.booleans(), max_size=300),
    start=st.integers(1, 20),
    ceiling=st.integers(1, 30),
    busy=st.integers(0, 30),
)
def test_the_share_stays_within_its_bounds(steps, start, ceiling, busy):
    its = Flow(window=min(start, ceiling))
    for is_answered in steps:
        if is_answered:
            its = flow.answered(its, busy, start, ceiling)
        else:
            its = flow.failed(its, NOW)
        assert 1 <= its.window <= max(start, ceiling)
        assert 0 <= its.gain < 1
        assert -1e-6 <= its.loss <= 1
        assert 0 <= flow.attempts_max(its, NOW) <= its.window
        if is_answered:
            assert not its.is_failing
