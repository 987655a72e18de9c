"""Labelled messages are found in order, of one inbox or of an account."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core import ids
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Direction, Message, MessageFilter
from mailbot_server.core.search.document import Document
from mailbot_server.store import message_labels, messages
from mailbot_server.store.database import Database, Transaction
from tests.fakes.mail import RAW, message
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox


@pytest.fixture
async def stock(db: Database) -> list[Message]:
    """Thirty messages in two inboxes, oldest first: red, blue, both or none."""
    await add_account(db)
    homes = [await add_inbox(db, 1), await add_inbox(db, 2)]
    known = [_one(number, homes[number % 5 == 0]) for number in range(30)]
    await db.write(_add, known)
    return known


def _one(number: int, inbox: Inbox) -> Message:
    at = BEGINNING + timedelta(hours=number)
    colours = {"red": number % 2 == 0, "blue": number % 3 == 0}
    return message(
        number,
        inbox,
        id=ids.make("msg", at, number.to_bytes(10, "big")),
        created_at=at,
        direction=Direction.INBOUND if number % 7 == 0 else Direction.OUTBOUND,
        labels=tuple(sorted(name for name, has in colours.items() if has)),
    )


def _add(tx: Transaction, known: list[Message]) -> None:
    for each in known:
        assert messages.add(tx, each, RAW, (), Document())


async def listed(
    db: Database, wanted: MessageFilter, *, oldest_first: bool, size: int = 4
) -> list[str]:
    found: list[str] = []
    place = ""
    while page := await db.read(
        messages.list_, account().id, wanted, place, size, oldest_first=oldest_first
    ):
        found += [each.id for each in page]
        place = page[-1].id
    return found


@pytest.mark.parametrize("oldest_first", [True, False], ids=["oldest", "newest"])
@pytest.mark.parametrize("batch", [1, 500])
async def test_labels_and_all_other_conditions_hold_together(
    db: Database,
    stock: list[Message],
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
    oldest_first: bool,
) -> None:
    monkeypatch.setattr(messages, "_LABELLED_BATCH", batch)
    sender = stock[0].sender
    assert sender is not None
    one, other = stock[1].inbox_id, stock[0].inbox_id
    after, before = (BEGINNING + timedelta(hours=n) for n in (5, 25))
    for labels in (("red",), ("blue", "red", "red"), ("none",), ("none", "blue")):
        for place in ({}, {"inbox_id": one}, {"visible_inbox_ids": (one, other)}):
            for more in (
                {},
                {"direction": Direction.INBOUND},
                {"after": after, "before": before},
                {"sender_address": sender.address},
            ):
                given: dict[str, Any] = {**place, **more}
                wanted = MessageFilter(labels=labels, **given)
                expected = [m.id for m in stock if _fits(m, wanted)]
                found = await listed(db, wanted, oldest_first=oldest_first)
                assert found == (expected if oldest_first else expected[::-1]), wanted


def _fits(each: Message, wanted: MessageFilter) -> bool:
    assert each.sender is not None
    return (
        bool(set(each.labels) & set(wanted.labels))
        and wanted.inbox_id in {"", each.inbox_id}
        and wanted.direction in {None, each.direction}
        and wanted.sender_address in {"", each.sender.address}
        and (wanted.after is None or each.created_at >= wanted.after)
        and (wanted.before is None or each.created_at < wanted.before)
    )


async def test_a_key_that_sees_no_inbox_finds_nothing(
    db: Database, stock: list[Message]
) -> None:
    wanted = MessageFilter(labels=("red",), visible_inbox_ids=())
    assert await listed(db, wanted, oldest_first=True) == []


async def test_labels_change_in_row_and_table(
    db: Database, stock: list[Message]
) -> None:
    first = stock[0]
    assert await db.write(message_labels.lock, first.id) == ("blue", "red")
    await db.write(message_labels.put, first, ("blue", "red"), ("green", "red"))
    stored = await db.read(messages.get, first.account_id, first.id)
    assert stored == replace(first, labels=("green", "red"))
    for name, has in (("green", True), ("red", True), ("blue", False)):
        found = await listed(db, MessageFilter(labels=(name,)), oldest_first=True)
        assert (first.id in found) is has, name


# PostgreSQL chooses by what it knows of the rows.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("place", "index"),
    [
        (("inbox_id", "inb_1"), "PRIMARY KEY (inbox_id=? AND label=?"),
        (("account_id", "acc_1"), "message_label_account (account_id=? AND label=?"),
    ],
    ids=["inbox", "account"],
)
async def test_what_carries_a_label_is_read_in_the_order_of_an_index(
    db: Database, place: tuple[str, str], index: str
) -> None:
    plan = await db.read(_plan, place)
    assert index in plan
    assert "TEMP B-TREE" not in plan


def _plan(tx: Transaction, place: tuple[str, str]) -> str:
    column, value = place
    sql = message_labels._CARRYING.format(column, "DESC")
    return str(tx.all(f"EXPLAIN QUERY PLAN {sql}", value, "red", "", "msg_z", 9))
