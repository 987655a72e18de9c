"""All chains are verified once a day, and what is wrong is counted."""

import pytest

from mailbot_server.core.audit import Change
from mailbot_server.engine.upkeep import auditing
from mailbot_server.engine.upkeep.auditing import Verification
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import add_account


def write(tx: Transaction, account_id: str, count: int) -> None:
    for number in range(count):
        tx.audit(
            Change(
                account_id=account_id,
                action="door.paint",
                resource_type="door",
                resource_id=f"door_{number}",
            )
        )


def tamper(tx: Transaction, account_id: str) -> None:
    sql = "UPDATE audit_head SET sequence = sequence + 1 WHERE account_id = ?"
    tx.execute(sql, account_id)


def errors(metrics: Metrics) -> float:
    name = "mailbot_audit_chain_errors_total"
    return metrics.registry.get_sample_value(name) or 0.0


async def all_steps(verification: Verification) -> list[int]:
    looked = []
    while count := await verification.step():
        looked.append(count)
    return looked


async def test_every_chain_is_looked_at_a_piece_at_a_time_and_again_the_next_day(
    db: Database,
    clock: FakeClock,
    metrics: Metrics,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(auditing, "ENTRIES", 4)
    first, _, third = [await add_account(db, number) for number in (1, 2, 3)]
    await db.write(write, first.id, 6)
    await db.write(write, third.id, 3)
    verification = Verification(db, metrics)
    assert await all_steps(verification) == [4, 4, 1]
    assert await verification.step() == 0
    clock.advance(hours=23)
    assert await verification.step() == 0
    clock.advance(hours=1)
    assert sum(await all_steps(verification)) == 9
    assert errors(metrics) == 0


async def test_a_broken_chain_is_counted_and_does_not_hide_the_next(
    db: Database, clock: FakeClock, metrics: Metrics
) -> None:
    accounts = [await add_account(db, number) for number in (1, 2, 3)]
    for each in accounts:
        await db.write(write, each.id, 2)
    for each in accounts[::2]:
        await db.write(tamper, each.id)
    verification = Verification(db, metrics)
    await all_steps(verification)
    assert errors(metrics) == 2
    clock.advance(days=1)
    await all_steps(verification)
    assert errors(metrics) == 4
