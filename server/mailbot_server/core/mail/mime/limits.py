"""How much of a message is looked at before the rest is left as raw bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that keep reading linear and small; over them parsing degrades."""

    header_bytes: int = 131_072
    """Of one header block. Postfix stops at 100 KiB."""

    headers: int = 1000
    """Fields in one header block."""

    header_value: int = 16_384
    """Characters of one field's value, before anything structured is read from it."""

    depth: int = 50
    """Multiparts inside multiparts. Postfix stops at 100."""

    parts: int = 1000
    """Leaves of the MIME tree."""

    ids: int = 100
    """Message-ids taken from References: the first, and the nearest others."""
