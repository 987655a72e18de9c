"""The main job, whole server and real sockets: read this to see what mailbot does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from mailbot import AsyncMailBot, Event
from tests.fakes.remote_mta import RemoteMta
from tests.flow.conftest import MakeServer
from tests.flow.smtp import deliver
from tests.servers.process import ServerProcess

pytestmark = pytest.mark.slow

ANSWER = """\
From: Kim Customer <customer@example.com>
To: <{inbox}>
Subject: Re: Invoice #4521
Message-ID: <answer-1@example.com>
In-Reply-To: <{answered}>
References: <{answered}>

Could you send it to our accounting as well?

On Mon, Mar 2, 2026 at 12:00 PM support wrote:
> Please find your invoice attached.
"""


@asynccontextmanager
async def running(server: ServerProcess) -> AsyncIterator[AsyncMailBot]:
    """A client of a server that is started for it."""
    await asyncio.to_thread(server.start)
    async with AsyncMailBot(api_key=server.api_key, target=server.target) as mailbot:
        yield mailbot
    assert await asyncio.to_thread(server.stop) == 0


async def read_until(events: AsyncIterator[Event], last: str) -> list[Event]:
    """Events up to the first of type `last`."""
    seen: list[Event] = []
    async with asyncio.timeout(20):
        async for event in events:
            seen.append(event)
            if event.type == last:
                return seen
    return seen


async def test_a_message_goes_out_an_answer_comes_back_and_every_step_is_told(
    make_server: MakeServer,
) -> None:
    async with RemoteMta() as customer_host:
        route = {"domain": "example.com", "host": "127.0.0.1"}
        server = make_server(routes=[{**route, "port": customer_host.port}])
        async with running(server) as mailbot:
            inbox = await mailbot.inboxes.create(username="support")
            async with mailbot.events.subscribe() as events:
                await events.ready()
                sent = await mailbot.messages.send(
                    inbox_id=inbox.id,
                    to="customer@example.com",
                    subject="Invoice #4521",
                    text="Please find your invoice attached.",
                    metadata={"invoice": "4521"},
                )
                out = await read_until(events, "message.delivered")
                answer = ANSWER.format(
                    inbox=inbox.address, answered=sent.rfc822_message_id
                )
                reply = await deliver(
                    server.mx_port, "customer@example.com", [inbox.address], answer
                )
                back = await read_until(events, "message.replied")
            thread = await mailbot.threads.get(sent.thread_id)
            messages = [
                await mailbot.messages.get(message.id)
                async for message in mailbot.messages.list(
                    thread_id=sent.thread_id, oldest_first=True
                )
            ]

    assert [event.type for event in out] == [
        "message.queued",
        "message.attempted",
        "message.sent",
        "message.delivered",
    ]
    attempt = out[-1].attempt
    assert attempt is not None
    assert attempt.route == "pinned"
    assert attempt.reply is not None
    assert (attempt.reply.code, attempt.reply.text) == (250, "Queued as 42")
    assert all(event.metadata == {"invoice": "4521"} for event in out)
    assert reply.startswith("250 2.0.0")
    assert [event.type for event in back] == [
        "message.received",
        "message.parsed",
        "message.replied",
    ]
    positions = [event.position for event in (*out, *back)]
    assert positions == list(range(positions[0], positions[0] + len(positions)))
    assert back[-1].message_id == sent.id
    assert [message.direction for message in messages] == ["outbound", "inbound"]
    assert messages[1].extracted_text.strip() == (
        "Could you send it to our accounting as well?"
    )
    assert thread.message_count == 2
    assert thread.unreplied
    assert len(customer_host.accepted) == 1
    assert b"Subject: Invoice #4521" in customer_host.accepted[0].data


async def test_mail_between_two_inboxes_of_ours_arrives_once(
    make_server: MakeServer,
) -> None:
    async with running(make_server()) as mailbot:
        alice = await mailbot.inboxes.create()
        bob = await mailbot.inboxes.create()
        async with mailbot.events.subscribe() as events:
            await events.ready()
            sent = await mailbot.messages.send(
                inbox_id=alice.id, to=bob.address, subject="Hello", text="It works."
            )
            seen = await read_until(events, "message.delivered")
        inbound = [
            message
            async for message in mailbot.messages.list(
                inbox_id=bob.id, direction="inbound"
            )
        ]
    assert [message.subject for message in inbound] == ["Hello"]
    assert inbound[0].thread_id != sent.thread_id
    assert {event.type for event in seen} >= {"message.received", "message.parsed"}


async def test_mail_to_the_outside_is_held_with_its_reason_while_hostname_is_unset(
    make_server: MakeServer,
) -> None:
    async with running(make_server()) as mailbot:
        inbox = await mailbot.inboxes.create()
        async with mailbot.events.subscribe() as events:
            await events.ready()
            sent = await mailbot.messages.send(
                inbox_id=inbox.id, to="somebody@example.org", subject="?", text="?"
            )
            seen = await read_until(events, "message.held")
        message = await mailbot.messages.get(sent.id)
    hold = seen[-1].hold
    assert hold is not None
    assert hold.reason == "hostname_unset"
    assert "hostname" in hold.explanation
    assert [recipient.state for recipient in message.recipients] == ["held"]
