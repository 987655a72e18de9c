"""When to try again, when to give up (RFC 5321 4.5.4.1)."""

import re
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.message import Stream

QUICK_WAIT: Final = timedelta(minutes=1)
"""For greylisting and trouble before a greeting, which often pass at once."""

WAITS: Final = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
)
"""After the first attempt, the second …; the last one stays."""

LIFETIMES: Final = {
    # RFC 5321 4.5.4.1: "the give-up time generally needs to be at least 4-5 days".
    Stream.BULK: timedelta(days=5),
    # Nobody wants a sign-in code on the fifth day.
    Stream.TRANSACTIONAL: timedelta(hours=72),
}

DELAYS_ANNOUNCED_AFTER: Final = (timedelta(hours=1), timedelta(hours=4))

HINT_MIN: Final = timedelta(seconds=60)
HINT_MAX: Final = timedelta(hours=4)
JITTER_SHARE: Final = 0.2

_HINT_TEXT_MAX: Final = 1000
_HINT_AGE_SHARE: Final = 8
_HINT: Final = re.compile(
    r"(?:again|retry|wait|back|delayed|gr[ea]ylist(?:ed|ing)?)[^0-9]{0,40}"
    r"(?:(?P<n>[0-9]{1,6})\s{0,3}(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)"
    r"|(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2}):(?P<s>[0-9]{2}))\b",
    re.IGNORECASE | re.ASCII,
)
_UNIT_SECONDS: Final = {"s": 1, "m": 60, "h": 3600}


def next_attempt_at(
    *,
    attempts: int,
    now: datetime,
    first_at: datetime,
    gives_up_at: datetime,
    quick: bool,
    hint_seconds: int | None,
    jitter: float,
) -> datetime | None:
    """
    When to try a delivery again; None means give up.

    `attempts` counts those that have ended, `first_at` is when the first one began,
    `jitter` in [-1, 1] moves the wait by a fifth. A hint takes the schedule's place:
    never sooner than it asks for, and believed less the older the delivery is, so that
    "try again in 60 seconds" for three days is not four thousand attempts. The last
    attempt is made at `gives_up_at` itself.
    """
    remaining = gives_up_at - now
    if remaining < HINT_MIN:
        return None
    if hint_seconds is None:
        wait = _scheduled(attempts, quick=quick) * (1 + JITTER_SHARE * jitter)
    else:
        patience = max(HINT_MIN, (now - first_at) / _HINT_AGE_SHARE)
        wished = timedelta(seconds=hint_seconds)
        wait = min(max(wished, patience), HINT_MAX) * (1 + JITTER_SHARE * abs(jitter))
    return now + min(wait, remaining)


def _scheduled(attempts: int, *, quick: bool) -> timedelta:
    waits = (QUICK_WAIT, *WAITS) if quick else WAITS
    return waits[min(max(attempts, 1), len(waits)) - 1]


def gives_up_at(queued_at: datetime, stream: str) -> datetime:
    """When a delivery of this `Stream` is given up."""
    return queued_at + LIFETIMES[Stream(stream)]


def delays_announced(queued_at: datetime, now: datetime, already: int) -> int:
    """
    How many message.delayed events a delivery is to have had by `now`.

    Never less than `already`; one event is due when the answer is more.
    """
    passed = sum(now - queued_at >= after for after in DELAYS_ANNOUNCED_AFTER)
    return max(already, passed)


def hint_seconds(text: str) -> int | None:
    """The wait that a reply's text asks for ("try again in 5 minutes"), if it does."""
    match = _HINT.search(text[:_HINT_TEXT_MAX])
    if match is None:
        return None
    if match["n"]:
        return int(match["n"]) * _UNIT_SECONDS[match["unit"][0].lower()]
    return int(match["h"]) * 3600 + int(match["m"]) * 60 + int(match["s"])
