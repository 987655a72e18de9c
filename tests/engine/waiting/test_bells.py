"""A bell rings for the inboxes that got something, from where on, and for no other."""

import asyncio

import pytest

from mailbot_server.core.account import Principal
from mailbot_server.core.errors import MailbotError, Unauthenticated, Unavailable
from mailbot_server.core.event import ContentDetail, Event, EventType
from mailbot_server.engine.waiting import bells as module
from mailbot_server.engine.waiting.bells import Bells
from mailbot_server.store import events
from tests.fakes.tenants import account, add_account, principal

ME = account().id
WAIT_SECONDS = 10


class Ends:
    """What ends waits, as a test says."""

    def __init__(self) -> None:
        self.fault: MailbotError | None = None
        self.revoked: set[str] = set()
        self.asked: list[str] = []

    def check(self) -> None:
        if self.fault:
            raise self.fault

    async def check_key(self, who: Principal) -> None:
        self.asked.append(who.key_id)
        if who.key_id in self.revoked:
            raise Unauthenticated("gone", reason="API_KEY_REVOKED")


@pytest.fixture
def ends() -> Ends:
    return Ends()


@pytest.fixture
async def bells(db, ends) -> Bells:
    await add_account(db)
    return Bells(db, ends.check, ends.check_key)


@pytest.fixture
def often(monkeypatch) -> None:
    """Bells look around all the time."""
    monkeypatch.setattr(module, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(module, "KEY_CHECK_SECONDS", 0.0)


def _tell(tx, inbox_ids, kind):
    for inbox_id in inbox_ids:
        event = Event(
            type=kind, account_id=ME, inbox_id=inbox_id, detail=ContentDetail()
        )
        tx.emit(event)


async def tell(db, *inbox_ids, kind=EventType.MESSAGE_RECEIVED):
    await db.write(_tell, inbox_ids, kind)


async def rung(seat) -> int:
    return await asyncio.wait_for(seat.rung(), WAIT_SECONDS)


async def test_it_rings_behind_the_last_position_that_was_quiet(db, bells):
    await tell(db, "inb_a", "inb_b")
    with bells.seat(principal(), "inb_a", 2) as seat:
        assert seat.since == 2
        await tell(db, "inb_b", "inb_b", "inb_a", "inb_a")
        assert await rung(seat) == 4


async def test_it_rings_at_no_other_inbox_and_for_no_other_event(db, bells):
    with (
        bells.seat(principal(), "inb_a", 0) as mine,
        bells.seat(principal(), "inb_b", 0) as other,
    ):
        await tell(db, "inb_b", kind=EventType.MESSAGE_QUARANTINED)
        await tell(db, "inb_b", kind=EventType.MESSAGE_REPLIED)
        await tell(db, "inb_a")
        assert await rung(mine) == 2
        assert other.quiet_until() == 3


async def test_what_is_there_when_somebody_sits_down_does_not_ring(db, bells):
    with bells.seat(principal(), "inb_b", 0) as first:
        await tell(db, "inb_a", "inb_b")
        await rung(first)
        with bells.seat(principal(), "inb_a", 2) as second:
            assert second.since == 2
            await tell(db, "inb_a")
            assert await rung(second) == 2


async def test_all_seats_of_an_inbox_hear_it(db, bells):
    with (
        bells.seat(principal(), "inb_a", 0) as one,
        bells.seat(principal(), "inb_a", 0) as two,
    ):
        await tell(db, "inb_a")
        assert [await rung(one), await rung(two)] == [0, 0]


async def test_until_it_is_heard_it_names_the_first(db, bells):
    with (
        bells.seat(principal(), "inb_a", 0) as slow,
        bells.seat(principal(), "inb_a", 0) as quick,
    ):
        await tell(db, "inb_a")
        await rung(quick)
        await tell(db, "inb_a")
        assert await rung(quick) == 1
        assert slow.quiet_until() == 0
        assert await rung(slow) == 0


async def test_many_seats_are_one_reader(db, bells):
    reads = []
    read = db.read

    async def counted(operation, *arguments):
        if operation is events.stirred:
            reads.append(arguments)
        return await read(operation, *arguments)

    db.read = counted
    seats = [bells.seat(principal(), f"inb_{n}", 0) for n in range(200)]
    waits = [asyncio.ensure_future(rung(seat.__enter__())) for seat in seats]
    await tell(db, *(f"inb_{n}" for n in range(200)))
    assert await asyncio.gather(*waits) == list(range(200))
    for seat in seats:
        seat.__exit__(None, None, None)
    assert len(reads) <= 3


async def test_the_last_one_to_leave_ends_the_reader(db, bells):
    watches = db._topics._watches
    with bells.seat(principal(), "inb_a", 0) as seat:
        await tell(db, "inb_a")
        await rung(seat)
        assert f"events:{ME}" in watches
    async with asyncio.timeout(WAIT_SECONDS):
        while f"events:{ME}" in watches:  # noqa: ASYNC110 - nothing tells us
            await asyncio.sleep(0)
    assert bells._bells == {}


async def test_a_key_that_was_revoked_ends_its_waits_alone(db, bells, ends, often):
    with (
        bells.seat(principal(), "inb_a", 0) as mine,
        bells.seat(principal(key_id="key_2"), "inb_a", 0) as other,
    ):
        ends.revoked.add("key_2")
        with pytest.raises(Unauthenticated):
            await rung(other)
        await tell(db, "inb_a")
        assert await rung(mine) == 0


async def test_a_key_is_asked_about_once_for_all_its_waits(db, bells, ends, often):
    with (
        bells.seat(principal(), "inb_a", 0) as one,
        bells.seat(principal(), "inb_b", 0),
    ):
        await tell(db, "inb_a")
        await rung(one)
    assert set(ends.asked) == {principal().key_id}


async def test_a_server_that_stops_ends_every_wait(db, bells, ends):
    with bells.seat(principal(), "inb_a", 0) as seat:
        await tell(db, "inb_a")
        await rung(seat)
        ends.fault = Unavailable("stopping", reason="SERVER_DRAINING")
        db.wake_all()
        with pytest.raises(Unavailable, match="stopping"):
            await rung(seat)
        ends.fault = None
        with bells.seat(principal(), "inb_a", 1) as after:
            await tell(db, "inb_a")
            assert await rung(after) == 1


async def test_a_lost_wake_up_is_made_good_by_looking(db, bells, monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(db._topics, "wake", lambda topics: None)
    with bells.seat(principal(), "inb_a", 0) as seat:
        await tell(db, "inb_a")
        assert await rung(seat) == 0
