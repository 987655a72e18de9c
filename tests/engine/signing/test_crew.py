import asyncio
import threading

import pytest

from mailbot_server.engine.signing import crew as crews
from mailbot_server.engine.signing.crew import Crew


@pytest.fixture
def crew():
    made = Crew[int](2, "test")
    yield made
    made.close()


async def test_each_is_told_its_own_result(crew):
    found = await asyncio.gather(*(crew.run(lambda n=n: n * n) for n in range(50)))
    assert found == [n * n for n in range(50)]


async def test_what_comes_together_goes_together_and_every_thread_has_a_share(
    crew, monkeypatch
):
    handed = []
    everything = crews._all

    def noted(works):
        handed.append(len(works))
        return everything(works)

    monkeypatch.setattr(crews, "_all", noted)
    await asyncio.gather(*(crew.run(lambda: 1) for _ in range(6)))
    assert handed == [3, 3]
    handed.clear()
    await asyncio.gather(*(crew.run(lambda: 1) for _ in range(11)))
    assert sorted(handed) == [3, 4, 4]


async def test_the_loop_goes_on_meanwhile(crew):
    go = threading.Event()
    waiting = crew.run(lambda: int(go.wait(20)))
    await asyncio.sleep(0)
    assert not waiting.done()
    assert await crew.run(lambda: 7) == 7
    go.set()
    assert await waiting == 1


async def test_a_fault_is_told_to_who_caused_it_alone(crew):
    def fail() -> int:
        raise ZeroDivisionError

    works = [lambda: 1, fail, lambda: 2, fail]
    found = await asyncio.gather(*map(crew.run, works), return_exceptions=True)
    assert [found[0], found[2]] == [1, 2]
    assert [type(found[1]), type(found[3])] == [ZeroDivisionError, ZeroDivisionError]
    assert await asyncio.gather(*(crew.run(lambda: 3) for _ in range(9))) == [3] * 9


async def test_who_gives_up_takes_nobody_along(crew):
    gone, stays = crew.run(lambda: 1), crew.run(lambda: 2)
    gone.cancel()
    assert await stays == 2


async def test_a_closed_crew_cancels_what_waits_and_what_comes():
    crew = Crew[int](1, "test")
    go = threading.Event()
    running = crew.run(lambda: int(go.wait(20)))
    await asyncio.sleep(0)
    waits = crew.run(lambda: 1)
    crew.close()
    assert waits.cancelled()
    assert crew.run(lambda: 1).cancelled()
    go.set()
    assert await running == 1
