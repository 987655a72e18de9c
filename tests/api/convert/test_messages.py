"""Messages and recipients as the API shows them."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from mailbot.v1 import messages_pb2
from mailbot_server.api.convert import messages as convert
from mailbot_server.core.authentication.verdicts import Verdicts
from mailbot_server.core.delivery import State
from mailbot_server.core.event import AttachmentSummary
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.calendar import CalendarEvent
from mailbot_server.core.mail.content.display import Display
from mailbot_server.core.mail.content.link import Link
from mailbot_server.core.mail.content.mailing_list import MailingList
from mailbot_server.core.mail.content.passcode import Code
from mailbot_server.core.mail.content.upstream_spam import UpstreamSpam
from mailbot_server.core.mail.mime.header import Header
from mailbot_server.core.mail.quote import Extraction, Method
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.message import (
    Addressees,
    Direction,
    Guarantee,
    ParseState,
    Quarantine,
    Stream,
)
from mailbot_server.core.tracking.asked import Tracking
from mailbot_server.engine.content import Content
from tests.fakes.mail import delivery, message
from tests.fakes.tenants import BEGINNING, inbox, principal

CAROL = (Mailbox(address="carol@example.com"),)
LATER = BEGINNING + timedelta(minutes=5)
CONTENT = Content(
    text="t",
    html="<p>",
    extraction=Extraction(
        text="e",
        html="<p>",
        quoted_text="q",
        signature="s",
        method=Method.ATTRIBUTION,
        confidence=0.9,
    ),
    headers=(Header(name="Subject", value="Hello"),),
    is_truncated=True,
    codes=(Code(value="123456", context="c", confidence=0.9),),
    links=(Link(text="t", url="https://example.com/", source="html"),),
    mailing_list=MailingList(id="list.example.com"),
    calendar_events=(CalendarEvent(uid="1"),),
    upstream_spam=UpstreamSpam(filter="rspamd", is_spam=True),
    display=Display(html="<p>", blocked_remote_count=1),
)
INBOUND_ONLY = {
    *("envelope_sender", "envelope_recipient", "tag", "automated", "duplicate_of"),
    *("defects",),
}
OUTBOUND_ONLY = {"bcc", "recipients", "stream", "guarantee"}


def full(direction):
    return message(
        1,
        inbox(),
        direction=direction,
        date_at=BEGINNING,
        addressees=Addressees(to=CAROL, cc=CAROL, bcc=CAROL, reply_to=CAROL),
        snippet="s",
        in_reply_to="0@x",
        references=("0@x",),
        sha256="0" * 64,
        attachments=(AttachmentSummary(id="att_1"),),
        labels=("a",),
        envelope_sender="carol@example.com",
        envelope_recipient="me@example.com",
        tag="t",
        automated=True,
        duplicate_of="msg_0",
        defects=("d",),
        stream=Stream.BULK,
        guarantee=Guarantee.AT_MOST_ONCE,
        tracking=Tracking(opens=True),
        parse_state=ParseState.PARSED,
        quarantine=Quarantine(reason="rule"),
        legal_hold=True,
        is_redacted=True,
        verdicts=Verdicts(),
    )


def fields(shown):
    return {field.name for field, _ in shown.ListFields()}


def test_no_field_is_left_out():
    declared = {field.name for field in messages_pb2.Message.DESCRIPTOR.fields}
    sent, received = full(Direction.OUTBOUND), full(Direction.INBOUND)
    deliveries = [delivery(1, sent)]
    out = fields(convert.to_proto(sent, deliveries, CONTENT))
    into = fields(convert.to_proto(received, (), CONTENT))
    assert out | into == declared
    assert "envelope_sender" not in out
    assert not {"stream", "guarantee", "recipients"} & into


def test_a_recipient_shows_what_was_done():
    sent = message(1, inbox())
    seen = delivery(1, sent, opens=2, clicks=3, replied_at=BEGINNING)
    shown = convert.recipient(seen)
    assert (shown.opens, shown.clicks) == (2, 3)
    assert shown.reply_time.ToDatetime(UTC) == BEGINNING


def test_tracking_that_is_not_named_is_the_inboxes():
    options = messages_pb2.DeliveryOptions()
    assert convert.tracking_of(options) is None
    options.tracking.SetInParent()
    assert convert.tracking_of(options) == Tracking()
    options.tracking.text_clicks = True
    assert convert.tracking_of(options) == Tracking(text_clicks=True)


def test_bodies_are_shown_only_when_they_were_read():
    shown = convert.to_proto(full(Direction.INBOUND))
    bodies = {
        *("text_body", "html_body", "extracted_text", "headers", "body_truncated"),
        *("extraction", "codes", "links", "mailing_list", "calendar_events"),
        *("upstream_spam", "display_html", "blocked_remote_count"),
    }
    assert not bodies & fields(shown)


@pytest.mark.parametrize("state", State)
def test_every_state_of_a_delivery_has_its_number(state):
    sent = message(1, inbox())
    shown = convert.recipient(delivery(1, sent, state=state))
    name = messages_pb2.DeliveryState.Name(shown.state)
    assert name == f"DELIVERY_STATE_{state.name}"
    waits = state in {State.QUEUED, State.DEFERRED}
    assert shown.HasField("next_attempt_time") == waits


def test_a_recipient_shows_what_the_host_said():
    sent = message(1, inbox())
    shown = convert.recipient(
        delivery(
            1,
            sent,
            state=State.DEFERRED,
            attempts=2,
            due_at=LATER,
            last_reply=Reply(code=451, enhanced="4.7.1", text="later"),
            last_host="mx.example.com",
            diagnostic="greylisted",
            bounce_class="greylisted",
        )
    )
    assert (shown.last_reply.code, shown.last_reply.host) == (451, "mx.example.com")
    assert shown.last_reply.enhanced_code == "4.7.1"
    assert shown.attempts == 2
    assert shown.next_attempt_time.seconds == int(LATER.timestamp())


def test_why_a_delivery_is_held_is_shown_while_it_is():
    sent = message(1, inbox())
    held = delivery(1, sent, state=State.HELD, hold_reason="hostname_unset")
    assert convert.recipient(held).hold_reason == "hostname_unset"
    gone = replace(held, state=State.QUEUED)
    assert convert.recipient(gone).hold_reason == ""


def test_options_have_defaults():
    nothing = messages_pb2.DeliveryOptions()
    assert convert.stream_of(nothing) is Stream.TRANSACTIONAL
    assert convert.guarantee_of(nothing) is Guarantee.AT_LEAST_ONCE


def test_addresses_are_taken_as_written_without_blanks_around():
    boxes = [messages_pb2.Mailbox(address=" a@example.com ", display_name=" A ")]
    assert convert.mailboxes_of(boxes) == (
        Mailbox(address="a@example.com", display_name=" A "),
    )


def test_a_filter_is_folded_and_narrowed():
    wanted = messages_pb2.MessageFilter(
        direction=messages_pb2.DIRECTION_INBOUND,
        sender_address="Carol@EXAMPLE.com",
        rfc822_message_id=" <1@example.com> ",
    )
    found = convert.filter_of(wanted, "inb_1", principal(inbox_ids=("inb_1",)))
    assert found.direction is Direction.INBOUND
    assert found.sender_address == "carol@example.com"
    assert found.rfc822_message_id == "1@example.com"
    assert found.visible_inbox_ids == ("inb_1",)
    anything = convert.filter_of(messages_pb2.MessageFilter(), "", principal())
    assert anything.direction is None
    assert anything.visible_inbox_ids is None
