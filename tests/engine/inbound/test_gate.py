"""Limits on open connections."""

from mailbot_server.engine.inbound.gate import Gate


def test_one_address_has_its_limit_and_others_theirs():
    gate = Gate(connections_max=100, per_ip_max=2)
    assert [gate.admit("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert gate.admit("192.0.2.2")


def test_all_together_have_a_limit():
    gate = Gate(connections_max=3, per_ip_max=2)
    admitted = [gate.admit(f"192.0.2.{number}") for number in range(5)]
    assert admitted == [True, True, True, False, False]


def test_who_leaves_makes_room():
    gate = Gate(connections_max=1, per_ip_max=1)
    assert gate.admit("192.0.2.1")
    gate.leave("192.0.2.1")
    assert gate.admit("192.0.2.2")
    gate.leave("192.0.2.2")
    assert gate.admit("192.0.2.1")


def test_addresses_of_one_ipv6_network_count_together():
    gate = Gate(connections_max=100, per_ip_max=1)
    assert gate.admit("2001:db8::1")
    assert not gate.admit("2001:db8::ffff:2")
    assert gate.admit("2001:db8:0:1::1")
    gate.leave("2001:db8::1")
    assert gate.admit("2001:db8::3")
