"""Where the content of one message is, and that it leaves nothing behind."""

import errno
import tracemalloc

import pytest

from mailbot_server.engine.inbound.room.holding import MEMORY_MAX, Holding

PIECE = bytes(range(256)) * 256


def held(budget) -> tuple[int, int, int]:
    """Octets in memory, in files, and read back."""
    return budget._coming, budget._files, budget._loaded


async def test_a_small_message_stays_in_memory(budget, tmp_path):
    holding = Holding(budget)
    assert holding.write(b"Hello ")
    assert holding.write(b"Ann")
    assert await holding.load() == b"Hello Ann"
    assert held(budget) == (9, 0, 0)
    holding.close()
    holding.close()
    assert held(budget) == (0, 0, 0)


async def test_a_large_one_is_in_a_file_that_has_no_name(budget, tmp_path):
    holding = Holding(budget)
    for _ in range(20):
        assert holding.write(PIECE)
    assert held(budget) == (0, len(PIECE) * 20, 0)
    assert list(tmp_path.iterdir()) == []
    assert await holding.load() == PIECE * 20
    assert held(budget)[2] > 0
    holding.close()
    assert held(budget) == (0, 0, 0)


@pytest.mark.parametrize("size", [MEMORY_MAX - 1, MEMORY_MAX, MEMORY_MAX + 1])
async def test_nothing_is_lost_where_memory_ends(budget, size):
    content = (PIECE * (size // len(PIECE) + 1))[:size]
    holding = Holding(budget)
    for start in range(0, size, 1000):
        assert holding.write(content[start : start + 1000])
    assert await holding.load() == content
    assert (holding._file is not None) == (size > MEMORY_MAX)
    holding.close()


async def test_what_comes_while_memory_is_full_goes_to_a_file_at_once(budget):
    budget.keep(budget._half)
    holding = Holding(budget)
    assert holding.write(b"Hello")
    assert await holding.load() == b"Hello"
    assert holding._file is not None
    holding.close()


def test_a_large_message_takes_no_more_memory_than_a_small_one(budget):
    holding = Holding(budget)
    tracemalloc.start()
    try:
        for _ in range(200):
            assert holding.write(PIECE)
        assert tracemalloc.get_traced_memory()[1] < 3 * MEMORY_MAX
    finally:
        tracemalloc.stop()
        holding.close()


def test_without_room_for_files_nothing_is_held(budget):
    budget.file(budget._files_max - MEMORY_MAX)
    holding = Holding(budget)
    while holding.write(PIECE):
        pass
    assert held(budget) == (0, budget._files_max - MEMORY_MAX, 0)
    holding.close()
    assert held(budget) == (0, budget._files_max - MEMORY_MAX, 0)


class Full:
    """A file on a disk that takes a few octets more, or none."""

    def __init__(self, takes: int) -> None:
        self._takes = takes

    def write(self, piece: bytes) -> int:
        if not self._takes:
            raise OSError(errno.ENOSPC, "No space left on device")
        return min(self._takes, len(piece))

    def close(self) -> None:
        pass


@pytest.mark.parametrize("takes", [0, 7])
def test_A9_a_disk_that_is_full_leaves_nothing_held(budget, monkeypatch, takes):
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full(takes))
    holding = Holding(budget)
    for _ in range(MEMORY_MAX // len(PIECE)):
        assert holding.write(PIECE)
    assert not holding.write(PIECE)
    assert held(budget) == (0, 0, 0)


def test_a_folder_that_is_gone_leaves_nothing_held(budget, tmp_path):
    budget.folder = tmp_path / "gone"
    holding = Holding(budget)
    while holding.write(PIECE):
        pass
    assert held(budget) == (0, 0, 0)


async def test_a_holding_that_is_closed_gives_nothing(budget):
    holding = Holding(budget)
    holding.close()
    with pytest.raises(AssertionError):
        await holding.load()
