"""Keys of domains as tests need them: real ones, made once for the whole run."""

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from mailbot_server.core.domain.key import KeyState, StoredKey
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.signed import server_key
from mailbot_server.engine.signing import sealing
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.store.database import Transaction
from mailbot_server.store.domains import keys as domain_keys
from tests.fakes.entropy import FakeEntropy

MASTER = b"a key that only tests seal with"
BEGINNING = datetime(2026, 3, 1, tzinfo=UTC)
_DOMAIN = (
    "INSERT INTO domain (id, account_id, name, token, records, created_at, checks_at,"
    " version) VALUES (?, ?, ?, '', '', 0, 0, 1) ON CONFLICT (id) DO NOTHING"
)
RSA, ED25519 = Algorithm.RSA_SHA256, Algorithm.ED25519_SHA256


def vault(*masters: bytes) -> Vault:
    """Opens what `stored_key` sealed, unless it is given other server keys."""
    keys = server_key.keys_for(list(masters or (MASTER,)), sealing.PURPOSE)
    return Vault(keys, FakeEntropy())


def stored_key(
    algorithm: Algorithm = RSA, number: int = 1, **changes: Any
) -> StoredKey:
    """The active key of that number for example.com."""
    private, public = _pair(algorithm, number)
    plain = StoredKey(
        id=f"dky_{number:026d}",
        account_id=f"acc_{1:026d}",
        domain_id=f"dom_{1:026d}",
        domain="example.com",
        selector=f"{algorithm.key_type}{number}",
        algorithm=algorithm,
        public=public,
        sealed_private=b"",
        state=KeyState.ACTIVE,
        created_at=BEGINNING,
        activated_at=BEGINNING,
    )
    key = replace(plain, **changes)
    if "sealed_private" in changes:
        return key
    sealed = vault().seal(private, key.id, key.domain)
    return replace(key, sealed_private=sealed)


def answering(*keys: StoredKey) -> Callable[..., bytes]:
    """DNS as dkimpy asks it: the records of these keys."""
    records = {f"{key.host}.": key.record.encode() for key in keys}

    def answer(name: bytes, timeout: float = 0) -> bytes:
        return records.get(name.decode(), b"")

    return answer


@functools.cache
def _pair(algorithm: Algorithm, number: int) -> tuple[bytes, bytes]:
    """The private half as it is sealed, the public one as it is published."""
    der, pkcs8 = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    if algorithm is Algorithm.ED25519_SHA256:
        secret = FakeEntropy(number)(32)
        key = Ed25519PrivateKey.from_private_bytes(secret)
        return key.private_bytes(der, pkcs8, plain), key.public_key().public_bytes_raw()
    rsa = generate_private_key(public_exponent=65537, key_size=2048)
    public = rsa.public_key().public_bytes(
        der, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return rsa.private_bytes(der, pkcs8, plain), public


def add_key(tx: Transaction, key: StoredKey) -> None:
    """Stores a key with its domain, which may be there already."""
    tx.execute(_DOMAIN, key.domain_id, key.account_id, key.domain)
    domain_keys.add(tx, key)
