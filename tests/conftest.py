"""What most tests share: databases of both kinds, a clock, random bytes."""

import gc
import os
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import psycopg
import pytest
import structlog
from hypothesis import settings as hypothesis_settings

from mailbot_server.store import migrate
from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy
from tests.servers.databases import Databases
from tests.servers.postgres import PostgresServer, binaries
from tests.servers.process import ServerProcess

# What is imported hundreds of times, by every server that a test starts, is compiled once
# even where the environment says that nothing is to be kept.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A loaded machine is slow now and then; no test is about speed.
hypothesis_settings.register_profile("mailbot", deadline=None)
hypothesis_settings.load_profile("mailbot")

TEMPLATE = "mailbot_template"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Twenty thousand tests are no garbage, and are not looked through for any."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests come first, so that no run waits for one at its end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """
    No test logs as a server that another one started in this process.

    Not even as one that a fixture of the whole session has started before the test.
    """
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def entropy() -> FakeEntropy:
    """Random bytes that are the same in every run."""
    return FakeEntropy()


@pytest.fixture
def metrics() -> Metrics:
    """Metrics in a registry of their own."""
    return Metrics()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that the whole test run shares."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    server = PostgresServer(folder)
    server.start()
    try:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {TEMPLATE}")
        _migrate(server.url(TEMPLATE))
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres_databases(postgres: PostgresServer) -> Iterator[Databases]:
    """Its migrated databases, each one test's at a time."""
    made = Databases(postgres, TEMPLATE)
    yield made
    made.close()


@pytest.fixture
def postgres_url(
    postgres: PostgresServer, postgres_databases: Databases
) -> Iterator[str]:
    """A migrated PostgreSQL database that is as a new one."""
    name = postgres_databases.take()
    yield postgres.url(name)
    postgres_databases.give_back(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a migrated SQLite database."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: bytes
) -> str:
    """A new, migrated database; the test runs once for each kind."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    path = tmp_path / "mailbot.db"
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"


@pytest.fixture
async def db(
    database_url: str, clock: FakeClock, entropy: FakeEntropy, metrics: Metrics
) -> AsyncIterator[Database]:
    """A running database; the test runs once for each kind."""
    database = Database(database_url, clock=clock, entropy=entropy, metrics=metrics)
    await database.start()
    yield database
    await database.stop()


def _migrate(url: str) -> None:
    clock = FakeClock()
    database = Database(url, clock=clock, entropy=FakeEntropy(), metrics=Metrics())
    migrate.migrate(database.backend, clock(), "test-epoch")


@pytest.fixture(scope="session")
def running_server(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ServerProcess]:
    """A whole server on SQLite that the test run shares; nothing leaves it."""
    server = ServerProcess(tmp_path_factory.mktemp("server") / "data")
    server.start()
    yield server
    server.kill()
