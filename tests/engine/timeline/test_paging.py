"""A page is filled by as many looks at the log as it takes, up to a bound."""

from collections.abc import Awaitable, Callable

import pytest

from mailbot_server.core.errors import CursorGone
from mailbot_server.core.event import Event, EventFilter, EventType, InboxDetail
from mailbot_server.engine.timeline import paging
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.events import Page
from mailbot_server.store.timeline import listing
from mailbot_server.store.timeline.listing import Span
from tests.fakes.tenants import account, add_account
from tests.servers.trimming import trim

ME = account().id
ALL = EventFilter()
# Two conditions: one is the way, the other is compared.
CREATED = EventFilter(types=(EventType.INBOX_CREATED,), inbox_ids=("inb_1",))
Tell = Callable[..., Awaitable[None]]


def _tell(tx: Transaction, count: int, kind: EventType, inbox_id: str) -> None:
    detail = InboxDetail(state="active")
    for _ in range(count):
        tx.emit(Event(type=kind, account_id=ME, detail=detail, inbox_id=inbox_id))


@pytest.fixture
async def tell(db: Database) -> Tell:
    """Appends events to the first account's log."""
    await add_account(db, 1)

    async def run(
        count: int,
        kind: EventType = EventType.INBOX_UPDATED,
        inbox_id: str = "inb_1",
    ) -> None:
        await db.write(_tell, count, kind, inbox_id)

    return run


@pytest.fixture
async def sparse(db: Database, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two events that are wanted, and much along either way to them."""
    monkeypatch.setattr(listing, "LOOKED_AT_MAX", 2)
    await tell(1, EventType.INBOX_CREATED)
    await tell(40)
    await tell(40, EventType.INBOX_CREATED, "inb_2")
    await tell(1, EventType.INBOX_CREATED)


def numbers(page: Page) -> list[int]:
    return [each.position for each in page.events]


@pytest.mark.usefixtures("sparse")
async def test_a_page_is_filled_however_far_apart_its_events_are(db: Database) -> None:
    forth = await paging.newer(db, ME, 0, CREATED, 10)
    assert (numbers(forth), forth.scanned, forth.head) == ([1, 82], 82, 82)
    back = await paging.older(db, ME, Span(low=0, high=82), CREATED, 10)
    assert (numbers(back), back.scanned) == ([82, 1], 1)
    first = await paging.newer(db, ME, 0, CREATED, 1)
    assert (numbers(first), first.scanned) == ([1], 1)
    last = await paging.older(db, ME, Span(low=0, high=81), CREATED, 1)
    assert numbers(last) == [1]


@pytest.mark.usefixtures("sparse")
async def test_a_page_looks_only_so_far(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "READS_MAX", 1)
    page = await paging.newer(db, ME, 1, CREATED, 10)
    assert page.events == []
    assert 1 < page.scanned < page.head
    page = await paging.older(db, ME, Span(low=0, high=81), CREATED, 10)
    assert page.events == []
    assert 1 < page.scanned < 81


async def test_a_page_of_the_newest_stops_at_its_floor(
    db: Database, tell: Tell
) -> None:
    await tell(9)
    page = await paging.older(db, ME, Span(low=6, high=9), ALL, 100)
    assert (numbers(page), page.scanned) == ([9, 8, 7], 7)


async def test_trimmed_history_is_told_of_upwards_and_ends_it_downwards(
    db: Database, tell: Tell
) -> None:
    await tell(9)
    await db.write(trim, ME, 5)
    with pytest.raises(CursorGone):
        await paging.newer(db, ME, 4, ALL, 100)
    page = await paging.newer(db, ME, 5, ALL, 100)
    assert numbers(page) == [6, 7, 8, 9]
    page = await paging.older(db, ME, Span(low=0, high=9), ALL, 100)
    assert (numbers(page), page.scanned) == ([9, 8, 7, 6], 1)
    page = await paging.older(db, ME, Span(low=0, high=3), ALL, 100)
    assert (numbers(page), page.scanned) == ([], 1)
