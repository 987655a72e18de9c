"""
How facts become plain values, and facts again: what is sent to another process.

Pickle asks for each fact and each member of an enum how it is taken apart: 280 us for
a message on its way out, both ends together. As tuples of texts and numbers the same
costs a quarter.
"""

from collections.abc import Callable
from copyreg import __newobj__  # type: ignore[attr-defined]
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import Any, ClassVar, Final, get_type_hints

from mailbot_server.core.facts import making


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """`together` makes again what `apart` took apart."""

    apart: Callable[[Any], Any]
    together: Callable[[Any], Any]


class Travelling:
    """What pickle takes apart, and makes again, as `let` has said for its class."""

    __slots__ = ()

    # Those that `dataclasses` gives to frozen facts with slots look for each field.
    __getstate__: ClassVar[Callable[[Any], making.Values]]
    __setstate__: ClassVar[Callable[[Any, making.Values], None]]

    def __reduce__(self) -> tuple[Any, ...]:
        kind = type(self)
        return __newobj__, (kind,), kind.__getstate__(self)


_spelled: Final = attrgetter("_value_")


def let(kind: type[Travelling], **others: Way) -> None:
    """Has pickle send facts of a class by the way that `of` makes."""
    ways = _ways(kind, others)
    kind.__getstate__ = making.values(kind, {n: w.apart for n, w in ways.items()})
    kind.__setstate__ = making.filler(kind, {n: w.together for n, w in ways.items()})


def of(kind: Any, **others: Way) -> Way:
    """
    The way of facts of a class, which has slots: its values in order.

    Members of enums go as their values, fields in `others` as these say; whatever else
    is in the facts goes as it is.
    """
    ways = _ways(kind, others)
    return Way(
        apart=making.values(kind, {name: way.apart for name, way in ways.items()}),
        together=making.maker(kind, {n: way.together for n, way in ways.items()}),
    )


def each(way: Way) -> Way:
    """The way of a tuple of what goes this way."""
    apart, together = way.apart, way.together
    return Way(
        apart=lambda facts: [apart(fact) for fact in facts],
        together=lambda values: tuple([together(value) for value in values]),
    )


def unless(way: Way, usual: object) -> Way:
    """The same where there is mostly one value, which goes as None."""
    apart, together = way.apart, way.together
    return Way(
        apart=lambda fact: None if fact == usual else apart(fact),
        together=lambda value: usual if value is None else together(value),
    )


def _ways(kind: Any, others: dict[str, Way]) -> dict[str, Way]:
    hints = get_type_hints(kind)
    members = {n: hints[n] for n in making.names(kind) if _is_enum(hints[n])}
    return {name: _of_members(each) for name, each in members.items()} | others


def _of_members(kind: type[Enum]) -> Way:
    return Way(apart=_spelled, together=kind._value2member_map_.__getitem__)


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)
