"""A mail program hands a message in and hears what became of it: by mail."""

import asyncio
import smtplib
import ssl

import pytest

from mailbot import AsyncMailBot
from mailbot_server.core.mail import dsn
from mailbot_server.core.mail.dsn import Action
from tests.fakes.remote_mta import RemoteMta
from tests.flow.conftest import MakeServer
from tests.servers.process import ServerProcess

pytestmark = pytest.mark.slow

CONTENT = b"""\
From: %s
To: ann@example.com, nobody@example.com
Subject: Invoice

Please find it attached.
"""


def hand_in(server: ServerProcess, sender: str) -> None:
    """One message to two, one of whom there is not."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with smtplib.SMTP("127.0.0.1", server.submission_port, timeout=20) as client:
        client.starttls(context=context)
        client.login(sender, server.api_key)
        for command in (
            f"MAIL FROM:<{sender}> RET=HDRS ENVID=order+2B7",
            "RCPT TO:<ann@example.com> NOTIFY=SUCCESS ORCPT=rfc822;Ann@example.com",
            "RCPT TO:<nobody@example.com>",
        ):
            code, words = client.docmd(command)
            assert code == 250, words
        code, words = client.data(CONTENT % sender.encode())
        assert code == 250, words


async def test_a_success_and_a_failure_come_back_as_reports(
    make_server: MakeServer,
) -> None:
    async with RemoteMta() as remote:
        remote.script["RCPT"] = ["250 OK", "550 5.1.1 No such user"]
        # One connection at a time, so that the answers come in this order.
        way = {"domain": "example.com", "host": "127.0.0.1", "port": remote.port}
        server = make_server(routes=[way], delivery_concurrency=1)
        await asyncio.to_thread(server.start)
        async with AsyncMailBot(
            api_key=server.api_key, target=server.target
        ) as mailbot:
            inbox = await mailbot.inboxes.create(username="shop")
            async with mailbot.events.subscribe(types=["message.parsed"]) as events:
                await events.ready()
                await asyncio.to_thread(hand_in, server, inbox.address)
                ids = []
                async with asyncio.timeout(20):
                    async for event in events:
                        ids.append(event.message_id)
                        if len(ids) == 2:
                            break
            reports = [dsn.read(await mailbot.messages.raw(each)) for each in ids]
        assert await asyncio.to_thread(server.stop) == 0
    told = {
        each.address: (report.envelope_id, each.action)
        for report in reports
        if report is not None
        for each in report.recipients
    }
    assert sorted(told.values()) == [
        ("order+7", Action.DELIVERED),
        ("order+7", Action.FAILED),
    ]
    assert "Ann@example.com" in told
