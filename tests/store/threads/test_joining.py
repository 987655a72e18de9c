"""Roots that are locked are what they are now, and merges keep count."""

from mailbot_server.core.inbox import Inbox
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import joining
from tests.fakes.clock import FakeClock
from tests.fakes.conversing import OUT, receive, recount


def _lock(tx: Transaction, inbox_id: str, roots: list[str]) -> dict[str, str]:
    return joining.lock(tx, inbox_id, roots)


def _join(tx: Transaction, inbox_id: str, roots: list[str]) -> tuple[str, ...]:
    return joining.join(tx, inbox_id, roots)


async def test_the_oldest_survives_and_waits_as_the_newest_message_says(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    roots = []
    for number, direction in enumerate((None, OUT, None)):
        more = {"direction": direction} if direction else {}
        arrived = await receive(db, inbox, f"{number}@x", sender=number, **more)
        roots.append(arrived.attached.root_id)
        clock.advance(seconds=1)
    assert await db.write(_lock, inbox.id, roots) == dict(
        zip(roots, roots, strict=True)
    )
    assert await db.write(_join, inbox.id, roots[1::-1]) == tuple(roots[:2])
    await db.read(recount, inbox.id)
    assert await db.write(_join, inbox.id, [roots[0]]) == (roots[0],)
    assert await db.write(_join, inbox.id, [roots[2], roots[0]]) == (
        roots[0],
        roots[2],
    )
    await db.read(recount, inbox.id)


async def test_ids_that_were_merged_meanwhile_lead_to_what_is_locked(
    db: Database, inbox: Inbox, clock: FakeClock
) -> None:
    roots = []
    for number in range(3):
        arrived = await receive(db, inbox, f"{number}@x")
        roots.append(arrived.attached.root_id)
        clock.advance(seconds=1)
    await db.write(_join, inbox.id, roots[:2])
    found = await db.write(joining.lock_by_any_id, inbox.id, roots[1:])
    assert found == {roots[1]: roots[0], roots[2]: roots[2]}
    found = await db.write(joining.lock_by_any_id, inbox.id, [roots[1]])
    assert found == {roots[1]: roots[0]}
