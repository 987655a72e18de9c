"""Which header fields a webhook may carry beside ours."""

import re
from collections.abc import Mapping
from typing import Final

FIELDS_MAX: Final = 20
NAME_MAX: Final = 100
VALUE_MAX: Final = 1000
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_VALUE: Final = re.compile(r"[!-~]([ -~]*[!-~])?")
_OURS: Final = frozenset(
    {
        *("accept", "accept-encoding", "connection", "content-encoding"),
        *("content-length", "content-type", "date", "expect", "host", "keep-alive"),
        *("te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via"),
        *("http2-settings", "range"),
    }
)
_PREFIXES: Final = ("webhook-", "svix-", "proxy-", "sec-", "x-forwarded-")


def wrong(fields: Mapping[str, str]) -> str:
    """Why these fields cannot be sent, in words for people; "" when they can."""
    if len(fields) > FIELDS_MAX:
        return f"has {len(fields)} fields; at most {FIELDS_MAX} are allowed"
    if len({name.lower() for name in fields}) < len(fields):
        return "names a field twice"
    for name, value in fields.items():
        shown = name[:40]
        if len(name) > NAME_MAX or not _NAME.fullmatch(name):
            return f"{shown!r} is not the name of a header field"
        if name.lower() in _OURS or name.lower().startswith(_PREFIXES):
            return f"{shown!r} is a field that mailbot or HTTP itself writes"
        if len(value) > VALUE_MAX:
            return f"{shown!r} has more than {VALUE_MAX} characters"
        if not _VALUE.fullmatch(value):
            return f"the value of {shown!r} must be printable ASCII"
    return ""
