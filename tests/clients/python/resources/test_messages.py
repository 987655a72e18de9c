import hashlib
from datetime import UTC, datetime

import pytest

from mailbot import Attachment, Mailbox
from mailbot.v1 import messages_pb2
from tests.clients.fake_mailbot import UNAVAILABLE

MIB = 1024 * 1024


def stored(**fields) -> messages_pb2.Message:
    return messages_pb2.Message(id="msg_1", inbox_id="inb_9", **fields)


def uploads(server) -> list[bytes]:
    return [
        b"".join(each.chunk for each in seen.requests[1:])
        for seen in server.seen["UploadAttachment"]
    ]


def test_send_hands_over_what_was_written(server, bot):
    answer = stored(
        direction="DIRECTION_OUTBOUND",
        sender={"address": "support@example.com"},
        recipients=[{"address": "c@example.com", "state": "DELIVERY_STATE_QUEUED"}],
    )
    server.answer("SendMessage", messages_pb2.SendMessageResponse(message=answer))

    message = bot.messages.send(
        inbox_id="inb_1",
        to="customer@example.com",
        subject="Invoice #4521",
        text="Hello",
        html="<p>Hello</p>",
        headers={"X-Ticket": "7"},
        labels=["invoice"],
        metadata={"order": "4521"},
        stream="bulk",
        guarantee="at_most_once",
        track_opens=True,
        one_click_unsubscribe=True,
    )

    request = server.requests("SendMessage")[0]
    assert request.inbox_id == "inb_1"
    assert [each.address for each in request.to] == ["customer@example.com"]
    assert request.content.subject == "Invoice #4521"
    assert request.content.text_body == "Hello"
    assert request.content.html_body == "<p>Hello</p>"
    assert dict(request.content.headers) == {"X-Ticket": "7"}
    assert dict(request.content.metadata) == {"order": "4521"}
    assert request.options.stream == messages_pb2.MESSAGE_STREAM_BULK
    assert request.options.guarantee == messages_pb2.DELIVERY_GUARANTEE_AT_MOST_ONCE
    assert request.options.tracking == messages_pb2.Tracking(opens=True)
    assert request.options.one_click_unsubscribe
    assert request.request_id
    assert message.direction == "outbound"
    assert message.sender == Mailbox("support@example.com")
    assert message.recipients[0].state == "queued"


def test_recipients_may_be_written_in_every_form(server, bot):
    bot.messages.send(
        inbox_id="inb_1",
        to=["a@example.com", ("Bea", "b@example.com"), Mailbox("c@example.com", "Cy")],
        cc=("Dee", "d@example.com"),
        bcc="e@example.com",
        reply_to=[Mailbox("f@example.com")],
        text="hi",
    )
    request = server.requests("SendMessage")[0]
    to = [(each.display_name, each.address) for each in request.to]
    assert to == [
        ("", "a@example.com"),
        ("Bea", "b@example.com"),
        ("Cy", "c@example.com"),
    ]
    assert request.cc[0].display_name == "Dee"
    assert request.bcc[0].address == "e@example.com"
    assert request.reply_to[0].address == "f@example.com"


def test_a_pair_of_addresses_is_not_taken_for_a_name(bot):
    with pytest.raises(ValueError, match="put several into a list"):
        bot.messages.send(inbox_id="i", to=("a@example.com", "b@example.com"), text="x")


def test_a_send_that_was_not_answered_is_repeated_with_the_same_id(server, bot):
    server.answer("SendMessage", UNAVAILABLE, UNAVAILABLE)
    bot.messages.send(inbox_id="inb_1", to="a@example.com", text="hi")
    first, second, third = server.requests("SendMessage")
    assert first == second == third
    assert first.request_id


def test_small_files_travel_inside_the_request(server, bot, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(b"%PDF")
    bot.messages.send(
        inbox_id="inb_1",
        to="a@example.com",
        text="hi",
        attachments=[
            file,
            ("notes.txt", b"text"),
            Attachment(data=b"png", filename="logo.png", content_id="logo"),
            Attachment(upload_id="up_1", filename="old.bin", content_type="x/y"),
        ],
    )
    pdf, notes, logo, old = server.requests("SendMessage")[0].content.attachments
    assert (pdf.filename, pdf.content_type, pdf.data) == (
        "report.pdf",
        "application/pdf",
        b"%PDF",
    )
    assert (notes.filename, notes.content_type) == ("notes.txt", "text/plain")
    assert logo.content_id == "logo"
    assert (old.upload_id, old.content_type) == ("up_1", "x/y")
    assert server.seen["UploadAttachment"] == []


def test_one_attachment_needs_no_list(server, bot, tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"a")
    bot.messages.send(inbox_id="i", to="a@example.com", text="x", attachments=str(file))
    bot.messages.send(
        inbox_id="i", to="a@example.com", text="x", attachments=("b", b"b")
    )
    names = [r.content.attachments[0].filename for r in server.requests("SendMessage")]
    assert names == ["a.txt", "b"]


def test_large_files_are_uploaded_first(server, bot):
    large = bytes(range(256)) * 5000
    server.answer(
        "UploadAttachment", messages_pb2.UploadAttachmentResponse(upload_id="up_7")
    )
    bot.messages.send(
        inbox_id="inb_1",
        to="a@example.com",
        text="hi",
        attachments=[("big.bin", large)],
    )
    header, *chunks = server.seen["UploadAttachment"][0].requests
    assert header.header.inbox_id == "inb_1"
    assert header.header.size_bytes == len(large)
    assert header.header.sha256 == hashlib.sha256(large).hexdigest()
    assert uploads(server) == [large]
    assert max(len(each.chunk) for each in chunks) <= 64 * 1024
    sent = server.requests("SendMessage")[0].content.attachments[0]
    assert (sent.upload_id, sent.data) == ("up_7", b"")


def test_files_that_are_large_together_are_uploaded_too(server, bot):
    files = [(f"{each}.bin", bytes(MIB)) for each in range(3)]
    answer = messages_pb2.UploadAttachmentResponse(upload_id="up_1")
    server.answer("UploadAttachment", answer)
    bot.messages.send(inbox_id="i", to="a@example.com", text="x", attachments=files)
    request = server.requests("SendMessage")[0]
    assert [bool(each.data) for each in request.content.attachments] == [
        True,
        True,
        False,
    ]
    assert request.ByteSize() < 4 * MIB


def test_an_upload_that_broke_off_starts_over(server, bot):
    server.answer("UploadAttachment", UNAVAILABLE)
    server.answer(
        "UploadAttachment", messages_pb2.UploadAttachmentResponse(upload_id="up_2")
    )
    upload = bot.messages.upload("inb_1", b"x" * 100_000)
    assert upload.upload_id == "up_2"
    assert uploads(server) == [b"x" * 100_000] * 2


def test_nothing_is_uploaded_for_a_message_that_cannot_be(server, bot):
    big = [("big.bin", bytes(2 * MIB))]
    with pytest.raises(TypeError, match="txt"):
        bot.messages.send(inbox_id="i", to="a@example.com", txt="x", attachments=big)
    assert server.seen["UploadAttachment"] == []


def test_a_file_over_the_limit_is_refused_before_it_travels(server, bot, tmp_path):
    file = tmp_path / "huge"
    with file.open("wb") as sparse:
        sparse.truncate(25 * MIB + 1)
    with pytest.raises(ValueError, match="larger than"):
        bot.messages.upload("inb_1", file)


def test_an_attachment_is_exactly_one_thing():
    with pytest.raises(ValueError, match="one of"):
        Attachment(filename="x")
    with pytest.raises(ValueError, match="one of"):
        Attachment(filename="x", data=b"", upload_id="up")
    with pytest.raises(ValueError, match="filename"):
        Attachment(data=b"x")


def test_text_is_not_taken_for_bytes(bot):
    with pytest.raises(TypeError, match="bytes"):
        bot.messages.send(
            inbox_id="i", to="a@example.com", attachments=[("a.txt", "text")]
        )


def test_reply_answers_a_message(server, bot):
    server.answer("ReplyMessage", messages_pb2.ReplyMessageResponse(message=stored()))
    bot.messages.reply("msg_0", text="Thanks", reply_all=True, include_quote=True)
    request = server.requests("ReplyMessage")[0]
    assert request.message_id == "msg_0"
    assert request.content.text_body == "Thanks"
    assert request.reply_all
    assert request.include_quote
    assert request.request_id


def test_a_reply_uploads_to_the_inbox_of_its_message(server, bot):
    server.answer("GetMessage", messages_pb2.GetMessageResponse(message=stored()))
    bot.messages.reply("msg_1", text="x", attachments=[("big.bin", bytes(2 * MIB))])
    assert server.seen["UploadAttachment"][0].requests[0].header.inbox_id == "inb_9"


def test_get_asks_for_the_view(server, bot):
    answer = stored(
        text_body="Hi",
        headers=[{"name": "List-Id", "value": "x"}],
        attachments=[{"id": "att_1", "filename": "a.pdf", "size_bytes": 3}],
        references=["a@example.com"],
    )
    server.answer("GetMessage", messages_pb2.GetMessageResponse(message=answer))
    message = bot.messages.get("msg_1")
    bot.messages.get(message, view="metadata")
    assert message.text_body == "Hi"
    assert message.headers[0].name == "List-Id"
    assert message.attachments[0].size_bytes == 3
    assert message.references == ("a@example.com",)
    assert message.date is None
    full, metadata = server.requests("GetMessage")
    assert full.view == messages_pb2.MESSAGE_VIEW_FULL
    assert metadata.view == messages_pb2.MESSAGE_VIEW_METADATA
    assert metadata.message_id == "msg_1"


def test_list_sends_its_filter(server, bot):
    after = datetime(2026, 1, 1, tzinfo=UTC)
    list(
        bot.messages.list(
            inbox_id="inb_1",
            thread_id="thr_1",
            direction="inbound",
            sender_address="a@example.com",
            labels=["x"],
            after_time=after,
            rfc822_message_id="id@example.com",
            oldest_first=True,
        )
    )
    request = server.requests("ListMessages")[0]
    assert request.filter.inbox_id == "inb_1"
    assert request.filter.direction == messages_pb2.DIRECTION_INBOUND
    assert request.filter.after_time.ToDatetime(tzinfo=UTC) == after
    assert not request.filter.HasField("before_time")
    assert request.oldest_first


def test_label_adds_and_removes(server, bot):
    labelled = messages_pb2.Message(id="msg_1", labels=["red"])
    server.answer(
        "UpdateMessageLabels",
        messages_pb2.UpdateMessageLabelsResponse(message=labelled),
    )
    assert bot.messages.label("msg_1", add="red", remove=["blue"]).labels == ("red",)
    request = server.requests("UpdateMessageLabels")[0]
    assert (request.message_id, list(request.add)) == ("msg_1", ["red"])
    assert list(request.remove) == ["blue"]
