"""A database that was put back sends nothing by itself, and its cursors are new."""

from datetime import timedelta

import pytest

from mailbot_server.core.audit import AuditFilter
from mailbot_server.core.delivery import HELD_BY_RESTORE, DeliveryFilter, State
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.event import Event, EventFilter, EventType
from mailbot_server.core.inbox import Inbox
from mailbot_server.engine.outbound import motion
from mailbot_server.engine.restoring import aftermath
from mailbot_server.store import accounts, deliveries, events, nodes
from mailbot_server.store.audit import entries
from mailbot_server.store.database import Database
from tests.fakes.mail import add_deliveries
from tests.fakes.tenants import account, add_account, add_inbox

RESTORES = AuditFilter(action="database.restore")


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    """The first inbox of the first account."""
    await add_account(db)
    return await add_inbox(db)


@pytest.fixture
def log(db: Database):
    """All events of the first account, in order."""

    async def read() -> list[Event]:
        page = await db.read(events.after, account().id, 0, EventFilter(), 500)
        return page.events

    return read


async def states(db, its) -> list[tuple[State, str]]:
    found = [await db.read(deliveries.find, each.id) for each in its]
    return [(each.state, each.hold_reason) for each in found]


async def test_what_has_not_ended_is_held_and_what_has_stays(db, inbox, clock):
    later = clock() + timedelta(hours=1)
    waiting = await add_deliveries(db, inbox, range(1, 3), due_at=clock())
    deferred = await add_deliveries(
        db, inbox, range(3, 5), due_at=later, state=State.DEFERRED, attempts=2
    )
    by_hand = await add_deliveries(
        db, inbox, range(5, 6), state=State.HELD, hold_reason="held_by_caller"
    )
    ended = await add_deliveries(db, inbox, range(6, 7), state=State.DELIVERED)
    done = await aftermath.settle_down(db)
    assert (done.held, done.accounts) == (4, 1)
    held = (State.HELD, HELD_BY_RESTORE)
    assert await states(db, [*waiting, *deferred]) == [held] * 4
    assert await states(db, by_hand) == [(State.HELD, "held_by_caller")]
    assert await states(db, ended) == [(State.DELIVERED, "")]


async def test_what_was_held_until_something_ends_waits_for_a_hand_now(
    db, inbox, log, monkeypatch
):
    """It may have gone by itself after the copy was made, as it would again."""
    monkeypatch.setattr(motion, "BATCH", 2)
    monkeypatch.setattr(motion, "MOST", 2)
    reasons = ("hostname_unset", "inbox_suspended", "limit_exceeded")
    its = []
    for number, reason in enumerate(reasons):
        its += await add_deliveries(
            db,
            inbox,
            range(10 * number + 1, 10 * number + 4),
            state=State.HELD,
            hold_reason=reason,
        )
    assert (await aftermath.settle_down(db)).held == 9
    assert await states(db, its) == [(State.HELD, HELD_BY_RESTORE)] * 9
    told = [event for event in await log() if event.type is EventType.MESSAGE_HELD]
    assert len(told) == 9
    assert {e.detail.explanation.rpartition(": ")[2] for e in told} == {
        f"{reason})" for reason in reasons
    }


async def test_what_was_under_way_is_held_and_said_to_be_unknown(db, inbox, clock, log):
    """The process that had it is of another time, whatever its lease says."""
    begun, untouched = await add_deliveries(db, inbox, range(1, 3), due_at=clock())
    found = await db.write(deliveries.lease_due, "nod_gone", 10, 900)
    [lease] = [each for each in found if each.id == begun.id]
    assert await db.write(deliveries.start, lease)
    done = await aftermath.settle_down(db)
    assert done.held == 2
    held = (State.HELD, HELD_BY_RESTORE)
    assert await states(db, [begun, untouched]) == [held] * 2
    told = [(event.type, event.delivery_id) for event in await log()]
    assert (EventType.MESSAGE_UNKNOWN, begun.id) in told
    assert (EventType.MESSAGE_UNKNOWN, untouched.id) not in told
    assert (EventType.MESSAGE_HELD, untouched.id) in told


async def test_what_an_old_copy_has_does_not_expire_before_anybody_can_decide(
    db, inbox, clock
):
    """Time that passed while nobody had the database is nobody's fault."""
    waiting = await add_deliveries(db, inbox, range(1, 3), due_at=clock())
    kept = await add_deliveries(
        db, inbox, range(3, 5), state=State.HELD, hold_reason="hostname_unset"
    )
    clock.advance(days=30)
    overdue = (deliveries.overdue, timedelta(), 10)
    assert len(await db.read(*overdue)) == 4
    await aftermath.settle_down(db)
    assert await db.read(*overdue) == []
    clock.advance(hours=71)
    assert await db.read(*overdue) == []
    wanted = DeliveryFilter(account_id=None, hold_reason=HELD_BY_RESTORE)
    assert (await motion.release(db, wanted)).changed == len([*waiting, *kept])


async def test_no_server_begins_before_all_is_done(db, inbox, clock, monkeypatch):
    """Killed in between, it has held some, and the rest would leave again."""
    await add_deliveries(db, inbox, range(1, 3), due_at=clock())

    async def end(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(aftermath, "_note", end)
        with pytest.raises(KeyboardInterrupt):
            await aftermath.settle_down(db)
    assert await db.read(nodes.are_kept_out)
    await aftermath.settle_down(db)
    assert not await db.read(nodes.are_kept_out)


async def test_a_server_that_began_meanwhile_is_found(db, inbox, clock, monkeypatch):
    if not db.is_postgres:
        pytest.skip("SQLite's folder is locked by its server")
    note = aftermath._note

    async def begins(db: Database) -> int:
        await db.write(nodes.seen, "nod_1", name="mx1:4711")
        return await note(db)

    monkeypatch.setattr(aftermath, "_note", begins)
    before = await db.read(events.epoch)
    with pytest.raises(Unavailable, match="mx1:4711"):
        await aftermath.settle_down(db)
    assert await db.read(events.epoch) == before
    assert await db.read(nodes.are_kept_out)


async def test_a_standby_that_took_over_is_told_of_once(db, inbox, clock):
    """The alert asks for what was done just now."""
    if not db.is_postgres:
        pytest.skip("SQLite has no standby")
    now = await db.read(nodes.timeline)
    await db.write(nodes.has_failed_over, now)
    sql = "UPDATE setting SET value = '00000000' WHERE name = 'timeline'"
    await db.write(lambda tx: tx.execute(sql))
    await aftermath.settle_down(db)
    assert not await db.write(nodes.has_failed_over, now)


async def test_whoever_decides_has_it_leave_once(db, inbox, clock):
    waiting = await add_deliveries(db, inbox, range(1, 4), due_at=clock())
    await aftermath.settle_down(db)
    assert await db.write(deliveries.lease_due, "nod_new", 10, 900) == []
    wanted = DeliveryFilter(account_id=None, hold_reason=HELD_BY_RESTORE)
    assert (await motion.release(db, wanted)).changed == 3
    found = await db.write(deliveries.lease_due, "nod_new", 10, 900)
    assert {each.id for each in found} == {each.id for each in waiting}


async def test_done_again_it_holds_nothing_more(db, inbox, clock, log):
    await add_deliveries(db, inbox, range(1, 4), due_at=clock())
    assert (await aftermath.settle_down(db)).held == 3
    told = len(await log())
    assert (await aftermath.settle_down(db)).held == 0
    assert len(await log()) == told


async def test_more_than_a_step_moves_is_all_held(db, inbox, clock, monkeypatch):
    monkeypatch.setattr(motion, "BATCH", 2)
    monkeypatch.setattr(motion, "MOST", 4)
    await add_deliveries(db, inbox, range(1, 10), due_at=clock())
    assert (await aftermath.settle_down(db)).held == 9


async def test_the_logs_have_another_name(db):
    before = await db.read(events.epoch)
    await aftermath.settle_down(db)
    after = await db.read(events.epoch)
    assert after
    assert after != before


async def test_every_account_can_read_that_it_happened(db, inbox):
    await add_account(db, 2)
    assert (await aftermath.settle_down(db)).accounts == 2
    account_id, seen = "", 0
    while account_id := await db.read(accounts.next_id, account_id):
        found = await db.read(entries.list_newest, account_id, RESTORES, None, 10)
        seen += len(found)
    assert seen == 2


@pytest.mark.postgres
async def test_servers_that_work_on_it_are_named_and_nothing_is_done(db, inbox, clock):
    if not db.is_postgres:
        pytest.skip("SQLite's folder is locked by its server")
    await db.write(nodes.seen, "nod_1", name="mx1:4711")
    waiting = await add_deliveries(db, inbox, range(1, 2), due_at=clock())
    before = await db.read(events.epoch)
    with pytest.raises(Unavailable, match="mx1:4711"):
        await aftermath.settle_down(db)
    assert (await states(db, waiting))[0][0] is State.QUEUED
    assert await db.read(events.epoch) == before
    clock.advance(seconds=61)
    assert (await aftermath.settle_down(db)).held == 1


async def test_servers_of_the_copy_are_forgotten(db, inbox, clock):
    await db.write(nodes.seen, "nod_1", name="mx1:4711")
    clock.advance(seconds=61)
    await aftermath.settle_down(db)
    assert await db.read(nodes.silent, clock() + timedelta(hours=1)) == []
