"""
How an endpoint fares: a circuit breaker that opens, probes, closes and gives up.

Five failures in a row open it: from then on the endpoint gets one probe a minute and
everything else waits. A success closes it at once. Five days of failures alone, or the
answer 410, end it until somebody enables the webhook.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from mailbot_server.core.event import EventType
from mailbot_server.core.webhook.result import Result

FAILURES_TOLERATED: Final = 4
PROBE_EVERY: Final = timedelta(minutes=1)
DISABLED_AFTER: Final = timedelta(days=5)

BY_CALLER: Final = "caller"
GONE: Final = "gone"
FAILED_TOO_LONG: Final = "failed_for_5_days"


class State(StrEnum):
    """Whether an endpoint gets requests; see Webhook.State in webhooks.proto."""

    ACTIVE = "active"
    FAILING = "failing"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is remembered of the requests to an endpoint."""

    state: State = State.ACTIVE
    disable_reason: str = ""
    failures: int = 0
    """Since the last success."""

    succeeded_at: datetime | None = None
    failing_since: datetime | None = None
    probe_at: datetime | None = None
    """FAILING: when the next request may be sent."""


def after(
    health: Health, result: Result, now: datetime
) -> tuple[Health, EventType | None]:
    """How it fares after one more answer, and what has to be told of that."""
    if result is Result.SUCCESS:
        return _succeeded(health, now)
    failed = replace(
        health,
        failures=health.failures + 1,
        failing_since=health.failing_since or now,
    )
    if failed.state is State.DISABLED:
        # What was under way when it was disabled.
        return failed, None
    if result is Result.GONE:
        return disabled(failed, GONE), EventType.WEBHOOK_DISABLED
    since = failed.failing_since
    if since is not None and now - since >= DISABLED_AFTER:
        return disabled(failed, FAILED_TOO_LONG), EventType.WEBHOOK_DISABLED
    if failed.failures <= FAILURES_TOLERATED:
        return failed, None
    opened = replace(failed, state=State.FAILING, probe_at=now + PROBE_EVERY)
    is_news = health.state is State.ACTIVE
    return opened, EventType.WEBHOOK_FAILING if is_news else None


def disabled(health: Health, reason: str) -> Health:
    """It gets nothing any more."""
    return replace(health, state=State.DISABLED, disable_reason=reason, probe_at=None)


def enabled(health: Health) -> Health:
    """It gets everything, as if nothing had happened but its last success."""
    return Health(succeeded_at=health.succeeded_at)


def room(health: Health, asked: int, now: datetime) -> int:
    """How many deliveries may be begun where there would be room for `asked`."""
    match health.state:
        case State.ACTIVE:
            return asked
        case State.FAILING:
            is_time = health.probe_at is None or now >= health.probe_at
            return min(asked, 1) if is_time else 0
        case State.DISABLED:
            return 0


def probed(health: Health, now: datetime) -> Health:
    """A probe was begun: the next one, from whatever process, comes a minute later."""
    return replace(health, probe_at=now + PROBE_EVERY)


def _succeeded(health: Health, now: datetime) -> tuple[Health, EventType | None]:
    if health.state is State.DISABLED:
        return replace(health, succeeded_at=now), None
    told = EventType.WEBHOOK_RECOVERED if health.state is State.FAILING else None
    return Health(succeeded_at=now), told
