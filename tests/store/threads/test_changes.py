"""What was done is kept, and who is apart stays so."""

from datetime import timedelta

from mailbot_server.core.thread import Change, ChangeKind
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import changes
from tests.fakes.clock import FakeClock


async def test_changes_come_back_oldest_first_and_only_of_these_threads(
    db: Database, clock: FakeClock
) -> None:
    done = [
        Change(
            kind=kind,
            changed_at=clock() + timedelta(seconds=number),
            thread_id=f"thr_{number % 2}",
            other_thread_ids=("thr_8", "thr_9"),
            changed_by="key_1",
            message_id="msg_1" if kind is ChangeKind.MERGED_BY_MESSAGE else "",
        )
        for number, kind in enumerate(ChangeKind)
    ]
    for change in done:
        await db.write(changes.record, "acc_1", change)
        clock.advance(seconds=1)
    assert await db.read(changes.recorded, ["thr_0", "thr_1"], 9) == done
    assert await db.read(changes.recorded, ["thr_0"], 9) == done[::2]
    assert await db.read(changes.recorded, ["thr_0", "thr_1"], 2) == done[:2]


def _pairs(tx: Transaction) -> set[tuple[str, str]]:
    return {(one, other) for one, other in tx.all("SELECT * FROM thread_apart")}


async def test_a_survivor_inherits_what_others_were_kept_apart_from(
    db: Database,
) -> None:
    for pair in (("a", "x"), ("b", "y"), ("a", "b"), ("y", "z")):
        await db.write(changes.keep_apart, *pair)
    found = await db.read(changes.apart, ["a", "b", "x"])
    assert found == {("a", "x"), ("x", "a"), ("a", "b"), ("b", "a")}
    await db.write(changes.inherit, "a", ["b"])
    assert await db.read(_pairs) == {
        *(("a", "x"), ("x", "a"), ("a", "y"), ("y", "a")),
        *(("y", "z"), ("z", "y")),
    }
