"""Threads as the API shows them."""

from datetime import timedelta

from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import threads_pb2
from mailbot_server.api.convert import threads as convert
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Thread
from mailbot_server.core.thread import Change, ChangeKind, Explanation, Field, Tie
from tests.fakes.tenants import BEGINNING, principal

LATER = BEGINNING + timedelta(hours=1)
THREAD = Thread(
    id="thr_1",
    account_id="acc_1",
    inbox_id="inb_1",
    subject="Hello",
    created_at=BEGINNING,
    last_message_at=LATER,
    inbound_count=2,
    outbound_count=1,
    participants=(Mailbox(address="carol@example.com"),),
    last_inbound_at=LATER,
    last_outbound_at=BEGINNING,
    snippet="s",
    is_unreplied=True,
    merged_thread_ids=("thr_2",),
    labels=("red",),
)


def test_no_field_is_left_out():
    shown = convert.to_proto(THREAD)
    assert {field.name for field, _ in shown.ListFields()} == {
        field.name for field in threads_pb2.Thread.DESCRIPTOR.fields
    }
    assert shown.message_count == 3


def test_a_filter_is_narrowed_and_keeps_its_times():
    stamp = Timestamp(seconds=int(LATER.timestamp()))
    wanted = threads_pb2.ThreadFilter(
        after_time=stamp, before_time=stamp, unreplied=True
    )
    found = convert.filter_of(wanted, "inb_1", principal(inbox_ids=("inb_1",)))
    assert found.after == found.before == LATER
    assert found.unreplied
    assert found.inbox_id == "inb_1"
    assert found.visible_inbox_ids == ("inb_1",)


def test_a_filter_keeps_labels_and_participant():
    wanted = threads_pb2.ThreadFilter(
        labels=["red", "blue"], participant_address="Ann@example.org"
    )
    found = convert.filter_of(wanted, "", principal())
    assert found.labels == ("red", "blue")
    assert found.participant_address == "Ann@example.org"


def test_every_kind_of_change_has_its_number():
    for kind in ChangeKind:
        change = Change(
            kind=kind,
            changed_at=LATER,
            thread_id="thr_1",
            other_thread_ids=("thr_2",),
            changed_by="key_1",
            message_id="msg_1",
        )
        tie = Tie(name="a@x", mentions=(("msg_1", Field.IN_REPLY_TO),))
        shown = convert.explanation(
            THREAD, Explanation(ties=(tie,), changes=(change,), is_truncated=True)
        )
        assert {field.name for field, _ in shown.ListFields()} == {
            field.name for field in threads_pb2.ExplainThreadResponse.DESCRIPTOR.fields
        }
        assert {field.name for field, _ in shown.changes[0].ListFields()} == {
            field.name for field in threads_pb2.ThreadChange.DESCRIPTOR.fields
        }
        name = threads_pb2.ThreadChange.Kind.Name(shown.changes[0].kind)
        assert name == f"KIND_{kind.value.upper()}"
        assert shown.ties[0].mentions[0].field == "in_reply_to"
