"""Of several processes one leads; a paused one finds out before it acts."""

import asyncio
from typing import Any

import pytest

from mailbot_server.engine.leading import LASTS, ROLE, Leading
from mailbot_server.store import leaders
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.leaders import Term
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.gate import Gate


def leading(db: Database, clock: FakeClock, name: str) -> tuple[Leading, Metrics]:
    metrics = Metrics()
    return Leading(db, clock, metrics, name), metrics


def shown(metrics: Metrics) -> float | None:
    return metrics.registry.get_sample_value("mailbot_leader", {"role": ROLE})


async def test_the_one_process_of_an_embedded_database_leads(
    db: Database, clock: FakeClock
) -> None:
    one, metrics = leading(db, clock, "one")
    if db.is_postgres:
        assert not one.leads
        assert shown(metrics) == 0
        return
    assert one.leads
    assert shown(metrics) == 1
    assert await one.renew()
    await one.give_up()
    assert one.leads


@pytest.fixture
def shared(db: Database) -> Database:
    """A database that several processes may use."""
    if not db.is_postgres:
        pytest.skip("SQLite has one process")
    return db


async def test_one_of_two_leads_until_it_gives_up(
    shared: Database, clock: FakeClock
) -> None:
    one, seen = leading(shared, clock, "one")
    other, _ = leading(shared, clock, "other")
    assert await one.renew()
    assert not await other.renew()
    assert (one.leads, other.leads, one.term, shown(seen)) == (True, False, 1, 1)
    await one.give_up()
    assert (one.leads, shown(seen)) == (False, 0)
    assert await other.renew()
    assert (other.leads, other.term) == (True, 2)


async def test_F11_the_next_one_leads_when_the_lease_is_over(
    shared: Database, clock: FakeClock
) -> None:
    one, _ = leading(shared, clock, "one")
    other, _ = leading(shared, clock, "other")
    await one.renew()
    clock.advance(seconds=LASTS.total_seconds())
    assert await other.renew()
    assert other.leads


async def test_F10_who_was_paused_does_not_lead_before_it_has_asked(
    shared: Database, clock: FakeClock
) -> None:
    one, _ = leading(shared, clock, "one")
    await one.renew()
    clock.advance(seconds=LASTS.total_seconds() - 0.5)
    # Not even while nobody else could have taken over.
    assert not one.leads
    assert await one.renew()
    assert one.leads


async def test_who_gives_up_while_it_takes_the_lead_does_not_keep_it(
    shared: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, lead = Gate(), leaders.lead

    def lead_late(tx: Transaction, *of: Any) -> Term | None:
        gate.wait(tx)
        return lead(tx, *of)

    one, seen = leading(shared, clock, "one")
    other, _ = leading(shared, clock, "other")
    monkeypatch.setattr(leaders, "lead", lead_late)
    renewing = asyncio.create_task(one.renew())
    await gate.entered()
    leaving = asyncio.create_task(one.give_up())
    await asyncio.sleep(0)
    gate.open()
    await asyncio.gather(renewing, leaving)
    assert (one.leads, shown(seen)) == (False, 0)
    assert await other.renew()
