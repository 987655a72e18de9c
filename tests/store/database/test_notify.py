"""Processes on one PostgreSQL wake each other."""

from collections.abc import AsyncIterator, Iterator
from queue import SimpleQueue

import psycopg
import pytest

from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.database.notify import CHANNEL, PAYLOAD_MAX, Wakes
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy

pytestmark = pytest.mark.postgres

PATIENCE_SECONDS = 20
LISTENERS = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"


@pytest.fixture
async def pair(postgres_url: str) -> AsyncIterator[tuple[Database, Database]]:
    """Two processes' databases on one PostgreSQL."""

    def database() -> Database:
        clock, metrics = FakeClock(), Metrics()
        return Database(
            postgres_url, clock=clock, entropy=FakeEntropy(), metrics=metrics
        )

    one, other = database(), database()
    await one.start()
    await other.start()
    yield one, other
    await one.stop()
    await other.stop()


class Heard:
    """What a listener was told, in order."""

    def __init__(self) -> None:
        self._topics: SimpleQueue[set[str]] = SimpleQueue()

    def __call__(self, topics: set[str]) -> None:
        self._topics.put(topics)

    def next(self) -> set[str]:
        return self._topics.get(timeout=PATIENCE_SECONDS)

    def until(self, wanted: set[str]) -> set[str]:
        """All topics heard until these were among them."""
        heard: set[str] = set()
        while not wanted <= heard:
            heard |= self.next()
        return heard


@pytest.fixture
def wakes(postgres_url: str) -> Iterator[tuple[Wakes, Heard]]:
    """A running pair of threads that has begun to listen."""
    heard = Heard()
    running = Wakes(postgres_url, heard)
    running.start()
    assert heard.next() == {"*"}
    yield running, heard
    running.stop()


def touch(tx: Transaction, topic: str) -> None:
    tx.touch(topic)


async def test_a_commit_of_one_process_wakes_the_other(
    pair: tuple[Database, Database],
) -> None:
    one, other = pair
    with one.watch("news") as watch:
        await watch.changed(PATIENCE_SECONDS)  # the first is for having begun to listen
        await other.write(touch, "news")
        assert await watch.changed(PATIENCE_SECONDS)


async def test_a_commit_wakes_its_own_process_too(
    pair: tuple[Database, Database],
) -> None:
    with pair[0].watch("news") as watch:
        await pair[0].write(touch, "news")
        assert await watch.changed(PATIENCE_SECONDS)


def test_our_own_topics_are_not_heard_twice(
    wakes: tuple[Wakes, Heard], postgres_url: str
) -> None:
    running, heard = wakes
    running.announce({"ours"})
    with psycopg.connect(postgres_url, autocommit=True) as stranger:
        stranger.execute(f"LISTEN {CHANNEL}")
        running.announce({"ours too"})
        next(stranger.notifies(timeout=PATIENCE_SECONDS))
        payload = "another process\ntheirs\nnews"
        stranger.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
    assert heard.until({"theirs"}) == {"theirs", "news"}


def test_more_topics_than_a_notice_holds_wake_everybody(
    wakes: tuple[Wakes, Heard], postgres_url: str
) -> None:
    running, _ = wakes
    topics = {f"events:acc_{number:026d}" for number in range(PAYLOAD_MAX // 30)}
    with psycopg.connect(postgres_url, autocommit=True) as stranger:
        stranger.execute(f"LISTEN {CHANNEL}")
        running.announce(topics)
        told: set[str] = set()
        for notice in stranger.notifies(timeout=PATIENCE_SECONDS):
            told |= set(notice.payload.split("\n")[1:])
            if told >= topics or "*" in told:
                break
    assert told >= topics or "*" in told


def test_a_listener_that_lost_its_connection_wakes_everybody_once_it_is_back(
    wakes: tuple[Wakes, Heard], postgres_url: str
) -> None:
    _, heard = wakes
    with psycopg.connect(postgres_url, autocommit=True) as stranger:
        for (pid,) in stranger.execute(LISTENERS).fetchall():
            stranger.execute("SELECT pg_terminate_backend(%s)", (pid,))
    assert heard.next() == {"*"}


def test_topics_that_wait_do_not_keep_the_threads_from_ending(
    postgres_url: str,
) -> None:
    running = Wakes(postgres_url, lambda topics: None)
    running.start()
    for number in range(200):
        running.announce({f"topic{number}"})
    running.stop()
    assert not any(thread.is_alive() for thread in running._threads)


def test_a_database_that_is_away_does_not_keep_the_threads_from_ending() -> None:
    running = Wakes("postgresql://nobody@127.0.0.1:1/none", lambda topics: None)
    running.start()
    running.announce({"news"})
    running.stop()
    assert not any(thread.is_alive() for thread in running._threads)
