"""Bodies in chunks: uploads start over, downloads go on where they broke off."""

import asyncio
import hashlib
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from mailbot.calls import AsyncConnection, Call, Connection, download, upload
from mailbot.convert import result
from mailbot.errors import ServerError, UnavailableError
from mailbot.retry import ATTEMPTS_MAX, Backoff
from mailbot.types import Upload
from mailbot.v1 import messages_pb2

CHUNK_BYTES = 64 * 1024
# An upload has the usual deadline and the time that this speed needs.
SLOWEST_BYTES_PER_SECOND = 64 * 1024


class Attempts:
    """Counts failures in a row and says how long to wait after each."""

    def __init__(self, backoff: Backoff) -> None:
        self._backoff = backoff
        self._failures = 0

    def progressed(self) -> None:
        """Something came through: start counting anew."""
        self._failures = 0

    def failed(self, error: UnavailableError) -> float:
        """Seconds to wait; raises `error` when there were enough attempts."""
        self._failures += 1
        if self._failures >= ATTEMPTS_MAX:
            raise error
        chance = random.random()  # noqa: S311 - jitter, not a secret
        return self._backoff.seconds(self._failures, chance)


# --- up ------------------------------------------------------------------------------


def send(connection: Connection, inbox_id: str, data: bytes) -> Upload:
    """Upload the bytes. Raises MailBotError."""
    attempts = Attempts(connection.settings.backoff)
    while True:
        try:
            return connection.call(_upload(inbox_id, data, connection.settings.timeout))
        except UnavailableError as error:
            time.sleep(attempts.failed(error))


async def send_async(connection: AsyncConnection, inbox_id: str, data: bytes) -> Upload:
    """As `send`."""
    attempts = Attempts(connection.settings.backoff)
    while True:
        call = _upload(inbox_id, data, connection.settings.timeout)
        try:
            return await connection.call(call)
        except UnavailableError as error:
            await asyncio.sleep(attempts.failed(error))


def _upload(inbox_id: str, data: bytes, timeout: float) -> Call[Upload]:
    return upload(
        lambda stubs: stubs.messages.UploadAttachment,
        _requests(inbox_id, data),
        lambda response: result(Upload, response),
        timeout + len(data) / SLOWEST_BYTES_PER_SECOND,
    )


def _requests(
    inbox_id: str, data: bytes
) -> Iterator[messages_pb2.UploadAttachmentRequest]:
    header = messages_pb2.UploadAttachmentRequest.Header(
        inbox_id=inbox_id,
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    yield messages_pb2.UploadAttachmentRequest(header=header)
    for start in range(0, len(data), CHUNK_BYTES):
        chunk = data[start : start + CHUNK_BYTES]
        yield messages_pb2.UploadAttachmentRequest(chunk=chunk)


# --- down ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a body; size and hash of the whole only in a stream's first one."""

    offset: int
    data: bytes
    whole: tuple[int, str] | None


class Download:
    """How much of a body has come, and whether it is the right one."""

    def __init__(self, call_at: Callable[[int], Call[Chunk]]) -> None:
        self._call_at = call_at
        self._offset = 0
        self._hash = hashlib.sha256()
        self._whole: tuple[int, str] | None = None
        self.done = False

    def call(self) -> Call[Chunk]:
        """The call for what is missing."""
        return self._call_at(self._offset)

    def accept(self, chunk: Chunk) -> bytes:
        """The chunk's bytes, counted. Raises ServerError when it does not follow."""
        self._whole = chunk.whole or self._whole
        if chunk.offset != self._offset:
            raise _mismatch(f"a chunk at {chunk.offset} followed {self._offset}")
        self._offset += len(chunk.data)
        self._hash.update(chunk.data)
        return chunk.data

    def finish(self) -> None:
        """The server has sent all. Raises ServerError when it is not what it said."""
        if self._whole != (self._offset, self._hash.hexdigest()):
            raise _mismatch(f"{self._offset} bytes came, of {self._whole}")
        self.done = True


def _mismatch(text: str) -> ServerError:
    return ServerError(f"the download is damaged: {text}", reason="DOWNLOAD_MISMATCH")


def attachment(attachment_id: str) -> Download:
    """The download of a decoded attachment."""

    def call_at(offset: int) -> Call[Chunk]:
        request = messages_pb2.DownloadAttachmentRequest(
            attachment_id=attachment_id, offset=offset
        )
        return download(
            lambda stubs: stubs.messages.DownloadAttachment, request, _attachment_chunk
        )

    return Download(call_at)


def raw_message(message_id: str) -> Download:
    """The download of a message's RFC 5322 bytes."""

    def call_at(offset: int) -> Call[Chunk]:
        request = messages_pb2.DownloadRawMessageRequest(
            message_id=message_id, offset=offset
        )
        return download(
            lambda stubs: stubs.messages.DownloadRawMessage, request, _raw_chunk
        )

    return Download(call_at)


def _attachment_chunk(response: messages_pb2.DownloadAttachmentResponse) -> Chunk:
    about = response.attachment
    whole = (
        (about.size_bytes, about.sha256) if response.HasField("attachment") else None
    )
    return Chunk(response.offset, response.chunk, whole)


def _raw_chunk(response: messages_pb2.DownloadRawMessageResponse) -> Chunk:
    whole = (response.size_bytes, response.sha256) if response.sha256 else None
    return Chunk(response.offset, response.chunk, whole)


def fetch(connection: Connection, body: Download, sink: BinaryIO) -> None:
    """Write the body into `sink`. Raises MailBotError."""
    attempts = Attempts(connection.settings.backoff)
    while not body.done:
        try:
            for chunk in connection.stream(body.call()):
                sink.write(body.accept(chunk))
                attempts.progressed()
            body.finish()
        except UnavailableError as error:
            time.sleep(attempts.failed(error))


async def fetch_async(
    connection: AsyncConnection, body: Download, sink: BinaryIO
) -> None:
    """As `fetch`; writes in a thread."""
    attempts = Attempts(connection.settings.backoff)
    while not body.done:
        try:
            async for chunk in connection.stream(body.call()):
                await asyncio.to_thread(sink.write, body.accept(chunk))
                attempts.progressed()
            body.finish()
        except UnavailableError as error:
            await asyncio.sleep(attempts.failed(error))


@contextmanager
def part_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file that gets the name `path` when all went well, and is gone otherwise."""
    target = Path(path)
    descriptor, name = tempfile.mkstemp(
        dir=target.parent, prefix=target.name, suffix=".part"
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
