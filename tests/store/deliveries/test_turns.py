"""Everybody has a turn, however long anybody's queue is, and a claim stays small."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Stream
from mailbot_server.store import deliveries
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import Turns, turns
from tests.fakes.clock import FakeClock
from tests.fakes.mail import add_deliveries, delivery, message
from tests.fakes.tenants import add_account, add_inbox

NODE = "nod_1"


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def claim(
    db: Database, limit: int = 50, whose: Turns | None = None
) -> list[Delivery]:
    return await db.write(deliveries.lease_due, NODE, limit, 900, whose or Turns())


async def claim_all(db: Database, limit: int, whose: Turns) -> list[Delivery]:
    found = []
    while (some := await claim(db, limit, whose)) or whose.is_cut_short:
        found += some
    return found


def owners(found: list[Delivery]) -> Counter[str]:
    return Counter(each.account_id for each in found)


@pytest.fixture
async def second(db: Database, inbox: Inbox) -> Inbox:
    return await add_inbox(db, 2, await add_account(db, 2))


# --- whose turn -----------------------------------------------------------------------


async def test_d18_one_message_does_not_wait_behind_another_accounts_thousands(
    db: Database, inbox: Inbox, second: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 1001))
    await add_deliveries(db, second, range(2001, 2002), due_at=clock())
    assert owners(await claim(db, 20)) == {inbox.account_id: 19, second.account_id: 1}


async def test_accounts_share_what_is_claimed(
    db: Database, inbox: Inbox, second: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 301))
    await add_deliveries(db, second, range(2001, 2301))
    whose = Turns()
    for _ in range(4):
        found = owners(await claim(db, 30, whose))
        assert set(found.values()) == {15}


async def test_an_account_with_many_inboxes_has_no_more_turns_than_others(
    db: Database, inbox: Inbox, second: Inbox
) -> None:
    many = [inbox, *[await add_inbox(db, number) for number in range(10, 19)]]
    for number, each in enumerate(many):
        await add_deliveries(db, each, range(number * 100 + 1, number * 100 + 41))
    await add_deliveries(db, second, range(2001, 2301))
    whose = Turns()
    total: list[Delivery] = []
    for _ in range(6):
        total += await claim(db, 40, whose)
    assert owners(total) == {inbox.account_id: 120, second.account_id: 120}
    its = Counter(each.inbox_id for each in total if each.inbox_id != second.id)
    assert min(its.values()) >= 10
    assert len(its) == len(many)


async def test_who_had_a_turn_waits_until_the_others_had_theirs(
    db: Database, inbox: Inbox
) -> None:
    others = [await add_inbox(db, n, await add_account(db, n)) for n in range(2, 8)]
    for number, each in enumerate((inbox, *others)):
        await add_deliveries(db, each, range(number * 100 + 1, number * 100 + 51))
    whose = Turns()
    seen: Counter[str] = Counter()
    for _ in range(7):
        seen += owners(await claim(db, 10, whose))
    assert set(seen.values()) == {10}


async def test_transactional_mail_goes_before_bulk_however_old(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 201), stream=Stream.BULK)
    await add_deliveries(db, inbox, range(300, 303), due_at=clock())
    found = await claim(db, 10)
    streams = [each.stream.value for each in found]
    assert streams == ["transactional"] * 3 + ["bulk"] * 7


# --- passed over ----------------------------------------------------------------------


async def test_what_has_to_wait_is_passed_over_and_found_again(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 1501), domain="slow.example")
    await add_deliveries(db, inbox, range(2001, 2004), domain="fast.example")
    whose = Turns(over=frozenset({"@slow.example"}))
    found = await claim_all(db, 10, whose)
    assert [each.domain for each in found] == ["fast.example"] * 3
    assert await claim(db, 10, whose) == []
    whose.over = frozenset()
    found = await claim(db, 10, whose)
    assert [each.id for each in found] == [f"dlv_{n:026d}" for n in range(1, 11)]


async def test_a_site_named_as_a_domain_of_others_does_not_hold_up_theirs(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 4), domain="big.example", site="big")
    await add_deliveries(db, inbox, range(4, 6), domain="a.example", site="big.example")
    whose = Turns(
        over=frozenset({"big.example"}),
        crowded=frozenset({(inbox.account_id, "big.example")}),
    )
    found = await claim_all(db, 10, whose)
    assert [each.domain for each in found] == ["big.example"] * 3


async def test_what_crowds_one_account_holds_up_no_other(
    db: Database, inbox: Inbox, second: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 301), site="place")
    await add_deliveries(db, second, range(2001, 2002), site="place")
    whose = Turns(crowded=frozenset({(inbox.account_id, "place")}))
    assert owners(await claim_all(db, 10, whose)) == {second.account_id: 1}
    whose.crowded = frozenset()
    assert owners(await claim(db, 10, whose)) == {inbox.account_id: 10}


async def test_what_comes_in_later_is_found_behind_what_waits(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 1501), domain="slow.example")
    whose = Turns(over=frozenset({"@slow.example"}))
    assert await claim_all(db, 10, whose) == []
    now = clock.advance(seconds=5)
    await add_deliveries(db, inbox, range(3001, 3002), domain="new.example", due_at=now)
    assert [each.domain for each in await claim(db, 10, whose)] == ["new.example"]


async def test_of_several_that_wait_only_the_free_one_goes(
    db: Database, inbox: Inbox
) -> None:
    of = message(1, inbox)
    new = [
        delivery(number, of, domain="one.example" if number % 2 else "two.example")
        for number in range(1, 801)
    ]
    await db.write(deliveries.add_many, new)
    whose = Turns(over=frozenset({"@one.example", "@two.example"}))
    assert await claim_all(db, 50, whose) == []
    whose.over = frozenset({"@one.example"})
    found = await claim(db, 5, whose)
    assert [each.id for each in found] == [f"dlv_{n:026d}" for n in range(2, 11, 2)]


async def test_a_site_is_known_by_what_was_learnt_or_where_it_was_tried_last(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 2), domain="a.example")
    await add_deliveries(db, inbox, range(2, 3), domain="b.example", site="place")
    await add_deliveries(db, inbox, range(3, 4), domain="c.example")
    learnt = {"a.example": "place"}
    whose = Turns(
        over=frozenset({"place"}),
        site_of=lambda delivery: learnt.get(delivery.domain, delivery.site),
    )
    assert [each.domain for each in await claim(db, 5, whose)] == ["c.example"]


@pytest.mark.parametrize("count", [3, 500], ids=["few", "many"])
async def test_accounts_and_inboxes_are_passed_over(
    db: Database, inbox: Inbox, second: Inbox, count: int
) -> None:
    other = await add_inbox(db, 3)
    await add_deliveries(db, inbox, range(1, count + 1))
    await add_deliveries(db, second, range(2001, 2002))
    await add_deliveries(db, other, range(3001, 3002))
    whose = Turns(inboxes_over=frozenset({inbox.id}))
    whose.accounts_over = frozenset({second.account_id})
    found = await claim_all(db, 10, whose)
    assert [each.inbox_id for each in found] == [other.id]
    whose.inboxes_over = frozenset()
    assert len(await claim_all(db, 10, whose)) == count
    whose.accounts_over = frozenset()
    assert owners(await claim(db, 10, whose)) == {second.account_id: 1}


async def test_a_row_that_was_committed_behind_the_scan_is_found_soon(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    begun = clock()
    clock.advance(seconds=3)
    await add_deliveries(
        db, inbox, range(1, 301), domain="slow.example", due_at=clock()
    )
    whose = Turns(over=frozenset({"@slow.example"}))
    assert await claim_all(db, 10, whose) == []
    # Its operation began before the scan and ended after it.
    await add_deliveries(db, inbox, range(900, 901), domain="x.example", due_at=begun)
    clock.advance(seconds=turns.MARKS_KEPT.total_seconds())
    assert [each.domain for each in await claim_all(db, 10, whose)] == ["x.example"]


async def test_a_claim_that_was_not_written_is_made_again(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 201), domain="a.example")
    await add_deliveries(db, inbox, range(201, 301), domain="slow.example")
    whose = Turns(over=frozenset({"@slow.example"}))

    def fail(tx: Transaction) -> None:
        assert len(deliveries.lease_due(tx, NODE, 50, 900, whose)) == 50
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await db.write(fail)
    whose.forget()
    found = await claim_all(db, 50, whose)
    assert len({each.id for each in found}) == 200


# --- everything, once -----------------------------------------------------------------


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.integers(0, 130), min_size=1, max_size=4),
    limit=st.integers(1, 60),
    over=st.sets(st.sampled_from("abc")),
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_all_that_may_go_is_leased_once_and_nothing_else(
    db: Database, inbox: Inbox, sizes: list[int], limit: int, over: set[str]
) -> None:
    await db.write(lambda tx: tx.execute("DELETE FROM delivery"))
    new: list[Delivery] = []
    for number, size in enumerate(sizes):
        changes: dict[str, Any] = {"account_id": f"acc_{number}"}
        for n in range(size):
            of = message(1, inbox)
            changes |= {"domain": "abc"[n % 3], "inbox_id": f"inb_{number}_{n % 2}"}
            new.append(delivery(number * 1000 + n, of, **changes))
    await db.write(deliveries.add_many, new)
    whose = Turns(over=frozenset(f"@{name}" for name in over))
    found = await claim_all(db, limit, whose)
    expected = {each.id for each in new if each.domain not in over}
    assert Counter(each.id for each in found) == Counter(expected)
    whose.over = frozenset()
    rest = await claim_all(db, limit, whose)
    assert {each.id for each in rest} == {each.id for each in new} - expected


# --- small ----------------------------------------------------------------------------


async def test_a_claim_looks_at_some_hundred_rows_however_many_wait(
    db: Database, inbox: Inbox, second: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 3001), domain="slow.example")
    later = {"state": State.DEFERRED, "due_at": clock() + timedelta(hours=1)}
    await add_deliveries(db, second, range(5001, 5301), **later)
    whose = Turns(over=frozenset({"@slow.example"}))

    def looked_at(tx: Transaction) -> int:
        seen, look = [0], tx.all

        def count(sql: str, *parameters: Any) -> list[Any]:
            rows = look(sql, *parameters)
            seen[0] += len(rows)
            return rows

        tx.all = count  # type: ignore[method-assign]
        deliveries.lease_due(tx, NODE, 50, 900, whose)
        return seen[0]

    most = turns.ROWS_MAX + turns.LOOK + 1 + 2 * turns.WINDOW
    assert all([await db.write(looked_at) <= most for _ in range(8)])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("analyzed", [False, True])
async def test_every_look_uses_the_index_that_was_meant_for_it(
    db: Database, inbox: Inbox, *, analyzed: bool
) -> None:
    await add_deliveries(db, inbox, range(1, 300), domain="slow.example")
    if analyzed:
        # All rows are of one stream, account and inbox, which statistics then say.
        await db.write(lambda tx: tx.all("ANALYZE"))

    def plans(tx: Transaction) -> str:
        found, look = [], tx.all

        def explain(sql: str, *parameters: Any) -> list[Any]:
            found.append(str(look(f"EXPLAIN QUERY PLAN {sql}", *parameters)))
            return look(sql, *parameters)

        tx.all = explain  # type: ignore[method-assign]
        whose = Turns(over=frozenset({"@slow.example"}))
        deliveries.next_due(tx)
        deliveries.lease_due(tx, NODE, 5, 5, whose)
        return "\n".join(found)

    text = await db.write(plans)
    for index in (
        "delivery_due (stream=? AND due_at<?)",
        "delivery_due (stream=? AND due_at>?)",
        "delivery_turn_account (stream=? AND account_id>?)",
        "delivery_turn_account (stream=? AND account_id=? AND due_at>?)",
        "delivery_turn (stream=? AND account_id=? AND inbox_id>?)",
        "delivery_turn (stream=? AND account_id=? AND inbox_id=? AND due_at>?)",
        "AND inbox_id=? AND (due_at,id)>(?,?) AND due_at<?)",
    ):
        assert index in text
    assert "TEMP B-TREE" not in text
