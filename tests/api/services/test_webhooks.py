"""WebhookService over the wire: kept, posted, inspected, and what is refused."""

import hashlib
import json
from datetime import timedelta

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.field_mask_pb2 import FieldMask

from mailbot.v1 import events_pb2, messages_pb2
from mailbot.v1 import webhooks_pb2 as pb
from mailbot_server.config import Settings
from mailbot_server.engine import replaying
from tests.engine.webhooks.world import signed
from tests.servers.endpoint import EndpointServer, Says

URL = "https://hooks.example.com/a?token=b"


@pytest.fixture(scope="module")
def api_settings() -> Settings:
    return Settings(grpc_port=0, drain_seconds=1, webhook_allowed_hosts=("127.0.0.1",))


@pytest.fixture
def create(api, stubs, auth):
    """Creates a webhook, a second after the one before, and deletes it at the end."""
    made = []

    def make(by=auth, request_id="", start=None, **fields):
        api.clock.advance(seconds=1)
        webhook = pb.Webhook(**{"url": URL, **fields})
        request = pb.CreateWebhookRequest(
            webhook=webhook, request_id=request_id, start=start
        )
        answer = stubs.webhooks.CreateWebhook(request, metadata=by)
        made.append(answer.webhook.id)
        return answer

    yield make
    for webhook_id in dict.fromkeys(made):
        request = pb.DeleteWebhookRequest(webhook_id=webhook_id)
        try:
            stubs.webhooks.DeleteWebhook(request, metadata=auth)
        except grpc.RpcError as error:
            assert error.code() is grpc.StatusCode.NOT_FOUND  # noqa: PT017


@pytest.fixture
def receiver(api):
    """An endpoint that listens in the server's loop."""
    server = EndpointServer()
    api.run(server.__aenter__())
    yield server
    api.run(server.__aexit__())


def get(stubs, auth, webhook_id):
    request = pb.GetWebhookRequest(webhook_id=webhook_id)
    return stubs.webhooks.GetWebhook(request, metadata=auth).webhook


def attempts(stubs, auth, webhook_id, **fields):
    request = pb.ListWebhookAttemptsRequest(webhook_id=webhook_id, **fields)
    return stubs.webhooks.ListWebhookAttempts(request, metadata=auth)


def post(api):
    api.run(api.dispatcher.step())


def test_a_webhook_comes_back_as_it_went_in(create, stubs, auth, new_inbox, make_key):
    inbox = new_inbox()
    made = create(
        display_name="Tickets",
        filter=events_pb2.EventFilter(
            inbox_ids=[inbox.id], types=[events_pb2.EVENT_TYPE_MESSAGE_RECEIVED]
        ),
        message_view=messages_pb2.MESSAGE_VIEW_FULL,
        ordered_by_thread=True,
        max_concurrency=3,
        timeout=Duration(seconds=7),
        headers={"authorization": "Bearer x"},
    )
    assert made.secret.startswith("whsec_")
    assert not made.replayed
    shown = get(stubs, auth, made.webhook.id)
    for name in (
        *("url", "display_name", "filter", "message_view", "ordered_by_thread"),
        *("max_concurrency", "timeout", "headers", "etag", "create_time"),
    ):
        assert getattr(shown, name) == getattr(made.webhook, name), name
    assert shown.url == URL
    assert shown.state == pb.Webhook.STATE_ACTIVE
    assert dict(shown.headers) == {"authorization": "Bearer x"}
    assert shown.acked_cursor
    reader = make_key(scopes=["webhooks:read"])
    assert dict(get(stubs, reader, made.webhook.id).headers) == {}


def test_defaults_are_filled_in(create):
    made = create().webhook
    assert (made.max_concurrency, made.timeout.seconds) == (8, 15)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": ""}, "webhook.url"),
        ({"url": "https://10.0.0.1/"}, "webhook.url"),
        ({"url": "https://[::ffff:169.254.169.254]/"}, "webhook.url"),
        ({"url": "https://2130706433/"}, "webhook.url"),
        ({"url": "https://localhost/"}, "webhook.url"),
        ({"url": "http://example.com/"}, "webhook.url"),
        ({"url": "https://u:p@example.com/"}, "webhook.url"),
        ({"url": "https://example.com/" + "a" * 2000}, "webhook.url"),
        ({"display_name": "a\nb"}, "webhook.display_name"),
        ({"max_concurrency": 65}, "webhook.max_concurrency"),
        ({"max_concurrency": -1}, "webhook.max_concurrency"),
        ({"timeout": Duration(seconds=31)}, "webhook.timeout"),
        ({"timeout": Duration()}, "webhook.timeout"),
        ({"headers": {"host": "x"}}, "webhook.headers"),
        ({"headers": {"webhook-id": "x"}}, "webhook.headers"),
        ({"headers": {"x": "a\r\nb: c"}}, "webhook.headers"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(create, refused, fields, field):
    said = refused(lambda: create(**fields))
    assert said.code is grpc.StatusCode.INVALID_ARGUMENT
    assert said.fields == [field]


def test_a_request_id_makes_one_webhook_and_shows_its_secret_once(create, refused):
    first = create(request_id="once", display_name="A")
    again = create(request_id="once", display_name="A")
    assert (again.webhook.id, again.secret, again.replayed) == (
        *(first.webhook.id, ""),
        True,
    )
    said = refused(lambda: create(request_id="once", display_name="B"))
    assert said.reason == "REQUEST_ID_REUSED"


def test_an_account_has_at_most_a_hundred(create, stubs, auth, refused):
    for _ in range(100 - len(listed(stubs, auth))):
        create()
    said = refused(create)
    assert said.reason == "TOO_MANY_WEBHOOKS"
    assert said.code is grpc.StatusCode.RESOURCE_EXHAUSTED


def listed(stubs, auth, **fields):
    request = pb.ListWebhooksRequest(**fields)
    return stubs.webhooks.ListWebhooks(request, metadata=auth).webhooks


def test_they_are_listed_newest_first_in_pages(create, stubs, auth):
    ids = [create().webhook.id for _ in range(3)][::-1]
    request = pb.ListWebhooksRequest(page_size=2)
    first = stubs.webhooks.ListWebhooks(request, metadata=auth)
    assert [each.id for each in first.webhooks] == ids[:2]
    assert first.next_page_token
    request.page_token = first.next_page_token
    second = stubs.webhooks.ListWebhooks(request, metadata=auth)
    assert [each.id for each in second.webhooks] == ids[2:]
    assert not second.next_page_token


def test_an_update_changes_what_its_mask_names(create, stubs, auth, refused):
    made = create(display_name="A", max_concurrency=2).webhook

    def update(*paths, **fields):
        webhook = pb.Webhook(id=made.id, **fields)
        request = pb.UpdateWebhookRequest(
            webhook=webhook, update_mask=FieldMask(paths=paths)
        )
        return stubs.webhooks.UpdateWebhook(request, metadata=auth).webhook

    changed = update("display_name", display_name="B", max_concurrency=5)
    assert (changed.display_name, changed.max_concurrency) == ("B", 2)
    assert changed.etag != made.etag
    said = refused(lambda: update("display_name", display_name="C", etag=made.etag))
    assert said.reason == "ETAG_MISMATCH"
    assert update(url=URL + "2", etag=changed.etag).url == URL + "2"
    said = refused(lambda: update("state"))
    assert said.fields == ["update_mask"]
    said = refused(lambda: update("url", url="https://10.0.0.1/"))
    assert said.fields == ["webhook.url"]


def test_an_event_reaches_it_and_can_be_inspected_byte_by_byte(
    api, create, stubs, auth, new_inbox, receiver
):
    inbox = new_inbox()
    made = create(
        url=receiver.url,
        filter=events_pb2.EventFilter(types=[events_pb2.EVENT_TYPE_INBOX_CREATED]),
        headers={"x-token": "s3cret"},
    )
    del inbox
    new_inbox(display_name="Seen")
    post(api)
    (posted,) = receiver.posted
    assert posted.headers["x-token"] == "s3cret"
    assert posted.headers["webhook-signature"] == signed(
        made.secret, posted.headers, posted.body
    )
    told = json.loads(posted.body)
    assert told["type"] == "inbox.created"
    assert told["data"]["type"] == "EVENT_TYPE_INBOX_CREATED"
    (listed_attempt,) = attempts(stubs, auth, made.webhook.id).attempts
    assert listed_attempt.request_body == b""
    request = pb.GetWebhookAttemptRequest(attempt_id=listed_attempt.id)
    whole = stubs.webhooks.GetWebhookAttempt(request, metadata=auth).attempt
    assert whole.request_body == posted.body
    assert whole.request_sha256 == hashlib.sha256(posted.body).hexdigest()
    assert whole.request_headers["webhook-id"] == told["data"]["id"]
    assert whole.request_headers["x-token"] == "…"
    assert (whole.status, whole.result) == (200, pb.WEBHOOK_RESULT_SUCCESS)
    assert whole.remote_address == f"127.0.0.1:{receiver.port}"
    shown = get(stubs, auth, made.webhook.id)
    assert shown.HasField("success_time")
    assert shown.backlog_events == 0


def test_failures_are_seen_compared_and_end_parked(
    api, create, stubs, auth, new_inbox, receiver
):
    receiver.answer = lambda _: Says(status=500, body=b"first" + b"x" * 2000)
    made = create(
        url=receiver.url,
        filter=events_pb2.EventFilter(types=[events_pb2.EVENT_TYPE_INBOX_CREATED]),
    ).webhook
    new_inbox()
    post(api)
    request = pb.ListWebhookDeliveriesRequest(webhook_id=made.id)
    (waiting,) = stubs.webhooks.ListWebhookDeliveries(request, metadata=auth).deliveries
    assert waiting.state == pb.WebhookDelivery.STATE_WAITING
    assert waiting.last_result == pb.WEBHOOK_RESULT_SERVER_ERROR
    assert waiting.event_type == events_pb2.EVENT_TYPE_INBOX_CREATED
    receiver.answer = lambda _: Says(status=403)
    api.clock.advance(seconds=6)
    post(api)
    request.state = pb.WebhookDelivery.STATE_PARKED
    (parked,) = stubs.webhooks.ListWebhookDeliveries(request, metadata=auth).deliveries
    assert (parked.attempts, parked.last_status) == (2, 403)
    assert get(stubs, auth, made.id).parked_events == 1
    second, first = attempts(stubs, auth, made.id, failed_only=True).attempts
    assert len(first.response_body) == 1024
    assert first.HasField("next_attempt_time")
    assert not second.HasField("next_attempt_time")
    compared = stubs.webhooks.CompareWebhookAttempts(
        pb.CompareWebhookAttemptsRequest(
            first_attempt_id=first.id, second_attempt_id=second.id
        ),
        metadata=auth,
    )
    found = {each.path: (each.first, each.second) for each in compared.differences}
    assert found["status"] == ("500", "403")
    assert "request_headers.webhook-timestamp" in found
    assert not any(path.startswith("request_body") for path in found)


def test_attempts_of_two_webhooks_are_not_compared(
    api, create, stubs, auth, receiver, refused
):
    ids = []
    for _ in range(2):
        made = create(url=receiver.url).webhook
        ids.append(run_test(stubs, auth, made.id).id)
    request = pb.CompareWebhookAttemptsRequest(
        first_attempt_id=ids[0], second_attempt_id=ids[1]
    )
    said = refused(
        lambda: stubs.webhooks.CompareWebhookAttempts(request, metadata=auth)
    )
    assert said.fields == ["second_attempt_id"]


def run_test(stubs, auth, webhook_id, **fields):
    request = pb.TestWebhookRequest(webhook_id=webhook_id, **fields)
    return stubs.webhooks.TestWebhook(request, metadata=auth).attempt


def test_a_test_is_posted_at_once_and_stands_in_no_log(
    api, create, stubs, auth, receiver
):
    receiver.answer = lambda _: Says(status=500, body=b"no")
    made = create(url=receiver.url)
    kind = events_pb2.EVENT_TYPE_MESSAGE_BOUNCED
    shown = run_test(stubs, auth, made.webhook.id, event_type=kind)
    (posted,) = receiver.posted
    assert shown.request_body == posted.body
    assert (shown.status, shown.response_body) == (500, b"no")
    told = json.loads(posted.body)
    assert told["type"] == "message.bounced"
    assert told["data"]["metadata"] == {"test": "true"}
    assert posted.headers["webhook-signature"] == signed(
        made.secret, posted.headers, posted.body
    )
    assert get(stubs, auth, made.webhook.id).consecutive_failures == 0
    (kept,) = attempts(stubs, auth, made.webhook.id).attempts
    assert kept.id == shown.id
    request = events_pb2.GetEventRequest(event_id=shown.event_id)
    with pytest.raises(grpc.RpcError, match="NOT_FOUND"):
        stubs.events.GetEvent(request, metadata=auth)


@pytest.mark.parametrize("number", events_pb2.EventType.values()[1:])
def test_every_type_can_be_tested(create, stubs, auth, receiver, number):
    made = create(url=receiver.url).webhook
    shown = run_test(stubs, auth, made.id, event_type=number)
    assert shown.result == pb.WEBHOOK_RESULT_SUCCESS
    told = json.loads(receiver.posted[0].body)
    assert told["data"]["type"] == events_pb2.EventType.Name(number)


def test_disabled_it_gets_nothing_and_enabled_what_came_meanwhile(
    api, create, stubs, auth, new_inbox, receiver
):
    made = create(
        url=receiver.url,
        filter=events_pb2.EventFilter(types=[events_pb2.EVENT_TYPE_INBOX_CREATED]),
    ).webhook
    request = pb.DisableWebhookRequest(webhook_id=made.id)
    for _ in range(2):
        stopped = stubs.webhooks.DisableWebhook(request, metadata=auth).webhook
        assert stopped.state == pb.Webhook.STATE_DISABLED
        assert stopped.disable_reason == "caller"
    new_inbox()
    post(api)
    assert receiver.posted == []
    assert get(stubs, auth, made.id).backlog_events > 0
    again = pb.EnableWebhookRequest(webhook_id=made.id)
    for _ in range(2):
        going = stubs.webhooks.EnableWebhook(again, metadata=auth).webhook
        assert going.state == pb.Webhook.STATE_ACTIVE
        assert going.disable_reason == ""
    post(api)
    assert len(receiver.posted) == 1


def test_what_came_meanwhile_can_be_left_out(
    api, create, stubs, auth, new_inbox, receiver
):
    made = create(
        url=receiver.url,
        filter=events_pb2.EventFilter(types=[events_pb2.EVENT_TYPE_INBOX_CREATED]),
    ).webhook
    disable = pb.DisableWebhookRequest(webhook_id=made.id)
    stubs.webhooks.DisableWebhook(disable, metadata=auth)
    new_inbox()
    enable = pb.EnableWebhookRequest(webhook_id=made.id, skip_backlog=True)
    stubs.webhooks.EnableWebhook(enable, metadata=auth)
    post(api)
    assert receiver.posted == []
    new_inbox()
    post(api)
    assert len(receiver.posted) == 1


def test_a_rotated_secret_signs_beside_the_former_one(
    api, create, stubs, auth, receiver, refused
):
    made = create(url=receiver.url)
    request = pb.RotateWebhookSecretRequest(webhook_id=made.webhook.id)
    request.overlap.FromTimedelta(timedelta(hours=1))
    rotated = stubs.webhooks.RotateWebhookSecret(request, metadata=auth)
    assert rotated.secret not in {"", made.secret}
    ends = rotated.webhook.former_secret_expire_time.ToSeconds()
    assert ends == int(api.clock().timestamp()) + 3600
    run_test(stubs, auth, made.webhook.id)
    (posted,) = receiver.posted
    assert posted.headers["webhook-signature"].split(" ") == [
        signed(secret, posted.headers, posted.body)
        for secret in (rotated.secret, made.secret)
    ]
    request.overlap.FromTimedelta(timedelta(days=8))
    said = refused(lambda: stubs.webhooks.RotateWebhookSecret(request, metadata=auth))
    assert said.fields == ["overlap"]


def test_it_begins_where_it_is_told_to(api, create, new_inbox, receiver):
    new_inbox()
    earliest = events_pb2.StartPosition(anchor=events_pb2.StartPosition.ANCHOR_EARLIEST)
    create(url=receiver.url, start=earliest)
    post(api)
    assert json.loads(receiver.posted[0].body)["data"]["position"] == "1"


def test_changes_stand_in_the_log_and_in_the_audit_without_secrets(
    api, create, stubs, auth
):
    made = create(headers={"authorization": "Bearer s3cret"})
    request = pb.RotateWebhookSecretRequest(webhook_id=made.webhook.id)
    rotated = stubs.webhooks.RotateWebhookSecret(request, metadata=auth)
    types = [
        events_pb2.EVENT_TYPE_WEBHOOK_CREATED,
        events_pb2.EVENT_TYPE_WEBHOOK_UPDATED,
    ]
    wanted = events_pb2.ListEventsRequest(
        filter=events_pb2.EventFilter(types=types), newest_first=True
    )
    updated, created, *_ = stubs.events.ListEvents(wanted, metadata=auth).events
    assert created.consumer.consumer_id == made.webhook.id
    assert list(updated.consumer.changed_fields) == ["secret"]
    rows = str(api.read(lambda tx: tx.all("SELECT * FROM audit_entry")))
    assert made.webhook.id in rows
    for secret in (made.secret, rotated.secret, "s3cret", "token=b"):
        assert secret not in rows
    kept = str(api.read(lambda tx: tx.all("SELECT * FROM webhook")))
    assert "s3cret" not in kept
    assert made.secret.removeprefix("whsec_") not in kept


def test_a_restricted_key_sees_what_was_made_with_its_restriction(
    create, stubs, auth, make_key, new_inbox, refused
):
    one, other = new_inbox(), new_inbox()
    mine = make_key(scopes=["webhooks:read", "webhooks:write"], inbox_ids=[one.id])
    wider = make_key(scopes=["webhooks:read"], inbox_ids=[one.id, other.id])
    theirs = make_key(scopes=["webhooks:read"], inbox_ids=[other.id])
    made = create(by=mine).webhook
    whole = create().webhook
    assert [each.id for each in listed(stubs, mine)] == [made.id]
    assert get(stubs, wider, made.id).id == made.id
    for by, webhook_id in ((theirs, made.id), (mine, whole.id)):
        said = refused(lambda by=by, of=webhook_id: get(stubs, by, of))
        assert said.code is grpc.StatusCode.NOT_FOUND
        assert said.reason == "NOT_FOUND"


def test_a_deleted_webhook_is_gone_with_its_log(create, stubs, auth, receiver, refused):
    made = create(url=receiver.url).webhook
    attempt = run_test(stubs, auth, made.id)
    request = pb.DeleteWebhookRequest(webhook_id=made.id)
    stubs.webhooks.DeleteWebhook(request, metadata=auth)
    wanted = pb.GetWebhookAttemptRequest(attempt_id=attempt.id)
    for call in (
        lambda: stubs.webhooks.GetWebhookAttempt(wanted, metadata=auth),
        lambda: get(stubs, auth, made.id),
        lambda: stubs.webhooks.DeleteWebhook(request, metadata=auth),
    ):
        assert refused(call).code is grpc.StatusCode.NOT_FOUND


def replay(api):
    api.clock.advance(seconds=1)
    api.run(replaying.run(api.db))
    post(api)


def test_an_event_that_was_taken_is_posted_again_with_the_same_id(
    api, create, stubs, auth, new_inbox, receiver
):
    made = create(
        url=receiver.url,
        filter=events_pb2.EventFilter(types=[events_pb2.EVENT_TYPE_INBOX_CREATED]),
    ).webhook
    new_inbox()
    post(api)
    (event_id,) = receiver.event_ids
    request = pb.RedeliverWebhookRequest(webhook_id=made.id, event_id=event_id)
    answer = stubs.webhooks.RedeliverWebhook(request, metadata=auth)
    replay(api)
    assert receiver.event_ids == [event_id, event_id]
    told = json.loads(receiver.posted[1].body)
    assert told["data"]["replay_id"] == answer.replay_id
    newest = attempts(stubs, auth, made.id).attempts[0]
    assert (newest.replay_id, newest.attempt) == (answer.replay_id, 1)


def test_what_was_given_up_is_recovered_and_nothing_else(
    api, create, stubs, auth, new_inbox, receiver, refused
):
    made = create(
        url=receiver.url,
        filter=events_pb2.EventFilter(types=[events_pb2.EVENT_TYPE_INBOX_CREATED]),
    ).webhook
    request = pb.RecoverWebhookRequest(webhook_id=made.id)
    request.since_time.FromDatetime(api.clock())
    receiver.answer = lambda _: Says(status=403)
    new_inbox()
    new_inbox()
    post(api)
    lost = list(receiver.event_ids)
    receiver.answer = lambda _: Says()
    new_inbox()
    post(api)
    assert len(receiver.posted) == 3
    stubs.webhooks.RecoverWebhook(request, metadata=auth)
    replay(api)
    assert sorted(receiver.event_ids[3:]) == sorted(lost)
    request.since_time.FromDatetime(api.clock() - timedelta(days=31))
    said = refused(lambda: stubs.webhooks.RecoverWebhook(request, metadata=auth))
    assert said.fields == ["since_time"]


def test_unknown_events_are_not_posted_again(create, stubs, auth, refused):
    made = create().webhook
    request = pb.RedeliverWebhookRequest(webhook_id=made.id, event_id="evt_x")
    said = refused(lambda: stubs.webhooks.RedeliverWebhook(request, metadata=auth))
    assert said.code is grpc.StatusCode.NOT_FOUND
