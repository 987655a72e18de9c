"""Name servers that are gone are told from names that nobody answers for."""

import asyncio

import pytest

from mailbot_server.config import load
from mailbot_server.engine.dns import Resolver, Status
from mailbot_server.engine.dns.silence import LOOKS_AFTER, MISSES_MAX, Silence
from tests.fakes.nameserver import NameServer, records, silence


class Root:
    """Answers what the test says, and counts."""

    def __init__(self) -> None:
        self.status = Status.TIMEOUT
        self.looks = 0

    async def look(self) -> Status:
        self.looks += 1
        return self.status


@pytest.fixture
def root() -> Root:
    return Root()


@pytest.fixture
def quiet(clock, root) -> Silence:
    return Silence(clock, root.look)


async def miss(quiet: Silence, times: int) -> None:
    for _ in range(times):
        quiet.learn(Status.TIMEOUT)
    for _ in range(3):
        await asyncio.sleep(0)


async def looked(resolver: Resolver) -> None:
    looking = resolver._silence._looking
    assert looking is not None
    await looking


async def test_a_few_questions_without_an_answer_prove_nothing(quiet, root):
    await miss(quiet, MISSES_MAX - 1)
    assert not quiet.reigns()
    assert root.looks == 0


async def test_an_answer_begins_the_count_again(quiet, root):
    await miss(quiet, MISSES_MAX - 1)
    quiet.learn(Status.NXDOMAIN)
    await miss(quiet, MISSES_MAX - 1)
    assert root.looks == 0


async def test_servers_that_know_the_root_are_not_silent(quiet, root):
    root.status = Status.NODATA
    await miss(quiet, MISSES_MAX)
    assert root.looks == 1
    assert not quiet.reigns()


async def test_servers_that_do_not_even_know_the_root_are(quiet, root):
    await miss(quiet, MISSES_MAX)
    assert quiet.reigns()


async def test_silence_is_looked_into_again_and_ends(quiet, root, clock):
    await miss(quiet, MISSES_MAX)
    root.status = Status.OK
    assert quiet.reigns(), "not so soon"
    assert root.looks == 1
    clock.now += LOOKS_AFTER
    assert quiet.reigns(), "until the look has ended"
    await miss(quiet, 0)
    assert root.looks == 2
    assert not quiet.reigns()


async def test_one_look_at_a_time(clock):
    gate = asyncio.Event()
    looks = 0

    async def look() -> Status:
        nonlocal looks
        looks += 1
        await gate.wait()
        return Status.OK

    quiet = Silence(clock, look)
    await miss(quiet, MISSES_MAX)
    clock.advance(minutes=1)
    await miss(quiet, MISSES_MAX)
    assert looks == 1
    gate.set()
    await miss(quiet, 0)


async def test_an_answer_while_it_is_looked_for_counts(clock):
    gate = asyncio.Event()

    async def look() -> Status:
        await gate.wait()
        return Status.TIMEOUT

    quiet = Silence(clock, look)
    await miss(quiet, MISSES_MAX)
    quiet.learn(Status.OK)
    gate.set()
    await miss(quiet, 0)
    assert not quiet.reigns()


async def test_a_resolver_asks_no_silent_server_and_comes_back(clock, metrics):
    async with NameServer() as server:
        settings = load(dns_servers=(server.address,), dns_seconds=0.2)
        resolver = Resolver(clock, settings, metrics)
        names = [f"n{number}.example.com" for number in range(MISSES_MAX)]
        for name in (*names, "late.example.com", "."):
            server.answers[name, "TXT"] = silence
        await asyncio.gather(*(resolver.txt(name) for name in names))
        await looked(resolver)
        asked = len(server.queries)
        assert (await resolver.txt("late.example.com")).status is Status.TIMEOUT
        assert len(server.queries) == asked, "nobody was asked"
        server.answers["late.example.com", "TXT"] = records(
            'late.example.com. 60 IN TXT "here"'
        )
        del server.answers[".", "TXT"]
        clock.now += LOOKS_AFTER
        assert (await resolver.txt("late.example.com")).status is Status.TIMEOUT
        await looked(resolver)
        assert (await resolver.txt("late.example.com")).texts == (b"here",)
