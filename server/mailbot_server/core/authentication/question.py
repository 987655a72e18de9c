"""
What a check asks of the DNS, and how it goes on with the answers.

Checks are generators: each yields the questions that it needs answered next, all at
once, and is sent their answers in the same order. Whoever runs one does the waiting.
"""

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

T = TypeVar("T")


class Kind(StrEnum):
    """What is asked about a name, and what the records are."""

    TEXT = "txt"
    """bytes, the strings of each record joined."""
    V4 = "a"
    V6 = "aaaa"
    """Addresses as str, aliases followed."""
    EXCHANGE = "mx"
    """Hosts as str, best first; "" for the root."""
    HOST = "ptr"
    """The hosts of an address; it stands where the name would."""
    NAME = "name"
    """Whether the name exists (RFC 8020): anything, or nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `name` is without a final dot, A-labels where it is a domain."""

    kind: Kind
    name: str


Answer: TypeAlias = tuple[str, ...] | tuple[bytes, ...] | None
"""The records, () where there is none; None while nobody can say (ask again later)."""

Asking: TypeAlias = Generator[tuple[Question, ...], tuple[Answer, ...], T]
"""A check that comes to a T."""


def texts(answer: Answer) -> tuple[bytes, ...]:
    """The records of a TEXT answer."""
    return tuple(each for each in answer or () if isinstance(each, bytes))


def words(answer: Answer) -> tuple[str, ...]:
    """The records of any other answer."""
    return tuple(each for each in answer or () if isinstance(each, str))
