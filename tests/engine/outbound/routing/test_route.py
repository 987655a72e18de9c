"""Which way mail for a domain goes, by the settings."""

import pytest

from mailbot_server.config import load
from mailbot_server.engine.outbound.routing.route import (
    Route,
    Way,
    choose,
    sender_domain,
)
from mailbot_server.ways import SmartHost


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


def test_where_nothing_may_leave_inboxes_here_still_get_mail():
    settings = load(
        sandbox_domain="example.com",
        routes=[
            {"domain": "*", "way": "hold"},
            {"domain": "example.net", "host": "127.0.0.1"},
        ],
        smart_host={"host": "relay.example.net"},
        sender_routes=[
            {"domain": "example.com", "smart_host": {"host": "other.example.net"}}
        ],
    )
    ways = {
        domain: choose(settings, domain, "example.com").way
        for domain in ("example.com", "example.net", "a.example.net", "example.org")
    }
    assert ways == {
        "example.com": Way.LOCAL,
        "example.net": Way.PINNED,
        "a.example.net": Way.HOLD,
        "example.org": Way.HOLD,
    }


ONE = SmartHost(host="one.example.net", username="me", password="x", tls="implicit")
TWO = SmartHost(host="two.example.net", port=25)
THREE = SmartHost(host="three.example.net")


@pytest.mark.parametrize(
    ("domain", "sender", "relay"),
    [
        pytest.param("example.com", "example.org", ONE, id="destination-first"),
        pytest.param("example.net", "example.org", TWO, id="then-the-sender"),
        pytest.param("example.net", "a.example.org", TWO, id="below-it"),
        pytest.param("example.net", "example.com", THREE, id="then-the-general-one"),
        pytest.param("example.net", "", THREE, id="null-reverse-path"),
        pytest.param("direct.example", "example.org", None, id="except-for-mx"),
    ],
)
def test_relays_by_destination_and_by_sender(domain, sender, relay):
    settings = load(
        routes=[
            {"domain": "example.com", "way": "smart_host", "smart_host": ONE},
            {"domain": "direct.example", "way": "mx"},
        ],
        sender_routes=[
            {"domain": "example.org", "smart_host": TWO},
            {"domain": "*.example.org", "smart_host": TWO},
        ],
        smart_host=THREE,
    )
    route = choose(settings, domain, sender)
    assert route.relay == relay
    assert route.way is (Way.SMART_HOST if relay else Way.MX)
    assert route.is_final is (relay is None)
    if relay is not None:
        assert (route.host, route.port) == (relay.host, relay.port)
        assert route.destination == f"{relay.host}:{relay.port}"


def test_a_domain_may_be_hosted_here_by_a_route():
    settings = load(routes=[{"domain": "example.com", "way": "local"}])
    assert choose(settings, "example.com").way is Way.LOCAL


def test_an_ipv6_address_is_told_from_its_port():
    settings = load(routes=[{"domain": "example.com", "host": "2001:db8::1"}])
    assert choose(settings, "example.com").destination == "[2001:db8::1]:25"


@pytest.mark.parametrize(
    ("reverse_path", "domain"),
    [
        ("support@Example.com", "example.com"),
        ("ab2c@rp.example.com", "example.com"),
        ('"a@b"@example.com', "example.com"),
        ("", ""),
    ],
)
def test_the_sender_of_a_route_is_the_domain_of_the_reverse_path(reverse_path, domain):
    assert sender_domain(reverse_path) == domain
