"""Knows a receipt: a program says that somebody opened a message (RFC 8098)."""

import re
from typing import Final

from mailbot_server.core.mail.parse import Parsed, header_of

_TYPES: Final = frozenset(
    {"message/disposition-notification", "message/global-disposition-notification"}
)
_PARTS_MAX: Final = 50
_DECLARED: Final = re.compile(
    r"multipart/report\b.{0,2000}?report-type\s{0,3}=\s{0,3}\"?disposition-notification",
    re.IGNORECASE | re.DOTALL,
)
_NOTES: Final = re.compile(r"\s*return receipt\b", re.IGNORECASE)


def is_receipt(parsed: Parsed) -> bool:
    """Whether a message is one, whatever it says became of the message."""
    if any(part.content_type in _TYPES for part in parsed.parts[:_PARTS_MAX]):
        return True
    if _DECLARED.match(header_of(parsed, "Content-Type")):
        return True
    return bool(_NOTES.match(header_of(parsed, "X-Notes-Item")))
