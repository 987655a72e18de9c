"""Open streams: how many there may be, when they end, and that they leave nothing."""

import contextlib
from datetime import timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from grpc_health.v1 import health_pb2, health_pb2_grpc

from mailbot.v1 import accounts_pb2, events_pb2, inboxes_pb2, messages_pb2
from mailbot_server.api import streams as module
from mailbot_server.api.methods import SERVICES
from mailbot_server.config import Settings
from mailbot_server.core.errors import Unavailable
from mailbot_server.core.subscription import Kind
from mailbot_server.engine import events as engine
from mailbot_server.store import keys
from mailbot_server.store.subscriptions import rows
from tests.api.conftest import Refusal, Stubs, bearer
from tests.servers.api import ApiThread
from tests.servers.event_calls import EventCalls
from tests.servers.subscription_calls import SubscriptionCalls

EARLIEST = events_pb2.StartPosition(anchor=events_pb2.StartPosition.ANCHOR_EARLIEST)
SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
WHO = accounts_pb2.GetAccountRequest()


@pytest.fixture
def follow(stubs, auth):
    """Opens a stream; its first response is there when it returns."""
    opened = []

    def run(by=auth, **fields):
        request = events_pb2.SubscribeRequest(**fields)
        stream = stubs.events.Subscribe(request, metadata=by, timeout=20)
        opened.append(stream)
        assert next(stream).WhichOneof("kind") == "started"
        return stream

    yield run
    for stream in opened:
        stream.cancel()


@pytest.fixture
def settings(api, monkeypatch):
    """Changes the settings of the running server's streams."""

    def change(**changes):
        changed = api.settings.model_copy(update=changes)
        monkeypatch.setattr(api.api._streams, "_settings", changed)

    return change


@pytest.fixture(autouse=True)
def nothing_is_left(api, monkeypatch):
    """After each test: no slot, no follower, no watch; and followers look often."""
    monkeypatch.setattr(engine, "POLL_SECONDS", 0.01)
    streams = api.api._streams
    api.wait_until(lambda: not streams._per_key)
    yield
    api.wait_until(
        lambda: (
            not streams._per_key
            and not streams._followers
            and not any(topic.startswith("events:") for topic in watches(api))
        )
    )


def watches(api):
    return list(api.db._topics._watches)


def end_of(stream) -> Refusal:
    with pytest.raises(grpc.RpcError) as caught:
        list(stream)
    return Refusal(caught.value)


# --- how many --------------------------------------------------------------------------


def test_a_key_has_so_many_streams(api, follow, settings, refused):
    settings(streams_per_key_max=2)
    follow(), follow()
    refusal = refused(follow)
    assert refusal.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert refusal.reason == "TOO_MANY_STREAMS"
    assert refusal.metadata == {"limit": "2"}
    subject = refusal.details["QuotaFailure"].violations[0].subject
    assert subject.startswith("key_")


def test_another_key_has_streams_of_its_own(follow, settings, make_key):
    settings(streams_per_key_max=1)
    follow()
    follow(by=make_key(scopes=["events:read"]))


def test_the_process_has_so_many_streams(follow, settings, make_key, refused):
    settings(streams_max=2)
    follow()
    follow(by=make_key(scopes=["events:read"]))
    other = make_key(scopes=["events:read"])
    refusal = refused(lambda: follow(by=other))
    assert refusal.reason == "TOO_MANY_STREAMS"
    assert refusal.details["QuotaFailure"].violations[0].subject == "server"


def test_a_stream_that_ended_makes_room(api, follow, settings):
    settings(streams_per_key_max=1)
    for _ in range(3):
        follow().cancel()
        api.wait_until(lambda: not api.api._streams._per_key)


def test_a_stream_that_was_refused_takes_no_room(follow, settings, refused):
    settings(streams_per_key_max=1)
    wrong = events_pb2.StartPosition(after_cursor="x")
    for _ in range(3):
        assert refused(lambda: follow(start=wrong)).reason == "CURSOR_INVALID"
    follow()


def test_uploads_are_streams_too(follow, settings, new_inbox, upload, refused):
    inbox = new_inbox()
    settings(streams_per_key_max=1)
    follow()
    assert refused(lambda: upload(inbox.id, b"x")).reason == "TOO_MANY_STREAMS"


def test_downloads_are_streams_too(stubs, auth, follow, settings, refused):
    settings(streams_per_key_max=1)
    follow()
    request = messages_pb2.DownloadRawMessageRequest(message_id="msg_1")
    call = stubs.messages.DownloadRawMessage
    refusal = refused(lambda: list(call(request, metadata=auth)))
    assert refusal.reason == "TOO_MANY_STREAMS"


def test_streams_and_followers_are_measured(api, follow, stubs, auth):
    def gauge(name, **labels):
        return api.metrics.registry.get_sample_value(name, labels)

    stream = follow()
    assert gauge("mailbot_grpc_streams", method="Subscribe") == 1
    api.wait_until(lambda: gauge("mailbot_event_subscribers", kind="grpc") == 1)
    assert gauge("mailbot_event_subscriber_max_lag_events", kind="grpc") == 0
    stream.cancel()
    api.wait_until(lambda: gauge("mailbot_grpc_streams", method="Subscribe") == 0)
    assert gauge("mailbot_event_subscribers", kind="grpc") == 0


def test_consumers_and_their_lag_are_measured(api, stubs, auth, new_inbox):
    def gauge(name):
        return api.metrics.registry.get_sample_value(name, {"kind": "subscription"})

    calls = SubscriptionCalls(stubs, auth)
    made = calls.create().subscription
    stream = calls.consume(made.id)
    api.wait_until(lambda: gauge("mailbot_event_subscribers") == 1)
    new_inbox()
    api.run(api.api.tick())
    assert gauge("mailbot_event_subscriber_max_lag_events") >= 1
    stream.cancel()
    api.wait_until(lambda: gauge("mailbot_event_subscribers") == 0)
    calls.delete(made.id)


# --- when they end ---------------------------------------------------------------------


def test_a_stream_ends_at_its_age_and_says_to_come_back(follow, settings):
    settings(stream_seconds=0.05)
    refusal = end_of(follow())
    assert refusal.code is grpc.StatusCode.UNAVAILABLE
    assert refusal.reason == "STREAM_RECYCLED"
    assert refusal.details["RetryInfo"].retry_delay.ToTimedelta() <= timedelta(
        seconds=1
    )


def test_a_stream_that_reads_the_past_ends_at_its_age_too(
    follow, settings, new_inbox, monkeypatch
):
    for _ in range(3):
        new_inbox()
    settings(stream_seconds=0)
    assert end_of(follow(start=EARLIEST, max_batch_size=1)).reason == "STREAM_RECYCLED"


def test_ages_are_spread(api, auth, stubs, settings):
    settings(stream_seconds=1000)
    ages = set()
    for _ in range(10):
        request = events_pb2.SubscribeRequest()
        stream = stubs.events.Subscribe(request, metadata=auth)
        end = next(stream).started.recycle_time
        stream.cancel()
        ages.add(end.seconds - int(api.clock().timestamp()))
    assert all(799 <= age <= 1200 for age in ages)
    assert len(ages) > 5


def test_nothing_is_lost_over_many_ends(stubs, auth, settings, new_inbox):
    """A client that only ever comes back with the last cursor."""
    request = events_pb2.ListEventsRequest()
    token = stubs.events.ListEvents(request, metadata=auth).end_cursor
    settings(stream_seconds=0.01)
    made: list[str] = []
    found: list[str] = []
    while len(found) < 10:
        if len(made) < 10:
            made.append(new_inbox().id)
        start = events_pb2.StartPosition(after_cursor=token)
        stream = stubs.events.Subscribe(
            events_pb2.SubscribeRequest(start=start, max_batch_size=1), metadata=auth
        )
        with contextlib.suppress(grpc.RpcError):
            for response in stream:
                found += [event.inbox_id for event in response.batch.events]
                token = response.cursor
    assert found == made


def test_a_revoked_key_ends_its_streams(stubs, auth, follow, make_key, monkeypatch):
    assert module.KEY_CHECK_SECONDS + engine.POLL_SECONDS <= 5
    monkeypatch.setattr(module, "KEY_CHECK_SECONDS", 0)
    key = make_key(scopes=["events:read"])
    stream = follow(by=key)
    key_id = stubs.accounts.GetAccount(WHO, metadata=key).api_key.id
    stubs.accounts.RevokeApiKey(
        accounts_pb2.RevokeApiKeyRequest(api_key_id=key_id), metadata=auth
    )
    refusal = end_of(stream)
    assert refusal.code is grpc.StatusCode.UNAUTHENTICATED
    assert refusal.reason == "API_KEY_REVOKED"


def test_revocation_is_within_five_seconds_with_the_real_pauses():
    """The longest way: the check was just made, and the follower has just gone to rest."""
    assert module.KEY_CHECK_SECONDS + 1.0 <= 5


def test_a_key_that_expires_ends_its_streams(api, follow, make_key, monkeypatch):
    monkeypatch.setattr(module, "KEY_CHECK_SECONDS", 0)
    end = Timestamp()
    end.FromDatetime(api.clock() + timedelta(minutes=1))
    stream = follow(by=make_key(scopes=["events:read"], expire_time=end))
    api.clock.advance(minutes=1)
    assert end_of(stream).reason == "API_KEY_EXPIRED"


def test_a_key_that_is_gone_ends_its_streams(api, stubs, follow, make_key, monkeypatch):
    monkeypatch.setattr(module, "KEY_CHECK_SECONDS", 0)
    key = make_key(scopes=["events:read"])
    stream = follow(by=key)
    monkeypatch.setattr(keys, "get", lambda *_: None)
    assert end_of(stream).reason == "API_KEY_REVOKED"


def test_a_database_that_goes_away_ends_streams_as_unavailable(
    api, follow, monkeypatch, stubs, auth
):
    stream = follow()

    async def away(*_, **__):
        raise Unavailable("the database is away; try again")

    monkeypatch.setattr(api.db, "read", away)
    refusal = end_of(stream)
    assert refusal.code is grpc.StatusCode.UNAVAILABLE
    assert refusal.reason == "STORE_UNAVAILABLE"
    monkeypatch.undo()
    assert stubs.accounts.GetAccount(WHO, metadata=auth).account.id


def test_a_database_that_goes_away_ends_consumers_and_nothing_is_lost(
    api, stubs, auth, new_inbox, monkeypatch
):
    subs = SubscriptionCalls(stubs, auth)
    inbox = new_inbox()
    sub = subs.of(inbox, start=EARLIEST)
    stream = subs.consume(sub.id)
    before = subs.take(stream, 1)

    async def away(*_, **__):
        raise Unavailable("the database is away; try again")

    monkeypatch.setattr(api.db, "read", away)
    refusal = end_of(stream)
    assert refusal.code is grpc.StatusCode.UNAVAILABLE
    assert refusal.reason == "STORE_UNAVAILABLE"
    monkeypatch.undo()
    assert subs.ack(sub.id, before) == []
    EventCalls(stubs, auth).change(inbox, 2)
    stream = subs.consume(sub.id)
    assert len(subs.take(stream, 2)) == 2
    stream.cancel()


def test_clients_that_leave_at_any_moment_leave_nothing(stubs, auth, new_inbox):
    """The fixture looks for what they left."""
    for turn in range(20):
        new_inbox()
        request = events_pb2.SubscribeRequest(start=EARLIEST, max_batch_size=1)
        stream = stubs.events.Subscribe(request, metadata=auth)
        for _ in range(turn % 5):
            next(stream)
        stream.cancel()


# --- the server stops ------------------------------------------------------------------


@pytest.fixture
def stopping(tmp_path):
    """A server of the test's own, a channel to it, and its key."""
    server = ApiThread(
        Settings(grpc_port=0, drain_seconds=5), f"sqlite:///{tmp_path}/mailbot.db"
    )
    server.start()
    with grpc.insecure_channel(server.target) as channel:
        yield server, channel, bearer(server.api_key)
    server.stop()


def test_a_server_that_stops_ends_streams_and_refuses_calls(stopping):
    server, channel, key = stopping
    stubs = Stubs(channel)
    stream = stubs.events.Subscribe(events_pb2.SubscribeRequest(), metadata=key)
    next(stream)
    server.run(server.api.drain())
    refusal = end_of(stream)
    assert refusal.code is grpc.StatusCode.UNAVAILABLE
    assert refusal.reason == "SERVER_DRAINING"
    assert refusal.details["RetryInfo"].retry_delay.seconds <= 1
    with pytest.raises(grpc.RpcError) as caught:
        stubs.accounts.GetAccount(WHO, metadata=key)
    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE


def test_a_server_that_stops_ends_consumers_and_their_work_is_kept(stopping):
    server, channel, key = stopping
    stubs = Stubs(channel)
    account_id = stubs.accounts.GetAccount(WHO, metadata=key).account.id
    subs = SubscriptionCalls(stubs, key)
    made = subs.create().subscription
    stubs.inboxes.CreateInbox(inboxes_pb2.CreateInboxRequest(), metadata=key)
    stream = subs.consume(made.id)
    [delivery] = subs.take(stream, 1)
    assert subs.ack(made.id, [delivery]) == []
    server.run(server.api.drain())
    assert end_of(stream).reason == "SERVER_DRAINING"
    [stays] = server.read(rows.list_, account_id, Kind.STREAM, "", 2)
    assert stays.acked >= delivery.event.position


def test_health_tells_balancers_before_the_port_closes(stopping):
    server, channel, _ = stopping
    health = health_pb2_grpc.HealthStub(channel)
    for name in ("", *SERVICES):
        request = health_pb2.HealthCheckRequest(service=name)
        assert health.Check(request).status == SERVING
    watch = health.Watch(health_pb2.HealthCheckRequest(service=""))
    assert next(watch).status == SERVING
    server.run(server.api.drain())
    assert next(watch).status == NOT_SERVING


def test_a_new_call_is_refused_while_others_finish(stopping, monkeypatch):
    server, channel, key = stopping
    stubs = Stubs(channel)
    server.api.draining.is_on = True
    with pytest.raises(grpc.RpcError) as caught:
        stubs.accounts.GetAccount(WHO, metadata=key)
    assert Refusal(caught.value).reason == "SERVER_DRAINING"
    server.api.draining.is_on = False


def test_a_call_under_way_is_finished(stopping, monkeypatch):
    import threading

    from mailbot_server.store import inboxes

    server, channel, key = stopping
    stubs = Stubs(channel)
    began, go_on = threading.Event(), threading.Event()
    add = inboxes.add

    def slow(tx, inbox):
        began.set()
        assert go_on.wait(10)
        return add(tx, inbox)

    monkeypatch.setattr(inboxes, "add", slow)
    call = stubs.inboxes.CreateInbox.future(
        inboxes_pb2.CreateInboxRequest(), metadata=key
    )
    assert began.wait(10)
    drained = server.begin(server.api.drain())
    server.wait_until(lambda: server.api.draining.is_on)
    go_on.set()
    assert call.result(10).inbox.id
    drained.result(10)
