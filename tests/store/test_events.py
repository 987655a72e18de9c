"""The log under many writers: every reader sees 1..N once, in order."""

import asyncio
import random

import pytest

from mailbot_server.core.errors import CursorGone, timestamp
from mailbot_server.core.event import Event, EventFilter, EventType, InboxDetail
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction
from tests.servers import trimming

ACCOUNTS = [f"acc_{number:026d}" for number in range(6)]
EVERYTHING = EventFilter()


class Rollback(Exception):
    """What a writer raises to undo its operation."""


def open_logs(tx: Transaction, accounts: list[str]) -> None:
    for account_id in accounts:
        events.open_log(tx, account_id)


def append(tx: Transaction, account_id: str, count: int, *, fail: bool) -> None:
    for number in range(count):
        tx.emit(event(account_id, f"inb_{number}"))
    if fail:
        raise Rollback


def append_then_fail_after_the_head(tx: Transaction, account_id: str) -> None:
    tx.emit(event(account_id, "inb_lost"))
    tx.finish()
    raise Rollback


def event(account_id: str, inbox_id: str) -> Event:
    detail = InboxDetail(state="active")
    kind = EventType.INBOX_CREATED
    return Event(type=kind, account_id=account_id, inbox_id=inbox_id, detail=detail)


async def write_some(db: Database, seed: int, rounds: int) -> dict[str, int]:
    chance = random.Random(seed)
    written = dict.fromkeys(ACCOUNTS, 0)
    for _ in range(rounds):
        account_id, count = chance.choice(ACCOUNTS), chance.randint(1, 4)
        try:
            if chance.random() < 0.15:
                await db.write(append_then_fail_after_the_head, account_id)
            fail = chance.random() < 0.2
            await db.write(append, account_id, count, fail=fail)
            written[account_id] += count
        except Rollback:
            continue
    return written


async def follow(
    db: Database, account_id: str, seed: int, done: asyncio.Event
) -> list[int]:
    """Tails the log from the start with random page sizes until writers are done."""
    chance = random.Random(seed)
    seen: list[int] = []
    position = 0
    with db.watch(f"events:{account_id}") as watch:
        while True:
            last_round = done.is_set()
            limit = chance.randint(1, 50)
            page = await db.read(events.after, account_id, position, EVERYTHING, limit)
            seen.extend(e.position for e in page.events)
            position = page.scanned
            if not page.events:
                if last_round and position >= page.head:
                    return seen
                await watch.changed(0.05)


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_every_reader_sees_every_position_once_and_in_order(db: Database) -> None:
    await db.write(open_logs, ACCOUNTS)
    done = asyncio.Event()
    readers = [
        asyncio.create_task(follow(db, account_id, seed, done))
        for account_id in ACCOUNTS
        for seed in (1, 2)
    ]
    totals = await asyncio.gather(*(write_some(db, seed, 40) for seed in range(16)))
    done.set()
    seen = await asyncio.gather(*readers)
    for index, account_id in enumerate(account for account in ACCOUNTS for _ in (1, 2)):
        expected = sum(total[account_id] for total in totals)
        assert expected > 0
        assert seen[index] == list(range(1, expected + 1))


async def test_what_a_window_tells_of_is_known_by_inbox(db: Database) -> None:
    await db.write(open_logs, ACCOUNTS[:2])
    for account_id in ACCOUNTS[:2]:
        await db.write(append, account_id, 3, fail=False)
    await db.write(append, ACCOUNTS[0], 2, fail=False)
    created = (EventType.INBOX_CREATED, EventType.INBOX_UPDATED)
    found = await db.read(events.stirred, ACCOUNTS[0], 1, created)
    assert found.inboxes == {"inb_0": 4, "inb_1": 2, "inb_2": 3}
    assert (found.scanned, found.head) == (5, 5)
    other = await db.read(events.stirred, ACCOUNTS[0], 1, created[1:])
    assert (other.inboxes, other.scanned) == ({}, 5)
    nothing = await db.read(events.stirred, ACCOUNTS[0], 5, created)
    assert (nothing.inboxes, nothing.scanned, nothing.head) == ({}, 5, 5)


async def test_a_window_has_an_end(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "WINDOW", 2)
    await db.write(open_logs, ACCOUNTS[:1])
    await db.write(append, ACCOUNTS[0], 3, fail=False)
    found = await db.read(events.stirred, ACCOUNTS[0], 0, (EventType.INBOX_CREATED,))
    assert found.inboxes == {"inb_0": 1, "inb_1": 2}
    assert (found.scanned, found.head) == (2, 3)


# --- trimmed ---------------------------------------------------------------------------


async def test_f15_a_reader_before_what_is_kept_is_told_so(db: Database) -> None:
    me = ACCOUNTS[0]
    await db.write(open_logs, [me])
    await db.write(append, me, 6, fail=False)
    await db.write(trimming.trim, me, 4)
    assert await db.read(events.ends, me) == events.Ends(trimmed=4, head=6)
    page = await db.read(events.after, me, 4, EVERYTHING, 10)
    assert [event.position for event in page.events] == [5, 6]
    for position in (0, 3):
        with pytest.raises(CursorGone) as caught:
            await db.read(events.after, me, position, EVERYTHING, 10)
        assert caught.value.earliest == 4
        created_at = page.events[0].created_at
        assert created_at is not None
        moment = timestamp(created_at)
        assert caught.value.details == {"earliest_time": moment}
        with pytest.raises(CursorGone):
            await db.read(events.stirred, me, position, (EventType.INBOX_CREATED,))


async def test_f15_positions_survive_a_log_that_is_trimmed_whole(db: Database) -> None:
    me = ACCOUNTS[0]
    await db.write(open_logs, [me])
    await db.write(append, me, 3, fail=False)
    await db.write(trimming.trim, me, 3)
    page = await db.read(events.after, me, 3, EVERYTHING, 10)
    assert (page.events, page.scanned, page.head) == ([], 3, 3)
    with pytest.raises(CursorGone) as caught:
        await db.read(events.after, me, 2, EVERYTHING, 10)
    assert caught.value.earliest == 3
    await db.write(append, me, 1, fail=False)
    page = await db.read(events.after, me, 3, EVERYTHING, 10)
    assert [event.position for event in page.events] == [4]
