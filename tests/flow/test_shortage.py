"""A server that runs short of something puts new mail off, and does all else."""

import asyncio
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from mailbot import MailBot
from tests.flow import smtp
from tests.flow.conftest import MakeServer

SENDER = "ann@example.org"
TEXT = "Subject: Hello\n\nHow are you?\n"


def status(port: int, path: str) -> int:
    """What a load balancer is told."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


@pytest.mark.slow
async def test_A11_beyond_its_memory_a_server_puts_mail_off_and_goes_on_delivering(
    make_server: MakeServer,
):
    server = make_server(memory_bytes_max=1_000_000)
    server.start()
    with MailBot(target=server.target, api_key=server.api_key) as bot:
        one, two = bot.inboxes.create(), bot.inboxes.create()
        put_off = await smtp.deliver(server.mx_port, SENDER, [one.address], TEXT)
        assert put_off.startswith("452 4.3.1")
        assert await asyncio.to_thread(status, server.operator_port, "/healthz") == 200
        assert await asyncio.to_thread(status, server.operator_port, "/readyz") == 503
        # What is in the queue goes on its way all the same.
        bot.messages.send(inbox_id=one.id, to=two.address, subject="Hello", text="x")
        with bot.events.subscribe(start="earliest") as events:
            arrived = next(each for each in events if each.type == "message.received")
        assert arrived.inbox_id == two.id
