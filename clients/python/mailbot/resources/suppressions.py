"""Suppressions: list, read, check, add, remove, import, export."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypedDict, Unpack

from mailbot.arguments import InboxRef, as_list, check_keywords, inbox_name, instant
from mailbot.calls import AsyncConnection, Call, Connection, download, unary, upload
from mailbot.convert import enum_name, enum_names, result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Suppression, SuppressionEntry, SuppressionImport
from mailbot.v1 import suppressions_pb2

CHUNK_ENTRIES = 1000
# The server ends longer transfers.
TRANSFER_SECONDS = 600.0
REASON = suppressions_pb2.SuppressionReason.DESCRIPTOR

Importable = str | SuppressionEntry | Suppression
"""An address, an entry, or what an export gave."""


class SuppressionOptions(TypedDict, total=False):
    """How to suppress an address; everything may be left out."""

    inbox_id: InboxRef
    """Only for mail from this inbox."""
    reason: str
    """"hard_bounce", "complaint", "unsubscribe" or "manual", the default."""
    expire_time: datetime | None
    """When it ends by itself; None: never."""
    note: str
    """For people."""


class SuppressionFilter(TypedDict, total=False):
    """Which suppressions; all that is given must hold."""

    reasons: str | Iterable[str]
    """With one of these reasons."""
    inbox_id: InboxRef
    """Of this inbox's own only."""
    address_contains: str
    """Whose address contains this."""
    after_time: datetime
    """Added at or after."""
    before_time: datetime
    """Added before."""


class SuppressionListOptions(PageOptions, SuppressionFilter, total=False):
    """Which suppressions to list, and how many."""


class Suppressions:
    """The addresses that the account does not write to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, address: str, **options: Unpack[SuppressionOptions]) -> Suppression:
        """
        Suppress an address; the suppression that holds now.

        A reason weaker than the one that holds changes nothing: complaint, then
        unsubscribe, manual, hard_bounce.
        """
        return self._connection.call(_add(address, options))

    def remove(self, address: str, *, inbox_id: InboxRef = "") -> Suppression | None:
        """Let mail go to an address again; None when it was not suppressed."""
        return self._connection.call(_remove(address, inbox_id))

    def get(self, suppression_id: str) -> Suppression:
        """One suppression."""
        return self._connection.call(_get(suppression_id))

    def check(
        self, addresses: str | Iterable[str], *, inbox_id: InboxRef = ""
    ) -> tuple[Suppression, ...]:
        """Those of up to 1,000 addresses that are suppressed, for mail of the inbox."""
        return self._connection.call(_check(addresses, inbox_id))

    def list(self, **options: Unpack[SuppressionListOptions]) -> Pages[Suppression]:
        """Suppressions, newest first."""
        return Pages(self._connection, _list(options))

    def import_(
        self, entries: Iterable[Importable], *, inbox_id: InboxRef = ""
    ) -> SuppressionImport:
        """
        Add any number; what cannot be read is counted and named, not raised.

        An exception of `entries` ends it; what came before it stays added.
        """
        requests = _Requests(entries, inbox_id)
        done = self._connection.call(_import(requests))
        requests.check()
        return done

    def export(self, **wanted: Unpack[SuppressionFilter]) -> Iterator[Suppression]:
        """All of them, oldest first, in one stream."""
        for found in self._connection.stream(_export(wanted)):
            yield from found


class AsyncSuppressions:
    """As `Suppressions`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, address: str, **options: Unpack[SuppressionOptions]
    ) -> Suppression:
        return await self._connection.call(_add(address, options))

    async def remove(
        self, address: str, *, inbox_id: InboxRef = ""
    ) -> Suppression | None:
        return await self._connection.call(_remove(address, inbox_id))

    async def get(self, suppression_id: str) -> Suppression:
        return await self._connection.call(_get(suppression_id))

    async def check(
        self, addresses: str | Iterable[str], *, inbox_id: InboxRef = ""
    ) -> tuple[Suppression, ...]:
        return await self._connection.call(_check(addresses, inbox_id))

    def list(
        self, **options: Unpack[SuppressionListOptions]
    ) -> AsyncPages[Suppression]:
        return AsyncPages(self._connection, _list(options))

    async def import_(
        self, entries: Iterable[Importable], *, inbox_id: InboxRef = ""
    ) -> SuppressionImport:
        requests = _Requests(entries, inbox_id)
        done = await self._connection.call(_import(requests))
        requests.check()
        return done

    async def export(
        self, **wanted: Unpack[SuppressionFilter]
    ) -> AsyncIterator[Suppression]:
        async for found in self._connection.stream(_export(wanted)):
            for each in found:
                yield each


class _Requests:
    """Entries in chunks; gRPC would hide an exception of theirs, so it is kept."""

    def __init__(self, entries: Iterable[Importable], inbox_id: InboxRef) -> None:
        self._entries = iter(entries)
        self._inbox = inbox_name(inbox_id)
        self._error: Exception | None = None

    def __iter__(self) -> Iterator[suppressions_pb2.ImportSuppressionsRequest]:
        while chunk := self._chunk():
            yield suppressions_pb2.ImportSuppressionsRequest(
                entries=chunk, inbox_id=self._inbox
            )

    def check(self) -> None:
        """Raises what the entries raised."""
        if self._error is not None:
            raise self._error

    def _chunk(self) -> list[suppressions_pb2.SuppressionEntry]:
        """The next ones; none after the last and after a fault."""
        chunk: list[suppressions_pb2.SuppressionEntry] = []
        if self._error is None:
            try:
                chunk.extend(map(_entry, islice(self._entries, CHUNK_ENTRIES)))
            except Exception as error:  # noqa: BLE001 - raised by `check`
                self._error = error
        return chunk


def _entry(entry: Importable) -> suppressions_pb2.SuppressionEntry:
    if isinstance(entry, str):
        return suppressions_pb2.SuppressionEntry(address=entry)
    return suppressions_pb2.SuppressionEntry(
        address=entry.address,
        reason=_reason(entry.reason),
        expire_time=instant(entry.expire_time),
        note=entry.note,
    )


def _reason(word: str) -> str | None:
    return enum_name(REASON, word) if word else None


def _add(address: str, options: SuppressionOptions) -> Call[Suppression]:
    check_keywords(options, SuppressionOptions)
    request = suppressions_pb2.AddSuppressionRequest(
        address=address,
        inbox_id=inbox_name(options.get("inbox_id", "")),
        reason=_reason(options.get("reason", "")),
        expire_time=instant(options.get("expire_time")),
        note=options.get("note"),
    )
    return unary(
        lambda stubs: stubs.suppressions.AddSuppression,
        request,
        lambda response: result(Suppression, response.suppression),
    )


def _remove(address: str, inbox_id: InboxRef) -> Call[Suppression | None]:
    request = suppressions_pb2.RemoveSuppressionRequest(
        address=address, inbox_id=inbox_name(inbox_id)
    )
    return unary(lambda stubs: stubs.suppressions.RemoveSuppression, request, _removed)


def _removed(
    response: suppressions_pb2.RemoveSuppressionResponse,
) -> Suppression | None:
    if not response.HasField("suppression"):
        return None
    return result(Suppression, response.suppression)


def _get(suppression_id: str) -> Call[Suppression]:
    return unary(
        lambda stubs: stubs.suppressions.GetSuppression,
        suppressions_pb2.GetSuppressionRequest(suppression_id=suppression_id),
        lambda response: result(Suppression, response.suppression),
    )


def _check(
    addresses: str | Iterable[str], inbox_id: InboxRef
) -> Call[tuple[Suppression, ...]]:
    request = suppressions_pb2.CheckSuppressionsRequest(
        addresses=as_list(addresses), inbox_id=inbox_name(inbox_id)
    )
    return unary(lambda stubs: stubs.suppressions.CheckSuppressions, request, _all)


def _filter(
    wanted: SuppressionFilter | SuppressionListOptions,
) -> suppressions_pb2.SuppressionFilter:
    return suppressions_pb2.SuppressionFilter(
        reasons=enum_names(REASON, wanted.get("reasons")),
        inbox_id=inbox_name(wanted.get("inbox_id", "")),
        address_contains=wanted.get("address_contains"),
        after_time=instant(wanted.get("after_time")),
        before_time=instant(wanted.get("before_time")),
    )


def _list(options: SuppressionListOptions) -> Listing[Suppression]:
    check_keywords(options, SuppressionListOptions)
    wanted = _filter(options)

    def fetch(token: str, size: int) -> Call[Page[Suppression]]:
        request = suppressions_pb2.ListSuppressionsRequest(
            filter=wanted, page_token=token, page_size=size
        )
        return unary(lambda stubs: stubs.suppressions.ListSuppressions, request, _page)

    return listing(fetch, options)


def _page(response: suppressions_pb2.ListSuppressionsResponse) -> Page[Suppression]:
    return page(Suppression, response.suppressions, response, response.next_page_token)


def _import(requests: _Requests) -> Call[SuppressionImport]:
    return upload(
        lambda stubs: stubs.suppressions.ImportSuppressions,
        iter(requests),
        lambda response: result(SuppressionImport, response),
        TRANSFER_SECONDS,
    )


def _export(wanted: SuppressionFilter) -> Call[tuple[Suppression, ...]]:
    check_keywords(wanted, SuppressionFilter)
    request = suppressions_pb2.ExportSuppressionsRequest(filter=_filter(wanted))
    call = download(lambda stubs: stubs.suppressions.ExportSuppressions, request, _all)
    return replace(call, timeout=TRANSFER_SECONDS)


def _all(
    response: suppressions_pb2.CheckSuppressionsResponse
    | suppressions_pb2.ExportSuppressionsResponse,
) -> tuple[Suppression, ...]:
    return tuple(result(Suppression, each) for each in response.suppressions)
