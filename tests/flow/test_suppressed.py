"""A dead address is written to once: refused, suppressed, let go, tried again."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from mailbot import AsyncMailBot, Event, Message
from tests.fakes.remote_mta import RemoteMta
from tests.flow.conftest import MakeServer

pytestmark = pytest.mark.slow

DEAD = "dead@example.com"
NEVER = "550 5.1.1 No such user"


async def read_until(events: AsyncIterator[Event], last: str) -> list[str]:
    """The types of events up to the first of type `last`."""
    seen: list[str] = []
    async with asyncio.timeout(20):
        async for event in events:
            seen.append(event.type)
            if event.type == last:
                return seen
    return seen


async def test_a_dead_address_is_tried_once_and_again_when_it_is_let_go(
    make_server: MakeServer,
) -> None:
    async with RemoteMta() as host:
        host.script["RCPT"] = [NEVER]
        route = {"domain": "example.com", "host": "127.0.0.1", "port": host.port}
        server = make_server(routes=[route])
        await asyncio.to_thread(server.start)
        async with (
            AsyncMailBot(api_key=server.api_key, target=server.target) as mailbot,
            mailbot.events.subscribe() as events,
        ):
            await events.ready()
            inbox = await mailbot.inboxes.create()

            async def send() -> Message:
                return await mailbot.messages.send(
                    inbox_id=inbox.id, to=DEAD, text="Hello"
                )

            await send()
            told = await read_until(events, "suppression.added")
            assert told[-3:] == [
                *("message.attempted", "message.bounced", "suppression.added"),
            ]
            [found] = await mailbot.suppressions.check(DEAD)
            assert (found.reason, found.note) == ("hard_bounce", NEVER)

            again = await send()
            assert [each.state for each in again.recipients] == ["suppressed"]
            told = await read_until(events, "message.suppressed")
            assert told == ["message.queued", "message.suppressed"]
            assert host.accepted == []

            await mailbot.suppressions.remove(DEAD)
            await send()
            told = await read_until(events, "message.delivered")
            assert told[0] == "suppression.removed"
        assert len(host.accepted) == 1
        assert await asyncio.to_thread(server.stop) == 0
