"""Questions to a real name server on loopback that misbehaves as told."""

from collections.abc import AsyncIterator

import dns.nameserver
import pytest

from mailbot_server.config import BadSettings, load
from mailbot_server.engine.dns import (
    FAILURES_MAX,
    AddressAnswer,
    Exchange,
    MxAnswer,
    Resolver,
    Status,
)
from tests.fakes.nameserver import NameServer, rcode, records, silence


@pytest.fixture
async def server() -> AsyncIterator[NameServer]:
    async with NameServer() as running:
        yield running


@pytest.fixture
def resolver(server, clock, metrics) -> Resolver:
    settings = load(dns_servers=(server.address,), dns_seconds=0.5)
    return Resolver(clock, settings, metrics)


def asked(metrics, kind: str, result: str) -> float | None:
    labels = {"type": kind, "result": result}
    return metrics.registry.get_sample_value("mailbot_dns_queries_total", labels)


async def test_mx_records_come_with_preference_and_lower_case_names(server, resolver):
    server.answers["example.com", "MX"] = records(
        "example.com. 300 IN MX 10 MX1.Example.COM.",
        "example.com. 300 IN MX 20 mx2.example.net.",
    )
    answer = await resolver.mx("example.com")
    assert answer.status is Status.OK
    assert set(answer.exchanges) == {
        Exchange(preference=10, host="mx1.example.com"),
        Exchange(preference=20, host="mx2.example.net"),
    }
    assert not answer.is_null


async def test_a_null_mx_is_told_apart(server, resolver):
    server.answers["example.com", "MX"] = records("example.com. 300 IN MX 0 .")
    assert (await resolver.mx("example.com")).is_null


async def test_a_name_that_does_not_exist_is_not_a_name_without_records(
    server, resolver
):
    server.answers["example.com", "MX"] = records()
    assert await resolver.mx("example.com") == MxAnswer(status=Status.NODATA)
    assert await resolver.mx("example.net") == MxAnswer(status=Status.NXDOMAIN)


async def test_a_broken_zone_is_a_failure_and_not_an_empty_answer(server, resolver):
    server.answers["example.com", "MX"] = rcode("SERVFAIL")
    server.answers["example.net", "MX"] = rcode("REFUSED")
    assert (await resolver.mx("example.com")).status is Status.FAILED
    assert (await resolver.mx("example.net")).status is Status.FAILED


async def test_a_silent_name_server_is_given_up_in_time(
    server, resolver, metrics, clock
):
    server.answers["example.com", "MX"] = silence
    assert (await resolver.mx("example.com")).status is Status.TIMEOUT
    assert asked(metrics, "MX", "timeout") == 1


async def test_a_failure_is_remembered_for_half_a_minute(
    server, resolver, metrics, clock
):
    server.answers["example.com", "MX"] = rcode("SERVFAIL")
    for _ in range(3):
        assert (await resolver.mx("example.com")).status is Status.FAILED
    assert len(server.questions) == 1
    clock.advance(seconds=31)
    server.answers["example.com", "MX"] = records(
        "example.com. 60 IN MX 1 a.example.com."
    )
    assert (await resolver.mx("example.com")).status is Status.OK
    assert asked(metrics, "MX", "servfail") == 1
    assert asked(metrics, "MX", "ok") == 1


async def test_remembered_failures_stay_few(server, resolver):
    for number in range(FAILURES_MAX + 1):
        resolver._remember_failure(f"d{number}.example.com", "MX", Status.FAILED)
    assert len(resolver._failures) == 1


async def test_a_truncated_answer_is_asked_for_again_over_tcp(server, resolver):
    server.truncates_udp = True
    server.answers["example.com", "MX"] = records(
        "example.com. 60 IN MX 1 a.example.com."
    )
    assert (await resolver.mx("example.com")).status is Status.OK
    assert [transport for transport, *_ in server.questions] == ["udp", "tcp"]


async def test_addresses_of_both_families_come_together(server, resolver):
    server.answers["mx.example.com", "A"] = records("mx.example.com. 60 IN A 192.0.2.1")
    server.answers["mx.example.com", "AAAA"] = records(
        "mx.example.com. 60 IN AAAA 2001:db8::1"
    )
    assert await resolver.addresses("mx.example.com") == AddressAnswer(
        status=Status.OK, v4=("192.0.2.1",), v6=("2001:db8::1",)
    )


async def test_one_family_that_answers_is_enough(server, resolver):
    server.answers["mx.example.com", "A"] = records("mx.example.com. 60 IN A 192.0.2.1")
    server.answers["mx.example.com", "AAAA"] = rcode("SERVFAIL")
    answer = await resolver.addresses("mx.example.com")
    assert (answer.status, answer.v4, answer.v6) == (Status.OK, ("192.0.2.1",), ())


async def test_no_address_and_a_failure_is_a_failure(server, resolver):
    server.answers["mx.example.com", "A"] = records()
    server.answers["mx.example.com", "AAAA"] = rcode("SERVFAIL")
    assert (await resolver.addresses("mx.example.com")).status is Status.FAILED


async def test_a_host_without_addresses_is_not_an_error_of_ours(server, resolver):
    for kind in ("A", "AAAA"):
        server.answers["mx.example.com", kind] = records()
    assert (await resolver.addresses("mx.example.com")).status is Status.NODATA
    assert (await resolver.addresses("mx.example.net")).status is Status.NXDOMAIN


async def test_an_alias_is_followed(server, resolver):
    server.answers["mx.example.com", "A"] = records(
        "mx.example.com. 60 IN CNAME host.example.net.",
        "host.example.net. 60 IN A 192.0.2.9",
    )
    server.answers["mx.example.com", "AAAA"] = records(
        "mx.example.com. 60 IN CNAME host.example.net."
    )
    assert (await resolver.addresses("mx.example.com")).v4 == ("192.0.2.9",)


async def test_a_circle_of_aliases_ends(server, resolver):
    circle = records(
        "mx.example.com. 60 IN CNAME a.example.com.",
        "a.example.com. 60 IN CNAME mx.example.com.",
    )
    for kind in ("A", "AAAA"):
        server.answers["mx.example.com", kind] = circle
    assert (await resolver.addresses("mx.example.com")).status is Status.LOOP


@pytest.mark.parametrize(
    "name", ["a" * 64 + ".example.com", "b." * 127 + "com", "..", "a..b"]
)
async def test_a_name_that_cannot_be_does_not_exist(resolver, name):
    assert (await resolver.mx(name)).status is Status.NXDOMAIN


async def test_an_mx_that_is_no_host_name_is_left_out(server, resolver):
    server.answers["example.com", "MX"] = records(
        r"example.com. 60 IN MX 1 a\032b.example.com.",
        "example.com. 60 IN MX 2 under_score.example.com.",
    )
    answer = await resolver.mx("example.com")
    assert answer.exchanges == (Exchange(preference=2, host="under_score.example.com"),)
    server.answers["example.net", "MX"] = records(r"example.net. 60 IN MX 1 a\000.")
    assert (await resolver.mx("example.net")).status is Status.FAILED


async def test_a_system_without_name_servers_fails_softly(
    clock, metrics, monkeypatch, tmp_path
):
    empty = tmp_path / "resolv.conf"
    empty.write_text("# nothing\n")
    read = Resolver._open.__globals__["dns"].asyncresolver.Resolver.read_resolv_conf
    monkeypatch.setattr(
        "dns.asyncresolver.Resolver.read_resolv_conf",
        lambda self, path: read(self, str(empty)),
    )
    resolver = Resolver(clock, load(), metrics)
    assert (await resolver.mx("example.com")).status is Status.FAILED


@pytest.mark.parametrize(
    ("text", "address", "port"),
    [
        ("192.0.2.53", "192.0.2.53", 53),
        ("192.0.2.53:5353", "192.0.2.53", 5353),
        ("2001:db8::53", "2001:db8::53", 53),
        ("[2001:db8::53]:5353", "2001:db8::53", 5353),
    ],
)
def test_name_servers_are_addresses_with_or_without_a_port(
    text, address, port, clock, metrics
):
    resolver = Resolver(clock, load(dns_servers=(text,)), metrics)
    server = resolver._servers[0]
    assert isinstance(server, dns.nameserver.Do53Nameserver)
    assert (server.address, server.port) == (address, port)


@pytest.mark.parametrize("text", ["ns.example.com", "192.0.2.53:x", "", "[::1"])
def test_a_name_server_that_is_no_address_stops_the_start(text, clock, metrics):
    with pytest.raises(BadSettings, match="dns_servers"):
        Resolver(clock, load(dns_servers=(text,)), metrics)
