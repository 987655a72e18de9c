"""Streams bytes up and down in chunks of at most 64 KiB."""

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import Final

from mailbot.v1 import messages_pb2
from mailbot_server.api import lookup
from mailbot_server.api.convert import events as convert_events
from mailbot_server.core.account import Principal
from mailbot_server.core.errors import NotFound, WrongState, one_field
from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.message import Message, read_attachment_id
from mailbot_server.engine import content, uploads
from mailbot_server.engine.uploads import Announced
from mailbot_server.store import messages
from mailbot_server.store.database import Database
from mailbot_server.store.uploads import Upload

CHUNK_BYTES: Final = 64 * 1024
SLICE_BYTES: Final = 1024 * 1024
"""What one reading of the raw bytes takes: few reads, little memory."""


async def receive(
    db: Database,
    principal: Principal,
    requests: AsyncIterator[messages_pb2.UploadAttachmentRequest],
) -> Upload:
    """Takes an upload: the header first, then chunks; raises what refuses it."""
    first = await anext(requests, None)
    if first is None or first.WhichOneof("part") != "header":
        raise one_field("header", "must come first")
    header = first.header
    inbox_id = await lookup.inbox_id(db, principal, header.inbox_id)
    announced = Announced(
        account_id=principal.account_id,
        inbox_id=inbox_id,
        size_bytes=header.size_bytes,
        sha256=header.sha256,
    )
    uploads.check(announced)
    async with contextlib.aclosing(_chunks(requests)) as chunks:
        return await uploads.take(db, announced, chunks)


async def _chunks(
    requests: AsyncIterator[messages_pb2.UploadAttachmentRequest],
) -> AsyncGenerator[bytes, None]:
    async for request in requests:
        if request.WhichOneof("part") != "chunk":
            raise one_field("chunk", "must follow the header")
        yield request.chunk


async def send_raw(
    db: Database, principal: Principal, request: messages_pb2.DownloadRawMessageRequest
) -> AsyncIterator[messages_pb2.DownloadRawMessageResponse]:
    """The raw bytes from `offset` on."""
    message = await db.read(lookup.message, principal, request.message_id)
    _check_whole(message)
    offset = _offset(request.offset, message.size_bytes)
    answer = messages_pb2.DownloadRawMessageResponse(
        size_bytes=message.size_bytes, sha256=message.sha256
    )
    async for answer.offset, answer.chunk in _stored(db, message, offset):
        yield answer
        answer = messages_pb2.DownloadRawMessageResponse()


async def send_attachment(
    db: Database, principal: Principal, request: messages_pb2.DownloadAttachmentRequest
) -> AsyncIterator[messages_pb2.DownloadAttachmentResponse]:
    """The decoded attachment from `offset` on."""
    summary, data = await _attachment(db, principal, request.attachment_id)
    offset = _offset(request.offset, len(data))
    answer = messages_pb2.DownloadAttachmentResponse(
        attachment=convert_events.attachment(summary)
    )
    for answer.offset, answer.chunk in _cut(data, offset):
        yield answer
        answer = messages_pb2.DownloadAttachmentResponse()


async def _attachment(
    db: Database, principal: Principal, attachment_id: str
) -> tuple[AttachmentSummary, bytes]:
    message_id, path = read_attachment_id(attachment_id) or ("", "")
    message = await _owner(db, principal, message_id, attachment_id)
    _check_whole(message)
    for summary in message.attachments:
        if summary.id == attachment_id:
            found = await content.attachment(db, message.id, path)
            if found is not None:
                return summary, found.data
    raise NotFound("attachment", attachment_id)


async def _owner(
    db: Database, principal: Principal, message_id: str, attachment_id: str
) -> Message:
    try:
        return await db.read(lookup.message, principal, message_id)
    except NotFound as error:
        raise NotFound("attachment", attachment_id) from error


def _check_whole(message: Message) -> None:
    """Raises WrongState for a message that says nothing any more."""
    if message.is_redacted:
        raise WrongState(
            "what this message said was deleted, by RedactMessage or by retention",
            reason="MESSAGE_REDACTED",
            kind="MESSAGE_STATE",
            subject=message.id,
        )


def _offset(asked: int, size: int) -> int:
    if not 0 <= asked <= size:
        raise one_field("offset", f"must be 0 to {size}")
    return asked


async def _stored(
    db: Database, message: Message, offset: int
) -> AsyncIterator[tuple[int, bytes]]:
    """The raw bytes from `offset` on, cut; one empty chunk when none is left."""
    if offset == message.size_bytes:
        yield offset, b""
    while offset < message.size_bytes:
        piece = await db.read(messages.raw, message.id, offset, SLICE_BYTES)
        if not piece:
            raise NotFound("message", message.id)
        for start, chunk in _cut(piece, 0):
            yield offset + start, chunk
        offset += len(piece)


def _cut(data: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Chunks from `offset` on; one that is empty when nothing is left."""
    for start in range(offset, len(data), CHUNK_BYTES) or (offset,):
        yield start, data[start : start + CHUNK_BYTES]
