"""Indexes messages again whose entry is of an older version, a few at a time."""

import asyncio
from collections.abc import Sequence
from typing import Final

from mailbot_server.core.search.document import Document
from mailbot_server.engine import reading
from mailbot_server.store import messages
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.search import backlog
from mailbot_server.store.search.backlog import Waiting

BATCH: Final = 20
READ_BYTES_MAX: Final = 4 * 1024 * 1024
"""Octets of a message that are read; of a longer one, what lies behind is left out."""

Loaded = list[tuple[Waiting, bytes]]


async def step(db: Database) -> int:
    """Indexes the newest of them; how many there were. Raises Unavailable."""
    below = await db.read(backlog.below)
    if not below:
        return 0
    loaded = await db.read(_load, below)
    done = await asyncio.to_thread(_read, loaded)
    await db.write(backlog.advance, below, done)
    return len(done)


def _load(tx: Transaction, below: int) -> Loaded:
    return [
        (each, messages.raw(tx, each.message_id, 0, READ_BYTES_MAX) or b"")
        for each in backlog.waiting(tx, below, BATCH)
    ]


def _read(loaded: Loaded) -> Sequence[tuple[Waiting, Document]]:
    return [(each, reading.read(raw).index_text) for each, raw in loaded]
