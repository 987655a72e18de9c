"""Lists that fetch their next page when it is needed."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypedDict, TypeVar

from google.protobuf.message import Message as Protobuf

from mailbot.calls import AsyncConnection, Call, Connection
from mailbot.convert import result

Item = TypeVar("Item")


class PageOptions(TypedDict, total=False):
    """What every list takes."""

    limit: int
    """Stop after so many items in all."""
    page_size: int
    """Items to fetch at a time; the server's default and maximum depend on the list."""
    page_token: str
    """Start with this page: `next_page_token` of the one before, same filter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """One response of a list; `end_cursor` only of events."""

    items: tuple[Item, ...]
    next_page_token: str
    end_cursor: str = ""
    raw: Protobuf = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """How to fetch one page, where to start and when to stop."""

    fetch: Callable[[str, int], Call[Page[Item]]]
    page_token: str
    page_size: int
    limit: int | None


def listing(
    fetch: Callable[[str, int], Call[Page[Item]]], options: PageOptions
) -> Listing[Item]:
    """A list; `fetch` makes the call for a page token and a page size (0: default)."""
    limit = options.get("limit")
    if limit is not None and limit < 0:
        raise ValueError(f"limit={limit} is below 0")
    size = options.get("page_size") or limit or 0
    return Listing(fetch, options.get("page_token", ""), size, limit)


def page(
    kind: type[Item], items: Iterable[Protobuf], response: Protobuf, token: str
) -> Page[Item]:
    """A response's items as results."""
    return Page(
        items=tuple(result(kind, each) for each in items),
        next_page_token=token,
        raw=response,
    )


class Pages(Generic[Item]):
    """Iterates over all items, or with `pages()` over the responses they came in."""

    def __init__(self, connection: Connection, listing: Listing[Item]) -> None:
        self._connection = connection
        self._listing = listing

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[Item]]:
        """Fetch page after page; the last one is cut at `limit`."""
        progress = _Progress(self._listing)
        while not progress.done:
            yield progress.advance(self._connection.call(progress.call()))


class AsyncPages(Generic[Item]):
    """As `Pages`, for `async for`."""

    def __init__(self, connection: AsyncConnection, listing: Listing[Item]) -> None:
        self._connection = connection
        self._listing = listing

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[Item]]:
        """Fetch page after page; the last one is cut at `limit`."""
        progress = _Progress(self._listing)
        while not progress.done:
            yield progress.advance(await self._connection.call(progress.call()))


class _Progress(Generic[Item]):
    """How far one iteration has come."""

    def __init__(self, listing: Listing[Item]) -> None:
        self._listing = listing
        self._token = listing.page_token
        self._left = listing.limit
        self.done = listing.limit == 0

    def call(self) -> Call[Page[Item]]:
        return self._listing.fetch(self._token, self._listing.page_size)

    def advance(self, page: Page[Item]) -> Page[Item]:
        """The page, cut at the limit."""
        items = page.items[: self._left]
        if self._left is not None:
            self._left -= len(items)
        self._token = page.next_page_token
        self.done = not self._token or self._left == 0
        return Page(
            items=items,
            next_page_token=page.next_page_token,
            end_cursor=page.end_cursor,
            raw=page.raw,
        )
