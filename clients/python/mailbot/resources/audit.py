"""The audit: who changed what, and whether the record of it was touched."""

from dataclasses import replace
from datetime import datetime
from typing import Unpack

from mailbot.arguments import InboxRef, check_keywords, inbox_name, instant
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import AuditEntry, AuditFault, AuditVerification
from mailbot.v1 import audits_pb2

NOTHING = "0" * 64
"""The hash before the first entry."""


class AuditListOptions(PageOptions, total=False):
    """Which entries; all that is given must hold."""

    actor_id: str
    """An API key's id, or "mailbot" for what the server decided."""
    action: str
    """For example "inbox.update"; "inbox." for all that begin with it."""
    resource_id: str
    """Of what was changed."""
    resource_type: str
    """For example "inbox"."""
    inbox_id: InboxRef
    """Of this inbox."""
    start_time: datetime
    """Not before."""
    end_time: datetime
    """Before."""


class Audit:
    """The account's record of changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, **options: Unpack[AuditListOptions]) -> Pages[AuditEntry]:
        """Entries, newest first."""
        return Pages(self._connection, _list(options))

    def get(self, audit_entry_id: str) -> AuditEntry:
        """One entry."""
        return self._connection.call(_get(audit_entry_id))

    def verify(self, *, expect: str = "") -> AuditVerification:
        """
        Have the server recompute the whole chain.

        `expect` is the `last_hash` of an earlier time, kept elsewhere: it shows a chain
        that was written anew as a whole, or cut off, which fits itself.
        """
        walk = _Walk(expect)
        while walk.is_open:
            walk.take(self._connection.call(walk.call()))
        return walk.end()


class AsyncAudit:
    """As `Audit`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(self, **options: Unpack[AuditListOptions]) -> AsyncPages[AuditEntry]:
        return AsyncPages(self._connection, _list(options))

    async def get(self, audit_entry_id: str) -> AuditEntry:
        return await self._connection.call(_get(audit_entry_id))

    async def verify(self, *, expect: str = "") -> AuditVerification:
        walk = _Walk(expect)
        while walk.is_open:
            walk.take(await self._connection.call(walk.call()))
        return walk.end()


class _Walk:
    """Piece after piece of a chain."""

    def __init__(self, expect: str) -> None:
        self.is_open = True
        self._expect = expect
        self._is_met = not expect
        self._next = 0
        self._far = AuditVerification(
            entry_count=0, last_sequence=0, last_hash=NOTHING, fault=None
        )

    def call(self) -> Call[audits_pb2.VerifyAuditEntriesResponse]:
        """The call for the next piece."""
        request = audits_pb2.VerifyAuditEntriesRequest(
            start_sequence=self._next,
            previous_hash=self._far.last_hash if self._next else "",
            expected_hash=self._expect,
        )
        return unary(
            lambda stubs: stubs.audits.VerifyAuditEntries,
            request,
            lambda response: response,
        )

    def take(self, piece: audits_pb2.VerifyAuditEntriesResponse) -> None:
        """Notes how far it is right."""
        self._is_met = self._is_met or piece.expected_found
        self._far = AuditVerification(
            entry_count=self._far.entry_count + piece.entry_count,
            last_sequence=piece.last_sequence,
            last_hash=piece.last_hash,
            fault=_fault(piece),
        )
        self._next = piece.next_sequence
        self.is_open = bool(self._next) and self._far.fault is None

    def end(self) -> AuditVerification:
        """What became of it."""
        if self._is_met or self._far.fault is not None:
            return self._far
        words = "the expected hash is not in the chain: it was written anew or cut off"
        fault = AuditFault(
            sequence=self._far.last_sequence, kind="rewritten", description=words
        )
        return replace(self._far, fault=fault)


def _fault(piece: audits_pb2.VerifyAuditEntriesResponse) -> AuditFault | None:
    if not piece.HasField("fault"):
        return None
    found = piece.fault
    return AuditFault(
        sequence=found.sequence, kind=found.kind, description=found.description
    )


def _get(audit_entry_id: str) -> Call[AuditEntry]:
    return unary(
        lambda stubs: stubs.audits.GetAuditEntry,
        audits_pb2.GetAuditEntryRequest(audit_entry_id=audit_entry_id),
        lambda response: result(AuditEntry, response.entry),
    )


def _list(options: AuditListOptions) -> Listing[AuditEntry]:
    check_keywords(options, AuditListOptions)
    wanted = audits_pb2.AuditFilter(
        actor_id=options.get("actor_id"),
        action=options.get("action"),
        resource_id=options.get("resource_id"),
        resource_type=options.get("resource_type"),
        inbox_id=inbox_name(options.get("inbox_id", "")),
        start_time=instant(options.get("start_time")),
        end_time=instant(options.get("end_time")),
    )

    def fetch(token: str, size: int) -> Call[Page[AuditEntry]]:
        request = audits_pb2.ListAuditEntriesRequest(
            filter=wanted, page_token=token, page_size=size
        )
        return unary(lambda stubs: stubs.audits.ListAuditEntries, request, _page)

    return listing(fetch, options)


def _page(response: audits_pb2.ListAuditEntriesResponse) -> Page[AuditEntry]:
    return page(AuditEntry, response.entries, response, response.next_page_token)
