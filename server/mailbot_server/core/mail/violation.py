"""One field that cannot be accepted, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One field that cannot be accepted; `field` is a path as in `to[2].address`."""

    field: str
    description: str
    reason: str = "FIELD_INVALID"
