"""What waits is released, called back or given up by one, and counted."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from mailbot_server.core.delivery import OPEN, Delivery, State
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Stream
from mailbot_server.store import deliveries, inboxes
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


# --- held -----------------------------------------------------------------------------

HELD = {"state": State.HELD, "hold_reason": "HOSTNAME_UNSET"}


async def test_releasing_queues_what_was_held_for_that_reason(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    held = await add_deliveries(db, inbox, range(1, 4), **HELD)
    await add_deliveries(db, inbox, range(5, 6), state=State.HELD, hold_reason="OTHER")
    await add_deliveries(db, inbox, range(6, 7))
    now = clock.advance(hours=1)
    with db.watch(deliveries.TOPIC) as watch:
        first = await db.write(deliveries.release, inbox.id, "HOSTNAME_UNSET", 2)
        assert await watch.changed(5)
    expected = [
        replace(each, state=State.QUEUED, hold_reason="", due_at=now, updated_at=now)
        for each in held
    ]
    assert first == expected[:2]
    assert [await stored(db, each) for each in first] == first
    assert (
        await db.write(deliveries.release, inbox.id, "HOSTNAME_UNSET", 2)
        == expected[2:]
    )
    assert await db.write(deliveries.release, inbox.id, "HOSTNAME_UNSET", 2) == []
    assert await open_count(db, inbox) == 5


async def test_the_inboxes_that_hold_something_for_a_reason_are_told_once(
    db: Database, inbox: Inbox
) -> None:
    stranger = await add_account(db, 2)
    theirs = await add_inbox(db, 2, stranger)
    mine = await add_inbox(db, 3)
    other = await add_inbox(db, 4)
    assert await db.read(deliveries.holding, "HOSTNAME_UNSET") == []
    await add_deliveries(db, theirs, range(2, 4), **HELD)
    await add_deliveries(db, inbox, range(1, 2), **HELD)
    await add_deliveries(db, mine, range(9, 12), **HELD)
    await add_deliveries(
        db, other, range(20, 22), state=State.HELD, hold_reason="OTHER"
    )
    await add_deliveries(db, other, range(30, 31))
    held = await db.read(deliveries.holding, "HOSTNAME_UNSET")
    assert held == sorted([inbox.id, theirs.id, mine.id])


async def test_releasing_one_inbox_leaves_the_others_held(
    db: Database, inbox: Inbox
) -> None:
    other = await add_inbox(db, 2)
    await add_deliveries(db, inbox, range(1, 2), **HELD)
    await add_deliveries(db, other, range(2, 3), **HELD)
    found = await db.write(deliveries.release, other.id, "HOSTNAME_UNSET", 5)
    assert numbers(found) == [2]


async def test_what_is_held_is_told_and_released_by_both_domains(
    db: Database, inbox: Inbox
) -> None:
    pairs = [("b.example", "x.example"), ("", "x.example"), ("b.example", "y.example")]
    for number, (sender, domain) in enumerate(pairs):
        numbers_ = range(2 * number, 2 * number + 2)
        await add_deliveries(
            db, inbox, numbers_, **HELD, sender_domain=sender, domain=domain
        )
    expected = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    held = await db.read(deliveries.held_domains, inbox.id, "HOSTNAME_UNSET")
    assert held == expected
    args = (inbox.id, "HOSTNAME_UNSET", 9, "x.example")
    assert numbers(await db.write(deliveries.release, *args, "")) == [2, 3]
    assert numbers(await db.write(deliveries.release, *args, "b.example")) == [0, 1]
    assert numbers(await db.write(deliveries.release, *args)) == []


async def test_several_who_release_release_each_once(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 61), **HELD)
    found = await asyncio.gather(
        *(
            db.write(deliveries.release, inbox.id, "HOSTNAME_UNSET", 10)
            for _ in range(12)
        )
    )
    ids = [each.id for part in found for each in part]
    assert len(ids) == len(set(ids))
    left = await db.write(deliveries.release, inbox.id, "HOSTNAME_UNSET", 100)
    assert len(ids) + len(left) == 60


async def test_held_mail_whose_time_ran_out_is_expired_by_its_state(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    soon = clock() + timedelta(hours=1)
    await add_deliveries(db, inbox, range(1, 3), **HELD, gives_up_at=soon)
    await add_deliveries(db, inbox, range(3, 4), **HELD)
    await add_deliveries(db, inbox, range(4, 5), gives_up_at=soon)
    assert await db.read(deliveries.overdue, GRACE, 5) == []
    clock.advance(hours=1)
    overdue = await db.read(deliveries.overdue, GRACE, 5)
    assert sorted(numbers(overdue)) == [1, 2]
    assert len(await db.read(deliveries.overdue, GRACE, 1)) == 1
    expired = replace(overdue[0], state=State.EXPIRED)
    assert await db.write(deliveries.write, overdue[0], expired)
    assert not await db.write(deliveries.write, overdue[0], expired)
    await db.write(deliveries.release, inbox.id, "HOSTNAME_UNSET", 9)
    late = replace(overdue[1], state=State.EXPIRED)
    assert not await db.write(deliveries.write, overdue[1], late)
    assert await open_count(db, inbox) == 3


# --- cancelled ------------------------------------------------------------------------


async def test_cancelling_takes_what_waits_and_leaves_what_is_leased(
    db: Database, inbox: Inbox
) -> None:
    of = message(1, inbox)
    other = await add_inbox(db, 2)
    new = [delivery(number, of, state=state) for number, state in enumerate(State)]
    await db.write(deliveries.add_many, new)
    await add_deliveries(db, other, range(50, 51))
    waiting = [each for each in new if each.state in OPEN - {State.LEASED}]
    with db.watch(deliveries.TOPIC) as watch:
        found = await db.write(deliveries.cancel_open, inbox.id, 2)
        assert await watch.changed(5)
    found += await db.write(deliveries.cancel_open, inbox.id, 2)
    assert [each.id for each in found] == [each.id for each in waiting]
    assert {each.state for each in found} == {State.CANCELLED}
    assert [await stored(db, each) for each in found] == found
    assert await db.write(deliveries.cancel_open, inbox.id, 2) == []
    assert await open_count(db, inbox) == 1
    assert await open_count(db, other) == 1


async def test_cancelling_and_leasing_at_once_agree(db: Database, inbox: Inbox) -> None:
    await add_deliveries(db, inbox, range(1, 101))
    results = await asyncio.gather(
        *(lease(db, 10) for _ in range(6)),
        *(db.write(deliveries.cancel_open, inbox.id, 10) for _ in range(6)),
    )
    ids = [each.id for found in results for each in found]
    assert len(ids) == len(set(ids))
    leased = sum(len(found) for found in results[:6])
    cancelled = sum(len(found) for found in results[6:])
    assert await open_count(db, inbox) == 100 - cancelled
    depth = await db.read(deliveries.depth)
    assert {row[0]: row[2] for row in depth} == {
        state: count
        for state, count in (("leased", leased), ("ready", 100 - leased - cancelled))
        if count
    }


# --- seen from outside ------------------------------------------------------------------


async def test_the_next_due_time_is_the_earliest_of_either_stream(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    assert await db.read(deliveries.next_due) is None
    late, early = clock() + timedelta(hours=2), clock() + timedelta(hours=1)
    await add_deliveries(db, inbox, range(1, 2), due_at=late)
    assert await db.read(deliveries.next_due) == late
    await add_deliveries(db, inbox, range(2, 3), due_at=early, stream=Stream.BULK)
    assert await db.read(deliveries.next_due) == early
    await add_deliveries(db, inbox, range(3, 4), **HELD)
    await add_deliveries(db, inbox, range(4, 5), state=State.LEASED)
    assert await db.read(deliveries.next_due) == early


async def test_depth_tells_what_waits_by_state_and_stream(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    assert await db.read(deliveries.depth) == []
    now = clock()
    hour = timedelta(hours=1)
    bulk = {"stream": Stream.BULK}
    await add_deliveries(db, inbox, range(1, 3), due_at=now, queued_at=now - hour)
    await add_deliveries(db, inbox, range(3, 4), due_at=now - hour, queued_at=now)
    await add_deliveries(
        db, inbox, range(4, 5), due_at=now + hour, queued_at=now, **bulk
    )
    deferred = {"state": State.DEFERRED, "due_at": now + 2 * hour, "queued_at": now}
    await add_deliveries(db, inbox, range(5, 6), **deferred, **bulk)
    await add_deliveries(db, inbox, range(6, 7), **HELD, due_at=now, queued_at=now)
    for number, state in enumerate(State):
        if state.is_terminal:
            await add_deliveries(
                db, inbox, range(20 + number, 21 + number), state=state
            )
    await add_deliveries(db, inbox, range(50, 51), due_at=now, queued_at=now,
                         state=State.LEASED)  # fmt: skip
    assert await db.read(deliveries.depth) == [
        ("held", "transactional", 1, now, now),
        ("leased", "transactional", 1, now, now),
        ("ready", "transactional", 3, now - hour, now - hour),
        ("scheduled", "bulk", 2, now + hour, now),
    ]


# --- however much is held -------------------------------------------------------------


def plans_of(tx: Transaction, operation: Callable[..., Any], *arguments: Any) -> str:
    """What SQLite does for each query of an operation."""
    plans: list[str] = []
    look = tx.all

    def explain(sql: str, *parameters: Any) -> list[Any]:
        plans.append(str(look(f"EXPLAIN QUERY PLAN {sql}", *parameters)))
        return look(sql, *parameters)

    tx.all = explain  # type: ignore[method-assign]
    operation(tx, *arguments)
    return "".join(plans)


# PostgreSQL chooses by what it knows of the rows.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_releasing_costs_what_it_releases(db: Database, inbox: Inbox) -> None:
    await add_deliveries(db, inbox, range(1, 3), **HELD)
    of = (deliveries.release, inbox.id, "HOSTNAME_UNSET", 1)
    plans = await db.write(plans_of, *of)
    assert "INDEX delivery_held (hold_reason=? AND inbox_id=?)" in plans
    assert "TEMP B-TREE" not in plans


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_inboxes_that_hold_are_found_by_jumps(db: Database, inbox: Inbox) -> None:
    for look in (deliveries.holding, partial(inboxes.left_holding, limit=5)):
        plans = await db.read(plans_of, look, "HOSTNAME_UNSET")
        assert "COVERING INDEX delivery_held (hold_reason=? AND inbox_id>?)" in plans
        assert "SCAN delivery" not in plans
        assert "SCAN inbox" not in plans
