from datetime import timedelta
from random import Random

import pytest

from mailbot_server.core import usage as core
from mailbot_server.core.errors import NotFound
from mailbot_server.core.usage import REST, hour_of
from mailbot_server.engine import usage
from mailbot_server.store.database.counting import HOURS
from mailbot_server.store.usage import folding, recounting
from tests.fakes import tenants
from tests.fakes import usage as fakes


def emit_some(tx, seed, account_id):
    chance = Random(seed)
    for _ in range(60):
        tx.emit(fakes.event(chance, account_id))


async def domains(db, account_id, hour):
    whole = await db.read(folding.read, HOURS, account_id, hour)
    return {domain for _, domain in whole.rows} - {""}


async def test_hours_that_are_over_are_folded_once(db, clock, monkeypatch):
    monkeypatch.setattr(core.counts, "ROWS_MAX", 1)
    monkeypatch.setattr(folding, "ROWS_MAX", 1)
    monkeypatch.setattr(usage, "LOOKED_AT", 1)
    accounts = [(await tenants.add_account(db, number)).id for number in (1, 2)]
    await usage.fold(db)
    hour = hour_of(clock())
    for account_id in accounts:
        await db.write(emit_some, 1, account_id)
    clock.advance(minutes=60)
    await usage.fold(db)
    assert REST not in await domains(db, accounts[0], hour)
    clock.advance(minutes=30)
    await usage.fold(db)
    for account_id in accounts:
        assert REST in await domains(db, account_id, hour)
    assert await db.read(folding.looked_at) == hour


async def test_a_server_that_stood_still_does_not_look_at_years(db, clock):
    await usage.fold(db)
    clock.advance(days=3650)
    await usage.fold(db)
    over = hour_of(clock() - timedelta(minutes=75))
    assert await db.read(folding.looked_at) == over


async def test_what_was_begun_and_left_is_gone_on_with(db, clock, monkeypatch):
    monkeypatch.setattr(usage, "STEPS", 1)
    account = await tenants.add_account(db)
    await db.write(emit_some, 1, account.id)
    clock.advance(hours=2)
    begun = await usage.rebuild(db, account.id)
    assert not begun.is_done
    for _ in range(5):
        clock.advance(minutes=2)
        await usage.go_on(db)
    assert await db.write(recounting.step, account.id) is None


async def test_an_account_that_there_is_not(db):
    with pytest.raises(NotFound):
        await usage.rebuild(db, "acc_none")


def test_a_period_has_its_hours_whole(clock):
    at = clock()
    hour = hour_of(at)
    assert usage.period(at + timedelta(minutes=5), at + timedelta(minutes=6)) == (
        hour,
        hour + 1,
    )
    assert usage.period(at, at + timedelta(hours=1)) == (hour, hour + 1)
