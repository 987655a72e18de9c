"""A thread is labelled under any of its ids, up to a number."""

import asyncio

from mailbot_server.core.inbox import Inbox
from mailbot_server.store import threads
from mailbot_server.store.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.conversing import receive, recount
from tests.store.threads.conftest import Shown


async def test_adding_wins_over_removing(
    db: Database, inbox: Inbox, shown: Shown
) -> None:
    known = await shown((await receive(db, inbox, "1@x")).attached.root_id)
    assert await db.write(threads.relabel, known, ["b", "a"], ["b"]) == ("a", "b")
    assert await db.write(threads.relabel, known, [], ["b", "x"]) == ("a",)
    assert (await shown(known.id)).labels == ("a",)


async def test_too_many_are_told_and_not_written(
    db: Database, inbox: Inbox, shown: Shown
) -> None:
    known = await shown((await receive(db, inbox, "1@x")).attached.root_id)
    many = [f"l{number}" for number in range(21)]
    assert len(await db.write(threads.relabel, known, many, [])) == 21
    assert (await shown(known.id)).labels == ()
    await db.read(recount, inbox.id)


async def test_nobody_s_label_is_lost_when_many_label_at_once(
    db: Database, inbox: Inbox, clock: FakeClock, shown: Shown
) -> None:
    """Nor when a merge comes between: whoever looked before it labels its survivor."""
    first = await shown((await receive(db, inbox, "1@x")).attached.root_id)
    clock.advance(seconds=1)
    other = await shown((await receive(db, inbox, "2@x")).attached.root_id)
    await asyncio.gather(
        *(db.write(threads.relabel, first, [f"a{n}"], []) for n in range(6)),
        db.write(threads.merge, [first, other], "key_1"),
        *(db.write(threads.relabel, other, [f"b{n}"], []) for n in range(6)),
    )
    expected = {*(f"a{n}" for n in range(6)), *(f"b{n}" for n in range(6))}
    assert set((await shown(other.id)).labels) == expected
    await db.read(recount, inbox.id)
