"""
A message as signatures see it: its fields as they came, and its body.

Both canonical forms are made when they are asked for, once (RFC 6376 3.4).
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mailbot_server.core.mail.dkim import canonical

HEADER_BYTES_MAX: Final = 512 * 1024
"""Real headers have under 100 KB."""

_FIELD_ENDS: Final = re.compile(rb"\r\n(?![ \t])")
_END: Final = b"\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: `raw` is all of it but its CRLF, `value` what follows the colon."""

    name: bytes
    """Lower case."""

    value: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class BodyDigest:
    """SHA-256 of a canonical body, and how many octets that has."""

    digest: bytes
    length: int


class Message:
    """A message with CRLF line ends, read once for all its signatures."""

    def __init__(self, raw: bytes) -> None:
        end = 0 if raw.startswith(_END) else raw.find(b"\r\n\r\n") + 2
        is_bare = end == 1  # no empty line: all of it is header
        self._raw = raw
        self._header_end = len(raw) if is_bare else end
        self._body_start = len(raw) if is_bare else end + 2
        self._digests: dict[bool, BodyDigest] = {}

    @property
    def is_readable(self) -> bool:
        """Whether the header is of a size that is worth the time."""
        return self._header_end <= HEADER_BYTES_MAX

    @property
    def size(self) -> int:
        """In octets."""
        return len(self._raw)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """From top to bottom; lines that are no field are left out."""
        found = []
        for raw in _FIELD_ENDS.split(self._raw[: self._header_end]):
            name, colon, value = raw.partition(b":")
            if colon:
                key = name.rstrip(b" \t").lower()
                found.append(Field(name=key, value=value, raw=raw))
        return tuple(found)

    @cached_property
    def relaxed(self) -> Mapping[bytes, Sequence[bytes]]:
        """Name → relaxed fields of that name, top to bottom."""
        return canonical.fields(self._raw[: self._header_end])

    @cached_property
    def simple(self) -> Mapping[bytes, Sequence[bytes]]:
        """Name → fields of that name as they came."""
        found: dict[bytes, list[bytes]] = {}
        for field in self.fields:
            found.setdefault(field.name, []).append(field.raw)
        return found

    def named(self, name: bytes) -> tuple[Field, ...]:
        """The fields of a name."""
        return tuple([field for field in self.fields if field.name == name])

    def body_digest(
        self, *, is_relaxed: bool, expired: Callable[[], bool]
    ) -> BodyDigest | None:
        """The canonical body's digest; None when time ran out."""
        known = self._digests.get(is_relaxed)
        if known is None and not expired():
            known = self._relaxed_body(expired) if is_relaxed else self._simple_body()
            if known is not None:
                self._digests[is_relaxed] = known
        return known

    def _relaxed_body(self, expired: Callable[[], bool]) -> BodyDigest | None:
        digest, length = hashlib.sha256(), 0
        for block in canonical.body(self._raw, self._body_start):
            if expired():
                return None
            digest.update(block)
            length += len(block)
        return BodyDigest(digest.digest(), length)

    def _simple_body(self) -> BodyDigest:
        """Empty lines at the end become one (RFC 6376 3.4.3)."""
        stop = max(canonical.end_of(self._raw, _END), self._body_start)
        digest = hashlib.sha256(memoryview(self._raw)[self._body_start : stop])
        digest.update(_END)
        return BodyDigest(digest.digest(), stop - self._body_start + len(_END))
