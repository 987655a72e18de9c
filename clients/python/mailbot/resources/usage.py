"""Usage: how much was sent and received, and what became of it."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import TypedDict, Unpack

from mailbot.arguments import InboxRef, check_keywords, inbox_name, instant
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Usage, UsageOfDomain, UsageOfInbox, UsageRebuild
from mailbot.v1 import usage_pb2

INTERVAL = usage_pb2.UsageInterval.DESCRIPTOR


class Period(TypedDict, total=False):
    """Of when; full UTC hours count."""

    start_time: datetime
    """From this time on; 30 days before `end_time` unless told."""
    end_time: datetime
    """Up to this time; now unless told."""


class UsageOptions(Period, total=False):
    """Which counts, and in what pieces."""

    interval: str
    """"hour" or "day"; one piece unless told."""
    inbox_id: InboxRef
    """Only this inbox."""
    recipient_domain: str
    """Only mail to this domain."""


class InboxUsageOptions(PageOptions, Period, total=False):
    """Of when, and how many."""


class UsageReader:
    """Counts of the account, its inboxes and the domains that they write to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, **options: Unpack[UsageOptions]) -> Usage:
        """The counts of a period, together and piece by piece."""
        return self._connection.call(_get(options))

    def by_inbox(self, **options: Unpack[InboxUsageOptions]) -> Pages[UsageOfInbox]:
        """Inboxes, those that wrote to most recipients first."""
        return Pages(self._connection, _by_inbox(options))

    def by_domain(
        self, *, inbox_id: InboxRef = "", **period: Unpack[Period]
    ) -> tuple[UsageOfDomain, ...]:
        """The up to 50 recipient domains that most was written to."""
        return self._connection.call(_by_domain(inbox_id, period))

    def rebuild(self, account_id: str) -> Iterator[UsageRebuild]:
        """Count an account's events again: how far it has come, until it is done."""
        done = False
        while not done:
            so_far = self._connection.call(_rebuild(account_id))
            yield so_far
            done = so_far.done


class AsyncUsageReader:
    """As `UsageReader`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, **options: Unpack[UsageOptions]) -> Usage:
        return await self._connection.call(_get(options))

    def by_inbox(
        self, **options: Unpack[InboxUsageOptions]
    ) -> AsyncPages[UsageOfInbox]:
        return AsyncPages(self._connection, _by_inbox(options))

    async def by_domain(
        self, *, inbox_id: InboxRef = "", **period: Unpack[Period]
    ) -> tuple[UsageOfDomain, ...]:
        return await self._connection.call(_by_domain(inbox_id, period))

    async def rebuild(self, account_id: str) -> AsyncIterator[UsageRebuild]:
        done = False
        while not done:
            so_far = await self._connection.call(_rebuild(account_id))
            yield so_far
            done = so_far.done


def _get(options: UsageOptions) -> Call[Usage]:
    check_keywords(options, UsageOptions)
    interval = options.get("interval", "")
    request = usage_pb2.GetUsageRequest(
        start_time=instant(options.get("start_time")),
        end_time=instant(options.get("end_time")),
        interval=enum_name(INTERVAL, interval) if interval else None,
        inbox_id=inbox_name(options.get("inbox_id", "")),
        recipient_domain=options.get("recipient_domain"),
    )
    return unary(
        lambda stubs: stubs.usage.GetUsage,
        request,
        lambda response: result(Usage, response),
    )


def _by_inbox(options: InboxUsageOptions) -> Listing[UsageOfInbox]:
    check_keywords(options, InboxUsageOptions)

    def fetch(token: str, size: int) -> Call[Page[UsageOfInbox]]:
        request = usage_pb2.ListInboxUsageRequest(
            start_time=instant(options.get("start_time")),
            end_time=instant(options.get("end_time")),
            page_token=token,
            page_size=size,
        )
        return unary(lambda stubs: stubs.usage.ListInboxUsage, request, _page)

    return listing(fetch, options)


def _page(response: usage_pb2.ListInboxUsageResponse) -> Page[UsageOfInbox]:
    return page(UsageOfInbox, response.inboxes, response, response.next_page_token)


def _by_domain(inbox_id: InboxRef, period: Period) -> Call[tuple[UsageOfDomain, ...]]:
    check_keywords(period, Period)
    request = usage_pb2.ListDomainUsageRequest(
        start_time=instant(period.get("start_time")),
        end_time=instant(period.get("end_time")),
        inbox_id=inbox_name(inbox_id),
    )
    return unary(
        lambda stubs: stubs.usage.ListDomainUsage,
        request,
        lambda response: tuple(
            result(UsageOfDomain, each) for each in response.domains
        ),
    )


def _rebuild(account_id: str) -> Call[UsageRebuild]:
    return unary(
        lambda stubs: stubs.usage.RebuildUsage,
        usage_pb2.RebuildUsageRequest(account_id=account_id),
        lambda response: result(UsageRebuild, response),
    )
