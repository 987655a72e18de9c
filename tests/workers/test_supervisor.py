"""A supervisor keeps its workers: restarted when they end, renewed only if that works."""

import asyncio
import os
import signal
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from mailbot_server.app import Opened
from mailbot_server.config import load
from mailbot_server.folder import FolderInUse
from mailbot_server.workers import child as child_module
from mailbot_server.workers import supervisor as supervising
from mailbot_server.workers.child import NotStarted
from mailbot_server.workers.supervisor import Supervisor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180), pytest.mark.postgres]


@pytest.fixture
def settings(tmp_path, postgres_url, monkeypatch):
    """Workers read the environment themselves."""
    ports = ("GRPC", "MX", "SUBMISSION", "OPERATOR")
    given = {
        "DATABASE_URL": postgres_url,
        "SERVER_KEY": "k" * 40,
        "DATA_DIR": str(tmp_path / "data"),
        "WORKERS": "2",
        "LOG_LEVEL": "error",
        "DRAIN_SECONDS": "2",
        **{f"{name}_PORT": "0" for name in ports},
    }
    for name, value in given.items():
        monkeypatch.setenv(f"MAILBOT_{name}", value)
    return load()


@asynccontextmanager
async def running(supervisor: Supervisor):
    """What was opened; the end is awaited."""
    opened: asyncio.Future[Opened] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(supervisor.run(opened.set_result))
    both: list[asyncio.Future[Any]] = [task, opened]
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        yield opened.result()
    finally:
        supervisor.stop()
        async with asyncio.timeout(60):
            await task


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - processes ring no bell
            await asyncio.sleep(0.05)


def pids(supervisor: Supervisor) -> list[int]:
    return [child.pid for child in supervisor._serving()]


async def ask(opened: Opened, path: str) -> tuple[int, str]:
    url = f"http://127.0.0.1:{opened.operator_port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_a_lost_worker_is_started_again_and_nothing_renews_what_cannot_start(
    settings, monkeypatch
):
    supervisor = Supervisor(settings)
    async with running(supervisor) as opened:
        before = pids(supervisor)
        assert len(before) == 2
        assert (await ask(opened, "/readyz"))[0] == 200
        os.kill(before[1], signal.SIGKILL)
        await until(lambda: before[1] not in pids(supervisor))
        # The other one serves whoever connects.
        assert (await ask(opened, "/readyz"))[0] == 200
        await until(lambda: len(pids(supervisor)) == 2)
        status, shown = await ask(opened, "/metrics")
        assert status == 200
        assert "mailbot_worker_restarts_total 1.0" in shown
        assert "mailbot_workers_running 2.0" in shown

        now = pids(supervisor)
        with monkeypatch.context() as broken:
            broken.setenv("MAILBOT_HOSTNAME", "not a name")
            supervisor.renew()
            await until(lambda: not supervisor._renewing.is_set())
            await until(lambda: not supervisor._changing.locked())
            assert pids(supervisor) == now
        supervisor.renew()
        await until(lambda: len({*pids(supervisor)} - {*now}) == 2)


async def test_a_worker_that_does_not_answer_makes_the_machine_not_ready(settings):
    supervisor = Supervisor(settings)
    async with running(supervisor) as opened:
        paused = pids(supervisor)[1]
        os.kill(paused, signal.SIGSTOP)
        try:
            status, words = await ask(opened, "/readyz")
            assert (status, "does not answer" in words or "in time" in words) == (
                503,
                True,
            )
            assert (await ask(opened, "/healthz"))[0] == 200
        finally:
            os.kill(paused, signal.SIGCONT)
        assert (await ask(opened, "/readyz"))[0] == 200


async def test_a_start_that_fails_ends_with_its_reason(settings, monkeypatch):
    monkeypatch.setenv("MAILBOT_HOSTNAME", "not a name")
    with pytest.raises(NotStarted, match="hostname"):
        await Supervisor(settings).run(lambda _: None)


async def test_a_start_may_be_stopped(settings):
    supervisor = Supervisor(settings)
    task = asyncio.create_task(supervisor.run(lambda _: None))
    await until(lambda: bool(supervisor._children))
    supervisor.stop()
    await task


async def test_a_folder_has_one_supervisor(settings):
    async with running(Supervisor(settings)):
        with pytest.raises(FolderInUse):
            await Supervisor(settings).run(lambda _: None)


async def test_a_worker_that_hangs_is_replaced_and_one_that_is_slow_is_not(
    settings, monkeypatch
):
    monkeypatch.setattr(supervising, "LISTEN_SECONDS", 0.1)
    monkeypatch.setattr(child_module, "ASK_SECONDS", 2.0)
    supervisor = Supervisor(settings)
    async with running(supervisor) as opened:
        slow, hanging = pids(supervisor)
        first = supervisor._serving()[0]
        os.kill(hanging, signal.SIGSTOP)
        await until(lambda: hanging not in pids(supervisor))
        await until(lambda: len(pids(supervisor)) == 2)
        os.kill(slow, signal.SIGSTOP)
        await until(first._asking.locked)
        heard = first.heard
        os.kill(slow, signal.SIGCONT)
        await until(lambda: first.heard >= heard + 2)
        assert slow in pids(supervisor)
        shown = (await ask(opened, "/metrics"))[1]
        assert "mailbot_worker_restarts_total 1.0" in shown


async def test_a_worker_that_hangs_does_not_hold_up_the_renewal(settings, monkeypatch):
    monkeypatch.setattr(child_module, "LEAVE_SECONDS", 0.5)
    supervisor = Supervisor(settings)
    async with running(supervisor):
        before = pids(supervisor)
        os.kill(before[0], signal.SIGSTOP)
        supervisor.renew()
        await until(lambda: len({*pids(supervisor)} - {*before}) == 2)


async def test_a_stop_that_comes_while_a_worker_is_made_ends_that_one_too(
    settings, monkeypatch
):
    made = asyncio.Event()
    make = asyncio.create_subprocess_exec

    async def make_and_stop(*arguments: Any, **keywords: Any) -> Process:
        process = await make(*arguments, **keywords)
        made.set()
        await supervisor._stopping.wait()
        await asyncio.sleep(0)
        return process

    supervisor = Supervisor(settings)
    async with running(supervisor):
        monkeypatch.setattr(asyncio, "create_subprocess_exec", make_and_stop)
        os.kill(pids(supervisor)[0], signal.SIGKILL)
        async with asyncio.timeout(60):
            await made.wait()
