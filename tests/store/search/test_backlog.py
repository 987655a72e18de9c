"""Entries of an older version are written again, newest first, each once."""

import pytest

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Quarantine
from mailbot_server.core.search import document
from mailbot_server.core.search.document import Document
from mailbot_server.store import messages
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.migrations import m0005_search
from mailbot_server.store.search import backlog
from tests.fakes.mail import message
from tests.fakes.searching import found
from tests.fakes.tenants import add_account, add_inbox


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


def _upgrade(tx: Transaction) -> None:
    """What the step does to a database with messages."""
    for statement in m0005_search.statements(is_postgres=tx.is_postgres):
        tx.execute(statement)


async def test_nothing_waits_in_a_new_database(db: Database) -> None:
    assert await db.read(backlog.below) == 0


async def test_each_entry_is_written_again(db: Database, inbox: Inbox) -> None:
    kept = Quarantine(reason="auth")
    for number in range(1, 6):
        quarantine = kept if number == 2 else None
        new = message(number, inbox, quarantine=quarantine)
        await db.write(messages.add, new, b"", (), document.write(body="old"))
    await db.write(_upgrade)
    seen = []
    while below := await db.read(backlog.below):
        waiting = await db.read(backlog.waiting, below, 2)
        seen += [int(each.message_id.removeprefix("msg_")) for each in waiting]
        done = [(each, document.write(body="new")) for each in waiting]
        assert await db.write(backlog.advance, below, done)
        assert not await db.write(backlog.advance, below, done)
    assert seen == [5, 4, 3, 2, 1]
    assert await found(db, inbox, "old") == []
    assert len(await found(db, inbox, "new")) == 4
    assert await db.read(backlog.below) == 0


async def test_who_comes_second_changes_nothing(db: Database, inbox: Inbox) -> None:
    await db.write(messages.add, message(1, inbox), b"", (), Document())
    await db.write(_upgrade)
    below = await db.read(backlog.below)
    [waiting] = await db.read(backlog.waiting, below, 2)
    first = [(waiting, document.write(body="first"))]
    second = [(waiting, document.write(body="second"))]
    assert await db.write(backlog.advance, below, first)
    assert not await db.write(backlog.advance, below, second)
    assert len(await found(db, inbox, "first")) == 1
    assert await found(db, inbox, "second") == []
