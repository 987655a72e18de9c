"""What the settings keep here, and whose settings those are."""

import pytest

from mailbot_server.config import load
from mailbot_server.engine.outbound.routing import stays
from mailbot_server.engine.outbound.routing.route import choose
from mailbot_server.engine.outbound.routing.stays import HOSTNAME_UNSET, ROUTE_HOLD

NAMED = {"hostname": "mail.example.net"}
HOLD = {"routes": [{"domain": "example.com", "way": "hold"}]}
PINNED = {"routes": [{"domain": "example.com", "host": "127.0.0.1", "port": 25}]}
RELAY = {"smart_host": {"host": "relay.example.net"}}
OF_SENDER = {
    "sender_routes": [{"domain": "a.example", "smart_host": {"host": "r.example"}}]
}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, HOSTNAME_UNSET),
        (NAMED, ""),
        (HOLD, ROUTE_HOLD),
        (NAMED | HOLD, ROUTE_HOLD),
        (PINNED, ""),
        (RELAY, ""),
        (OF_SENDER, ""),
    ],
)
def test_the_settings_decide_what_stays(given, why):
    settings = load(**given)
    assert stays.by(settings)("example.com", "a.example") == why
    route = choose(settings, "example.com", "a.example")
    assert stays.why_held(settings, route) == why
    assert not why or why in stays.WORDS


def test_what_is_for_this_server_never_stays():
    settings = load(routes=[{"domain": "*", "way": "hold"}])
    assert stays.by(settings)(settings.sandbox_domain, "a.example") == ""


def test_a_machine_that_does_not_deliver_decides_nothing():
    elsewhere = load(
        database_url="postgresql://db.example/mailbot",
        server_key="k" * 32,
        roles=["api", "web"],
    )
    assert stays.by(elsewhere)("example.com", "a.example") == ""
