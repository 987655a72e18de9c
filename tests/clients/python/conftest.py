"""Both Python clients, connected to the scripted server."""

from collections.abc import Iterator
from typing import Any

import pytest

from mailbot import AsyncMailBot, Backoff, MailBot
from tests.clients.fake_mailbot import FakeMailbot
from tests.clients.python.portal import Blocking

API_KEY = "mb_key_secret"
# Quick enough for a test, and still a wait.
BACKOFF = Backoff(first_seconds=0.001, ceiling_seconds=0.01)


@pytest.fixture(params=["sync", "async"])
def bot(request: pytest.FixtureRequest, server: FakeMailbot) -> Iterator[Any]:
    """`MailBot`, and `AsyncMailBot` shown as if it were one."""
    if request.param == "sync":
        with MailBot(API_KEY, server.target, backoff=BACKOFF) as client:
            yield client
    else:
        # One loop for client and server: two in a process disturb each other's polling
        # (grpc/grpc#25364).
        awaited = AsyncMailBot(API_KEY, server.target, backoff=BACKOFF)
        with Blocking(awaited, server.run) as shown:
            yield shown
