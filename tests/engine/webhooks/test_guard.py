"""Addresses that were checked, and sockets for no others."""

import socket

import pytest

from mailbot_server.core.webhook import exempt
from mailbot_server.engine.dns import Status
from mailbot_server.engine.webhooks.guard import (
    APPROVED_MAX,
    Blocked,
    Guard,
    Unresolved,
)
from tests.fakes.resolver import FakeResolver

NAME = "hooks.example.com"


def guard(*entries: str, **addresses: object) -> Guard:
    resolver = FakeResolver()
    resolver.addresses_of = dict(addresses.get("of", {}))  # type: ignore[call-overload]
    return Guard(resolver, exempt.read(entries))


def place(address: str) -> tuple[object, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 443)


async def test_addresses_of_the_world_come_as_they_are() -> None:
    mine = guard(of={NAME: ["93.184.216.34", "2606:4700::1111"]})
    found = await mine.resolve(NAME, 443)
    assert [(each["host"], each["family"]) for each in found] == [
        ("93.184.216.34", socket.AF_INET),
        ("2606:4700::1111", socket.AF_INET6),
    ]
    assert {each["hostname"] for each in found} == {NAME}


async def test_every_address_is_looked_at_also_those_that_are_not_called() -> None:
    many = [f"93.184.216.{n}" for n in range(1, 9)]
    assert len(await guard(of={NAME: many}).resolve(NAME)) == 4
    with pytest.raises(Blocked, match=r"10\.0\.0\.1"):
        await guard(of={NAME: [*many, "10.0.0.1"]}).resolve(NAME)


@pytest.mark.parametrize("status", [Status.NXDOMAIN, Status.TIMEOUT])
async def test_a_name_without_addresses_is_unresolved(status: Status) -> None:
    with pytest.raises(Unresolved, match=status.value):
        await guard(of={NAME: status}).resolve(NAME)


async def test_localhost_is_asked_of_nobody() -> None:
    mine = guard("localhost")
    assert [each["host"] for each in await mine.resolve("localhost")] == [
        "127.0.0.1",
        "::1",
    ]
    with pytest.raises(Blocked):
        await guard().resolve("app.localhost")


def test_no_socket_is_made_for_an_address_that_was_not_checked() -> None:
    mine = guard("10.0.0.1")
    with pytest.raises(Blocked, match="not checked"):
        mine.open_socket(place("10.0.0.1"))
    mine.check("10.0.0.1", "10.0.0.1")
    mine.open_socket(place("10.0.0.1")).close()
    mine.open_socket(place("93.184.216.34")).close()
    with pytest.raises(Blocked):
        mine.open_socket(place("::1"))


def test_what_was_allowed_is_remembered_within_bounds() -> None:
    mine = guard("10.0.0.0/8")
    for number in range(APPROVED_MAX + 1):
        mine.check(NAME, f"10.0.{number // 256}.{number % 256}")
    with pytest.raises(Blocked):
        mine.open_socket(place("10.0.0.0"))
    mine.open_socket(place("10.0.0.1")).close()
