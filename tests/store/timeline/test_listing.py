"""Pages hold what matches, once, in order, whichever way they are read along."""

import random
from dataclasses import replace
from typing import Any, Final

import pytest

from mailbot_server.core.event import (
    AttemptDetail,
    ContentDetail,
    Event,
    EventFilter,
    EventType,
)
from mailbot_server.core.mail.reply import Reply
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.timeline import listing
from mailbot_server.store.timeline.lanes import lanes
from mailbot_server.store.timeline.listing import Span
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import BEGINNING, account, add_account

OWN: Final = account().id
OTHER: Final = account(2).id
KINDS: Final = (
    EventType.MESSAGE_QUEUED,
    EventType.MESSAGE_DELIVERED,
    EventType.MESSAGE_BOUNCED,
)
CLASSES: Final = ("invalid_recipient", "policy")
DOMAINS: Final = ("example.com", "example.org")
LENGTH: Final = 300
ONE_BY_ONE_MAX: Final = 40


def some(chance: random.Random, account_id: str) -> Event:
    """An event of few values, so that every filter matches some."""
    kind = chance.choice(KINDS)
    number = chance.randrange(20)
    plain = Event(
        type=kind,
        account_id=account_id,
        detail=ContentDetail(),
        inbox_id=f"inb_{number % 3}",
        thread_id=f"thr_{chance.randrange(5)}",
        message_id=f"msg_{number}",
    )
    if kind is EventType.MESSAGE_QUEUED:
        return plain
    name, domain = f"user{chance.randrange(4)}", chance.choice(DOMAINS)
    refused = kind is EventType.MESSAGE_BOUNCED
    code = chance.choice((550, 551)) if refused else 250
    return replace(
        plain,
        recipient=f"{name}@{domain}",
        detail=AttemptDetail(
            reply=Reply(code=code, text="so"),
            bounce_class=chance.choice(CLASSES) if refused else "",
        ),
    )


def write(tx: Transaction, account_id: str, made: list[Event]) -> None:
    for event in made:
        tx.emit(event)
    if account_id == OWN:
        for number in range(0, 20, 7):
            tx.execute(
                "INSERT INTO message_label (inbox_id, label, message_id, account_id)"
                " VALUES (?, 'red', ?, ?) ON CONFLICT DO NOTHING",
                *(f"inb_{number % 3}", f"msg_{number}", account_id),
            )
        tx.execute(
            "INSERT INTO inbox_label (account_id, label, inbox_id)"
            " VALUES (?, 'vip', 'inb_2') ON CONFLICT DO NOTHING",
            account_id,
        )


async def fill(db: Database, clock: FakeClock) -> None:
    chance = random.Random(7)
    for number, account_id in ((1, OWN), (2, OTHER)):
        await add_account(db, number)
        for _ in range(LENGTH // 20):
            await db.write(
                write, account_id, [some(chance, account_id) for _ in range(20)]
            )
            clock.advance(minutes=3)


async def expected(db: Database, wanted: EventFilter) -> list[int]:
    """What reading all of the log gives."""
    page = await db.read(events.after, OWN, 0, wanted, LENGTH)
    return [each.position for each in page.events]


async def listed(
    db: Database, wanted: EventFilter, limit: int, *, newest_first: bool
) -> list[int]:
    """All pages, one after the other."""
    found: list[int] = []
    low, high = 0, LENGTH
    for _ in range(2 * LENGTH):
        span = Span(low=low, high=high)
        page = await db.read(
            listing.listed, OWN, wanted, span, limit, newest_first=newest_first
        )
        assert len(page.events) <= limit
        assert {each.account_id for each in page.events} <= {OWN}
        found += [each.position for each in page.events]
        if newest_first:
            assert page.scanned - 1 <= high
            high = page.scanned - 1
        else:
            assert page.scanned >= low
            low = page.scanned
        if low >= high:
            return found
    raise AssertionError("the pages had no end")


CASES: Final = [
    EventFilter(),
    EventFilter(types=(EventType.MESSAGE_BOUNCED,)),
    EventFilter(types=KINDS),
    EventFilter(types=(EventType.MESSAGE_COMPLAINED,)),
    EventFilter(inbox_ids=("inb_0", "inb_2")),
    EventFilter(inbox_ids=("inb_0",), types=(EventType.MESSAGE_BOUNCED,)),
    EventFilter(thread_ids=("thr_1", "thr_3")),
    EventFilter(message_ids=("msg_1", "msg_2", "msg_nobody")),
    EventFilter(message_ids=tuple(f"msg_{number}" for number in range(90))),
    EventFilter(recipients=("user1@example.com", "user2@example.org")),
    EventFilter(recipient_domains=("example.org",)),
    EventFilter(recipient_domains=("example.org",), types=KINDS[:2]),
    EventFilter(smtp_codes=(550, 551)),
    EventFilter(smtp_codes=(250, 551)),
    EventFilter(bounce_classes=CLASSES),
    EventFilter(bounce_classes=CLASSES[:1], inbox_ids=("inb_1",)),
    EventFilter(message_labels=("red",)),
    EventFilter(message_labels=("red",), types=KINDS[1:]),
    EventFilter(message_labels=("blue",)),
    EventFilter(inbox_labels=("vip",)),
    EventFilter(inbox_labels=("blue",), types=KINDS),
    EventFilter(visible_inbox_ids=("inb_1",)),
    EventFilter(visible_inbox_ids=()),
    EventFilter(visible_inbox_ids=("inb_1",), inbox_ids=("inb_0",)),
    EventFilter(starts_at=BEGINNING.replace(minute=9)),
    EventFilter(ends_at=BEGINNING.replace(minute=9)),
    EventFilter(
        starts_at=BEGINNING.replace(minute=9),
        ends_at=BEGINNING.replace(minute=30),
        types=KINDS[:1],
    ),
]


def limits(found: int) -> tuple[int, ...]:
    """A page for each event where that does not make hundreds of them."""
    return (1, 7, 500) if found <= ONE_BY_ONE_MAX else (7, 500)


@pytest.mark.parametrize("looked_at", [listing.LOOKED_AT_MAX, 10])
async def test_pages_are_the_log_through_the_filter(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    clock.now = BEGINNING
    await fill(db, clock)
    monkeypatch.setattr(listing, "LOOKED_AT_MAX", looked_at)
    for wanted in CASES:
        found = await expected(db, wanted)
        for limit in limits(len(found)) if looked_at > LENGTH else (7,):
            up = await listed(db, wanted, limit, newest_first=False)
            assert up == found, wanted
            down = await listed(db, wanted, limit, newest_first=True)
            assert down == found[::-1], wanted


def _forget(tx: Transaction) -> None:
    tx.execute(
        "UPDATE event SET recipient_domain = NULL, smtp_code = NULL,"
        " bounce_class = NULL WHERE position % 3 = 0"
    )


async def test_rows_that_are_not_filled_yet_are_found(
    db: Database, clock: FakeClock
) -> None:
    await fill(db, clock)
    before = [await expected(db, wanted) for wanted in CASES]
    await db.write(_forget)
    for wanted, found in zip(CASES, before, strict=True):
        assert await listed(db, wanted, 50, newest_first=False) == found, wanted


INDEXES: Final[dict[str, EventFilter]] = {
    "event_message": EventFilter(message_ids=("msg_1",)),
    "event_thread": EventFilter(thread_ids=("thr_1", "thr_2")),
    "event_recipient": EventFilter(recipients=("user1@example.com",)),
    "event_domain": EventFilter(recipient_domains=("example.com",)),
    "event_code": EventFilter(smtp_codes=(550,)),
    "event_class": EventFilter(bounce_classes=("policy",)),
    "event_type": EventFilter(types=(EventType.MESSAGE_BOUNCED,)),
    "event_inbox": EventFilter(inbox_ids=("inb_1",)),
}


def plans_of(tx: Transaction, wanted: EventFilter, *, newest_first: bool) -> list[str]:
    """How the log is read for it, in the database's words."""
    plans: list[str] = []
    look = tx.all
    words = "EXPLAIN" if tx.is_postgres else "EXPLAIN QUERY PLAN"
    if tx.is_postgres:
        tx.execute("ANALYZE event")
        # So few rows would rather be sorted: what is asked is whether they need be.
        for way in ("seqscan", "sort", "bitmapscan"):
            tx.execute(f"SET LOCAL enable_{way} = off")

    def explain(sql: str, *parameters: Any) -> list[Any]:
        if sql.startswith("SELECT position, "):
            plans.append(str(look(f"{words} {sql}", *parameters)))
        return look(sql, *parameters)

    tx.all = explain  # type: ignore[method-assign]
    span = Span(low=10, high=LENGTH)
    listing.listed(tx, OWN, wanted, span, 50, newest_first=newest_first)
    assert plans
    return plans


async def test_every_field_is_read_along_its_index_in_order(
    db: Database, clock: FakeClock
) -> None:
    await fill(db, clock)
    await fill_strangers(db)
    key = "event_pkey" if db.is_postgres else "sqlite_autoindex_event_2"
    for newest_first in (False, True):
        for index, wanted in {**INDEXES, key: EventFilter()}.items():
            narrow = replace(wanted, inbox_ids=wanted.inbox_ids or ("inb_1",))
            for asked in (wanted, narrow) if index != key else (wanted,):
                plans = await db.write(plans_of, asked, newest_first=newest_first)
                if asked is wanted:
                    assert all(index in plan for plan in plans), (index, plans)
                for plan in plans:
                    assert "SCAN event " not in plan, plan
                    assert "TEMP B-TREE" not in plan, plan
                    assert "Seq Scan" not in plan, plan


async def fill_strangers(db: Database) -> None:
    """Enough of other accounts that an index is worth it."""
    for number in range(3, 8):
        await add_account(db, number)
        its = account(number).id
        chance = random.Random(number)
        await db.write(write, its, [some(chance, its) for _ in range(400)])


async def test_the_shortest_way_is_taken(db: Database, clock: FakeClock) -> None:
    await fill(db, clock)
    many = EventFilter(inbox_ids=("inb_0", "inb_1"), types=KINDS)
    rare = replace(many, bounce_classes=("policy",))
    ways = {}
    for name, wanted in (("many", many), ("rare", rare)):

        def shortest(tx: Transaction, wanted: EventFilter = wanted) -> str:
            found = lanes(tx, OWN, wanted)
            span = Span(low=0, high=LENGTH)
            return listing._shortest(tx, found, span, newest_first=True).field

        ways[name] = await db.read(shortest)
    assert ways == {"many": "inbox_ids", "rare": "bounce_classes"}


async def test_a_dense_way_is_left_for_a_sparse_one_that_usually_is_longer(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(db, clock)
    monkeypatch.setattr(listing, "PROBED", 20)
    wanted = EventFilter(recipient_domains=DOMAINS, types=(EventType.MESSAGE_BOUNCED,))

    def shortest(tx: Transaction) -> str:
        span = Span(low=0, high=LENGTH)
        found = lanes(tx, OWN, wanted)
        return listing._shortest(tx, found, span, newest_first=True).field

    assert await db.read(shortest) == "types"
