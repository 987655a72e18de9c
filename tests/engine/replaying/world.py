"""A log and its readers, to whom recorded events are handed once more."""

from dataclasses import replace
from typing import Any

from mailbot_server.core.account import Principal
from mailbot_server.core.event import EventFilter
from mailbot_server.core.subscription import Handout, Subscription
from mailbot_server.engine.replaying import Asked
from mailbot_server.store.database import Database
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import principal as plain
from tests.store.subscriptions import world
from tests.store.subscriptions.world import ACCOUNT, LEASE, SUB, subscription

HOOK = "whk_1"


def principal(**changes: Any) -> Principal:
    """Who asks: a key of the account that may see everything."""
    return replace(plain(), account_id=ACCOUNT, **changes)


def asked(*target_ids: str, **changes: Any) -> Asked:
    """Everything once more, for these, or for the subscription."""
    wanted = Asked(target_ids=target_ids or (SUB,), filter=EventFilter())
    return replace(wanted, **changes)


async def begin(db: Database, clock: FakeClock, *readers: Subscription) -> None:
    """An account's log and its readers; one subscription unless told."""
    await db.write(world.begin, readers or (subscription(clock()),))


async def take(
    db: Database, clock: FakeClock, of: str = SUB, limit: int = 1000
) -> list[Handout]:
    """What a reader is handed."""
    until = clock() + LEASE
    handed = await db.write(world.take, "me", limit, until, of)
    return handed.handouts
