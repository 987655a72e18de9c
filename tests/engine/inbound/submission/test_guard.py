"""Who guesses too often is not heard for a while; who does not, is."""

import pytest

from mailbot_server.engine.inbound.submission import guard as module
from mailbot_server.engine.inbound.submission.guard import Guard

IP = "192.0.2.7"
LOGIN = "user@example.com"


class Seconds:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def guard(seconds) -> Guard:
    return Guard(seconds)


def test_B19_each_failure_takes_longer_than_the_one_before(guard):
    assert [guard.failed(IP, LOGIN) for _ in range(6)] == [1, 2, 4, 8, 16, 16]


def test_B19_ten_failures_of_an_address_lock_it_for_every_login(guard):
    for number in range(10):
        assert not guard.is_locked(IP, LOGIN)
        guard.failed(IP, f"{number}@example.com")
    assert guard.is_locked(IP, LOGIN)
    assert not guard.is_locked("192.0.2.8", LOGIN)


def test_B19_a_login_is_locked_for_those_who_guessed_and_not_for_its_owner(guard):
    for number in range(10):
        guard.failed(f"198.51.100.{number}", LOGIN)
    assert guard.is_locked("198.51.100.3", LOGIN)
    assert not guard.is_locked(IP, LOGIN)
    guard.failed(IP, LOGIN)
    assert guard.is_locked(IP, LOGIN)
    assert not guard.is_locked(IP, "other@example.com")


def test_B19_time_forgives(guard, seconds):
    for _ in range(10):
        guard.failed(IP, LOGIN)
    seconds.now = module.WINDOW_SECONDS
    assert not guard.is_locked(IP, LOGIN)
    assert guard.failed(IP, LOGIN) == 1


def test_an_ipv6_host_counts_with_its_whole_network(guard):
    for number in range(10):
        guard.failed(f"2001:db8::{number:x}", f"{number}@example.com")
    assert guard.is_locked("2001:db8::ffff", LOGIN)
    assert not guard.is_locked("2001:db8:1::1", LOGIN)


def test_what_is_remembered_is_bounded(guard, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED_MAX", 10)
    for number in range(100):
        guard.failed(f"192.0.2.{number}", f"{number}@example.com")
    assert len(guard._failures) == 10
