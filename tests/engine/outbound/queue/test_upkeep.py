"""Leases stay while they are worked on, however many there are; others end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.config import load
from mailbot_server.core.delivery import State
from mailbot_server.engine.outbound.queue import lease as leases
from mailbot_server.engine.outbound.queue.upkeep import Upkeep
from mailbot_server.engine.outbound.routing.stays import HOSTNAME_UNSET, ROUTE_HOLD
from mailbot_server.store import deliveries, nodes
from tests.fakes.mail import add_deliveries

NODE = "nod_00000000000000000000000001"


@pytest.fixture
def subject(db, clock, metrics) -> Upkeep:
    return Upkeep(db, clock, load(), metrics, NODE)


async def test_leases_in_hand_are_extended_each_third_of_their_time(
    db, inbox, stored, clock, subject
):
    await add_deliveries(db, inbox, range(2))
    mine, forgotten = await db.write(deliveries.lease_due, NODE, 10, 900)
    clock.advance(minutes=4)
    await subject.step(lambda: [mine.id])
    until = clock() + timedelta(minutes=15)
    clock.advance(minutes=4)
    await subject.step(lambda: [mine.id])
    assert (await stored(mine)).lease_until == until
    clock.advance(minutes=1)
    await subject.step(lambda: [mine.id])
    assert (await stored(mine)).lease_until == clock() + timedelta(minutes=15)
    assert (await stored(forgotten)).lease_until == forgotten.lease_until


async def test_a_clock_that_was_set_back_stops_neither_renewals_nor_ends(
    db, inbox, stored, clock, subject
):
    await subject.step(list)
    clock.advance(hours=-3)
    await add_deliveries(db, inbox, range(2))
    mine, overdue = await db.write(deliveries.lease_due, NODE, 10, 900)
    held = replace(overdue, state=State.HELD, gives_up_at=clock())
    assert await db.write(deliveries.write, overdue, held)
    clock.advance(minutes=10)
    await subject.step(lambda: [mine.id])
    assert (await stored(mine)).lease_until == clock() + timedelta(minutes=15)
    assert (await stored(overdue)).state is State.EXPIRED


async def test_what_a_process_of_other_settings_held_meanwhile_goes_on(
    db, metrics, clock, leased, stored
):
    here = load(hostname="mail.example.net")
    subject = Upkeep(db, clock, here, metrics, NODE)
    await subject.step(list)
    lease = await leased()
    await leases.hold_all(db, metrics, [(lease, HOSTNAME_UNSET)])
    await subject.step(list)
    assert (await stored(lease)).state is State.HELD
    clock.advance(minutes=5)
    await subject.step(list)
    assert (await stored(lease)).state is State.QUEUED


async def test_more_leases_than_a_statement_takes_values_are_all_extended(
    db, inbox, stored, clock, subject
):
    await add_deliveries(db, inbox, range(3))
    its = await db.write(deliveries.lease_due, NODE, 10, 900)
    others = [f"dlv_{number:026}" for number in range(40_000)]
    in_hand = [its[0].id, *others[:20_000], its[1].id, *others[20_000:], its[2].id]
    clock.advance(minutes=10)
    await subject.step(lambda: in_hand)
    until = clock() + timedelta(minutes=15)
    assert [(await stored(each)).lease_until for each in its] == [until] * 3


async def test_before_anything_the_process_is_known_to_be_alive(db, clock, subject):
    await subject.step(list)
    assert await db.read(nodes.silent, clock() + timedelta(seconds=1)) == [NODE]


async def test_what_is_overdue_ends_each_minute_and_goes_on_while_there_is_more(
    db, metrics, leased, stored, clock, monkeypatch, subject
):
    monkeypatch.setattr(leases, "BATCH", 2)
    held = [await leased() for _ in range(3)]
    for lease in held:
        await leases.begin(db, metrics, lease, hold=ROUTE_HOLD)
    await subject.step(list)
    clock.advance(hours=73)
    for ended in (2, 3):
        await subject.step(list)
        states = [(await stored(each)).state.value for each in held]
        assert states.count("expired") == ended
