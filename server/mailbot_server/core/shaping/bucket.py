"""
A rate as a bucket that fills steadily and from which each message takes one.

Arithmetic only: a bucket and the time go in, a bucket comes out.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

BURST_SECONDS: Final = 6
"""What a rate lets out at once after a pause."""

_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What may be taken at `at`; below 0 where more was taken than there was."""

    level: float
    at: datetime


def full(per_minute: int, now: datetime) -> Bucket:
    """A bucket of which nothing was taken."""
    return Bucket(level=_capacity(per_minute), at=now)


def filled(bucket: Bucket, per_minute: int, now: datetime) -> Bucket:
    """The bucket with what has run in since; a clock that was set back adds nothing."""
    seconds = max((now - bucket.at).total_seconds(), 0.0)
    level = bucket.level + seconds * per_minute / 60
    return Bucket(level=min(level, _capacity(per_minute)), at=now)


def taken(bucket: Bucket, count: float = 1) -> Bucket:
    """The bucket without `count`, which may leave it owing."""
    return replace(bucket, level=bucket.level - count)


def wait_seconds(bucket: Bucket, per_minute: int) -> float:
    """How long until one can be taken; 0 when it can be now."""
    return max(1 - _ROUNDING - bucket.level, 0.0) * 60 / per_minute


def _capacity(per_minute: int) -> float:
    return max(per_minute * BURST_SECONDS / 60, 1.0)
