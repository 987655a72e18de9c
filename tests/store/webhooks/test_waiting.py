"""What is on its way to an endpoint, and what was given up, as lists show it."""

from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import handouts, leases
from mailbot_server.store.subscriptions import rows as subscriptions
from mailbot_server.store.webhooks import waiting
from mailbot_server.store.webhooks.waiting import State
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import account
from tests.store.webhooks.world import ID, happen, prepare

OF = account().id, ID


def work(tx: Transaction, count: int) -> None:
    """Takes all; the first is put off, the second given up, the third done."""
    reader = subscriptions.get(tx, *OF, is_locked=True)
    assert reader is not None
    until = tx.now + timedelta(minutes=1)
    taken = handouts.hand_out(tx, reader, "nod_a", count, until).handouts
    leases.postpone(tx, reader, taken[0].key, until, "timeout", 0)
    leases.park(tx, reader, taken[1].key, "server_error", 500)
    leases.done(tx, reader, [taken[2].key])


async def test_each_state_is_listed_oldest_first(
    db: Database, clock: FakeClock
) -> None:
    await prepare(db, clock)
    ids = await db.write(happen, 4)
    await db.write(work, 4)
    found = await db.read(waiting.list_, *OF, None, ("", 0), 10)
    assert [(each.event_id, each.state) for each in found] == [
        (ids[0], State.WAITING),
        (ids[1], State.PARKED),
        (ids[3], State.LEASED),
    ]
    first, second, _ = found
    assert (first.due_at, first.last_result) == (
        clock() + timedelta(minutes=1),
        "timeout",
    )
    assert (second.due_at, second.last_status, second.event_type) == (
        *(None, 500),
        "inbox.updated",
    )
    for state, event_id in (
        (State.WAITING, ids[0]),
        (State.PARKED, ids[1]),
        (State.LEASED, ids[3]),
    ):
        (one,) = await db.read(waiting.list_, *OF, state, ("", 0), 10)
        assert one.event_id == event_id
    after = ("", found[0].position)
    rest = await db.read(waiting.list_, *OF, None, after, 1)
    assert rest == found[1:2]


async def test_leases_of_others_are_ended(db: Database, clock: FakeClock) -> None:
    await prepare(db, clock)
    await db.write(happen, 4)
    await db.write(work, 4)
    assert await db.write(waiting.free, ID, "nod_a") == 0
    assert await db.write(waiting.free, ID, "nod_b") == 1
    (leased,) = await db.read(waiting.list_, *OF, State.LEASED, ("", 0), 10)
    assert leased.due_at == clock()


# PostgreSQL chooses by what it knows of the rows.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("state", "way"),
    [
        (None, "PRIMARY KEY (subscription_id=?"),
        (State.PARKED, "PRIMARY KEY (subscription_id=?"),
        (State.LEASED, "INDEX handout_due (subscription_id=? AND due_at>?)"),
    ],
    ids=str,
)
async def test_what_is_parked_is_not_gone_through_for_what_is_leased(
    db: Database, state: State | None, way: str
) -> None:
    def plan(tx: Transaction) -> str:
        plans: list[str] = []
        look = tx.all

        def explain(sql: str, *parameters: Any) -> list[Any]:
            plans.append(str(look(f"EXPLAIN QUERY PLAN {sql}", *parameters)))
            return []

        tx.all = explain  # type: ignore[method-assign]
        waiting.list_(tx, *OF, state, ("", 0), 10)
        return plans[0]

    assert way in await db.read(plan)
