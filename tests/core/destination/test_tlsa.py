"""Which certificates TLSA records mean, checked by a library that knows X.509."""

import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.destination.tlsa import (
    RECORDS_MAX,
    Tlsa,
    public_key_info,
    usable,
)
from tests.fakes.certificate import der_of, self_signed


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> bytes:
    return der_of(self_signed(tmp_path_factory.mktemp("tls"), "mx.example.com"))


@pytest.fixture
def key(certificate) -> bytes:
    public = x509.load_der_x509_certificate(certificate).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def record(usage=3, selector=1, matching_type=1, data=bytes(32)) -> Tlsa:
    return Tlsa(usage=usage, selector=selector, matching_type=matching_type, data=data)


def test_the_key_in_a_certificate(certificate, key):
    assert public_key_info(certificate) == key


def test_a_certificate_of_the_first_version_has_a_key_too(certificate, key):
    body = certificate.index(b"\xa0\x03\x02\x01\x02")
    # The version is left out, the lengths are those without it.
    inner = certificate[body + 5 :]
    short = _sequence(_sequence(inner[: _tbs_length(certificate) - 5]))
    assert public_key_info(short) == key


def _tbs_length(certificate: bytes) -> int:
    return int.from_bytes(certificate[6:8], "big")


def _sequence(content: bytes) -> bytes:
    return b"\x30\x82" + len(content).to_bytes(2, "big") + content


@pytest.mark.parametrize("selector", [0, 1])
@pytest.mark.parametrize("matching_type", [0, 1, 2])
def test_a_record_means_its_certificate_and_no_other(
    certificate, key, selector, matching_type
):
    chosen = key if selector else certificate
    digest = [lambda data: data, hashlib.sha256, hashlib.sha512][matching_type]
    data = digest(chosen) if not matching_type else digest(chosen).digest()
    right = record(selector=selector, matching_type=matching_type, data=data)
    wrong = record(
        selector=selector, matching_type=matching_type, data=data[:-1] + b"?"
    )
    assert right.means(certificate)
    assert not wrong.means(certificate)
    assert not right.means(certificate[:-200])


def test_damage_means_nothing():
    assert not record(data=hashlib.sha256(b"").digest()).means(b"")
    assert not record(matching_type=0, data=b"").means(b"no certificate")


def test_truncated_anywhere_a_certificate_has_no_key_and_nothing_raises(certificate):
    for end in range(len(certificate) - 1):
        assert public_key_info(certificate[:end]) == b""


@given(st.binary(max_size=100))
def test_no_certificate_raises(octets):
    public_key_info(b"\x30\x80" + octets)
    public_key_info(octets)


@pytest.mark.parametrize(
    "unusable",
    [
        pytest.param(record(usage=0), id="rfc7672-3.1.3-pkix-ta"),
        pytest.param(record(usage=1), id="rfc7672-3.1.3-pkix-ee"),
        record(usage=4),
        record(selector=2),
        record(matching_type=3),
        record(data=bytes(31)),
        record(matching_type=2, data=bytes(32)),
        record(matching_type=0, data=b""),
    ],
)
def test_records_that_prove_nothing_are_left_out(unusable):
    assert usable([unusable]) == ()
    assert usable([unusable, record()]) == (record(),)


def test_the_stronger_digest_counts():
    strong = record(matching_type=2, data=bytes(64))
    other = record(usage=2)
    assert usable([record(), strong, other]) == (strong, other)


def test_records_are_few_and_each_is_one():
    assert usable([record()] * 3) == (record(),)
    many = [record(data=n.to_bytes(32, "big")) for n in range(RECORDS_MAX + 5)]
    assert len(usable(many)) == RECORDS_MAX
