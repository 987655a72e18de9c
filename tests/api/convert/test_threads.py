"""Threads as the API shows them."""

from datetime import timedelta

from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import threads_pb2
from mailbot_server.api.convert import threads as convert
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.message import Thread
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
