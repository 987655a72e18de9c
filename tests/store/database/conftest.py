"""A SQLite database for each kind of writer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mailbot_server.store.database import Database
from mailbot_server.store.database.sqlite import Writer
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.databases import sqlite_at
from tests.fakes.gate import PipeGate


@pytest.fixture
def path(tmp_path: Path, sqlite_template: bytes) -> Path:
    """A migrated database file."""
    file = tmp_path / "mailbot.db"
    file.write_bytes(sqlite_template)
    return file


@pytest.fixture(params=["thread", "process"])
def writer(request: pytest.FixtureRequest) -> Writer:
    """Who writes; the test runs once for each."""
    kind: Writer = request.param
    return kind


@pytest.fixture
async def lite(path: Path, metrics: Metrics, writer: Writer) -> AsyncIterator[Database]:
    """A running SQLite database."""
    running = sqlite_at(path, metrics, writer)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def gate(tmp_path: Path) -> PipeGate:
    """A gate that holds up either writer."""
    return PipeGate(tmp_path / "gate")
