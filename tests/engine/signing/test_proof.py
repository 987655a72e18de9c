from dataclasses import replace

import pytest

from mailbot_server.core.domain.key import SigningUnavailable
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.mail.dkim.record import Standing
from mailbot_server.engine.signing.proof import prove
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.domain_keys import ED25519, RSA, stored_key, vault


@pytest.fixture
def metrics():
    return Metrics()


@pytest.fixture
def signer(metrics):
    return Signer(vault(), FakeClock(), metrics)


def count(metrics: Metrics, result: str) -> float:
    return metrics.dkim_operations.labels("verify", result)._value.get()


@pytest.mark.parametrize("algorithm", Algorithm)
async def test_a_key_whose_record_is_there_may_sign(signer, metrics, algorithm):
    key = stored_key(algorithm)
    texts = [b"v=spf1 -all", key.record.encode()]
    assert await prove(signer, metrics, key, texts) is Standing.PUBLISHED
    assert count(metrics, "pass") == 1


@pytest.mark.parametrize("algorithm", Algorithm)
async def test_a_key_whose_published_half_is_another_never_signs(
    signer, metrics, algorithm
):
    other = stored_key(algorithm, 2).record.encode()
    key = stored_key(algorithm)
    assert await prove(signer, metrics, key, [other]) is Standing.DIFFERENT
    assert await prove(signer, metrics, key, []) is Standing.MISSING


@pytest.mark.parametrize("algorithm", Algorithm)
async def test_a_row_whose_halves_differ_never_signs(signer, metrics, algorithm):
    """The record is what the row says, and the private half belongs to another."""
    key = stored_key(algorithm)
    crossed = replace(key, public=stored_key(algorithm, 2).public)
    with pytest.raises(SigningUnavailable):
        await prove(signer, metrics, crossed, [crossed.record.encode()])


async def test_a_record_that_we_can_read_and_dkimpy_cannot_is_broken(signer, metrics):
    """Upper-case key types are not in the standard; we are lenient, others are not."""
    key = stored_key(ED25519)
    text = key.record.replace("k=ed25519", "k=ED25519").encode()
    assert await prove(signer, metrics, key, [text]) is Standing.BROKEN
    assert count(metrics, "fail") == 1


async def test_a_testing_key_is_told_apart_and_verified(signer, metrics):
    key = stored_key(RSA)
    texts = [key.record.encode() + b"; t=y"]
    assert await prove(signer, metrics, key, texts) is Standing.TESTING
