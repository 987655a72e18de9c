"""Lists of threads say the same whether they walk an index or sort what is few."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Thread, ThreadFilter
from mailbot_server.store import threads
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.threads import listing
from tests.fakes.clock import FakeClock
from tests.fakes.conversing import IN, OUT, receive
from tests.fakes.tenants import account, add_inbox

CHOICES: dict[str, list[Any]] = {
    "inbox": ["", "one", "both"],
    "labels": [(), ("red",), ("red", "blue"), ("none",)],
    "who": ["", "Person1@Example.org", "nobody@example.org"],
    "unreplied": [False, True],
    "hours": [(None, None), (2, 9)],
}


async def stock(db: Database, clock: FakeClock, inbox: Inbox, other: Inbox) -> None:
    """Twelve threads of all kinds; some get a second message later."""
    for number in range(12):
        home = other if number % 4 == 3 else inbox
        direction = OUT if number % 3 == 0 else IN
        arrived = await receive(
            db, home, f"{number}@x", direction=direction, sender=number % 3
        )
        clock.advance(hours=1)
        if number % 5 == 0:
            await receive(db, home, f"{number}b@x", f"{number}@x", sender=1)
        known = await db.read(threads.get, account().id, arrived.attached.root_id)
        assert known is not None
        labels = [name for name, n in (("red", 2), ("blue", 5)) if number % n == 0]
        await db.write(threads.relabel, known, labels, [])


def expected(every: list[Thread], wanted: ThreadFilter) -> list[str]:
    """The slow and obvious way."""
    found = []
    for each in sorted(every, key=lambda one: one.last_message_at, reverse=True):
        allowed = wanted.visible_inbox_ids
        people = {box.address for box in each.participants}
        if (
            (not wanted.inbox_id or each.inbox_id == wanted.inbox_id)
            and (allowed is None or each.inbox_id in allowed)
            and (not wanted.labels or set(wanted.labels) & set(each.labels))
            and (
                not wanted.participant_address
                or wanted.participant_address.lower() in people
            )
            and (not wanted.unreplied or each.is_unreplied)
            and (wanted.after is None or each.last_message_at >= wanted.after)
            and (wanted.before is None or each.last_message_at < wanted.before)
        ):
            found.append(each.id)
    return found


@pytest.mark.parametrize("sorted_max", [5_000, 3, 0], ids=["few", "some", "many"])
async def test_all_filters_hold_together_and_page(
    db: Database,
    clock: FakeClock,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
    sorted_max: int,
) -> None:
    other = await add_inbox(db, 2)
    begun = clock()
    await stock(db, clock, inbox, other)
    monkeypatch.setattr(listing, "SORTED_MAX", sorted_max)
    every = [
        each
        for each, _ in await db.read(
            threads.list_latest, account().id, ThreadFilter(), "", 100
        )
    ]
    assert len(every) == 12
    places: dict[str, dict[str, Any]] = {
        "": {},
        "one": {"inbox_id": inbox.id},
        "both": {"visible_inbox_ids": (inbox.id, other.id)},
    }
    for place, labels, who, unreplied, hours in itertools.product(*CHOICES.values()):
        after, before = (h and begun.replace(hour=begun.hour + h) for h in hours)
        wanted = ThreadFilter(
            labels=labels,
            participant_address=who,
            unreplied=unreplied,
            after=after,
            before=before,
            **places[place],
        )
        assert await in_pages(db, wanted) == expected(every, wanted), wanted


async def in_pages(db: Database, wanted: ThreadFilter) -> list[str]:
    found: list[str] = []
    place = ""
    while page := await db.read(threads.list_latest, account().id, wanted, place, 2):
        found += [each.id for each, _ in page]
        place = page[-1][1]
    return found


def plan_of(tx: Transaction, wanted: ThreadFilter) -> str:
    """The plan of the list's query, on SQLite."""
    query = listing._listing(tx, account().id, wanted, "msg_9", 50)
    sql, parameters = tx.connection.compile(query)
    return str(tx.all(f"EXPLAIN QUERY PLAN {sql}", *parameters))


WALKS = {
    "account": (ThreadFilter(), "thread_account_latest"),
    "inbox": (ThreadFilter(inbox_id="inb_1"), "thread_inbox_latest"),
    "label": (ThreadFilter(inbox_id="inb_1", labels=("a", "b")), "thread_inbox_latest"),
    "person": (ThreadFilter(participant_address="a@x"), "thread_account_latest"),
    "unreplied": (
        ThreadFilter(inbox_id="inb_1", unreplied=True),
        "thread_inbox_latest",
    ),
}


# PostgreSQL chooses by what it knows of the rows.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("wanted", "index"), WALKS.values(), ids=WALKS)
async def test_a_walk_reads_its_index_in_order(
    db: Database,
    inbox: Inbox,
    wanted: ThreadFilter,
    index: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "SORTED_MAX", -1)
    plan = await db.read(plan_of, wanted)
    assert f"USING INDEX {index} (" in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN" not in plan.replace("SCAN CONSTANT", "")


LABELLED = "PRIMARY KEY (inbox_id=? AND label=?)"
TAKING_PART = "PRIMARY KEY (inbox_id=? AND address=?)"
WAITING = "USING INDEX thread_unreplied (account_id=? AND inbox_id"
FEW = {
    "label": (ThreadFilter(labels=("a", "b")), LABELLED),
    "person": (ThreadFilter(participant_address="a@x"), TAKING_PART),
    "unreplied": (ThreadFilter(unreplied=True), WAITING),
    "label in inbox": (ThreadFilter(inbox_id="inb_1", labels=("a",)), LABELLED),
    "person in inbox": (
        ThreadFilter(inbox_id="inb_1", participant_address="a"),
        TAKING_PART,
    ),
    "unreplied in inbox": (ThreadFilter(inbox_id="inb_1", unreplied=True), WAITING),
    "all": (
        ThreadFilter(labels=("a",), participant_address="a@x", unreplied=True),
        LABELLED,
    ),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("wanted", "index"), FEW.values(), ids=FEW)
async def test_what_is_few_is_found_before_it_is_sorted(
    db: Database, inbox: Inbox, wanted: ThreadFilter, index: str
) -> None:
    plan = await db.read(plan_of, wanted)
    assert index in plan
    assert "latest" not in plan
    assert "SCAN" not in plan


MANY = """
    INSERT INTO thread (id, account_id, inbox_id, root_id, subject, created_at,
      last_message_id, last_message_at, inbound_count, outbound_count, participants,
      snippet, last_manual_id, is_unreplied, labels)
    SELECT 'thr_' || n, ?, ?, 'thr_' || n, '', n, 'msg_' || md5(n::text), n, 1, 0, '', '', '', 1, ''
    FROM generate_series(1, 5000) AS n
"""
WALKED: dict[str, ThreadFilter] = {
    "inbox": ThreadFilter(inbox_id="INBOX"),
    "account": ThreadFilter(),
    "all": ThreadFilter(labels=("a",), participant_address="a@x", unreplied=True),
}


@pytest.mark.parametrize(
    "database_url",
    [pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)
@pytest.mark.parametrize("wanted", WALKED.values(), ids=WALKED)
async def test_postgresql_neither_sorts_an_inbox_nor_joins_what_is_asked_of_a_thread(
    db: Database, inbox: Inbox, wanted: ThreadFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SORTED_MAX", -1)
    wanted = replace(wanted, inbox_id=wanted.inbox_id and inbox.id)

    def explained(tx: Transaction) -> str:
        tx.execute(MANY, inbox.account_id, inbox.id)
        tx.execute("ANALYZE thread")
        query = listing._listing(tx, inbox.account_id, wanted, "", 50)
        sql, parameters = tx.connection.compile(query)
        return str(tx.all(f"EXPLAIN {sql}", *parameters))

    plan = await db.write(explained)
    assert "Sort" not in plan
    assert "Join" not in plan
    assert "_latest on thread" in plan
