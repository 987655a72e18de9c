"""Two operations of which the second begins before the first has committed."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from mailbot_server.store.database import Database, Transaction
from tests.fakes.gate import PATIENCE_SECONDS, Gate

T = TypeVar("T")
Operation = Callable[[Transaction], T]

WAITING = (
    "SELECT COUNT(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def race(
    db: Database, first: Operation[T], second: Operation[T]
) -> list[T | BaseException]:
    """
    What each gave or raised.

    On PostgreSQL the first has done its work and commits once the second waits for it
    or has ended; on SQLite one comes after the other.
    """
    gate = Gate()

    def held(tx: Transaction) -> T:
        done = first(tx)
        gate.wait(tx)
        return done

    if not db.is_postgres:
        gate.open()
    async with asyncio.timeout(PATIENCE_SECONDS):
        one = asyncio.create_task(db.write(held))
        await gate.entered()
        other = asyncio.create_task(db.write(second))
        while db.is_postgres and not other.done() and not await db.read(_is_waited):
            pass
        gate.open()
        return [*await asyncio.gather(one, other, return_exceptions=True)]


def _is_waited(tx: Transaction) -> bool:
    row = tx.one(WAITING)
    return row is not None and row[0] > 0
