"""Values as an audit entry tells them: plain, not too long, and never a secret."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

TEXT_MAX: Final = 4096
"""Longest text; what is longer is cut."""

UNTOLD: Final = frozenset(
    {"id", "account_id", "inbox_id", "version", "created_at", "updated_at"}
)
"""Fields of a fact that the entry says itself, or that change with every change."""

_HIDDEN: Final = "…"
_SECRET_NAME: Final = re.compile(
    "secret|password|private|token|authorization", re.IGNORECASE
)
_SECRET_TEXT: Final = re.compile(
    r"\b(mb_[0-9a-z]{10}_)[0-9A-Za-z]+|\b(whsec_)[0-9A-Za-z+/=_-]+|(://)[^/@\s]*(?=@)"
)


def fields_of(fact: object, renamed: Mapping[str, str]) -> dict[str, object]:
    """The fields of a fact that an entry tells, by the names that callers know."""
    told = ((name, getattr(fact, name)) for name in _names(fact) if name not in UNTOLD)
    return {
        renamed.get(name, name): value
        for name, value in told
        if not isinstance(value, bytes)
    }


def plain(value: object) -> object:
    """
    The value as JSON has it; nothing of it where a name says that it is secret.

    Octets are hashes, keys or secrets, so they are not shown either. Raises TypeError
    for what is no value.
    """
    if isinstance(value, Enum):
        value = value.value
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return _SECRET_TEXT.sub(_blotted, _cut(value))
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case timedelta():
            return value.total_seconds()
        case bytes():
            return _HIDDEN
    return _together(value)


def _together(value: object) -> object:
    match value:
        case Mapping():
            return {str(name): _shown(str(name), each) for name, each in value.items()}
        case set() | frozenset():
            return sorted((plain(each) for each in value), key=str)
        case list() | tuple():
            return [plain(each) for each in value]
    return _fact(value)


def _shown(name: str, value: object) -> object:
    if value and _SECRET_NAME.search(name):
        return _HIDDEN
    return plain(value)


def _fact(value: object) -> dict[str, object]:
    """A fact's fields that are set."""
    named = {name: getattr(value, name) for name in _names(value)}
    return {name: _shown(name, each) for name, each in named.items() if each}


def _names(value: object) -> list[str]:
    if not is_dataclass(value):
        message = f"{type(value).__name__} cannot be told in an audit entry"
        raise TypeError(message)
    return [each.name for each in fields(value)]


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_MAX else text[: TEXT_MAX - 1] + _HIDDEN


def _blotted(found: re.Match[str]) -> str:
    return (found[1] or found[2] or found[3]) + _HIDDEN
