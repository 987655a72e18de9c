"""
How long a busy writer waits for company: five operations cost it little more than two.

Each commit writes the same pages again, the log's end and the roots of the indexes, so
that an operation alone costs almost twice what one of five does. A writer that has time
to spare never waits. One that would have little left, were all its operations alone,
waits a moment until there are enough of them, and has more time for it. Where nobody
came again and again, as when one caller waits for each answer, it does so rarely.
"""

from typing import Final

ENOUGH: Final = 5
"""Operations that need no more company."""

WAIT_SECONDS: Final = 0.005
"""At most, from the first operation on."""

BUSY: Final = 0.6
"""Part of its time that a writer would spend on operations one by one."""

VAIN_MAX: Final = 3
"""So often in a row it waits although nobody comes."""

REST: Final = 64
"""Commits after that before it tries again."""

_ALONE_SECONDS: Final = 0.001
"""What one costs by itself, until it is measured."""

_WEIGHT: Final = 1 / 16
"""Of what happened last, in what is known."""


class Company:
    """What one writer knows of its work; it looks at no clock."""

    def __init__(self) -> None:
        self._alone = _ALONE_SECONDS
        self._interval = 1.0
        self._ended_at: float | None = None
        self._vain = 0
        self._rest = 0

    def patience(self) -> float:
        """Seconds that it may wait when it has fewer than ENOUGH."""
        is_busy = self._alone > BUSY * self._interval
        return WAIT_SECONDS if is_busy and not self._rest else 0.0

    def wrote(self, count: int, began_at: float, ended_at: float) -> None:
        """So many operations, which took so long; one clock for all calls."""
        self._learn_who_comes(count)
        if count == 1:
            self._alone += (ended_at - began_at - self._alone) * _WEIGHT
        if self._ended_at is not None:
            each = (ended_at - self._ended_at) / count
            # A pause is no more than a pause: what comes after it may come in numbers.
            self._interval += (min(each, 1.0) - self._interval) * _WEIGHT
        self._ended_at = ended_at

    def _learn_who_comes(self, count: int) -> None:
        if self._rest:
            self._rest -= 1
        elif self.patience():
            self._vain = self._vain + 1 if count == 1 else 0
            self._rest = REST if self._vain >= VAIN_MAX else 0
