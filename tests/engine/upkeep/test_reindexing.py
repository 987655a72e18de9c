"""Messages are indexed again from their bytes, batch by batch, and then no more."""

import pytest

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.search import document
from mailbot_server.engine.upkeep import reindexing
from mailbot_server.store import messages
from mailbot_server.store.database import Database, Transaction
from tests.fakes.mail import RAW, message
from tests.fakes.searching import found
from tests.fakes.tenants import add_account, add_inbox


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    await add_account(db)
    return await add_inbox(db)


def _begin(tx: Transaction) -> None:
    tx.execute("INSERT INTO setting (name, value) VALUES ('index_below', '1000')")


async def test_messages_are_read_again(
    db: Database, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reindexing, "BATCH", 2)
    for number in range(1, 4):
        old = document.write(body="old")
        await db.write(messages.add, message(number, inbox), RAW, (), old)
    assert await reindexing.step(db) == 0
    await db.write(_begin)
    assert [await reindexing.step(db) for _ in range(4)] == [2, 1, 0, 0]
    assert await found(db, inbox, "old") == []
    assert len(await found(db, inbox, "subject:hello body:hello from:a")) == 3
