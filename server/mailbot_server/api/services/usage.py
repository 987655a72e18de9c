"""UsageService: how much was sent and received, and what became of it."""

from dataclasses import replace
from typing import Any, Final

from mailbot.v1 import usage_pb2, usage_pb2_grpc
from mailbot_server.api import calls, lookup, pages
from mailbot_server.api.convert import usage as convert
from mailbot_server.api.pages import Pages
from mailbot_server.core import usage
from mailbot_server.core.usage import Counts
from mailbot_server.engine import usage as engine
from mailbot_server.store.database import Database
from mailbot_server.store.usage import counts
from mailbot_server.store.usage.counts import Place

PAGE: Final = 50
PAGE_MAX: Final = 500


class UsageService(usage_pb2_grpc.UsageServiceServicer):
    """Adds up what is counted."""

    def __init__(self, db: Database, page_tokens: Pages) -> None:
        self._db = db
        self._pages = page_tokens

    async def GetUsage(
        self, request: usage_pb2.GetUsageRequest, context: Any
    ) -> usage_pb2.GetUsageResponse:
        """The counts of a period, in pieces and together."""
        principal = calls.principal()
        inbox_id = await lookup.inbox_id(self._db, principal, request.inbox_id)
        wanted = convert.wanted(request, principal, self._db.clock(), inbox_id)
        wanted = replace(wanted, domain=convert.domain_of(request.recipient_domain))
        hours = convert.hours_each(request, wanted)
        found = await self._db.read(counts.pieces, wanted, hours)
        account_id = principal.account_id
        return usage_pb2.GetUsageResponse(
            total=convert.counts(usage.total(found.values())),
            pieces=convert.pieces(found, wanted, hours),
            incomplete=await self._db.read(counts.is_incomplete, account_id),
        )

    async def ListInboxUsage(
        self, request: usage_pb2.ListInboxUsageRequest, context: Any
    ) -> usage_pb2.ListInboxUsageResponse:
        """Inboxes, those that wrote to most recipients first."""
        limit = pages.size(request.page_size, default=PAGE, most=PAGE_MAX)
        wanted = convert.wanted(request, calls.principal(), self._db.clock())
        after = None
        if (place := self._pages.place(request)) is not None:
            # Without an end in the request, all pages are of the first one's period.
            recipients, inbox_id, first, end = place
            after = Place(int(recipients), str(inbox_id))
            wanted = replace(wanted, first=int(first), end=int(end))
        found = await self._db.read(counts.by_inbox, wanted, after, limit + 1)
        shown = pages.fitting(_inbox(*each) for each in found[:limit])
        token = ""
        if len(found) > len(shown):
            last = shown[-1]
            begins: list[str | int]
            begins = [last.counts.recipients, last.inbox_id, wanted.first, wanted.end]
            token = self._pages.token(request, begins)
        return usage_pb2.ListInboxUsageResponse(inboxes=shown, next_page_token=token)

    async def ListDomainUsage(
        self, request: usage_pb2.ListDomainUsageRequest, context: Any
    ) -> usage_pb2.ListDomainUsageResponse:
        """The domains to which most was written."""
        principal = calls.principal()
        inbox_id = await lookup.inbox_id(self._db, principal, request.inbox_id)
        wanted = convert.wanted(request, principal, self._db.clock(), inbox_id)
        found = await self._db.read(counts.by_domain, wanted)
        return usage_pb2.ListDomainUsageResponse(
            domains=[
                usage_pb2.DomainUsageRow(
                    recipient_domain=domain, counts=convert.counts(each)
                )
                for domain, each in found
            ]
        )

    async def RebuildUsage(
        self, request: usage_pb2.RebuildUsageRequest, context: Any
    ) -> usage_pb2.RebuildUsageResponse:
        """Counts again from the events: a part of it."""
        return convert.rebuilt(await engine.rebuild(self._db, request.account_id))


def _inbox(inbox_id: str, found: Counts) -> usage_pb2.InboxUsageRow:
    return usage_pb2.InboxUsageRow(inbox_id=inbox_id, counts=convert.counts(found))
