"""What SendMessage and ReplyMessage ask of the engine."""

import pytest

from mailbot.v1 import messages_pb2
from mailbot.v1.messages_pb2 import Mailbox, OutgoingAttachment, OutgoingContent
from mailbot_server.api import digests, submissions
from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.mail.draft import AttachmentBody
from mailbot_server.core.message import Guarantee, Stream
from mailbot_server.engine.outbound.submission.submit import UploadRef

CONTENT = OutgoingContent(
    subject="Hello",
    text_body="t",
    html_body="<p>",
    headers={"X-A": "1"},
    labels=["b", "a", "b"],
    metadata={"k": "v"},
    attachments=[
        OutgoingAttachment(filename="a", data=b"1", content_type="x/y", content_id="c"),
        OutgoingAttachment(filename="b", upload_id="upl_1"),
    ],
)
OPTIONS = messages_pb2.DeliveryOptions(
    stream=messages_pb2.MESSAGE_STREAM_BULK,
    guarantee=messages_pb2.DELIVERY_GUARANTEE_AT_MOST_ONCE,
)


def box(name):
    return Mailbox(address=f"{name}@example.com", display_name=name)


def test_a_message_is_handed_on_with_everything():
    request = messages_pb2.SendMessageRequest(
        inbox_id="inb_1",
        to=[box("to")],
        cc=[box("cc")],
        bcc=[box("bcc")],
        reply_to=[box("reply")],
        content=CONTENT,
        request_id="r",
        options=OPTIONS,
        validate_only=True,
    )
    made = submissions.of_send(request)
    assert (made.inbox_id, made.method, made.request_id) == (
        "inb_1",
        "SendMessage",
        "r",
    )
    assert made.digest == digests.of(request)
    assert made.validate_only
    assert made.labels == ("a", "b")
    assert made.metadata == {"k": "v"}
    assert (made.stream, made.guarantee) == (Stream.BULK, Guarantee.AT_MOST_ONCE)
    assert made.uploads == (UploadRef(filename="b", upload_id="upl_1"),)
    draft = made.draft
    assert [each[0].address for each in (draft.to, draft.cc, draft.bcc)] == [
        *("to@example.com", "cc@example.com", "bcc@example.com"),
    ]
    assert draft.reply_to[0].display_name == "reply"
    assert (draft.subject, draft.text, draft.html) == ("Hello", "t", "<p>")
    assert draft.headers == (("X-A", "1"),)
    assert draft.attachments == (
        AttachmentBody(filename="a", data=b"1", content_type="x/y", content_id="c"),
    )


def test_an_answer_is_handed_on_with_everything():
    request = messages_pb2.ReplyMessageRequest(
        message_id="msg_1",
        reply_all=True,
        include_quote=True,
        content=CONTENT,
        request_id="r",
        cc=[box("cc")],
        bcc=[box("bcc")],
    )
    made = submissions.of_reply(request)
    assert (made.reply_all, made.include_quote) == (True, True)
    submission = made.submission
    assert submission.thread_of == "msg_1"
    assert submission.method == "ReplyMessage"
    assert submission.digest == digests.of(request)
    assert submission.draft.cc[0].address == "cc@example.com"
    assert submission.stream is Stream.TRANSACTIONAL


def test_every_attachment_without_a_source_is_named():
    parts = [OutgoingAttachment(filename="a"), OutgoingAttachment(data=b"")]
    content = OutgoingContent(attachments=[*parts, OutgoingAttachment()])
    with pytest.raises(InvalidInput) as caught:
        submissions.of_send(messages_pb2.SendMessageRequest(content=content))
    assert [each.field for each in caught.value.violations] == [
        "content.attachments[0].source",
        "content.attachments[2].source",
    ]
