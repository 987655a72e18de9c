"""What the clock says is done: once, in small steps, and again after a fault."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from mailbot_server.clock import SystemClock
from mailbot_server.config import Settings
from mailbot_server.core.delivery import Delivery, State
from mailbot_server.core.destination.mta_sts import Mode, Policy
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.core.inbox import Inbox, InboxState, Suspension
from mailbot_server.core.message import Guarantee
from mailbot_server.core.suppression import Wanted
from mailbot_server.engine import suppressions
from mailbot_server.engine import timers as module
from mailbot_server.engine.leading import Leading
from mailbot_server.engine.timers import Timers
from mailbot_server.store import (
    deliveries,
    events,
    inboxes,
    limits,
    messages,
    nodes,
    requests,
    uploads,
)
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.destinations import tls_faults, tls_policies
from mailbot_server.store.usage import folding
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import BEGINNING, account, add_account, add_inbox, principal

NODE = "nod_mine"
SETTINGS = Settings()


@pytest.fixture
def timers(db: Database, clock: FakeClock, metrics: Metrics) -> Timers:
    """The timers of one process."""
    return Timers(db, clock, SETTINGS, metrics, NODE, Leading(db, clock, metrics, NODE))


async def stored(db: Database, of: Inbox) -> Inbox:
    found = await db.read(inboxes.get, of.account_id, of.id)
    assert found is not None
    return found


async def states(db: Database, its: list[Delivery]) -> list[str]:
    def read(tx: Transaction) -> list[str]:
        found = [deliveries.get(tx, each.account_id, each.id) for each in its]
        return [each.state.value for each in found if each]

    return await db.read(read)


async def types(db: Database) -> list[EventType]:
    page = await db.read(events.after, account().id, 0, EventFilter(), 100)
    return [event.type for event in page.events]


def failing_once(
    monkeypatch: pytest.MonkeyPatch, of: Any, name: str, error: Exception
) -> None:
    real: Callable[..., Any] = getattr(of, name)
    errors = [error]

    def operation(tx: Transaction, *arguments: Any, **named: Any) -> Any:
        if errors:
            raise errors.pop()
        return real(tx, *arguments, **named)

    monkeypatch.setattr(of, name, operation)


async def test_an_inbox_expires_when_its_time_comes(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    mine = await add_inbox(db, expires_at=clock() + timedelta(minutes=1))
    await timers.step()
    assert (await stored(db, mine)).state is InboxState.ACTIVE
    clock.advance(minutes=1)
    await timers.step()
    assert (await stored(db, mine)).state is InboxState.DISABLED
    clock.advance(minutes=1)
    await timers.step()
    assert await types(db) == [EventType.INBOX_EXPIRED]


async def test_a_suspension_ends_when_its_time_comes(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    end = clock() + timedelta(minutes=1)
    pause = Suspension(reason="", by="key_1", since=BEGINNING, until=end)
    mine = await add_inbox(db, state=InboxState.SUSPENDED, suspension=pause)
    held = {"state": State.HELD, "hold_reason": "inbox_suspended"}
    its = await add_deliveries(db, mine, range(2), **held)
    await timers.step()
    assert (await stored(db, mine)).state is InboxState.SUSPENDED
    clock.advance(minutes=1)
    await timers.step()
    assert (await stored(db, mine)).state is InboxState.ACTIVE
    assert await states(db, its) == ["queued", "queued"]


async def test_what_an_interrupted_change_of_state_left_is_finished(
    timers: Timers, db: Database
) -> None:
    await add_account(db)
    held = {"state": State.HELD, "hold_reason": "inbox_suspended"}
    active = await add_deliveries(db, await add_inbox(db), range(2), **held)
    ended = await add_inbox(db, 2, state=InboxState.DISABLED)
    disabled = await add_deliveries(db, ended, range(10, 12), **held)
    await timers.step()
    assert await states(db, active) == ["queued", "queued"]
    assert await states(db, disabled) == ["cancelled", "cancelled"]


async def test_a_disabled_inbox_keeps_nothing_whatever_it_was_held_for(
    timers: Timers, db: Database
) -> None:
    await add_account(db)
    nameless = {"state": State.HELD, "hold_reason": "hostname_unset"}
    active = await add_deliveries(db, await add_inbox(db), range(1), **nameless)
    ended = await add_inbox(db, 2, state=InboxState.DISABLED)
    disabled = await add_deliveries(db, ended, range(10, 12), **nameless)
    await timers.step()
    assert await states(db, active) == ["held"]
    assert await states(db, disabled) == ["cancelled", "cancelled"]


async def test_a_step_does_a_bounded_amount_and_the_next_one_goes_on(
    timers: Timers, db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    await add_account(db)
    for number in range(3):
        await add_inbox(db, number, expires_at=clock())
    await timers.step()
    assert len(await types(db)) == 2
    clock.advance(seconds=1)
    await timers.step()
    assert len(await types(db)) == 3


async def test_what_nobody_needs_any_more_is_forgotten(
    timers: Timers, db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FORGET_ROWS", 2)
    old = clock()
    for number in range(5):
        await db.write(requests.claim, "acc_1", "Send", f"r{number}", b"", "msg_1")
        await db.write(limits.charge, "minute", f"inb_{number}", old, 1, 5)
    upload = uploads.Upload(
        id="upl_1",
        account_id="acc_1",
        inbox_id="inb_1",
        size_bytes=1,
        sha256="0" * 64,
        created_at=old,
        expires_at=old + timedelta(hours=24),
    )
    await db.write(uploads.add, upload, b"x")

    def counts(tx: Transaction) -> list[int]:
        tables = ("request", "send_window", "upload")
        return [(tx.one(f"SELECT COUNT(*) FROM {name}") or (0,))[0] for name in tables]

    clock.advance(hours=24)
    await timers.step()
    assert await db.read(counts) == [5, 5, 0]
    clock.advance(minutes=1)
    await timers.step()
    assert await db.read(counts) == [0, 5, 0]
    clock.advance(hours=24)
    await timers.step()
    assert await db.read(counts) == [0, 0, 0]


async def test_a_process_says_every_ten_seconds_that_it_is_alive(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    await timers.begin()
    for _ in range(12):
        clock.advance(seconds=5)
        await timers.step()
    silent = await db.read(nodes.silent, clock() - timedelta(seconds=10))
    assert silent == []
    assert await db.read(nodes.silent, clock() + timedelta(seconds=1)) == [NODE]


async def test_processes_that_are_gone_are_forgotten_after_an_hour(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    await db.write(nodes.seen, "nod_gone")
    clock.advance(minutes=59)
    await timers.step()
    assert "nod_gone" in await db.read(nodes.silent, clock())
    clock.advance(minutes=2)
    await timers.step()
    assert await db.read(nodes.silent, clock() + timedelta(seconds=1)) == [NODE]


async def leased(
    db: Database, of: Inbox, guarantee: Guarantee = Guarantee.AT_LEAST_ONCE
) -> Delivery:
    """A delivery that another process has leased for 15 minutes."""
    await add_deliveries(db, of, range(1), guarantee=guarantee)
    await db.write(nodes.seen, "nod_other")
    (lease,) = await db.write(deliveries.lease_due, "nod_other", 10, 900)
    return lease


async def test_leases_of_a_lost_process_that_had_not_started_go_back_to_the_queue(
    timers: Timers, db: Database, clock: FakeClock, metrics: Metrics
) -> None:
    await add_account(db)
    lease = await leased(db, await add_inbox(db))
    clock.advance(seconds=61)
    await timers.step()
    assert await states(db, [lease]) == ["queued"]
    assert await types(db) == []
    expired = "mailbot_queue_leases_expired_total"
    assert metrics.registry.get_sample_value(expired) == 1


@pytest.mark.parametrize(
    ("guarantee", "state"),
    [(Guarantee.AT_LEAST_ONCE, "deferred"), (Guarantee.AT_MOST_ONCE, "unknown")],
)
async def test_leases_of_a_lost_process_that_had_started_are_unknown(
    timers: Timers, db: Database, clock: FakeClock, guarantee: Guarantee, state: str
) -> None:
    await add_account(db)
    lease = await leased(db, await add_inbox(db), guarantee)
    assert await db.write(deliveries.start, lease)
    clock.advance(seconds=61)
    await timers.step()
    assert await states(db, [lease]) == [state]
    assert EventType.MESSAGE_UNKNOWN in await types(db)


async def test_a12_after_an_outage_other_nodes_have_time_to_say_that_they_live(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    if not db.is_postgres:
        pytest.skip("SQLite has one process")
    await add_account(db)
    lease = await leased(db, await add_inbox(db))
    await db.write(deliveries.start, lease)
    await timers.step()
    # Nobody could say anything for so long.
    clock.advance(seconds=90)
    await timers.step()
    assert await states(db, [lease]) == ["leased"]
    for _ in range(7):
        clock.advance(seconds=10)
        await timers.step()
    assert await states(db, [lease]) == ["deferred"]


@pytest.mark.parametrize("gap", [timedelta(minutes=20), timedelta(hours=2)])
async def test_a15_what_this_process_holds_after_a_gap_it_can_renew_first(
    timers: Timers, db: Database, clock: FakeClock, gap: timedelta
) -> None:
    """The database was away for long, or the clock was set, or the machine slept."""
    await add_account(db)
    its = await add_deliveries(db, await add_inbox(db), range(1))
    await timers.step()
    [lease] = await db.write(deliveries.lease_due, NODE, 10, 900)
    await db.write(deliveries.start, lease)
    clock.now += gap
    for _ in range(6):
        await timers.step()
        assert await states(db, its) == ["leased"]
        clock.advance(seconds=9)
    clock.advance(seconds=9)
    await timers.step()
    assert await states(db, its) == ["deferred"]


async def test_a_lease_that_cannot_be_taken_back_stops_no_other(
    timers: Timers,
    db: Database,
    clock: FakeClock,
    metrics: Metrics,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await add_account(db)
    its = await add_deliveries(db, await add_inbox(db), range(2))
    await db.write(deliveries.lease_due, "nod_other", 10, 900)
    clock.advance(minutes=16)
    failing_once(monkeypatch, deliveries, "write", LookupError("a fault"))
    await timers.step()
    assert sorted(await states(db, its)) == ["leased", "queued"]
    name, labels = "mailbot_unhandled_exceptions_total", {"component": "timers"}
    assert metrics.registry.get_sample_value(name, labels) == 1


async def test_leases_of_this_process_and_of_living_ones_are_left_alone(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    mine = await add_deliveries(db, await add_inbox(db), range(1))
    await timers.step()
    await db.write(deliveries.lease_due, NODE, 10, 900)
    clock.advance(seconds=59)
    await timers.step()
    assert await states(db, mine) == ["leased"]


async def test_gauges_are_read_every_fifteen_seconds(
    timers: Timers, clock: FakeClock, metrics: Metrics
) -> None:
    last = "mailbot_collector_last_success_timestamp_seconds"

    def read_at() -> float | None:
        return metrics.registry.get_sample_value(last, {"collector": "queue"})

    await timers.step()
    began = clock().timestamp()
    assert read_at() == began
    clock.advance(seconds=14)
    await timers.step()
    assert read_at() == began
    clock.advance(seconds=1)
    await timers.step()
    assert read_at() == clock().timestamp()


async def test_a_database_that_is_away_postpones_a_job_and_no_other(
    timers: Timers, db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add_account(db)
    mine = await add_inbox(db, expires_at=clock())
    failing_once(monkeypatch, nodes, "seen", Unavailable("gone"))
    await timers.step()
    assert (await stored(db, mine)).state is InboxState.DISABLED
    assert await db.read(nodes.silent, clock() + timedelta(seconds=1)) == []
    clock.advance(seconds=10)
    await timers.step()
    assert await db.read(nodes.silent, clock() + timedelta(seconds=1)) == [NODE]


async def test_a_fault_of_ours_stops_no_other_job_and_is_not_hidden(
    timers: Timers,
    db: Database,
    clock: FakeClock,
    metrics: Metrics,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await add_account(db)
    mine = await add_inbox(db, expires_at=clock())
    failing_once(monkeypatch, nodes, "seen", LookupError("a fault"))
    await timers.step()
    assert (await stored(db, mine)).state is InboxState.DISABLED
    name, labels = "mailbot_unhandled_exceptions_total", {"component": "timers"}
    assert metrics.registry.get_sample_value(name, labels) == 1


async def test_a_clock_that_was_set_back_does_not_stop_the_timers(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    await timers.step()
    clock.advance(hours=-2)
    mine = await add_inbox(db, expires_at=clock())
    await timers.step()
    assert (await stored(db, mine)).state is InboxState.DISABLED
    assert await db.read(nodes.silent, clock() + timedelta(seconds=1)) == [NODE]


async def test_running_does_what_is_due_until_it_is_cancelled(
    timers: Timers, db: Database, clock: FakeClock, metrics: Metrics
) -> None:
    await add_account(db)
    mine = await add_inbox(db, expires_at=clock())
    with db.watch("inboxes") as watch:
        running = asyncio.create_task(timers.run())
        while (await stored(db, mine)).state is InboxState.ACTIVE:
            await watch.changed(20)
    running.cancel()
    await asyncio.wait([running])
    assert running.cancelled()


@pytest.mark.parametrize("hours", [-1, 1], ids=["slow", "fast"])
async def test_on_postgresql_the_clock_is_set_by_the_database_s(
    db: Database, metrics: Metrics, hours: int
) -> None:
    machine = SystemClock()
    right = machine()
    machine.adjust(right + timedelta(hours=hours))
    wrong = machine()
    timers = Timers(
        db, machine, SETTINGS, metrics, NODE, Leading(db, machine, metrics, NODE)
    )
    await timers.begin()
    expected: datetime = right if db.is_postgres else wrong
    assert abs(machine() - expected) < timedelta(minutes=10)
    moved = metrics.registry.get_sample_value("mailbot_clock_offset_seconds")
    assert moved is not None
    assert (abs(moved) > 3000) == db.is_postgres


async def test_a_clock_that_nobody_may_set_is_left_alone(
    timers: Timers, clock: FakeClock
) -> None:
    before = clock()
    await timers.begin()
    assert clock() == before


async def test_suppressions_that_are_over_are_forgotten_without_a_word(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    await add_account(db)
    ends = clock() + timedelta(hours=1)
    wanted = Wanted(address="carol@example.com", expires_at=ends)
    await db.write(suppressions.add, principal(), wanted, "")
    clock.advance(hours=1)
    await timers.step()

    def rows(tx: Transaction) -> list[Any]:
        return tx.all("SELECT id FROM suppression")

    assert await db.read(rows) == []
    assert await types(db) == [EventType.SUPPRESSION_ADDED]


async def test_policies_and_broken_tls_are_forgotten_after_their_end(
    timers: Timers, db: Database, clock: FakeClock
) -> None:
    policy = Policy(id="1", mode=Mode.NONE, patterns=(), max_age_seconds=60)
    longer = replace(policy, max_age_seconds=90_000)
    for name, its in (("example.com", policy), ("example.org", longer)):
        await db.write(tls_policies.put, name, its)
        until = clock() + timedelta(seconds=its.max_age_seconds)
        await db.write(tls_faults.put, name, "why", until)
    clock.advance(hours=1)
    await timers.step()

    def left(tx: Transaction) -> list[Any]:
        hosts = tx.all("SELECT host FROM tls_fault")
        return [*tx.all("SELECT domain FROM tls_policy"), *hosts]

    assert [row[0] for row in await db.read(left)] == ["example.org"] * 2


async def test_what_was_kept_for_long_enough_goes_and_hours_are_folded(
    db: Database, clock: FakeClock, metrics: Metrics
) -> None:
    await add_account(db)
    own = await add_inbox(db)
    [delivery] = await add_deliveries(db, own, range(1, 2), state=State.DELIVERED)
    leading = Leading(db, clock, metrics, NODE)
    settings = Settings(retention_content=30)
    timers = Timers(db, clock, settings, metrics, NODE, leading)
    clock.advance(days=31)
    await timers.begin()
    for _ in range(3):
        await timers.step()
        clock.advance(seconds=1)
    found = await db.read(messages.get, own.account_id, delivery.message_id)
    assert found is not None
    assert found.is_redacted
    assert await types(db) == [EventType.MESSAGE_REDACTED]
    last = metrics.job_last_success.labels("retention")._value.get()
    assert last == pytest.approx(clock().timestamp(), abs=10)
    assert await db.read(folding.looked_at) > 0


async def test_f12_a_failover_is_counted_for_somebody_to_look_at(
    timers: Timers, db: Database, clock: FakeClock, metrics: Metrics
) -> None:
    if not db.is_postgres:
        pytest.skip("SQLite has no standby")
    await timers.step()
    sql = "UPDATE setting SET value = '00000000' WHERE name = 'timeline'"
    assert await db.write(lambda tx: tx.execute(sql)) == 1
    for _ in range(2):
        clock.advance(seconds=31)
        await timers.step()
    assert metrics.registry.get_sample_value("mailbot_db_failovers_total") == 1
