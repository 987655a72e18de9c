"""
The tree walk: which records stand above a domain, and which domain is the owner's.

RFC 9989 4.10; the names are few, so that they are all asked for at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.authentication.dmarc import record
from mailbot_server.core.authentication.dmarc.record import PolicyRecord
from mailbot_server.core.authentication.question import Asking, Kind, Question, texts

QUESTIONS_MAX: Final = 8
"""RFC 9989 4.10: of a longer name the first is asked for, and then its last seven."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suffixes:
    """
    A list of the suffixes below which the public registers names.

    `owner` gives the domain below the suffix that a name belongs to, "" for none;
    `is_registry` knows names that registries run, such as co.uk.
    """

    owner: Callable[[str], str]
    is_registry: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What was found: (name, its record), the longest name first."""

    start: str
    found: tuple[tuple[str, PolicyRecord], ...]


def names(domain: str) -> tuple[str, ...]:
    """The names of a walk, `domain` first, the top-level domain last."""
    labels = domain.split(".")
    above = labels[1:][-(QUESTIONS_MAX - 1) :]
    parents = [".".join(above[start:]) for start in range(len(above))]
    return (domain, *parents)


def walk(domain: str) -> Asking[Walk | None]:
    """The records at and above a domain; None while nobody can say."""
    path = names(domain)
    answers = yield tuple(Question(Kind.TEXT, record.host(name)) for name in path)
    found: list[tuple[str, PolicyRecord]] = []
    for name, answer in zip(path, answers, strict=True):
        if answer is None:
            return None
        told = record.select(texts(answer))
        if told is not None:
            found.append((name, told))
            if told.is_suffix is not None:
                break
    return Walk(start=domain, found=tuple(found))


def owner(walked: Walk, suffixes: Suffixes) -> str:
    """
    The organisational domain (RFC 9989 4.10.2).

    Where no record says anything, the list of public suffixes does. A registry that
    publishes a policy without saying what it is does not own what is below it.
    """
    for name, told in walked.found:
        if told.is_suffix is False:
            return name
        if name != walked.start and (told.is_suffix or suffixes.is_registry(name)):
            return _below(name, walked.start)
    if walked.found:
        return walked.found[-1][0]
    return suffixes.owner(walked.start) or walked.start


def policy(walked: Walk, suffixes: Suffixes) -> tuple[str, PolicyRecord] | None:
    """
    The record that applies to mail from where the walk began, and its name.

    It is the domain's own, or its owner's, or that of the suffix above (RFC 9989
    4.10.1).
    """
    if not walked.found:
        return None
    records = dict(walked.found)
    for name in (walked.start, owner(walked, suffixes)):
        if name in records:
            return name, records[name]
    return walked.found[-1]


def _below(suffix: str, start: str) -> str:
    """The name one label longer than a suffix, on the way to `start`."""
    count = suffix.count(".") + 2
    return ".".join(start.split(".")[-count:])
