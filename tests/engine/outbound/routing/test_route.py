"""Where mail for a domain goes, by settings and by DNS."""

import pytest

from mailbot_server.config import Settings, load
from mailbot_server.engine.dns import Status
from mailbot_server.engine.outbound.routing.route import (
    Route,
    Target,
    Unroutable,
    Way,
    choose,
    find_targets,
)
from tests.fakes.resolver import FakeResolver

PUBLIC = "198.51.101.7"
PUBLIC_6 = "2600::7"


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver()


async def targets(
    resolver: FakeResolver, settings: Settings | None = None, seed: bytes = b"seed"
) -> tuple[Target, ...] | Unroutable:
    settings = settings or load(hostname="mail.example.net")
    return await find_targets(resolver, settings, choose(settings, "example.com"), seed)


async def hosts(
    resolver: FakeResolver, settings: Settings | None = None, seed: bytes = b"seed"
) -> list[tuple[str, str]]:
    found = await targets(resolver, settings, seed)
    assert isinstance(found, tuple)
    return [(target.host, target.address) for target in found]


async def enhanced(resolver: FakeResolver, settings: Settings | None = None) -> str:
    found = await targets(resolver, settings)
    assert isinstance(found, Unroutable)
    assert found.diagnostic
    return found.enhanced


# --- which way ---


def test_a_domain_that_is_hosted_here_is_local_before_anything_else():
    settings = load(
        sandbox_domain="example.com",
        routes=[{"domain": "example.com", "host": "mx.example.net"}],
    )
    route = choose(settings, "example.com")
    assert (route.way, route.is_final) == (Way.LOCAL, True)


def test_a_pinned_route_beats_the_smart_host():
    settings = load(
        routes=[{"domain": "example.com", "host": "127.0.0.1", "port": 2526}],
        smart_host={"host": "relay.example.net"},
    )
    assert choose(settings, "example.com") == Route(
        way=Way.PINNED,
        domain="example.com",
        destination="127.0.0.1:2526",
        host="127.0.0.1",
        port=2526,
    )
    relayed = choose(settings, "example.org")
    assert (relayed.way, relayed.is_final) == (Way.SMART_HOST, False)
    assert (relayed.host, relayed.port) == ("relay.example.net", 587)


@pytest.mark.parametrize(
    ("domain", "host"),
    [
        ("example.com", "exact"),
        ("a.example.com", "one"),
        ("b.a.example.com", "two"),
        ("c.b.a.example.com", "two"),
        ("notexample.com", ""),
        ("com", ""),
    ],
)
def test_the_most_exact_pinned_route_wins(domain, host):
    settings = load(
        routes=[
            {"domain": "*.example.com", "host": "one"},
            {"domain": "*.a.example.com", "host": "two"},
            {"domain": "example.com", "host": "exact"},
        ]
    )
    assert choose(settings, domain).host == host


def test_without_settings_mail_goes_to_the_mx():
    route = choose(load(), "example.com")
    assert (route.way, route.destination, route.port) == (Way.MX, "example.com", 25)
    assert route.is_final


# --- MX ---


async def test_hosts_come_by_preference(resolver):
    resolver.mx_of["example.com"] = [(20, "b.example.net"), (10, "a.example.net")]
    resolver.addresses_of = {
        "a.example.net": [PUBLIC],
        "b.example.net": ["198.51.101.8"],
    }
    assert await targets(resolver) == (
        Target(host="a.example.net", address=PUBLIC, port=25),
        Target(host="b.example.net", address="198.51.101.8", port=25),
    )


async def test_hosts_of_equal_preference_share_the_load(resolver):
    names = [f"{letter}.example.net" for letter in "abcd"]
    resolver.mx_of["example.com"] = [(10, name) for name in names]
    resolver.addresses_of = {name: [PUBLIC] for name in names}
    orders = {tuple(await hosts(resolver, seed=bytes([n]))) for n in range(40)}
    assert len({order[0] for order in orders}) == len(names)
    assert await hosts(resolver, seed=b"x") == await hosts(resolver, seed=b"x")


async def test_families_alternate(resolver):
    resolver.mx_of["example.com"] = [(10, "a.example.net")]
    resolver.addresses_of["a.example.net"] = [
        *(PUBLIC, "198.51.101.8", "198.51.101.9"),
        PUBLIC_6,
    ]
    found = [address for _, address in await hosts(resolver)]
    assert found == [PUBLIC_6, PUBLIC, "198.51.101.8", "198.51.101.9"]


async def test_d3_of_twenty_hosts_five_addresses_are_tried(resolver):
    names = [f"mx{number}.example.net" for number in range(20)]
    resolver.mx_of["example.com"] = [(n, name) for n, name in enumerate(names)]
    resolver.addresses_of = {name: [PUBLIC, PUBLIC_6] for name in names}
    found = await hosts(resolver)
    assert [host for host, _ in found] == [*names[:1] * 2, *names[1:2] * 2, names[2]]
    assert len(resolver.questions) == 4


async def test_of_hundreds_of_hosts_without_addresses_few_are_looked_up(resolver):
    names = [f"mx{number}.example.net" for number in range(300)]
    resolver.mx_of["example.com"] = [(10, name) for name in names]
    assert await enhanced(resolver) == "5.4.4"
    assert len(resolver.questions) == 11


async def test_d3_without_mx_records_the_domain_itself_is_the_host(resolver):
    resolver.addresses_of["example.com"] = [PUBLIC]
    assert await hosts(resolver) == [("example.com", PUBLIC)]


async def test_d1_a_domain_that_does_not_exist_is_refused(resolver):
    assert await enhanced(resolver) == "5.1.2"


async def test_a_domain_with_neither_mx_nor_address_is_refused(resolver):
    resolver.mx_of["example.com"] = Status.NODATA
    assert await enhanced(resolver) == "5.1.2"


async def test_d1_a_null_mx_is_refused(resolver):
    resolver.mx_of["example.com"] = [(0, "")]
    resolver.addresses_of["example.com"] = [PUBLIC]
    assert await enhanced(resolver) == "5.1.10"


async def test_a_null_mx_beside_others_is_ignored(resolver):
    resolver.mx_of["example.com"] = [(0, ""), (5, "a.example.net")]
    resolver.addresses_of["a.example.net"] = [PUBLIC]
    assert await hosts(resolver) == [("a.example.net", PUBLIC)]


@pytest.mark.parametrize("status", [Status.FAILED, Status.TIMEOUT])
async def test_d2_a_failure_of_dns_never_falls_back_to_the_address(resolver, status):
    resolver.mx_of["example.com"] = status
    resolver.addresses_of["example.com"] = [PUBLIC]
    assert await enhanced(resolver) == "4.4.3"
    assert resolver.questions == [("mx", "example.com")]


async def test_d2_a_failure_about_the_only_host_is_tried_later(resolver):
    resolver.mx_of["example.com"] = [(10, "a.example.net"), (20, "b.example.net")]
    resolver.addresses_of["a.example.net"] = Status.TIMEOUT
    assert await enhanced(resolver) == "4.4.3"


async def test_a_host_whose_address_is_missing_does_not_hide_the_next(resolver):
    resolver.mx_of["example.com"] = [(10, "a.example.net"), (20, "b.example.net")]
    resolver.addresses_of["b.example.net"] = [PUBLIC]
    assert await hosts(resolver) == [("b.example.net", PUBLIC)]


async def test_d3_aliases_in_a_circle_are_refused(resolver):
    resolver.mx_of["example.com"] = [(10, "a.example.net")]
    resolver.addresses_of["a.example.net"] = Status.LOOP
    assert await enhanced(resolver) == "5.4.6"
    resolver.mx_of["example.com"] = Status.LOOP
    assert await enhanced(resolver) == "5.4.6"


# --- what strangers' DNS may not do ---


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.1.1", "100.64.0.1"),
        *("0.0.0.0", "::1", "fd00::1", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::a00:1"),
        # An IPv4 address in other clothes (RFC 4291 2.5.5.1, RFC 7915, RFC 8215).
        *("::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::a00:1", "fec0::1"),
    ],
)
async def test_d3_a_host_on_a_private_address_is_refused(resolver, address):
    resolver.mx_of["example.com"] = [(10, "a.example.net")]
    resolver.addresses_of["a.example.net"] = [address]
    assert await enhanced(resolver) == "5.4.6"
    allowed = load(allow_private_destinations=True)
    assert await hosts(resolver, allowed) == [("a.example.net", address)]


async def test_private_addresses_beside_public_ones_are_left_out(resolver):
    resolver.mx_of["example.com"] = [(10, "a.example.net")]
    resolver.addresses_of["a.example.net"] = ["10.0.0.1", PUBLIC, "::ffff:198.51.101.9"]
    assert await hosts(resolver) == [
        ("a.example.net", "::ffff:198.51.101.9"),
        ("a.example.net", PUBLIC),
    ]


async def test_d3_this_server_is_never_its_own_next_hop(resolver):
    resolver.addresses_of = {"a.example.net": [PUBLIC], "b.example.net": [PUBLIC]}
    resolver.addresses_of["mail.example.net"] = ["198.51.101.1"]
    resolver.mx_of["example.com"] = [(10, "mail.example.net"), (20, "b.example.net")]
    assert await enhanced(resolver) == "5.4.6"
    resolver.mx_of["example.com"] = [
        *((5, "a.example.net"), (10, "mail.example.net"), (10, "b.example.net")),
    ]
    assert await hosts(resolver) == [("a.example.net", PUBLIC)]


async def test_the_address_that_we_listen_on_is_ours(resolver):
    resolver.addresses_of["example.com"] = [PUBLIC]
    assert await enhanced(resolver, load(mx_host=PUBLIC)) == "5.4.6"


# --- hosts that an operator named ---


def pinned_to(host: str) -> Settings:
    return load(routes=[{"domain": "example.com", "host": host, "port": 2526}])


@pytest.mark.parametrize(
    ("host", "addresses"),
    [
        ("127.0.0.1", ["127.0.0.1"]),
        ("::1", ["::1"]),
        ("localhost", ["::1", "127.0.0.1"]),
        ("mx.example.net", ["10.0.0.1"]),
    ],
)
async def test_named_hosts_may_be_private_and_need_no_mx(resolver, host, addresses):
    resolver.addresses_of["mx.example.net"] = ["10.0.0.1"]
    found = await targets(resolver, pinned_to(host))
    assert found == tuple(
        Target(host=host, address=address, port=2526) for address in addresses
    )
    assert ("mx", "example.com") not in resolver.questions


@pytest.mark.parametrize("status", [Status.NXDOMAIN, Status.NODATA, Status.FAILED])
async def test_a_named_host_without_an_address_never_bounces_mail(resolver, status):
    resolver.addresses_of["mx.example.net"] = status
    assert await enhanced(resolver, pinned_to("mx.example.net")) == "4.4.3"
