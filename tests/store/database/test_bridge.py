"""Answers come after the commit; errors are told; nobody is left waiting."""

import asyncio
import contextlib
import threading
from pathlib import Path
from typing import Any

import apsw
import psycopg
import pytest

from mailbot_server.core.errors import Unavailable
from mailbot_server.core.event import Event, EventType, InboxDetail
from mailbot_server.store.database import Database, Transaction, bridge
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy
from tests.fakes.gate import Gate
from tests.fakes.tenants import account, add_account

PUT = "INSERT INTO setting (name, value) VALUES (?, ?)"
GET = "SELECT value FROM setting WHERE name = 'a'"


def put(tx: Transaction, name: str, value: str = "1") -> None:
    tx.execute(PUT, name, value)


def names(tx: Transaction) -> list[str]:
    own = "('epoch', 'schema_serves_from')"
    sql = f"SELECT name FROM setting WHERE name NOT IN {own} ORDER BY name"
    return [row[0] for row in tx.all(sql)]


def seen_by_a_stranger(url: str) -> list[Any]:
    """What another program sees in the database now."""
    if url.startswith("sqlite"):
        with contextlib.closing(apsw.Connection(url.removeprefix("sqlite:///"))) as raw:
            return list(raw.execute(GET))
    with psycopg.connect(url) as connection:
        return connection.execute(GET).fetchall()


async def test_a_write_answers_when_others_see_it(
    db: Database, database_url: str
) -> None:
    await db.write(put, "a", value="x")
    assert seen_by_a_stranger(database_url) == [("x",)]


async def test_what_an_operation_raises_reaches_its_caller_and_undoes_it(
    db: Database,
) -> None:
    def put_and_fail(tx: Transaction) -> None:
        put(tx, "a")
        raise LookupError("no such thing")

    with pytest.raises(LookupError, match="no such thing"):
        await db.write(put_and_fail)
    with pytest.raises(LookupError, match="no such thing"):
        await db.read(lambda tx: (_ for _ in ()).throw(LookupError("no such thing")))
    assert await db.read(names) == []


async def test_a_broken_constraint_is_an_error_of_that_operation_only(
    db: Database,
) -> None:
    await db.write(put, "a")
    calls = [db.write(put, name) for name in ("b", "a", "c", "a", "d")]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert [isinstance(each, Exception) for each in answers] == [
        *(False, True, False, True, False)
    ]
    assert await db.read(names) == ["a", "b", "c", "d"]


async def test_a_read_sees_one_snapshot(db: Database) -> None:
    looked, written = threading.Event(), threading.Event()

    def look_twice(tx: Transaction) -> tuple[list[str], list[str]]:
        first = names(tx)
        looked.set()
        assert written.wait(20)
        return first, names(tx)

    await db.write(put, "a")
    looking = asyncio.create_task(db.read(look_twice))
    assert await asyncio.to_thread(looked.wait, 20)
    await db.write(put, "b")
    written.set()
    assert await looking == (["a"], ["a"])
    assert await db.read(names) == ["a", "b"]


async def test_a_glance_sees_what_is_committed_and_writes_nothing(
    db: Database,
) -> None:
    await db.write(put, "a")
    assert await db.glance(names) == ["a"]
    with pytest.raises(LookupError):
        await db.glance(lambda tx: (_ for _ in ()).throw(LookupError("none")))
    with pytest.raises((apsw.ReadOnlyError, psycopg.errors.ReadOnlySqlTransaction)):
        await db.glance(put, "b")
    assert await db.glance(names) == ["a"]


async def test_a_glance_is_measured_however_it_ends(
    db: Database, metrics: Metrics
) -> None:
    def in_vain(_: Transaction) -> None:
        raise LookupError("none")

    with pytest.raises(LookupError):
        await db.glance(in_vain)
    await db.glance(names)
    name = "mailbot_db_operation_duration_seconds_count"
    for op in ("in_vain", "names"):
        assert metrics.registry.get_sample_value(name, {"op": op}) == 1


async def test_a_glance_needs_no_thread_where_a_file_is_read(db: Database) -> None:
    def where(tx: Transaction) -> int:
        return threading.get_ident()

    is_here = await db.glance(where) == threading.get_ident()
    assert is_here is not db.is_postgres


async def test_what_cannot_be_had_at_a_glance_is_read_as_usual(db: Database) -> None:
    places: list[int] = []

    def busy_here(tx: Transaction) -> list[str]:
        places.append(threading.get_ident())
        if threading.get_ident() == here:
            raise apsw.BusyError
        return names(tx)

    here = threading.get_ident()
    await db.write(put, "a")
    assert await db.glance(busy_here) == ["a"]
    assert places[-1] != here


async def test_a_write_wakes_its_topic_and_a_failed_one_does_not(
    database_url, clock, entropy, metrics
) -> None:
    def put_and_touch(tx: Transaction, name: str) -> None:
        tx.touch("settings")
        put(tx, name)

    db = Database(database_url, clock=clock, entropy=entropy, metrics=metrics)
    with db.watch("settings") as watch:
        await db.start()
        # On PostgreSQL the listener wakes everybody once, when it begins to listen.
        assert not db.is_postgres or await watch.changed(20)
        await db.write(put_and_touch, "a")
        assert await watch.changed(20)
        with pytest.raises(Exception, match=r"(?i)unique"):
            await db.write(put_and_touch, "a")
        assert not await watch.changed(0.01)
    await db.stop()


async def test_no_wake_up_is_lost_among_many_writers(db: Database) -> None:
    """The waiter looks, then waits; a commit in between must end that wait."""
    goal = 60

    def bump(tx: Transaction) -> None:
        tx.execute(
            "UPDATE setting SET value = CAST(value AS INTEGER) + 1 WHERE name = 'n'"
        )
        tx.touch("n")

    def value(tx: Transaction) -> int:
        row = tx.one("SELECT value FROM setting WHERE name = 'n'")
        return int(row[0]) if row else 0

    async def wait_for_goal() -> None:
        with db.watch("n") as watch:
            while await db.read(value) < goal:
                assert await watch.changed(15), "nobody woke the waiter"

    await db.write(put, "n", "0")
    waiters = [asyncio.create_task(wait_for_goal()) for _ in range(3)]
    await asyncio.gather(*(db.write(bump) for _ in range(goal)))
    await asyncio.gather(*waiters)


async def test_a_cancelled_caller_does_not_undo_what_was_handed_in(
    db: Database, database_url: str
) -> None:
    gate = Gate()

    def wait_and_put(tx: Transaction) -> None:
        gate.wait(tx)
        put(tx, "a")

    task = asyncio.create_task(db.write(wait_and_put))
    await gate.entered()
    task.cancel()
    await asyncio.wait([task])
    gate.open()
    await db.stop()
    assert seen_by_a_stranger(database_url) == [("1",)]


async def test_a_stopped_database_says_so_at_once(db: Database) -> None:
    await db.stop()
    with pytest.raises(Unavailable, match="stopping"):
        await db.write(put, "a")
    with pytest.raises(Unavailable, match="stopping"):
        await db.read(names)


async def test_no_answer_in_time_is_unavailable(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "ANSWER_SECONDS", 0.05)
    gate = Gate()
    with pytest.raises(Unavailable, match="in time"):
        await db.write(gate.wait)
    gate.open()
    other = Gate()
    with pytest.raises(Unavailable, match="in time"):
        await db.read(other.wait)
    other.open()


async def test_too_many_waiting_writes_are_refused_and_take_no_room(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate()
    monkeypatch.setattr(bridge, "WAITING_MAX", 1)
    waiting = asyncio.create_task(db.write(gate.wait))
    await gate.entered()
    with pytest.raises(Unavailable, match="too many"):
        await db.write(put, "a")
    gate.open()
    assert await waiting == "through"
    await db.write(put, "a")


async def test_operations_are_timed_by_their_name(
    db: Database, metrics: Metrics
) -> None:
    def _store_setting(tx: Transaction) -> None:
        put(tx, "a")

    await db.write(_store_setting)
    await db.read(names)
    sample = metrics.registry.get_sample_value
    count = "mailbot_db_operation_duration_seconds_count"
    assert sample(count, {"op": "store_setting"}) == 1
    assert sample(count, {"op": "names"}) == 1


async def test_events_are_counted_once_they_are_committed(
    db: Database, metrics: Metrics
) -> None:
    def tell(tx: Transaction, *, fail: bool) -> None:
        kind, detail = EventType.INBOX_CREATED, InboxDetail(state="active")
        for _ in range(3):
            tx.emit(Event(type=kind, account_id=account().id, detail=detail))
        if fail:
            tx.finish()
            raise LookupError

    await add_account(db)
    with pytest.raises(LookupError):
        await db.write(tell, fail=True)
    await db.write(tell, fail=False)
    sample = metrics.registry.get_sample_value
    created = {"type": "inbox.created"}
    assert sample("mailbot_events_appended_total", created) == 3
    assert sample("mailbot_event_append_batch_size_sum") == 3
    assert sample("mailbot_event_append_lock_wait_seconds_count") == 1


def test_an_address_of_neither_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must begin with sqlite:/// or postgresql://"):
        Database(
            "mysql://example.com/mail",
            clock=FakeClock(),
            entropy=FakeEntropy(),
            metrics=Metrics(),
        )
