"""Domains are looked at again by themselves, and mail goes once it can be signed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.domain.key import KeyState
from mailbot_server.core.search.document import Document
from mailbot_server.engine.domains import watch as module
from mailbot_server.engine.domains.watch import BATCH, DomainWatch
from mailbot_server.engine.outbound.queue.lease import DKIM_UNAVAILABLE
from mailbot_server.store import deliveries, messages
from mailbot_server.store.domains import keys as domain_keys
from mailbot_server.store.domains import rows
from tests.fakes import zone
from tests.fakes.domain_keys import stored_key
from tests.fakes.domains import domain
from tests.fakes.mail import RAW, delivery, message
from tests.fakes.tenants import account, add_account, add_inbox, principal

ME = principal()


@pytest.fixture
def watch(db, clock, domains, signer) -> DomainWatch:
    return DomainWatch(db, domains, signer)


async def test_a_domain_is_looked_at_when_it_is_due_and_not_before(
    watch, create, domains, server, clock
):
    made, keys = await create()
    assert await watch.step() == 0
    clock.advance(minutes=1)
    assert await watch.step() == 1
    assert await watch.step() == 0
    zone.publish(server, *domains.records(made, keys))
    clock.advance(minutes=5)
    assert await watch.step() == 1
    found, keys = await domains.get(ME, made.id)
    assert found.verified_at == clock()
    assert found.checks_at == clock() + timedelta(hours=6)
    assert {key.state for key in keys} == {KeyState.ACTIVE}


async def test_while_more_is_due_there_is_no_pause(
    watch, db, domains, clock, monkeypatch
):
    monkeypatch.setattr(module, "TICK_SECONDS", 3600)
    for number in range(1, BATCH + 4):
        if number > 2:  # those are there
            await add_account(db, number)
        new = domain(number, of=number, name=f"d{number}.example", checks_at=clock())
        await db.write(rows.add, new)
    step, looked, done = watch.step, [], asyncio.Event()

    async def counted():
        looked.append(await step())
        if looked[-1] < BATCH:
            done.set()
        return looked[-1]

    monkeypatch.setattr(watch, "step", counted)
    running = asyncio.create_task(watch.run())
    async with asyncio.timeout(60):
        await done.wait()
    running.cancel()
    assert looked == [BATCH, 3]


async def test_two_processes_look_at_a_domain_once(
    watch, db, clock, domains, signer, create
):
    await create()
    clock.advance(minutes=1)
    [due] = await db.read(rows.due, 10)
    assert await db.write(rows.postpone, due, clock() + timedelta(minutes=3))
    assert await watch.step() == 0
    clock.advance(minutes=3)
    other = DomainWatch(db, domains, signer)
    assert await other.step() == 1
    assert await watch.step() == 0


@pytest.mark.parametrize("can_sign", [True, False])
async def test_d21_what_waited_for_the_servers_key_goes_once_it_is_back(
    watch, db, domains, clock, can_sign
):
    far = clock() + timedelta(days=9)
    await db.write(rows.add, domain(checks_at=far))
    key = stored_key(domain_id=domain().id, account_id=account().id)
    if not can_sign:
        key = replace(key, sealed_private=b"lost")
    await db.write(domain_keys.add, key)
    inbox = await add_inbox(db, 1, address="a@example.com", domain="example.com")
    sent = message(1, inbox)
    reason = DKIM_UNAVAILABLE
    held = delivery(1, sent, state=State.HELD, hold_reason=reason)
    await db.write(messages.add, sent, RAW, [], Document())
    await db.write(deliveries.add_many, [held])
    await watch.step()
    now = await db.read(deliveries.find, held.id)
    assert now.state is (State.QUEUED if can_sign else State.HELD)


async def test_d21_what_can_be_signed_waits_for_no_other_domain(
    watch, db, domains, clock
):
    far = clock() + timedelta(days=9)
    numbers = range(1, 2 * BATCH + 2)
    for number in numbers:
        name = f"d{number:02d}.example"
        its = domain(number, name=name, checks_at=far)
        await db.write(rows.add, its)
        key = stored_key(id=f"dky_{number:026d}", domain_id=its.id, domain=name)
        if number != numbers[-1]:
            key = replace(key, sealed_private=b"lost")
        await db.write(domain_keys.add, key)
        inbox = await add_inbox(db, number, address=f"a@{name}", domain=name)
        sent = message(number, inbox)
        held = delivery(number, sent, state=State.HELD, hold_reason=DKIM_UNAVAILABLE)
        await db.write(messages.add, sent, RAW, [], Document())
        await db.write(deliveries.add_many, [held])
    await watch.step()
    found = [await db.read(deliveries.find, f"dlv_{number:026d}") for number in numbers]
    states = [each.state for each in found]
    assert states == [State.HELD] * (2 * BATCH) + [State.QUEUED]


async def test_a_fault_at_one_domain_stops_neither_others_nor_the_server(
    watch, domains, clock, create, metrics, monkeypatch
):
    await create()
    await create("other.example")
    clock.advance(minutes=1)
    look = domains.look

    async def broken(domain, keys):
        if domain.name == "other.example":
            raise RuntimeError
        return await look(domain, keys)

    monkeypatch.setattr(domains, "look", broken)
    assert await watch.step() == 1
    name = "mailbot_unhandled_exceptions_total"
    assert metrics.registry.get_sample_value(name, {"component": "domains"}) == 1
