"""The thread takes any function, and is gone after the stop."""

import threading

from mailbot_server.store.database.writer import WriterThread
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.databases import sqlite_at


def writers() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name == "db-write"]


async def test_it_takes_functions_that_no_other_process_could_run(path, metrics):
    lite = sqlite_at(path, metrics, "thread")
    await lite.start()
    assert await lite.write(lambda tx: tx.one("SELECT 6 * 7")) == (42,)
    assert writers() == ["db-write"]
    await lite.stop()
    assert writers() == []


def test_one_that_never_started_can_be_stopped(path):
    WriterThread(path, Metrics(), print).stop()
