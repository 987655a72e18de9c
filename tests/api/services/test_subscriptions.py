"""SubscriptionService over the wire: kept, changed, moved, seen by those who may."""

from datetime import timedelta
from typing import cast

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from mailbot.v1 import events_pb2, messages_pb2
from mailbot.v1 import subscriptions_pb2 as pb
from mailbot.v1.events_pb2 import EventFilter, StartPosition
from mailbot_server.core.account import ORDINARY_SCOPES
from tests.servers.event_calls import EventCalls
from tests.servers.subscription_calls import (
    EARLIEST,
    EXCLUSIVE,
    LATEST,
    SHARED,
    SubscriptionCalls,
    positions,
)

BOUNCED = events_pb2.EVENT_TYPE_MESSAGE_BOUNCED
UNKNOWN_TYPE = cast("events_pb2.EventType", 9999)


@pytest.fixture
def subs(stubs, auth):
    """As the default account."""
    return SubscriptionCalls(stubs, auth)


@pytest.fixture
def log(stubs, auth):
    """The event log, as the default account."""
    return EventCalls(stubs, auth)


def test_a_subscription_comes_back_as_it_went_in(api, subs, new_inbox):
    inbox = new_inbox()
    until = Timestamp(seconds=int(api.clock().timestamp()) + 500)
    wanted = EventFilter(
        inbox_ids=[inbox.id],
        types=[BOUNCED],
        thread_ids=["thr_1"],
        message_ids=["msg_1"],
        inbox_labels=["vip"],
        recipients=["Ann@Example.org"],
        recipient_domains=["example.org"],
        smtp_codes=[550],
        bounce_classes=["mailbox_full"],
        message_labels=["late"],
        start_time=Timestamp(seconds=5),
        end_time=until,
    )
    made = subs.create(
        display_name="Ledger",
        delivery_mode=SHARED,
        filter=wanted,
        ack_deadline=timedelta(seconds=90),
        max_delivery_attempts=3,
        idle_ttl=timedelta(days=2),
        message_view=messages_pb2.MESSAGE_VIEW_METADATA,
    ).subscription
    found = subs.get(made.id)
    found.ClearField("backlog_events")
    found.ClearField("lag")
    assert found == made
    assert made.state == pb.Subscription.STATE_ACTIVE
    assert made.filter.recipients[0].lower() == "ann@example.org"
    del made.filter.recipients[:]
    del wanted.recipients[:]
    assert made.filter == wanted
    assert (made.ack_deadline.seconds, made.max_delivery_attempts) == (90, 3)
    assert made.idle_ttl.ToTimedelta() == timedelta(days=2)
    assert made.message_view == messages_pb2.MESSAGE_VIEW_METADATA
    assert made.acked_cursor
    assert made.HasField("create_time")
    assert not made.HasField("consume_time")


def test_what_is_not_said_is_as_promised(subs):
    made = subs.create().subscription
    assert made.delivery_mode == EXCLUSIVE
    assert (made.ack_deadline.seconds, made.max_delivery_attempts) == (30, 10)
    assert not made.HasField("idle_ttl")
    assert made.message_view == messages_pb2.MESSAGE_VIEW_UNSPECIFIED
    assert subs.get(made.id).backlog_events == 1, "its own creation"


def test_the_same_request_twice_is_one_subscription(subs, refused):
    first = subs.create(request_id="once", display_name="x")
    second = subs.create(request_id="once", display_name="x")
    assert (first.replayed, second.replayed) == (False, True)
    assert first.subscription == second.subscription
    other = refused(lambda: subs.create(request_id="once", display_name="y"))
    assert other.reason == "REQUEST_ID_REUSED"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"display_name": "x" * 64}, "subscription.display_name"),
        ({"display_name": "a\nb"}, "subscription.display_name"),
        ({"ack_deadline": timedelta(milliseconds=999)}, "subscription.ack_deadline"),
        ({"ack_deadline": timedelta(hours=1, seconds=1)}, "subscription.ack_deadline"),
        ({"max_delivery_attempts": 101}, "subscription.max_delivery_attempts"),
        ({"max_delivery_attempts": -1}, "subscription.max_delivery_attempts"),
        ({"idle_ttl": timedelta(seconds=59)}, "subscription.idle_ttl"),
        ({"idle_ttl": timedelta(days=367)}, "subscription.idle_ttl"),
        ({"delivery_mode": 9}, "subscription.delivery_mode"),
        ({"message_view": 9}, "subscription.message_view"),
        ({"filter": EventFilter(types=[UNKNOWN_TYPE])}, "subscription.filter.types[0]"),
    ],
)
def test_what_is_wrong_is_named(subs, refused, fields, field):
    found = refused(lambda: subs.create(**fields))
    assert found.fields == [field]


def test_pages_hold_every_subscription_once_newest_first(api, subs, make_key, stranger):
    mine = subs
    made = []
    for _ in range(5):
        api.clock.advance(seconds=1)
        made.append(mine.create(by=stranger).subscription.id)
    found, token = [], ""
    while True:
        page = mine.page(by=stranger, page_size=2, page_token=token)
        found += [each.id for each in page.subscriptions]
        token = page.next_page_token
        if not token:
            break
    assert found == made[::-1]


def test_it_starts_where_it_is_told(api, subs, log, new_inbox):
    inbox = new_inbox()
    log.change(inbox, 2)
    api.clock.advance(seconds=10)
    now = Timestamp(seconds=int(api.clock().timestamp()))
    cursor = log.list().end_cursor
    end = log.list(filter=EventFilter(inbox_ids=[inbox.id])).events[-1].position
    log.change(inbox, 1)
    for start, count in (
        (EARLIEST, 4),
        (StartPosition(after_cursor=cursor), 1),
        (StartPosition(at_time=now), 1),
    ):
        sub = subs.of(inbox, start=start)
        stream = subs.consume(sub.id)
        assert positions(subs.take(stream, count))[-1] > end
        stream.cancel()
    sub = subs.of(inbox, start=LATEST)
    stream = subs.consume(sub.id)
    log.change(inbox, 1)
    assert len(subs.take(stream, 1)) == 1
    stream.cancel()


def test_a_foreign_or_broken_cursor_is_refused(subs, log, stranger, refused):
    theirs = log.list(by=stranger).end_cursor
    foreign = StartPosition(after_cursor=theirs)
    assert refused(lambda: subs.create(start=foreign)).reason == "CURSOR_FOREIGN"
    broken = StartPosition(after_cursor="nonsense")
    assert refused(lambda: subs.create(start=broken)).reason == "CURSOR_INVALID"
    sub = subs.create().subscription
    assert refused(lambda: subs.seek(sub.id, foreign)).reason == "CURSOR_FOREIGN"
    refusal = refused(lambda: subs.seek(sub.id, broken))
    assert refusal.fields == ["target.after_cursor"]
    assert refused(lambda: subs.seek(sub.id, StartPosition())).fields == ["target"]


def test_an_update_changes_what_it_names(subs, refused):
    made = subs.create(display_name="old", idle_ttl=timedelta(hours=1)).subscription
    changed = subs.update(made.id, "display_name", "idle_ttl", display_name="new")
    assert (changed.display_name, changed.HasField("idle_ttl")) == ("new", False)
    assert changed.etag != made.etag
    stale = refused(lambda: subs.update(made.id, display_name="x", etag=made.etag))
    assert stale.reason == "ETAG_MISMATCH"
    fixed = refused(lambda: subs.update(made.id, "delivery_mode", delivery_mode=SHARED))
    assert fixed.fields == ["update_mask"]
    nobody = refused(lambda: subs.update("", "display_name", display_name="x"))
    assert nobody.fields == ["subscription.id"]


def test_how_it_stands_is_told(api, subs, log, new_inbox):
    inbox = new_inbox()
    sub = subs.of(inbox)
    log.change(inbox, 3)
    api.clock.advance(seconds=40)
    stands = subs.get(sub.id)
    assert stands.backlog_events == 4
    assert stands.lag.seconds == 40
    stream = subs.consume(sub.id)
    found = subs.take(stream, 3)
    assert subs.get(sub.id).outstanding_events == 3
    assert subs.get(sub.id).HasField("consume_time")
    subs.ack(sub.id, found)
    done = subs.get(sub.id)
    assert (done.backlog_events, done.outstanding_events) == (0, 0)
    assert not done.HasField("lag")
    stream.cancel()


def test_a_restricted_key_sees_its_own_and_what_its_inboxes_do(
    stubs, subs, log, new_inbox, make_key, refused
):
    mine, other = new_inbox(), new_inbox()
    key = make_key(scopes=ORDINARY_SCOPES, inbox_ids=[mine.id])
    narrow = SubscriptionCalls(stubs, key)
    everybodys = subs.create().subscription
    made = narrow.create().subscription
    assert refused(lambda: narrow.get(everybodys.id)).reason == "NOT_FOUND"
    assert [each.id for each in narrow.page().subscriptions] == [made.id]
    assert made.id in {each.id for each in subs.page(page_size=500).subscriptions}
    stream = narrow.consume(made.id)
    log.change(other)
    log.change(mine)
    (found,) = narrow.take(stream, 1)
    assert found.event.inbox_id == mine.id
    subs.update(made.id, "filter", filter=EventFilter(inbox_ids=[other.id]))
    assert narrow.get(made.id).id == made.id
    stream.cancel()


def test_a_stranger_finds_nothing(subs, stranger, refused):
    made = subs.create().subscription
    assert refused(lambda: subs.get(made.id, by=stranger)).reason == "NOT_FOUND"
    assert refused(lambda: subs.delete(made.id, by=stranger)).reason == "NOT_FOUND"
    taken = refused(lambda: subs.consume(made.id, by=stranger))
    assert taken.reason == "NOT_FOUND"
    subs.delete(made.id)
    assert refused(lambda: subs.get(made.id)).reason == "NOT_FOUND"


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("subscriptions:read", lambda subs, key: subs.page(by=key)),
        ("subscriptions:write", lambda subs, key: subs.create(by=key)),
        ("events:consume", lambda subs, key: subs.consume("sub_1", by=key)),
    ],
)
def test_each_call_has_its_scope(subs, make_key, refused, scope, call):
    key = make_key(scopes=["events:read"])
    found = refused(lambda: call(subs, key))
    assert (found.reason, found.metadata["scope"]) == ("SCOPE_MISSING", scope)
