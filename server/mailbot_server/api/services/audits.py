"""AuditService: who changed what, and whether the record of it was touched."""

from typing import Any, Final

from mailbot.v1 import audits_pb2, audits_pb2_grpc
from mailbot_server.api import calls, lookup, pages
from mailbot_server.api.convert import audits as convert
from mailbot_server.api.pages import Pages
from mailbot_server.core.account import ADMIN, Principal
from mailbot_server.core.audit import Entry, Fault, Link, chain
from mailbot_server.core.errors import NotAllowed, NotFound, one_field
from mailbot_server.store.audit import chains, entries
from mailbot_server.store.audit.chains import Verified
from mailbot_server.store.database import Database, Transaction
from mailbot_server.telemetry import log
from mailbot_server.telemetry.metrics import Metrics

PAGE: Final = 50
PAGE_MAX: Final = 500
SEQUENCE_MAX: Final = 2**62
_logger: Final = log.get("audit")


class AuditService(audits_pb2_grpc.AuditServiceServicer):
    """Shows and verifies the account's chain of changes."""

    def __init__(self, db: Database, page_tokens: Pages, metrics: Metrics) -> None:
        self._db = db
        self._pages = page_tokens
        self._metrics = metrics

    async def ListAuditEntries(
        self, request: audits_pb2.ListAuditEntriesRequest, context: Any
    ) -> audits_pb2.ListAuditEntriesResponse:
        """Entries, newest first."""
        principal = calls.principal()
        limit = pages.size(request.page_size, default=PAGE, most=PAGE_MAX)
        asked = request.filter
        inbox_id = await lookup.inbox_id(self._db, principal, asked.inbox_id)
        wanted = convert.filter_of(asked, inbox_id, principal)
        place = self._pages.place(request)
        before = (int(place[0]), int(place[1])) if place else None
        found = await self._db.read(
            entries.list_newest, principal.account_id, wanted, before, limit + 1
        )
        shown = pages.fitting(convert.to_proto(each) for each in found[:limit])
        token = ""
        if len(found) > len(shown):
            last = entries.place_of(found[len(shown) - 1])
            token = self._pages.token(request, [*last])
        return audits_pb2.ListAuditEntriesResponse(entries=shown, next_page_token=token)

    async def GetAuditEntry(
        self, request: audits_pb2.GetAuditEntryRequest, context: Any
    ) -> audits_pb2.GetAuditEntryResponse:
        """One entry."""
        found = await self._db.read(_one, calls.principal(), request.audit_entry_id)
        return audits_pb2.GetAuditEntryResponse(entry=convert.to_proto(found))

    async def VerifyAuditEntries(
        self, request: audits_pb2.VerifyAuditEntriesRequest, context: Any
    ) -> audits_pb2.VerifyAuditEntriesResponse:
        """Whether a piece of the chain is as it was written."""
        principal = calls.principal()
        if principal.inbox_ids is not None:
            message = "this API key is restricted to inboxes; the chain is wider"
            raise NotAllowed(message, details={"scope": ADMIN})
        if not 0 <= request.start_sequence <= SEQUENCE_MAX:
            raise one_field("start_sequence", "must be 0 or the place of an entry")
        previous = convert.hash_of(request.previous_hash, "previous_hash")
        expected = convert.hash_of(request.expected_hash, "expected_hash")
        after = max(request.start_sequence - 1, 0)
        account_id = principal.account_id
        done = await self._db.read(_verify, account_id, after, previous, expected)
        if done.fault is not None and await self._is_known(account_id, after, previous):
            self._metrics.audit_chain_errors.inc()
            _logger.error(
                "audit_chain_broken",
                account_id=account_id,
                sequence=done.fault.sequence,
                kind=done.fault.kind,
            )
        return convert.verified(done)

    async def _is_known(self, account_id: str, after: int, previous: bytes) -> bool:
        """Whether the chain itself is at fault, and not what the caller said of it."""
        head = await self._db.read(chains.head, account_id)
        return not previous and after <= head.sequence


def _one(tx: Transaction, principal: Principal, entry_id: str) -> Entry:
    found = entries.get(tx, principal.account_id, entry_id)
    if found is None:
        raise NotFound("audit_entry", entry_id)
    principal.require_inbox(found.inbox_id, "audit_entry", entry_id)
    return found


def _verify(
    tx: Transaction, account_id: str, after: int, previous: bytes, expected: bytes
) -> Verified:
    link = chains.link_at(tx, account_id, after)
    if previous:
        link = Link(sequence=after, hash=previous)
    if link is None:
        words = f"entry {after} is not there"
        fault = Fault(sequence=after, kind=chain.MISSING, description=words)
        return Verified(count=0, link=Link(), fault=fault, is_last=True)
    return chains.verify(tx, account_id, link, met=expected)
