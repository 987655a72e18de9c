"""Waiting for mail, whole servers and real sockets: a code, many waits, another server."""

import asyncio

import pytest

from mailbot import AsyncMailBot, MessageNotReceivedError
from tests.flow.conftest import MakeServer
from tests.flow.smtp import deliver
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

CODE = """\
From: Acme <no-reply@acme.example>
To: <{address}>
Subject: {subject}
Message-ID: <{number}@acme.example>

Your verification code is {code}.
"""
PATIENCE_SECONDS = 30.0


async def post(server: ServerProcess, address: str, number: int, **fields) -> None:
    known = {"subject": "Confirm your address", "code": "481516", **fields}
    mail = CODE.format(address=address, number=number, **known)
    reply = await deliver(server.mx_port, "bounce@acme.example", [address], mail)
    assert reply.startswith("250")


async def test_a_code_is_read_as_soon_as_it_comes(make_server: MakeServer) -> None:
    server = make_server()
    await asyncio.to_thread(server.start)
    async with AsyncMailBot(server.api_key, server.target) as mailbot:
        inbox = await mailbot.inboxes.create()
        await post(server, inbox.address, 1, code="111111")
        begin = await mailbot.messages.wait(inbox)
        waiting = asyncio.ensure_future(
            mailbot.messages.wait_for_message(
                inbox,
                sender="acme",
                subject="confirm",
                body="verification code",
                headers={"Message-ID": "acme.example"},
                after=begin,
                timeout=PATIENCE_SECONDS,
            )
        )
        await post(server, inbox.address, 2, subject="Newsletter")
        await post(server, inbox.address, 3, code="222222")
        assert (await waiting).code == "222222"
        with pytest.raises(MessageNotReceivedError, match="'Newsletter'"):
            await mailbot.messages.wait_for_message(inbox, subject="x", timeout=0)


async def test_mail_from_an_inbox_of_this_server_is_waited_for_as_well(
    make_server: MakeServer,
) -> None:
    server = make_server()
    await asyncio.to_thread(server.start)
    async with AsyncMailBot(server.api_key, server.target) as mailbot:
        alice = await mailbot.inboxes.create()
        bob = await mailbot.inboxes.create()
        waiting = asyncio.ensure_future(
            mailbot.messages.wait_for_message(bob, timeout=PATIENCE_SECONDS)
        )
        await mailbot.messages.send(inbox_id=alice, to=bob.address, text="Hello Bob")
        message = await waiting
        assert message.sender is not None
        assert message.sender.address == alice.address
        assert message.text_body.strip() == "Hello Bob"


async def test_many_wait_at_once_and_each_gets_its_own(make_server: MakeServer) -> None:
    server = make_server()
    await asyncio.to_thread(server.start)
    async with AsyncMailBot(server.api_key, server.target) as mailbot:
        inboxes = [await mailbot.inboxes.create() for _ in range(30)]
        waits = [
            asyncio.ensure_future(
                mailbot.messages.wait_for_message(inbox, timeout=PATIENCE_SECONDS)
            )
            for inbox in inboxes
        ]
        codes = [f"{number:06d}" for number in range(424200, 424230)]
        for number, (inbox, code) in enumerate(zip(inboxes, codes, strict=True)):
            await post(server, inbox.address, number, code=code)
        assert [message.code for message in await asyncio.gather(*waits)] == codes


async def test_a_cursor_outlives_a_restart_of_the_server(
    make_server: MakeServer,
) -> None:
    """A cursor of before the restart finds what came after it."""
    server = make_server()
    await asyncio.to_thread(server.start)
    async with AsyncMailBot(server.api_key, server.target) as mailbot:
        inbox = await mailbot.inboxes.create()
        begin = await mailbot.messages.wait(inbox, timeout=0)
        waited = await mailbot.messages.wait(inbox, after=begin, timeout=0.1)
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        await post(server, inbox.address, 1)
        message = await mailbot.messages.wait_for_message(
            inbox, after=waited, timeout=PATIENCE_SECONDS
        )
        assert message.code == "481516"


@pytest.mark.postgres
async def test_mail_that_comes_to_another_server_is_told_here(
    make_server: MakeServer, request: pytest.FixtureRequest
) -> None:
    if "postgresql" not in request.node.name:
        pytest.skip("SQLite has one server")
    here, there = make_server(), make_server()
    for server in (here, there):
        await asyncio.to_thread(server.start)
    async with AsyncMailBot(here.api_key, here.target) as mailbot:
        inbox = await mailbot.inboxes.create()
        waiting = asyncio.ensure_future(
            mailbot.messages.wait_for_message(inbox, timeout=PATIENCE_SECONDS)
        )
        await post(there, inbox.address, 1)
        assert (await waiting).code == "481516"
