"""What was added comes back as it was, and open ones are counted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.delivery import OPEN, Delivery, State
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import Guarantee, Stream
from mailbot_server.store import deliveries, inboxes
from mailbot_server.store.database import Database
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


async def test_a_delivery_comes_back_as_it_was_added(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    new = delivery(
        1,
        message(1, inbox),
        recipient="zoë@example.org",
        state=State.HELD,
        stream=Stream.BULK,
        guarantee=Guarantee.AT_MOST_ONCE,
        attempts=3,
        reverse_path="token@rp.example.com",
        lease_owner="nod_9",
        lease_until=clock(),
        lease_seq=4,
        started=True,
        delays_announced=2,
        last_reply=REPLY,
        last_host="mx.example.org",
        diagnostic="why",
        bounce_class="greylisted",
        hold_reason="HOSTNAME_UNSET",
    )
    await db.write(deliveries.add_many, [new])
    assert await stored(db, new) == new


async def test_another_accounts_delivery_does_not_exist(
    db: Database, inbox: Inbox
) -> None:
    (new,) = await add_deliveries(db, inbox, range(1, 2))
    assert await db.read(deliveries.get, "acc_2", new.id) is None


async def test_deliveries_are_given_by_message_in_the_order_they_were_made(
    db: Database, inbox: Inbox
) -> None:
    await add_deliveries(db, inbox, range(1, 4))
    await add_deliveries(db, inbox, range(10, 11))
    ids = [message(number, inbox).id for number in (10, 1, 99)]
    found = await db.read(deliveries.of_messages, ids)
    assert {key: numbers(each) for key, each in found.items()} == {
        ids[0]: [10],
        ids[1]: [1, 2, 3],
        ids[2]: [],
    }
    assert await db.read(deliveries.of_messages, []) == {}


async def test_open_deliveries_are_counted_and_terminal_ones_are_not(
    db: Database, inbox: Inbox
) -> None:
    of = message(1, inbox)
    new = [delivery(number, of, state=state) for number, state in enumerate(State)]
    await db.write(deliveries.add_many, new)
    assert await open_count(db, inbox) == len(OPEN)


async def test_new_deliveries_wake_the_queue(db: Database, inbox: Inbox) -> None:
    with db.watch(deliveries.TOPIC) as watch:
        await add_deliveries(db, inbox, range(1, 2))
        assert await watch.changed(5)
