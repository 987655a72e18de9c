"""Who may hold how much, and whose turn it is."""

import asyncio

import pytest

from mailbot_server.config import load
from mailbot_server.engine.inbound.room import budget as module
from mailbot_server.engine.inbound.room.budget import COPIES, Budget, NoRoom
from mailbot_server.engine.shortage import Shortage

HALF = 8 * 1024 * 1024
FILES = 64 * 1024 * 1024
LARGE = HALF // COPIES


@pytest.fixture
def disk():
    """Free and all bytes."""
    return [FILES * 1000, FILES * 1000]


@pytest.fixture
def tight(metrics, tmp_path, disk):
    """As little as may be set."""
    settings = load(
        data_dir=tmp_path, smtp_memory_bytes_max=HALF * 2, smtp_files_bytes_max=FILES
    )
    shortage = Shortage(settings, metrics, free=lambda _: (disk[0], disk[1]))
    return Budget(settings, shortage)


def test_memory_for_what_comes_has_its_limit(tight):
    assert tight.keep(HALF - 1)
    assert tight.keep(1)
    assert not tight.keep(1)
    tight.drop(1)
    assert tight.keep(1)


def test_files_have_theirs_and_a_message_that_cannot_fit_need_not_be_sent(tight):
    assert not tight.is_full(FILES)
    assert tight.file(FILES - 100)
    assert not tight.is_full(100)
    assert tight.is_full(101)
    assert not tight.file(101)
    tight.unfile(FILES - 100)
    assert not tight.is_full(FILES)


def test_A10_on_a_machine_that_runs_short_there_is_no_room(tight, disk):
    disk[0] = 0
    assert tight.is_full(0)


async def test_large_messages_are_in_memory_one_after_the_other(tight):
    await tight.load(LARGE)
    order = []

    async def come(name: str, octets: int) -> None:
        await tight.load(octets)
        order.append(name)

    later = [asyncio.create_task(come(name, LARGE)) for name in "ab"]
    small = asyncio.create_task(come("small", 1))
    await asyncio.sleep(0)
    assert order == []
    tight.unload(LARGE)
    await later[0]
    tight.unload(LARGE)
    await later[1]
    assert not small.done()
    tight.unload(LARGE)
    await small
    assert order == ["a", "b", "small"]


async def test_one_that_is_larger_than_all_the_memory_may_be_there_alone(tight):
    await tight.load(HALF * 10)
    waiting = asyncio.create_task(tight.load(1))
    await asyncio.sleep(0)
    assert not waiting.done()
    tight.unload(HALF * 10)
    await waiting


async def test_who_waits_too_long_is_told_and_leaves_the_turn_to_others(
    tight, monkeypatch
):
    await tight.load(LARGE - 1)
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.01)
    with pytest.raises(NoRoom):
        await tight.load(LARGE)
    monkeypatch.setattr(module, "WAIT_SECONDS", 10)
    await tight.load(1)


async def test_who_gives_up_lets_those_behind_pass(tight):
    await tight.load(LARGE - 1)
    large = asyncio.create_task(tight.load(LARGE))
    small = asyncio.create_task(tight.load(1))
    await asyncio.sleep(0)
    large.cancel()
    await small
    assert large.cancelled()


async def test_a_turn_that_comes_too_late_is_given_back(tight):
    await tight.load(LARGE)
    late = asyncio.create_task(tight.load(LARGE))
    await asyncio.sleep(0)
    tight.unload(LARGE)
    late.cancel()
    await asyncio.wait([late])
    assert late.cancelled()
    await tight.load(LARGE)
