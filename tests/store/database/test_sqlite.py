"""One commit for all who wait, and none of them pays for another's fault."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import apsw
import peewee
import pytest

from mailbot_server.core.errors import Unavailable
from mailbot_server.store.database import Database, connection, sqlite
from mailbot_server.store.database.sqlite import Writer
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.databases import sqlite_at as database
from tests.fakes.gate import PipeGate
from tests.fakes.operations import (
    FailingFirst,
    end_everything,
    limit_pages,
    names,
    pragmas,
    put,
    put_and_fail,
    put_later,
)

HUGE = "x" * 4_000_000


async def together(db: Database, gate: PipeGate, *calls: tuple[Any, ...]) -> list[Any]:
    """The answers of operations that the writer finds waiting all at once."""
    first = asyncio.create_task(db.write(gate.wait))
    await gate.entered()
    waiting = [asyncio.create_task(db.write(*call)) for call in calls]
    await handed_in()
    gate.open()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert await first == "through"
    return answers


async def handed_in() -> None:
    """Lets the writes that were called begin, and what they wait for be handed in."""
    for _ in range(3):
        await asyncio.sleep(0)


def count(metrics: Metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(name, labels) or 0


async def test_whoever_waits_shares_one_commit(
    lite: Database, gate: PipeGate, metrics: Metrics
) -> None:
    await together(lite, gate, *((put, f"n{number}") for number in range(20)))
    assert len(await lite.read(names)) == 20
    assert count(metrics, "mailbot_db_commit_batch_size_count") == 2
    assert count(metrics, "mailbot_db_commit_batch_size_sum") == 21


async def test_nobody_is_answered_before_the_shared_commit(
    lite: Database, gate: PipeGate, tmp_path: Path
) -> None:
    start = PipeGate(tmp_path / "start")
    first = asyncio.create_task(lite.write(start.wait))
    await start.entered()
    early = asyncio.create_task(lite.write(put, "early"))
    late = asyncio.create_task(lite.write(gate.wait))
    await handed_in()
    start.open()
    await gate.entered()
    assert await lite.read(names) == []
    assert not early.done()
    gate.open()
    await asyncio.gather(first, early, late)
    assert await lite.read(names) == ["early"]


async def test_a_failing_operation_does_not_hurt_those_beside_it(
    lite: Database, gate: PipeGate, metrics: Metrics
) -> None:
    answers = await together(
        lite, gate, (put, "a"), (put_and_fail, "x"), (put, "a"), (put, "b")
    )
    assert [type(answer) for answer in answers] == [
        *(type(None), LookupError, apsw.ConstraintError, type(None))
    ]
    assert await lite.read(names) == ["a", "b"]
    assert count(metrics, "mailbot_db_commit_batch_size_count") == 2
    assert count(metrics, "mailbot_db_transactions_total", result="rollback") == 2


async def test_what_is_left_for_later_is_written_after_every_operation(
    lite: Database, gate: PipeGate
) -> None:
    answers = await together(
        lite, gate, (put_later, "a"), (put_and_fail, "x"), (put_later, "b"), (names,)
    )
    assert answers[0] == answers[2] == answers[3] == []
    assert await lite.read(names) == ["a", "b"]


async def test_a_late_statement_that_fails_hurts_its_own_operation_only(
    lite: Database, gate: PipeGate
) -> None:
    answers = await together(
        lite, gate, (put_later, "a"), (put_later, "a"), (put, "b"), (put_later, "c")
    )
    assert [isinstance(answer, Unavailable) for answer in answers] == [
        *(False, True, False, False)
    ]
    assert await lite.read(names) == ["a", "b", "c"]


async def test_a_full_database_refuses_only_what_does_not_fit_and_recovers(
    lite: Database, gate: PipeGate, metrics: Metrics
) -> None:
    await lite.write(limit_pages, 20)
    answers = await together(lite, gate, (put, "a"), (put, "huge", HUGE), (put, "b"))
    assert [type(answer) for answer in answers] == [
        *(type(None), Unavailable, type(None))
    ]
    assert await lite.read(names) == ["a", "b"]
    assert count(metrics, "mailbot_db_transactions_total", result="lost") >= 1
    await lite.write(limit_pages, 10_000)
    await lite.write(put, "huge", HUGE)
    assert await lite.read(names) == ["a", "b", "huge"]


@pytest.mark.parametrize("error", [apsw.IOError, apsw.FullError, apsw.NoMemError])
async def test_a_lost_transaction_runs_each_operation_alone(
    lite: Database, gate: PipeGate, tmp_path: Path, error: type[apsw.Error]
) -> None:
    failing = FailingFirst(tmp_path / "mark", error)
    answers = await together(lite, gate, (put, "a"), (failing.put, "b"), (put, "c"))
    assert answers == [None, None, None]
    assert await lite.read(names) == ["a", "b", "c"]


async def test_an_operation_alone_that_loses_its_transaction_is_unavailable(
    lite: Database, tmp_path: Path
) -> None:
    failing = FailingFirst(tmp_path / "mark", apsw.IOError)
    with pytest.raises(Unavailable) as raised:
        await lite.write(failing.put, "a")
    assert "environment" not in raised.value.message
    assert await lite.read(names) == []
    await lite.write(put, "a")


async def test_a_transaction_that_sqlite_rolls_back_by_itself_is_lost(
    lite: Database, gate: PipeGate
) -> None:
    answers = await together(lite, gate, (put, "a"), (end_everything,), (put, "b"))
    assert answers[0] is None
    assert isinstance(answers[1], Unavailable)
    assert answers[2] is None
    assert await lite.read(names) == ["a", "b"]


async def test_a_file_that_another_program_holds_is_unavailable_until_it_lets_go(
    path: Path, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A writer process would wait for its 5 s: the patch does not reach it.
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    lite = database(path, metrics)
    await lite.start()
    with contextlib.closing(apsw.Connection(str(path))) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        answers = await together_without_gate(lite, 5)
        assert {type(answer) for answer in answers} == {Unavailable}
        stranger.execute("ROLLBACK")
    await lite.write(put, "after")
    assert await lite.read(names) == ["after"]
    await lite.stop()


async def together_without_gate(db: Database, calls: int) -> list[Any]:
    writes = [db.write(put, f"n{number}") for number in range(calls)]
    return await asyncio.gather(*writes, return_exceptions=True)


async def test_a_file_that_cannot_be_opened_stops_the_start(
    tmp_path: Path, metrics: Metrics, writer: Writer
) -> None:
    lite = database(tmp_path / "missing" / "mailbot.db", metrics, writer)
    with pytest.raises(peewee.OperationalError, match="unable to open"):
        await lite.start()


async def test_what_was_handed_in_is_written_before_the_stop(
    lite: Database, gate: PipeGate, path: Path
) -> None:
    waiting: list[asyncio.Task[Any]] = [asyncio.create_task(lite.write(gate.wait))]
    await gate.entered()
    waiting += [asyncio.create_task(lite.write(put, f"n{n}")) for n in range(300)]
    await handed_in()
    stopping = asyncio.create_task(lite.stop())
    gate.open()
    await asyncio.gather(stopping, *waiting)
    with contextlib.closing(apsw.Connection(str(path))) as stranger:
        rows = stranger.execute("SELECT COUNT(*) FROM setting WHERE name LIKE 'n%'")
        assert list(rows) == [(300,)]


async def test_the_file_is_as_durable_as_promised(lite: Database) -> None:
    assert await lite.write(pragmas) == [("wal",), (2,), (1,), (0,)]
    assert (await lite.read(pragmas))[3] == (1,)


async def test_the_size_of_the_log_is_known(lite: Database) -> None:
    assert isinstance(lite.backend, sqlite.SqliteBackend)
    await lite.write(put, "a")
    assert lite.backend.wal_bytes() > 0


async def test_a_missing_log_has_no_size(tmp_path: Path, metrics: Metrics) -> None:
    assert database(tmp_path / "new.db", metrics).backend.wal_bytes() == 0
