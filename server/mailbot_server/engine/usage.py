"""Counts usage again where that is asked for or due, and folds hours that are over."""

from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core import usage
from mailbot_server.core.errors import NotFound
from mailbot_server.store import accounts
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.usage import folding, recounting
from mailbot_server.store.usage.recounting import OVER_AFTER, Recount

STEPS: Final = 40
ACCOUNTS: Final = 10
LOOKED_AT: Final = 500
HOURS_MAX: Final = 48
"""What is older was left by a server that stood still; it may stay as it is."""


async def rebuild(db: Database, account_id: str) -> Recount:
    """
    Begins to count an account's events again, or goes on with that, for a while.

    Raises NotFound for an account that there is not.
    """
    await db.write(_begin, account_id)
    return await _go_on(db, account_id)


async def go_on(db: Database) -> None:
    """Goes on with what was begun and left, or is done by itself."""
    for account_id in await db.read(recounting.due, ACCOUNTS):
        await _go_on(db, account_id)


async def fold(db: Database) -> None:
    """Folds the next hours that are over."""
    last = usage.hour_of(db.clock() - OVER_AFTER - timedelta(hours=1))
    done = await db.read(folding.looked_at)
    if done >= last:
        return
    for hour in range(max(done, last - HOURS_MAX) + 1 if done else last, last + 1):
        await _fold_all(db, hour)
        await db.write(folding.look_no_more, hour)


def period(start: datetime, end: datetime) -> tuple[int, int]:
    """The first hour of a period and the one after its last; hours count whole."""
    return usage.hour_of(start), usage.hour_of(end - timedelta(microseconds=1)) + 1


async def _go_on(db: Database, account_id: str) -> Recount:
    so_far = Recount(account_id=account_id, is_done=True)
    for _ in range(STEPS):
        found = await db.write(recounting.step, account_id)
        if found is None:
            return so_far
        so_far = found
        if so_far.is_done:
            break
    return so_far


async def _fold_all(db: Database, hour: int) -> None:
    after = ""
    while True:
        large, after = await db.read(folding.large, hour, after, LOOKED_AT)
        for account_id in large:
            await db.write(folding.fold, account_id, hour)
        if not after:
            return


def _begin(tx: Transaction, account_id: str) -> None:
    if accounts.get(tx, account_id) is None:
        raise NotFound("account", account_id)
    recounting.begin(tx, account_id)
