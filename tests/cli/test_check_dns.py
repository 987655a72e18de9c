"""`mailbot check-dns`: what others see of a domain, asked of a real name server."""

import asyncio

import pytest

from tests.fakes.nameserver import NameServer, records

HOST = "mx.mailbot.example"


@pytest.fixture
def ask(bare):
    """Runs the command in a thread, while the name server answers in the loop."""

    async def run(domain: str, server: NameServer, code: int = 0, **settings: str):
        servers = f'["{server.address}"]'
        result = await asyncio.to_thread(
            bare, "check-dns", domain, MAILBOT_DNS_SERVERS=servers, **settings
        )
        assert result.exit_code == code, result.output
        return result.stdout.splitlines()

    return run


async def test_what_is_there_and_what_is_missing(ask):
    async with NameServer() as server:
        server.answers["example.com", "TXT"] = records(
            'example.com. 60 IN TXT "v=spf1 include:_spf.google.com -all"'
        )
        server.answers["_dmarc.example.com", "TXT"] = records(
            '_dmarc.example.com. 60 IN TXT "v=DMARC1; p=reject"'
        )
        lines = await ask("Example.com", server, MAILBOT_HOSTNAME=HOST)
    states = dict(line.split()[:2] for line in lines if not line.startswith(" "))
    assert states == {
        "spf": "wrong",
        "dmarc": "ok",
        "return_path_mx": "missing",
        "return_path_spf": "missing",
        "mx": "missing",
    }
    merged = f"v=spf1 a:{HOST} include:_spf.google.com -all"
    assert f"  publish  TXT {merged}" in lines
    assert f"  publish  MX 10 {HOST}" in lines


async def test_without_a_hostname_that_is_said(ask):
    async with NameServer() as server:
        lines = await ask("example.com", server)
    assert lines[0].startswith("hostname is not set")
    assert [line.split()[0] for line in lines[1:2]] == ["dmarc"]


def test_what_is_no_domain_is_refused(bare):
    for word in ("com", "a b", "rp.example.com"):
        result = bare("check-dns", word)
        assert result.exit_code == 2
        assert word in result.stderr
