"""The two ways to sign that are in use (RFC 8301 3.1, RFC 8463 3)."""

from enum import StrEnum


class Algorithm(StrEnum):
    """As the `a=` of a signature spells it."""

    RSA_SHA256 = "rsa-sha256"
    ED25519_SHA256 = "ed25519-sha256"

    @property
    def key_type(self) -> str:
        """As the `k=` of a key record spells it."""
        return self.value.partition("-")[0]
