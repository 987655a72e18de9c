"""What is asked for again is counted before, and written down once."""

from datetime import timedelta

import pytest

from mailbot_server.core.errors import (
    CursorGone,
    LimitExceeded,
    NotFound,
    WrongState,
)
from mailbot_server.core.event import EventFilter, EventType
from mailbot_server.core.subscription import Key, Kind
from mailbot_server.core.timeline.replay import ReplayState
from mailbot_server.engine import replaying
from mailbot_server.engine.replaying import planning
from mailbot_server.store import accounts, events
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import leases, rows
from mailbot_server.store.timeline import replays
from tests.engine.replaying.world import HOOK, asked, begin, principal, take
from tests.fakes.clock import FakeClock
from tests.fakes.racing import race
from tests.fakes.tenants import account
from tests.servers.trimming import trim
from tests.store.subscriptions import world
from tests.store.subscriptions.world import ACCOUNT, SUB, subscription


async def ids(db: Database, *positions: int) -> tuple[str, ...]:
    found = await db.read(events.at, ACCOUNT, positions)
    return tuple(found[each].id for each in positions)


async def test_a_dry_run_counts_and_writes_nothing(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "COUNTED", 3)
    await begin(db, clock)
    await db.write(world.happen, 10, inbox_id="inb_1")
    await db.write(world.happen, 4, inbox_id="inb_2")
    for wanted, number in (
        (asked(), 14),
        (asked(low=4, high=12), 8),
        (asked(low=14), 0),
        (asked(filter=EventFilter(inbox_ids=("inb_2",))), 4),
        (asked(filter=EventFilter(types=(EventType.MESSAGE_SENT,))), 0),
        (asked(event_ids=await ids(db, 9, 2, 9)), 2),
    ):
        counted = await replaying.count(db, principal(), wanted)
        assert counted.event_count == number, wanted
    assert await db.read(replays.list_, ACCOUNT, "", 9) == []


async def test_a_job_says_what_it_will_do(db: Database, clock: FakeClock) -> None:
    await begin(db, clock)
    await db.write(world.happen, 3)
    made, replayed = await replaying.begin(db, principal(), asked(low=1))
    assert not replayed
    assert await db.read(replays.get, ACCOUNT, made.id) == made
    assert (made.state, made.event_count, made.position) == (ReplayState.RUNNING, 2, 1)
    assert (made.created_by, made.created_at) == (principal().key_id, clock())
    assert made.target_ids == (SUB,)
    nothing, _ = await replaying.begin(db, principal(), asked(low=3))
    assert (nothing.state, nothing.ended_at) == (ReplayState.DONE, clock())


async def test_the_same_call_again_is_the_same_job(
    db: Database, clock: FakeClock
) -> None:
    await begin(db, clock)
    await db.write(world.happen, 3)
    wanted = asked(request_id="once", digest=b"1")
    first, _ = await replaying.begin(db, principal(), wanted)
    again, replayed = await replaying.begin(db, principal(), wanted)
    assert (again, replayed) == (first, True)
    with pytest.raises(WrongState):
        await replaying.begin(db, principal(), asked(request_id="once", digest=b"2"))


async def test_the_same_call_again_is_answered_whatever_became_of_the_log(
    db: Database, clock: FakeClock
) -> None:
    await begin(db, clock)
    await db.write(world.happen, 5)
    wanted = asked(low=1, request_id="once", digest=b"1")
    first, _ = await replaying.begin(db, principal(), wanted)
    await db.write(trim, ACCOUNT, 3)
    again, replayed = await replaying.begin(db, principal(), wanted)
    assert (again, replayed) == (first, True)
    earlier = replaying.earlier
    assert await db.read(earlier, principal(), "once", b"1") == first
    assert await db.read(earlier, principal(), "twice", b"1") is None
    with pytest.raises(WrongState):
        await db.read(earlier, principal(), "once", b"2")
    clock.advance(hours=24)
    assert await db.read(earlier, principal(), "once", b"1") is None


async def test_what_the_caller_may_not_see_is_not_there(
    db: Database, clock: FakeClock
) -> None:
    await begin(db, clock)
    await db.write(world.happen, 1, inbox_id="inb_1")
    its = await ids(db, 1)
    narrow = principal(inbox_ids=("inb_2",))
    cases = [
        (principal(), asked("sub_9")),
        (principal(), asked(SUB, "whk_9")),
        (principal(), asked(event_ids=("evt_9",))),
        (narrow, asked()),
        (narrow, asked(event_ids=its)),
    ]
    for who, wanted in cases:
        with pytest.raises(NotFound):
            await replaying.begin(db, who, wanted)


async def test_counting_ends_somewhere_and_the_job_counts_on(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "COUNTED", 3)
    monkeypatch.setattr(planning, "COUNTED_MAX", 5)
    await begin(db, clock)
    await db.write(world.happen, 10)
    counted = await replaying.count(db, principal(), asked())
    assert counted.event_count == 5
    made, _ = await replaying.begin(db, principal(), asked())
    assert made.event_count == 5
    await replaying.run(db)
    done = await db.read(replays.get, ACCOUNT, made.id)
    assert done is not None
    assert (done.event_count, done.handed_over) == (10, 10)


async def test_only_so_many_jobs_run(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "RUNNING_MAX", 2)
    await begin(db, clock)
    await db.write(world.happen, 3)
    first, _ = await replaying.begin(db, principal(), asked())
    await replaying.begin(db, principal(), asked())
    with pytest.raises(LimitExceeded) as refused:
        await replaying.begin(db, principal(), asked())
    assert refused.value.reason == "TOO_MANY_REPLAYS"
    await db.write(replaying.cancel, principal(), first.id)
    await replaying.begin(db, principal(), asked())


async def test_no_more_run_although_two_are_begun_at_once(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "RUNNING_MAX", 1)
    await db.write(accounts.add, account(id=ACCOUNT))
    await db.write(rows.add, subscription(clock()))
    await db.write(world.happen, 3)
    counted = await replaying.count(db, principal(), asked())

    def create(tx: Transaction) -> bool:
        planning._create(tx, principal(), asked(), counted)
        return True

    made, refused = await race(db, create, create)
    assert made is True
    assert isinstance(refused, LimitExceeded)


async def test_a_range_must_be_kept(db: Database, clock: FakeClock) -> None:
    await begin(db, clock)
    await db.write(world.happen, 5)
    await db.write(trim, ACCOUNT, 3)
    with pytest.raises(CursorGone):
        await replaying.count(db, principal(), asked(low=2))
    counted = await replaying.count(db, principal(), asked())
    assert (counted.event_count, counted.plan.low) == (2, 3)


def _give_up(tx: Transaction, position: int) -> None:
    found = world.locked(tx)
    lease = leases.first(found) + 1
    leases.park(tx, found, Key(position=position, lease=lease), "attempts")


async def test_a_subscription_lacks_what_was_parked(
    db: Database, clock: FakeClock
) -> None:
    await begin(db, clock)
    await db.write(world.happen, 5)
    assert len(await take(db, clock)) == 5
    await db.write(_give_up, 3)
    counted = await replaying.count(db, principal(), asked(undelivered_only=True))
    assert counted.event_count == 1


def _succeed(tx: Transaction, event_id: str, result: str) -> None:
    tx.execute(
        "INSERT INTO webhook_attempt (id, account_id, webhook_id, event_id,"
        " event_type, attempt, replay_id, started_at, duration_ms, result, status,"
        " diagnostic, remote_address, url, request_headers, request_body,"
        " response_headers, response_body) VALUES (?, ?, ?, ?, '', 1, '', 0, 0, ?, 200,"
        " '', '', '', '', ?, '', ?)",
        *(tx.new_id("att"), ACCOUNT, HOOK, event_id, result, b"", b""),
    )


async def test_a_webhook_lacks_what_it_asks_for_and_never_got(
    db: Database, clock: FakeClock
) -> None:
    wanted = EventFilter(inbox_ids=("inb_1",))
    hook = subscription(
        clock(), id=HOOK, kind=Kind.WEBHOOK, filter=wanted, acked=4, handed=4
    )
    await begin(db, clock, hook)
    await db.write(world.happen, 4, inbox_id="inb_1")
    await db.write(world.happen, 2, inbox_id="inb_2")
    await db.write(world.happen, 2, inbox_id="inb_1")
    first, second = await ids(db, 1, 2)
    await db.write(_succeed, first, "success")
    await db.write(_succeed, second, "timeout")
    # 1 was taken, 5 and 6 are not asked for, 7 and 8 are still to come.
    everything = asked(HOOK, undelivered_only=True)
    counted = await replaying.count(db, principal(), everything)
    assert counted.event_count == 3
    assert len(await take(db, clock, HOOK)) == 2
    clock.advance(seconds=timedelta(minutes=1).total_seconds())
    counted = await replaying.count(db, principal(), everything)
    assert counted.event_count == 3
