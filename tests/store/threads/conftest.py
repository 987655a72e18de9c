"""What tests of threads share: an inbox, and a thread by its id."""

from collections.abc import Awaitable, Callable

import pytest

from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Thread
from mailbot_server.store import threads
from mailbot_server.store.database import Database
from tests.fakes.tenants import account, add_account, add_inbox

Shown = Callable[[str], Awaitable[Thread]]


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    """The first inbox of the first account."""
    await add_account(db)
    return await add_inbox(db)


@pytest.fixture
def shown(db: Database) -> Shown:
    """Reads a thread of the first account by any of its ids."""

    async def read(thread_id: str) -> Thread:
        found = await db.read(threads.get, account().id, thread_id)
        assert found is not None
        return found

    return read
