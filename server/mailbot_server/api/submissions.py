"""What SendMessage and ReplyMessage ask for, as submissions of the engine."""

from typing import Any, Final

from mailbot.v1 import messages_pb2
from mailbot_server.api import digests
from mailbot_server.api.convert import messages as convert
from mailbot_server.api.convert import times
from mailbot_server.core.errors import InvalidInput, Violation
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.draft import Draft
from mailbot_server.engine.outbound.submission.submit import (
    Reply,
    Submission,
    UploadRef,
)

NOBODY: Final = Mailbox(address="")
"""The sender of a draft until the engine puts the inbox there."""


def of_send(
    request: messages_pb2.SendMessageRequest, public_url: str = ""
) -> Submission:
    """A message from scratch; raises InvalidInput."""
    draft = _draft(
        request.content,
        to=convert.mailboxes_of(request.to),
        cc=convert.mailboxes_of(request.cc),
        bcc=convert.mailboxes_of(request.bcc),
        reply_to=convert.mailboxes_of(request.reply_to),
    )
    return Submission(
        inbox_id=request.inbox_id,
        draft=draft,
        method="SendMessage",
        request_id=request.request_id,
        digest=digests.of(request) if request.request_id else b"",
        validate_only=request.validate_only,
        public_url=public_url,
        **_choices(request.content, request.options),
    )


def of_reply(request: messages_pb2.ReplyMessageRequest, public_url: str = "") -> Reply:
    """An answer to a message; raises InvalidInput."""
    draft = _draft(
        request.content,
        cc=convert.mailboxes_of(request.cc),
        bcc=convert.mailboxes_of(request.bcc),
    )
    submission = Submission(
        inbox_id="",
        draft=draft,
        method="ReplyMessage",
        request_id=request.request_id,
        digest=digests.of(request) if request.request_id else b"",
        thread_of=request.message_id,
        public_url=public_url,
        **_choices(request.content, request.options),
    )
    return Reply(
        submission=submission,
        reply_all=request.reply_all,
        include_quote=request.include_quote,
    )


def _draft(content: messages_pb2.OutgoingContent, **fields: Any) -> Draft:
    _check_sources(content)
    return Draft(
        sender=NOBODY,
        subject=content.subject,
        text=content.text_body,
        html=content.html_body,
        attachments=tuple(
            convert.inline_attachment(item)
            for item in content.attachments
            if item.WhichOneof("source") == "data"
        ),
        headers=tuple(content.headers.items()),
        **fields,
    )


def _choices(
    content: messages_pb2.OutgoingContent, options: messages_pb2.DeliveryOptions
) -> dict[str, Any]:
    return {
        "labels": tuple(sorted(set(content.labels))),
        "metadata": dict(content.metadata),
        "stream": convert.stream_of(options),
        "guarantee": convert.guarantee_of(options),
        "send_at": times.from_proto(options, "options.send_time"),
        "overflow": convert.overflow_of(options),
        "require_tls": options.require_tls,
        "tracking": convert.tracking_of(options),
        "one_click_unsubscribe": options.one_click_unsubscribe,
        "uploads": tuple(
            UploadRef(
                filename=item.filename,
                content_type=item.content_type,
                content_id=item.content_id,
                upload_id=item.upload_id,
            )
            for item in content.attachments
            if item.WhichOneof("source") == "upload_id"
        ),
    }


def _check_sources(content: messages_pb2.OutgoingContent) -> None:
    violations = [
        Violation(
            field=f"content.attachments[{index}].source",
            description="data or upload_id must be set",
        )
        for index, item in enumerate(content.attachments)
        if item.WhichOneof("source") is None
    ]
    if violations:
        raise InvalidInput.of(violations)
