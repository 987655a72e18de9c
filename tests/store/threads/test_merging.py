"""Threads are merged by hand once, and stay so."""

import asyncio

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.thread import ChangeKind
from mailbot_server.store import threads
from mailbot_server.store.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.conversing import receive, recount
from tests.store.threads.conftest import Shown


async def test_a_merge_is_recorded_once_however_many_ask_at_once(
    db: Database, inbox: Inbox, clock: FakeClock, shown: Shown
) -> None:
    known = []
    for number in range(4):
        known.append(
            await shown((await receive(db, inbox, f"{number}@x")).attached.root_id)
        )
        clock.advance(seconds=1)
    done = await asyncio.gather(
        *(db.write(threads.merge, known, f"key_{number}") for number in range(5))
    )
    first = known[0].id
    assert sorted(map(len, done)) == [1, 1, 1, 1, 4]
    assert {each[0] for each in done} == {first}
    (change,) = (await db.read(threads.explain, first)).changes
    assert change.kind is ChangeKind.MERGED_BY_HAND
    assert change.other_thread_ids == tuple(each.id for each in known[1:])
    answer = await receive(db, inbox, "9@x", "3@x")
    assert answer.attached.root_id == first
    await db.read(recount, inbox.id)
