"""Places of a log are its ends, an instant, and what is kept."""

from datetime import timedelta

import pytest

from mailbot_server.core.errors import CursorGone
from mailbot_server.core.event import Event, EventType, InboxDetail
from mailbot_server.engine.events import Pulse, behind, earliest, latest, since
from tests.fakes.tenants import account, add_account
from tests.servers.trimming import trim

ME = account().id


def _tell(tx, count):
    for _ in range(count):
        detail = InboxDetail(state="active")
        tx.emit(Event(type=EventType.INBOX_UPDATED, account_id=ME, detail=detail))


@pytest.fixture
async def tell(db):
    """Appends events to the account's log."""
    await add_account(db, 1)

    async def run(count):
        await db.write(_tell, count)

    return run


def test_a_pulse_knows_whether_there_is_more():
    assert Pulse(position=3, head=3).is_caught_up
    assert not Pulse(position=2, head=3).is_caught_up


async def test_places_are_the_ends_and_an_instant(db, tell, clock):
    await tell(3)
    later = clock.advance(hours=1)
    await tell(2)
    assert (await db.read(earliest, ME)).position == 0
    assert (await db.read(latest, ME)).position == 5
    assert (await db.read(since, ME, later)).position == 3
    assert (await db.read(since, ME, later - timedelta(days=1))).position == 0
    assert (await db.read(since, ME, later + timedelta(days=1))).position == 5
    for place in (earliest, latest):
        assert (await db.read(place, ME)).head == 5


async def test_f15_places_begin_where_the_log_does(db, tell, clock):
    await tell(3)
    await db.write(trim, ME, 2)
    for place in (earliest, latest):
        assert (await db.read(place, ME)).trimmed == 2
    assert (await db.read(earliest, ME)).position == 2
    long_ago = clock() - timedelta(days=1)
    assert (await db.read(since, ME, long_ago)).position == 2
    assert (await db.read(behind, ME, 2)).position == 2
    with pytest.raises(CursorGone):
        await db.read(behind, ME, 1)
    await db.write(trim, ME, 3)
    for found in (
        await db.read(earliest, ME),
        await db.read(since, ME, long_ago),
        await db.read(since, ME, clock.advance(days=1)),
    ):
        assert (found.position, found.head) == (3, 3)
