"""What TLS is asked for, and what came of it."""

import asyncio
import ssl

import aiosmtplib
import pytest

from mailbot_server.engine.outbound.smtp.handshake import (
    Contexts,
    Protected,
    Unprotected,
    level_of,
    reached,
    upgrade,
)
from tests.fakes.certificate import server_context
from tests.fakes.remote_mta import RemoteMta


async def greeted(mta: RemoteMta) -> aiosmtplib.SMTP:
    smtp = aiosmtplib.SMTP(hostname=mta.host, port=mta.port, start_tls=False)
    await smtp.connect()
    await smtp.ehlo()
    return smtp


@pytest.mark.parametrize("mode", ["starttls", "implicit"])
def test_a_verified_mode_checks_name_and_certificate(mode):
    context = Contexts().of(mode)
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert level_of(mode) == "verified"


def test_an_opportunistic_one_takes_any_certificate():
    contexts = Contexts()
    context = contexts.of("opportunistic")
    assert context.verify_mode is ssl.CERT_NONE
    assert contexts.of("opportunistic") is context
    assert level_of("opportunistic") == "unverified"


async def test_starttls_protects_and_says_how(pem):
    context = Contexts().of("opportunistic")
    async with RemoteMta(tls=server_context(pem)) as mta:
        smtp = await greeted(mta)
        assert await upgrade(smtp, "mx.example.com", "opportunistic", context)
        protected = reached(smtp.transport, "unverified")
        smtp.close()
    assert protected.level == "unverified"
    assert protected.protocol == "TLSv1.3"
    assert protected.cipher


async def test_a_certificate_that_must_be_valid_and_is_not_is_said(pem):
    context = Contexts().of("starttls")
    async with RemoteMta(tls=server_context(pem)) as mta:
        smtp = await greeted(mta)
        with pytest.raises(Unprotected, match="certificate is not valid"):
            await upgrade(smtp, "mx.example.com", "starttls", context)
        smtp.close()


async def test_what_is_not_offered_is_missed_only_where_it_is_demanded():
    contexts = Contexts()
    async with RemoteMta() as mta:
        smtp = await greeted(mta)
        for mode in ("none", "opportunistic"):
            assert not await upgrade(smtp, "mx", mode, contexts.of(mode))
        with pytest.raises(Unprotected, match="does not offer STARTTLS"):
            await upgrade(smtp, "mx", "starttls", contexts.of("starttls"))
        smtp.close()


def test_a_transport_that_is_gone_has_neither_protocol_nor_cipher():
    assert reached(None, "verified") == Protected(level="verified")
    assert reached(asyncio.Transport(), "unverified").protocol == ""
