"""What is remembered, shared and made of answers of a real name server on loopback."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from mailbot_server.config import load
from mailbot_server.engine.dns import (
    AddressAnswer,
    Exchange,
    MxAnswer,
    NameAnswer,
    Resolver,
    Status,
    Tlsa,
    TlsaAnswer,
)
from tests.fakes.nameserver import (
    Answer,
    NameServer,
    negative,
    proven,
    rcode,
    records,
    silence,
)


@pytest.fixture
async def server() -> AsyncIterator[NameServer]:
    async with NameServer() as running:
        yield running


@pytest.fixture
def resolver(server, clock, metrics) -> Resolver:
    settings = load(dns_servers=(server.address,), dns_seconds=0.5)
    return Resolver(clock, settings, metrics)


SOA = "example.com. {ttl} IN SOA ns.example.com. root.example.com. 1 2 3 4 {minimum}"


def unproven(answer: Answer) -> Answer:
    return answer


def cached(metrics) -> dict[str, int]:
    """How often answers came from where."""
    found = {
        result: metrics.registry.get_sample_value(
            "mailbot_dns_cache_total", {"result": result}
        )
        for result in ("hit", "negative_hit", "miss", "coalesced")
    }
    return {result: int(count) for result, count in found.items() if count}


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


async def test_a_silent_name_server_is_given_up_in_time(server, resolver, metrics):
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


async def test_addresses_of_both_families_come_together(server, resolver):
    server.answers["mx.example.com", "A"] = records("mx.example.com. 60 IN A 192.0.2.1")
    server.answers["mx.example.com", "AAAA"] = records(
        "mx.example.com. 60 IN AAAA 2001:db8::1"
    )
    assert await resolver.addresses("mx.example.com") == AddressAnswer(
        status=Status.OK,
        v4=("192.0.2.1",),
        v6=("2001:db8::1",),
        canonical="mx.example.com",
    )


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.1", "1.2.0.192.in-addr.arpa"),
        ("2001:db8::1", "1." + "0." * 23 + "8.b.d.0.1.0.0.2.ip6.arpa"),
    ],
)
async def test_names_of_an_address_come_in_lower_case(server, resolver, address, name):
    server.answers[name, "PTR"] = records(
        f"{name}. 300 IN PTR Mail.Example.COM.", f"{name}. 300 IN PTR no\\032host."
    )
    found = await resolver.names(address)
    assert found == NameAnswer(status=Status.OK, hosts=("mail.example.com",))
    assert (await resolver.names("192.0.2.9")).status is Status.NXDOMAIN


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


async def test_an_mx_that_is_no_host_name_is_left_out(server, resolver):
    server.answers["example.com", "MX"] = records(
        r"example.com. 60 IN MX 1 a\032b.example.com.",
        "example.com. 60 IN MX 2 under_score.example.com.",
    )
    answer = await resolver.mx("example.com")
    assert answer.exchanges == (Exchange(preference=2, host="under_score.example.com"),)
    server.answers["example.net", "MX"] = records(r"example.net. 60 IN MX 1 a\000.")
    assert (await resolver.mx("example.net")).status is Status.FAILED


# --- memory ---


@pytest.mark.parametrize(
    ("ttl", "kept"),
    [
        pytest.param(300, 300, id="its-ttl"),
        pytest.param(0, 1, id="none-is-a-second"),
        pytest.param(604_800, 3600, id="a-week-is-an-hour"),
        pytest.param(2**31 - 1, 3600, id="the-longest"),
    ],
)
async def test_an_answer_is_kept_for_its_ttl(
    server, resolver, metrics, clock, ttl, kept
):
    server.answers["example.com", "MX"] = records(
        f"example.com. {ttl} IN MX 1 a.example.com."
    )
    first = await resolver.mx("example.com")
    clock.advance(seconds=kept - 0.001)
    assert await resolver.mx("Example.COM") == first
    assert len(server.questions) == 1
    clock.advance(seconds=0.001)
    assert await resolver.mx("example.com") == first
    assert len(server.questions) == 2
    assert cached(metrics) == {"hit": 1, "miss": 2}


async def test_the_shortest_ttl_of_a_chain_of_aliases_counts(server, resolver, clock):
    server.answers["example.com", "TXT"] = records(
        "example.com. 60 IN CNAME text.example.net.",
        'text.example.net. 3600 IN TXT "x"',
    )
    await resolver.txt("example.com")
    clock.advance(seconds=60)
    await resolver.txt("example.com")
    assert len(server.questions) == 2


@pytest.mark.parametrize("code", ["NOERROR", "NXDOMAIN"])
@pytest.mark.parametrize(
    ("ttl", "minimum", "kept"),
    [
        pytest.param(200, 60, 60, id="minimum"),
        pytest.param(60, 200, 60, id="ttl-of-the-soa"),
        pytest.param(86_400, 86_400, 300, id="at-most-five-minutes"),
    ],
)
async def test_that_there_is_nothing_is_kept_as_the_zone_says(
    server, resolver, clock, code, ttl, minimum, kept
):
    soa = SOA.format(ttl=ttl, minimum=minimum)
    server.answers["a.example.com", "MX"] = negative(code, soa)
    first = await resolver.mx("a.example.com")
    assert first.status in {Status.NODATA, Status.NXDOMAIN}
    clock.advance(seconds=kept - 1)
    assert await resolver.mx("a.example.com") == first
    assert len(server.questions) == 1
    clock.advance(seconds=1)
    await resolver.mx("a.example.com")
    assert len(server.questions) == 2


async def test_what_is_known_not_to_be_is_counted_apart(resolver, metrics):
    for _ in range(3):
        await resolver.mx("example.com")
    assert cached(metrics) == {"negative_hit": 2, "miss": 1}


async def test_without_its_soa_a_negative_answer_is_kept_for_a_second(
    server, resolver, clock
):
    await resolver.mx("example.com")
    await resolver.mx("example.com")
    assert len(server.questions) == 1
    clock.advance(seconds=1)
    await resolver.mx("example.com")
    assert len(server.questions) == 2


async def test_what_is_over_is_not_given_while_the_name_server_is_away(
    server, resolver, clock
):
    server.answers["example.com", "MX"] = records(
        "example.com. 60 IN MX 1 a.example.com."
    )
    await resolver.mx("example.com")
    clock.advance(seconds=60)
    server.answers["example.com", "MX"] = rcode("SERVFAIL")
    assert await resolver.mx("example.com") == MxAnswer(status=Status.FAILED)


async def test_answers_that_are_too_large_are_given_and_not_kept(server, resolver):
    text = "example.com. 300 IN TXT " + " ".join([f'"{"x" * 255}"'] * 17)
    server.answers["example.com", "TXT"] = records(text)
    for _ in range(2):
        assert (await resolver.txt("example.com")).texts == (b"x" * 255 * 17,)
    assert len(resolver._known) == 0
    assert [transport for transport, *_ in server.questions] == ["udp", "tcp"] * 2


# --- the same question of several ---


async def test_equal_questions_at_the_same_time_are_asked_once(
    server, resolver, metrics
):
    server.answers["example.com", "MX"] = records(
        "example.com. 60 IN MX 1 a.example.com."
    )
    names = ["example.com", "EXAMPLE.com"] * 10
    answers = await asyncio.gather(*(resolver.mx(name) for name in names))
    assert {answer.status for answer in answers} == {Status.OK}
    assert server.questions == [("udp", "example.com", "MX")]
    assert cached(metrics) == {"miss": 1, "coalesced": 19}
    assert asked(metrics, "MX", "ok") == 1


async def test_who_stops_waiting_does_not_take_the_answer_from_others(server, resolver):
    server.answers["example.com", "MX"] = records(
        "example.com. 60 IN MX 1 a.example.com."
    )
    first, second = (asyncio.create_task(resolver.mx("example.com")) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert (await second).status is Status.OK
    assert first.cancelled()
    assert len(server.questions) == 1


async def test_when_nobody_waits_any_more_the_answer_is_kept_all_the_same(
    server, resolver
):
    server.answers["example.com", "MX"] = records(
        "example.com. 60 IN MX 1 a.example.com."
    )
    only = asyncio.create_task(resolver.mx("example.com"))
    await asyncio.sleep(0)
    under_way = list(resolver._under_way.values())
    only.cancel()
    await asyncio.wait([only, *under_way])
    assert (await resolver.mx("example.com")).status is Status.OK
    assert len(server.questions) == 1
    assert not resolver._under_way


async def test_who_does_not_get_a_turn_in_time_has_learnt_nothing(
    server, clock, metrics, monkeypatch
):
    monkeypatch.setattr("mailbot_server.engine.dns.resolver.QUESTIONS_MAX", 1)
    settings = load(dns_servers=(server.address,), dns_seconds=0.2)
    resolver = Resolver(clock, settings, metrics)
    await resolver._turns.acquire()
    assert (await resolver.mx("example.com")).status is Status.TIMEOUT
    resolver._turns.release()
    assert (await resolver.mx("example.com")).status is Status.NXDOMAIN


# --- what answers are made of ---


async def test_the_strings_of_one_text_record_are_joined(server, resolver):
    server.answers["example.com", "TXT"] = records(
        'example.com. 60 IN TXT "v=DKIM1; p=ab" "cd"', r'example.com. 60 IN TXT "\255"'
    )
    answer = await resolver.txt("example.com")
    assert set(answer.texts) == {b"v=DKIM1; p=abcd", b"\xff"}


async def test_tlsa_records_come_in_parts(server, resolver):
    name = "_25._tcp.mx.example.com"
    server.answers[name, "TLSA"] = records(f"{name}. 60 IN TLSA 3 1 1 {'0a' * 32}")
    assert await resolver.tlsa(name) == TlsaAnswer(
        status=Status.OK,
        records=(Tlsa(usage=3, selector=1, matching_type=1, data=b"\n" * 32),),
    )


async def test_addresses_come_with_the_name_at_the_end_of_the_aliases(server, resolver):
    server.answers["mx.example.com", "A"] = records(
        "mx.example.com. 60 IN CNAME Host.example.net.",
        "Host.example.net. 60 IN A 192.0.2.9",
    )
    assert (await resolver.addresses("mx.example.com")).canonical == "host.example.net"


@pytest.mark.parametrize(
    ("v4", "v6", "status"),
    [
        (proven, proven, True),
        (proven, unproven, False),
        (unproven, proven, False),
    ],
)
async def test_addresses_are_authentic_when_those_of_both_families_are(
    server, clock, metrics, v4, v6, status
):
    settings = load(dns_servers=(server.address,), dns_validates=True)
    server.answers["a.example.com", "A"] = v4(
        records("a.example.com. 9 IN A 192.0.2.1")
    )
    server.answers["a.example.com", "AAAA"] = v6(
        records("a.example.com. 9 IN AAAA 2001:db8::1")
    )
    found = await Resolver(clock, settings, metrics).addresses("a.example.com")
    assert found.authentic is status


async def test_one_that_does_not_remember_sees_a_new_record_at_once(
    server, clock, metrics
):
    settings = load(dns_servers=(server.address,), dns_seconds=0.5)
    subject = Resolver(clock, settings, metrics, remembering=False)
    assert (await subject.txt("new.example.com")).status is Status.NXDOMAIN
    server.answers["new.example.com", "TXT"] = records(
        'new.example.com. 300 IN TXT "here"'
    )
    assert (await subject.txt("new.example.com")).texts == (b"here",)


async def test_texts_are_known_once_they_were_asked_for(
    server, resolver, clock, metrics
):
    name = "example.com"
    server.answers[name, "TXT"] = records('example.com. 60 IN TXT "a"')
    assert resolver.known_txt(name) is None
    found = await resolver.txt(name)
    assert resolver.known_txt("Example.COM") == found
    assert cached(metrics) == {"miss": 1, "hit": 1}
    clock.advance(seconds=60)
    assert resolver.known_txt(name) is None
