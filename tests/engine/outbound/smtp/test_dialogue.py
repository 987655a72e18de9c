"""What those who watch a destination see, and what they never see."""

import asyncio
from itertools import pairwise

import pytest

from mailbot_server.engine.outbound.smtp import dialogue
from mailbot_server.engine.outbound.smtp.dialogue import Dialogues, Direction


@pytest.fixture
def dialogues(clock) -> Dialogues:
    return Dialogues(clock)


def test_nobody_watches_so_nothing_is_reported(dialogues):
    assert dialogues.tap("dlv_1", "example.com") is None


def test_only_the_chosen_destination_is_reported(dialogues):
    with dialogues.watch("example.com"):
        assert dialogues.tap("dlv_1", "example.org", "mx.example.org") is None
        assert dialogues.tap("dlv_1", "example.com", "mx.example.net") is not None
    assert dialogues.tap("dlv_1", "example.com") is None


async def test_lines_come_in_order_with_all_that_is_known(dialogues, clock):
    with dialogues.watch("example.com") as watcher:
        tap = dialogues.tap("dlv_1", "example.com")
        assert tap is not None
        tap.show("mx (192.0.2.1:25)", Direction.SENT, "EHLO mail.example.net")
        clock.advance(seconds=1)
        tap.show("mx (192.0.2.1:25)", Direction.HEARD, "250 hello")
        first, second = await anext(watcher), await anext(watcher)
    assert (first.delivery_id, first.host) == ("dlv_1", "mx (192.0.2.1:25)")
    assert (first.direction, first.text) == (Direction.SENT, "EHLO mail.example.net")
    assert (second.direction, second.text) == (Direction.HEARD, "250 hello")
    assert (second.at - first.at).total_seconds() == 1


async def test_who_waits_is_woken_by_the_next_line(dialogues):
    with dialogues.watch("example.com") as watcher:
        waiting = asyncio.create_task(anext(aiter(watcher)))
        await asyncio.sleep(0)
        assert not waiting.done()
        dialogues.tap("dlv_1", "example.com").show("mx", Direction.NOTE, "connecting")
        assert (await waiting).text == "connecting"


async def test_every_watcher_sees_the_line(dialogues):
    with dialogues.watch("example.com") as one, dialogues.watch("mx:25") as two:
        dialogues.tap("dlv_1", "example.com", "mx:25").show(
            "mx", Direction.SENT, "DATA"
        )
        assert (await anext(one)).text == (await anext(two)).text == "DATA"


async def test_what_is_not_read_in_time_is_dropped_and_counted(dialogues):
    with dialogues.watch("example.com") as watcher:
        tap = dialogues.tap("dlv_1", "example.com")
        for number in range(dialogue.LINES_MAX + 3):
            tap.show("mx", Direction.SENT, str(number))
        assert watcher.dropped == 3
        lines = [await anext(watcher) for _ in range(dialogue.LINES_MAX)]
    assert all(int(a.text) + 1 == int(b.text) for a, b in pairwise(lines))


async def test_a_line_is_cut(dialogues):
    with dialogues.watch("example.com") as watcher:
        dialogues.tap("dlv_1", "example.com").show("mx", Direction.HEARD, "x" * 5000)
        assert len((await anext(watcher)).text) == dialogue.TEXT_MAX
