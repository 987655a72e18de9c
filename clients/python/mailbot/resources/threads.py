"""Threads: read whole conversations, list them, correct and label them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Unpack

from mailbot.arguments import InboxRef, as_list, check_keywords, inbox_name, instant
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, result
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.types import Message, Thread, ThreadExplanation, ThreadSplit
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
    labels: str | Iterable[str]
    """With one of these labels."""
    participant_address: str
    """In which this address takes part."""


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

    def explain(self, thread_id: str | Thread) -> ThreadExplanation:
        """Which id ties which messages, and what was merged or split."""
        return self._connection.call(_explain(thread_id))

    def merge(self, *threads: str | Thread) -> Thread:
        """Make two to 50 threads of one inbox one, for good; the oldest id survives."""
        return self._connection.call(_merge(threads))

    def split(
        self,
        thread_id: str | Thread,
        messages: str | Message | Iterable[str | Message],
    ) -> ThreadSplit:
        """Take messages out of a thread into a new one, which answers to them join."""
        return self._connection.call(_split(thread_id, messages))

    def label(
        self,
        thread_id: str | Thread,
        *,
        add: str | Iterable[str] = (),
        remove: str | Iterable[str] = (),
    ) -> Thread:
        """Give a thread labels and take others away."""
        return self._connection.call(_label(thread_id, add, remove))


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

    async def explain(self, thread_id: str | Thread) -> ThreadExplanation:
        return await self._connection.call(_explain(thread_id))

    async def merge(self, *threads: str | Thread) -> Thread:
        return await self._connection.call(_merge(threads))

    async def split(
        self,
        thread_id: str | Thread,
        messages: str | Message | Iterable[str | Message],
    ) -> ThreadSplit:
        return await self._connection.call(_split(thread_id, messages))

    async def label(
        self,
        thread_id: str | Thread,
        *,
        add: str | Iterable[str] = (),
        remove: str | Iterable[str] = (),
    ) -> Thread:
        return await self._connection.call(_label(thread_id, add, remove))


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
        labels=as_list(options.get("labels")),
        participant_address=options.get("participant_address"),
    )

    def fetch(token: str, size: int) -> Call[Page[Thread]]:
        request = threads_pb2.ListThreadsRequest(
            filter=wanted, page_token=token, page_size=size
        )
        return unary(lambda stubs: stubs.threads.ListThreads, request, _thread_page)

    return listing(fetch, options)


def _thread_page(response: threads_pb2.ListThreadsResponse) -> Page[Thread]:
    return page(Thread, response.threads, response, response.next_page_token)


def _thread_id(thread: str | Thread) -> str:
    return thread.id if isinstance(thread, Thread) else thread


def _explain(thread: str | Thread) -> Call[ThreadExplanation]:
    request = threads_pb2.ExplainThreadRequest(thread_id=_thread_id(thread))
    return unary(
        lambda stubs: stubs.threads.ExplainThread,
        request,
        lambda response: result(ThreadExplanation, response),
    )


def _merge(threads: Iterable[str | Thread]) -> Call[Thread]:
    request = threads_pb2.MergeThreadsRequest(thread_ids=map(_thread_id, threads))
    return unary(lambda stubs: stubs.threads.MergeThreads, request, _one)


def _split(
    thread: str | Thread, messages: str | Message | Iterable[str | Message]
) -> Call[ThreadSplit]:
    each = [messages] if isinstance(messages, str | Message) else messages
    request = threads_pb2.SplitThreadRequest(
        thread_id=_thread_id(thread),
        message_ids=[one.id if isinstance(one, Message) else one for one in each],
    )
    return unary(
        lambda stubs: stubs.threads.SplitThread,
        request,
        lambda response: result(ThreadSplit, response),
    )


def _label(
    thread: str | Thread, add: str | Iterable[str], remove: str | Iterable[str]
) -> Call[Thread]:
    request = threads_pb2.UpdateThreadLabelsRequest(
        thread_id=_thread_id(thread), add=as_list(add), remove=as_list(remove)
    )
    return unary(lambda stubs: stubs.threads.UpdateThreadLabels, request, _one)


def _one(
    response: threads_pb2.MergeThreadsResponse | threads_pb2.UpdateThreadLabelsResponse,
) -> Thread:
    return result(Thread, response.thread)
