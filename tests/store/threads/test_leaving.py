from typing import Any

import pytest

from mailbot_server.store.threads import leaving, members
from tests.fakes.conversing import OUT, receive


async def test_what_is_left_is_read_from_the_newest_of_each_kind(db, clock, inbox):
    made = []
    kinds: tuple[dict[str, Any], ...] = ({}, {"direction": OUT}, {"automated": True})
    for number, more in enumerate(kinds):
        ties = (f"{number}@x", "0@x")[: number + 1]
        made.append((await receive(db, inbox, *ties, **more)).message)
        clock.advance(seconds=1)
    first, second, third = made
    root = first.thread_id

    def total_without(tx, gone):
        before = leaving.total(tx, root)
        moved = members.these(tx, [root], [gone.id])
        tx.execute("DELETE FROM message WHERE id = ?", gone.id)
        return leaving.without(tx, [root], before, moved)

    left = await db.write(total_without, first)
    assert (left.inbound_count, left.outbound_count) == (1, 1)
    assert left.last_message_id == third.id
    assert left.last_manual_id == second.id
    assert left.is_unreplied == 0


async def test_a_thread_that_there_is_not_is_a_fault(db):
    with pytest.raises(AssertionError):
        await db.read(leaving.total, "thr_none")
