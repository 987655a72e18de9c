"""An account with a log and a subscription, for tests of consuming."""

from datetime import timedelta
from typing import Any

from mailbot_server.core.account import ORDINARY_SCOPES, Principal
from mailbot_server.core.event import Event, EventFilter, EventType, InboxDetail
from mailbot_server.core.subscription import Handout, Key, Mode, Subscription
from mailbot_server.engine.subscriptions import NewSubscription, Wish, create
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction

LEASE = timedelta(seconds=30)


def principal(account_id: str = "acc_1", **changes: Any) -> Principal:
    return Principal(
        account_id=account_id,
        key_id="key_1",
        scopes=frozenset(ORDINARY_SCOPES),
        **changes,
    )


WHO = principal()


def new(mode: Mode = Mode.SHARED, **changes: Any) -> NewSubscription:
    plain: dict[str, Any] = {
        "filter": EventFilter(),
        "position": 0,
        "ack_deadline": LEASE,
        "max_attempts": 10,
    }
    return NewSubscription(mode=mode, **{**plain, **changes})


async def begin(
    db: Database, made: NewSubscription, who: Principal = WHO
) -> Subscription:
    await db.write(events.open_log, who.account_id)
    subscription, _ = await db.write(create, who, made)
    return subscription


def happen(
    tx: Transaction, count: int, account_id: str = "acc_1", /, **of: Any
) -> None:
    for _ in range(count):
        tx.emit(
            Event(
                type=EventType.INBOX_UPDATED,
                account_id=account_id,
                detail=InboxDetail(state="active"),
                **of,
            )
        )


def trim(tx: Transaction, position: int) -> None:
    tx.execute("DELETE FROM event WHERE position <= ?", position)
    tx.execute("UPDATE event_head SET trimmed = ?", position)


def wish(of: Subscription, consumer: str = "a", **changes: Any) -> Wish:
    plain: dict[str, Any] = {
        "stream": f"str_{consumer}",
        "outstanding_max": 100,
        "batch_max": 500,
        "heartbeat_seconds": 15.0,
    }
    return Wish(
        account_id=of.account_id,
        subscription_id=of.id,
        consumer_id=consumer,
        **{**plain, **changes},
    )


def positions(handed: list[Handout]) -> list[int]:
    return [handout.position for handout in handed]


def keys(handed: list[Handout]) -> list[Key]:
    return [handout.key for handout in handed]
