"""One secret per purpose, derived from the server's key (RFC 5869, HKDF-SHA256)."""

import hashlib
import hmac
from typing import Final

from mailbot_server.core.signed.cursor import SigningKeys

_SALT: Final = b"mailbot"


def derive(master: bytes, purpose: str) -> bytes:
    """32 bytes that only this purpose uses; one block of HKDF."""
    extracted = hmac.digest(_SALT, master, "sha256")
    return hmac.digest(extracted, purpose.encode() + b"\x01", "sha256")


def key_id(master: bytes) -> int:
    """A number from 0 to 255 that tokens carry to name the key that signed them."""
    return hashlib.sha256(_SALT + master).digest()[0]


def signing_keys(masters: list[bytes]) -> SigningKeys:
    """
    Keys for cursors and page tokens: the first signs, all verify.

    Raises ValueError when two masters would have the same id.
    """
    return keys_for(masters, "cursors")


def keys_for(masters: list[bytes], purpose: str) -> SigningKeys:
    """Keys for one purpose: the first is current, all are known; raises as above."""
    secrets = {key_id(master): derive(master, purpose) for master in masters}
    if len(secrets) != len(masters):
        message = "two server keys have the same id; replace one of them"
        raise ValueError(message)
    return SigningKeys(current=key_id(masters[0]), secrets=secrets)
