"""Limits are exact: what does not fit takes nothing, however many race."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from mailbot_server.store import limits
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.limits import Scope
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import BEGINNING


class Rollback(Exception):
    """Undoes an operation."""


def charge_and_fail(tx: Transaction, *arguments: Any) -> None:
    limits.charge(tx, *arguments)
    raise Rollback


async def test_a_charge_tells_the_total_until_it_no_longer_fits(db: Database) -> None:
    totals = [
        await db.write(limits.charge, "day", "inb_1", BEGINNING, n, 10)
        for n in (4, 5, 2, 1, 1)
    ]
    assert totals == [4, 9, None, 10, None]
    assert await db.read(limits.used, "day", "inb_1", BEGINNING) == 10


async def test_a_first_charge_over_the_limit_takes_nothing(db: Database) -> None:
    assert await db.write(limits.charge, "day", "inb_1", BEGINNING, 11, 10) is None
    assert await db.read(limits.used, "day", "inb_1", BEGINNING) == 0


async def test_a_limit_lowered_below_what_is_used_refuses(db: Database) -> None:
    await db.write(limits.charge, "day", "inb_1", BEGINNING, 8, 10)
    assert await db.write(limits.charge, "day", "inb_1", BEGINNING, 1, 5) is None
    assert await db.read(limits.used, "day", "inb_1", BEGINNING) == 8


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("minute", "inb_1", BEGINNING), id="scope"),
        pytest.param(("day", "inb_2", BEGINNING), id="owner"),
        pytest.param(("day", "inb_1", BEGINNING + timedelta(days=1)), id="window"),
    ],
)
async def test_windows_are_apart_by(
    db: Database, other: tuple[Scope, str, datetime]
) -> None:
    await db.write(limits.charge, "day", "inb_1", BEGINNING, 5, 5)
    assert await db.read(limits.used, *other) == 0
    scope, owner_id, starts_at = other
    assert await db.write(limits.charge, scope, owner_id, starts_at, 3, 5) == 3


async def test_a_failed_operation_takes_nothing(db: Database) -> None:
    with pytest.raises(Rollback):
        await db.write(charge_and_fail, "day", "inb_1", BEGINNING, 3, 5)
    assert await db.read(limits.used, "day", "inb_1", BEGINNING) == 0


async def test_racing_charges_never_pass_the_limit_together(db: Database) -> None:
    calls = [
        db.write(limits.charge, "day", "inb_1", BEGINNING, 3, 25) for _ in range(20)
    ]
    answers = await asyncio.gather(*calls)
    assert sorted(n for n in answers if n) == [3, 6, 9, 12, 15, 18, 21, 24]
    assert await db.read(limits.used, "day", "inb_1", BEGINNING) == 24


async def test_forgetting_is_bounded_and_spares_running_windows(
    db: Database, clock: FakeClock
) -> None:
    for number in range(3):
        await db.write(limits.charge, "minute", f"inb_{number}", BEGINNING, 1, 5)
    await db.write(limits.charge, "minute", "inb_0", clock(), 1, 5)
    steps = [await db.write(limits.forget, clock(), 2) for _ in range(3)]
    assert steps == [2, 1, 0]
    assert await db.read(limits.used, "minute", "inb_0", clock()) == 1
