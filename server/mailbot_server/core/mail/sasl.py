"""Reads who somebody says they are: AUTH PLAIN and LOGIN (RFC 4954 4, RFC 4616 2)."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Final

MECHANISMS: Final = ("PLAIN", "LOGIN")
CANCEL: Final = "*"
EMPTY: Final = "="
"""An initial response of no octets (RFC 4954 4)."""

USERNAME: Final = "VXNlcm5hbWU6"
PASSWORD: Final = "UGFzc3dvcmQ6"  # noqa: S105 - the prompt, in base64
"""What LOGIN asks; no standard describes it, all programs wait for these words."""

_PLAIN_PARTS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A name and what proves it."""

    username: str
    password: str = field(repr=False)


def read_plain(response: str) -> Login | None:
    """
    A response of PLAIN, in base64; None for one that cannot be read.

    Nobody may act for another: an authorisation identity must be empty or the name.
    """
    text = read_text(response)
    parts = text.split("\0") if text else []
    if len(parts) != _PLAIN_PARTS:
        return None
    acts_as, username, password = parts
    if not (username and password) or acts_as not in ("", username):
        return None
    return Login(username=username, password=password)


def read_text(response: str) -> str | None:
    """Text in base64; None where it is not base64 of UTF-8."""
    try:
        octets = base64.b64decode("" if response == EMPTY else response, validate=True)
        return octets.decode()
    except (binascii.Error, ValueError):
        return None
