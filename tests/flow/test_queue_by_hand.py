"""A host says "later": why it waits, what was said, held, let go, tried at once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from mailbot import AsyncMailBot, DialogueLine, Event, Inbox
from tests.fakes.remote_mta import RemoteMta
from tests.flow.conftest import MakeServer

pytestmark = pytest.mark.slow

LATER = "451 4.7.0 Try again later"


async def next_of(events: AsyncIterator[Event], kind: str) -> Event:
    async with asyncio.timeout(20):
        async for event in events:
            if event.type == kind:
                return event
    raise AssertionError(kind)


async def scheduled_and_cancelled(
    mailbot: AsyncMailBot, inbox: Inbox, events: AsyncIterator[Event]
) -> None:
    queue = mailbot.deliveries
    at = datetime.now(UTC) + timedelta(days=1)
    later = await mailbot.messages.send(
        inbox_id=inbox, to="carol@example.com", text="Tomorrow", send_time=at
    )
    await next_of(events, "message.scheduled")
    assert (await queue.retry(message_id=later.id)).changed == 0
    assert (await queue.cancel(message_id=later.id)).changed == 1
    cancelled = await next_of(events, "message.cancelled")
    assert cancelled.message_id == later.id
    assert [each async for each in queue.list(states="queued")] == []


async def test_what_waits_is_explained_and_moved_by_hand(
    make_server: MakeServer,
) -> None:
    async with RemoteMta() as host:
        host.script["RCPT"] = [LATER]
        route = {"domain": "example.com", "host": "127.0.0.1", "port": host.port}
        server = make_server(routes=[route])
        await asyncio.to_thread(server.start)
        operator_key = (server.folder / "operator.key").read_text().strip()
        async with (
            AsyncMailBot(api_key=server.api_key, target=server.target) as mailbot,
            AsyncMailBot(api_key=operator_key, target=server.target) as operator,
            mailbot.events.subscribe() as events,
        ):
            await events.ready()
            inbox = await mailbot.inboxes.create()
            dialogue = operator.deliveries.trace("example.com")
            lines: list[DialogueLine] = [await anext(dialogue)]

            await mailbot.messages.send(
                inbox_id=inbox, to="carol@example.com", text="Hello"
            )
            deferred = await next_of(events, "message.deferred")
            while not lines[-1].text.startswith("451"):
                lines.append(await anext(dialogue))
            said = [(each.speaker, each.text) for each in lines]
            assert ("client", "RCPT TO:<carol@example.com>") in said
            assert said[-1] == ("server", LATER)
            assert lines[-1].delivery_id == deferred.delivery_id

            queue = mailbot.deliveries
            why = await queue.explain(deferred.delivery_id)
            assert why.summary.startswith("deferred: next attempt at ")
            assert "said 451 4.7.0 Try again later" in why.summary
            assert why.delivery.destination == f"127.0.0.1:{host.port}"

            held = await queue.hold(
                "the customer called", inbox_id=inbox, states="deferred"
            )
            assert held.changed == 1
            told = await next_of(events, "message.held")
            assert told.delivery_id == deferred.delivery_id
            assert (await queue.release(hold_reason="held_by_caller")).changed == 1
            await next_of(events, "message.delivered")
            assert len(host.accepted) == 1

            await scheduled_and_cancelled(mailbot, inbox, events)

            place = f"127.0.0.1:{host.port}"
            await operator.deliveries.suspend(destination=place, reason="they asked")
            while place not in [
                each.name async for each in operator.deliveries.destinations()
            ]:
                pass
            again = await mailbot.messages.send(
                inbox_id=inbox, to="carol@example.com", text="Wait"
            )
            why = await queue.explain(again.recipients[0].delivery_id)
            assert f"destination {place} is suspended until" in why.summary
            await operator.deliveries.resume(destination=place)
            await next_of(events, "message.delivered")
        assert await asyncio.to_thread(server.stop) == 0
