"""
Makes facts of frozen dataclasses with slots, and changed ones, where there are many.

The constructor of a frozen dataclass sets each field through the class that refuses to
set any: 15 us for a message, and `replace` twice that. Here the slots are filled by
code that is written once for each class, as `dataclasses` itself does: 3 to 5 us.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Final, TypeVar

T = TypeVar("T")
Values = tuple[Any, ...]
Steps = Mapping[str, Callable[[Any], Any]]
"""What is done with the values of some fields, by name."""

_NONE: Final[Steps] = {}


def names(kind: Any) -> tuple[str, ...]:
    """The fields of a class, in order."""
    return tuple(field.name for field in fields(kind))


def values(kind: Any, steps: Steps = _NONE) -> Callable[[Any], Values]:
    """What takes the values of a fact, in order."""
    taken = [f"s_{n}(fact.{n})" if n in steps else f"fact.{n}" for n in names(kind)]
    return _written("fact", [f"    return ({', '.join(taken)},)"], _named(steps))


def maker(kind: type[T], steps: Steps = _NONE) -> Callable[[Values], T]:
    """What makes a fact of all its values, in order; no default is filled in."""
    given = {n: f"s_{n}(v_{n})" if n in steps else f"v_{n}" for n in names(kind)}
    lines = [f"    {', '.join(f'v_{n}' for n in given)}, = values"]
    return _filling(kind, "values", given, lines, _named(steps))


def filler(kind: type[T], steps: Steps = _NONE) -> Callable[[T, Values], None]:
    """The same for a fact that is there and has none of its values yet."""
    _check(kind)
    given = {n: f"s_{n}(v_{n})" if n in steps else f"v_{n}" for n in names(kind)}
    lines = [f"    {', '.join(f'v_{n}' for n in given)}, = values"]
    lines += [f"    put_{name}(made, {value})" for name, value in given.items()]
    return _written("made, values", lines, _named(steps) | _puts(kind))


def changed(fact: T, **changes: Any) -> T:
    """As `dataclasses.replace`."""
    kind: Any = type(fact)
    new: T = _changer(kind, tuple(changes))(fact, changes)
    return new


@cache
def _changer(kind: Any, changes: tuple[str, ...]) -> Callable[..., Any]:
    if unknown := set(changes).difference(names(kind)):
        message = f"{kind.__name__} has no field {unknown}"
        raise TypeError(message)
    given = {n: f"c['{n}']" if n in changes else f"fact.{n}" for n in names(kind)}
    return _filling(kind, "fact, c", given, [], {})


def _named(steps: Steps) -> dict[str, Any]:
    return {f"s_{name}": step for name, step in steps.items()}


def _filling(
    kind: Any,
    parameters: str,
    given: Mapping[str, str],
    first: list[str],
    known: dict[str, Any],
) -> Callable[..., Any]:
    """A function that makes a fact and puts into each slot what is given for it."""
    _check(kind)
    known |= _puts(kind)
    known |= {"new": object.__new__, "kind": kind}
    lines = [*first, "    made = new(kind)"]
    lines += [f"    put_{name}(made, {value})" for name, value in given.items()]
    return _written(parameters, [*lines, "    return made"], known)


def _check(kind: Any) -> None:
    if hasattr(kind, "__post_init__") or kind.__dictoffset__:
        message = f"{kind.__name__} is not only its slots"
        raise TypeError(message)


def _puts(kind: Any) -> dict[str, Any]:
    return {f"put_{name}": getattr(kind, name).__set__ for name in names(kind)}


def _written(
    parameters: str, lines: list[str], scope: dict[str, Any]
) -> Callable[..., Any]:
    # Names of fields are the only words in it that are not ours.
    exec("\n".join([f"def run({parameters}):", *lines]), scope)  # noqa: S102
    run: Callable[..., Any] = scope["run"]
    return run
