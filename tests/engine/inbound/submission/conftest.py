"""The submission ports with a key that may send, and clients that have logged in."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from mailbot_server.config import load
from mailbot_server.core import account
from mailbot_server.core.account import ApiKey, PresentedKey
from mailbot_server.core.inbox import Inbox
from mailbot_server.engine.inbound.listener import Listener
from mailbot_server.engine.inbound.submission import certificate, port
from mailbot_server.engine.tls.certificate import Certificate
from mailbot_server.store import keys
from mailbot_server.store.database import Database
from tests.fakes import tenants
from tests.fakes.reverse_paths import PATHS
from tests.fakes.smtp_peer import Peer
from tests.fakes.tenants import BEGINNING

SECRET = "7" * 52
Serve = Callable[..., Awaitable[Listener]]


def presented(number: int = 1, secret: str = SECRET) -> str:
    """The key of that number as its owner writes it."""
    return account.print_key(PresentedKey(public_id=f"{number:010d}", secret=secret))


def stored_key(number: int = 1, **changes: Any) -> ApiKey:
    """The key of that number as it is stored; it may send."""
    plain = {
        "id": f"key_{number:026d}",
        "account_id": tenants.account().id,
        "display_name": "",
        "public_id": f"{number:010d}",
        "secret_hash": account.hash_secret(SECRET),
        "scopes": frozenset({"messages:send"}),
        "created_at": BEGINNING,
    }
    return ApiKey(**{**plain, **changes})


def plain(user: str, password: str, acts_as: str = "") -> str:
    """The response of AUTH PLAIN."""
    return encoded(f"{acts_as}\0{user}\0{password}")


def encoded(text: str) -> str:
    """Base64."""
    return base64.b64encode(text.encode()).decode()


class Client(Peer):
    """A mail program, good or bad."""

    async def secure(self) -> str:
        """STARTTLS and the second EHLO; its answer."""
        await self.ask("EHLO client.example.org")
        assert (await self.ask("STARTTLS")).startswith("220")
        await self.start_tls()
        return await self.ask("EHLO client.example.org")

    async def log_in(self, user: str, password: str = "") -> str:
        """AUTH PLAIN; its answer."""
        return await self.ask(f"AUTH PLAIN {plain(user, password or presented())}")

    async def hand_in(self, sender: str, *recipients: str, content: bytes) -> str:
        """A whole transaction; the last answer."""
        commands = [f"MAIL FROM:<{sender}>", *(f"RCPT TO:<{r}>" for r in recipients)]
        for command in [*commands, "DATA"]:
            answer = await self.ask(command)
            if not answer.startswith(("250", "354")):
                return answer
        await self.send(content + b"\r\n.\r\n")
        return await self.reply()


@pytest.fixture
async def key(db: Database, inbox: Inbox) -> ApiKey:
    """A key of the inbox's account."""
    new = stored_key()
    await db.write(keys.add, new)
    return new


@pytest.fixture
def pem(clock, tmp_path: Path) -> Path:
    """The certificate that the server has made itself."""
    path = tmp_path / certificate.FILE
    path.write_text(certificate.self_signed("mail.example.com", clock()))
    return path


@pytest.fixture
async def serve(db, metrics, key, pauses, pem, budget) -> AsyncIterator[Serve]:
    """Opens the submission ports with these settings; pauses take no time."""
    del pauses
    async with AsyncExitStack() as stack:

        async def start(**settings: Any) -> Listener:
            free = {"submission_port": 0, "submissions_port": 0}
            chosen = load(**{**free, **settings})
            cert = chosen.smtp_tls_cert or pem
            shown = Certificate("smtp", metrics, cert, chosen.smtp_tls_key)
            made = port.listener(db, chosen, shown, PATHS, budget)
            await made.start()
            stack.push_async_callback(made.stop)
            return made

        yield start


@pytest.fixture
async def connect() -> AsyncIterator[Callable[..., Awaitable[Client]]]:
    """Connects to a listener."""
    async with AsyncExitStack() as stack:

        async def open_one(listener: Listener, **how: Any) -> Client:
            client = await Client.connect(listener.port, **how)
            stack.push_async_callback(client.close)
            return client

        yield open_one


@pytest.fixture
async def client(listener: Listener, connect) -> Client:
    """Connected; it has said nothing."""
    opened: Client = await connect(listener)
    return opened


@pytest.fixture
async def secured(client: Client) -> Client:
    """It has said STARTTLS and EHLO."""
    await client.secure()
    return client


@pytest.fixture
async def sender(secured: Client, inbox: Inbox) -> Client:
    """It has logged in as the inbox."""
    assert (await secured.log_in(inbox.address)).startswith("235 2.7.0")
    return secured
