"""
Reads what a domain says of TLS at its mail hosts: MTA-STS (RFC 8461).

Others write it: reading never raises, and what is not understood says nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mailbot_server.core.destination.host_pattern import means

POLICY_BYTES_MAX: Final = 64 * 1024
"""RFC 8461 3.3 proposes this limit."""

MAX_AGE_MAX: Final = 31_557_600
"""A year (RFC 8461 3.2); whoever says more means that, too."""

PATTERNS_MAX: Final = 1000
TEXTS_MAX: Final = 100
_RECORD_BYTES_MAX: Final = 4096

_VERSION: Final = b"v=STSv1;"
_FIELD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[!-:<>-~]+")
_ID: Final = re.compile(r"[A-Za-z0-9]{1,32}")
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_AGE: Final = re.compile(r"[0-9]{1,10}")
_PATTERN: Final = re.compile(
    r"(?=.{1,253}$)(\*\.)?[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+"
)


class Mode(StrEnum):
    """What is asked of senders."""

    ENFORCE = "enforce"
    TESTING = "testing"
    """Deliver all the same, and tell the domain what would have failed."""
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """
    A domain's policy; `id` is that of the record under which it was fetched.

    `patterns` are its mail hosts, in lower case, some with a wildcard for one label.
    """

    id: str
    mode: Mode
    patterns: tuple[str, ...]
    max_age_seconds: int

    def names(self, host: str) -> bool:
        """Whether the host is one of those that the policy allows (RFC 8461 4.1)."""
        return any(means(pattern, host) for pattern in self.patterns)


def read_record(texts: Iterable[bytes]) -> str:
    """
    The id in the TXT records of `_mta-sts.<domain>`; "" when the domain has no policy.

    RFC 8461 3.1: if the number of records that begin with the version "is not one, or
    if the resulting record is syntactically invalid", there is none.
    """
    found = [text for text in list(texts)[:TEXTS_MAX] if text.startswith(_VERSION)]
    if len(found) != 1 or len(found[0]) > _RECORD_BYTES_MAX or not found[0].isascii():
        return ""
    fields = [piece.strip(" \t") for piece in found[0].decode("ascii").split(";")]
    if not fields[-1]:
        fields.pop()
    if not all(_FIELD.fullmatch(field) for field in fields):
        return ""
    ids = [field[3:] for field in fields if field.startswith("id=")]
    return ids[0] if len(ids) == 1 and _ID.fullmatch(ids[0]) else ""


def read_policy(body: bytes, policy_id: str) -> Policy | None:
    """
    The policy in a fetched file (RFC 8461 3.2); None when it is none.

    Unknown keys are passed over; of a key that comes again the first counts, but `mx`.
    """
    if len(body) > POLICY_BYTES_MAX:
        return None
    fields: dict[str, str] = {}
    patterns: list[str] = []
    # Outside of ASCII only unknown keys may have values.
    for line in body.decode("utf-8", "replace").split("\n"):
        key, colon, value = (part.strip(" \t\r") for part in line.partition(":"))
        if not key and not colon:
            continue
        if not colon or not _KEY.fullmatch(key):
            return None
        if key == "mx":
            patterns.append(value.lower().removesuffix("."))
        else:
            fields.setdefault(key, value)
    return _policy(fields, tuple(dict.fromkeys(patterns)), policy_id)


def _policy(
    fields: dict[str, str], patterns: tuple[str, ...], policy_id: str
) -> Policy | None:
    age = fields.get("max_age", "")
    if fields.get("version") != "STSv1" or not _AGE.fullmatch(age):
        return None
    try:
        mode = Mode(fields.get("mode", ""))
    except ValueError:
        return None
    if len(patterns) > PATTERNS_MAX or not all(map(_PATTERN.fullmatch, patterns)):
        return None
    if not patterns and mode is not Mode.NONE:
        return None
    return Policy(
        id=policy_id,
        mode=mode,
        patterns=patterns,
        max_age_seconds=min(int(age), MAX_AGE_MAX),
    )
