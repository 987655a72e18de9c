from random import Random

import pytest

from mailbot_server.core import usage
from mailbot_server.core.usage import REST, Wanted, hour_of
from mailbot_server.store import accounts, events
from mailbot_server.store.database.counting import HOURS
from mailbot_server.store.usage import counts, folding
from tests.fakes import tenants
from tests.fakes import usage as fakes

ACCOUNT = "acc_1"


def emit_some(tx, seed, account_id=ACCOUNT):
    chance = Random(seed)
    for _ in range(50):
        tx.emit(fakes.event(chance, account_id))


async def total(db, hour, **fields):
    wanted = Wanted(account_id=ACCOUNT, first=hour, end=hour + 1, **fields)
    return await db.read(counts.pieces, wanted, 0)


@pytest.mark.parametrize("seed", range(3))
async def test_sums_stay_and_few_domains_are_left(db, clock, monkeypatch, seed):
    monkeypatch.setattr(usage.counts, "ROWS_MAX", 2)
    hour = hour_of(clock())
    await db.write(events.open_log, ACCOUNT)
    await db.write(emit_some, seed)
    before = await total(db, hour)
    inboxes = [await total(db, hour, inbox_ids=(f"inb_{n}",)) for n in (1, 2, 3)]
    assert await db.write(folding.fold, ACCOUNT, hour) > 0
    assert await total(db, hour) == before
    assert inboxes == [
        await total(db, hour, inbox_ids=(f"inb_{n}",)) for n in (1, 2, 3)
    ]
    whole = await db.read(folding.read, HOURS, ACCOUNT, hour)
    named = [row for row in whole.rows if row[1] not in {"", REST}]
    assert len(named) == 2
    assert folding.folded(whole) == whole
    assert await db.write(folding.fold, ACCOUNT, hour) == 0


async def test_accounts_with_many_rows_are_found_some_at_a_time(db, clock, monkeypatch):
    monkeypatch.setattr(folding, "ROWS_MAX", 4)
    hour = hour_of(clock())
    for number in (1, 2, 3):
        account = tenants.account(number)
        await db.write(accounts.add, account)
        if number != 2:
            await db.write(emit_some, number, account.id)
    first, last = await db.read(folding.large, hour, "", 2)
    assert first == [tenants.account(1).id]
    rest, end = await db.read(folding.large, hour, last, 2)
    assert (rest, end) == ([tenants.account(3).id], "")
    assert await db.read(folding.large, hour + 1, "", 3) == ([], tenants.account(3).id)


async def test_how_far_it_has_come_is_kept(db):
    assert await db.read(folding.looked_at) == 0
    for hour in (7, 8):
        await db.write(folding.look_no_more, hour)
    assert await db.read(folding.looked_at) == 8
