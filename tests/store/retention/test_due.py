from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbot_server.core.delivery import State
from mailbot_server.core.message import ParseState
from mailbot_server.core.retention import Retention
from mailbot_server.core.search.document import Document
from mailbot_server.store import deliveries, inboxes, messages
from mailbot_server.store.retention import due
from tests.fakes import mail
from tests.fakes.tenants import BEGINNING, add_account, add_inbox, inbox

SECOND = timedelta(seconds=1)
FOREVER = Retention()


@pytest.fixture
async def own(db):
    await add_account(db)
    return await add_inbox(db)


def put(tx, of, number, **changes):
    at = BEGINNING + number * SECOND
    new = mail.message(number, of, created_at=at, **changes)
    new = replace(new, id=due._first_id(at))
    messages.add(tx, new, mail.RAW, (), Document())
    return new


async def test_what_came_before_is_due_the_oldest_first(db, own):
    came = [await db.write(put, own, number) for number in range(5)]
    before = BEGINNING + 3 * SECOND
    expected = [each.id for each in came[:3]]
    for find in (due.content, due.metadata):
        assert await db.read(find, own.id, before, 10) == expected
        assert await db.read(find, own.id, before, 2) == expected[:2]
        assert await db.read(find, "inb_other", before, 10) == []


async def test_what_is_kept_is_not_due(db, own):
    kinds: tuple[dict[str, Any], ...] = (
        {"legal_hold": True},
        {"parse_state": ParseState.ACCEPTED},
        {"is_redacted": True},
        {},
        {},
    )
    _, _, redacted, sent, done = [
        await db.write(put, own, number, **changes)
        for number, changes in enumerate(kinds)
    ]
    states = ((sent, State.HELD), (done, State.BOUNCED))
    for number, (message, state) in enumerate(states):
        made = mail.delivery(number, message, state=state)
        await db.write(deliveries.add_many, [made])
    before = BEGINNING + timedelta(days=1)
    assert await db.read(due.content, own.id, before, 10) == [done.id]
    assert await db.read(due.metadata, own.id, before, 10) == [redacted.id, done.id]


async def test_inboxes_with_what_holds_for_them(db, own):
    shorter = inbox(2, retention=Retention(content_days=3))
    forever = inbox(3, retention=FOREVER)
    held = inbox(4, retention=Retention(content_days=3), legal_hold=True)
    for each in (shorter, forever, held):
        await db.write(inboxes.add, each)
    found = await db.read(due.inboxes, "", 10, FOREVER)
    assert [(each.inbox_id, each.retention) for each in found] == [
        (shorter.id, Retention(content_days=3))
    ]
    default = Retention(content_days=9, metadata_days=9)
    found = await db.read(due.inboxes, "", 10, default)
    assert [each.retention for each in found] == [
        default,
        Retention(content_days=3),
        FOREVER,
    ]
    rest = await db.read(due.inboxes, own.id, 1, default)
    assert [each.inbox_id for each in rest] == [shorter.id]


async def plan(db, sql, *parameters):
    def explain(tx):
        if tx.is_postgres:
            tx.execute("SET LOCAL enable_seqscan = off")
            return [row[0] for row in tx.all(f"EXPLAIN {sql}", *parameters)]
        return [row[3] for row in tx.all(f"EXPLAIN QUERY PLAN {sql}", *parameters)]

    return " ".join(await db.read(explain))


async def test_what_was_redacted_before_is_not_read_again(db):
    found = await plan(db, due._CONTENT, "inb_1", "msg_z", 50)
    assert "message_content" in found


async def test_inboxes_without_a_time_of_their_own_are_not_read(db):
    found = await plan(db, due._INBOXES.format(due._OWN), "", 50)
    assert "inbox_retention" in found
