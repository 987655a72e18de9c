"""Key pairs by `cryptography`: makes them, and turns stored ones into what signs."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from mailbot_server.core.domain.key import SigningUnavailable, StoredKey
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.mail.dkim.signature import Sign
from mailbot_server.engine.signing.sealing import SealBroken, Vault

RSA_BITS: Final = 2048
"""RFC 8301 3.2: SHOULD; 4096 does not fit into one string of a TXT record."""

_EXPONENT: Final = 65537
_PADDING: Final = padding.PKCS1v15()
_DIGEST: Final = Prehashed(hashes.SHA256())

_PrivateKey = RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """What a key to be made is called and whose it is."""

    id: str
    account_id: str
    domain_id: str
    domain: str
    selector: str
    algorithm: Algorithm
    created_at: datetime


async def make(vault: Vault, new: NewKey) -> StoredKey:
    """A key, made off the event loop (RSA takes a tenth of a second) and sealed."""
    private = await asyncio.to_thread(_generate, new.algorithm)
    return StoredKey(
        id=new.id,
        account_id=new.account_id,
        domain_id=new.domain_id,
        domain=new.domain,
        selector=new.selector,
        algorithm=new.algorithm,
        public=_public(private),
        sealed_private=vault.seal(_private(private), new.id, new.domain),
        created_at=new.created_at,
    )


def resealed(vault: Vault, key: StoredKey) -> bytes | None:
    """
    The private half under the server's current key; None where it is already.

    Raises SigningUnavailable.
    """
    if vault.is_current(key.sealed_private):
        return None
    return vault.seal(_opened(vault, key), key.id, key.domain)


def signing(vault: Vault, key: StoredKey) -> Sign:
    """
    What signs with this key.

    Raises SigningUnavailable when it cannot be opened, or is not the half that belongs
    to what was published.
    """
    # OpenSSL's check of an RSA key takes 40 ms; the seal proves that it is ours.
    private = serialization.load_der_private_key(
        _opened(vault, key), None, unsafe_skip_rsa_key_validation=True
    )
    if not isinstance(private, _PrivateKey) or _public(private) != key.public:
        raise SigningUnavailable(_words(key, "its halves do not belong together"))
    if isinstance(private, Ed25519PrivateKey):
        return private.sign
    return lambda digest: private.sign(digest, _PADDING, _DIGEST)


def _opened(vault: Vault, key: StoredKey) -> bytes:
    try:
        return vault.open(key.sealed_private, key.id, key.domain)
    except SealBroken as error:
        raise SigningUnavailable(_words(key, str(error))) from error


def _words(key: StoredKey, why: str) -> str:
    return f"the DKIM key {key.id} of {key.domain} cannot be used: {why}"


def _generate(algorithm: Algorithm) -> _PrivateKey:
    match algorithm:
        case Algorithm.RSA_SHA256:
            return generate_private_key(public_exponent=_EXPONENT, key_size=RSA_BITS)
        case Algorithm.ED25519_SHA256:
            return Ed25519PrivateKey.generate()


def _public(private: _PrivateKey) -> bytes:
    """As `p=` encodes it (RFC 6376 3.6.1, RFC 8463 4)."""
    if isinstance(private, Ed25519PrivateKey):
        return private.public_key().public_bytes_raw()
    return private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _private(private: _PrivateKey) -> bytes:
    return private.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
