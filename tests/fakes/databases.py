"""SQLite databases at a path, as tests of the writers need them."""

from pathlib import Path

from mailbot_server.store.database import Database
from mailbot_server.store.database.sqlite import Writer
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy


def sqlite_at(path: Path, metrics: Metrics, writer: Writer = "thread") -> Database:
    """The database in that file, not started."""
    url, clock, entropy = f"sqlite:///{path}", FakeClock(), FakeEntropy()
    return Database(url, clock=clock, entropy=entropy, metrics=metrics, writer=writer)
