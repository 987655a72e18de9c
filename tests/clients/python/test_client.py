import asyncio
import itertools
from typing import Any

import grpc
import pytest
from grpc import aio

from mailbot import AsyncMailBot, MailBot, UnavailableError
from mailbot.v1 import inboxes_pb2
from tests.clients.fake_mailbot import UNAVAILABLE, Hang, status
from tests.clients.python.test_subscription import batch, started

RESOURCES = ("inboxes", "messages", "threads", "events", "keys", "account")


def public(thing: object) -> set[str]:
    return {name for name in dir(thing) if not name.startswith("_")}


@pytest.mark.parametrize("name", RESOURCES)
def test_both_clients_can_do_the_same(name):
    with MailBot("mb_k_s") as blocking:
        awaited = AsyncMailBot("mb_k_s")
        assert public(getattr(blocking, name)) == public(getattr(awaited, name))


def test_the_lines_of_the_readme_work(server):
    server.answer("CreateInbox", inboxes_pb2.CreateInboxResponse(inbox={"id": "inb_1"}))
    with MailBot(api_key="mb_k_s", target=server.target) as mailbot:
        inbox = mailbot.inboxes.create(
            username="support",
            permissions=["send", "receive", "search"],
            daily_send_limit=50,
        )
        mailbot.messages.send(
            inbox_id=inbox.id,
            to="customer@example.com",
            subject="Invoice #4521",
            text="…",
        )
        assert list(mailbot.threads.list(inbox_id=inbox.id)) == []


async def test_the_asyncio_client_works_in_its_own_loop():
    """Without any portal: server and client in the test's loop."""

    async def subscribe(request: bytes, context: object):
        for each in (started("c0"), batch("c2", 1, 2)):
            yield each.SerializeToString()
        await asyncio.Event().wait()

    handler: Any = grpc.unary_stream_rpc_method_handler(subscribe)
    server = aio.server(options=[("grpc.so_reuseport", 0)])
    server.add_generic_rpc_handlers(
        [
            grpc.method_handlers_generic_handler(
                "mailbot.v1.EventService", {"Subscribe": handler}
            )
        ]
    )
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with AsyncMailBot("mb_k_s", f"127.0.0.1:{port}") as mailbot:
        positions = []
        async for event in mailbot.events.subscribe():
            positions.append(event.position)
            if len(positions) == 2:
                break
    await server.stop(None)
    assert positions == [1, 2]


async def test_cancelling_the_task_that_iterates_cancels_it_and_the_stream(server):
    """The test's task waits in another loop than the server's: only the client's counts."""

    async def consume(mailbot: AsyncMailBot) -> None:
        async for _ in mailbot.events.subscribe():
            pass

    async def cancelled() -> bool:
        async with AsyncMailBot("mb_k_s", server.target) as mailbot:
            consumer = asyncio.ensure_future(consume(mailbot))
            await asyncio.to_thread(hang.reached.wait, 20)
            consumer.cancel()
            await asyncio.wait([consumer])
            return consumer.cancelled()

    server.answer("Subscribe", [started("c0"), hang := Hang()])
    assert await asyncio.to_thread(lambda: server.run(cancelled()))
    assert await asyncio.to_thread(hang.abandoned.wait, 20)


def test_a_call_is_repeated_five_times_and_then_given_up(server, bot):
    server.answer("GetInbox", *itertools.repeat(UNAVAILABLE, 5))
    with pytest.raises(UnavailableError) as raised:
        bot.inboxes.get("inb_1")
    assert raised.value.reason == "STORE_UNAVAILABLE"
    assert len(server.requests("GetInbox")) == 5


def test_a_call_that_is_not_safe_to_repeat_is_not(server, bot):
    server.answer("CreateApiKey", UNAVAILABLE)
    with pytest.raises(UnavailableError):
        bot.keys.create()
    assert len(server.requests("CreateApiKey")) == 1


def test_a_call_that_is_refused_is_not_repeated(server, bot):
    server.answer("GetInbox", status(grpc.StatusCode.INTERNAL, "INTERNAL"))
    with pytest.raises(Exception, match="INTERNAL"):
        bot.inboxes.get("inb_1")
    assert len(server.requests("GetInbox")) == 1


def test_every_call_has_a_deadline(server):
    server.answer("DownloadRawMessage", *[[Hang()] for _ in range(5)])
    with (
        MailBot("mb_k_s", server.target, timeout=0.02) as mailbot,
        pytest.raises(UnavailableError) as raised,
    ):
        mailbot.messages.raw("msg_1")
    assert raised.value.code == "DEADLINE_EXCEEDED"


def test_an_unreachable_server_is_unavailable(server, bot):
    server.hang_up()
    with pytest.raises(UnavailableError):
        bot.keys.create()
