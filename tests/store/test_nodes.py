"""Processes are alive while they say so."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from mailbot_server.store import leaders, nodes
from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy


async def test_a_process_that_goes_on_speaking_is_never_silent(
    db: Database, clock: FakeClock
) -> None:
    await db.write(nodes.seen, "nod_quiet")
    for _ in range(3):
        clock.advance(seconds=30)
        await db.write(nodes.seen, "nod_alive")
    before = clock() - timedelta(seconds=60)
    assert await db.read(nodes.silent, before) == ["nod_quiet"]


async def test_a_forgotten_process_is_gone_and_may_come_back(
    db: Database, clock: FakeClock
) -> None:
    for name in ("nod_b", "nod_a", "nod_c"):
        await db.write(nodes.seen, name)
    later = clock.advance(minutes=5)
    await db.write(nodes.forget, ["nod_c", "nod_b", "nod_unknown"])
    assert await db.read(nodes.silent, later) == ["nod_a"]
    await db.write(nodes.seen, "nod_b")
    assert await db.read(nodes.silent, later + timedelta(seconds=1)) == [
        "nod_a",
        "nod_b",
    ]


async def test_those_that_deliver_are_known_by_what_they_said_last(
    db: Database, clock: FakeClock
) -> None:
    await db.write(nodes.seen, "nod_silent")
    since = clock.advance(seconds=30)
    await db.write(nodes.seen, "nod_b", name="b:1")
    await db.write(nodes.seen, "nod_a", name="a:1", delivers=True)
    await db.write(nodes.seen, "nod_api", name="a:2", delivers=False)
    assert await db.read(nodes.delivering, since) == ["nod_a", "nod_b"]
    await db.write(nodes.seen, "nod_b")
    sql = "SELECT name FROM node WHERE id = 'nod_b'"
    assert await db.read(lambda tx: tx.one(sql)) == ("b:1",)


async def test_a_forgotten_process_leads_no_more(db: Database) -> None:
    lasting = timedelta(seconds=15)
    await db.write(leaders.lead, "scheduler", "nod_a", lasting)
    await db.write(nodes.forget, ["nod_b"])
    assert await db.write(leaders.lead, "scheduler", "nod_b", lasting) is None
    await db.write(nodes.forget, ["nod_a"])
    after = await db.write(leaders.lead, "scheduler", "nod_b", lasting)
    assert after is not None
    assert after.number == 2


@pytest.mark.postgres
async def test_the_shared_time_is_the_database_s_in_utc(postgres_url: str) -> None:
    clock, metrics = FakeClock(), Metrics()
    db = Database(postgres_url, clock=clock, entropy=FakeEntropy(), metrics=metrics)
    await db.start()
    before, after = await db.read(nodes.shared_time), await db.read(nodes.shared_time)
    await db.stop()
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    assert before < after < row[0]
    assert before.tzinfo is UTC


async def test_those_that_live_are_called_by_their_names(
    db: Database, clock: FakeClock
) -> None:
    await db.write(nodes.seen, "nod_silent", name="c:1")
    since = clock.advance(seconds=30)
    await db.write(nodes.seen, "nod_a", name="a:1", delivers=False)
    await db.write(nodes.seen, "nod_b")
    assert await db.read(nodes.alive, since) == ["a:1", "nod_b"]


SEEN = "UPDATE setting SET value = '00000000' WHERE name = 'timeline'"


async def test_a_database_that_another_took_over_is_noticed_once(db: Database) -> None:
    if not db.is_postgres:
        pytest.skip("SQLite has no standby")
    now = await db.read(nodes.timeline)
    assert int(now, 16) >= 1
    assert not await db.write(nodes.has_failed_over, now)
    assert not await db.write(nodes.has_failed_over, now)
    await db.write(lambda tx: tx.execute(SEEN))
    assert await db.write(nodes.has_failed_over, now)
    assert not await db.write(nodes.has_failed_over, now)


async def test_a_database_that_does_not_tell_is_not_asked_in_vain(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not db.is_postgres:
        pytest.skip("SQLite has no standby")
    monkeypatch.setattr(nodes, "_TIMELINE", "SELECT not_for_customers()")
    assert await db.read(nodes.timeline) == ""
    assert await db.read(nodes.delivering, datetime(2020, 1, 1, tzinfo=UTC)) == []


async def test_whoever_is_kept_out_is_let_in_again(db: Database) -> None:
    assert not await db.read(nodes.are_kept_out)
    await db.write(nodes.keep_out)
    await db.write(nodes.keep_out)
    assert await db.read(nodes.are_kept_out)
    await db.write(nodes.let_in)
    assert not await db.read(nodes.are_kept_out)
