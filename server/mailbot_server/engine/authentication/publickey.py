"""Public keys by `cryptography`: opened once, and what they say of a signature."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import load_der_public_key

from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.mail.dkim.record import KeyRecord

KEYS_MAX: Final = 1_000
EXPONENT_BITS_MAX: Final = 64
"""A larger exponent makes verifying as slow as signing."""

_ED25519_BITS: Final = 256
_PADDING: Final = padding.PKCS1v15()
_DIGEST: Final = Prehashed(hashes.SHA256())


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that can be used, and its size."""

    opened: RSAPublicKey | Ed25519PublicKey
    bits: int

    @property
    def is_rsa(self) -> bool:
        """Whether its size says how good it is."""
        return isinstance(self.opened, RSAPublicKey)

    def verifies(self, signature: bytes, digest: bytes) -> bool:
        """Whether its other half signed the SHA-256 digest (RFC 6376 3.3, 8463 3)."""
        try:
            if isinstance(self.opened, RSAPublicKey):
                self.opened.verify(signature, digest, _PADDING, _DIGEST)
            else:
                self.opened.verify(signature, digest)
        except (InvalidSignature, UnsupportedAlgorithm, ValueError):
            return False
        return True


@lru_cache(KEYS_MAX)
def read(record: KeyRecord) -> PublicKey | None:
    """The key of a record; None when `p=` is no key of its kind."""
    try:
        if record.key_type == Algorithm.ED25519_SHA256.key_type:
            opened = Ed25519PublicKey.from_public_bytes(record.public)
            return PublicKey(opened, _ED25519_BITS)
        rsa = load_der_public_key(record.public)
    except (ValueError, UnsupportedAlgorithm):
        return None
    if not isinstance(rsa, RSAPublicKey):
        return None
    if rsa.public_numbers().e.bit_length() > EXPONENT_BITS_MAX:
        return None
    return PublicKey(rsa, rsa.key_size)
