"""
How values are written in columns: instants, text lists and mappings.

Instants are microseconds since 1970 in UTC, so that both databases sort and compare
them as integers. Lists and mappings are compact JSON; the empty ones are "".
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, overload

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

write_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Compact JSON; an encoder that is kept, where `json.dumps` would make one a call."""

_SORTED: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True
)


@overload
def write_time(moment: datetime) -> int: ...
@overload
def write_time(moment: None) -> None: ...
@overload
def write_time(moment: datetime | None) -> int | None: ...
def write_time(moment: datetime | None) -> int | None:
    """Microseconds since 1970, exactly."""
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


@overload
def read_time(value: int) -> datetime: ...
@overload
def read_time(value: None) -> None: ...
@overload
def read_time(value: int | None) -> datetime | None: ...
def read_time(value: int | None) -> datetime | None:
    """The aware UTC instant that `write_time` wrote."""
    return None if value is None else _EPOCH + timedelta(microseconds=value)


def write_list(values: Iterable[str]) -> str:
    """A JSON array of text, "" for none."""
    items = list(values)
    return write_json(items) if items else ""


def read_list(text: str) -> tuple[str, ...]:
    """The texts that `write_list` wrote."""
    return tuple(json.loads(text)) if text else ()


def write_mapping(values: Mapping[str, str]) -> str:
    """A JSON object of text, keys sorted, "" for none."""
    if not values:
        return ""
    return _SORTED.encode(dict(values))


def read_mapping(text: str) -> dict[str, str]:
    """The pairs that `write_mapping` wrote."""
    pairs: dict[str, str] = json.loads(text) if text else {}
    return pairs
