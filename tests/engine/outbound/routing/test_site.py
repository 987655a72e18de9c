"""Where a route leads, before any address is known."""

import pytest

from mailbot_server.config import Settings, load
from mailbot_server.engine.dns import Status
from mailbot_server.engine.outbound.routing.route import Unroutable, choose
from mailbot_server.engine.outbound.routing.site import Plan, plan
from tests.fakes.resolver import FakeResolver

NAMED = load(hostname="mail.example.net")


@pytest.fixture
def resolver() -> FakeResolver:
    return FakeResolver()


async def planned(
    resolver: FakeResolver, settings: Settings = NAMED, domain: str = "example.com"
) -> Plan | Unroutable:
    return await plan(resolver, settings, choose(settings, domain))


async def groups(resolver: FakeResolver) -> tuple[tuple[str, ...], ...]:
    found = await planned(resolver)
    assert isinstance(found, Plan)
    return found.groups


async def enhanced(resolver: FakeResolver) -> str:
    found = await planned(resolver)
    assert isinstance(found, Unroutable)
    assert "example.com" in found.diagnostic
    return found.enhanced


async def test_hosts_come_by_preference_without_a_question_about_addresses(resolver):
    resolver.mx_of["example.com"] = [
        *((20, "c.example.net"), (10, "b.example.net"), (10, "a.example.net")),
        *((20, "a.example.net"), (30, "b.example.net")),
    ]
    assert await groups(resolver) == (
        ("a.example.net", "b.example.net"),
        ("c.example.net",),
    )
    assert resolver.questions == [("mx", "example.com")]


async def test_many_domains_of_one_host_are_one_site(resolver):
    resolver.mx_of = {
        "example.com": [(10, "mx1.example.net"), (10, "mx2.example.net")],
        "example.org": [
            *((5, "mx2.example.net"), (5, "mx1.example.net"), (9, "b.example.org")),
        ],
        "gmail.com": [(5, "gmail-smtp-in.l.google.com")],
        "example.edu": [(1, "smtp.google.com")],
    }
    sites = {}
    for domain in resolver.mx_of:
        found = await planned(resolver, domain=domain)
        assert isinstance(found, Plan)
        sites[domain] = found.site
    assert sites == {
        "example.com": "(mx1|mx2).example.net",
        "example.org": "(mx1|mx2).example.net",
        "gmail.com": "google",
        "example.edu": "google",
    }


async def test_d3_without_mx_records_the_domain_itself_is_host_and_site(resolver):
    resolver.addresses_of["example.com"] = ["198.51.101.7"]
    found = await planned(resolver)
    assert isinstance(found, Plan)
    assert (found.groups, found.site) == ((("example.com",),), "example.com")


@pytest.mark.parametrize(
    ("settings", "site", "hosts"),
    [
        (
            {"routes": [{"domain": "*", "host": "mx.example.net", "port": 2526}]},
            *("mx.example.net:2526", (("mx.example.net",),)),
        ),
        (
            {"smart_host": {"host": "relay.example.net"}},
            *("relay.example.net:587", (("relay.example.net",),)),
        ),
        ({"routes": [{"domain": "*", "way": "hold"}]}, "hold", ()),
        ({"sandbox_domain": "example.com"}, "local", ()),
    ],
)
async def test_what_an_operator_named_needs_no_question(
    resolver, settings, site, hosts
):
    found = await planned(resolver, load(**settings))
    assert isinstance(found, Plan)
    assert (found.site, found.groups) == (site, hosts)
    assert resolver.questions == []


@pytest.mark.parametrize("authentic", [True, False])
async def test_a_plan_says_whether_its_hosts_are_proven(resolver, authentic):
    resolver.mx_of["example.com"] = [(10, "a.example.net")]
    resolver.authentic = {"example.com"} if authentic else set()
    found = await planned(resolver)
    assert isinstance(found, Plan)
    assert found.authentic is authentic


# --- domains that take no mail, or not now ---


async def test_d1_a_domain_that_does_not_exist_is_refused(resolver):
    assert await enhanced(resolver) == "5.1.2"


async def test_d1_a_null_mx_is_refused(resolver):
    resolver.mx_of["example.com"] = [(0, "")]
    resolver.addresses_of["example.com"] = ["198.51.101.7"]
    assert await enhanced(resolver) == "5.1.10"


async def test_a_null_mx_beside_others_is_ignored(resolver):
    resolver.mx_of["example.com"] = [(0, ""), (5, "a.example.net")]
    assert await groups(resolver) == (("a.example.net",),)


@pytest.mark.parametrize("status", [Status.FAILED, Status.TIMEOUT])
async def test_d2_a_failure_of_dns_never_falls_back_to_the_address(resolver, status):
    resolver.mx_of["example.com"] = status
    resolver.addresses_of["example.com"] = ["198.51.101.7"]
    assert await enhanced(resolver) == "4.4.3"
    assert resolver.questions == [("mx", "example.com")]


async def test_d3_aliases_in_a_circle_are_refused(resolver):
    resolver.mx_of["example.com"] = Status.LOOP
    assert await enhanced(resolver) == "5.4.6"


async def test_d3_of_a_list_with_this_server_in_it_only_better_hosts_are_left(resolver):
    resolver.mx_of["example.com"] = [(10, "mail.example.net"), (20, "b.example.net")]
    assert await enhanced(resolver) == "5.4.6"
    resolver.mx_of["example.com"] = [
        *((5, "a.example.net"), (10, "mail.example.net"), (10, "b.example.net")),
        (20, "c.example.net"),
    ]
    assert await groups(resolver) == (("a.example.net",),)
