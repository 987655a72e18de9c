"""What a search finds, and where in it the words stand."""

from dataclasses import dataclass, field

from mailbot.types.message import Message
from mailbot.v1 import messages_pb2


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightRange:
    """From its first character to before its end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A piece of a field: "subject", "from", "to", "attachment" or "body"."""

    field: str
    text: str
    ranges: tuple[HighlightRange, ...]

    @property
    def matches(self) -> tuple[str, ...]:
        """What of the text matched, in order."""
        return tuple(self.text[each.start : each.end] for each in self.ranges)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A message that fulfils a query; `score` is 0 unless ordered by relevance."""

    message: Message
    highlights: tuple[Highlight, ...]
    score: float
    raw: messages_pb2.SearchHit = field(repr=False, compare=False)
