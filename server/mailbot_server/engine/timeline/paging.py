"""Pages of an account's log through a filter, filled by a bounded search."""

from typing import Final

from mailbot_server.core.event import Event, EventFilter
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.events import Page
from mailbot_server.store.timeline import listing
from mailbot_server.store.timeline.listing import Span

READS_MAX: Final = 50
"""How often one page looks further before it comes back short, or empty."""

_ALL_OF_IT: Final = 1 << 62


async def newer(
    db: Database, account_id: str, position: int, wanted: EventFilter, limit: int
) -> Page:
    """
    A page after `position`, oldest first; `scanned` is its `head` at the end.

    Raises CursorGone when not all of it is kept.
    """
    found: list[Event] = []
    for _ in range(READS_MAX):
        left = limit - len(found)
        page = await db.read(_newer, account_id, position, wanted, left)
        found += page.events
        position = page.scanned
        if len(found) == limit or position >= page.head:
            break
    return Page(events=found, scanned=position, head=page.head)


async def older(
    db: Database, account_id: str, span: Span, wanted: EventFilter, limit: int
) -> Page:
    """
    A page of the span, newest first, down to what is kept.

    `scanned` is `span.low + 1` or less once all was looked at.
    """
    found: list[Event] = []
    top = span.high
    for _ in range(READS_MAX):
        left = limit - len(found)
        inside = Span(low=span.low, high=top)
        page = await db.read(_older, account_id, inside, wanted, left)
        found += page.events
        top = page.scanned - 1
        if len(found) == limit or top <= span.low:
            break
    return Page(events=found, scanned=top + 1, head=page.head)


def _newer(
    tx: Transaction, account_id: str, position: int, wanted: EventFilter, limit: int
) -> Page:
    events.kept_after(tx, account_id, position)
    span = Span(low=position, high=_ALL_OF_IT)
    return listing.listed(tx, account_id, wanted, span, limit, newest_first=False)


def _older(
    tx: Transaction, account_id: str, span: Span, wanted: EventFilter, limit: int
) -> Page:
    kept = events.ends(tx, account_id).trimmed
    if span.high <= kept:
        return Page(events=[], scanned=span.low + 1, head=0)
    inside = Span(low=max(span.low, kept), high=span.high)
    page = listing.listed(tx, account_id, wanted, inside, limit, newest_first=True)
    if page.scanned == inside.low + 1 and inside.low > span.low:
        return Page(events=page.events, scanned=span.low + 1, head=page.head)
    return page
