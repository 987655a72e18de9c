"""Certificates against TLSA records, made by an authority of the test."""

import ssl
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from mailbot_server.core.destination.tlsa import Tlsa, public_key_info
from mailbot_server.engine.outbound.smtp.dane import CHAIN_MAX, chain_of, refusal
from tests.fakes.certificate import Authority

NAMES = ("mx.example.com", "example.com")
RECORD = Tlsa(usage=2, selector=0, matching_type=0, data=b"")


@pytest.fixture
def authority(tmp_path, clock) -> Authority:
    return Authority(tmp_path, clock())


def shown(*certificates) -> list[bytes]:
    return [certificate.public_bytes(Encoding.DER) for certificate in certificates]


def meaning(der: bytes, *, usage: int = 2, selector: int = 0) -> Tlsa:
    data = public_key_info(der) if selector else der
    return replace(RECORD, usage=usage, selector=selector, data=data)


@pytest.mark.parametrize("selector", [0, 1])
def test_rfc7672_3_1_1_the_own_certificate_needs_neither_name_nor_date(
    authority, clock, selector
):
    leaf, _ = authority.issue("other.example.org", expired=True)
    chain = shown(leaf, authority.certificate)
    record = meaning(chain[0], usage=3, selector=selector)
    assert refusal(chain, [record], NAMES, clock()) == ""
    assert "not the one" in refusal(chain[1:], [record], NAMES, clock())
    assert "no certificate" in refusal([], [record], NAMES, clock())


@pytest.mark.parametrize("selector", [0, 1])
@pytest.mark.parametrize("name", ["mx.example.com", "*.example.com", "example.com"])
def test_rfc7672_3_1_2_an_authority_vouches_for_the_names(
    authority, clock, selector, name
):
    leaf, _ = authority.issue("first.example.org", name)
    chain = shown(leaf, authority.certificate)
    record = meaning(authority.der, selector=selector)
    assert refusal(chain, [record], NAMES, clock()) == ""


def test_an_authority_is_not_believed_for_other_names(authority, clock):
    leaf, _ = authority.issue("mx.example.org")
    chain = shown(leaf, authority.certificate)
    why = refusal(chain, [meaning(authority.der)], NAMES, clock())
    assert why == "the certificate is not for mx.example.com"
    bare, _ = authority.issue("mx.example.com")
    assert refusal(
        shown(bare, authority.certificate), [meaning(authority.der)], (), clock()
    )


def test_an_authority_that_the_host_does_not_show_proves_nothing(authority, clock):
    leaf, _ = authority.issue("mx.example.com")
    why = refusal(shown(leaf), [meaning(authority.der)], NAMES, clock())
    assert why == "no certificate is one of the TLSA records"


def test_the_own_certificate_is_not_its_own_authority(authority, clock):
    [own] = shown(authority.certificate)
    assert refusal([own], [meaning(own)], NAMES, clock())


def test_a_certificate_of_another_authority_proves_nothing(tmp_path, authority, clock):
    other = Authority(tmp_path, clock(), "other")
    leaf, _ = other.issue("mx.example.com")
    chain = shown(leaf, authority.certificate)
    why = refusal(chain, [meaning(authority.der)], NAMES, clock())
    assert why == "a certificate is not issued by the next one"


def test_dates_count_where_an_authority_vouches(authority, clock):
    leaf, _ = authority.issue("mx.example.com", expired=True)
    chain, record = shown(leaf, authority.certificate), meaning(authority.der)
    why = "a certificate is out of date"
    assert refusal(chain, [record], NAMES, clock()) == why
    assert refusal(chain, [record], NAMES, clock() + timedelta(days=400)) == why


def test_a_plain_certificate_may_not_issue_others(tmp_path, authority, clock):
    false, key = authority.issue("mx.example.org")
    forger = Authority(tmp_path, clock(), "forger")
    forger._key, forger._subject = key, false.subject
    leaf, _ = forger.issue("mx.example.com")
    chain = shown(leaf, false, authority.certificate)
    why = refusal(chain, [meaning(authority.der)], NAMES, clock())
    assert why == "a certificate is issued by one that may not issue any"


def test_one_authority_may_stand_between(tmp_path, authority, clock):
    middle, key = authority.issue("middle", is_ca=True)
    between = Authority(tmp_path, clock(), "between")
    between._key, between._subject = key, middle.subject
    leaf, _ = between.issue("mx.example.com")
    chain = shown(leaf, middle, authority.certificate)
    assert refusal(chain, [meaning(authority.der)], NAMES, clock()) == ""
    assert refusal(chain, [meaning(chain[1])], NAMES, clock()) == ""


def test_damaged_certificates_are_said(authority, clock):
    record = meaning(authority.der)
    why = refusal([b"junk", authority.der], [record], NAMES, clock())
    assert why == "the certificates are damaged"


def test_one_record_of_several_is_enough(authority, clock):
    leaf, _ = authority.issue("mx.example.com")
    chain = shown(leaf, authority.certificate)
    wrong = replace(RECORD, usage=3, data=b"other")
    assert refusal(chain, [wrong, meaning(chain[0], usage=3)], (), clock()) == ""
    assert refusal(chain, [wrong, meaning(authority.der)], NAMES, clock()) == ""


def test_the_chain_of_a_connection_is_what_the_host_showed(tmp_path, authority):
    pem = authority.pem("mx.example.com")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(back, there)
    theirs = server.wrap_bio(there, back, server_side=True)
    for side in (ours, theirs, ours):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    chain = chain_of(ours)
    assert chain[0] == ours.getpeercert(binary_form=True)
    assert chain[1:] == (authority.der,)


def test_newer_pythons_give_the_chain_themselves():
    tls = SimpleNamespace(get_unverified_chain=lambda: [b"der"] * 50)
    assert chain_of(tls) == (b"der",) * CHAIN_MAX
