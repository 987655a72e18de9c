"""A delivery goes only where the table leads, and comes to an end."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import delivery
from mailbot_server.core.delivery import (
    NEXT,
    OPEN,
    Accepted,
    Deferred,
    Failed,
    Lost,
    Outcome,
    Refused,
    State,
    Step,
    Trace,
    advance,
    step_of,
)
from mailbot_server.core.message import Guarantee

TRACE = Trace(started_at=datetime(2026, 3, 2, tzinfo=UTC))
ALL = list(itertools.product(State, Step))
ONCE, LEAST = Guarantee.AT_MOST_ONCE, Guarantee.AT_LEAST_ONCE


@pytest.mark.parametrize(("state", "step"), ALL)
def test_a_step_is_in_the_table_or_cannot_happen(state, step):
    if (state, step) in NEXT:
        assert advance(state, step) is NEXT[state, step]
    else:
        with pytest.raises(KeyError):
            advance(state, step)


@pytest.mark.parametrize("state", State)
def test_nothing_leaves_a_terminal_state_and_something_every_other(state):
    leaving = {step for before, step in NEXT if before is state}
    assert bool(leaving) is not state.is_terminal
    assert state.is_terminal is (state not in OPEN)


def test_open_states_are_those_that_wait():
    assert {State.QUEUED, State.LEASED, State.DEFERRED, State.HELD} == OPEN


def test_every_state_and_every_step_is_used():
    assert {step for _, step in NEXT} == set(Step)
    assert set(NEXT.values()) == set(State)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_end_can_be_reached_from_every_open_state(state):
    reached = {state}
    while more := {after for (b, _), after in NEXT.items() if b in reached} - reached:
        reached |= more
    assert any(each.is_terminal for each in reached)
    assert reached >= OPEN


@pytest.mark.parametrize("step", [Step.RELAY, Step.DELIVER, Step.BOUNCE, Step.FAIL])
def test_only_a_lease_can_tell_what_the_other_side_said(step):
    assert [before for before, each in NEXT if each is step] == [State.LEASED]


def test_what_waits_can_be_cancelled_and_can_expire():
    for state in OPEN:
        assert advance(state, Step.CANCEL) is State.CANCELLED
        assert advance(state, Step.EXPIRE) is State.EXPIRED


OUTCOMES = [
    (Accepted(trace=TRACE, is_final=True), State.DELIVERED),
    (Accepted(trace=TRACE, is_final=False), State.SENT),
    (Refused(trace=TRACE), State.BOUNCED),
    (Failed(trace=TRACE), State.FAILED),
]


@pytest.mark.parametrize(("outcome", "state"), OUTCOMES)
@pytest.mark.parametrize("guarantee", Guarantee)
@pytest.mark.parametrize("may_retry", [True, False])
def test_a_clear_outcome_ends_the_delivery(outcome, state, guarantee, may_retry):
    step = step_of(outcome, guarantee, may_retry=may_retry)
    assert advance(State.LEASED, step) is state


@pytest.mark.parametrize(
    ("outcome", "guarantee", "may_retry", "state"),
    [
        (Deferred(trace=TRACE), LEAST, True, State.DEFERRED),
        (Deferred(trace=TRACE), ONCE, True, State.DEFERRED),
        (Deferred(trace=TRACE, is_quick=True), LEAST, True, State.DEFERRED),
        (Deferred(trace=TRACE), LEAST, False, State.EXPIRED),
        (Deferred(trace=TRACE), ONCE, False, State.EXPIRED),
        (Lost(trace=TRACE), LEAST, True, State.DEFERRED),
        (Lost(trace=TRACE), LEAST, False, State.EXPIRED),
        (Lost(trace=TRACE), ONCE, True, State.UNKNOWN),
        (Lost(trace=TRACE), ONCE, False, State.UNKNOWN),
    ],
)
def test_an_unclear_outcome_waits_or_gives_up(outcome, guarantee, may_retry, state):
    step = step_of(outcome, guarantee, may_retry=may_retry)
    assert advance(State.LEASED, step) is state


outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Accepted, trace=st.just(TRACE), is_final=st.booleans()),
    st.builds(Deferred, trace=st.just(TRACE), is_quick=st.booleans()),
    st.builds(Refused, trace=st.just(TRACE)),
    st.builds(Failed, trace=st.just(TRACE)),
    st.builds(Lost, trace=st.just(TRACE)),
)


@given(st.lists(outcomes, max_size=30), st.sampled_from(Guarantee), st.integers(0, 30))
def test_attempts_always_end_and_never_after_the_time_is_up(found, guarantee, tries):
    """Leases and outcomes in any order, until time runs out."""
    state = State.QUEUED
    for number, outcome in enumerate(found):
        leased = advance(state, Step.LEASE)
        may_retry = number < tries
        state = advance(leased, step_of(outcome, guarantee, may_retry=may_retry))
        assert state.is_terminal or may_retry
        if state.is_terminal:
            break
        assert state is State.DEFERRED


def test_the_states_that_the_wire_names_are_all_here():
    assert len({state.value for state in State}) == len(State) == 12
    assert delivery.Stage.EOD.value == "eod"
