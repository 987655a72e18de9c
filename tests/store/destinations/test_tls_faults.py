"""Hosts with broken TLS are remembered for as long as was said."""

from datetime import timedelta

from mailbot_server.store.destinations import tls_faults


async def test_a_fault_holds_until_its_end(db, clock):
    until = clock() + timedelta(days=3)
    await db.write(tls_faults.put, "mx.example.com:25", "no " * 200, until)
    assert await db.read(tls_faults.list_active, 10) == {"mx.example.com:25": until}
    clock.advance(days=3)
    assert await db.read(tls_faults.list_active, 10) == {}


async def test_one_that_comes_again_holds_longer(db, clock):
    for _ in range(2):
        until = clock() + timedelta(days=3)
        await db.write(tls_faults.put, "mx.example.com:25", "why", until)
        clock.advance(days=1)
    assert await db.read(tls_faults.list_active, 10) == {"mx.example.com:25": until}


async def test_of_many_those_are_read_that_hold_longest(db, clock):
    for days, host in enumerate(("a", "b", "c"), start=1):
        until = clock() + timedelta(days=days)
        await db.write(tls_faults.put, host, "why", until)
    assert list(await db.read(tls_faults.list_active, 2)) == ["c", "b"]


async def test_those_that_have_ended_are_forgotten_a_few_at_a_time(db, clock):
    for host in ("a", "b"):
        await db.write(tls_faults.put, host, "why", clock())
    await db.write(tls_faults.put, "c", "why", clock() + timedelta(days=1))
    now = clock.advance(seconds=1)
    assert await db.write(tls_faults.forget, now, 1) == 1
    assert await db.write(tls_faults.forget, now, 5) == 1
    assert await db.read(tls_faults.list_active, 5)
