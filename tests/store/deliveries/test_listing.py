"""Deliveries by filter: what matches, in order, page by page, along an index."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core import ids
from mailbot_server.core.delivery import OPEN, Delivery, DeliveryFilter, State
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Stream
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.deliveries import listing
from mailbot_server.store.deliveries.listing import Place
from tests.fakes.mail import _add, add_deliveries, delivery, message
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox

OWN = DeliveryFilter(account_id=account().id)


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


async def numbers(
    db: Database, wanted: DeliveryFilter, behind: Place | None = None, limit: int = 50
) -> list[int]:
    page = await db.read(listing.page, wanted, behind, limit)
    return [int(each.id.removeprefix("dlv_")) for each in page.deliveries]


async def all_pages(db: Database, wanted: DeliveryFilter, limit: int) -> list[Delivery]:
    found: list[Delivery] = []
    behind: Place | None = None
    while True:
        page = await db.read(listing.page, wanted, behind, limit)
        assert len(page.deliveries) <= limit
        found += page.deliveries
        behind = page.last
        if behind is None:
            return found


async def test_pages_are_newest_first_and_end(db: Database, inbox: Inbox) -> None:
    made = await add_deliveries(db, inbox, range(1, 8))
    for limit in (1, 3, 7, 50):
        assert await all_pages(db, OWN, limit) == made[::-1]
    page = await db.read(listing.page, OWN, None, 7)
    assert page.last is None


async def test_another_account_has_nothing_of_it(db: Database, inbox: Inbox) -> None:
    made = await add_deliveries(db, inbox, range(1, 4))
    other = replace(OWN, account_id=account(2).id)
    by_id = tuple(each.id for each in made)
    for wanted in (
        *(
            other,
            replace(other, ids=by_id),
            replace(other, message_id=made[0].message_id),
        ),
        *(replace(other, inbox_id=inbox.id), replace(other, states=(State.QUEUED,))),
        replace(other, states=(State.QUEUED,), inbox_id=inbox.id),
    ):
        assert await all_pages(db, wanted, 50) == []
        assert await db.write(listing.lock, wanted, list(by_id)) == []


async def test_all_accounts_come_one_after_another(db: Database, inbox: Inbox) -> None:
    second = await add_inbox(db, 2, await add_account(db, 2))
    first = await add_deliveries(db, inbox, range(1, 4))
    later = await add_deliveries(db, second, range(4, 6))
    # Older, and of the younger account.
    first += await add_deliveries(db, inbox, range(6, 8))
    expected = [*later[::-1], *first[::-1]]
    for states in ((), (State.QUEUED,)):
        wanted = DeliveryFilter(account_id=None, states=states)
        for limit in (1, 2, 50):
            assert await all_pages(db, wanted, limit) == expected


FILTERS: dict[str, tuple[dict[str, Any], list[int]]] = {
    "state": ({"states": (State.HELD, State.BOUNCED)}, [3, 2]),
    "open": ({"states": tuple(OPEN)}, [6, 5, 4, 2, 1]),
    "domain": ({"domain": "example.org"}, [4]),
    "recipient": ({"recipient": "carol5@example.com"}, [5]),
    "hold": ({"hold_reason": "hostname_unset"}, [2]),
    "no-hold": ({"hold_reason": "cancel_requested"}, []),
    "class": ({"bounce_class": "inactive_mailbox"}, [3]),
    "stream": ({"stream": Stream.BULK}, [5]),
    "ids": ({"ids": (f"dlv_{1:026d}", f"dlv_{6:026d}", f"dlv_{99:026d}")}, [6, 1]),
    "ids-and-state": (
        {"ids": (f"dlv_{1:026d}", f"dlv_{2:026d}"), "states": (State.HELD,)},
        [2],
    ),
    "message": ({"message_id": f"msg_{4:026d}"}, [4]),
    "inbox": ({"inbox_id": f"inb_{2:026d}"}, [7]),
    "inbox-open": ({"inbox_id": f"inb_{1:026d}", "states": (State.DEFERRED,)}, [6]),
    "visible": ({"visible_inbox_ids": (f"inb_{2:026d}",)}, [7]),
    "visible-none": ({"visible_inbox_ids": ()}, []),
    "due-later": ({"due_after": BEGINNING + timedelta(hours=1)}, [6]),
    "several": ({"states": (State.QUEUED,), "domain": "example.com"}, [5, 1]),
    "nothing": ({"states": (State.QUEUED,), "hold_reason": "hostname_unset"}, []),
}


@pytest.fixture
async def seven(db: Database, inbox: Inbox) -> None:
    second = await add_inbox(db, 2)
    made: list[dict[str, Any]] = [
        {},
        {"state": State.HELD, "hold_reason": "hostname_unset"},
        {"state": State.BOUNCED, "bounce_class": "inactive_mailbox"},
        {
            "state": State.LEASED,
            "domain": "example.org",
            "hold_reason": "cancel_requested",
        },
        {"stream": Stream.BULK, "recipient": "Carol5@example.com"},
        {"state": State.DEFERRED, "due_at": BEGINNING + timedelta(hours=2)},
    ]
    for number, changes in enumerate(made, 1):
        await add_deliveries(db, inbox, range(number, number + 1), **changes)
    await add_deliveries(db, second, range(7, 8), state=State.DELIVERED)


@pytest.mark.parametrize("name", FILTERS)
async def test_all_conditions_of_a_filter_hold(db: Database, seven: None, name) -> None:
    changes, expected = FILTERS[name]
    wanted = replace(OWN, **changes)
    assert await numbers(db, wanted) == expected
    assert [int(d.id[4:]) for d in await all_pages(db, wanted, 1)] == expected
    everything = replace(wanted, account_id=None)
    assert await numbers(db, everything) == expected
    locked = await db.write(
        listing.lock, wanted, [f"dlv_{n:026d}" for n in range(1, 8)]
    )
    if not wanted.ids and not wanted.message_id:
        assert [int(d.id[4:]) for d in locked] == expected[::-1]


async def test_instants_are_those_of_the_ids(db: Database, inbox: Inbox) -> None:
    moments = [BEGINNING + timedelta(minutes=minute) for minute in range(4)]
    made = []
    for number, moment in enumerate(moments):
        of = message(number + 1, inbox)
        new_id = ids.make("dlv", moment, bytes([7]) * 10)
        made.append(replace(delivery(number + 1, of), id=new_id))
        await db.write(_add, of, [made[-1]])
    some = replace(OWN, after=moments[1], before=moments[3])
    assert await all_pages(db, some, 1) == [made[2], made[1]]
    by_id = replace(some, ids=tuple(each.id for each in made))
    assert await all_pages(db, by_id, 50) == [made[2], made[1]]
    close = replace(OWN, after=moments[3] + timedelta(microseconds=1))
    assert await all_pages(db, close, 50) == []
    always = replace(
        OWN,
        after=BEGINNING.replace(year=1),
        before=BEGINNING.replace(year=9999, month=12, day=31),
    )
    assert await all_pages(db, always, 50) == made[::-1]


async def test_a_page_can_be_empty_and_not_the_last(
    db: Database, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "STRETCH", 4)
    await add_deliveries(db, inbox, range(1, 3), domain="rare.example")
    await add_deliveries(db, inbox, range(3, 12))
    wanted = replace(OWN, domain="rare.example")
    first = await db.read(listing.page, wanted, None, 50)
    assert first.deliveries == []
    assert first.last is not None
    found = await all_pages(db, wanted, 50)
    assert [int(each.id[4:]) for each in found] == [2, 1]
    assert len(await all_pages(db, OWN, 3)) == 11


async def test_what_was_locked_stays_as_it_is(db: Database, inbox: Inbox) -> None:
    made = await add_deliveries(db, inbox, range(1, 4))
    assert await db.write(listing.lock, OWN, []) == []
    found = await db.write(listing.lock, OWN, [made[2].id, made[0].id, "dlv_x"])
    assert found == [made[0], made[2]]


def plans_of(tx: Transaction, *filters: DeliveryFilter) -> list[str]:
    plans: list[str] = []
    look = tx.all

    def explain(sql: str, *parameters: Any) -> list[Any]:
        plans.append(str(look(f"EXPLAIN QUERY PLAN {sql}", *parameters)))
        return look(sql, *parameters)

    tx.all = explain  # type: ignore[method-assign]
    tx.one = lambda sql, *of: next(iter(explain(sql, *of)), None)  # type: ignore[method-assign]
    for wanted in filters:
        listing.page(tx, wanted, Place("acc_9", "dlv_9"), 50)
        listing.lock(tx, wanted, ["dlv_1", "dlv_2"])
    return plans


async def test_every_page_is_found_by_an_index_in_order(
    db: Database, inbox: Inbox
) -> None:
    if db.is_postgres:
        pytest.skip("SQLite's plans are those that do not depend on statistics")
    waiting = (State.QUEUED, State.DEFERRED)
    everybody = DeliveryFilter(account_id=None)
    expected = {
        "delivery_account ": [
            OWN,
            replace(OWN, domain="example.com", inbox_id="inb_1"),
        ],
        "delivery_account": [everybody],
        "delivery_open_account": [
            replace(OWN, states=waiting),
            replace(OWN, hold_reason="hostname_unset"),
            replace(everybody, states=waiting),
        ],
        "delivery_open ": [
            replace(OWN, states=waiting, inbox_id="inb_1"),
            replace(everybody, states=waiting, inbox_id="inb_1"),
        ],
        "delivery_message": [replace(OWN, message_id="msg_1")],
        "sqlite_autoindex_delivery_1": [replace(OWN, ids=("dlv_1", "dlv_2"))],
    }
    for index, filters in expected.items():
        for wanted in filters:
            named = bool(wanted.ids or wanted.message_id)
            *pages, lock = await db.read(plans_of, wanted)
            assert "sqlite_autoindex_delivery_1" in lock
            for plan in pages:
                assert index in plan, (wanted, plan)
                assert "SCAN delivery" not in plan or wanted.account_id is None, plan
                assert named or "B-TREE" not in plan, (wanted, plan)
