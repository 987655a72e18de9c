"""
Signs requests as Standard Webhooks says: HMAC-SHA256 over id, time and body.

A secret is 32 random bytes; people see it as `whsec_` and its base64. While a former
secret is valid the field holds a signature for each, so that a receiver may know
either of them.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Final

SECRET_BYTES: Final = 32
PREFIX: Final = "whsec_"
ID: Final = "webhook-id"
TIMESTAMP: Final = "webhook-timestamp"
SIGNATURE: Final = "webhook-signature"


def print_secret(secret: bytes) -> str:
    """The secret as a receiver is given it."""
    return PREFIX + base64.b64encode(secret).decode()


def sign(secrets: Iterable[bytes], event_id: str, timestamp: int, body: bytes) -> str:
    """The signature field: `v1,...` for each secret, the current one first."""
    signed = b".".join((event_id.encode(), str(timestamp).encode(), body))
    return " ".join(f"v1,{_digest(secret, signed)}" for secret in secrets)


def fields(
    secrets: Iterable[bytes], event_id: str, timestamp: int, body: bytes
) -> dict[str, str]:
    """The three header fields of a request; `timestamp` is in seconds since 1970."""
    return {
        ID: event_id,
        TIMESTAMP: str(timestamp),
        SIGNATURE: sign(secrets, event_id, timestamp, body),
    }


def _digest(secret: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
