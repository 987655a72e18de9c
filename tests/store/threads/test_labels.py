"""Labels stand in the row and can be found."""

from mailbot_server.core.inbox import Inbox
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import labels
from tests.fakes.conversing import receive, recount


def _of(tx: Transaction, *thread_ids: str) -> dict[str, tuple[str, ...]]:
    return labels.of(tx, thread_ids)


async def test_only_threads_that_have_labels_are_told(
    db: Database, inbox: Inbox
) -> None:
    first = (await receive(db, inbox, "1@x")).attached.root_id
    other = (await receive(db, inbox, "2@x")).attached.root_id
    await db.write(labels.put, inbox.id, first, (), ("b", "a"))
    assert await db.read(_of, first, other) == {first: ("a", "b")}
    await db.read(recount, inbox.id)
    await db.write(labels.put, inbox.id, first, ("a", "b"), ("c", "b"))
    assert await db.read(_of, first) == {first: ("b", "c")}
    await db.read(recount, inbox.id)
    await db.write(labels.put, inbox.id, first, ("b", "c"), ())
    assert await db.read(_of, first, other) == {}
    await db.read(recount, inbox.id)
