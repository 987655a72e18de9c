"""Durable readers: kept as they are, moved, overtaken by trimming, idle."""

from dataclasses import replace
from datetime import timedelta

from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.core.message import MessageView
from mailbot_server.core.subscription import Kind, Mode, State, Subscription
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import rows
from tests.fakes.clock import FakeClock
from tests.store.subscriptions.world import (
    ACCOUNT,
    SUB,
    begin,
    done,
    happen,
    keys,
    now_of,
    positions,
    seek,
    subscription,
    take,
    trim,
)


async def test_a_reader_comes_back_as_it_went_in(
    db: Database, clock: FakeClock
) -> None:
    new = subscription(
        clock(),
        mode=Mode.EXCLUSIVE,
        filter=EventFilter(
            types=(EventType.MESSAGE_BOUNCED, EventType.MESSAGE_SENT),
            inbox_ids=("inb_1",),
            smtp_codes=(550,),
            starts_at=clock(),
            visible_inbox_ids=(),
        ),
        display_name="Ledger",
        view=MessageView.FULL,
        ack_deadline=timedelta(milliseconds=1500),
        idle_ttl=timedelta(hours=1),
        is_ordered=True,
        acked=3,
        handed=4,
        consumer_id="one",
        consumed_at=clock(),
        stream="str_1",
        last=4,
        rounds=2,
        reached=4,
        redeliver_at=clock(),
        version=7,
    )
    await db.write(begin, [new])
    assert await db.read(rows.get, ACCOUNT, SUB) == new
    assert await db.read(rows.get, "acc_2", SUB) is None
    changed = replace(new, filter=EventFilter(), idle_ttl=None, consumed_at=None)
    await db.write(rows.update, changed)
    assert await now_of(db) == changed


async def test_a_list_is_of_one_kind_and_account_newest_first(
    db: Database, clock: FakeClock
) -> None:
    readers = [
        subscription(clock(), id="sub_1"),
        subscription(clock(), id="sub_2"),
        subscription(clock(), id="whk_3", kind=Kind.WEBHOOK),
        subscription(clock(), id="sub_4", account_id="acc_2"),
    ]
    await db.write(begin, readers)

    async def ids(kind: Kind, before: str = "", limit: int = 10) -> list[str]:
        found = await db.read(rows.list_, ACCOUNT, kind, before, limit)
        return [each.id for each in found]

    assert await ids(Kind.STREAM) == ["sub_2", "sub_1"]
    assert await ids(Kind.STREAM, limit=1) == ["sub_2"]
    assert await ids(Kind.STREAM, before="sub_2") == ["sub_1"]
    assert await ids(Kind.WEBHOOK) == ["whk_3"]
    assert await db.read(rows.count, ACCOUNT, Kind.STREAM) == 2
    assert await db.read(rows.count, "acc_9", Kind.STREAM) == 0


async def test_a_seek_forgets_what_the_log_handed_out_and_makes_its_leases_stale(
    db: Database, clock: FakeClock
) -> None:
    await db.write(begin, [subscription(clock())])
    await db.write(happen, 4)
    until = clock() + timedelta(seconds=30)
    first = await db.write(take, "a", 4, until)
    await db.write(done, keys(first.handouts[:2]))
    await db.write(seek, 1)
    moved = await now_of(db)
    assert (moved.acked, moved.handed, moved.generation) == (1, 1, 2)
    stale = await db.write(done, keys(first.handouts))
    assert stale == keys(first.handouts)
    again = await db.write(take, "a", 4, until)
    assert positions(again.handouts) == [2, 3, 4]
    assert await db.write(done, keys(first.handouts)) == keys(first.handouts)
    assert await db.write(done, keys(again.handouts)) == []
    assert (await now_of(db)).acked == 4


async def test_a_reader_whose_next_event_was_trimmed_is_overtaken(
    db: Database, clock: FakeClock
) -> None:
    behind = subscription(clock(), id="sub_1", acked=2, handed=3)
    beyond = subscription(clock(), id="sub_2", acked=3, handed=3)
    known = subscription(clock(), id="sub_3", state=State.EXPIRED)
    await db.write(begin, [behind, beyond, known])
    await db.write(happen, 5)
    assert await db.read(rows.overtaken, 10) == []
    await db.write(trim, 3)
    assert [each.id for each in await db.read(rows.overtaken, 10)] == ["sub_1"]


async def test_a_reader_is_idle_when_nobody_was_connected_for_its_time(
    db: Database, clock: FakeClock
) -> None:
    never = subscription(clock(), id="sub_1", idle_ttl=timedelta(minutes=1))
    always = subscription(clock(), id="sub_2")
    await db.write(begin, [never, always])
    assert await db.read(rows.idle, 10) == []
    clock.advance(seconds=59)
    await db.write(rows.see, "sub_1")
    clock.advance(seconds=59)
    assert await db.read(rows.idle, 10) == []
    clock.advance(seconds=1)
    assert [each.id for each in await db.read(rows.idle, 10)] == ["sub_1"]


async def test_the_lag_is_that_of_the_slowest_reader_of_a_kind(
    db: Database, clock: FakeClock
) -> None:
    readers: list[Subscription] = [
        subscription(clock(), id="sub_1", acked=1),
        subscription(clock(), id="sub_2", acked=4),
        subscription(clock(), id="sub_3", state=State.EXPIRED),
        subscription(clock(), id="whk_4", kind=Kind.WEBHOOK, acked=5),
    ]
    await db.write(begin, readers)
    await db.write(happen, 5)
    assert await db.read(rows.lags) == {"stream": 4, "webhook": 0}


async def test_deleting_leaves_no_row(db: Database, clock: FakeClock) -> None:
    await db.write(begin, [subscription(clock())])
    await db.write(happen, 3)
    await db.write(take, "a", 3, clock() + timedelta(seconds=30))
    await db.write(rows.delete, SUB)
    assert await db.read(rows.get, ACCOUNT, SUB) is None
    assert await db.read(_handouts) == 0


def _handouts(tx: Transaction) -> int:
    row = tx.one("SELECT COUNT(*) FROM handout")
    return int(row[0]) if row else 0
