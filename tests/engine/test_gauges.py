"""Gauges say what the database and the disk say, and are absent where nothing is."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbot_server.config import Settings
from mailbot_server.core.delivery import State
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.message import Stream
from mailbot_server.engine.gauges import Gauges
from mailbot_server.store import deliveries
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import BEGINNING, add_account, add_inbox

QUEUE = "mailbot_cluster_queue_messages"
OLDEST_DUE = "mailbot_cluster_queue_oldest_due_timestamp_seconds"
OLDEST_PENDING = "mailbot_cluster_webhook_oldest_pending_timestamp_seconds"
OLDEST_QUEUED = "mailbot_cluster_queue_oldest_enqueued_timestamp_seconds"


@pytest.fixture
def read(db: Database, clock: FakeClock, metrics: Metrics, tmp_path: Path) -> Gauges:
    """Gauges of a server whose data folder is not made yet."""
    folder = tmp_path / "not" / "yet"
    settings = Settings.model_validate({"data_dir": folder})
    return Gauges(db, clock, settings, metrics)


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


async def read_all(gauges: Gauges) -> None:
    """As the process that leads."""
    await gauges.read_shared()
    await gauges.read_own()


async def test_who_leads_no_more_shows_no_numbers_of_the_queue(
    read: Gauges, metrics: Metrics
) -> None:
    await read_all(read)
    read.clear_shared()
    assert value(metrics, QUEUE, state="ready", stream="bulk") is None
    await read_all(read)
    assert value(metrics, QUEUE, state="ready", stream="bulk") == 0


async def test_who_leads_no_more_hides_no_webhook_that_waits_from_the_greatest_of_all(
    read: Gauges, clock: FakeClock, metrics: Metrics
) -> None:
    await read_all(read)
    assert value(metrics, OLDEST_PENDING) == clock().timestamp()
    read.clear_shared()
    assert value(metrics, OLDEST_PENDING) == 0


async def test_an_empty_queue_is_zero_everywhere_and_has_no_oldest(
    read: Gauges, metrics: Metrics
) -> None:
    await read_all(read)
    for stream in ("transactional", "bulk"):
        for state in ("ready", "scheduled", "leased", "held"):
            assert value(metrics, QUEUE, state=state, stream=stream) == 0
        assert value(metrics, OLDEST_DUE, stream=stream) is None
        assert value(metrics, OLDEST_QUEUED, stream=stream) is None


async def test_the_queue_is_told_by_state_and_stream_with_its_oldest(
    read: Gauges, db: Database, clock: FakeClock, metrics: Metrics
) -> None:
    await add_account(db)
    inbox = await add_inbox(db)
    later, early = clock() + timedelta(hours=1), BEGINNING - timedelta(days=1)
    await add_deliveries(db, inbox, range(10, 13))
    await add_deliveries(db, inbox, range(20, 22), state=State.DEFERRED, due_at=later)
    await add_deliveries(
        db, inbox, range(30, 31), state=State.HELD, hold_reason="x", queued_at=early
    )
    await add_deliveries(
        db, inbox, range(40, 41), state=State.LEASED, stream=Stream.BULK
    )
    await read_all(read)

    def depth(stream: str) -> list[float | None]:
        states = ("ready", "scheduled", "leased", "held")
        return [value(metrics, QUEUE, state=name, stream=stream) for name in states]

    assert depth("transactional") == [3, 2, 0, 1]
    assert depth("bulk") == [0, 0, 1, 0]
    due = {"stream": "transactional"}
    assert value(metrics, OLDEST_DUE, **due) == BEGINNING.timestamp()
    assert value(metrics, OLDEST_QUEUED, **due) == early.timestamp()
    assert value(metrics, OLDEST_DUE, stream="bulk") is None
    assert value(metrics, OLDEST_QUEUED, stream="bulk") == BEGINNING.timestamp()


async def test_a_queue_that_emptied_is_zero_again(
    read: Gauges, db: Database, metrics: Metrics
) -> None:
    await add_account(db)
    inbox = await add_inbox(db)
    await add_deliveries(db, inbox, range(3))
    await read_all(read)
    await db.write(deliveries.cancel_open, inbox.id, 10)
    await read_all(read)
    assert value(metrics, QUEUE, state="ready", stream="transactional") == 0
    assert value(metrics, OLDEST_DUE, stream="transactional") is None
    assert value(metrics, OLDEST_QUEUED, stream="transactional") is None


async def test_the_disk_is_told_before_the_folder_is_made(
    read: Gauges, db: Database, metrics: Metrics
) -> None:
    await db.write(lambda tx: tx.execute("DELETE FROM setting WHERE name = 'epoch'"))
    await read_all(read)
    free = value(metrics, "mailbot_disk_free_bytes", volume="data")
    share = value(metrics, "mailbot_disk_free_ratio", volume="data")
    assert free is not None
    assert share is not None
    assert free > 0
    assert 0 < share < 1
    wal = value(metrics, "mailbot_sqlite_wal_bytes")
    assert wal == 0 if db.is_postgres else wal


async def test_each_reading_says_when_and_how_long(
    read: Gauges, clock: FakeClock, metrics: Metrics
) -> None:
    await read_all(read)
    for name in ("queue", "disk"):
        last = "mailbot_collector_last_success_timestamp_seconds"
        assert value(metrics, last, collector=name) == clock().timestamp()
        took = value(metrics, "mailbot_collector_duration_seconds", collector=name)
        assert took is not None
        assert took > 0


async def test_a_reading_that_fails_is_counted_and_does_not_stop_the_others(
    read: Gauges, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(tx: Transaction) -> None:
        raise Unavailable("gone")

    monkeypatch.setattr(deliveries, "depth", away)
    await read_all(read)
    errors = "mailbot_collector_errors_total"
    last = "mailbot_collector_last_success_timestamp_seconds"
    assert value(metrics, errors, collector="queue") == 1
    assert value(metrics, last, collector="queue") is None
    assert value(metrics, errors, collector="disk") is None
    assert value(metrics, last, collector="disk") is not None


async def test_a_tick_notes_how_late_the_loop_was(
    read: Gauges, metrics: Metrics
) -> None:
    await read.tick()
    lag = "mailbot_event_loop_lag_seconds"
    assert value(metrics, f"{lag}_count") == 1
    total = value(metrics, f"{lag}_sum")
    assert total is not None
    assert total >= 0
