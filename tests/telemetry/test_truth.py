"""What is counted is what happened, and there are no more series than can be read."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from prometheus_client import generate_latest

from mailbot_server.core.bounce import meaning
from mailbot_server.core.bounce.meaning import Meaning
from mailbot_server.core.destination.provider import PROVIDERS, SUFFIXES, provider_of
from mailbot_server.core.event import Event, EventType, InboxDetail
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry.metrics import Metrics
from mailbot_server.telemetry.metrics.words import ATTEMPT_OUTCOMES
from tests.fakes.tenants import account, add_account
from tests.servers.postgres import PostgresServer

OPERATIONS = 200
DOMAINS = 50_000
SERIES_MAX = 5000
KINDS = (*(EventType.INBOX_CREATED, EventType.INBOX_UPDATED, EventType.INBOX_WARNED),)


class Undone(Exception):
    """An operation that goes wrong after everything was written."""


def work(tx: Transaction, number: int) -> None:
    """
    Tells of a few things, and fails every fifth time.

    A few lock two rows in the other order, so that on PostgreSQL some run again, as
    they do after a deadlock.
    """
    for name in ("two", "one") if number % 70 == 7 else ("one", "two"):
        tx.execute(f"UPDATE setting SET value = '{number}' WHERE name = '{name}'")
    for each in range(number % 3 + 1):
        kind = KINDS[(number + each) % len(KINDS)]
        detail = InboxDetail(state="active")
        tx.emit(Event(type=kind, account_id=account().id, detail=detail))
    if number % 5 == 0:
        tx.finish()
        raise Undone


def prepare(tx: Transaction) -> None:
    tx.execute_many(
        "INSERT INTO setting (name, value) VALUES (?, '')", [("one",), ("two",)]
    )


def in_log(tx: Transaction) -> dict[str, int]:
    rows = tx.all("SELECT type, COUNT(*) FROM event GROUP BY type")
    return {str(kind): int(count) for kind, count in rows}


def counted(metrics: Metrics) -> dict[str, float]:
    samples = [
        sample
        for family in metrics.registry.collect()
        for sample in family.samples
        if sample.name == "mailbot_events_appended_total"
    ]
    return {each.labels["type"]: each.value for each in samples if each.value}


async def test_events_are_counted_as_often_as_they_are_in_the_log(
    db: Database, metrics: Metrics
) -> None:
    await add_account(db)
    await db.write(prepare)
    results = await asyncio.gather(
        *(db.write(work, number) for number in range(OPERATIONS)),
        return_exceptions=True,
    )
    assert Counter(type(each) for each in results) == {
        type(None): OPERATIONS * 4 // 5,
        Undone: OPERATIONS // 5,
    }
    found = await db.read(in_log)
    assert found == counted(metrics)
    assert set(found) == {kind.value for kind in KINDS}


@pytest.mark.slow
@pytest.mark.postgres
async def test_what_ran_again_is_counted_once(
    postgres: PostgresServer, postgres_url: str, clock: Any, entropy: Any
) -> None:
    """Two processes' worth of writers on one database; each counts its own."""
    parts = [Metrics(), Metrics()]
    both = [
        Database(postgres_url, clock=clock, entropy=entropy, metrics=each)
        for each in parts
    ]
    for db in both:
        await db.start()
    await add_account(both[0])
    await both[0].write(prepare)
    await asyncio.gather(
        *(both[number % 2].write(work, number) for number in range(OPERATIONS)),
        return_exceptions=True,
    )
    found = await both[0].read(in_log)
    for db in both:
        await db.stop()
    together = Counter[str]()
    for each in parts:
        together.update({name: int(value) for name, value in counted(each).items()})
    assert found == together


def classes() -> set[str]:
    known = vars(meaning).values()
    return {each.bounce_class for each in known if isinstance(each, Meaning)}


def test_fifty_thousand_domains_make_no_more_series_than_a_few(
    metrics: Metrics,
) -> None:
    """Every provider at its worst besides: each outcome and class from each of them."""
    hosts = [f"mx{number}.customer{number}.example" for number in range(DOMAINS)]
    hosts += [f"mx.{suffix}" for each in SUFFIXES.values() for suffix in each]
    labels = {provider_of(host) for host in hosts}
    assert labels == PROVIDERS
    for label in labels:
        for outcome in ATTEMPT_OUTCOMES:
            metrics.delivery_attempts.labels(label, outcome).inc()
        for each in classes():
            metrics.deferrals.labels(label, each).inc()
            metrics.bounces.labels(label, each, "sync").inc()
            metrics.bounces.labels(label, each, "async").inc()
        metrics.complaints.labels(label).inc()
        metrics.smtp_client_connections.labels(label).inc()
    text = generate_latest(metrics.registry).decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert 1000 < len(lines) < SERIES_MAX
