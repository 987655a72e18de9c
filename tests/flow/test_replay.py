"""Recorded events come again to a webhook and a subscription, and no mail with them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest

from mailbot import AsyncMailBot, Event
from mailbot.v1 import subscriptions_pb2 as pb
from mailbot.v1 import subscriptions_pb2_grpc
from tests.fakes.remote_mta import RemoteMta
from tests.flow.conftest import MakeServer
from tests.servers.endpoint import EndpointServer

pytestmark = pytest.mark.slow

WAIT = 30
ABOUT_SENDING = ("message.queued", "message.attempted", "message.delivered")


async def until(events: AsyncIterator[Event], kind: str) -> None:
    async with asyncio.timeout(WAIT):
        async for event in events:
            if event.type == kind:
                return
    raise AssertionError(kind)


async def state_of_mail(mailbot: AsyncMailBot) -> list[Any]:
    """All that sending changes: deliveries, and the messages' events in the log."""
    deliveries = [each.raw async for each in mailbot.deliveries.list()]
    messages = [each.id async for each in mailbot.messages.list()]
    log = [
        each.id
        async for each in mailbot.events.list()
        if each.type.startswith("message.")
    ]
    return [deliveries, messages, log]


async def consumed(target: str, key: str, subscription_id: str, count: int) -> Any:
    """So many deliveries of a subscription, acknowledged."""
    metadata = (("authorization", f"Bearer {key}"),)
    found: list[Any] = []
    async with grpc.aio.insecure_channel(target) as channel, asyncio.timeout(WAIT):
        stub: Any = subscriptions_pb2_grpc.SubscriptionServiceStub(channel)
        request = pb.ConsumeRequest(subscription_id=subscription_id, consumer_id="me")
        stream = stub.Consume(request, metadata=metadata)
        async for answer in stream:
            its = list(answer.batch.deliveries)
            if its:
                done = pb.AcknowledgeRequest(
                    subscription_id=subscription_id, ack_ids=[i.ack_id for i in its]
                )
                await stub.Acknowledge(done, metadata=metadata)
            found += its
            if len(found) >= count:
                break
        stream.cancel()
    return [each.event for each in found]


async def subscribed(target: str, key: str) -> str:
    """A new shared subscription to what comes from now on."""
    metadata = (("authorization", f"Bearer {key}"),)
    request = pb.CreateSubscriptionRequest()
    request.subscription.delivery_mode = pb.Subscription.DELIVERY_MODE_SHARED
    async with grpc.aio.insecure_channel(target) as channel:
        stub: Any = subscriptions_pb2_grpc.SubscriptionServiceStub(channel)
        made = await stub.CreateSubscription(request, metadata=metadata)
        return str(made.subscription.id)


async def test_what_was_sent_is_told_again_and_not_sent_again(
    make_server: MakeServer,
) -> None:
    async with RemoteMta() as host, EndpointServer() as endpoint:
        route = {"domain": "example.com", "host": "127.0.0.1", "port": host.port}
        server = make_server(routes=[route], webhook_allowed_hosts=["127.0.0.1"])
        await asyncio.to_thread(server.start)
        async with AsyncMailBot(server.api_key, server.target) as mailbot:
            inbox = await mailbot.inboxes.create()
            async with mailbot.events.subscribe() as events:
                await events.ready()
                await mailbot.messages.send(
                    inbox_id=inbox, to="carol@example.com", text="Only once"
                )
                await until(events, "message.delivered")
            assert len(host.transactions) == 1
            wanted = {
                each.id: each.type
                async for each in mailbot.events.list(types=ABOUT_SENDING)
            }
            assert set(wanted.values()) == set(ABOUT_SENDING)
            webhook = await mailbot.webhooks.create(endpoint.url, types=ABOUT_SENDING)
            reader = await subscribed(server.target, server.api_key)
            before = await state_of_mail(mailbot)

            targets = [webhook.webhook.id, reader]
            counted = await mailbot.events.replay(
                targets, types=ABOUT_SENDING, dry_run=True
            )
            assert counted.event_count == len(wanted)
            begun = await mailbot.events.replay(targets, types=ABOUT_SENDING)
            again = await consumed(server.target, server.api_key, reader, len(wanted))
            assert {each.id for each in again} == set(wanted)
            assert {each.replay_id for each in again} == {begun.id}
            async with asyncio.timeout(WAIT):
                await endpoint.arrived(len(wanted))
                assert set(endpoint.event_ids) == set(wanted)
                progress = begun
                while progress.delivered_count < 2 * len(wanted):
                    progress = await mailbot.events.get_replay(begun.id)
            assert progress.state == "done"
            assert progress.handed_over_count == len(wanted)
            assert progress.parked_count == 0

            assert await state_of_mail(mailbot) == before
            assert len(host.transactions) == 1
        # Whatever there was to send has left when the server has drained.
        assert await asyncio.to_thread(server.stop) == 0
        assert len(host.transactions) == 1
