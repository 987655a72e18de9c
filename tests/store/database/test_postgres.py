"""Each operation is its own transaction; conflicts and lost connections are mended."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import errors

from mailbot_server.core.errors import Unavailable
from mailbot_server.store import migrate
from mailbot_server.store.database import Database, Transaction, postgres
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy
from tests.servers.postgres import PostgresServer, binaries

pytestmark = pytest.mark.postgres

PUT = "INSERT INTO setting (name, value) VALUES (?, ?)"
KILL = "SELECT pg_terminate_backend(pg_backend_pid())"


def database(url: str, metrics: Metrics) -> Database:
    clock = FakeClock()
    return Database(url, clock=clock, entropy=FakeEntropy(), metrics=metrics)


@pytest.fixture
async def pg(postgres_url: str, metrics: Metrics) -> AsyncIterator[Database]:
    """A running PostgreSQL database."""
    running = database(postgres_url, metrics)
    await running.start()
    yield running
    await running.stop()


async def test_both_spellings_of_the_scheme_lead_there(
    postgres_url: str, metrics: Metrics
) -> None:
    running = database(postgres_url.replace("postgresql:", "postgres:"), metrics)
    await running.start()
    try:
        [(name,)] = await running.read(lambda tx: tx.all("SELECT current_database()"))
    finally:
        await running.stop()
    assert urlsplit(postgres_url).path == f"/{name}"


def put(tx: Transaction, name: str, value: str = "1") -> None:
    tx.execute(PUT, name, value)


def names(tx: Transaction) -> list[str]:
    own = "('epoch', 'schema_serves_from')"
    sql = f"SELECT name FROM setting WHERE name NOT IN {own} ORDER BY name"
    return [row[0] for row in tx.all(sql)]


class Trouble:
    """An operation that writes, and meets trouble in its first runs."""

    def __init__(self, runs: int, cause: Callable[[Transaction], Any]) -> None:
        self.ids: list[str] = []
        self._runs = runs
        self._cause = cause

    def put(self, tx: Transaction, name: str) -> str:
        """The operation."""
        put(tx, name)
        self.ids.append(tx.new_id("msg"))
        if len(self.ids) <= self._runs:
            self._cause(tx)
        return self.ids[-1]


def conflict(tx: Transaction) -> None:
    raise errors.SerializationFailure


def lose_connection(tx: Transaction) -> None:
    tx.execute(KILL)


def count(metrics: Metrics, result: str) -> float:
    name = "mailbot_db_transactions_total"
    return metrics.registry.get_sample_value(name, {"result": result}) or 0


async def test_a_deadlock_runs_again_with_the_same_ids(
    pg: Database, metrics: Metrics
) -> None:
    both = threading.Barrier(2)
    ids: dict[str, list[str]] = {"ab": [], "ba": []}

    def lock_both(tx: Transaction, order: str) -> str:
        tx.execute("SET LOCAL deadlock_timeout = '20ms'")
        runs = ids[order]
        runs.append(tx.new_id("msg"))
        add = "UPDATE setting SET value = value || ? WHERE name = ?"
        tx.execute(add, order[0], order[0])
        if len(runs) == 1:
            both.wait(20)
        tx.execute(add, order[1], order[1])
        return runs[-1]

    for name in "ab":
        await pg.write(put, name, "")
    calls = [pg.write(lock_both, order) for order in ("ab", "ba")]
    answers = await asyncio.gather(*calls)
    assert sorted(len(runs) for runs in ids.values()) == [1, 2]
    assert [set(runs) for runs in ids.values()] == [{each} for each in answers]
    rows = await pg.read(
        lambda tx: tx.all("SELECT value FROM setting WHERE name IN ('a', 'b')")
    )
    assert {row[0] for row in rows} == {"aa", "bb"}
    assert count(metrics, "retry") == 1


async def test_a_conflict_runs_again_with_the_same_ids(pg: Database) -> None:
    trouble = Trouble(3, conflict)
    answer = await pg.write(trouble.put, "a")
    assert trouble.ids == [answer] * 4
    assert await pg.read(names) == ["a"]


async def test_conflicts_without_end_are_unavailable(pg: Database) -> None:
    trouble = Trouble(postgres.RUNS_MAX, conflict)
    with pytest.raises(Unavailable, match="too busy"):
        await pg.write(trouble.put, "a")
    assert len(trouble.ids) == postgres.RUNS_MAX
    assert await pg.read(names) == []


async def test_a_connection_lost_before_the_commit_runs_again_on_a_new_one(
    pg: Database, metrics: Metrics
) -> None:
    trouble = Trouble(1, lose_connection)
    answer = await pg.write(trouble.put, "a")
    assert trouble.ids == [answer, answer]
    assert await pg.read(names) == ["a"]
    assert count(metrics, "lost") == 1


async def test_what_a_standby_refused_runs_again_on_a_new_connection(
    pg: Database,
) -> None:
    def be_demoted(tx: Transaction) -> None:
        tx.execute("SET default_transaction_read_only = on")
        tx.execute("SET TRANSACTION READ ONLY")
        put(tx, "refused")

    trouble = Trouble(1, be_demoted)
    answer = await pg.write(trouble.put, "a")
    assert trouble.ids == [answer, answer]
    assert await pg.read(names) == ["a"]


async def test_a_standby_is_neither_written_nor_read(
    pg: Database, postgres_url: str
) -> None:
    """As where the primary's name leads to one for a while."""
    name = postgres_url.rpartition("/")[2]
    default = f"ALTER DATABASE {name} SET default_transaction_read_only"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"{default} = on")
        with pytest.raises(Unavailable):
            await pg.write(put, "a")
        with pytest.raises(Unavailable):
            await pg.read(names)
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(f"{default} = off")
    await pg.write(put, "b")
    assert await pg.read(names) == ["b"]


async def test_whichever_of_several_servers_answers_is_used(
    postgres_url: str, metrics: Metrics
) -> None:
    ours = urlsplit(postgres_url).netloc.partition("@")[2]
    with socket.create_server(("127.0.0.1", 0)) as closed:
        gone = f"127.0.0.1:{closed.getsockname()[1]}"
    running = database(postgres_url.replace(ours, f"{gone},{ours}"), metrics)
    await running.start()
    await running.write(put, "a")
    assert await running.read(names) == ["a"]
    await running.stop()


async def test_a_commit_without_an_answer_is_unavailable_and_not_run_again(
    pg: Database,
) -> None:
    """A deferred trigger ends the connection inside COMMIT."""

    def lay_trap(tx: Transaction) -> None:
        tx.execute(
            "CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
            " RETURN NULL; END $$"
        )
        tx.execute(
            "CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON setting"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hang_up()"
        )

    await pg.write(lay_trap)
    trouble = Trouble(0, conflict)
    with pytest.raises(Unavailable, match="did not confirm"):
        await pg.write(trouble.put, "a")
    assert len(trouble.ids) == 1


async def test_an_operation_that_hides_an_error_is_not_answered_as_written(
    pg: Database,
) -> None:
    def hide(tx: Transaction) -> str:
        try:
            put(tx, "a")
        except errors.UniqueViolation:
            return "as if nothing had happened"
        return "written"

    await pg.write(put, "a")
    with pytest.raises(AssertionError, match="went on after"):
        await pg.write(hide)
    await pg.write(put, "b")


async def test_a_statement_that_takes_too_long_is_unavailable(pg: Database) -> None:
    def dawdle(tx: Transaction) -> None:
        tx.execute("SET LOCAL statement_timeout = '20ms'")
        tx.execute("SELECT pg_sleep(20)")

    def dawdle_reading(tx: Transaction) -> None:
        tx.execute("SET LOCAL statement_timeout = '20ms'")
        tx.all("SELECT pg_sleep(20)")

    with pytest.raises(Unavailable, match="too busy"):
        await pg.write(dawdle)
    with pytest.raises(Unavailable):
        await pg.read(dawdle_reading)
    await pg.write(put, "a")
    assert await pg.read(names) == ["a"]


async def test_a_reader_whose_connection_was_lost_reads_on_a_new_one(
    pg: Database,
) -> None:
    runs: list[int] = []

    def read_names(tx: Transaction) -> list[str]:
        runs.append(1)
        if len(runs) == 1:
            tx.all(KILL)
        return names(tx)

    await pg.write(put, "a")
    assert await pg.read(read_names) == ["a"]
    assert len(runs) == 2


async def test_operations_do_not_wait_for_each_other(pg: Database) -> None:
    both = threading.Barrier(2)

    def meet(tx: Transaction) -> int:
        return both.wait(20)

    answers = await asyncio.gather(pg.write(meet), pg.write(meet))
    assert sorted(answers) == [0, 1]


async def test_commits_are_as_durable_as_promised(pg: Database) -> None:
    def settings(tx: Transaction) -> list[Any]:
        asked = ("synchronous_commit", "transaction_isolation", "transaction_read_only")
        return [tx.one(f"SHOW {name}") for name in asked]

    assert await pg.write(settings) == [("on",), ("read committed",), ("off",)]
    assert await pg.read(settings) == [("on",), ("repeatable read",), ("on",)]
    assert pg.backend.wal_bytes() == 0


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL that may be stopped."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    server = PostgresServer(folder)
    server.start()
    yield server
    server.stop()


@pytest.mark.slow
@pytest.mark.timeout(90)
async def test_a_database_that_went_away_is_unavailable_and_comes_back_by_itself(
    own_server: PostgresServer, metrics: Metrics
) -> None:
    url = own_server.url("mailbot")
    with psycopg.connect(own_server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE mailbot")
    pg = database(url, metrics)
    await asyncio.to_thread(migrate.migrate, pg.backend, FakeClock()(), "epoch")
    await pg.start()
    await asyncio.gather(*(pg.write(put, f"before{n}") for n in range(8)))
    assert len(await pg.read(names)) == 8

    own_server.pause()
    for call in (pg.write(put, "lost"), pg.read(names)):
        with pytest.raises(Unavailable):
            await call

    own_server.resume()
    await asyncio.gather(*(pg.write(put, f"after{n}") for n in range(8)))
    found = await pg.read(names)
    assert len(found) == 16
    assert "lost" not in found
    await pg.stop()
