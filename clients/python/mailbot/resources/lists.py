"""Address lists: whom inboxes let write to them, and whom they write to."""

from typing import TypedDict, Unpack

from mailbot.arguments import InboxRef, check_keywords, inbox_name
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import AddressDecision, AddressEntry
from mailbot.v1 import address_lists_pb2

DIRECTION = address_lists_pb2.AddressListDirection.DESCRIPTOR
ACTION = address_lists_pb2.AddressListAction.DESCRIPTOR


class EntryOptions(TypedDict, total=False):
    """Where an entry counts; everything may be left out."""

    inbox_id: InboxRef
    """Only for this inbox; otherwise for all of the account."""
    direction: str
    """"sender", who writes to it, the default; or "recipient", to whom it writes."""
    note: str
    """For people."""


class EntryListOptions(PageOptions, total=False):
    """Which entries to list; all that is given must hold."""

    inbox_id: InboxRef
    """Of this inbox's own only."""
    direction: str
    """"sender" or "recipient"."""


class AddressLists:
    """The account's allow and block lists."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def allow(self, pattern: str, **options: Unpack[EntryOptions]) -> AddressEntry:
        """
        Let an address, a domain, or "*.domain" through; then nobody else is.

        A list that allows anybody keeps out whom it does not name.
        """
        return self._connection.call(_add(pattern, "allow", options))

    def block(self, pattern: str, **options: Unpack[EntryOptions]) -> AddressEntry:
        """Keep an address, a domain, or "*.domain" out."""
        return self._connection.call(_add(pattern, "block", options))

    def remove(self, entry: str | AddressEntry) -> None:
        """Take an entry off its list."""
        self._connection.call(_remove(entry))

    def list(self, **options: Unpack[EntryListOptions]) -> Pages[AddressEntry]:
        """Entries, newest first."""
        return Pages(self._connection, _list(options))

    def check(
        self, address: str, *, inbox_id: InboxRef, direction: str = "sender"
    ) -> AddressDecision:
        """What the lists of an inbox and its account make of an address."""
        return self._connection.call(_check(address, inbox_id, direction))


class AsyncAddressLists:
    """As `AddressLists`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def allow(
        self, pattern: str, **options: Unpack[EntryOptions]
    ) -> AddressEntry:
        return await self._connection.call(_add(pattern, "allow", options))

    async def block(
        self, pattern: str, **options: Unpack[EntryOptions]
    ) -> AddressEntry:
        return await self._connection.call(_add(pattern, "block", options))

    async def remove(self, entry: str | AddressEntry) -> None:
        await self._connection.call(_remove(entry))

    def list(self, **options: Unpack[EntryListOptions]) -> AsyncPages[AddressEntry]:
        return AsyncPages(self._connection, _list(options))

    async def check(
        self, address: str, *, inbox_id: InboxRef, direction: str = "sender"
    ) -> AddressDecision:
        return await self._connection.call(_check(address, inbox_id, direction))


def _add(pattern: str, action: str, options: EntryOptions) -> Call[AddressEntry]:
    check_keywords(options, EntryOptions)
    entry = address_lists_pb2.AddressEntry(
        inbox_id=inbox_name(options.get("inbox_id", "")),
        direction=enum_name(DIRECTION, options.get("direction", "sender")),
        action=enum_name(ACTION, action),
        pattern=pattern,
        note=options.get("note"),
    )
    return unary(
        lambda stubs: stubs.address_lists.AddAddressEntry,
        address_lists_pb2.AddAddressEntryRequest(entry=entry),
        lambda response: result(AddressEntry, response.entry),
    )


def _remove(entry: str | AddressEntry) -> Call[None]:
    entry_id = entry if isinstance(entry, str) else entry.id
    return unary(
        lambda stubs: stubs.address_lists.RemoveAddressEntry,
        address_lists_pb2.RemoveAddressEntryRequest(entry_id=entry_id),
        lambda _: None,
    )


def _check(address: str, inbox: InboxRef, direction: str) -> Call[AddressDecision]:
    request = address_lists_pb2.CheckAddressRequest(
        inbox_id=inbox_name(inbox),
        address=address,
        direction=enum_name(DIRECTION, direction),
    )
    return unary(
        lambda stubs: stubs.address_lists.CheckAddress,
        request,
        lambda response: result(AddressDecision, response),
    )


def _list(options: EntryListOptions) -> Listing[AddressEntry]:
    check_keywords(options, EntryListOptions)
    inbox_id = inbox_name(options.get("inbox_id", ""))
    asked = options.get("direction", "")
    direction = enum_name(DIRECTION, asked) if asked else None

    def fetch(token: str, size: int) -> Call[Page[AddressEntry]]:
        request = address_lists_pb2.ListAddressEntriesRequest(
            inbox_id=inbox_id, direction=direction, page_token=token, page_size=size
        )
        return unary(
            lambda stubs: stubs.address_lists.ListAddressEntries, request, _page
        )

    return listing(fetch, options)


def _page(
    response: address_lists_pb2.ListAddressEntriesResponse,
) -> Page[AddressEntry]:
    return page(AddressEntry, response.entries, response, response.next_page_token)
