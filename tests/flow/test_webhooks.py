"""Webhooks of whole servers: mail lands as one payload, and a crash loses nothing."""

import asyncio
import socket
from datetime import timedelta

import aiohttp
import pytest

from mailbot import AsyncMailBot, WebhookPayload, webhooks
from tests.flow import smtp
from tests.flow.conftest import MakeServer
from tests.servers.endpoint import EndpointServer, Posted, Says

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

MAIL = """\
From: Ann <ann@example.com>
Subject: An order
Message-ID: <order@example.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Two chairs, please.

> Which ones?
--b
Content-Type: text/csv; name=chairs.csv
Content-Disposition: attachment; filename=chairs.csv

oak,2
--b--
"""
ALLOWED = ["127.0.0.1"]


def told(posted: Posted, secret: str) -> WebhookPayload:
    return webhooks.verify(posted.headers, posted.body, secret)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_mail_lands_as_one_payload_with_links_to_its_attachments(
    make_server: MakeServer,
) -> None:
    port = free_port()
    server = make_server(
        webhook_allowed_hosts=ALLOWED,
        public_port=port,
        public_url=f"http://127.0.0.1:{port}",
    )
    await asyncio.to_thread(server.start)
    async with (
        EndpointServer() as receiver,
        AsyncMailBot(api_key=server.api_key, target=server.target) as bot,
    ):
        inbox = await bot.inboxes.create()
        made = await bot.webhooks.create(
            receiver.url, types="message.received", message_view="full"
        )
        reply = await smtp.deliver(
            server.mx_port, "ann@example.com", [inbox.address], MAIL
        )
        assert reply.startswith("250")
        async with asyncio.timeout(30):
            await receiver.arrived(1)
        payload = told(receiver.posted[0], made.secret)
        message = payload.data["message"]
        assert message["subject"] == "An order"
        assert message["extracted_text"].strip() == "Two chairs, please."
        (attachment,) = message["attachments"]
        assert attachment["filename"] == "chairs.csv"
        async with (
            aiohttp.ClientSession() as session,
            session.get(attachment["download_url"]) as response,
        ):
            assert response.status == 200
            assert (await response.read()).strip() == b"oak,2"
        assert payload.event.message_id == message["id"]


async def test_f8_what_was_taken_when_the_server_died_comes_again_with_the_same_id(
    make_server: MakeServer,
) -> None:
    server = make_server(webhook_allowed_hosts=ALLOWED)
    await asyncio.to_thread(server.start)
    async with EndpointServer() as receiver:
        async with AsyncMailBot(api_key=server.api_key, target=server.target) as bot:
            made = await bot.webhooks.create(
                receiver.url, types="inbox.created", timeout=timedelta(seconds=1)
            )
            receiver.hold.clear()
            await bot.inboxes.create()
            async with asyncio.timeout(30):
                await receiver.arrived(1)
        await asyncio.to_thread(server.kill)
        receiver.hold.set()
        await asyncio.to_thread(server.start)
        async with asyncio.timeout(60):
            await receiver.arrived(2)
        first, second = receiver.posted[:2]
        assert told(first, made.secret).id == told(second, made.secret).id
        async with AsyncMailBot(api_key=server.api_key, target=server.target) as bot:
            # What comes next is written down after what came before.
            await bot.inboxes.create()
            async with asyncio.timeout(30):
                await receiver.arrived(3)
            kept = [a async for a in bot.webhooks.attempts(made.webhook.id)]
            assert (kept[-1].attempt, kept[-1].result) == (2, "success")


async def test_an_endpoint_that_was_down_gets_everything_once_it_is_back(
    make_server: MakeServer,
) -> None:
    server = make_server(webhook_allowed_hosts=ALLOWED)
    await asyncio.to_thread(server.start)
    async with (
        EndpointServer() as receiver,
        AsyncMailBot(api_key=server.api_key, target=server.target) as bot,
    ):
        made = await bot.webhooks.create(receiver.url, types="inbox.created")
        receiver.answer = lambda _: Says(status=500)
        ids = {(await bot.inboxes.create()).id for _ in range(3)}
        async with asyncio.timeout(30):
            await receiver.arrived(3)
        receiver.answer = lambda _: Says()
        async with asyncio.timeout(60):
            await receiver.arrived(6)
        taken = {
            told(each, made.secret).data["inbox_id"] for each in receiver.posted[3:]
        }
        assert taken == ids
