"""Whatever ends, the writer, the server or an operation: nothing answered is lost."""

import asyncio
import errno
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import apsw
import pytest

from mailbot_server.core.errors import Unavailable, WrongState
from mailbot_server.store.database import Database
from mailbot_server.store.database.sqlite import SqliteBackend
from mailbot_server.store.database.writer import WriterProcess, process
from mailbot_server.store.database.writer.launch import Child
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes import operations
from tests.fakes.databases import sqlite_at
from tests.fakes.gate import PipeGate
from tests.fakes.operations import names, put
from tests.fakes.tenants import BEGINNING

MEBIBYTE = 1024 * 1024


@pytest.fixture
async def lite(path: Path, metrics: Metrics) -> AsyncIterator[Database]:
    """A database with a writer process."""
    running = sqlite_at(path, metrics, "process")
    await running.start()
    yield running
    await running.stop()


def writer_of(db: Database) -> WriterProcess:
    assert isinstance(db.backend, SqliteBackend)
    found = db.backend.writer
    assert isinstance(found, WriterProcess)
    return found


def kill(db: Database) -> None:
    pid = writer_of(db).pid
    assert pid
    os.kill(pid, signal.SIGKILL)


async def until(condition: Callable[[], object]) -> None:
    """Lets the event loop turn; the test's time-out is the deadline."""
    while not condition():  # noqa: ASYNC110 - nothing announces it
        await asyncio.sleep(0)


def reached(done: set[str], goal: int) -> bool:
    return len(done) >= goal


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def resident_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def test_operations_run_in_another_process_and_reads_here(lite):
    there = await lite.write(operations.process_id)
    assert there == writer_of(lite).pid != os.getpid()
    assert await lite.read(operations.process_id) == os.getpid()


async def test_an_error_arrives_with_its_fields_and_the_operations_clock(lite):
    with pytest.raises(WrongState, match="not now") as raised:
        await lite.write(operations.refuse)
    assert raised.value.reason == "INBOX_EXPIRED"
    assert raised.value.subject == "inb_1"
    assert str(BEGINNING.year) in raised.value.message
    with pytest.raises(apsw.ConstraintError):
        await asyncio.gather(lite.write(put, "a"), lite.write(put, "a"))


async def test_keywords_reach_the_operation(lite):
    await lite.write(put, "a", value="x")
    assert await lite.read(names) == ["a"]


async def test_what_cannot_be_handed_over_is_an_error_that_says_what(lite, metrics):
    def local(tx: object) -> None:
        del tx

    with pytest.raises(TypeError, match=r"local.* cannot be run by the writer process"):
        await lite.write(local)
    with pytest.raises(TypeError, match=r"put cannot be run by the writer process"):
        await lite.write(put, lambda: "a")
    with pytest.raises(TypeError, match="lambda"):
        await lite.write(operations.lambda_of)
    await lite.write(put, "a")
    assert metrics.registry.get_sample_value("mailbot_db_writer_queue_length") == 0


async def test_large_messages_go_through_in_both_directions(lite):
    data = os.urandom(25 * MEBIBYTE)
    large = asyncio.create_task(lite.write(operations.length, data))
    small = [lite.write(put, f"n{number}") for number in range(50)]
    await asyncio.gather(*small)
    assert await large == (len(data), data)
    assert len(await lite.read(names)) == 50


@pytest.mark.timeout(30)
async def test_nothing_of_a_large_message_stays_in_the_writer(lite):
    await lite.write(operations.size_of, b"small")
    pid = writer_of(lite).pid
    before = resident_bytes(pid)
    large = bytes(48 * MEBIBYTE)
    assert await lite.write(operations.size_of, large) == len(large)
    # It answers, and then lets go.
    await until(lambda: resident_bytes(pid) < before + 24 * MEBIBYTE)


async def test_more_than_the_socket_holds_is_handed_in_little_by_little(lite):
    many = [lite.write(put, f"n{number}", "x" * 2000) for number in range(2000)]
    await asyncio.gather(*many)
    assert len(await lite.read(names)) == 2000


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_a_killed_writer_loses_nothing_that_was_answered_and_comes_again(
    lite, metrics, monkeypatch
):
    monkeypatch.setattr(process, "RESTART_SECONDS", 0.0)
    numbers, done, refused = itertools.count(), set[str](), 0

    async def lane() -> None:
        nonlocal refused
        for number in itertools.islice(numbers, 200):
            try:
                await lite.write(put, f"n{number}")
            except Unavailable:
                refused += 1
            else:
                done.add(f"n{number}")

    lanes = [asyncio.create_task(lane()) for _ in range(20)]
    for _ in range(3):
        await until(partial(reached, done, len(done) + 100))
        kill(lite)
        await until(lambda: not writer_of(lite).pid)
    await asyncio.gather(*lanes)
    kept = set(await lite.read(names))
    assert done <= kept
    assert len(kept - done) <= refused <= 3 * 20
    lost = metrics.registry.get_sample_value(
        "mailbot_db_transactions_total", {"result": "lost"}
    )
    assert lost == 3


async def test_an_operation_that_kills_its_writer_is_told_so_and_not_run_again(lite):
    with pytest.raises(Unavailable, match="writer has ended"):
        await lite.write(operations.put_and_die, "poison")
    await lite.write(put, "after")
    assert await lite.read(names) == ["after"]


async def test_what_was_not_handed_in_waits_for_the_next_writer(lite):
    kill(lite)
    await until(lambda: not writer_of(lite).pid)
    await lite.write(put, "meanwhile")
    assert await lite.read(names) == ["meanwhile"]


async def test_a_writer_that_cannot_start_again_says_so_until_it_can(
    lite, path, monkeypatch
):
    monkeypatch.setattr(process, "RESTART_SECONDS", 0.0)
    away = path.with_name("away.db")
    path.rename(away)
    path.mkdir()
    kill(lite)
    with pytest.raises(Unavailable):
        await asyncio.gather(*(lite.write(put, f"n{number}") for number in range(3)))
    path.rmdir()
    away.rename(path)
    await until(lambda: writer_of(lite).pid)
    await lite.write(put, "after")
    assert await lite.read(names) == ["after"]


async def test_a_writer_that_finds_no_process_left_is_started_later(lite, monkeypatch):
    await lite.write(put, "a")
    starts = []

    def child(path: Path) -> Child:
        starts.append(path)
        if len(starts) == 1:
            raise BlockingIOError(errno.EAGAIN, "no more processes")
        return Child(path)

    monkeypatch.setattr(process, "Child", child)
    monkeypatch.setattr(process, "RESTART_SECONDS", 0.0)
    kill(lite)
    await until(lambda: len(starts) > 1)
    await lite.write(put, "b")
    assert await lite.read(names) == ["a", "b"]


async def test_a_stop_ends_the_process_and_what_was_handed_in_is_written(path, metrics):
    lite = sqlite_at(path, metrics, "process")
    await lite.start()
    pid = writer_of(lite).pid
    writes = [asyncio.create_task(lite.write(put, f"n{n}")) for n in range(300)]
    await asyncio.sleep(0)
    await asyncio.gather(lite.stop(), *writes)
    assert not is_alive(pid)
    again = sqlite_at(path, metrics, "thread")
    await again.start()
    assert len(await again.read(names)) == 300
    await again.stop()


async def test_a_stop_while_no_writer_runs_fails_what_waits(path, metrics, monkeypatch):
    monkeypatch.setattr(process, "STOP_SECONDS", 0.05)
    monkeypatch.setattr(process, "RESTART_SECONDS", 60.0)
    lite = sqlite_at(path, metrics, "process")
    await lite.start()
    kill(lite)
    await until(lambda: not writer_of(lite).pid)
    waiting = asyncio.create_task(lite.write(put, "a"))
    await asyncio.sleep(0)
    await lite.stop()
    with pytest.raises(Unavailable):
        await waiting


async def test_it_does_not_end_by_what_a_terminal_sends_to_all(lite):
    pid = writer_of(lite).pid
    await lite.write(put, "a")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(pid, number)
    await lite.write(put, "b")
    assert writer_of(lite).pid == pid


def start_writing(path: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.servers.writing", str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


async def test_a_killed_server_leaves_no_writer_and_nothing_answered_is_lost(
    path, metrics
):
    server = start_writing(path)
    assert server.stdout is not None
    with server.stdout as printed:
        answered = [int(await asyncio.to_thread(printed.readline)) for _ in range(200)]
        server.kill()
        answered += [int(line) for line in printed.read().splitlines()]
    server.wait()
    # Its writer may still be at work: this waits for it.
    lite = sqlite_at(path, metrics, "process")
    await lite.start()
    kept = await lite.read(names)
    assert {f"n{number}" for number in answered} <= set(kept)
    await lite.write(put, "after")
    assert len(await lite.read(names)) == len(kept) + 1
    await lite.stop()


async def test_the_next_server_waits_for_a_writer_that_is_still_at_work(
    path, metrics, gate: PipeGate
):
    first = sqlite_at(path, metrics, "process")
    await first.start()
    writing = asyncio.create_task(first.write(gate.wait))
    await gate.entered()
    # As if the first server had been killed: its socket ends, its writer goes on.
    child = writer_of(first)._let_go()
    assert child is not None
    child.socket.close()
    second = sqlite_at(path, metrics, "thread")
    starting = asyncio.create_task(asyncio.to_thread(second.backend.start))
    await asyncio.sleep(0)
    assert not starting.done()
    await asyncio.to_thread(gate.open)
    await starting
    child.end(20)
    await asyncio.to_thread(second.backend.stop)
    writing.cancel()
    await asyncio.wait([writing])
