"""What endpoints are told in confidence opens for its own webhook only."""

import pytest

from mailbot_server.core.signed import server_key
from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.engine.signing.sealing import SealBroken, Vault
from mailbot_server.engine.webhooks import sealing
from mailbot_server.engine.webhooks.sealing import Safe
from tests.fakes.entropy import FakeEntropy

SAFE = Safe(Vault(server_key.keys_for([b"key"], sealing.PURPOSE), FakeEntropy()))


def test_what_was_sealed_comes_out() -> None:
    sealed = SAFE.seal_secret("whk_1", b"secret")
    assert b"secret" not in sealed
    assert SAFE.secret("whk_1", sealed) == b"secret"
    headers = {"authorization": "Bearer é"}
    endpoint = Endpoint(
        id="whk_1",
        account_id="acc_1",
        url="https://example.com/",
        sealed_headers=SAFE.seal_headers("whk_1", headers),
        sealed_secret=sealed,
    )
    assert SAFE.headers(endpoint) == headers


def test_another_webhook_or_another_use_opens_nothing() -> None:
    sealed = SAFE.seal_secret("whk_1", b"secret")
    with pytest.raises(SealBroken):
        SAFE.secret("whk_2", sealed)
    with pytest.raises(SealBroken):
        SAFE.secret("whk_1", SAFE.seal_headers("whk_1", {}))


def test_nor_does_the_key_of_another_server_or_of_dkim() -> None:
    sealed = SAFE.seal_secret("whk_1", b"secret")
    for keys in (
        server_key.keys_for([b"other"], sealing.PURPOSE),
        server_key.keys_for([b"key"], "dkim-at-rest"),
    ):
        with pytest.raises(SealBroken):
            Safe(Vault(keys, FakeEntropy())).secret("whk_1", sealed)


def test_a_newer_key_seals_anew_and_the_older_may_go() -> None:
    endpoint = Endpoint(
        id="whk_1",
        account_id="acc_1",
        url="https://example.com/",
        sealed_headers=SAFE.seal_headers("whk_1", {"x-token": "1"}),
        sealed_secret=SAFE.seal_secret("whk_1", b"secret"),
        sealed_former_secret=SAFE.seal_secret("whk_1", b"former"),
    )
    assert SAFE.resealed(endpoint) is endpoint
    both = server_key.keys_for([b"newer", b"key"], sealing.PURPOSE)
    anew = Safe(Vault(both, FakeEntropy())).resealed(endpoint)
    alone = Safe(Vault(server_key.keys_for([b"newer"], sealing.PURPOSE), FakeEntropy()))
    assert alone.headers(anew) == {"x-token": "1"}
    assert alone.secret("whk_1", anew.sealed_secret) == b"secret"
    assert alone.former_secret(anew) == b"former"
    assert alone.former_secret(endpoint) is None
    with pytest.raises(SealBroken):
        alone.resealed(endpoint)
