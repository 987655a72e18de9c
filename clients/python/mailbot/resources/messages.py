"""Messages: send, answer, read, list, and their raw bytes and attachments."""

import asyncio
import io
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypedDict, Unpack, cast, overload

from mailbot import transfer
from mailbot.arguments import InboxRef, as_list, check_keywords, inbox_name, instant
from mailbot.calls import AsyncConnection, Call, Connection, unary
from mailbot.convert import enum_name, result
from mailbot.drafts import (
    ReplyOptions,
    SendOptions,
    load,
    oversized,
    read_file,
    reply_request,
    send_request,
)
from mailbot.pages import AsyncPages, Listing, Page, PageOptions, Pages, listing, page
from mailbot.resources import holds
from mailbot.resources.events import EventListOptions, recorded
from mailbot.searching import SearchOptions, hits
from mailbot.types import (
    Event,
    Message,
    SearchHit,
    StoredAttachment,
    Upload,
    Waited,
)
from mailbot.v1 import messages_pb2
from mailbot.waiting import MessageOptions, Waiting, WaitOptions

VIEW = messages_pb2.MessageView.DESCRIPTOR
DIRECTION = messages_pb2.Direction.DESCRIPTOR

FilePath = str | os.PathLike[str]
Outgoing = list[messages_pb2.OutgoingAttachment]


class TimelineOptions(PageOptions, total=False):
    """Which events of a message."""

    types: str | Iterable[str]
    """For example "message.bounced"."""
    recipients: str | Iterable[str]
    """About deliveries to these addresses."""
    newest_first: bool
    """Instead of oldest first."""


class MessageListOptions(PageOptions, total=False):
    """Which messages to list; all that is given must hold."""

    inbox_id: InboxRef
    """Only of this inbox."""
    thread_id: str
    """Only of this thread."""
    direction: str
    """Only "inbound" or "outbound"."""
    sender_address: str
    """Only from exactly this address."""
    labels: str | Iterable[str]
    """With one of these labels."""
    after_time: datetime
    """Accepted at or after."""
    before_time: datetime
    """Accepted before."""
    rfc822_message_id: str
    """Only with exactly this Message-ID."""
    quarantined: bool
    """True: only what is kept apart; otherwise what is there is left out."""
    oldest_first: bool
    """Instead of newest first."""


class GetOptions(TypedDict, total=False):
    """How much of a message to read."""

    view: str
    """"full", the default, or "metadata"."""
    include_display_html: bool
    """Fill display_html in: HTML that is safe to show."""
    allow_remote_content: bool
    """Leave remote images in it."""


class Messages:
    """The messages of the account's inboxes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, *, inbox_id: InboxRef, **options: Unpack[SendOptions]) -> Message:
        """
        Hand a message over for delivery.

        When it returns, the message is safe with the server, which owes every
        recipient an outcome: see `Message.recipients` and the events.
        """
        request = send_request(inbox_id, options)
        attachments = load(options.get("attachments"))
        self._upload_oversized(inbox_id, attachments)
        return self._connection.call(_send(request, attachments))

    def reply(
        self, message_id: str | Message, **options: Unpack[ReplyOptions]
    ) -> Message:
        """Answer a message: recipient, subject and thread are filled in."""
        request = reply_request(_message_id(message_id), options)
        attachments = load(options.get("attachments"))
        if oversized(attachments):
            message = self.get(message_id, view="metadata")
            self._upload_oversized(message.inbox_id, attachments)
        return self._connection.call(_reply(request, attachments))

    def get(self, message_id: str | Message, **options: Unpack[GetOptions]) -> Message:
        """The message; `view` is "full" or "metadata" (without bodies)."""
        return self._connection.call(_get(message_id, options))

    def timeline(
        self, message_id: str | Message, **options: Unpack[TimelineOptions]
    ) -> Pages[Event]:
        """Everything that is known to have happened to it, oldest first."""
        return Pages(self._connection, _timeline(message_id, options))

    def release(self, message_id: str | Message) -> Message:
        """Let a message out of quarantine; it joins its thread and is told of."""
        return self._connection.call(_release(message_id))

    def redact(self, message_id: str | Message, *, reason: str = "") -> Message:
        """Delete what a message says for good; its envelope and events stay."""
        return self._connection.call(holds.redact(message_id, reason))

    def hold(
        self,
        message_ids: str | Message | Iterable[str | Message],
        *,
        legal_hold: bool = True,
        reason: str = "",
    ) -> int:
        """Keep messages from retention and `redact`, or let them go; how many."""
        return self._connection.call(
            holds.hold(message_ids, reason, legal_hold=legal_hold)
        )

    def label(
        self,
        message_id: str | Message,
        *,
        add: str | Iterable[str] = (),
        remove: str | Iterable[str] = (),
    ) -> Message:
        """Give a message labels and take others away."""
        return self._connection.call(_label(message_id, add, remove))

    def list(self, **options: Unpack[MessageListOptions]) -> Pages[Message]:
        """Messages, newest first, without bodies."""
        return Pages(self._connection, _list(options))

    def search(self, query: str, **options: Unpack[SearchOptions]) -> Pages[SearchHit]:
        """
        Messages that fulfil a query, and where in them its words stand.

        Words, "phrases", word*, -not, OR, ( ), from: to: subject: body: label:
        has:attachment is:inbound before:2026-01-31 after:2026-01-31 larger:5M.
        """
        return Pages(self._connection, hits(query, options))

    def wait(self, inbox_id: InboxRef, **options: Unpack[WaitOptions]) -> Waited:
        """
        Wait until the inbox has received messages that fulfil the criteria.

        Returns when there are enough, or when the time is over with what there is.
        """
        waiting = Waiting(inbox_id, options)
        self._wait(waiting)
        return waiting.result

    def wait_for_message(
        self, inbox_id: InboxRef, **options: Unpack[MessageOptions]
    ) -> Message:
        """
        The first message that fulfils the criteria, with its codes and links.

        Raises MessageNotReceivedError, a TimeoutError that tells what did come.
        """
        waiting = Waiting(inbox_id, cast("WaitOptions", options))
        self._wait(waiting)
        message = waiting.first()
        if message is None:
            arrived = self._connection.call(waiting.others(quarantined=False))
            kept = self._connection.call(waiting.others(quarantined=True))
            raise waiting.failure(arrived, kept)
        return message

    def _wait(self, waiting: Waiting) -> None:
        while not waiting.is_over:
            waiting.take(self._connection.call(waiting.call()))

    @overload
    def raw(self, message_id: str | Message) -> bytes: ...
    @overload
    def raw(self, message_id: str | Message, to: FilePath) -> Path: ...
    def raw(
        self, message_id: str | Message, to: FilePath | None = None
    ) -> bytes | Path:
        """The RFC 5322 bytes, or with `to` the path of the file they are now in."""
        return self._download(transfer.raw_message(_message_id(message_id)), to)

    @overload
    def download_attachment(self, attachment: str | StoredAttachment) -> bytes: ...
    @overload
    def download_attachment(
        self, attachment: str | StoredAttachment, to: FilePath
    ) -> Path: ...
    def download_attachment(
        self, attachment: str | StoredAttachment, to: FilePath | None = None
    ) -> bytes | Path:
        """
        The decoded bytes, or with `to` the path of the file they are now in.

        Goes on where a lost connection broke off; size and hash are checked.
        """
        return self._download(transfer.attachment(_attachment_id(attachment)), to)

    def upload(self, inbox_id: InboxRef, source: bytes | FilePath) -> Upload:
        """Upload a body for `Attachment(upload_id=...)`; it waits for 24 hours."""
        data = source if isinstance(source, bytes) else read_file(source)
        return transfer.send(self._connection, inbox_name(inbox_id), data)

    def _upload_oversized(self, inbox_id: InboxRef, attachments: Outgoing) -> None:
        for each in oversized(attachments):
            each.upload_id = self.upload(inbox_id, each.data).upload_id

    def _download(self, body: transfer.Download, to: FilePath | None) -> bytes | Path:
        if to is None:
            buffer = io.BytesIO()
            transfer.fetch(self._connection, body, buffer)
            return buffer.getvalue()
        with transfer.part_file(to) as file:
            transfer.fetch(self._connection, body, file)
        return Path(to)


class AsyncMessages:
    """As `Messages`, awaited; files are read and written in threads."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def send(
        self, *, inbox_id: InboxRef, **options: Unpack[SendOptions]
    ) -> Message:
        request = send_request(inbox_id, options)
        attachments = await asyncio.to_thread(load, options.get("attachments"))
        await self._upload_oversized(inbox_id, attachments)
        return await self._connection.call(_send(request, attachments))

    async def reply(
        self, message_id: str | Message, **options: Unpack[ReplyOptions]
    ) -> Message:
        request = reply_request(_message_id(message_id), options)
        attachments = await asyncio.to_thread(load, options.get("attachments"))
        if oversized(attachments):
            message = await self.get(message_id, view="metadata")
            await self._upload_oversized(message.inbox_id, attachments)
        return await self._connection.call(_reply(request, attachments))

    async def get(
        self, message_id: str | Message, **options: Unpack[GetOptions]
    ) -> Message:
        return await self._connection.call(_get(message_id, options))

    def timeline(
        self, message_id: str | Message, **options: Unpack[TimelineOptions]
    ) -> AsyncPages[Event]:
        return AsyncPages(self._connection, _timeline(message_id, options))

    async def release(self, message_id: str | Message) -> Message:
        return await self._connection.call(_release(message_id))

    async def redact(self, message_id: str | Message, *, reason: str = "") -> Message:
        return await self._connection.call(holds.redact(message_id, reason))

    async def hold(
        self,
        message_ids: str | Message | Iterable[str | Message],
        *,
        legal_hold: bool = True,
        reason: str = "",
    ) -> int:
        return await self._connection.call(
            holds.hold(message_ids, reason, legal_hold=legal_hold)
        )

    async def label(
        self,
        message_id: str | Message,
        *,
        add: str | Iterable[str] = (),
        remove: str | Iterable[str] = (),
    ) -> Message:
        return await self._connection.call(_label(message_id, add, remove))

    def list(self, **options: Unpack[MessageListOptions]) -> AsyncPages[Message]:
        return AsyncPages(self._connection, _list(options))

    def search(
        self, query: str, **options: Unpack[SearchOptions]
    ) -> AsyncPages[SearchHit]:
        return AsyncPages(self._connection, hits(query, options))

    async def wait(self, inbox_id: InboxRef, **options: Unpack[WaitOptions]) -> Waited:
        waiting = Waiting(inbox_id, options)
        await self._wait(waiting)
        return waiting.result

    async def wait_for_message(
        self, inbox_id: InboxRef, **options: Unpack[MessageOptions]
    ) -> Message:
        waiting = Waiting(inbox_id, cast("WaitOptions", options))
        await self._wait(waiting)
        message = waiting.first()
        if message is None:
            arrived = await self._connection.call(waiting.others(quarantined=False))
            kept = await self._connection.call(waiting.others(quarantined=True))
            raise waiting.failure(arrived, kept)
        return message

    async def _wait(self, waiting: Waiting) -> None:
        while not waiting.is_over:
            waiting.take(await self._connection.call(waiting.call()))

    @overload
    async def raw(self, message_id: str | Message) -> bytes: ...
    @overload
    async def raw(self, message_id: str | Message, to: FilePath) -> Path: ...
    async def raw(
        self, message_id: str | Message, to: FilePath | None = None
    ) -> bytes | Path:
        return await self._download(transfer.raw_message(_message_id(message_id)), to)

    @overload
    async def download_attachment(
        self, attachment: str | StoredAttachment
    ) -> bytes: ...
    @overload
    async def download_attachment(
        self, attachment: str | StoredAttachment, to: FilePath
    ) -> Path: ...
    async def download_attachment(
        self, attachment: str | StoredAttachment, to: FilePath | None = None
    ) -> bytes | Path:
        body = transfer.attachment(_attachment_id(attachment))
        return await self._download(body, to)

    async def upload(self, inbox_id: InboxRef, source: bytes | FilePath) -> Upload:
        data = (
            source
            if isinstance(source, bytes)
            else await asyncio.to_thread(read_file, source)
        )
        return await transfer.send_async(self._connection, inbox_name(inbox_id), data)

    async def _upload_oversized(
        self, inbox_id: InboxRef, attachments: Outgoing
    ) -> None:
        for each in oversized(attachments):
            each.upload_id = (await self.upload(inbox_id, each.data)).upload_id

    async def _download(
        self, body: transfer.Download, to: FilePath | None
    ) -> bytes | Path:
        if to is None:
            buffer = io.BytesIO()
            await transfer.fetch_async(self._connection, body, buffer)
            return buffer.getvalue()
        with transfer.part_file(to) as file:
            await transfer.fetch_async(self._connection, body, file)
        return Path(to)


def _send(
    request: messages_pb2.SendMessageRequest, attachments: Outgoing
) -> Call[Message]:
    request.content.attachments.extend(attachments)
    return unary(lambda stubs: stubs.messages.SendMessage, request, _message)


def _reply(
    request: messages_pb2.ReplyMessageRequest, attachments: Outgoing
) -> Call[Message]:
    request.content.attachments.extend(attachments)
    return unary(lambda stubs: stubs.messages.ReplyMessage, request, _message)


def _get(message_id: str | Message, options: GetOptions) -> Call[Message]:
    check_keywords(options, GetOptions)
    request = messages_pb2.GetMessageRequest(
        message_id=_message_id(message_id),
        view=enum_name(VIEW, options.get("view", "full")),
        include_display_html=options.get("include_display_html"),
        allow_remote_content=options.get("allow_remote_content"),
    )
    return unary(lambda stubs: stubs.messages.GetMessage, request, _message)


def _timeline(message_id: str | Message, options: TimelineOptions) -> Listing[Event]:
    check_keywords(options, TimelineOptions)
    wanted = {**options, "message_ids": _message_id(message_id)}
    return recorded(cast("EventListOptions", wanted))


def _label(
    message_id: str | Message, add: str | Iterable[str], remove: str | Iterable[str]
) -> Call[Message]:
    request = messages_pb2.UpdateMessageLabelsRequest(
        message_id=_message_id(message_id), add=as_list(add), remove=as_list(remove)
    )
    return unary(lambda stubs: stubs.messages.UpdateMessageLabels, request, _message)


def _release(message_id: str | Message) -> Call[Message]:
    request = messages_pb2.ReleaseMessageRequest(message_id=_message_id(message_id))
    return unary(lambda stubs: stubs.messages.ReleaseMessage, request, _message)


def _list(options: MessageListOptions) -> Listing[Message]:
    check_keywords(options, MessageListOptions)
    wanted = _filter(options)
    oldest_first = options.get("oldest_first", False)

    def fetch(token: str, size: int) -> Call[Page[Message]]:
        request = messages_pb2.ListMessagesRequest(
            filter=wanted, page_token=token, page_size=size, oldest_first=oldest_first
        )
        return unary(lambda stubs: stubs.messages.ListMessages, request, _page)

    return listing(fetch, options)


def _filter(options: MessageListOptions) -> messages_pb2.MessageFilter:
    direction = options.get("direction")
    return messages_pb2.MessageFilter(
        inbox_id=inbox_name(options.get("inbox_id", "")),
        thread_id=options.get("thread_id"),
        direction=enum_name(DIRECTION, direction) if direction else None,
        sender_address=options.get("sender_address"),
        labels=as_list(options.get("labels")),
        after_time=instant(options.get("after_time")),
        before_time=instant(options.get("before_time")),
        rfc822_message_id=options.get("rfc822_message_id"),
        quarantined=options.get("quarantined"),
    )


def _page(response: messages_pb2.ListMessagesResponse) -> Page[Message]:
    return page(Message, response.messages, response, response.next_page_token)


class _HasMessage(Protocol):
    @property
    def message(self) -> messages_pb2.Message: ...


def _message(response: _HasMessage) -> Message:
    return result(Message, response.message)


def _message_id(message: str | Message) -> str:
    return message.id if isinstance(message, Message) else message


def _attachment_id(attachment: str | StoredAttachment) -> str:
    return attachment.id if isinstance(attachment, StoredAttachment) else attachment
