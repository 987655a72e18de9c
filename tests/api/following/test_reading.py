"""Events in their words are what lists show, with the message where it is asked for."""

import pytest

from mailbot.v1 import events_pb2, messages_pb2
from tests.servers.event_calls import EARLIEST, EventCalls, only, positions

MAIL = b"From: c@example.com\r\nSubject: A question\r\n\r\nWhere is it?\r\n"


@pytest.fixture
def calls(stubs, auth):
    return EventCalls(stubs, auth)


def test_streams_and_lists_say_the_same(calls, new_inbox, receive):
    inbox = new_inbox()
    receive(inbox.address, MAIL)
    listed = list(calls.list(filter=only(inbox)).events)
    streamed = [e for r in calls.read(start=EARLIEST) for e in r.batch.events]
    assert [e for e in streamed if e.inbox_id == inbox.id] == listed


@pytest.mark.parametrize(
    ("view", "subject", "body"),
    [
        (messages_pb2.MESSAGE_VIEW_UNSPECIFIED, "", ""),
        (messages_pb2.MESSAGE_VIEW_METADATA, "A question", ""),
        (messages_pb2.MESSAGE_VIEW_FULL, "A question", "Where is it?"),
    ],
)
def test_events_carry_as_much_of_the_message_as_is_asked_for(
    calls, new_inbox, receive, view, subject, body
):
    inbox = new_inbox()
    receive(inbox.address, MAIL)
    wanted = only(inbox, types=[events_pb2.EVENT_TYPE_MESSAGE_RECEIVED])
    asked = {"start": EARLIEST, "filter": wanted, "message_view": view}
    responses = calls.read(**asked)
    [event] = [event for r in responses for event in r.batch.events]
    assert event.message.subject == subject
    assert event.message.text_body.strip() == body


def test_batches_with_messages_are_small_and_nothing_is_lost(calls, new_inbox):
    inbox = new_inbox()
    calls.change(inbox, 45)
    view = messages_pb2.MESSAGE_VIEW_FULL
    responses = calls.read(start=EARLIEST, filter=only(inbox), message_view=view)
    assert max(len(response.batch.events) for response in responses) == 20
    assert len(positions(responses)) == 46
