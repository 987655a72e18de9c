"""Retention over the wire: redaction, legal holds, and how long an inbox keeps mail."""

from datetime import timedelta

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import events_pb2, inboxes_pb2, messages_pb2

RAW = (
    b"From: carol@example.com\r\nSubject: Secret plans\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\n\r\nOf great secrecy\r\n"
    b"--b\r\nContent-Disposition: attachment; filename=plan.txt\r\n\r\nabc\r\n--b--\r\n"
)
DAY = 86_400


@pytest.fixture
def calls(stubs, auth):
    """The methods, as the account's first key, with fields as keywords."""

    class Calls:
        def get(self, message_id, by=auth):
            request = messages_pb2.GetMessageRequest(message_id=message_id)
            return stubs.messages.GetMessage(request, metadata=by).message

        def redact(self, message_id, by=auth, **fields):
            request = messages_pb2.RedactMessageRequest(message_id=message_id, **fields)
            return stubs.messages.RedactMessage(request, metadata=by).message

        def hold(self, *message_ids, by=auth, legal_hold=True):
            request = messages_pb2.UpdateMessageLegalHoldsRequest(
                message_ids=message_ids, legal_hold=legal_hold
            )
            answer = stubs.messages.UpdateMessageLegalHolds(request, metadata=by)
            return answer.message_count

        def raw(self, message_id):
            request = messages_pb2.DownloadRawMessageRequest(message_id=message_id)
            return list(stubs.messages.DownloadRawMessage(request, metadata=auth))

        def attachment(self, attachment_id):
            request = messages_pb2.DownloadAttachmentRequest(
                attachment_id=attachment_id
            )
            return list(stubs.messages.DownloadAttachment(request, metadata=auth))

        def update(self, inbox, *paths, by=auth):
            request = inboxes_pb2.UpdateInboxRequest(inbox=inbox)
            request.update_mask.paths.extend(paths)
            return stubs.inboxes.UpdateInbox(request, metadata=by).inbox

    return Calls()


def test_a_redacted_message_keeps_its_envelope_and_nothing_else(
    calls, stubs, auth, new_inbox, receive, refused
):
    inbox = new_inbox()
    message_id = receive(inbox.address, RAW)
    whole = calls.get(message_id)
    [attachment] = whole.attachments
    assert whole.text_body.strip() == "Of great secrecy"
    left = calls.redact(message_id, reason="asked to")
    assert left.redacted
    shown = calls.get(message_id)
    assert (shown.subject, shown.snippet, shown.text_body) == ("", "", "")
    assert list(shown.attachments) == []
    assert shown.sender.address == "carol@example.com"
    for call in (
        lambda: calls.raw(message_id),
        lambda: calls.attachment(attachment.id),
    ):
        refusal = refused(call)
        assert refusal.code is grpc.StatusCode.FAILED_PRECONDITION
        assert refusal.reason == "MESSAGE_REDACTED"
    found = stubs.messages.SearchMessages(
        messages_pb2.SearchMessagesRequest(query="secrecy", inbox_id=inbox.id),
        metadata=auth,
    )
    assert list(found.hits) == []
    wanted = events_pb2.EventFilter(message_ids=[message_id])
    told = stubs.events.ListEvents(
        events_pb2.ListEventsRequest(filter=wanted), metadata=auth
    ).events
    assert events_pb2.EVENT_TYPE_MESSAGE_REDACTED in {each.type for each in told}
    assert all(each.content.subject == "" for each in told)
    listed = messages_pb2.ListMessagesRequest()
    listed.filter.inbox_id = inbox.id
    [one] = stubs.messages.ListMessages(listed, metadata=auth).messages
    assert one.redacted


def test_a_message_that_is_redacted_can_still_be_answered(
    calls, stubs, auth, new_inbox, receive
):
    inbox = new_inbox()
    message_id = receive(inbox.address, RAW)
    calls.redact(message_id)
    answer = messages_pb2.ReplyMessageRequest(
        message_id=message_id,
        content=messages_pb2.OutgoingContent(text_body="Thanks"),
        include_quote=True,
    )
    sent = stubs.messages.ReplyMessage(answer, metadata=auth).message
    assert sent.thread_id == calls.get(message_id).thread_id


def test_what_is_held_or_on_its_way_stays(calls, new_inbox, receive, send, refused):
    inbox = new_inbox()
    held = receive(inbox.address, RAW)
    assert calls.hold(held) == 1
    assert calls.hold(held) == 0
    assert calls.get(held).legal_hold
    refusal = refused(lambda: calls.redact(held))
    assert (refusal.code, refusal.reason) == (
        grpc.StatusCode.FAILED_PRECONDITION,
        "LEGAL_HOLD",
    )
    assert calls.hold(held, legal_hold=False) == 1
    assert calls.redact(held).redacted
    sent = send(inbox.id)
    refusal = refused(lambda: calls.redact(sent.id))
    assert refusal.reason == "DELIVERY_UNDER_WAY"


def test_an_inbox_that_is_held_holds_its_messages(calls, new_inbox, receive, refused):
    inbox = new_inbox()
    message_id = receive(inbox.address, RAW)
    held = calls.update(inboxes_pb2.Inbox(id=inbox.id, legal_hold=True), "legal_hold")
    assert held.legal_hold
    assert refused(lambda: calls.redact(message_id)).reason == "LEGAL_HOLD"
    calls.update(inboxes_pb2.Inbox(id=inbox.id), "legal_hold")
    assert calls.redact(message_id).redacted


def test_how_long_an_inbox_keeps_its_mail(calls, new_inbox):
    inbox = new_inbox(
        retention=inboxes_pb2.Retention(content=Duration(seconds=30 * DAY))
    )
    assert inbox.retention.content.ToTimedelta() == timedelta(days=30)
    assert not inbox.retention.HasField("metadata")
    longer = inboxes_pb2.Retention(
        content=Duration(seconds=1), metadata=Duration(seconds=3 * DAY)
    )
    changed = calls.update(
        inboxes_pb2.Inbox(id=inbox.id, retention=longer), "retention"
    )
    assert changed.retention.content.ToTimedelta() == timedelta(days=1)
    assert changed.retention.metadata.ToTimedelta() == timedelta(days=3)
    plain = calls.update(inboxes_pb2.Inbox(id=inbox.id), "retention")
    assert not plain.HasField("retention")
    forever = calls.update(
        inboxes_pb2.Inbox(id=inbox.id, retention=inboxes_pb2.Retention()), "retention"
    )
    assert forever.HasField("retention")
    assert forever.retention == inboxes_pb2.Retention()


@pytest.mark.parametrize(
    ("content", "metadata", "field"),
    [
        (-5, None, "inbox.retention.content"),
        (4000 * DAY, None, "inbox.retention.content"),
        (3 * DAY, 2 * DAY, "inbox.retention.metadata"),
    ],
)
def test_what_cannot_be_kept_so_long_is_refused(
    calls, new_inbox, refused, content, metadata, field
):
    kept = inboxes_pb2.Retention(content=Duration(seconds=content))
    if metadata is not None:
        kept.metadata.FromSeconds(metadata)
    inbox = new_inbox()
    refusal = refused(
        lambda: calls.update(inboxes_pb2.Inbox(id=inbox.id, retention=kept))
    )
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.fields == [field]


def test_it_takes_a_scope_of_its_own(calls, make_key, new_inbox, receive, refused):
    inbox = new_inbox()
    message_id = receive(inbox.address, RAW)
    key = make_key(scopes=["inboxes:write", "messages:write", "messages:read"])
    for call in (
        lambda: calls.hold(message_id, by=key),
        lambda: calls.update(inboxes_pb2.Inbox(id=inbox.id, legal_hold=True), by=key),
        lambda: calls.update(inboxes_pb2.Inbox(id=inbox.id), "retention", by=key),
        lambda: new_inbox(by=key, legal_hold=True),
    ):
        assert refused(call).code is grpc.StatusCode.PERMISSION_DENIED
    assert calls.redact(message_id, by=key).redacted
