"""Inbound mail lands in a program as one payload, with a link to what is attached."""

import asyncio
import json

import aiohttp
import pytest

from mailbot import AsyncMailBot, Attachment
from tests.flow.conftest import MakeServer
from tests.servers.endpoint import EndpointServer
from tests.servers.process import free_ports

pytestmark = pytest.mark.slow

WAIT = 30


async def test_a_webhook_gets_the_message_and_fetches_its_attachment(
    make_server: MakeServer,
) -> None:
    async with EndpointServer() as endpoint:
        [port] = free_ports(1)
        server = make_server(
            webhook_allowed_hosts=["127.0.0.1"],
            public_url=f"http://localhost:{port}",
            public_port=port,
        )
        await asyncio.to_thread(server.start)
        async with AsyncMailBot(server.api_key, server.target) as mailbot:
            sender = await mailbot.inboxes.create()
            inbox = await mailbot.inboxes.create()
            await mailbot.webhooks.create(
                endpoint.url,
                types="message.received",
                inbox_ids=inbox,
                message_view="full",
            )
            await mailbot.messages.send(
                inbox_id=sender,
                to=inbox.address,
                subject="The report",
                text="Here it is.",
                attachments=[Attachment(filename="report.txt", data=b"42\n")],
            )
            async with asyncio.timeout(WAIT):
                await endpoint.arrived(1)
        payload = json.loads(endpoint.posted[0].body)
        assert payload["type"] == "message.received"
        message = payload["data"]["message"]
        assert message["subject"] == "The report"
        assert message["extracted_text"].strip() == "Here it is."
        [attached] = message["attachments"]
        assert attached["filename"] == "report.txt"
        async with (
            aiohttp.ClientSession() as session,
            session.get(attached["download_url"]) as response,
        ):
            assert response.status == 200
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert await response.read() == b"42\n"
