"""A worker process as its supervisor sees it: it starts, answers and ends."""

import asyncio
import os
import signal
from asyncio.subprocess import Process
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from mailbot_server.workers import child as module
from mailbot_server.workers.child import Child, NoAnswer, NotStarted

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
PORTS = ("grpc_port", "mx_port", "submission_port")


def hello(child: Child, folder: Path, **settings: Any) -> dict[str, Any]:
    """SQLite will do: one worker has it for itself."""
    given = {"data_dir": str(folder), "sqlite_writer": "thread", "log_level": "error"}
    ports = dict.fromkeys(PORTS, 0)
    return {
        "number": child.number,
        "node_id": child.node_id,
        "replaces": [],
        "settings": {**given, **ports, **settings},
    }


@asynccontextmanager
async def started(folder: Path):
    child = Child(3, "nod_00000000000000000000000001", 1.0)
    try:
        yield child, await child.start(hello(child, folder))
    finally:
        child.kill()
        await child.ended()


async def test_a_worker_says_when_it_serves_answers_and_stops(tmp_path):
    async with started(tmp_path) as (child, ready):
        assert child.is_ready
        assert ready["grpc_port"] > 0
        assert ready["mx_port"] > 0
        assert ready["api_key_file"].endswith("default.key")
        answer = await child.ask("ready")
        assert answer["why"] == ""
        told = await child.ask("metrics")
        assert "mailbot_leader" in told["text"]
        child.stop()
        assert await child.ended() == 0
        assert not child.is_ready
        with pytest.raises(NoAnswer):
            await child.ask("ready")


async def test_what_is_not_known_is_answered_with_nothing(tmp_path):
    """A supervisor of the next version may ask more."""
    async with started(tmp_path) as (child, _):
        assert set(await child.ask("more")) == {"number"}
        assert (await child.ask("ready"))["why"] == ""


async def test_who_does_not_answer_in_time_is_asked_again(tmp_path, monkeypatch):
    async with started(tmp_path) as (child, _):
        os.kill(child.pid, signal.SIGSTOP)
        with monkeypatch.context() as hurried:
            hurried.setattr(module, "ASK_SECONDS", 0.2)
            with pytest.raises(NoAnswer):
                await child.ask("metrics")
        os.kill(child.pid, signal.SIGCONT)
        # The late answer is not taken for this one.
        assert (await child.ask("ready"))["why"] == ""


async def test_a_worker_that_is_killed_has_ended(tmp_path):
    async with started(tmp_path) as (child, _):
        os.kill(child.pid, signal.SIGKILL)
        assert await child.ended() == -signal.SIGKILL


async def test_a_worker_that_cannot_serve_says_why(tmp_path):
    child = Child(0, "nod_00000000000000000000000001", 1.0)
    wanted = hello(child, tmp_path, hostname="not a name")
    with pytest.raises(NotStarted, match="hostname: "):
        await child.start(wanted)
    assert await child.ended() != 0


async def test_a_worker_ends_with_its_supervisor(tmp_path):
    async with started(tmp_path) as (child, _):
        assert child._line is not None
        await child._line.close()
        assert await child.ended() == 0


async def test_one_that_does_not_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LEAVE_SECONDS", 0.5)
    async with started(tmp_path) as (child, ready):
        assert child.drain_seconds == ready["drain_seconds"]
        child.drain_seconds = 0.0
        os.kill(child.pid, signal.SIGSTOP)
        assert not await child.see_off()
        assert await child.ended() == -signal.SIGKILL


@pytest.mark.parametrize("end", [Child.stop, Child.kill])
async def test_one_that_is_stopped_while_it_is_made_does_not_serve(
    tmp_path, monkeypatch, end
):
    made, may_go_on = asyncio.Event(), asyncio.Event()
    make = asyncio.create_subprocess_exec

    async def make_and_wait(*arguments: Any, **keywords: Any) -> Process:
        process = await make(*arguments, **keywords)
        made.set()
        await may_go_on.wait()
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", make_and_wait)
    child = Child(3, "nod_00000000000000000000000001", 1.0)
    start = asyncio.create_task(child.start(hello(child, tmp_path)))
    await made.wait()
    end(child)
    may_go_on.set()
    with pytest.raises(NotStarted):
        await start
    assert await child.ended() < 0
