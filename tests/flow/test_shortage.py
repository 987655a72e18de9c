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
async def test_A11_beyond_its_memory_a_server_puts_mail_off_and_goes_on_reading(
    make_server: MakeServer,
):
    plenty = make_server()
    plenty.start()
    with MailBot(target=plenty.target, api_key=plenty.api_key) as bot:
        inbox = bot.inboxes.create()
        taken = await smtp.deliver(plenty.mx_port, SENDER, [inbox.address], TEXT)
        assert taken.startswith("250 2.0.0")
    plenty.stop()
    short = make_server(data_dir=str(plenty.folder), memory_bytes_max=1_000_000)
    short.start()
    put_off = await smtp.deliver(short.mx_port, SENDER, [inbox.address], TEXT)
    assert put_off.startswith("452 4.3.1")
    assert await asyncio.to_thread(status, short.operator_port, "/healthz") == 200
    assert await asyncio.to_thread(status, short.operator_port, "/readyz") == 503
    with MailBot(target=short.target, api_key=plenty.api_key) as bot:
        [message] = bot.messages.list(inbox_id=inbox.id)
        assert message.subject == "Hello"
    assert short.stop() == 0
