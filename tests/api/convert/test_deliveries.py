"""Deliveries as the API shows them, and what it reads of those who ask for them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import deliveries_pb2, messages_pb2
from mailbot_server.api.convert import deliveries as convert
from mailbot_server.core import ids
from mailbot_server.core.delivery import CANCEL_REQUESTED, DeliveryFilter, State
from mailbot_server.core.errors import InvalidInput
from mailbot_server.core.explanation import Explanation, Reason
from mailbot_server.core.explanation.reason import Kind
from mailbot_server.core.message import Stream
from mailbot_server.core.shaping import Scope, Suspension
from mailbot_server.engine.outbound.smtp.dialogue import Direction, Line
from tests.fakes.mail import delivery, message
from tests.fakes.tenants import BEGINNING, inbox, principal

LATER = BEGINNING + timedelta(hours=1)
FOUND = delivery(
    *(1, message(1, inbox())),
    id=ids.make("dlv", BEGINNING, bytes(10)),
    site="mx.example.com",
    queued_at=LATER,
    state=State.LEASED,
    hold_reason=CANCEL_REQUESTED,
)
Trace = deliveries_pb2.TraceDestinationResponse


def names(shown) -> set[str]:
    return {field.name for field, _ in shown.ListFields()}


def test_no_field_is_left_out():
    shown = convert.to_proto(FOUND)
    assert names(shown) == {f.name for f in deliveries_pb2.Delivery.DESCRIPTOR.fields}
    assert shown.create_time.ToDatetime() == BEGINNING.replace(tzinfo=None)
    assert shown.release_time.ToDatetime() == LATER.replace(tzinfo=None)


def test_what_might_leave_at_once_has_no_time_of_release():
    shown = convert.to_proto(replace(FOUND, queued_at=BEGINNING, hold_reason=""))
    assert not shown.HasField("release_time")
    assert not shown.cancel_requested


def test_a_filter_is_read_as_it_is_stored():
    asked = deliveries_pb2.DeliveryFilter(
        delivery_ids=["dlv_2", "dlv_1", "dlv_2"],
        message_id="msg_1",
        states=[messages_pb2.DELIVERY_STATE_HELD],
        recipient_domain=" Bücher.Example ",
        recipient=" Carol@EXAMPLE.com ",
        hold_reason="hostname_unset",
        bounce_class="rate_limited",
        stream=messages_pb2.MESSAGE_STREAM_BULK,
    )
    asked.after_time.FromDatetime(BEGINNING)
    asked.before_time.FromDatetime(LATER)
    who = principal(inbox_ids=("inb_1",))
    assert convert.filter_of(asked, "inb_1", who) == DeliveryFilter(
        account_id=who.account_id,
        ids=("dlv_2", "dlv_1"),
        message_id="msg_1",
        inbox_id="inb_1",
        states=(State.HELD,),
        domain="xn--bcher-kva.example",
        recipient="carol@example.com",
        hold_reason="hostname_unset",
        bounce_class="rate_limited",
        stream=Stream.BULK,
        after=BEGINNING,
        before=LATER,
        visible_inbox_ids=("inb_1",),
    )


def test_all_accounts_are_no_account():
    asked = deliveries_pb2.DeliveryFilter(
        all_accounts=True, recipient_domain="no domain"
    )
    found = convert.filter_of(asked, "", principal())
    assert (found.account_id, found.domain) == (None, "no domain")


def test_every_condition_narrows_but_all_accounts():
    convert.check_narrow(deliveries_pb2.DeliveryFilter(recipient="carol@example.com"))
    with pytest.raises(InvalidInput):
        convert.check_narrow(deliveries_pb2.DeliveryFilter(all_accounts=True))


def test_an_explanation_keeps_its_order():
    reasons = (
        Reason(kind=Kind.HOLD, text="held"),
        Reason(kind=Kind.LIFETIME, text="ends", until=LATER),
    )
    shown = convert.explanation(FOUND, Explanation(summary="s", reasons=reasons))
    assert (shown.summary, shown.delivery) == ("s", convert.to_proto(FOUND))
    assert [each.kind for each in shown.reasons] == ["hold", "lifetime"]
    assert [each.HasField("until") for each in shown.reasons] == [False, True]


@pytest.mark.parametrize(
    ("scope", "field"),
    [
        (Scope.DESTINATION, "destination"),
        (Scope.ACCOUNT, "account_id"),
        (Scope.INBOX, "inbox_id"),
    ],
)
def test_a_scope_comes_back_as_it_was(scope, field):
    by = ids.make("key", BEGINNING, bytes(10))
    found = Suspension(
        id="sus_1",
        scope=scope,
        name="x",
        reason="why",
        by=by,
        created_at=BEGINNING,
        until=LATER,
    )
    shown = convert.suspension(found)
    assert names(shown) == {
        f.name for f in deliveries_pb2.DeliverySuspension.DESCRIPTOR.fields
    }
    assert shown.scope.WhichOneof("scope") == field
    assert convert.scope_of(shown.scope) == (scope, "x")
    assert shown.suspended_by == by
    assert convert.suspension(replace(found, by="rule")).suspended_by == "mailbot"


def test_nothing_is_no_scope():
    with pytest.raises(InvalidInput) as caught:
        convert.scope_of(deliveries_pb2.DeliveryScope(account_id="  "))
    assert caught.value.violations[0].field == "scope.account_id"


@pytest.mark.parametrize("seconds", [-1, 0, 3601, 2**40])
def test_a_watch_has_a_length(seconds):
    asked = deliveries_pb2.TraceDestinationRequest(duration=Duration(seconds=seconds))
    with pytest.raises(InvalidInput):
        convert.trace_length(asked)


def test_a_watch_lasts_five_minutes_unless_told():
    asked = deliveries_pb2.TraceDestinationRequest()
    assert convert.trace_length(asked) == timedelta(minutes=5)
    asked.duration.seconds = 1
    assert convert.trace_length(asked) == timedelta(seconds=1)


@pytest.mark.parametrize(
    ("direction", "speaker"),
    [
        (Direction.SENT, Trace.SPEAKER_CLIENT),
        (Direction.HEARD, Trace.SPEAKER_SERVER),
        (Direction.NOTE, Trace.SPEAKER_NOTE),
    ],
)
def test_a_line_says_who_spoke(direction, speaker):
    said = Line(at=BEGINNING, delivery_id="d", host="h", direction=direction, text="t")
    shown = convert.line(said)
    assert names(shown) == {f.name for f in Trace.DESCRIPTOR.fields}
    assert shown.speaker == speaker
