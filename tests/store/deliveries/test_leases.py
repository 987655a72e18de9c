"""Leases are taken once and fence what is written; what waits is never forgotten."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.delivery import NEXT, Delivery, State
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Stream
from mailbot_server.store import deliveries, inboxes, nodes
from mailbot_server.store.database import Database, Transaction
from tests.fakes.clock import FakeClock
from tests.fakes.mail import add_deliveries, delivery, message
from tests.fakes.tenants import add_account, add_inbox

LEASE_SECONDS = 30
GRACE = timedelta(minutes=10)
REPLY = Reply(code=451, enhanced="4.7.1", text="Später, 100 % ?")


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def lease(db: Database, limit: int = 50, node: str = "nod_1") -> list[Delivery]:
    return await db.write(deliveries.lease_due, node, limit, LEASE_SECONDS)


async def stored(db: Database, like: Delivery) -> Delivery:
    found = await db.read(deliveries.get, like.account_id, like.id)
    assert found is not None
    return found


async def open_count(db: Database, inbox: Inbox) -> int:
    return (await db.read(inboxes.counts, inbox.id)).open_deliveries


def numbers(found: Sequence[Delivery]) -> list[int]:
    return [int(each.id.removeprefix("dlv_")) for each in found]


def settled(lease: Delivery, state: State = State.DELIVERED, **more: Any) -> Delivery:
    return replace(lease, state=state, attempts=lease.attempts + 1, **more)


# --- leases ---------------------------------------------------------------------------


async def test_what_is_due_is_leased_to_the_node(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    (new,) = await add_deliveries(db, inbox, range(1, 2), lease_seq=6, started=True)
    until = clock() + timedelta(seconds=LEASE_SECONDS)
    expected = replace(
        new,
        state=State.LEASED,
        lease_owner="nod_1",
        lease_until=until,
        lease_seq=7,
        updated_at=clock(),
        started=False,
    )
    assert await lease(db) == [expected]
    assert await stored(db, new) == replace(expected, due_at=until)
    assert await lease(db) == []
    assert await open_count(db, inbox) == 1


async def test_only_waiting_states_are_leased(db: Database, inbox: Inbox) -> None:
    of = message(1, inbox)
    new = [delivery(number, of, state=state) for number, state in enumerate(State)]
    await db.write(deliveries.add_many, new)
    waiting = {each.id for each in new if each.state in (State.QUEUED, State.DEFERRED)}
    assert {each.id for each in await lease(db)} == waiting


async def test_transactional_mail_goes_first_then_what_was_due_first(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    of = message(1, inbox)
    due = [(5, "bulk", 4), (4, "bulk", 9), (3, "transactional", 1),
           (2, "transactional", 3), (1, "transactional", 2)]  # fmt: skip
    new = [
        delivery(
            number,
            of,
            stream=Stream(stream),
            due_at=clock() - timedelta(minutes=minutes),
        )
        for number, stream, minutes in due
    ]
    future = delivery(6, of, due_at=clock() + timedelta(microseconds=1))
    await db.write(deliveries.add_many, [*new, future])
    assert numbers(await lease(db, 2)) == [2, 1]
    assert numbers(await lease(db, 2)) == [3, 4]
    assert numbers(await lease(db, 2)) == [5]
    clock.advance(seconds=1)
    assert numbers(await lease(db, 2)) == [6]


async def test_an_attempt_is_marked_as_started_by_its_lease_only(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 2))
    (held,) = await lease(db)
    assert await db.write(deliveries.start, held)
    assert (await stored(db, held)).started
    assert not await db.write(deliveries.start, replace(held, lease_seq=99))
    assert not await db.write(deliveries.start, replace(held, id="dlv_x"))
    assert await db.write(deliveries.write, held, settled(held))
    assert not await db.write(deliveries.start, held)


async def test_a_lease_that_has_ended_begins_nothing(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 3))
    late, in_time = await lease(db)
    clock.advance(seconds=LEASE_SECONDS)
    await db.write(deliveries.extend_leases, "nod_1", LEASE_SECONDS, [in_time.id])
    both = [(each.id, each.lease_seq) for each in (late, in_time)]
    assert not await db.write(deliveries.start, late)
    assert await db.write(deliveries.start_many, both) == {in_time.id}
    assert not (await stored(db, late)).started


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_no_delivery_is_leased_twice(db: Database, inbox: Inbox) -> None:
    total = 300
    await add_deliveries(db, inbox, range(1, total + 1))
    leased: list[Delivery] = []

    async def claim(node: str) -> None:
        empty = 0
        # What others are leasing is passed over, so one empty answer proves nothing.
        while empty < 3:
            found = await lease(db, 7, node)
            assert all(each.lease_owner == node for each in found)
            leased.extend(found)
            empty = 0 if found else empty + 1

    await asyncio.gather(*(claim(f"nod_{number}") for number in range(8)))
    leased.extend(await lease(db, total))
    assert Counter(each.id for each in leased).most_common(1)[0][1] == 1
    assert len(leased) == total
    assert {each.lease_seq for each in leased} == {1}


# --- outcomes -------------------------------------------------------------------------


async def test_an_outcome_is_written_whole_and_ends_the_lease(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 2))
    (held,) = await lease(db)
    later = clock.advance(seconds=5)
    changed = replace(
        held,
        state=State.DEFERRED,
        attempts=1,
        due_at=later + timedelta(minutes=5),
        gives_up_at=later + timedelta(days=3),
        delays_announced=1,
        last_reply=REPLY,
        last_host="mx.example.org",
        diagnostic="greylisted",
        bounce_class="greylisted",
        hold_reason="",
    )
    with db.watch(deliveries.TOPIC) as watch:
        assert await db.write(deliveries.write, held, changed)
        assert await watch.changed(5)
    assert await stored(db, held) == replace(
        changed, lease_owner="", lease_until=None, started=False, updated_at=later
    )
    assert await open_count(db, inbox) == 1


AFTER_A_LEASE = sorted(
    {after for (before, _), after in NEXT.items() if before == "leased"}
)


@pytest.mark.parametrize("state", AFTER_A_LEASE)
async def test_terminal_outcomes_close_the_delivery(
    db: Database, inbox: Inbox, state: State
) -> None:
    await add_deliveries(db, inbox, range(1, 2))
    (held,) = await lease(db)
    assert await db.write(deliveries.write, held, settled(held, state))
    assert await open_count(db, inbox) == (0 if state.is_terminal else 1)


async def test_a_stale_lease_writes_nothing(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 2))
    (first,) = await lease(db)
    waits = replace(first, state=State.QUEUED, due_at=clock())
    assert await db.write(deliveries.write, first, waits)
    (second,) = await lease(db, node="nod_2")
    before = await stored(db, second)
    late = settled(first, State.BOUNCED, diagnostic="late")
    assert not await db.write(deliveries.write, first, late)
    assert await stored(db, second) == before
    assert await open_count(db, inbox) == 1
    assert await db.write(deliveries.write, second, settled(second))
    assert not await db.write(deliveries.write, second, settled(second, State.BOUNCED))
    assert (await stored(db, second)).state is State.DELIVERED
    assert await open_count(db, inbox) == 0


async def test_of_two_who_settle_one_lease_one_succeeds(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 2))
    (held,) = await lease(db)
    outcomes = [State.DELIVERED, State.BOUNCED, State.FAILED, State.EXPIRED]
    done = await asyncio.gather(
        *(db.write(deliveries.write, held, settled(held, each)) for each in outcomes)
    )
    assert sorted(done) == [False, False, False, True]
    assert (await stored(db, held)).state is outcomes[done.index(True)]
    assert await open_count(db, inbox) == 0


# --- leases that were lost ----------------------------------------------------------


async def lost(db: Database, node: str = "nod_1", limit: int = 50) -> list[int]:
    return sorted(numbers(await db.read(deliveries.leases_lost, node, limit)))


async def test_a_lease_that_ended_is_lost_even_to_its_own_node(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await db.write(nodes.seen, "nod_1")
    await add_deliveries(db, inbox, range(1, 4))
    await lease(db)
    clock.advance(seconds=LEASE_SECONDS - 1)
    await db.write(nodes.seen, "nod_1")
    assert await lost(db) == []
    clock.advance(seconds=1)
    assert await lost(db) == [1, 2, 3]
    assert len(await lost(db, limit=2)) == 2


async def test_leases_of_a_node_that_is_gone_are_lost_before_they_end(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await db.write(nodes.seen, "nod_1")
    await db.write(nodes.seen, "nod_2")
    for number, node in ((1, "nod_1"), (2, "nod_2"), (3, "nod_unknown")):
        await add_deliveries(db, inbox, range(number, number + 1))
        await db.write(deliveries.lease_due, node, 5, 3600)
    # SQLite has one process: whoever else leased there is gone.
    assert await lost(db) == ([3] if db.is_postgres else [2, 3])
    clock.advance(seconds=59)
    assert await lost(db) == ([3] if db.is_postgres else [2, 3])
    clock.advance(seconds=1)
    assert await lost(db) == [2, 3]


async def test_what_was_lost_is_settled_by_one_of_its_finders(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 2))
    (held,) = await lease(db)
    await db.write(deliveries.start, held)
    clock.advance(minutes=5)
    (found,) = await db.read(deliveries.leases_lost, "nod_2", 5)
    assert found.started
    back = replace(found, state=State.QUEUED, due_at=clock())
    done = await asyncio.gather(
        *(db.write(deliveries.write, found, back) for _ in range(3))
    )
    assert sorted(done) == [False, False, True]
    assert not await db.write(deliveries.write, held, settled(held))
    (again,) = await lease(db, node="nod_2")
    assert again.lease_seq == held.lease_seq + 1


async def test_a_node_extends_its_own_leases(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await db.write(nodes.seen, "nod_1")
    await add_deliveries(db, inbox, range(1, 3))
    leased = await lease(db)
    await db.write(deliveries.write, leased[0], settled(leased[0]))
    await add_deliveries(db, inbox, range(3, 4))
    await lease(db, node="nod_2")
    clock.advance(seconds=20)
    assert await db.write(deliveries.extend_leases, "nod_1", 60.0) == 1
    until = clock() + timedelta(seconds=60)
    assert (await stored(db, leased[1])).lease_until == until
    assert (await stored(db, leased[1])).due_at == until
    assert await db.write(deliveries.write, leased[1], settled(leased[1]))


# --- the index is the one that was meant ------------------------------------------------


def plans_of(tx: Transaction, inbox_id: str) -> str:
    """The plans of what runs often, on SQLite."""
    plans: list[str] = []
    look = tx.all

    def explain(sql: str, *parameters: Any) -> list[Any]:
        plans.append(str(look(f"EXPLAIN QUERY PLAN {sql}", *parameters)))
        return look(sql, *parameters)

    tx.all = explain  # type: ignore[method-assign]
    deliveries.lease_due(tx, "nod_1", 5, 5)
    deliveries.next_due(tx)
    deliveries.cancel_open(tx, inbox_id, 5)
    deliveries.of_messages(tx, ["msg_1", "msg_2"])
    deliveries.leases_lost(tx, "nod_1", 5)
    deliveries.overdue(tx, GRACE, 5)
    deliveries.depth(tx)
    return "\n".join(plans)


# PostgreSQL chooses by what it knows of the rows.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_runs_often_never_reads_deliveries_that_are_done(
    db: Database, inbox: Inbox
) -> None:
    plans = await db.write(plans_of, inbox.id)
    assert "USING INDEX delivery_due (stream=? AND due_at<?)" in plans
    assert "USING INDEX delivery_open (inbox_id=?)" in plans
    assert "sqlite_autoindex_delivery" not in plans
    assert "SCAN delivery'" not in plans


# --- calling back ---------------------------------------------------------------------


async def test_an_attempt_under_way_is_called_back_by_a_mark(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 3))
    first, second = await lease(db)
    await db.write(deliveries.call_back, [first])
    assert await db.write(deliveries.is_called_back, first)
    assert not await db.write(deliveries.is_called_back, second)
    later = settled(first, State.DEFERRED)
    assert await db.write(deliveries.write, first, later)
    assert (await stored(db, first)).hold_reason == ""
    assert not await db.write(deliveries.is_called_back, first)


async def test_only_the_lease_that_was_read_is_called_back(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    await add_deliveries(db, inbox, range(1, 2))
    (old,) = await lease(db)
    await db.write(
        deliveries.write, old, replace(old, state=State.QUEUED, due_at=clock())
    )
    (new,) = await lease(db)
    await db.write(deliveries.call_back, [old])
    assert not await db.write(deliveries.is_called_back, new)
    assert not await db.write(deliveries.is_called_back, old)
