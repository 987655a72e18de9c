"""Files over HTTPS from a real server, and from those that should not be believed."""

import asyncio

import pytest

from mailbot_server.config import load
from mailbot_server.core.destination.mta_sts import POLICY_BYTES_MAX
from mailbot_server.engine.outbound.routing import policy_file
from mailbot_server.engine.outbound.routing.policy_file import NotFetched, PolicyFiles
from tests.fakes.certificate import self_signed
from tests.fakes.policy_server import PolicyServer, policy_text


@pytest.fixture
def files(resolver, trusting):
    """Fetches with these settings changed."""
    return lambda **changes: PolicyFiles(load(**(trusting | changes)), resolver)


async def test_a_file_comes_from_the_well_known_place(files, web):
    web.body = policy_text("mx.example.com")
    web.content_type = "text/plain; charset=utf-8"
    assert await files().fetch("example.com") == web.body.encode()
    assert web.requests == [("mta-sts.example.com", "/.well-known/mta-sts.txt")]


@pytest.mark.parametrize("status", [301, 302, 307, 404, 500])
async def test_rfc8461_3_3_only_200_counts_and_nobody_is_followed(files, web, status):
    web.status = status
    web.body = policy_text("mx.example.com")
    web.headers["Location"] = "/elsewhere"
    with pytest.raises(NotFetched, match=f"answered {status}"):
        await files().fetch("example.com")
    assert len(web.requests) == 1


async def test_a_page_for_people_is_no_policy(files, web):
    web.content_type = "text/html"
    with pytest.raises(NotFetched, match="text/html"):
        await files().fetch("example.com")


async def test_no_more_is_read_than_a_policy_may_have(files, web):
    web.body = b"x" * (POLICY_BYTES_MAX * 40)
    assert len(await files().fetch("example.com")) == POLICY_BYTES_MAX + 1


async def test_what_is_packed_is_not_unpacked(files, web):
    web.body = b"\x1f\x8b not really"
    web.headers["Content-Encoding"] = "gzip"
    assert await files().fetch("example.com") == web.body


async def test_a_certificate_that_nobody_vouches_for_is_not_believed(files, web):
    with pytest.raises(NotFetched, match="certificate"):
        await files(tls_ca_file=None).fetch("example.com")
    assert web.requests == []


async def test_nor_one_for_another_name(files, resolver, tmp_path, monkeypatch):
    pem = self_signed(tmp_path, "mta-sts.example.org")
    async with PolicyServer(pem) as server:
        monkeypatch.setattr(policy_file, "HTTPS_PORT", server.port)
        with pytest.raises(NotFetched, match="certificate"):
            await files(tls_ca_file=pem).fetch("example.com")


async def test_a_stranger_cannot_have_our_own_network_asked(files, web):
    with pytest.raises(NotFetched):
        await files(allow_private_destinations=False).fetch("example.com")
    assert web.requests == []


@pytest.mark.parametrize("domain", ["nowhere.example", "", "a b", "x" * 300])
async def test_a_domain_without_such_a_host_has_no_file(files, web, domain):
    with pytest.raises(NotFetched):
        await files().fetch(domain)
    assert web.requests == []


async def test_a_server_that_says_nothing_is_not_waited_for(files, web, monkeypatch):
    monkeypatch.setattr(policy_file, "FETCH_SECONDS", 0.2)
    web.gate = asyncio.Event()
    with pytest.raises(NotFetched, match="in time"):
        await files().fetch("example.com")
    web.gate.set()
