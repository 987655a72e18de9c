"""A webhook of the first account and a log that it reads, for tests of the store."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mailbot_server.core.event import Event, EventFilter, EventType, InboxDetail
from mailbot_server.core.subscription import Kind, Mode, Subscription
from mailbot_server.core.webhook.attempt import Answer, Attempt
from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.core.webhook.result import Result
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import rows as subscriptions
from mailbot_server.store.webhooks import endpoints
from tests.fakes.clock import FakeClock
from tests.fakes.tenants import account, add_account

ID = f"whk_{1:026d}"
ATTEMPT = Attempt(
    id=f"wat_{1:026d}",
    account_id=account().id,
    webhook_id=ID,
    event_id="evt_1",
    event_type="message.received",
    number=1,
    replay_id="",
    started_at=datetime(2026, 3, 2, tzinfo=UTC),
    url="https://example.com/hook",
    request_headers={"webhook-id": "evt_1"},
    request_body=b'{"data":{}}',
    answer=Answer(
        result=Result.SERVER_ERROR,
        status=500,
        diagnostic="500 Oops",
        remote_address="192.0.2.1:443",
        duration_seconds=0.25,
        headers={"server": "x"},
        body=b"\xff oops",
    ),
    next_at=datetime(2026, 3, 2, 0, 0, 5, tzinfo=UTC),
)


def endpoint(**changes: Any) -> Endpoint:
    """The endpoint, which is not spoken to."""
    plain = Endpoint(
        id=ID,
        account_id=account().id,
        url="https://example.com/hook",
        sealed_headers=b"headers",
        sealed_secret=b"secret",
    )
    return replace(plain, **changes)


async def prepare(db: Database, clock: FakeClock, **changes: Any) -> Subscription:
    """The account with its webhook; its reading half."""
    await add_account(db)
    reader = Subscription(
        id=ID,
        account_id=account().id,
        kind=Kind.WEBHOOK,
        mode=Mode.SHARED,
        filter=EventFilter(),
        max_attempts=0,
        created_at=clock(),
        updated_at=clock(),
    )
    await db.write(subscriptions.add, reader)
    await db.write(endpoints.add, endpoint(**changes))
    return reader


def happen(tx: Transaction, count: int) -> list[str]:
    """So many events."""
    told = Event(
        type=EventType.INBOX_UPDATED,
        account_id=account().id,
        detail=InboxDetail(state="active"),
    )
    return [tx.emit(told) for _ in range(count)]


def attempt(**changes: Any) -> Attempt:
    """A failed attempt at the first event."""
    return replace(ATTEMPT, **changes)
