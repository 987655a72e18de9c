"""DeliveryService: what became of refusals when they are read again."""

from collections.abc import AsyncIterator
from typing import Any, Final

from mailbot.v1 import deliveries_pb2, deliveries_pb2_grpc
from mailbot_server.api import calls
from mailbot_server.api.streams import Streams
from mailbot_server.core.errors import NotFound
from mailbot_server.engine.outbound.reclassify import Reclassified, reclassify
from mailbot_server.store import accounts
from mailbot_server.store.database import Database

ACCOUNTS_PAGE: Final = 100
Progress = AsyncIterator[deliveries_pb2.ReclassifyDeliveriesResponse]


class DeliveryService(deliveries_pb2_grpc.DeliveryServiceServicer):
    """Shows and moves the queue."""

    def __init__(self, db: Database, streams: Streams) -> None:
        self._db = db
        self._streams = streams

    async def ReclassifyDeliveries(
        self, request: deliveries_pb2.ReclassifyDeliveriesRequest, context: Any
    ) -> Progress:
        """Streams how far it has come, after each page of each account."""
        age = self._streams.age(calls.principal(), 0.0)
        so_far = deliveries_pb2.ReclassifyDeliveriesResponse()
        async for account_id in self._account_ids(request.account_id):
            async for page in self._pages(account_id, dry_run=request.dry_run):
                await age.check()
                so_far.examined += page.examined
                so_far.changed += page.changed
                so_far.lifted += page.lifted
                yield so_far

    async def _account_ids(self, wanted: str) -> AsyncIterator[str]:
        """The one that is wanted, or all; raises NotFound."""
        if wanted:
            if await self._db.read(accounts.get, wanted) is None:
                raise NotFound("account", wanted)
            yield wanted
            return
        before = ""
        while found := await self._db.read(accounts.list_newest, before, ACCOUNTS_PAGE):
            for account in found:
                yield account.id
            before = found[-1].id

    async def _pages(
        self, account_id: str, *, dry_run: bool
    ) -> AsyncIterator[Reclassified]:
        """One operation after another, until the account has no more deliveries."""
        run = self._db.read if dry_run else self._db.write
        after = ""
        while True:
            page = await run(reclassify, account_id, after, dry_run=dry_run)
            yield page
            if page.is_last:
                return
            after = page.last_id
