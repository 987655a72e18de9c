"""
Links to attachments for those who have no key: which one, and until when, signed.

A token is base64url of a key id, the second of its end, the attachment's id and a
truncated HMAC-SHA256 over all of it.
"""

import base64
import binascii
import hmac
import struct
from datetime import UTC, datetime, timedelta
from typing import Final

from mailbot_server.core.signed.cursor import SigningKeys

PURPOSE: Final = "downloads"
"""What the keys are derived for (`server_key.keys_for`)."""

VALID: Final = timedelta(hours=24)
TOKEN_MAX: Final = 512
_HEAD: Final = struct.Struct(">BI")
_TAG_BYTES: Final = 16
_SECOND_MAX: Final = 0xFFFFFFFF


def write(keys: SigningKeys, attachment_id: str, now: datetime) -> str:
    """The token, good for VALID; "" for an id that is too long to be named so."""
    second = min(int((now + VALID).timestamp()), _SECOND_MAX)
    signed = _HEAD.pack(keys.current, second) + attachment_id.encode()
    token = _written(signed + _tag(keys.secrets[keys.current], signed))
    return token if len(token) <= TOKEN_MAX else ""


def read(keys: SigningKeys, token: str, now: datetime) -> str | None:
    """The attachment's id; None for no token of ours, and when its time is over."""
    data = _bytes(token)
    signed, tag = data[:-_TAG_BYTES], data[-_TAG_BYTES:]
    if len(signed) <= _HEAD.size:
        return None
    key_id, second = _HEAD.unpack_from(signed)
    secret = keys.secrets.get(key_id)
    if secret is None or not hmac.compare_digest(_tag(secret, signed), tag):
        return None
    if now >= datetime.fromtimestamp(second, UTC):
        return None
    return signed[_HEAD.size :].decode()


def _bytes(token: str) -> bytes:
    """Empty for what is not spelt as `write` does."""
    if len(token) > TOKEN_MAX or not token.isascii():
        return b""
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if _written(data) == token else b""


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _tag(secret: bytes, signed: bytes) -> bytes:
    return hmac.digest(secret, signed, "sha256")[:_TAG_BYTES]
