"""Room for requests is shared by accounts, however many one of them has."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from mailbot_server.engine.webhooks.turns import Turns


class Requests:
    """Requests that last until they are ended, in the order in which they began."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._tasks: list[asyncio.Task[None]] = []
        self._ends: dict[str, asyncio.Event] = {}
        self.begun: list[str] = []

    async def ask(self, *names: str) -> None:
        """Each name begins with its account's."""
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks.append(asyncio.create_task(self._run(name), name=name))
        await self.settled()

    async def end(self, *names: str) -> None:
        for name in names:
            self._ends[name].set()
            await self.settled()

    async def call_off(self, *names: str) -> None:
        for task in self._tasks:
            if task.get_name() in names:
                task.cancel()
        await self.settled()

    async def settled(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, name: str) -> None:
        async with self._turns.of(name[0]):
            self.begun.append(name)
            await self._ends[name].wait()


@asynccontextmanager
async def room(most: int) -> AsyncIterator[Requests]:
    made = Requests(Turns(most))
    yield made
    await made.close()


async def test_there_are_so_many_at_a_time_and_each_has_its_turn():
    async with room(2) as requests:
        await requests.ask("a1", "a2", "a3", "a4")
        assert requests.begun == ["a1", "a2"]
        await requests.end("a2", "a1")
        assert requests.begun == ["a1", "a2", "a3", "a4"]


async def test_one_account_with_many_does_not_hold_up_another_with_one():
    async with room(3) as requests:
        await requests.ask(*(f"a{number}" for number in range(9)))
        await requests.ask("b1")
        await requests.end("a0")
        assert requests.begun[3:] == ["b1"]


async def test_accounts_with_as_many_take_turns():
    async with room(1) as requests:
        await requests.ask("a1", "a2", "a3", "b1", "b2", "c1")
        await requests.end("a1", "a2", "b1", "c1", "a3")
        assert requests.begun == ["a1", "a2", "b1", "c1", "a3", "b2"]


@pytest.mark.parametrize("called_off", [("a2",), ("a1",), ("a1", "a2"), ("b1",)])
async def test_who_is_called_off_keeps_no_room(called_off):
    async with room(1) as requests:
        await requests.ask("a1", "a2", "b1")
        await requests.call_off(*called_off)
        left = {"a1", "a2", "b1"} - {*called_off}
        await requests.end(*sorted(left))
        assert {*requests.begun} >= left
        await requests.ask("c1")
        assert requests.begun[-1] == "c1"


async def test_a_turn_that_came_together_with_a_cancellation_goes_to_the_next():
    turns = Turns(1)
    first = turns.of("a")
    await first.__aenter__()
    waits = asyncio.create_task(turns.of("b").__aenter__())
    await asyncio.sleep(0)
    await first.__aexit__(None, None, None)
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    async with asyncio.timeout(1), turns.of("c"):
        pass
