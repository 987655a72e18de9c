"""How long mail is kept: content goes first, then the message."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.mail.violation import Violation

DAYS_MAX: Final = 3650
FOR_EVER: Final = 0
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """After how many days content and metadata go; FOR_EVER: they stay."""

    content_days: int = FOR_EVER
    metadata_days: int = FOR_EVER

    @property
    def is_for_ever(self) -> bool:
        """Whether nothing ever goes."""
        return not (self.content_days or self.metadata_days)


def check(retention: Retention, path: str) -> list[Violation]:
    """What is wrong with it; `path` is the name of the field."""
    found = []
    for name in ("content", "metadata"):
        days = getattr(retention, f"{name}_days")
        if days != FOR_EVER and not 1 <= days <= DAYS_MAX:
            words = f"must be 1 to {DAYS_MAX} days"
            found.append(Violation(field=f"{path}.{name}", description=words))
    if found or retention.metadata_days == FOR_EVER:
        return found
    if retention.content_days > retention.metadata_days:
        words = "must not be shorter than content"
        found.append(Violation(field=f"{path}.metadata", description=words))
    return found


def days_of(length: timedelta) -> int | None:
    """A length in whole days, rounded up; None for one that is not positive."""
    return -(-length // _DAY) if length > timedelta() else None


def due_before(days: int, now: datetime) -> datetime:
    """What was there before this instant was kept for so many days."""
    return now - days * _DAY
