from datetime import timedelta

from google.protobuf.duration_pb2 import Duration

from mailbot import Retention
from mailbot.v1 import inboxes_pb2, messages_pb2


def test_a_message_is_redacted(server, bot):
    left = messages_pb2.Message(id="msg_1", redacted=True)
    server.answer("RedactMessage", messages_pb2.RedactMessageResponse(message=left))
    assert bot.messages.redact("msg_1", reason="asked to").redacted
    [request] = server.requests("RedactMessage")
    assert (request.message_id, request.reason) == ("msg_1", "asked to")


def test_messages_are_held_and_let_go(server, bot):
    answer = messages_pb2.UpdateMessageLegalHoldsResponse(message_count=2)
    server.answer("UpdateMessageLegalHolds", answer, answer)
    assert bot.messages.hold(["msg_1", "msg_2"], reason="case 7") == 2
    bot.messages.hold("msg_1", legal_hold=False)
    first, second = server.requests("UpdateMessageLegalHolds")
    assert (list(first.message_ids), first.legal_hold) == (["msg_1", "msg_2"], True)
    assert (list(second.message_ids), second.legal_hold) == (["msg_1"], False)
    assert first.reason == "case 7"


def test_how_long_an_inbox_keeps_its_mail(server, bot):
    kept = inboxes_pb2.Retention(content=Duration(seconds=86_400))
    shown = inboxes_pb2.Inbox(id="inb_1", retention=kept, legal_hold=True)
    answer = inboxes_pb2.UpdateInboxResponse(inbox=shown)
    server.answer("UpdateInbox", answer, answer)
    wanted = Retention(content=timedelta(days=1))
    changed = bot.inboxes.update("inb_1", retention=wanted, legal_hold=True)
    assert changed.retention == wanted
    assert changed.legal_hold
    bot.inboxes.update("inb_1", retention=None)
    first, second = server.requests("UpdateInbox")
    assert first.inbox.retention == kept
    assert list(first.update_mask.paths) == ["legal_hold", "retention"]
    assert not second.inbox.HasField("retention")
    assert list(second.update_mask.paths) == ["retention"]
