"""Entries are found by who, what, where and when, newest first, page by page."""

from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.audit import AuditFilter, Change, Entry
from mailbot_server.store.audit import entries
from mailbot_server.store.database import Database, Transaction, origin
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import account

MINE = account().id
BEGAN = FakeClock()()
DONE: tuple[tuple[str, str, str, str, str], ...] = (
    ("key_1", "inbox.create", "inbox", "inb_1", "inb_1"),
    ("key_1", "inbox.update", "inbox", "inb_1", "inb_1"),
    ("key_2", "inbox.update", "inbox", "inb_2", "inb_2"),
    ("mailbot", "inbox.suspend", "inbox", "inb_2", "inb_2"),
    ("key_2", "api_key.create", "api_key", "key_3", ""),
    ("key_1", "rule.create", "rule", "rul_1", "inb_1"),
)


@pytest.fixture
async def written(db: Database, clock: FakeClock) -> list[Entry]:
    """One entry a minute of the account, and one of another; oldest first."""
    for actor_id, action, kind, resource_id, inbox_id in DONE:
        change = Change(
            account_id=MINE,
            action=action,
            resource_type=kind,
            resource_id=resource_id,
            inbox_id=inbox_id,
            after={"n": 1},
        )
        with origin.working_for(actor_id, "api"):
            await db.write(Transaction.audit, change)
        clock.advance(minutes=1)
    other = Change(
        account_id=account(2).id,
        action="inbox.update",
        resource_type="inbox",
        resource_id="inb_1",
    )
    await db.write(Transaction.audit, other)
    found = await db.read(entries.list_newest, MINE, AuditFilter(), None, 100)
    return found[::-1]


async def places(db: Database, **wanted: Any) -> list[int]:
    found = await db.read(
        entries.list_newest, MINE, AuditFilter(**wanted), None, limit=100
    )
    return [each.sequence for each in found]


async def test_an_entry_is_read_as_it_was_written_by_its_own_account_only(
    db: Database, written: list[Entry]
) -> None:
    first = written[0]
    assert first.created_at == BEGAN
    assert (first.actor_id, first.surface, first.after) == ("key_1", "api", '{"n":1}')
    assert await db.read(entries.get, MINE, first.id) == first
    assert await db.read(entries.get, account(2).id, first.id) is None
    assert await db.read(entries.get, MINE, "aud_none") is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"actor_id": "key_2"}, [5, 3]),
        ({"actor_id": "mailbot"}, [4]),
        ({"action": "inbox.update"}, [3, 2]),
        ({"action": "inbox."}, [4, 3, 2, 1]),
        ({"action": "inbox"}, []),
        ({"resource_id": "inb_2"}, [4, 3]),
        ({"resource_type": "api_key"}, [5]),
        ({"inbox_id": "inb_1"}, [6, 2, 1]),
        ({"inbox_ids": ("inb_1",)}, [6, 2, 1]),
        ({"inbox_ids": ("inb_1", "inb_2")}, [6, 4, 3, 2, 1]),
        ({"inbox_ids": ("inb_1",), "inbox_id": "inb_2"}, []),
        ({"inbox_ids": ()}, []),
        ({"started_at": BEGAN + timedelta(minutes=4)}, [6, 5]),
        ({"ended_at": BEGAN + timedelta(minutes=1)}, [1]),
        ({"action": "inbox.", "actor_id": "key_1"}, [2, 1]),
    ],
    ids=str,
)
async def test_a_filter_leaves_what_matches(
    db: Database, written: list[Entry], wanted: dict[str, Any], found: list[int]
) -> None:
    assert len(written) == len(DONE)
    assert await places(db, **wanted) == found


async def test_pages_follow_each_other_also_within_one_instant(
    db: Database, clock: FakeClock
) -> None:
    def burst(tx: Transaction) -> None:
        for number in range(5):
            tx.audit(
                Change(
                    account_id=MINE,
                    action="door.paint",
                    resource_type="door",
                    resource_id=str(number),
                )
            )

    await db.write(burst)
    clock.advance(seconds=-1)
    await db.write(burst)
    seen: list[int] = []
    before = None
    while page := await db.read(
        entries.list_newest, MINE, AuditFilter(), before, limit=3
    ):
        seen += [each.sequence for each in page]
        before = entries.place_of(page[-1])
    assert seen == [5, 4, 3, 2, 1, 10, 9, 8, 7, 6]


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "audit_entry_time"),
        ({"actor_id": "key_1"}, "audit_entry_actor"),
        ({"resource_id": "inb_1"}, "audit_entry_resource"),
        ({"resource_type": "inbox"}, "audit_entry_type"),
        ({"inbox_id": "inb_1"}, "audit_entry_inbox"),
        (
            {"resource_type": "inbox", "resource_id": "inb_1", "actor_id": "key_1"},
            "audit_entry_resource",
        ),
        ({"resource_type": "inbox", "actor_id": "key_1"}, "audit_entry_actor"),
    ],
    ids=str,
)
async def test_a_list_is_read_along_an_index_and_not_sorted(
    tmp_path, sqlite_template, clock, entropy, metrics, wanted: Any, index: str
) -> None:
    path = tmp_path / "plans.db"
    path.write_bytes(sqlite_template)
    url = f"sqlite:///{path}"
    db = Database(url, clock=clock, entropy=entropy, metrics=metrics)
    await db.start()

    def plan(tx: Transaction) -> str:
        asked: list[tuple[str, Any]] = []

        def note(query: Any) -> list[Any]:
            asked.append(tx.connection.compile(query))
            return []

        seen: Any = type("Seen", (), {"query": staticmethod(note)})()
        entries.list_newest(seen, MINE, AuditFilter(**wanted), None, 50)
        sql, parameters = asked[0]
        rows = tx.all(f"EXPLAIN QUERY PLAN {sql}", *parameters)
        return " ".join(str(row[3]) for row in rows)

    found = await db.read(plan)
    await db.stop()
    assert index in found
    assert "TEMP B-TREE" not in found
