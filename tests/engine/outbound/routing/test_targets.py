"""Which addresses are tried, and which never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.config import Settings, load
from mailbot_server.engine.dns import Lookups, Resolver, Status
from mailbot_server.engine.outbound.routing.route import (
    Route,
    Target,
    Unroutable,
    choose,
)
from mailbot_server.engine.outbound.routing.site import Plan, plan
from mailbot_server.engine.outbound.routing.targets import plan_targets
from tests.fakes.nameserver import NameServer, rcode, records
from tests.fakes.resolver import FakeResolver

PUBLIC = "198.51.101.7"
PUBLIC_6 = "2600::7"
NAMED = load(hostname="mail.example.net")


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver()


async def find_targets(
    resolver: Lookups, settings: Settings, route: Route, seed: bytes
) -> tuple[Target, ...] | Unroutable:
    planned = await plan(resolver, settings, route)
    if isinstance(planned, Unroutable):
        return planned
    return await plan_targets(resolver, settings, planned, seed)


async def targets(
    resolver: FakeResolver, settings: Settings = NAMED, seed: bytes = b"seed"
) -> tuple[Target, ...] | Unroutable:
    return await find_targets(resolver, settings, choose(settings, "example.com"), seed)


async def hosts(
    resolver: FakeResolver, settings: Settings = NAMED, seed: bytes = b"seed"
) -> list[tuple[str, str]]:
    found = await targets(resolver, settings, seed)
    assert isinstance(found, tuple)
    return [(target.host, target.address) for target in found]


async def unroutable(resolver: FakeResolver, settings: Settings = NAMED) -> Unroutable:
    found = await targets(resolver, settings)
    assert isinstance(found, Unroutable)
    assert found.diagnostic
    return found


async def enhanced(resolver: FakeResolver, settings: Settings = NAMED) -> str:
    return (await unroutable(resolver, settings)).enhanced


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
    assert found[0] == PUBLIC_6
    assert sorted(found[1:]) == [PUBLIC, "198.51.101.8", "198.51.101.9"]


async def test_the_addresses_of_a_host_share_the_load(resolver):
    addresses = {f"198.51.101.{number}" for number in range(1, 9)}
    resolver.addresses_of["example.com"] = sorted(addresses)
    firsts = {(await hosts(resolver, seed=bytes([n])))[0][1] for n in range(60)}
    assert firsts == addresses


async def test_d4_a_host_of_many_addresses_leaves_a_place_for_the_next(resolver):
    resolver.mx_of["example.com"] = [(1, "a.example.net"), (2, "b.example.net")]
    resolver.addresses_of = {
        "a.example.net": [f"198.51.101.{number}" for number in range(1, 9)],
        "b.example.net": ["198.51.101.99"],
    }
    found = await hosts(resolver)
    assert [host for host, _ in found] == ["a.example.net"] * 4 + ["b.example.net"]


async def test_a_family_that_only_a_later_host_has_gets_a_place(resolver):
    names = [f"mx{number}.example.net" for number in range(7)]
    resolver.mx_of["example.com"] = [(n, name) for n, name in enumerate(names)]
    resolver.addresses_of = {name: [f"2600::{n}"] for n, name in enumerate(names, 1)}
    resolver.addresses_of[names[-1]] = [PUBLIC]
    found = await hosts(resolver)
    assert [host for host, _ in found] == [*names[:4], names[-1]]


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


async def test_a_domain_with_neither_mx_nor_address_is_refused(resolver):
    resolver.mx_of["example.com"] = Status.NODATA
    assert await enhanced(resolver) == "5.1.2"


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
    resolver.mx_of["example.com"] = [
        *((5, "a.example.net"), (10, "b.example.net"), (10, "c.example.net")),
    ]
    resolver.addresses_of = {
        "a.example.net": ["198.51.101.1"],
        "b.example.net": ["198.51.101.2"],
        "c.example.net": [PUBLIC],
    }
    behind_nat = load(own_addresses=["198.51.101.2"])
    for seed in (b"1", b"2", b"3", b"4"):
        found = await hosts(resolver, behind_nat, seed)
        assert found == [("a.example.net", "198.51.101.1")]
    at_best = load(own_addresses=["198.51.101.1"])
    assert "itself" in (await unroutable(resolver, at_best)).diagnostic
    assert await enhanced(resolver, at_best) == "5.4.6"


@pytest.mark.parametrize(
    ("mx_host", "address"),
    [
        pytest.param(PUBLIC, PUBLIC, id="the-one-it-listens-on"),
        pytest.param(PUBLIC, f"::ffff:{PUBLIC}", id="in-ipv6-clothes"),
        pytest.param("0.0.0.0", "127.0.0.1", id="all-of-the-machine"),
        pytest.param("::", "127.0.0.1", id="all-of-both-families"),
    ],
)
async def test_d3_an_address_that_we_listen_on_is_ours(resolver, mx_host, address):
    resolver.addresses_of["example.com"] = [address]
    found = await unroutable(resolver, load(mx_host=mx_host))
    assert found.enhanced == "5.4.6"
    assert "itself" in found.diagnostic
    permitted = load(mx_host=mx_host, allow_private_destinations=True)
    assert await hosts(resolver, permitted) == [("example.com", address)]


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


async def test_a_target_says_what_is_proven_and_the_name_behind_aliases(resolver):
    resolver.mx_of["example.com"] = [(1, "a.example.net"), (2, "b.example.net")]
    resolver.addresses_of = {"a.example.net": [PUBLIC], "b.example.net": [PUBLIC]}
    resolver.alias_of["a.example.net"] = "host.example.org"
    resolver.authentic = {"b.example.net"}
    found = await targets(resolver)
    assert isinstance(found, tuple)
    assert [(target.canonical, target.authentic) for target in found] == [
        ("host.example.org", False),
        ("", True),
    ]


async def test_hosts_may_be_left_out_of_a_plan(resolver):
    resolver.addresses_of = {"a.example.net": [PUBLIC], "b.example.net": [PUBLIC]}
    planned = Plan(
        route=choose(NAMED, "example.com"),
        site="example.net",
        groups=((), ("b.example.net",)),
    )
    found = await plan_targets(resolver, NAMED, planned, b"seed")
    assert isinstance(found, tuple)
    assert [target.host for target in found] == ["b.example.net"]


# --- whatever DNS says ---

HOSTS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.lists(st.integers(1, 250).map(lambda n: f"198.51.101.{n}"), max_size=7),
        st.lists(st.integers(1, 250).map(lambda n: f"2600::{n:x}"), max_size=7),
    ),
    min_size=1,
    max_size=8,
)


@given(HOSTS, st.binary(min_size=1, max_size=4))
async def test_few_are_tried_in_order_of_preference_of_several_hosts_and_both_families(
    answers, seed
):
    resolver = FakeResolver()
    exchanges: list[tuple[int, str]] = []
    resolver.mx_of["example.com"] = exchanges
    ranks: dict[str, int] = {}
    for number, (preference, v4, v6) in enumerate(answers):
        name = f"mx{number}.example.net"
        ranks[name] = preference
        exchanges.append((preference, name))
        resolver.addresses_of[name] = [*v4, *v6] if v4 or v6 else Status.NODATA
    there = {
        (name, address)
        for name, found in resolver.addresses_of.items()
        if not isinstance(found, Status)
        for address in found
    }
    if not there:
        assert await enhanced(resolver) == "5.4.4"
        return
    found = await hosts(resolver, seed=seed)
    assert set(found) <= there
    assert len(found) == len(set(found)) == min(len(there), 5)
    order = [ranks[host] for host, _ in found]
    assert order == sorted(order)
    assert order[0] == min(ranks[host] for host, _ in there)
    for kind in (lambda target: target[0], lambda target: ":" in target[1]):
        assert (len({kind(t) for t in there}) > 1) is (
            len({kind(t) for t in found}) > 1
        )


@given(
    st.lists(st.integers(1, 9), unique=True, max_size=9),
    st.lists(st.integers(1, 9), unique=True, max_size=9),
)
async def test_the_families_of_a_host_take_turns(v4, v6):
    resolver = FakeResolver()
    addresses = [*(f"198.51.101.{n}" for n in v4), *(f"2600::{n}" for n in v6)]
    resolver.addresses_of["example.com"] = addresses or Status.NODATA
    if not addresses:
        assert await enhanced(resolver) == "5.1.2"
        return
    families = [":" in address for _, address in await hosts(resolver)]
    turns = 2 * min(len(v4), len(v6), 2)
    assert families[:turns] == [True, False] * (turns // 2)


# --- with a name server ---


async def test_d2_and_d3_hold_with_a_name_server_of_flesh_and_blood(clock, metrics):
    async with NameServer() as server:
        server.answers = {
            ("example.com", "MX"): records(
                "example.com. 300 IN MX 10 mx1.example.net.",
                "example.com. 300 IN MX 20 MX2.example.net.",
                "example.com. 300 IN MX 30 mx3.example.net.",
                "example.com. 300 IN MX 40 mx4.example.net.",
            ),
            ("mx1.example.net", "A"): rcode("SERVFAIL"),
            ("mx1.example.net", "AAAA"): rcode("SERVFAIL"),
            ("mx2.example.net", "A"): records(
                "mx2.example.net. 60 IN CNAME host.example.org.",
                "host.example.org. 60 IN A 198.51.101.7",
            ),
            ("mx2.example.net", "AAAA"): records(
                "mx2.example.net. 60 IN CNAME host.example.org.",
                "host.example.org. 60 IN AAAA 2600::7",
            ),
            ("mx3.example.net", "A"): records("mx3.example.net. 60 IN A 10.0.0.1"),
            ("mx3.example.net", "AAAA"): records(),
            ("broken.example", "MX"): rcode("SERVFAIL"),
            ("broken.example", "A"): records("broken.example. 60 IN A 198.51.101.9"),
            ("plain.example", "MX"): records(),
            ("plain.example", "A"): records("plain.example. 60 IN A 198.51.101.9"),
            ("plain.example", "AAAA"): records(),
        }
        settings = load(hostname="mail.example.net", dns_servers=(server.address,))
        resolver = Resolver(clock, settings, metrics)

        async def at(domain: str) -> tuple[Target, ...] | Unroutable:
            route = choose(settings, domain)
            return await find_targets(resolver, settings, route, b"seed")

        expected = tuple(
            Target(
                host="mx2.example.net",
                address=address,
                port=25,
                canonical="host.example.org",
            )
            for address in (PUBLIC_6, PUBLIC)
        )
        assert await at("example.com") == expected
        asked = len(server.questions)
        assert await at("example.com") == expected
        assert len(server.questions) == asked
        broken, plain, nowhere = (
            await at("broken.example"),
            await at("plain.example"),
            await at("nowhere.example"),
        )
    assert isinstance(broken, Unroutable)
    assert broken.enhanced == "4.4.3"
    assert plain == (Target(host="plain.example", address="198.51.101.9", port=25),)
    assert isinstance(nowhere, Unroutable)
    assert nowhere.enhanced == "5.1.2"
