from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mailbot_server.core.domain.key import KeyState, SigningUnavailable
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.engine.signing import keypair
from mailbot_server.engine.signing.keypair import NewKey
from tests.fakes.domain_keys import (
    BEGINNING,
    ED25519,
    MASTER,
    RSA,
    stored_key,
    vault,
)


def new_key(algorithm: Algorithm) -> NewKey:
    return NewKey(
        id="dky_1",
        account_id="acc_1",
        domain_id="dom_1",
        domain="example.com",
        selector="s1",
        algorithm=algorithm,
        created_at=BEGINNING,
    )


@pytest.mark.parametrize("algorithm", Algorithm)
async def test_a_new_key_waits_for_its_record_and_can_sign(algorithm):
    key = await keypair.make(vault(), new_key(algorithm))
    assert key.state is KeyState.PENDING
    assert (key.id, key.domain_id, key.selector) == ("dky_1", "dom_1", "s1")
    sign = keypair.signing(vault(), key)
    assert sign(b"d" * 32) == sign(b"d" * 32)


async def test_rsa_keys_have_2048_bits_rfc8301_3_2():
    key = await keypair.make(vault(), new_key(RSA))
    public = serialization.load_der_public_key(key.public)
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 2048


async def test_no_two_keys_are_alike():
    one = await keypair.make(vault(), new_key(ED25519))
    two = await keypair.make(vault(), new_key(ED25519))
    assert one.public != two.public


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"id": "dky_2"}, id="row"),
        pytest.param({"domain": "example.org"}, id="domain"),
    ],
)
def test_a_key_of_another_row_or_domain_cannot_be_used(changes):
    with pytest.raises(SigningUnavailable, match="belongs to another"):
        keypair.signing(vault(), replace(stored_key(), **changes))


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_key_whose_published_half_is_another_cannot_be_used(algorithm):
    changed = replace(stored_key(algorithm), public=stored_key(algorithm, 2).public)
    with pytest.raises(SigningUnavailable, match="do not belong together"):
        keypair.signing(vault(), changed)


def test_a_missing_server_key_is_named_with_the_key_and_the_domain():
    with pytest.raises(SigningUnavailable) as caught:
        keypair.signing(vault(b"another"), stored_key())
    assert stored_key().id in str(caught.value)
    assert "example.com" in str(caught.value)
    assert "server_key" in str(caught.value)


def test_rotation_seals_a_key_anew_and_only_once():
    key = stored_key(ED25519)
    rotated = vault(b"a new server key", MASTER)
    assert keypair.resealed(vault(), key) is None
    sealed = keypair.resealed(rotated, key)
    assert sealed is not None
    moved = replace(key, sealed_private=sealed)
    assert keypair.resealed(rotated, moved) is None
    only_new = keypair.signing(vault(b"a new server key"), moved)
    assert only_new(b"d" * 32) == keypair.signing(vault(), key)(b"d" * 32)
