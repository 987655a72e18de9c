"""Limits on open connections, and on how fast they come."""

from itertools import count

import pytest

from mailbot_server.config import load
from mailbot_server.engine.inbound import gate as module
from mailbot_server.engine.inbound.gate import Gate, Turned

OUTSIDE = "5.6.7.8"


class Watch:
    """The time, as a test says it."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def make(watch):
    def made(*, all_: int = 1000, each: int = 1000, minute: int = 1000) -> Gate:
        settings = load(
            smtp_connections_max=all_,
            smtp_connections_per_ip_max=each,
            smtp_connections_per_minute_max=minute,
        )
        return Gate(settings, watch)

    return made


def test_one_address_has_its_limit_and_others_theirs(make):
    gate = make(each=2)
    assert [gate.admit("192.0.2.1") for _ in range(3)] == [None, None, Turned.ADDRESS]
    assert gate.admit("192.0.2.2") is None


def test_all_together_have_a_limit(make):
    gate = make(all_=3)
    turned = [gate.admit(f"192.0.2.{number}") for number in range(5)]
    assert turned == [None, None, None, Turned.ALL, Turned.ALL]


def test_who_leaves_makes_room(make):
    gate = make(all_=1, each=1)
    assert gate.admit("192.0.2.1") is None
    gate.leave("192.0.2.1")
    assert gate.admit("192.0.2.2") is None
    gate.leave("192.0.2.2")
    assert gate.admit("192.0.2.1") is None


def test_addresses_of_one_ipv6_network_count_together(make):
    gate = make(each=1)
    assert gate.admit("2001:db8::1") is None
    assert gate.admit("2001:db8::ffff:2") is Turned.ADDRESS
    assert gate.admit("2001:db8:0:1::1") is None
    gate.leave("2001:db8::1")
    assert gate.admit("2001:db8::3") is None


def test_B20_an_address_may_come_so_often_in_a_minute_and_then_as_it_passes(
    make, watch
):
    gate = make(minute=60)

    def come() -> Turned | None:
        turned = gate.admit(OUTSIDE)
        if turned is None:
            gate.leave(OUTSIDE)
        return turned

    assert [come() for _ in range(62)] == [None] * 60 + [Turned.RATE] * 2
    assert gate.admit("5.6.7.9") is None
    watch.now += 1
    assert [come(), come()] == [None, Turned.RATE]
    watch.now += 60
    assert [come() for _ in range(61)] == [None] * 60 + [Turned.RATE]


@pytest.mark.parametrize("own", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.9", ""])
def test_machines_of_the_operators_network_may_come_as_often_as_they_like(make, own):
    gate = make(minute=1)
    for _ in range(10):
        turned = gate.admit(own)
        assert turned is None or not own


def test_B20_a_flood_from_everywhere_takes_no_more_memory_than_so_much(
    make, watch, monkeypatch
):
    monkeypatch.setattr(module, "REMEMBERED_MAX", 10)
    gate = make(minute=1)
    numbers = count(1)
    for _ in range(100):
        assert gate.admit(f"5.6.7.{next(numbers)}") is None
    assert len(gate._paid_at) == 10
    assert gate.admit("5.6.7.100") is Turned.RATE
    watch.now += 61
    for _ in range(2):
        gate.admit("5.6.8.1")
    assert gate.admit("5.6.7.100") is None
