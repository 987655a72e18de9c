"""What was given up: shown, and handed out once more or dropped, a few at a time."""

from collections.abc import Sequence
from typing import Final

from mailbot_server.core.account import Principal
from mailbot_server.core.audit import Change
from mailbot_server.engine.subscriptions.lifecycle import NOUN, find
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import parking
from mailbot_server.store.subscriptions.parking import Page, Place

STEP: Final = 500
"""How many one operation moves."""


def show(
    tx: Transaction,
    principal: Principal,
    subscription_id: str,
    after: Place,
    limit: int,
) -> Page:
    """A page of what is parked, oldest first; raises NotFound."""
    return parking.page(tx, find(tx, principal, subscription_id), after, limit)


async def release(
    db: Database,
    principal: Principal,
    subscription_id: str,
    event_ids: Sequence[str],
    *,
    is_dropped: bool,
) -> int:
    """
    Hands parked events out once more, or drops them; how many.

    Those of these events, or all. What is cut off has moved some of them.
    """
    moved = 0
    while True:
        of = principal, subscription_id, tuple(event_ids), is_dropped
        count = await db.write(step, *of)
        moved += count
        if count < STEP:
            return moved


def step(
    tx: Transaction,
    principal: Principal,
    subscription_id: str,
    event_ids: Sequence[str],
    is_dropped: bool,  # noqa: FBT001 - handed on by position
) -> int:
    """Moves some of them; raises NotFound."""
    found = find(tx, principal, subscription_id, is_locked=True)
    move = parking.drop if is_dropped else parking.release
    count = move(tx, found, event_ids, STEP)
    if count:
        verb = "drop_parked" if is_dropped else "release_parked"
        tx.audit(
            Change(
                account_id=found.account_id,
                action=f"{NOUN}.{verb}",
                resource_type=NOUN,
                resource_id=found.id,
                after={"delivery_count": count},
            )
        )
    return count
