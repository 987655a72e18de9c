"""What an older program wrote is found in the end as what this one writes."""

import pytest

from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.timeline import filling
from mailbot_server.store.timeline.lanes import lanes
from tests.fakes.tenants import account, add_account
from tests.store.test_conditions import CASES, LOG, OLD, _append, positions

OWN = account().id
ROWS = (
    "SELECT recipient_domain, smtp_code, bounce_class FROM event WHERE account_id = ?"
    " ORDER BY position"
)


def rows(tx: Transaction) -> list[tuple[object, ...]]:
    return tx.all(ROWS, OWN)


def age(tx: Transaction) -> None:
    tx.execute(OLD)


def ways(tx: Transaction) -> list[str]:
    wanted, _ = CASES[9]
    return [each.field for each in lanes(tx, OWN, wanted)]


async def test_old_rows_become_as_new_ones(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "BATCH", 2)
    await add_account(db)
    await db.write(_append)
    new = await db.read(rows)
    assert new[1] == ("example.com", 550, "invalid_recipient")
    assert await db.read(filling.waiting) == ""
    await db.write(age)
    assert await db.read(ways) == []
    assert await db.read(filling.waiting) == OWN
    assert [await db.write(filling.fill, OWN) for _ in range(3)] == [2, 1, 0]
    assert await db.read(filling.waiting) == ""
    assert await db.read(rows) == new
    assert len(new) == len(LOG)
    assert await db.read(ways) == ["smtp_codes"]
    for wanted, expected in CASES:
        if not wanted.message_labels and not wanted.inbox_labels:
            assert await positions(db, wanted) == expected
