"""What surrounds every call: errors without text, request ids, metrics, deadlines."""

import asyncio
import contextlib
from typing import Any

import grpc
import pytest

from mailbot.v1 import accounts_pb2, events_pb2, inboxes_pb2, messages_pb2
from mailbot_server.api import interceptors
from mailbot_server.api.methods import METHODS
from mailbot_server.store import events, inboxes
from tests.api.conftest import Refusal, bearer

WHO = accounts_pb2.GetAccountRequest()
SECRET = "carol@example.com asked about invoice 4521"


def broken(*_, **__):
    raise ValueError(SECRET)


def everything_said(error) -> str:
    return f"{error.details()} {error.debug_error_string()} {error.trailing_metadata()}"


def trailer(call, name: str) -> str:
    return dict(call.trailing_metadata())[name]


def test_a_fault_of_ours_tells_a_request_id_and_nothing_else(
    api, stubs, auth, monkeypatch
):
    monkeypatch.setattr(inboxes, "get", broken)
    faults = api.metrics.unhandled_exceptions.labels("api")
    before = faults._value.get()
    with pytest.raises(grpc.RpcError) as caught:
        stubs.inboxes.GetInbox(
            inboxes_pb2.GetInboxRequest(inbox_id="inb_1"), metadata=auth
        )
    refusal = Refusal(caught.value)
    assert refusal.code is grpc.StatusCode.INTERNAL
    assert refusal.reason == "INTERNAL"
    assert set(refusal.metadata) == {"request_id"}
    assert refusal.metadata["request_id"] in refusal.text
    assert refusal.metadata["request_id"] == trailer(caught.value, "x-request-id")
    for word in ("carol", "4521", "ValueError", "Traceback", ".py"):
        assert word not in everything_said(caught.value)
    assert faults._value.get() == before + 1


def test_a_fault_in_the_middle_of_a_stream_is_told_the_same_way(
    stubs, auth, monkeypatch
):
    monkeypatch.setattr("mailbot_server.engine.events.POLL_SECONDS", 0.01)
    call = stubs.events.Subscribe(events_pb2.SubscribeRequest(), metadata=auth)
    assert next(call).WhichOneof("kind") == "started"
    monkeypatch.setattr(events, "written_after", broken)
    with pytest.raises(grpc.RpcError) as caught:
        list(call)
    assert Refusal(caught.value).reason == "INTERNAL"
    assert "carol" not in everything_said(caught.value)


def test_a_fault_before_a_call_is_let_in_is_told_the_same_way(
    api, stubs, auth, monkeypatch, refused
):
    monkeypatch.setattr(api.api.authenticator, "admit", broken)
    refusal = refused(lambda: stubs.accounts.GetAccount(WHO, metadata=auth))
    assert refusal.reason == "INTERNAL"
    assert SECRET not in refusal.text


def test_every_answer_names_its_request(stubs, auth, refused):
    _, call = stubs.accounts.GetAccount.with_call(WHO, metadata=auth)
    assert trailer(call, "x-request-id").startswith("req_")
    refusal = refused(lambda: stubs.accounts.GetAccount(WHO))
    assert refusal.details["RequestInfo"].request_id.startswith("req_")


def test_the_request_id_of_a_call_stands_in_its_events(stubs, auth, new_inbox):
    response, call = stubs.inboxes.CreateInbox.with_call(
        inboxes_pb2.CreateInboxRequest(), metadata=auth
    )
    listed = stubs.events.ListEvents(
        events_pb2.ListEventsRequest(
            filter=events_pb2.EventFilter(inbox_ids=[response.inbox.id])
        ),
        metadata=auth,
    )
    assert [e.request_id for e in listed.events] == [trailer(call, "x-request-id")]


def test_a_call_that_takes_too_long_is_ended_by_us(stubs, auth, monkeypatch, refused):
    async def slow(*_, **__):
        await asyncio.Event().wait()

    monkeypatch.setattr(interceptors, "UNARY_SECONDS", 0.01)
    monkeypatch.setattr("mailbot_server.api.services.inboxes.engine.create", slow)
    request = inboxes_pb2.CreateInboxRequest()
    refusal = refused(lambda: stubs.inboxes.CreateInbox(request, metadata=auth))
    assert refusal.code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert refusal.reason == "DEADLINE_EXCEEDED"
    assert "same request_id" in refusal.text


def test_a_caller_s_own_deadline_ends_the_call_and_frees_the_server(
    api, stubs, auth, monkeypatch
):
    ended = asyncio.Event()

    async def slow(*_, **__):
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr("mailbot_server.api.services.inboxes.engine.create", slow)
    with pytest.raises(grpc.RpcError) as caught:
        stubs.inboxes.CreateInbox(
            inboxes_pb2.CreateInboxRequest(), metadata=auth, timeout=0.05
        )
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    api.run(asyncio.wait_for(ended.wait(), 10))


def test_a_body_is_not_read_before_its_caller_is_known(api):
    """A stranger gets a handler that takes a stream and reads nothing of it."""
    read: list[bytes] = []
    handler: Any = grpc.unary_unary_rpc_method_handler(
        lambda *_: None, request_deserializer=read.append
    )
    details = type(
        "Details",
        (),
        {
            "method": "/mailbot.v1.MessageService/SendMessage",
            "invocation_metadata": (),
        },
    )()

    async def continuation(_):
        return handler

    surround = interceptors.Surround(
        api.db,
        api.api.authenticator,
        api.metrics,
        api.api._streams,
        api.entropy,
    )
    refusal = api.run(surround.intercept_service(continuation, details))
    assert refusal.request_streaming
    assert refusal.request_deserializer is None
    assert read == []


def test_a_big_request_of_nobody_is_refused_like_a_small_one(stubs, refused):
    request = messages_pb2.SendMessageRequest(inbox_id="inb_1")
    request.content.text_body = "x" * (8 * 1024 * 1024)
    refusal = refused(lambda: stubs.messages.SendMessage(request))
    assert refusal.reason == "API_KEY_MISSING"


def test_an_error_with_very_long_words_arrives_whole(stubs, auth, refused):
    """Trailers that are too large would hide it behind another error."""
    who = [messages_pb2.Mailbox(address="ü" * 900, display_name="😀" * 900)] * 50
    content = messages_pb2.OutgoingContent(
        subject="ü" * 1900, headers={"ü" * 900: "😀" * 900}, labels=["ü" * 900] * 20
    )
    request = messages_pb2.SendMessageRequest(inbox_id="inb_1", to=who, content=content)
    named = inboxes_pb2.GetInboxRequest(inbox_id="😀" * 900)
    listed = inboxes_pb2.ListInboxesRequest(page_token="x" * 4000)
    for call, reason in (
        (lambda: stubs.messages.SendMessage(request, metadata=auth), "NOT_FOUND"),
        (lambda: stubs.inboxes.GetInbox(named, metadata=auth), "NOT_FOUND"),
        (
            lambda: stubs.inboxes.ListInboxes(listed, metadata=auth),
            "PAGE_TOKEN_INVALID",
        ),
    ):
        assert refused(call).reason == reason


def test_a_bad_message_with_very_long_words_is_told_field_by_field(
    stubs, auth, refused, new_inbox
):
    who = [messages_pb2.Mailbox(address="ü" * 900, display_name="😀" * 900)] * 50
    content = messages_pb2.OutgoingContent(text_body="x", headers={"ü" * 900: "😀"})
    request = messages_pb2.SendMessageRequest(
        inbox_id=new_inbox().id, to=who, content=content
    )
    refusal = refused(lambda: stubs.messages.SendMessage(request, metadata=auth))
    assert refusal.reason == "ADDRESS_INVALID"
    assert refusal.fields[0] == "to[0].address"


def test_a_request_that_is_too_large_says_what_to_do(stubs, auth, refused):
    request = messages_pb2.SendMessageRequest(inbox_id="inb_1")
    request.content.text_body = "x" * (4 * 1024 * 1024)
    refusal = refused(lambda: stubs.messages.SendMessage(request, metadata=auth))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.reason == "MESSAGE_TOO_LARGE"
    assert refusal.metadata["limit"] == "4194304"
    assert int(refusal.metadata["size"]) == request.ByteSize()
    assert "upload" in refusal.text


def test_a_request_above_the_transport_s_limit_is_refused_by_it(stubs, auth):
    request = messages_pb2.SendMessageRequest(inbox_id="inb_1")
    request.content.text_body = "x" * (17 * 1024 * 1024)
    with pytest.raises(grpc.RpcError) as caught:
        stubs.messages.SendMessage(request, metadata=auth)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert stubs.accounts.GetAccount(WHO, metadata=auth).account.id


def test_metadata_of_a_megabyte_is_refused_and_the_server_goes_on(stubs, auth):
    huge = (*auth, ("x-note", "y" * 1024 * 1024))
    with pytest.raises(grpc.RpcError) as caught:
        stubs.accounts.GetAccount(WHO, metadata=huge)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert stubs.accounts.GetAccount(WHO, metadata=auth).account.id


@pytest.mark.parametrize(
    "body",
    [b"\xff\xff\xff", b"\x0a\x05\xff\xfe\xfd\xfc\xfb", b"\x0a\xff\xff\xff\xff\x0f"],
    ids=["tag", "utf-8", "length"],
)
@pytest.mark.parametrize("method", ["InboxService/GetInbox", "EventService/Subscribe"])
def test_bytes_that_are_no_request_are_refused_like_any_bad_field(
    grpc_channel, auth, refused, method, body
):
    call = grpc_channel.unary_stream(f"/mailbot.v1.{method}")
    refusal = refused(lambda: list(call(body, metadata=auth)))
    assert refusal.code is grpc.StatusCode.INVALID_ARGUMENT
    assert refusal.reason == "FIELD_INVALID"
    assert refusal.fields == ["request"]
    assert "Error" not in refusal.text


def test_bytes_in_a_stream_that_are_no_request_are_refused(grpc_channel, auth, refused):
    call = grpc_channel.stream_unary("/mailbot.v1.MessageService/UploadAttachment")
    refusal = refused(lambda: call(iter([b"\xff\xff\xff"]), metadata=auth))
    assert refusal.reason == "FIELD_INVALID"


def test_an_unknown_method_is_unimplemented(grpc_channel, auth):
    call = grpc_channel.unary_unary("/mailbot.v1.InboxService/DropEverything")
    with pytest.raises(grpc.RpcError) as caught:
        call(b"", metadata=auth)
    assert caught.value.code() is grpc.StatusCode.UNIMPLEMENTED


def sample(api, name, **labels):
    value = api.metrics.registry.get_sample_value(name, labels)
    return value or 0


def test_calls_are_counted_by_method_and_code(api, stubs, auth, refused):
    method = {
        "grpc_type": "unary",
        "grpc_service": "mailbot.v1.AccountService",
        "grpc_method": "GetAccount",
    }
    ok = sample(api, "grpc_server_handled_total", **method, grpc_code="OK")
    bad = sample(
        api, "grpc_server_handled_total", **method, grpc_code="UNAUTHENTICATED"
    )
    begun = sample(api, "grpc_server_started_total", **method)
    timed = sample(api, "grpc_server_handling_seconds_count", **method)
    stubs.accounts.GetAccount(WHO, metadata=auth)
    refused(lambda: stubs.accounts.GetAccount(WHO))
    api.wait_until(
        lambda: sample(api, "grpc_server_handling_seconds_count", **method) == timed + 2
    )
    after = sample(api, "grpc_server_handled_total", **method, grpc_code="OK")
    worse = sample(
        api, "grpc_server_handled_total", **method, grpc_code="UNAUTHENTICATED"
    )
    assert (after, worse) == (ok + 1, bad + 1)
    assert sample(api, "grpc_server_started_total", **method) == begun + 2
    assert sample(api, "grpc_server_handling_seconds_count", **method) == timed + 2


def test_every_method_has_its_counter_from_the_start(api):
    for method in METHODS.values():
        labels = {
            "grpc_type": method.kind,
            "grpc_service": method.service,
            "grpc_method": method.name,
        }
        found = api.metrics.registry.get_sample_value(
            "grpc_server_started_total", labels
        )
        assert found is not None, method.path


def series(api):
    return sum(len(family.samples) for family in api.metrics.registry.collect())


def test_numbers_stay_few_whatever_is_called(api, grpc_channel, stubs, refused):
    """Names and keys of callers are in no label."""
    refused(lambda: stubs.accounts.GetAccount(WHO, metadata=bearer("mb_x_y")))
    with pytest.raises(grpc.RpcError):
        grpc_channel.unary_unary("/mailbot.v1.InboxService/Unknown")(b"")
    before = series(api)
    for number in range(50):
        for path in (f"/mailbot.v1.InboxService/M{number}", f"/s{number}/GetInbox"):
            with pytest.raises(grpc.RpcError):
                grpc_channel.unary_unary(path)(b"")
        key = bearer(f"mb_{number:010d}_{'0' * 52}")
        refused(lambda k=key: stubs.accounts.GetAccount(WHO, metadata=k))
    assert series(api) - before < 20
    assert series(api) < 3500


def test_a_stream_that_its_client_leaves_is_counted_as_cancelled(api, stubs, auth):
    labels = {
        "grpc_type": "server_stream",
        "grpc_service": "mailbot.v1.EventService",
        "grpc_method": "Subscribe",
        "grpc_code": "CANCELLED",
    }
    before = sample(api, "grpc_server_handled_total", **labels)
    call = stubs.events.Subscribe(events_pb2.SubscribeRequest(), metadata=auth)
    next(call)
    call.cancel()
    with contextlib.suppress(grpc.RpcError):
        list(call)

    api.wait_until(
        lambda: sample(api, "grpc_server_handled_total", **labels) == before + 1
    )


def test_a_pause_that_the_server_asks_for_reaches_retrying_clients(
    api, stubs, auth, monkeypatch
):
    monkeypatch.setattr(api.api.draining, "is_on", True)
    with pytest.raises(grpc.RpcError) as caught:
        stubs.accounts.GetAccount(WHO, metadata=auth)
    assert Refusal(caught.value).reason == "SERVER_DRAINING"
    assert trailer(caught.value, "grpc-retry-pushback-ms") == "1000"
