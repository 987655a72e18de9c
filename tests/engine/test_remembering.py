"""Something is remembered until it has changed, and never what was read before that."""

import pytest

from mailbot_server.engine import remembering
from mailbot_server.engine.remembering import REMEMBERED_SECONDS, Memory
from mailbot_server.store.database.topics import Topics

TOPIC = "news"


class Seconds:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def topics() -> Topics:
    return Topics()


@pytest.fixture
def memory(topics: Topics, seconds: Seconds) -> Memory[str]:
    return Memory(topics.watch(TOPIC), seconds)


async def test_it_is_remembered_for_a_while(
    memory: Memory[str], seconds: Seconds
) -> None:
    assert memory.recall("a") is None
    memory.keep("a", "one", memory.begin())
    assert memory.recall("a") == "one"
    seconds.now += REMEMBERED_SECONDS
    assert memory.recall("a") is None


async def test_a_change_is_seen_at_once(topics: Topics, memory: Memory[str]) -> None:
    memory.keep("a", "one", memory.begin())
    topics.wake(["weather"])
    assert memory.recall("a") == "one"
    topics.wake([TOPIC])
    assert memory.recall("a") is None


@pytest.mark.parametrize("somebody_looks", [True, False])
async def test_what_was_read_before_a_change_is_not_kept(
    topics: Topics, memory: Memory[str], somebody_looks: bool
) -> None:
    begun = memory.begin()
    topics.wake([TOPIC])
    if somebody_looks:
        assert memory.recall("b") is None
    memory.keep("a", "old", begun)
    assert memory.recall("a") is None


async def test_it_is_bounded(
    memory: Memory[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "REMEMBERED_MAX", 1)
    for key in ("a", "b"):
        memory.keep(key, key, memory.begin())
    assert [memory.recall("a"), memory.recall("b")] == [None, "b"]
