"""What to write: options of Send and Reply, files to attach, the requests of both."""

import mimetypes
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

from mailbot.arguments import (
    InboxRef,
    Recipients,
    as_list,
    check_keywords,
    inbox_name,
    instant,
    mailboxes,
)
from mailbot.convert import enum_name
from mailbot.v1 import messages_pb2

STREAM = messages_pb2.MessageStream.DESCRIPTOR
GUARANTEE = messages_pb2.DeliveryGuarantee.DESCRIPTOR
OVERFLOW = messages_pb2.LimitOverflow.DESCRIPTOR
# Limits of the server: OutgoingAttachment.data and UploadAttachmentRequest.Header.
INLINE_MAX_BYTES = 1024 * 1024
FILE_MAX_BYTES = 25 * 1024 * 1024
# All inline attachments together; the request may have 4 MiB with its bodies.
INLINE_TOTAL_MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """
    A file to attach: exactly one of `data`, `path` and `upload_id`.

    Left out, the filename is the path's and the content type is guessed from it. With
    a `content_id` it is an inline image that the HTML names as "cid:...".
    """

    data: bytes | None = None
    path: str | os.PathLike[str] | None = None
    upload_id: str = ""
    filename: str = ""
    content_type: str = ""
    content_id: str = ""

    def __post_init__(self) -> None:
        sources = (self.data is not None, self.path is not None, bool(self.upload_id))
        if sum(sources) != 1:
            raise ValueError("an attachment is one of data, path and upload_id")
        if not self.filename and self.path is None:
            raise ValueError("an attachment without a path needs a filename")


AttachmentSource = str | os.PathLike[str] | tuple[str, bytes] | Attachment
"""A path, a pair of filename and bytes, or an `Attachment`."""


class ContentOptions(TypedDict, total=False):
    """What to write and how to deliver it."""

    subject: str
    """One line; a reply makes its own if left out."""
    text: str
    """Plain text."""
    html: str
    """An alternative to the text, or the only body."""
    attachments: AttachmentSource | Iterable[AttachmentSource]
    """Paths, (filename, bytes) or Attachment(...); large ones are uploaded first."""
    headers: Mapping[str, str]
    """Extra header fields."""
    labels: str | Iterable[str]
    """For finding it."""
    metadata: Mapping[str, str]
    """For the caller's own use; echoed in the message's events."""
    stream: str
    """"transactional" (default) or "bulk"."""
    guarantee: str
    """"at_least_once" (default) or "at_most_once"."""
    send_time: datetime
    """Not before then; at most 30 days ahead. With a time zone."""
    overflow: str
    """At a used up limit: "reject" (default), "queue" or "hold"."""
    require_tls: bool
    """Only over TLS with a certificate that proves the host's name."""
    track_opens: bool
    """Tell of opens. Any word on tracking takes the place of the inbox's."""
    track_clicks: bool
    """Tell of clicks on links of the HTML."""
    track_text_clicks: bool
    """With track_clicks: links of the text too."""
    one_click_unsubscribe: bool
    """Add List-Unsubscribe (RFC 8058), which suppresses the recipient for the inbox."""
    cc: Recipients
    """More recipients, shown to everybody."""
    bcc: Recipients
    """More recipients, shown to nobody."""
    request_id: str
    """Makes a repeat return the first message; random if left out."""


class SendOptions(ContentOptions, total=False):
    """What a new message takes besides."""

    to: Recipients
    """Recipients, shown to everybody."""
    reply_to: Recipients
    """Where answers are to go instead of the inbox."""
    validate_only: bool
    """Check everything and send nothing: the answer is the message without ids."""


class ReplyOptions(ContentOptions, total=False):
    """What an answer takes besides."""

    reply_all: bool
    """Also to everybody in To and Cc."""
    include_quote: bool
    """Put the message's text behind the new one, quoted."""


def send_request(
    inbox_id: InboxRef, options: SendOptions
) -> messages_pb2.SendMessageRequest:
    """The request of SendMessage, still without attachments."""
    check_keywords(options, SendOptions)
    return messages_pb2.SendMessageRequest(
        inbox_id=inbox_name(inbox_id),
        to=mailboxes(options.get("to")),
        cc=mailboxes(options.get("cc")),
        bcc=mailboxes(options.get("bcc")),
        reply_to=mailboxes(options.get("reply_to")),
        content=_content(options),
        request_id=options.get("request_id") or str(uuid4()),
        options=_delivery(options),
        validate_only=options.get("validate_only"),
    )


def reply_request(
    message_id: str, options: ReplyOptions
) -> messages_pb2.ReplyMessageRequest:
    """The request of ReplyMessage, still without attachments."""
    check_keywords(options, ReplyOptions)
    return messages_pb2.ReplyMessageRequest(
        message_id=message_id,
        reply_all=options.get("reply_all"),
        include_quote=options.get("include_quote"),
        content=_content(options),
        request_id=options.get("request_id") or str(uuid4()),
        options=_delivery(options),
        cc=mailboxes(options.get("cc")),
        bcc=mailboxes(options.get("bcc")),
    )


def _content(options: ContentOptions) -> messages_pb2.OutgoingContent:
    return messages_pb2.OutgoingContent(
        subject=options.get("subject"),
        text_body=options.get("text"),
        html_body=options.get("html"),
        headers=options.get("headers"),
        labels=as_list(options.get("labels")),
        metadata=options.get("metadata"),
    )


def _delivery(options: ContentOptions) -> messages_pb2.DeliveryOptions | None:
    stream, guarantee = options.get("stream"), options.get("guarantee")
    overflow, send_time = options.get("overflow"), options.get("send_time")
    require_tls = options.get("require_tls")
    tracking, one_click = _tracking(options), options.get("one_click_unsubscribe")
    flags = (require_tls, one_click, tracking is not None)
    if not (stream or guarantee or overflow or send_time or any(flags)):
        return None
    return messages_pb2.DeliveryOptions(
        stream=enum_name(STREAM, stream) if stream else None,
        guarantee=enum_name(GUARANTEE, guarantee) if guarantee else None,
        overflow=enum_name(OVERFLOW, overflow) if overflow else None,
        send_time=instant(send_time),
        require_tls=require_tls,
        tracking=tracking,
        one_click_unsubscribe=one_click,
    )


def _tracking(options: ContentOptions) -> messages_pb2.Tracking | None:
    named = {"track_opens", "track_clicks", "track_text_clicks"}
    if not named & options.keys():
        return None
    return messages_pb2.Tracking(
        opens=options.get("track_opens"),
        clicks=options.get("track_clicks"),
        text_clicks=options.get("track_text_clicks"),
    )


def load(
    sources: AttachmentSource | Iterable[AttachmentSource] | None,
) -> list[messages_pb2.OutgoingAttachment]:
    """
    The attachments with their bytes; reads files.

    Raises OSError for a file that cannot be read, ValueError for one over 25 MiB.
    """
    if sources is None:
        return []
    if isinstance(sources, str | os.PathLike | tuple | Attachment):
        return [_load(sources)]
    return [_load(each) for each in sources]


def oversized(
    attachments: Iterable[messages_pb2.OutgoingAttachment],
) -> list[messages_pb2.OutgoingAttachment]:
    """Those that do not fit into the request and have to be uploaded before it."""
    total = 0
    chosen = []
    for each in attachments:
        size = len(each.data)
        if size > INLINE_MAX_BYTES or total + size > INLINE_TOTAL_MAX_BYTES:
            chosen.append(each)
        else:
            total += size
    return chosen


def read_file(path: str | os.PathLike[str]) -> bytes:
    """The file's bytes. Raises OSError, and ValueError when it is over 25 MiB."""
    with Path(path).open("rb") as file:
        data = file.read(FILE_MAX_BYTES + 1)
    if len(data) > FILE_MAX_BYTES:
        raise ValueError(f"{os.fspath(path)} is larger than {FILE_MAX_BYTES} bytes")
    return data


def _load(source: AttachmentSource) -> messages_pb2.OutgoingAttachment:
    attachment = _attachment(source)
    filename = attachment.filename or Path(attachment.path or "").name
    loaded = messages_pb2.OutgoingAttachment(
        filename=filename,
        content_type=attachment.content_type or mimetypes.guess_type(filename)[0],
        content_id=attachment.content_id,
    )
    if attachment.upload_id:
        loaded.upload_id = attachment.upload_id
    elif attachment.path is not None:
        loaded.data = read_file(attachment.path)
    else:
        loaded.data = attachment.data or b""
    return loaded


def _attachment(source: AttachmentSource) -> Attachment:
    if isinstance(source, Attachment):
        return source
    if isinstance(source, tuple):
        filename, data = source
        if not isinstance(data, bytes):
            raise TypeError(f"{filename!r}: a tuple is (filename, bytes)")
        return Attachment(filename=filename, data=data)
    return Attachment(path=source)
