from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.event import EventType
from mailbot_server.core.webhook import health
from mailbot_server.core.webhook.health import Health, State
from mailbot_server.core.webhook.result import Result

NOW = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)
OK, BAD = Result.SUCCESS, Result.SERVER_ERROR


def run(results, start=None, step=timedelta(seconds=1)):
    known, told, now = start or Health(), [], NOW
    for result in results:
        known, news = health.after(known, result, now)
        told += [news] if news else []
        now += step
    return known, told


def test_the_fifth_failure_in_a_row_opens_the_breaker_and_is_told_once():
    known, told = run([BAD] * 4)
    assert (known.state, known.failures, told) == (State.ACTIVE, 4, [])
    known, told = run([BAD] * 8)
    assert (known.state, known.failures) == (State.FAILING, 8)
    assert told == [EventType.WEBHOOK_FAILING]
    assert known.failing_since == NOW


def test_a_success_closes_it_and_is_told_once():
    known, told = run([*[BAD] * 5, OK, OK])
    assert known == Health(succeeded_at=NOW + timedelta(seconds=6))
    assert told == [EventType.WEBHOOK_FAILING, EventType.WEBHOOK_RECOVERED]


def test_a_failure_that_was_not_told_has_no_recovery():
    assert run([BAD, BAD, OK]) == (Health(succeeded_at=NOW + timedelta(seconds=2)), [])


def test_while_it_fails_there_is_one_probe_a_minute():
    known, _ = run([BAD] * 5)
    opened_at = NOW + timedelta(seconds=4)
    assert health.room(known, 8, opened_at) == 0
    assert health.room(known, 8, opened_at + timedelta(seconds=59)) == 0
    later = opened_at + timedelta(seconds=60)
    assert health.room(known, 8, later) == 1
    assert health.room(known, 0, later) == 0
    assert health.room(health.probed(known, later), 8, later) == 0


def test_five_days_of_failures_alone_end_it():
    known, told = run([BAD] * 6, step=timedelta(days=1))
    assert known.state is State.DISABLED
    assert known.disable_reason == health.FAILED_TOO_LONG
    assert told == [EventType.WEBHOOK_FAILING, EventType.WEBHOOK_DISABLED]


def test_one_success_in_five_days_goes_on():
    known, told = run([*[BAD] * 4, OK, *[BAD] * 4], step=timedelta(days=1))
    assert known.state is State.ACTIVE
    assert told == []


def test_410_ends_it_at_once():
    known, told = run([OK, Result.GONE])
    assert (known.state, known.disable_reason) == (State.DISABLED, health.GONE)
    assert told == [EventType.WEBHOOK_DISABLED]
    assert health.room(known, 8, NOW + timedelta(days=9)) == 0


def test_what_was_under_way_changes_nothing_of_a_disabled_one():
    stopped = health.disabled(Health(), health.BY_CALLER)
    for result in (OK, BAD, Result.GONE):
        known, told = health.after(stopped, result, NOW)
        assert (known.state, known.disable_reason) == (State.DISABLED, "caller")
        assert told is None


def test_an_enabled_one_begins_anew():
    known, _ = run([OK, *[BAD] * 7])
    again = health.enabled(health.disabled(known, health.BY_CALLER))
    assert again == Health(succeeded_at=NOW)


@given(st.lists(st.sampled_from([OK, BAD, Result.TIMEOUT]), max_size=60))
def test_failing_and_recovered_take_turns(results):
    known, told = run(results)
    pairs = [EventType.WEBHOOK_FAILING, EventType.WEBHOOK_RECOVERED]
    assert told == (pairs * len(told))[: len(told)]
    assert (known.state is State.FAILING) is (len(told) % 2 == 1)
    assert (known.failures == 0) is (not results or results[-1] is OK)
