"""What an operation writes, counts and tells comes out the same, or not at all."""

from typing import Any, cast

import pytest

from mailbot_server.core.event import Event, EventFilter, EventType, InboxDetail
from mailbot_server.core.inbox import InboxCounts
from mailbot_server.store import events, inboxes, schema
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.database.stamp import Stamp
from mailbot_server.store.database.transaction import Connection
from mailbot_server.telemetry import log
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox

PUT = "INSERT INTO setting (name, value) VALUES (?, ?)"


def happened(of: str, inbox_id: str = "", **changes: Any) -> Event:
    return Event(
        type=EventType.INBOX_UPDATED,
        account_id=of,
        inbox_id=inbox_id,
        detail=InboxDetail(state="active", changed_fields=("labels",)),
        **changes,
    )


def tell(tx: Transaction, *new: Event) -> list[str]:
    return [tx.emit(each) for each in new]


async def log_of(db: Database, account_id: str) -> list[Event]:
    page = await db.read(events.after, account_id, 0, EventFilter(), 100)
    return page.events


def test_one_stamp_gives_the_same_time_and_ids_and_another_others() -> None:
    def ids(seed: bytes) -> list[str]:
        stamp = Stamp(now=BEGINNING, seed=seed)
        tx = Transaction(cast("Connection", None), stamp)
        assert tx.now == BEGINNING
        return [tx.new_id(prefix) for prefix in ("msg", "msg", "dlv")]

    first = ids(b"a" * 16)
    assert first == ids(b"a" * 16)
    assert len({*first, *ids(b"b" * 16)}) == 6


async def test_what_is_left_for_later_is_written_with_the_operation_or_not_at_all(
    db: Database,
) -> None:
    def later(tx: Transaction, name: str, *, fail: bool) -> None:
        tx.later(PUT, name, "later")
        if fail:
            raise LookupError

    await db.write(later, "kept", fail=False)
    with pytest.raises(LookupError):
        await db.write(later, "gone", fail=True)

    def names(tx: Transaction) -> list[Any]:
        return tx.all("SELECT name FROM setting WHERE value = 'later'")

    assert await db.read(names) == [("kept",)]


async def test_time_stands_still_during_an_operation(
    db: Database, clock: FakeClock
) -> None:
    began = clock()

    def look_twice(tx: Transaction) -> tuple[Any, Any]:
        first = tx.now
        clock.advance(hours=1)
        return first, tx.now

    assert await db.write(look_twice) == (began, began)


async def test_statements_answer_rows_and_how_many_changed(db: Database) -> None:
    def work(tx: Transaction) -> tuple[Any, ...]:
        tx.execute_many(PUT, [("a", "1"), ("b", "2")])
        tx.execute_many(PUT, [])
        table = schema.Setting
        query = table.select(table.value).where(table.name.in_(["a", "b"]))
        return (
            tx.execute("UPDATE setting SET value = ? WHERE name IN ('a', 'b')", "3"),
            tx.execute("DELETE FROM setting WHERE name = ?", "none"),
            tx.one(
                "UPDATE setting SET value = '4' WHERE name = ? RETURNING value", "a"
            ),
            tx.one("SELECT value FROM setting WHERE name = ?", "none"),
            tx.all("SELECT name FROM setting WHERE name < 'c' ORDER BY name"),
            sorted(tx.query(query)),
        )

    expected = (2, 0, ("4",), None, [("a",), ("b",)], [("3",), ("4",)])
    assert await db.write(work) == expected


async def test_events_get_ids_positions_time_and_the_request(
    db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    token = log.request_id.set("req_7")
    new = happened(
        account().id, "inb_1", metadata={"ä": "%?"}, recipient="a@example.com"
    )
    ids = await db.write(tell, new, new)
    log.request_id.reset(token)
    told = await log_of(db, account().id)
    assert [event.id for event in told] == ids
    assert [event.position for event in told] == [1, 2]
    assert {event.created_at for event in told} == {clock()}
    assert {event.request_id for event in told} == {"req_7"}
    assert told[0].detail == new.detail
    assert (told[0].metadata, told[0].recipient) == (new.metadata, new.recipient)


async def test_a_failed_operation_tells_and_counts_nothing(db: Database) -> None:
    await add_account(db)
    inbox = await add_inbox(db)

    def fail(tx: Transaction) -> None:
        tx.emit(happened(account().id))
        tx.count(inbox.id, threads=1)
        tx.execute(PUT, "a", "1")
        raise LookupError

    with pytest.raises(LookupError):
        await db.write(fail)
    assert await log_of(db, account().id) == []
    assert await db.read(inboxes.counts, inbox.id) == InboxCounts()
    assert (
        await db.read(lambda tx: tx.one("SELECT 1 FROM setting WHERE name = 'a'"))
        is None
    )


async def test_events_of_two_accounts_in_one_operation_are_refused(
    db: Database,
) -> None:
    for number in (1, 2):
        await add_account(db, number)
    with pytest.raises(AssertionError, match="2 accounts"):
        await db.write(tell, happened(account(1).id), happened(account(2).id))
    assert await log_of(db, account(1).id) == []
    assert await log_of(db, account(2).id) == []


async def test_an_account_without_a_log_takes_no_events(db: Database) -> None:
    with pytest.raises(AssertionError, match="has no event log"):
        await db.write(tell, happened("acc_none"))


async def test_only_known_counters_count(db: Database) -> None:
    with pytest.raises(KeyError, match="unread"):
        await db.write(lambda tx: tx.count("inb_1", unread=1))


async def test_counters_that_come_out_even_are_left_alone(db: Database) -> None:
    await add_account(db)
    inbox = await add_inbox(db)

    def back_and_forth(tx: Transaction) -> None:
        tx.count(inbox.id, open_deliveries=2, threads=1)
        tx.count(inbox.id, open_deliveries=-2)

    await db.write(back_and_forth)
    assert await db.read(inboxes.counts, inbox.id) == InboxCounts(threads=1)


async def test_readers_cannot_write(db: Database) -> None:
    def write_secretly(tx: Transaction) -> None:
        tx.execute(PUT, "secret", "1")

    def secrets(tx: Transaction) -> list[Any]:
        return tx.all("SELECT value FROM setting WHERE name = 'secret'")

    with pytest.raises(Exception, match=r"(?i)read.?only"):
        await db.read(write_secretly)
    assert await db.read(secrets) == []
    await db.write(write_secretly)
    assert await db.read(secrets) == [("1",)]
