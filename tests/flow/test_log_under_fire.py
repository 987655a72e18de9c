"""
The log under fire: writers that roll back and are killed, readers that come and go.

Table F of the faults that mailbot is built for; each test is named by its row. Those
of webhooks, workers and upgrades are tested with them.
"""

import json
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot_server.store.database import Database
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes import appends

ACCOUNT = "acc_1"
ROOT = Path(__file__).parents[2]
LANES = 16
TIMES = 15
ROUNDS = 2
"""How often the writers are killed and others begin."""
READERS = 3
KILLED = 3
"""Programs of each reader."""
DEADLINE_SECONDS = 90


def program(module: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.servers.{module}", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def end(running: subprocess.Popen[str]) -> None:
    """Kills it, at whatever it is doing, and reads on to the end of what it said."""
    running.kill()
    running.wait(DEADLINE_SECONDS)
    for stream in (running.stdin, running.stdout):
        if stream is not None:
            stream.close()


class Writers:
    """
    Programs that append: one on SQLite, with a writer process; three on PostgreSQL.

    Each generation but the last is killed when it has written for a while.
    """

    def __init__(self, url: str) -> None:
        self.durable: list[str] = []
        self._url = url
        self._processes = 3 if url.startswith("postgresql") else 1
        self._chance = random.Random(url)

    def run(self) -> None:
        for generation in range(ROUNDS + 1):
            is_last = generation == ROUNDS
            lanes = LANES // self._processes + 1
            running = [
                program(
                    "appending", self._url, ACCOUNT, f"{generation}/{n}", lanes, TIMES
                )
                for n in range(self._processes)
            ]
            readers = [threading.Thread(target=self._hear, args=(each, is_last))
                       for each in running]  # fmt: skip
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join(DEADLINE_SECONDS)
            for each in running:
                end(each)

    def _hear(self, running: subprocess.Popen[str], is_last: bool) -> None:
        """Notes what is durable; kills the writer after a number of operations."""
        left = self._chance.randint(20, 150)
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        for line in running.stdout:
            if line.endswith("\n"):
                self.durable += line.split()
            left -= 1
            if not is_last and left == 0:
                running.kill()


class Reader:
    """One cursor that hops between programs, which are killed now and then."""

    def __init__(self, url: str, seed: int) -> None:
        self.seen: list[tuple[int, str]] = []
        self.position = self.head = 0
        self.hops = 0
        self._killed = 0
        self._url = url
        self._chance = random.Random(seed)
        self._programs = [self._program() for _ in range(2)]

    def read_until(self, done: threading.Event) -> None:
        """Until the writers are done and everything is read."""
        while True:
            was_done = done.is_set()
            self._read()
            if was_done and self.position >= self.head:
                break
            if self.position >= self.head:
                done.wait(0.01)
        for each in self._programs:
            end(each)

    def _read(self) -> None:
        index = self._chance.randrange(len(self._programs))
        asked = self._programs[index]
        assert asked.stdin is not None
        assert asked.stdout is not None
        asked.stdin.write(f"{self.position} {self._chance.randint(1, 40)}\n")
        asked.stdin.flush()
        if self._killed < KILLED and self._chance.random() < 0.02:
            self._killed += 1
            end(asked)  # perhaps it has answered: then nobody has heard it
            self._programs[index] = self._program()
            return
        answer = json.loads(asked.stdout.readline())
        self.seen += map(tuple, answer["events"])
        self.position, self.head = answer["scanned"], answer["head"]
        self.hops += 1

    def _program(self) -> subprocess.Popen[str]:
        return program("tailing", self._url, ACCOUNT)


def everything(tx):
    """What the database has in the end."""
    sql = "SELECT position, id FROM event WHERE account_id = ? ORDER BY position"
    return [tuple(row) for row in tx.all(sql, ACCOUNT)]


def new_database(url: str) -> Database:
    return Database(
        url,
        clock=lambda: datetime.now(UTC),
        entropy=os.urandom,
        metrics=Metrics(),
        writer="thread",
    )


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_f1_every_reader_sees_everything_once_in_order(database_url):
    db = new_database(database_url)
    await db.start()
    await db.write(appends.open_log, ACCOUNT)
    await db.stop()
    writers = Writers(database_url)
    readers = [Reader(database_url, seed) for seed in range(READERS)]
    done = threading.Event()
    threads = [
        threading.Thread(target=each.read_until, args=(done,)) for each in readers
    ]
    for thread in threads:
        thread.start()
    writers.run()
    done.set()
    for thread in threads:
        thread.join(DEADLINE_SECONDS)
    db = new_database(database_url)
    await db.start()
    stored = await db.read(everything)
    await db.stop()
    assert [position for position, _ in stored] == list(range(1, len(stored) + 1))
    assert len(stored) > LANES * TIMES
    for reader in readers:
        assert reader.seen == stored
        assert reader.hops > ROUNDS
    times = Counter(event_id for _, event_id in stored)
    assert set(times.values()) == {1}
    assert set(writers.durable) <= set(times), "what was said to be durable is there"
