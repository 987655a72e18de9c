"""What TLS is asked for, and what came of it."""

import asyncio
import ssl

import aiosmtplib
import pytest

from mailbot_server.core.destination.tlsa import Tlsa
from mailbot_server.engine.outbound.routing.protection import (
    ENFORCED,
    NO_TLS,
    OPPORTUNISTIC,
    VERIFIED,
    by_dane,
    by_setting,
)
from mailbot_server.engine.outbound.smtp.handshake import (
    Contexts,
    Protected,
    Unprotected,
    reached,
    upgrade,
)
from tests.fakes.certificate import der_of, old_context, server_context
from tests.fakes.remote_mta import ALERT, CLOSE, RemoteMta, Then


async def greeted(mta: RemoteMta) -> aiosmtplib.SMTP:
    smtp = aiosmtplib.SMTP(hostname=mta.host, port=mta.port, start_tls=False)
    await smtp.connect()
    await smtp.ehlo()
    return smtp


@pytest.fixture
def protect(clock):
    """Asks a server for protection: whether TLS stands, and how."""

    async def try_it(mta, wanted, name="mx.example.com", ca_file=None):
        smtp = await greeted(mta)
        context = Contexts(ca_file).of(wanted)
        try:
            stands = await upgrade(smtp, name, wanted, context, clock())
            return stands, reached(smtp.transport, wanted.level)
        finally:
            smtp.close()

    return try_it


@pytest.mark.parametrize(
    "wanted", [VERIFIED, ENFORCED, by_setting("implicit")], ids=lambda p: p.level
)
def test_who_must_be_proven_by_an_authority_is_checked_by_name_and_certificate(wanted):
    context = Contexts().of(wanted)
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_an_opportunistic_one_takes_any_certificate():
    contexts = Contexts()
    context = contexts.of(OPPORTUNISTIC)
    assert context.verify_mode is ssl.CERT_NONE
    assert contexts.of(OPPORTUNISTIC) is context


def test_no_context_allows_what_is_no_encryption():
    for wanted in (OPPORTUNISTIC, VERIFIED, by_dane("mx", (), ())):
        names = [cipher["name"] for cipher in Contexts().of(wanted).get_ciphers()]
        assert names
        assert not [name for name in names if "NULL" in name or "ADH" in name]


async def test_starttls_protects_and_says_how(protect, pem):
    async with RemoteMta(tls=server_context(pem)) as mta:
        stands, protected = await protect(mta, OPPORTUNISTIC)
    assert stands
    assert protected.level == "unverified"
    assert protected.protocol == "TLSv1.3"
    assert protected.cipher


async def test_d10_old_tls_is_better_than_none_and_no_proof(protect, pem):
    async with RemoteMta(tls=old_context(pem)) as mta:
        stands, protected = await protect(mta, OPPORTUNISTIC)
        assert stands
        assert protected.protocol == "TLSv1"
        for wanted in (by_dane("mx.example.com", (), ()), VERIFIED):
            with pytest.raises(Unprotected, match="TLS failed"):
                await protect(mta, wanted, ca_file=pem)


async def test_a_certificate_that_must_be_valid_and_is_not_is_said(protect, pem):
    async with RemoteMta(tls=server_context(pem)) as mta:
        with pytest.raises(Unprotected, match="certificate is not valid"):
            await protect(mta, VERIFIED)


async def test_an_authority_of_the_settings_vouches_for_its_names(protect, pem):
    async with RemoteMta(tls=server_context(pem)) as mta:
        stands, protected = await protect(mta, ENFORCED, ca_file=pem)
        assert (stands, protected.level) == (True, "mta_sts")
        with pytest.raises(Unprotected, match="certificate is not valid"):
            await protect(mta, ENFORCED, "mx2.example.com", ca_file=pem)


async def test_a_certificate_that_the_tlsa_records_mean_needs_no_authority(
    protect, pem
):
    record = Tlsa(usage=3, selector=0, matching_type=0, data=der_of(pem))
    wanted = by_dane("mx.example.com", (record,), ())
    async with RemoteMta(tls=server_context(pem)) as mta:
        stands, protected = await protect(mta, wanted)
    assert (stands, protected.level) == (True, "dane")


async def test_d11_another_certificate_than_the_tlsa_records_mean_is_none(protect, pem):
    record = Tlsa(usage=3, selector=0, matching_type=1, data=bytes(32))
    wanted = by_dane("mx.example.com", (record,), ())
    async with RemoteMta(tls=server_context(pem)) as mta:
        with pytest.raises(Unprotected, match="DANE failed: the certificate is not"):
            await protect(mta, wanted)


@pytest.mark.parametrize(
    ("answer", "is_lasting"),
    [
        ("454 4.7.0 Not now", False),
        ("502 5.5.1 Not here", True),
        (CLOSE, False),
        (Then("220 Go ahead", CLOSE), False),
        (Then("220 Go ahead", ALERT), True),
    ],
)
async def test_only_what_fails_by_itself_will_fail_again(
    protect, pem, answer, is_lasting
):
    async with RemoteMta(tls=server_context(pem)) as mta:
        mta.script["STARTTLS"] = [answer]
        with pytest.raises(Unprotected) as caught:
            await protect(mta, OPPORTUNISTIC)
    assert caught.value.is_lasting is is_lasting


async def test_what_is_not_offered_is_missed_only_where_it_is_demanded(protect):
    async with RemoteMta() as mta:
        for wanted in (NO_TLS, OPPORTUNISTIC):
            stands, _ = await protect(mta, wanted)
            assert not stands
        for wanted in (VERIFIED, by_dane("mx", (), ())):
            with pytest.raises(Unprotected, match="does not offer STARTTLS"):
                await protect(mta, wanted)


def test_a_transport_that_is_gone_has_neither_protocol_nor_cipher():
    assert reached(None, "verified") == Protected(level="verified")
    assert reached(asyncio.Transport(), "unverified").protocol == ""
