"""Broken TLS is remembered for three days, by all processes."""

import pytest

from mailbot_server.core.errors import Unavailable
from mailbot_server.engine.outbound.routing.faults import Faults
from mailbot_server.engine.outbound.routing.route import Target

MX = Target(host="mx.example.com", address="192.0.2.1", port=25)
OTHER_PORT = Target(host="mx.example.com", address="192.0.2.1", port=587)
OTHER_ADDRESS = Target(host="mx.example.com", address="2001:db8::1", port=25)


async def away(*_):
    raise Unavailable("the database is away")


async def test_d10_a_host_is_remembered_for_three_days(db, clock):
    faults = Faults(db, clock)
    assert not await faults.has(MX)
    await faults.remember(MX, "TLS failed")
    assert await faults.has(MX)
    assert await faults.has(OTHER_ADDRESS)
    assert not await faults.has(OTHER_PORT)
    clock.advance(days=3, seconds=-1)
    assert await faults.has(MX)
    clock.advance(seconds=1)
    assert not await faults.has(MX)


async def test_another_process_knows_it_within_a_minute(db, clock):
    here, there = Faults(db, clock), Faults(db, clock)
    assert not await there.has(MX)
    await here.remember(MX, "TLS failed")
    assert not await there.has(MX)
    clock.advance(minutes=1)
    assert await there.has(MX)
    assert await Faults(db, clock).has(MX)


async def test_while_the_database_is_away_it_is_asked_every_time(
    db, clock, monkeypatch
):
    faults = Faults(db, clock)
    monkeypatch.setattr(db, "read", away)
    for _ in range(2):
        with pytest.raises(Unavailable):
            await faults.has(MX)


async def test_what_could_not_be_written_holds_here(db, clock, monkeypatch):
    faults = Faults(db, clock)
    assert not await faults.has(MX)
    monkeypatch.setattr(db, "write", away)
    await faults.remember(MX, "TLS failed")
    assert await faults.has(MX)
