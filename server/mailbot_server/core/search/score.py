"""How relevant hits are: what stands where and how often, and how new they are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.search.document import Field

WEIGHT: Final = {
    Field.BODY: 1.0,
    Field.SUBJECT: 4.0,
    Field.SENDER: 3.0,
    Field.RECIPIENTS: 2.0,
    Field.ATTACHMENTS: 2.0,
}

COUNTED_MAX: Final = 50
"""More occurrences in one field are not told apart; PostgreSQL keeps only 255."""

_SATURATION: Final = 1.2
_HALF_LIFE: Final = timedelta(days=30)
_NEWNESS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each of the query's words stands in each field, in Field's order."""

    counts: tuple[tuple[int, ...], ...]
    created_at: datetime


def scores(hits: Sequence[Counted]) -> list[float]:
    """
    A number for each hit, higher for better; 1 to 1.5 for hits that have no words.

    What few of the hits have counts for more. Newness is measured from the newest.
    """
    if not hits:
        return []
    newest = max(hit.created_at for hit in hits)
    rarities = _rarities(hits)
    return [
        round((1.0 + _of_words(hit, rarities)) * _newness(newest - hit.created_at), 6)
        for hit in hits
    ]


def _rarities(hits: Sequence[Counted]) -> list[float]:
    width = len(hits[0].counts)
    having = [sum(any(hit.counts[n]) for hit in hits) for n in range(width)]
    return [math.log(1 + len(hits) / max(count, 1)) for count in having]


def _of_words(hit: Counted, rarities: Sequence[float]) -> float:
    total = 0.0
    for counts, rarity in zip(hit.counts, rarities, strict=True):
        for field, count in zip(Field, counts, strict=True):
            often = min(count, COUNTED_MAX)
            total += rarity * WEIGHT[field] * often / (often + _SATURATION)
    return total


def _newness(age: timedelta) -> float:
    return 1.0 + _NEWNESS * math.pow(0.5, age / _HALF_LIFE)
