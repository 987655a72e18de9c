"""Input that waits to be read: lines, pieces, limits, interruptions."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.engine.inbound.wire import (
    COMMAND_MAX,
    HIGH_WATER,
    InputEnded,
    LineTooLong,
    Wire,
)


class Tap:
    """Stands for the transport: only whether it is read from."""

    is_open: Any = True

    def pause_reading(self) -> None:
        self.is_open = False

    def resume_reading(self) -> None:
        self.is_open = True


def lines_of(wire: Wire) -> list[bytes | None]:
    """Every whole line; None for one that was too long."""
    found: list[bytes | None] = []
    while True:
        try:
            line = wire.take_line()
        except LineTooLong:
            found.append(None)
            continue
        if line is None:
            return found
        found.append(line)


@given(
    st.lists(st.sampled_from([b"", b"NOOP\r", b"x" * COMMAND_MAX, b"y" * 5000])),
    st.integers(min_value=1, max_value=3000),
)
def test_lines_are_the_same_however_they_come(lines, step):
    octets = b"".join(line + b"\n" for line in lines)
    wire = Wire()
    found = []
    for start in range(0, len(octets), step):
        wire.feed(octets[start : start + step])
        found += lines_of(wire)
    assert found == [line if len(line) <= COMMAND_MAX + 1 else None for line in lines]
    assert not wire


def test_a_line_that_never_ends_is_not_kept():
    wire = Wire()
    for _ in range(100):
        wire.feed(b"x" * 1000)
        assert wire.take_line() is None
        assert len(wire.take_all()) <= COMMAND_MAX + 1


def test_what_was_taken_too_much_can_be_given_back():
    wire = Wire()
    wire.feed(b"content.\r\nQUIT\r\n")
    assert wire.take_all() == b"content.\r\nQUIT\r\n"
    wire.feed(b"more")
    wire.give_back(b"QUIT\r\n")
    assert wire.take_line() == b"QUIT\r"
    assert wire.take_all() == b"more"


def test_a_client_that_sends_too_fast_is_no_longer_read_from():
    wire, tap = Wire(), Tap()
    wire.transport = tap  # type: ignore[assignment]
    wire.feed(b"x" * HIGH_WATER)
    assert tap.is_open
    wire.feed(b"x")
    assert not tap.is_open
    wire.take_all()
    assert tap.is_open


def test_a_client_is_read_from_again_after_an_endless_line():
    wire, tap = Wire(), Tap()
    wire.transport = tap  # type: ignore[assignment]
    wire.feed(b"x" * (HIGH_WATER + 1))
    assert wire.take_line() is None
    assert tap.is_open


async def test_waiting_ends_when_something_comes():
    wire = Wire()
    waiting = asyncio.create_task(wire.wait())
    await asyncio.sleep(0)
    seen = [wire.is_waiting]
    wire.feed(b"a")
    seen.append(wire.is_waiting)
    await waiting
    assert seen == [True, False]


async def test_waiting_ends_when_nothing_more_will_come():
    wire = Wire()
    waiting = asyncio.create_task(wire.wait())
    await asyncio.sleep(0)
    wire.feed_end()
    await waiting
    with pytest.raises(InputEnded):
        await wire.wait()


async def test_an_interruption_reaches_who_waits_and_who_will():
    wire = Wire()
    waiting = asyncio.create_task(wire.wait())
    await asyncio.sleep(0)
    wire.interrupt(KeyError("enough"))
    with pytest.raises(KeyError):
        await waiting
    with pytest.raises(KeyError):
        await wire.wait()


async def test_an_interruption_comes_after_what_was_there_first():
    wire = Wire()
    waiting = asyncio.create_task(wire.wait())
    await asyncio.sleep(0)
    wire.feed(b"a")
    wire.interrupt(KeyError("enough"))
    await waiting
    with pytest.raises(KeyError):
        await wire.wait()


async def test_resting_takes_its_time_whatever_comes():
    wire = Wire()
    resting = asyncio.create_task(wire.rest(0.01))
    await asyncio.sleep(0)
    wire.feed(b"a")
    wire.feed_end()
    await asyncio.sleep(0)
    assert not resting.done()
    await resting
    assert wire.take_all() == b"a"


async def test_resting_ends_at_once_when_it_is_interrupted():
    wire = Wire()
    resting = asyncio.create_task(wire.rest(3600))
    await asyncio.sleep(0)
    assert wire.is_waiting
    wire.interrupt(KeyError("enough"))
    with pytest.raises(KeyError):
        await resting
    with pytest.raises(KeyError):
        await wire.rest(3600)
