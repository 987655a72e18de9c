import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.dkim import record
from mailbot_server.core.mail.dkim.record import KeyRecord
from mailbot_server.engine.authentication import publickey
from tests.fakes.signatures import ed25519, rsa

DIGEST = hashlib.sha256(b"text").digest()


@pytest.mark.parametrize(
    ("pair", "is_rsa", "bits"),
    [(rsa(), True, 2048), (rsa(1024), True, 1024), (ed25519(), False, 256)],
    ids=["2048", "1024", "ed25519"],
)
def test_a_key_says_who_signed(pair, is_rsa, bits):
    told = record.read(pair.record)
    assert told is not None
    key = publickey.read(told)
    assert key is not None
    assert (key.is_rsa, key.bits) == (is_rsa, bits)
    signature = pair.sign(b"text")
    assert key.verifies(signature, DIGEST)
    assert not key.verifies(signature, hashlib.sha256(b"other").digest())
    assert not key.verifies(signature[:-1], DIGEST)
    assert not key.verifies(b"", DIGEST)


def test_an_rsa_key_may_stand_there_without_its_kind():
    """RFC 6376 3.6.1 names RSAPublicKey, and nearly all publish the other form."""
    plain = rsa().private.public_key()
    from cryptography.hazmat.primitives import serialization

    octets = plain.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.PKCS1
    )
    told = record.read(b"p=" + base64.b64encode(octets))
    assert told is not None
    key = publickey.read(told)
    assert key is not None
    assert key.verifies(rsa().sign(b"text"), DIGEST)


@given(st.binary(max_size=64), st.sampled_from(["rsa", "ed25519", "dsa"]))
def test_what_is_no_key_raises_nothing(octets, key_type):
    key = publickey.read(KeyRecord(public=octets, key_type=key_type))
    assert key is None or not key.verifies(octets, DIGEST)
