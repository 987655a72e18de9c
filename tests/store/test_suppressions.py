"""Suppressions: one row an address and inbox, none that is over, found by an index."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.suppression import (
    Suppression,
    SuppressionFilter,
    SuppressionReason,
)
from mailbot_server.store import suppressions
from mailbot_server.store.database import Database, Transaction
from tests.fakes.clock import FakeClock

BOUNCE, MANUAL, UNSUBSCRIBE, COMPLAINT = SuppressionReason
ALL = SuppressionFilter()


def suppression(clock: FakeClock, number: int = 1, **changes: Any) -> Suppression:
    plain = Suppression(
        id=f"sup_{number:04d}",
        account_id="acc_1",
        address=f"user{number}@example.com",
        reason=BOUNCE,
        created_at=clock(),
        delivery_id=f"dlv_{number}",
        message_id="msg_1",
        note="550 no such user",
    )
    return replace(plain, **changes)


async def ids(db: Database, wanted: SuppressionFilter = ALL, **how: Any) -> list[str]:
    account_id = how.pop("account_id", "acc_1")
    beyond, limit = how.pop("beyond", ""), how.pop("limit", 100)
    found = await db.read(suppressions.list_, account_id, wanted, beyond, limit, **how)
    return [each.id.removeprefix("sup_000") for each in found]


async def test_a_suppression_comes_back_as_it_went_in(
    db: Database, clock: FakeClock
) -> None:
    new = suppression(
        clock, inbox_id="inb_1", expires_at=clock() + timedelta(days=1), added_by="k"
    )
    assert await db.write(suppressions.add, [new]) == []
    assert await db.read(suppressions.get, "acc_1", new.id) == new
    assert await db.read(suppressions.get, "acc_2", new.id) is None


async def test_an_address_has_one_for_the_account_and_one_an_inbox(
    db: Database, clock: FakeClock
) -> None:
    first = suppression(clock)
    again = replace(first, id="sup_0002", reason=COMPLAINT)
    elsewhere = replace(first, id="sup_0003", inbox_id="inb_1")
    theirs = replace(first, id="sup_0004", account_id="acc_2")
    assert await db.write(suppressions.add, [first]) == []
    assert await db.write(suppressions.add, [again]) == [again]
    assert await db.write(suppressions.add, [elsewhere]) == []
    assert await db.write(suppressions.add, [theirs]) == []
    assert await ids(db) == ["3", "1"]
    assert await ids(db, account_id="acc_2") == ["4"]


async def test_nothing_is_added_by_nothing(db: Database) -> None:
    assert await db.write(suppressions.add, []) == []
    assert await db.read(suppressions.find, "acc_1", "inb_1", []) == {}


async def test_one_that_is_over_makes_room_and_is_seen_no_more(
    db: Database, clock: FakeClock
) -> None:
    ending = suppression(clock, expires_at=clock() + timedelta(hours=1))
    await db.write(suppressions.add, [ending])
    assert await ids(db) == ["1"]
    clock.advance(hours=1)
    address = ending.address
    assert await ids(db) == []
    assert await db.read(suppressions.get, "acc_1", ending.id) is None
    assert await db.read(suppressions.find, "acc_1", "", [address]) == {}
    assert await db.write(suppressions.lock, "acc_1", "", [address]) == {}
    assert await db.write(suppressions.remove, "acc_1", "", address) is None
    new = replace(suppression(clock), id="sup_0002")
    assert await db.write(suppressions.add, [new]) == []
    assert await ids(db) == ["2"]


async def test_an_update_writes_what_can_change(db: Database, clock: FakeClock) -> None:
    old = suppression(clock)
    other = suppression(clock, 2)
    await db.write(suppressions.add, [old, other])
    clock.advance(hours=1)
    changed = replace(
        old,
        reason=COMPLAINT,
        created_at=clock(),
        expires_at=clock() + timedelta(days=1),
        delivery_id="dlv_9",
        message_id="msg_9",
        note="angry",
        added_by="key_1",
    )
    await db.write(suppressions.update, [changed])
    assert await db.read(suppressions.get, "acc_1", old.id) == changed
    assert await db.read(suppressions.get, "acc_1", other.id) == other


async def test_many_are_found_in_one_query_and_the_strongest_counts(
    db: Database, clock: FakeClock
) -> None:
    account = suppression(clock)
    inbox = replace(account, id="sup_0002", inbox_id="inb_1", reason=COMPLAINT)
    other = suppression(clock, 3, inbox_id="inb_2")
    theirs = suppression(clock, 4, account_id="acc_2")
    for each in (account, inbox, other, theirs):
        await db.write(suppressions.add, [each])
    asked = [*(f"user{number}@example.com" for number in range(1, 1001))]
    found = await db.read(suppressions.find, "acc_1", "inb_1", asked)
    assert found == {account.address: inbox}
    found = await db.read(suppressions.find, "acc_1", "inb_2", asked)
    assert found == {account.address: account, other.address: other}
    found = await db.read(suppressions.find, "acc_1", "", asked)
    assert found == {account.address: account}
    locked = await db.write(suppressions.lock, "acc_1", "inb_1", asked)
    assert locked == {account.address: inbox}


async def test_a_thousand_are_added_at_once(db: Database, clock: FakeClock) -> None:
    new = [suppression(clock, number) for number in range(1000)]
    assert await db.write(suppressions.add, new) == []
    assert await db.write(suppressions.add, new) == new
    assert len(await ids(db, limit=2000)) == 1000


async def test_lists_go_both_ways_from_where_they_were(
    db: Database, clock: FakeClock
) -> None:
    new = [suppression(clock, number) for number in range(1, 6)]
    await db.write(suppressions.add, new)
    assert await ids(db, limit=2) == ["5", "4"]
    assert await ids(db, beyond="sup_0004", limit=2) == ["3", "2"]
    assert await ids(db, oldest_first=True, limit=2) == ["1", "2"]
    assert await ids(db, oldest_first=True, beyond="sup_0004") == ["5"]


@pytest.fixture
async def several(db: Database, clock: FakeClock) -> None:
    """One of each kind, an hour apart."""
    kinds: tuple[dict[str, Any], ...] = (
        {"reason": BOUNCE},
        {"reason": MANUAL, "inbox_id": "inb_1", "address": "a_b@example.org"},
        {"reason": UNSUBSCRIBE, "inbox_id": "inb_2"},
        {"reason": COMPLAINT, "address": "axb@example.org"},
    )
    for number, changes in enumerate(kinds, 1):
        await db.write(suppressions.add, [suppression(clock, number, **changes)])
        clock.advance(hours=1)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"reasons": (MANUAL, COMPLAINT)}, ["4", "2"]),
        ({"inbox_id": "inb_1"}, ["2"]),
        ({"address_contains": "example.org"}, ["4", "2"]),
        ({"address_contains": "a_b"}, ["2"]),
        ({"address_contains": "%"}, []),
        ({"visible_inbox_ids": ("inb_1", "inb_2")}, ["3", "2"]),
        ({"visible_inbox_ids": ("inb_1",), "inbox_id": "inb_2"}, []),
        ({"reasons": (BOUNCE,), "address_contains": "example.org"}, []),
    ],
)
async def test_all_conditions_hold(
    db: Database, several: None, wanted: dict[str, Any], expected: list[str]
) -> None:
    assert await ids(db, SuppressionFilter(**wanted)) == expected


async def test_times_bound_a_list(
    db: Database, several: None, clock: FakeClock
) -> None:
    begun = clock() - timedelta(hours=4)
    between = SuppressionFilter(
        after_at=begun + timedelta(hours=1), before_at=begun + timedelta(hours=3)
    )
    assert await ids(db, between) == ["3", "2"]


async def test_removing_gives_back_what_was_there(
    db: Database, clock: FakeClock
) -> None:
    new = suppression(clock, inbox_id="inb_1")
    await db.write(suppressions.add, [new])
    address = new.address
    assert await db.write(suppressions.remove, "acc_1", "", address) is None
    assert await db.write(suppressions.remove, "acc_2", "inb_1", address) is None
    assert await db.write(suppressions.remove, "acc_1", "inb_1", address) == new
    assert await db.write(suppressions.remove, "acc_1", "inb_1", address) is None


async def test_what_a_delivery_caused_is_removed_by_it(
    db: Database, clock: FakeClock
) -> None:
    new = suppression(clock)
    by_hand = suppression(clock, 2, delivery_id="")
    await db.write(suppressions.add, [new, by_hand])
    caused = suppressions.caused
    assert await db.read(caused, "acc_1", "dlv_1", BOUNCE)
    assert not await db.read(caused, "acc_1", "", BOUNCE)
    assert not await db.read(caused, "acc_1", "dlv_1", COMPLAINT)
    assert not await db.read(caused, "acc_2", "dlv_1", BOUNCE)
    remove = suppressions.remove_caused
    assert await db.write(remove, "acc_1", "", BOUNCE) == []
    assert await db.write(remove, "acc_1", "dlv_1", COMPLAINT) == []
    assert await db.write(remove, "acc_2", "dlv_1", BOUNCE) == []
    assert await db.write(remove, "acc_1", "dlv_1", BOUNCE) == [new]
    assert await ids(db) == ["2"]


async def test_forgetting_is_bounded_and_spares_what_holds(
    db: Database, clock: FakeClock
) -> None:
    soon = clock() + timedelta(hours=1)
    ending = [suppression(clock, n, expires_at=soon) for n in range(1, 4)]
    await db.write(suppressions.add, [*ending, suppression(clock, 9)])
    assert await db.write(suppressions.forget, clock(), 2) == 0
    clock.advance(hours=1)
    steps = [await db.write(suppressions.forget, clock(), 2) for _ in range(3)]
    assert steps == [2, 1, 0]
    assert await ids(db) == ["9"]


# --- the index is the one that was meant -----------------------------------------------


def plans_of(tx: Transaction) -> dict[str, str]:
    """The plans of what runs often or over many rows, on SQLite."""
    plans: dict[str, str] = {}
    look, change = tx.all, tx.execute
    name = ""

    def explain(sql: str, *parameters: Any) -> list[Any]:
        plans[name] = str(look(f"EXPLAIN QUERY PLAN {sql}", *parameters))
        return []

    tx.all = explain  # type: ignore[method-assign]
    tx.one = lambda sql, *given: explain(sql, *given) or None  # type: ignore[assignment,method-assign]
    tx.execute = lambda sql, *given: len(explain(sql, *given))  # type: ignore[method-assign]
    tx.query = lambda query: explain(*_compiled(tx, query))  # type: ignore[method-assign]
    name = "find"
    suppressions.find(tx, "acc_1", "inb_1", ["a@example.com", "b@example.com"])
    name = "list"
    suppressions.list_(tx, "acc_1", ALL, "sup_5", 10)
    name = "export"
    suppressions.list_(tx, "acc_1", ALL, "sup_5", 10, oldest_first=True)
    name = "remove"
    suppressions.remove(tx, "acc_1", "", "a@example.com")
    name = "remove_caused"
    suppressions.remove_caused(tx, "acc_1", "dlv_1", BOUNCE)
    name = "forget"
    suppressions.forget(tx, tx.now, 10)
    tx.execute = change  # type: ignore[method-assign]
    return plans


def _compiled(tx: Transaction, query: Any) -> tuple[Any, ...]:
    sql, parameters = tx.connection.compile(query)
    return sql, *parameters


# PostgreSQL chooses by what it knows of the rows.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_statement_reads_its_index_in_order(db: Database) -> None:
    plans = await db.write(plans_of)
    unique = "(account_id=? AND address=? AND inbox_id=?)"
    assert unique in plans["find"]
    assert unique in plans["remove"]
    assert "USING INDEX suppression_account (account_id=? AND id<?)" in plans["list"]
    assert "USING INDEX suppression_account (account_id=? AND id>?)" in plans["export"]
    assert "USING INDEX suppression_delivery (delivery_id=?)" in plans["remove_caused"]
    assert "INDEX suppression_expiry (expires_at" in plans["forget"]
    assert not any("TEMP B-TREE" in plan or "SCAN" in plan for plan in plans.values())
