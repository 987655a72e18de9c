"""A database is brought forward once, whoever starts first, and never backwards."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import psycopg
import pytest

from mailbot_server.core.errors import Unavailable
from mailbot_server.store import events, migrate
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy
from tests.servers.postgres import PostgresServer

STARTS = 4


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that nothing has touched."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/mailbot.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    admin = server.url("postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty")
    yield server.url("empty")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("DROP DATABASE empty WITH (FORCE)")


def database(url: str) -> Database:
    clock = FakeClock()
    return Database(url, clock=clock, entropy=FakeEntropy(), metrics=Metrics())


def run(url: str, epoch: str = "epoch") -> list[str]:
    return migrate.migrate(database(url).backend, FakeClock()(), epoch)


def applied(tx: Transaction) -> list[tuple[int, str]]:
    return tx.all("SELECT number, name FROM migration ORDER BY number")


def step(name: str, sql: str) -> ModuleType:
    module = ModuleType(name)
    vars(module)["NAME"] = name
    vars(module)["statements"] = lambda *, is_postgres: sql.split(";") if sql else []
    return module


async def read(url: str, operation):
    db = database(url)
    await db.start()
    try:
        return await db.read(operation)
    finally:
        await db.stop()


async def test_a_new_database_runs_every_step_and_a_second_start_none(
    empty_url: str,
) -> None:
    assert run(empty_url, "first") == [step.NAME for step in migrate.STEPS]
    assert run(empty_url, "second") == []
    assert await read(empty_url, events.epoch) == "first"


async def test_of_concurrent_starts_one_migrates_and_all_succeed(
    empty_url: str,
) -> None:
    together = threading.Barrier(STARTS)

    def start(number: int) -> list[str]:
        together.wait(10)
        return run(empty_url, f"epoch {number}")

    with ThreadPoolExecutor(STARTS) as threads:
        ran = list(threads.map(start, range(STARTS)))
    assert sorted(ran, key=len)[:-1] == [[]] * (STARTS - 1)
    steps = [(n, each.NAME) for n, each in enumerate(migrate.STEPS, 1)]
    assert await read(empty_url, applied) == steps


async def test_only_the_missing_steps_run(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(empty_url)
    extra = step("extra", "CREATE TABLE extra (id TEXT PRIMARY KEY)")
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, extra))
    assert run(empty_url) == ["extra"]
    assert await read(empty_url, lambda tx: tx.all("SELECT id FROM extra")) == []


async def test_what_was_done_before_a_step_that_fails_stays_and_serves_who_knows_it(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of a database in use is its own transaction."""
    run(empty_url)
    known = len(migrate.STEPS)
    good, broken = step("good", ""), step("broken", "CREATE NONSENSE")
    vars(broken)["SERVES_FROM"] = known + 2
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", (*migrate.STEPS, good, broken))
        with pytest.raises(Exception, match=r"(?i)syntax"):
            run(empty_url)
    assert [name for _, name in await read(empty_url, applied)][known:] == ["good"]
    assert run(empty_url) == []


async def test_a_step_that_fails_leaves_nothing_behind(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(empty_url)
    before = await read(empty_url, applied)
    broken = step("broken", "CREATE TABLE half (id TEXT PRIMARY KEY);CREATE NONSENSE")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "STEPS", (*migrate.STEPS, broken))
        with pytest.raises(Exception, match=r"(?i)syntax"):
            run(empty_url)
    assert await read(empty_url, applied) == before
    mended = step("mended", "CREATE TABLE half (id TEXT PRIMARY KEY)")
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, mended))
    assert run(empty_url) == ["mended"]


async def test_F13_the_program_before_starts_on_a_schema_that_expands(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as newer:
        extra = step("extra", "CREATE TABLE extra (id TEXT PRIMARY KEY)")
        newer.setattr(migrate, "STEPS", (*migrate.STEPS, extra))
        run(empty_url)
    assert run(empty_url) == []
    assert len(await read(empty_url, applied)) == len(migrate.STEPS) + 1


async def test_a_database_that_has_left_this_program_behind_is_refused_and_left_alone(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = len(migrate.STEPS)
    with monkeypatch.context() as newer:
        contracted = step("contracted", "DROP TABLE leader")
        vars(contracted)["SERVES_FROM"] = known + 1
        newer.setattr(migrate, "STEPS", (*migrate.STEPS, contracted))
        run(empty_url)
    with pytest.raises(migrate.SchemaTooNew) as refused:
        run(empty_url)
    assert str(refused.value) == (
        f"the database is at step {known + 1}, this program knows {known}"
    )
    assert len(await read(empty_url, applied)) == known + 1


async def test_a_newer_database_that_does_not_say_whom_it_serves_is_refused(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgets = "DELETE FROM setting WHERE name = 'schema_serves_from'"
    with monkeypatch.context() as newer:
        newer.setattr(
            migrate, "STEPS", (*migrate.STEPS, step("a", ""), step("b", forgets))
        )
        newer.setattr(migrate, "_SERVES", "SELECT ?")
        run(empty_url)
    with pytest.raises(migrate.SchemaTooNew):
        run(empty_url)


@pytest.mark.postgres
async def test_a_step_waits_for_a_table_that_somebody_holds(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is refused twice before it is given up: as under a busy server."""
    holder = psycopg.connect(postgres_url)
    holder.execute("LOCK TABLE inbox")
    refusals = 2

    def statements(*, is_postgres: bool) -> list[str]:
        nonlocal refusals
        refusals -= 1
        if refusals < 0:
            holder.rollback()
        return [
            "SET LOCAL lock_timeout = '10ms'",
            "ALTER TABLE inbox ADD COLUMN extra TEXT NOT NULL DEFAULT ''",
        ]

    extra = step("extra", "")
    vars(extra)["statements"] = statements
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, extra))
    assert run(postgres_url) == ["extra"]
    assert refusals == -1
    holder.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_that_cannot_be_opened_is_a_sentence(
    kind: str, tmp_path: Path
) -> None:
    (tmp_path / "mailbot.db").write_text("this is no database" * 100)
    urls = {
        "sqlite": f"sqlite:///{tmp_path}/mailbot.db",
        "postgresql": "postgresql://nobody:s3cret@127.0.0.1:1/mailbot",
    }
    with pytest.raises(Unavailable, match="the database cannot be opened") as caught:
        run(urls[kind])
    assert "s3cret" not in caught.value.message
    assert "\n" not in caught.value.message
