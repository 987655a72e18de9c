"""
Private keys at rest: encrypted by the server's key, each for its own row.

AES-256-GCM with a random nonce of 96 bits: the same key seals far fewer than the 2^32
things that NIST SP 800-38D 8.3 allows.
"""

from collections.abc import Callable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mailbot_server.core.signed.cursor import SigningKeys

PURPOSE: Final = "dkim-at-rest"
"""What `core.server_key` derives the secrets for."""

_FORMAT: Final = 1
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = 2 + _NONCE_BYTES

Entropy = Callable[[int], bytes]


class SealBroken(Exception):
    """Nothing comes out: the text tells the operator what to look for."""


class Vault:
    """Seals with the server's current key and opens with every one that it knows."""

    def __init__(self, keys: SigningKeys, entropy: Entropy) -> None:
        self._keys = keys
        self._entropy = entropy

    def seal(self, secret: bytes, *labels: str) -> bytes:
        """The secret as it may be stored; opens under the same labels only."""
        nonce = self._entropy(_NONCE_BYTES)
        cipher = AESGCM(self._keys.secrets[self._keys.current])
        head = bytes((_FORMAT, self._keys.current)) + nonce
        return head + cipher.encrypt(nonce, secret, _bound(head[:2], labels))

    def open(self, sealed: bytes, *labels: str) -> bytes:
        """What was sealed; raises SealBroken."""
        head = sealed[:_HEAD_BYTES]
        if len(head) < _HEAD_BYTES or head[0] != _FORMAT:
            message = "the database holds no sealed key there"
            raise SealBroken(message)
        secret = self._keys.secrets.get(head[1])
        if secret is None:
            message = "it was sealed with a server key that server_key does not name"
            raise SealBroken(message)
        bound = _bound(head[:2], labels)
        try:
            return AESGCM(secret).decrypt(head[2:], sealed[_HEAD_BYTES:], bound)
        except InvalidTag as error:
            message = "it was changed, or belongs to another key or domain"
            raise SealBroken(message) from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest server key has sealed it; others should be sealed anew."""
        return sealed[:2] == bytes((_FORMAT, self._keys.current))


def _bound(head: bytes, labels: tuple[str, ...]) -> bytes:
    """Associated data: no two rows of labels give the same bytes."""
    named = (label.encode() for label in labels)
    return head + b"".join(len(label).to_bytes(4, "big") + label for label in named)
