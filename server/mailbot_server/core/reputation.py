"""
Whether an inbox's mail is wanted: hard bounces and complaints against what it sent.

Counted by the hour, newest first, over the last 24 h or the last 1,000 final outcomes,
whichever reaches further back; an hour counts whole.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

WINDOW: Final = timedelta(hours=24)
OUTCOMES: Final = 1_000
KEPT: Final = timedelta(days=30)
"""Hours before this are forgotten, however little was sent since."""

OUTCOMES_MIN: Final = 100
"""Fewer say nothing about an inbox."""


class Outcome(StrEnum):
    """What counts for an inbox's reputation."""

    OTHER = "other"
    """A final outcome that is neither of the others: delivered, for example."""

    HARD_BOUNCE = "hard_bounce"
    """A final outcome too: refused for good, because of the recipient."""

    LATE_BOUNCE = "late_bounce"
    """A hard bounce of what was counted as another outcome before."""

    COMPLAINT = "complaint"
    """No outcome, but what became of one."""


class Standing(StrEnum):
    """What the figures say."""

    GOOD = "good"
    WARNED = "warned"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much happened; `outcomes` includes the hard bounces."""

    outcomes: int = 0
    hard_bounces: int = 0
    complaints: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            outcomes=self.outcomes + other.outcomes,
            hard_bounces=self.hard_bounces + other.hard_bounces,
            complaints=self.complaints + other.complaints,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reputation:
    """A judgement; `cause` and `threshold` name what is not good, a share."""

    tally: Tally
    standing: Standing
    cause: str = ""
    threshold: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """A figure that must stay below shares of the outcomes, once there are a few."""

    name: str
    least: int
    warns_at: float
    ends_at: float


MEASURES: Final = (
    _Measure(name="hard_bounces", least=5, warns_at=0.05, ends_at=0.10),
    _Measure(name="complaints", least=3, warns_at=0.001, ends_at=0.003),
)


def hour_of(moment: datetime) -> datetime:
    """The start of the hour in which this is counted."""
    return moment.replace(minute=0, second=0, microsecond=0)


def judge(tally: Tally) -> Reputation:
    """What the figures say; the worst of the measures counts."""
    found = Reputation(tally=tally, standing=Standing.GOOD)
    if tally.outcomes < OUTCOMES_MIN:
        return found
    for measure in MEASURES:
        count = getattr(tally, measure.name)
        share = count / tally.outcomes
        if count < measure.least or share < measure.warns_at:
            continue
        if share >= measure.ends_at:
            return _reputation(tally, Standing.BAD, measure.name, measure.ends_at)
        if found.standing is Standing.GOOD:
            found = _reputation(tally, Standing.WARNED, measure.name, measure.warns_at)
    return found


def _reputation(
    tally: Tally, standing: Standing, cause: str, threshold: float
) -> Reputation:
    return Reputation(tally=tally, standing=standing, cause=cause, threshold=threshold)
