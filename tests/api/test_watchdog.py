"""Readers that take nothing: they cost nothing, and do not stay for ever."""

import asyncio
import gc

import grpc
import pytest

from mailbot.v1 import events_pb2, messages_pb2
from mailbot_server.api import watchdog as module
from mailbot_server.api.watchdog import Watchdog
from tests.api.conftest import Refusal, Stubs

# A client that lets little come before it is read.
SMALL = (("grpc.http2.lookahead_bytes", 16_384), ("grpc.http2.bdp_probe", 0))


@pytest.fixture
def narrow(grpc_addr):
    """Stubs over a connection with a small window."""
    with grpc.insecure_channel(grpc_addr, options=SMALL) as channel:
        yield Stubs(channel)


@pytest.fixture
def big(new_inbox, receive):
    """A message of three megabytes."""
    raw = b"From: a@example.com\r\n\r\n" + b"many words\r\n" * 250_000
    return receive(new_inbox().address, raw)


def test_a_reader_that_takes_nothing_is_ended_and_told_why(
    api, narrow, auth, big, monkeypatch
):
    assert module.WRITE_SECONDS == 300
    monkeypatch.setattr(module, "WRITE_SECONDS", 0.05)
    streams = api.api._streams
    api.wait_until(lambda: not streams._per_key)
    request = messages_pb2.DownloadRawMessageRequest(message_id=big)
    stream = narrow.messages.DownloadRawMessage(request, metadata=auth)
    next(stream)
    api.wait_until(lambda: streams._per_key)
    api.wait_until(lambda: not streams._per_key)
    with pytest.raises(grpc.RpcError) as caught:
        list(stream)
    refusal = Refusal(caught.value)
    assert refusal.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert refusal.reason == "CONSUMER_TOO_SLOW"


def test_a_reader_that_is_merely_slow_gets_everything(
    api, narrow, stubs, auth, big, new_inbox
):
    """While it takes nothing, others read and write as ever."""
    request = messages_pb2.DownloadRawMessageRequest(message_id=big)
    slow = narrow.messages.DownloadRawMessage(request, metadata=auth)
    first = next(slow)
    for _ in range(5):
        new_inbox()
    quick = stubs.messages.DownloadRawMessage(request, metadata=auth)
    everything = b"".join(answer.chunk for answer in quick)
    assert first.chunk + b"".join(answer.chunk for answer in slow) == everything


def test_a_slow_follower_holds_one_batch_and_loses_nothing(
    api, narrow, auth, new_inbox, send
):
    inbox = new_inbox(daily_send_limit=250)
    request = events_pb2.SubscribeRequest(
        filter=events_pb2.EventFilter(inbox_ids=[inbox.id]), max_batch_size=3
    )
    slow = narrow.events.Subscribe(request, metadata=auth, timeout=20)
    next(slow)
    note = {f"key-{n}": "x" * 500 for n in range(20)}
    sent = [send(inbox.id, metadata=note).id for _ in range(100)]
    api.run(api.api.tick())
    lag = "mailbot_event_subscriber_max_lag_events"
    assert api.metrics.registry.get_sample_value(lag, {"kind": "grpc"}) > 50
    found: list[str] = []
    for response in slow:
        found += [event.message_id for event in response.batch.events]
        if len(found) == len(sent):
            break
    slow.cancel()
    assert found == sent


async def test_a_write_that_ends_in_time_is_left_alone(monkeypatch):
    monkeypatch.setattr(module, "WRITE_SECONDS", 0.01)

    async def abort():
        pytest.fail("nothing is stuck")

    watchdog = Watchdog(abort)
    for _ in range(3):
        with watchdog.writing():
            pass
    await asyncio.sleep(0.02)


async def test_a_stuck_write_is_ended_status_first(monkeypatch):
    monkeypatch.setattr(module, "WRITE_SECONDS", 0.001)
    order = []

    async def abort():
        order.append("status")
        raise RuntimeError("gRPC raises when it has aborted")

    async def handler():
        watchdog = Watchdog(abort)
        try:
            with watchdog.writing():
                await asyncio.Event().wait()
        finally:
            order.append("handler")

    task = asyncio.create_task(handler())
    with pytest.raises(asyncio.CancelledError):
        await task
    assert order == ["status", "handler"]
    await asyncio.sleep(0)
    gc.collect()
