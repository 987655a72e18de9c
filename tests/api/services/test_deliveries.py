"""DeliveryService over the wire."""

from dataclasses import replace
from datetime import UTC, timedelta
from types import SimpleNamespace

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from mailbot.v1 import accounts_pb2, deliveries_pb2, inboxes_pb2, messages_pb2
from mailbot_server.core.delivery import Stage, State
from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.shaping import SiteStatus
from mailbot_server.engine.outbound.smtp.dialogue import LINES_MAX, Direction
from mailbot_server.store import deliveries, inboxes
from tests.api.conftest import Refusal, bearer
from tests.fakes.mail import add_deliveries

REFUSED = {
    "state": State.BOUNCED,
    "last_reply": Reply(code=550, enhanced="5.1.1", text="User unknown"),
    "last_stage": Stage.RCPT.value,
    "bounce_class": "other",
    "bounce_scope": "policy",
    "permanent": True,
    "rule_id": "older",
}


@pytest.fixture
def refused(api, stubs, operator, make_key):
    """New accounts with refusals that an older table did not know: their ids."""
    made = []

    def make(numbers: range) -> str:
        request = accounts_pb2.CreateAccountRequest(
            account=accounts_pb2.Account(display_name="Owner")
        )
        account = stubs.accounts.CreateAccount(request, metadata=operator).account
        by = make_key(account_id=account.id, scopes=["admin"])
        new = stubs.inboxes.CreateInbox(inboxes_pb2.CreateInboxRequest(), metadata=by)
        inbox = api.run(api.db.read(inboxes.get, account.id, new.inbox.id))
        made.extend(api.run(add_deliveries(api.db, inbox, numbers, **REFUSED)))
        return account.id

    return SimpleNamespace(account=make, made=made)


@pytest.fixture
def reclassify(stubs, operator):
    def call(by=operator, **fields):
        request = deliveries_pb2.ReclassifyDeliveriesRequest(**fields)
        answers = stubs.deliveries.ReclassifyDeliveries(request, metadata=by)
        return [(each.examined, each.changed, each.lifted) for each in answers]

    return call


def test_one_account_is_classified_again(api, refused, reclassify):
    account_id = refused.account(range(1, 4))
    assert reclassify(account_id=account_id, dry_run=True) == [(3, 3, 0)]
    assert reclassify(account_id=account_id) == [(3, 3, 0)]
    assert reclassify(account_id=account_id) == [(3, 0, 0)]
    [first, *_] = refused.made
    now = api.run(api.db.read(deliveries.get, account_id, first.id))
    assert now.bounce_class == "invalid_recipient"


def test_all_accounts_are_classified_again_with_their_progress(refused, reclassify):
    refused.account(range(11, 12))
    refused.account(range(21, 622))
    counts = reclassify()
    assert counts == sorted(counts)
    assert len(counts) >= 3
    assert counts[-1][1] == 602


def test_an_account_that_is_not_there_is_not_found(reclassify):
    with pytest.raises(grpc.RpcError) as refusal:
        reclassify(account_id="acc_nobody")
    assert refusal.value.code() is grpc.StatusCode.NOT_FOUND


def test_only_operators_may(reclassify, make_key):
    with pytest.raises(grpc.RpcError) as refusal:
        reclassify(by=make_key(scopes=["deliveries:write"]))
    assert refusal.value.code() is grpc.StatusCode.PERMISSION_DENIED


# --- the queue, shown and moved -----------------------------------------------------

Delivery = deliveries_pb2.Delivery
Filter = deliveries_pb2.DeliveryFilter
Scope = deliveries_pb2.DeliveryScope


@pytest.fixture
def call(stubs, auth):
    """Calls a method by its name, with the fields of its request."""

    def run(method: str, by=auth, **fields):
        request = getattr(deliveries_pb2, f"{method}Request")(**fields)
        return getattr(stubs.deliveries, method)(request, metadata=by)

    return run


@pytest.fixture
def asked(refusal_of, call):
    """Calls what must be refused; what it said."""

    def run(method: str, **fields):
        return refusal_of(lambda: call(method, **fields))

    return run


@pytest.fixture
def refusal_of():
    def run(attempt):
        with pytest.raises(grpc.RpcError) as caught:
            attempt()
        return Refusal(caught.value)

    return run


@pytest.fixture
def waiting(new_inbox, send):
    """An inbox with three messages that wait; their deliveries' ids, newest first."""
    inbox = new_inbox()
    sent = [send(inbox.id, to=f"carol{n}@example.com") for n in range(3)]
    return inbox, [message.recipients[0].delivery_id for message in sent][::-1]


def test_lists_show_everything_of_a_delivery_page_by_page(api, call, waiting):
    inbox, ids = waiting
    mine = Filter(inbox_id=inbox.address)
    listed = call("ListDeliveries", filter=mine)
    assert [each.id for each in listed.deliveries] == ids
    assert not listed.next_page_token
    found, token = [], ""
    while True:
        page = call("ListDeliveries", filter=mine, page_size=2, page_token=token)
        found += [each.id for each in page.deliveries]
        token = page.next_page_token
        if not token:
            break
    assert found == ids
    first = listed.deliveries[0]
    assert (first.inbox_id, first.domain) == (inbox.id, "example.com")
    assert first.status.address == "carol2@example.com"
    assert first.status.state == messages_pb2.DELIVERY_STATE_QUEUED
    assert first.stream == messages_pb2.MESSAGE_STREAM_TRANSACTIONAL
    assert first.create_time.ToDatetime(tzinfo=UTC) == api.clock()
    assert not first.HasField("release_time")
    got = call("GetDelivery", delivery_id=ids[0]).delivery
    assert got == first


def test_a_page_token_belongs_to_its_filter(call, asked, waiting):
    inbox, _ = waiting
    page = call("ListDeliveries", filter=Filter(inbox_id=inbox.id), page_size=1)
    answer = asked("ListDeliveries", page_size=1, page_token=page.next_page_token)
    assert answer.reason == "PAGE_TOKEN_INVALID"


def test_filters_find_by_state_recipient_and_time(api, call, waiting):
    inbox, ids = waiting

    def found(**changes):
        wanted = Filter(inbox_id=inbox.id, **changes)
        return [each.id for each in call("ListDeliveries", filter=wanted).deliveries]

    assert found(states=[messages_pb2.DELIVERY_STATE_HELD]) == []
    assert found(states=[messages_pb2.DELIVERY_STATE_QUEUED]) == ids
    assert found(recipient=" Carol1@EXAMPLE.com ") == [ids[1]]
    assert found(recipient_domain="EXAMPLE.com") == ids
    assert found(recipient_domain="example.org") == []
    assert found(stream=messages_pb2.MESSAGE_STREAM_BULK) == []
    assert found(delivery_ids=[ids[2], ids[0], "dlv_1"]) == [ids[0], ids[2]]
    assert found(after_time=api.clock()) == ids[:1]
    assert found(before_time=api.clock()) == ids[1:]


def test_a_scheduled_message_says_when_it_leaves(api, call, stubs, auth, new_inbox):
    at = api.clock() + timedelta(hours=3)
    options = messages_pb2.DeliveryOptions()
    options.send_time.FromDatetime(at)
    request = messages_pb2.SendMessageRequest(
        inbox_id=new_inbox().id,
        to=[messages_pb2.Mailbox(address="carol@example.com")],
        content=messages_pb2.OutgoingContent(text_body="Hello"),
        options=options,
    )
    answer = stubs.messages.SendMessage(request, metadata=auth)
    assert answer.release_time.ToDatetime(tzinfo=UTC) == at
    [recipient] = answer.message.recipients
    one = call("GetDelivery", delivery_id=recipient.delivery_id).delivery
    assert one.release_time.ToDatetime(tzinfo=UTC) == at
    said = call("ExplainDelivery", delivery_id=one.id)
    assert said.summary.startswith("queued: it leaves at ")
    assert "(in 3 hours)" in said.summary
    mine = Filter(delivery_ids=[one.id])
    assert call("RetryDeliveries", filter=mine).changed == 0
    assert call("CancelDeliveries", filter=mine).changed == 1
    said = call("ExplainDelivery", delivery_id=one.id)
    assert said.summary.startswith("cancelled at ")


def test_explain_says_what_decides(api, call, operator, waiting):
    _inbox, ids = waiting
    scope = Scope(destination="example.com")
    fields = {"scope": scope, "reason": "they asked"}
    made = call("SuspendDeliveries", by=operator, **fields).suspension
    said = call("ExplainDelivery", delivery_id=ids[0])
    until = made.resume_time.ToDatetime(tzinfo=UTC)
    assert said.summary == (
        "queued: its first attempt is due now; destination example.com is suspended"
        f" until {until:%H:%M} UTC (they asked)"
    )
    assert [each.kind for each in said.reasons] == [
        *("schedule", "suspension", "lifetime"),
    ]
    assert said.reasons[1].until == made.resume_time
    ended = call("ResumeDeliveries", by=operator, scope=scope)
    assert ended.suspension == made
    again = call("ResumeDeliveries", by=operator, scope=scope)
    assert not again.HasField("suspension")
    assert "suspended" not in call("ExplainDelivery", delivery_id=ids[0]).summary


def test_explain_knows_the_destination(api, call, waiting):
    _inbox, ids = waiting
    [last, *_] = ids
    delivery = api.read(deliveries.find, last)
    changed = replace(delivery, site="mx.example.com", state=State.DEFERRED, attempts=1)
    api.write(put, changed)
    api.destinations[:] = [
        SiteStatus(name="mx.example.com", attempts=0, attempts_max=2, reason="slowed")
    ]
    said = call("ExplainDelivery", delivery_id=last)
    api.destinations.clear()
    assert "destination limited to 2 connections (slowed)" in said.summary
    assert said.delivery.destination == "mx.example.com"


def test_explain_knows_where_a_delivery_will_lead(api, call, operator, waiting):
    _, [last, *_] = waiting
    scope = Scope(destination="mx.example.com")
    call("SuspendDeliveries", by=operator, scope=scope)
    assert "suspended" not in call("ExplainDelivery", delivery_id=last).summary
    api.sites["example.com"] = "mx.example.com"
    said = call("ExplainDelivery", delivery_id=last)
    api.sites.clear()
    call("ResumeDeliveries", by=operator, scope=scope)
    assert "destination mx.example.com is suspended until" in said.summary
    assert said.delivery.destination == ""


def put(tx, changed):
    deliveries.update(tx, [changed])


def test_what_is_held_is_released_and_what_waits_is_retried(api, call, waiting):
    inbox, ids = waiting
    mine = Filter(inbox_id=inbox.id)
    held = call("HoldDeliveries", filter=mine, reason="the customer called")
    assert (held.changed, held.more) == (3, False)
    one = call("GetDelivery", delivery_id=ids[0]).delivery
    assert one.status.hold_reason == "held_by_caller"
    assert one.status.diagnostic == "the customer called"
    said = call("ExplainDelivery", delivery_id=ids[0])
    assert said.summary.startswith("held: the customer called (held_by_caller); ")
    released = call("ReleaseDeliveries", filter=Filter(delivery_ids=ids[:2]))
    assert (released.changed, released.over_limit) == (2, 0)
    api.write(put_off, ids[0], api.clock() + timedelta(hours=1))
    assert call("RetryDeliveries", filter=mine).changed == 1
    one = call("GetDelivery", delivery_id=ids[0]).delivery
    assert one.status.next_attempt_time.ToDatetime(tzinfo=UTC) == api.clock()
    cancelled = call("CancelDeliveries", filter=mine)
    assert (cancelled.changed, cancelled.under_way) == (3, 0)


def put_off(tx, delivery_id, until):
    found = deliveries.find(tx, delivery_id)
    assert found is not None
    deliveries.update(tx, [replace(found, due_at=until)])


def test_a_cancel_of_what_is_under_way_is_shown(api, call, waiting):
    _inbox, [last, *_] = waiting
    delivery = api.read(deliveries.find, last)
    api.write(begin, replace(delivery, state=State.LEASED, started=True))
    answer = call("CancelDeliveries", filter=Filter(delivery_ids=[last]))
    assert (answer.changed, answer.under_way) == (1, 1)
    shown = call("GetDelivery", delivery_id=last).delivery
    assert shown.cancel_requested
    assert shown.status.hold_reason == ""
    said = call("ExplainDelivery", delivery_id=last)
    assert said.summary.endswith("; it is cancelled if that fails")
    api.write(put, replace(delivery, state=State.CANCELLED))


def begin(tx, leased):
    deliveries.update(tx, [leased])


@pytest.mark.parametrize("verb", ["Retry", "Cancel", "Hold", "Release"])
@pytest.mark.parametrize(
    "wanted", [{}, {"filter": {}}, {"filter": {"all_accounts": True}}]
)
def test_nothing_is_moved_by_a_filter_that_everything_matches(
    asked, operator, verb, wanted
):
    answer = asked(f"{verb}Deliveries", by=operator, **wanted)
    assert answer.code is grpc.StatusCode.INVALID_ARGUMENT
    assert answer.fields == ["filter"]


def test_a_key_of_one_inbox_moves_and_suspends_nothing_else(
    call, asked, make_key, waiting, new_inbox, send
):
    inbox, ids = waiting
    other = new_inbox()
    foreign = send(other.id).recipients[0].delivery_id
    key = make_key(scopes=["deliveries:read", "deliveries:write"], inbox_ids=[inbox.id])
    listed = call("ListDeliveries", by=key).deliveries
    assert [each.id for each in listed] == ids
    both = Filter(delivery_ids=[*ids, foreign])
    assert call("HoldDeliveries", by=key, filter=both).changed == 3
    for method, fields in (
        ("GetDelivery", {"delivery_id": foreign}),
        ("ExplainDelivery", {"delivery_id": foreign}),
        ("CancelDeliveries", {"filter": Filter(inbox_id=other.id)}),
        ("SuspendDeliveries", {"scope": Scope(inbox_id=other.address)}),
        ("ResumeDeliveries", {"scope": Scope(inbox_id=other.id)}),
    ):
        assert asked(method, by=key, **fields).code is grpc.StatusCode.NOT_FOUND
    call("SuspendDeliveries", scope=Scope(inbox_id=other.id))
    mine = call("SuspendDeliveries", by=key, scope=Scope(inbox_id=inbox.address))
    assert mine.suspension.scope.inbox_id == inbox.id
    shown = call("ListDeliverySuspensions", by=key).suspensions
    assert list(shown) == [mine.suspension]
    for each in (inbox, other):
        call("ResumeDeliveries", scope=Scope(inbox_id=each.id))


def test_suspensions_are_listed_to_those_whom_they_concern(
    api, call, asked, operator, waiting, stranger
):
    inbox, _ = waiting
    account_id = call("GetDelivery", delivery_id=waiting[1][0]).delivery.account_id
    api.clock.advance(seconds=1)
    length = Duration(seconds=60)
    own = call(
        "SuspendDeliveries", scope=Scope(inbox_id=inbox.id), duration=length
    ).suspension
    assert own.resume_time.ToDatetime(tzinfo=UTC) - api.clock() == timedelta(minutes=1)
    assert own.suspended_by.startswith("key_")
    api.clock.advance(seconds=1)
    whole = call(
        "SuspendDeliveries", by=operator, scope=Scope(account_id=account_id)
    ).suspension
    api.clock.advance(seconds=1)
    google = call(
        "SuspendDeliveries", by=operator, scope=Scope(destination="Google")
    ).suspension
    assert google.scope.destination == "google"

    def listed(by, **fields):
        return list(call("ListDeliverySuspensions", by=by, **fields).suspensions)

    assert listed(operator) == [google, whole, own]
    assert list(call("ListDeliverySuspensions").suspensions) == [whole, own]
    assert listed(stranger) == []
    page = call("ListDeliverySuspensions", by=operator, page_size=2)
    assert list(page.suspensions) == [google, whole]
    rest = listed(operator, page_size=2, page_token=page.next_page_token)
    assert rest == [own]
    for each in (google, whole, own):
        call("ResumeDeliveries", by=operator, scope=each.scope)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"scope": Scope()}, "scope.destination"),
        ({"scope": Scope(inbox_id=" ")}, "scope.inbox_id"),
        ({"scope": {"destination": "a"}, "duration": {"seconds": 0}}, "duration"),
        ({"scope": {"destination": "a"}, "duration": {"seconds": 604801}}, "duration"),
        ({"scope": {"destination": "a"}, "reason": "x" * 501}, "reason"),
    ],
)
def test_a_suspension_that_makes_no_sense_is_refused(asked, operator, fields, field):
    answer = asked("SuspendDeliveries", by=operator, **fields)
    assert answer.fields == [field]


def test_operators_see_and_move_what_others_have(
    call, operator, stranger, new_inbox, send
):
    inbox = new_inbox(by=stranger)
    theirs = send(inbox.id, by=stranger).recipients[0].delivery_id
    wanted = Filter(all_accounts=True, inbox_id=inbox.address)
    listed = call("ListDeliveries", by=operator, filter=wanted).deliveries
    assert [each.id for each in listed] == [theirs]
    one = {"delivery_id": theirs, "all_accounts": True}
    assert call("GetDelivery", by=operator, **one).delivery == listed[0]
    assert call("ExplainDelivery", by=operator, **one).summary
    made = call("SuspendDeliveries", by=operator, scope=Scope(inbox_id=inbox.id))
    assert made.suspension.scope.inbox_id == inbox.id
    call("ResumeDeliveries", by=operator, scope=Scope(inbox_id=inbox.id))
    assert call("CancelDeliveries", by=operator, filter=wanted).changed == 1


def test_destinations_are_listed_busiest_first(api, call, operator):
    api.destinations[:] = [
        SiteStatus(
            name=f"mx{n}.example.com",
            attempts=9 - n,
            attempts_max=10,
            connections=9,
            waiting=4,
            messages_per_minute=60,
            reason="slowed",
            until=api.clock(),
            suspended=True,
        )
        for n in range(3)
    ]
    page = call("ListDestinations", by=operator, page_size=2)
    assert [each.name for each in page.destinations] == [
        *("mx0.example.com", "mx1.example.com"),
    ]
    shown = page.destinations[0]
    assert {field.name for field, _ in shown.ListFields()} == {
        field.name for field in deliveries_pb2.Destination.DESCRIPTOR.fields
    }
    rest = call(
        "ListDestinations", by=operator, page_token=page.next_page_token, page_size=2
    )
    assert [each.name for each in rest.destinations] == ["mx2.example.com"]
    assert not rest.next_page_token
    api.destinations.clear()


# --- dialogues ------------------------------------------------------------------------


def show(api, text, destination="mx.example.com"):
    tap = api.dialogues.tap("dlv_1", destination, "example.com")
    if tap is not None:
        tap.show("mx.example.com (192.0.2.1:25)", Direction.HEARD, text)


def test_a_destination_s_dialogue_is_streamed_until_its_time_is_over(
    api, call, operator
):
    lines = call(
        "TraceDestination",
        by=operator,
        destination="Example.COM.",
        duration=Duration(seconds=2),
    )
    note = next(lines)
    assert note.speaker == deliveries_pb2.TraceDestinationResponse.SPEAKER_NOTE
    assert note.text == "watching example.com: attempts that begin from now on"
    api.run(in_loop(show, api, "250 2.0.0 Ok"))
    heard = next(lines)
    assert (heard.delivery_id, heard.host, heard.text) == (
        *("dlv_1", "mx.example.com (192.0.2.1:25)", "250 2.0.0 Ok"),
    )
    assert heard.speaker == deliveries_pb2.TraceDestinationResponse.SPEAKER_SERVER
    assert heard.time.ToDatetime(tzinfo=UTC) == api.clock()
    assert list(lines) == []
    assert api.dialogues.tap("dlv_1", "example.com") is None


async def in_loop(function, *arguments):
    function(*arguments)


def test_what_is_not_read_in_time_is_said(api, call, operator):
    lines = call("TraceDestination", by=operator, destination="mx.example.com")
    next(lines)

    def flood():
        for number in range(LINES_MAX + 3):
            show(api, str(number))

    api.run(in_loop(flood))
    texts: list[str] = []
    while len(texts) < LINES_MAX + 1:
        texts.append(next(lines).text)
    lines.cancel()
    assert "3 lines are left out: not read in time" in texts


def test_a_watch_ends_with_its_key(api, call, stubs, operator, refusal_of):
    made = stubs.accounts.CreateApiKey(
        accounts_pb2.CreateApiKeyRequest(
            api_key=accounts_pb2.ApiKey(scopes=["operator"])
        ),
        metadata=operator,
    )
    lines = call("TraceDestination", by=bearer(made.secret), destination="example.com")
    next(lines)
    stubs.accounts.RevokeApiKey(
        accounts_pb2.RevokeApiKeyRequest(api_key_id=made.api_key.id), metadata=operator
    )
    answer = refusal_of(lambda: list(lines))
    assert answer.reason == "API_KEY_REVOKED"


@pytest.mark.parametrize("seconds", [0, 3601])
def test_a_watch_is_neither_nothing_nor_for_ever(refusal_of, call, operator, seconds):
    fields = {"destination": "google", "duration": Duration(seconds=seconds)}
    answer = refusal_of(lambda: list(call("TraceDestination", by=operator, **fields)))
    assert answer.fields == ["duration"]


def test_only_operators_see_destinations(asked, refusal_of, call):
    assert asked("ListDestinations").reason == "SCOPE_MISSING"
    answer = refusal_of(lambda: list(call("TraceDestination", destination="google")))
    assert answer.reason == "SCOPE_MISSING"
