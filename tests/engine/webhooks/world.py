"""Webhooks of one account and the parts that post to them, for tests."""

import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from mailbot_server.api.convert import payloads
from mailbot_server.config import Settings
from mailbot_server.core.event import (
    ContentDetail,
    Event,
    EventFilter,
    EventType,
)
from mailbot_server.core.signed import server_key
from mailbot_server.core.subscription import Kind, Mode, Subscription
from mailbot_server.core.webhook.attempt import Attempt
from mailbot_server.core.webhook.endpoint import Endpoint
from mailbot_server.engine.signing.sealing import Vault
from mailbot_server.engine.webhooks import sealing
from mailbot_server.engine.webhooks.client import Client
from mailbot_server.engine.webhooks.dispatcher import Dispatcher
from mailbot_server.engine.webhooks.keeping import Kept
from mailbot_server.engine.webhooks.lane import Office
from mailbot_server.engine.webhooks.sealing import Safe
from mailbot_server.engine.webhooks.turns import Turns
from mailbot_server.engine.webhooks.webhooks import Webhooks
from mailbot_server.store import events
from mailbot_server.store.database import Database, Transaction
from mailbot_server.store.subscriptions import rows as subscriptions
from mailbot_server.store.webhooks import attempts, endpoints
from tests.fakes.clock import FakeClock
from tests.fakes.entropy import FakeEntropy
from tests.fakes.resolver import FakeResolver
from tests.fakes.tenants import account, add_account, principal

ME = principal()
MASTER = b"a key that only tests sign with"
LOCAL = Settings(webhook_allowed_hosts=("127.0.0.1",))


def happen(tx: Transaction, count: int = 1, /, **of: Any) -> list[str]:
    ids = []
    for number in range(count):
        fields: dict[str, Any] = {
            "type": EventType.MESSAGE_RECEIVED,
            "account_id": account().id,
            "detail": ContentDetail(subject=f"Number {number}"),
        }
        ids.append(tx.emit(Event(**(fields | of))))
    return ids


class World:
    """One process with webhooks."""

    def __init__(
        self,
        db: Database,
        clock: FakeClock,
        settings: Settings = LOCAL,
        holder: str = "nod_a",
    ) -> None:
        self.db = db
        self.clock = clock
        self.resolver = FakeResolver()
        self.safe = Safe(
            Vault(server_key.keys_for([MASTER], sealing.PURPOSE), FakeEntropy(7))
        )
        self.client = Client(settings, self.resolver)
        self.office = Office(
            db=db,
            client=self.client,
            safe=self.safe,
            encode=payloads.encode,
            holder=holder,
            turns=Turns(settings.webhook_concurrency),
        )
        self.webhooks = Webhooks(self.office, settings)
        self.dispatcher = Dispatcher(self.office)
        self.id = ""
        self.secret = ""

    async def create(self, url: str, request_id: str = "", **fields: Any) -> Kept:
        """A new webhook of the account; its fields are those of both halves."""
        read: dict[str, Any] = {"filter": EventFilter()}
        for name in ("filter", "view", "is_ordered", "display_name"):
            if name in fields:
                read[name] = fields.pop(name)
        now = self.clock()
        new = Subscription(
            id=self.webhooks.new_id(),
            account_id=ME.account_id,
            kind=Kind.WEBHOOK,
            mode=Mode.SHARED,
            max_attempts=0,
            created_at=now,
            updated_at=now,
            **read,
        )
        kept, secret, _ = await self.webhooks.create(
            ME, new, {"url": url, **fields}, request_id, b"digest"
        )
        self.id, self.secret = kept.endpoint.id, secret
        return kept

    async def happen(self, count: int = 1, /, **of: Any) -> list[str]:
        """So many events, in one operation; their ids."""
        ids: list[str] = await self.db.write(happen, count, **of)
        return ids

    async def post(self) -> None:
        """Everything that is due now, until it is written down."""
        await self.dispatcher.step()

    async def pass_(self, **step: float) -> None:
        """Time, and then everything that is due."""
        self.clock.advance(**step)
        await self.post()

    async def endpoint(self) -> Endpoint:
        """The webhook that was created last."""
        found = await self.db.read(endpoints.get, ME.account_id, self.id)
        assert found is not None
        return found

    async def subscription(self) -> Subscription:
        """Its reading half."""
        found = await self.db.read(subscriptions.get, ME.account_id, self.id)
        assert found is not None
        return found

    async def attempts(self) -> list[Attempt]:
        """Every attempt, oldest first."""
        found = await self.db.read(attempts.list_, self.id, 1000)
        return found[::-1]

    async def told(self, *kinds: EventType) -> list[Event]:
        """The events of these types in the account's log."""
        wanted = EventFilter(types=kinds)
        page = await self.db.read(events.after, ME.account_id, 0, wanted, 1000)
        return page.events


@asynccontextmanager
async def world(
    db: Database, clock: FakeClock, settings: Settings = LOCAL
) -> AsyncIterator[World]:
    """A process that is closed at the end; its account is new."""
    await add_account(db)
    made = World(db, clock, settings)
    try:
        yield made
    finally:
        await made.client.close()


def signed(secret: str, headers: Any, body: bytes) -> str:
    """The signature that a receiver computes, from nothing of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(key, content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
