"""Threads: read whole conversations and list them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Unpack

from mailbot.arguments import InboxRef, check_keywords, inbox_name, instant
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Message, Thread
from mailbot.v1 import messages_pb2, threads_pb2

VIEW = messages_pb2.MessageView.DESCRIPTOR
# The most that GetThread returns at once.
PAGE_MAX = 100


class ThreadListOptions(PageOptions, total=False):
    """Which threads to list; all that is given must hold."""

    inbox_id: InboxRef
    """Only of this inbox."""
    after_time: datetime
    """Whose newest message came at or after."""
    before_time: datetime
    """Whose newest message came before."""
    unreplied: bool
    """True: only those that wait for an answer of ours."""


class Threads:
    """The account's conversations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, thread_id: str, *, view: str = "full") -> Thread:
        """
        The thread with all its messages, oldest first.

        `view` is "full" or "metadata" (without bodies). A thread too long to hold at
        once is read with `messages`.
        """
        listing = _messages(thread_id, view, {"page_size": PAGE_MAX})
        pages = list(Pages(self._connection, listing).pages())
        return _thread(pages)

    def messages(
        self, thread_id: str, *, view: str = "full", **options: Unpack[PageOptions]
    ) -> Pages[Message]:
        """The thread's messages, oldest first, page by page."""
        return Pages(self._connection, _messages(thread_id, view, options))

    def list(self, **options: Unpack[ThreadListOptions]) -> Pages[Thread]:
        """Threads, the one with the newest message first, without messages."""
        return Pages(self._connection, _list(options))


class AsyncThreads:
    """As `Threads`, awaited."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, thread_id: str, *, view: str = "full") -> Thread:
        listing = _messages(thread_id, view, {"page_size": PAGE_MAX})
        return _thread(
            [each async for each in AsyncPages(self._connection, listing).pages()]
        )

    def messages(
        self, thread_id: str, *, view: str = "full", **options: Unpack[PageOptions]
    ) -> AsyncPages[Message]:
        return AsyncPages(self._connection, _messages(thread_id, view, options))

    def list(self, **options: Unpack[ThreadListOptions]) -> AsyncPages[Thread]:
        return AsyncPages(self._connection, _list(options))


def _messages(thread_id: str, view: str, options: PageOptions) -> Listing[Message]:
    check_keywords(options, PageOptions)
    view_name = enum_name(VIEW, view)

    def fetch(token: str, size: int) -> Call[Page[Message]]:
        request = threads_pb2.GetThreadRequest(
            thread_id=thread_id, view=view_name, page_token=token, page_size=size
        )
        return unary(lambda stubs: stubs.threads.GetThread, request, _message_page)

    return listing(fetch, options)


def _message_page(response: threads_pb2.GetThreadResponse) -> Page[Message]:
    return page(Message, response.messages, response, response.next_page_token)


def _thread(pages: Iterable[Page[Message]]) -> Thread:
    """The thread as the last page tells it, with the messages of all."""
    messages: list[Message] = []
    for each in pages:
        messages += each.items
        raw = each.raw
    assert isinstance(raw, threads_pb2.GetThreadResponse)
    return replace(result(Thread, raw.thread), messages=tuple(messages))


def _list(options: ThreadListOptions) -> Listing[Thread]:
    check_keywords(options, ThreadListOptions)
    wanted = threads_pb2.ThreadFilter(
        inbox_id=inbox_name(options.get("inbox_id", "")),
        after_time=instant(options.get("after_time")),
        before_time=instant(options.get("before_time")),
        unreplied=options.get("unreplied"),
    )

    def fetch(token: str, size: int) -> Call[Page[Thread]]:
        request = threads_pb2.ListThreadsRequest(
            filter=wanted, page_token=token, page_size=size
        )
        return unary(lambda stubs: stubs.threads.ListThreads, request, _thread_page)

    return listing(fetch, options)


def _thread_page(response: threads_pb2.ListThreadsResponse) -> Page[Thread]:
    return page(Thread, response.threads, response, response.next_page_token)
