"""What leads back to this server."""

import socket

import pytest

from mailbot_server.config import load
from mailbot_server.engine.outbound.routing import own
from mailbot_server.engine.outbound.routing.own import is_own

ANY = ("0.0.0.0", "::")
STRANGERS = ("198.51.101.7", "2600::7")


def test_what_the_operator_says_is_ours():
    settings = load(own_addresses=["198.51.101.7", "2600:0::7"])
    assert all(is_own(settings, address) for address in STRANGERS)


def test_a_port_on_one_address_is_on_no_other():
    settings = load(mx_host="127.0.0.1")
    assert is_own(settings, "127.0.0.1")
    assert not is_own(settings, "127.0.0.2")


@pytest.mark.parametrize("mx_host", ANY)
def test_a_port_on_all_addresses_is_on_every_one_of_the_machine(mx_host):
    settings = load(mx_host=mx_host)
    assert is_own(settings, "127.0.0.1")
    assert not any(is_own(settings, address) for address in STRANGERS)


@pytest.mark.parametrize("mx_host", ANY)
def test_the_address_towards_the_network_is_found(mx_host):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("198.51.101.7", 9))
        except OSError:
            pytest.skip("this machine has no network")
        address = probe.getsockname()[0]
    assert is_own(load(mx_host=mx_host), address)


def test_where_any_address_can_be_bound_to_nothing_is_taken_for_ours(monkeypatch):
    monkeypatch.setattr(own, "_can_bind", lambda family, address: True)
    assert not is_own(load(mx_host="::"), "198.51.101.7")
