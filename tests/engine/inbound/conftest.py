"""A listener on a free port, an inbox behind it, and clients for it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from mailbot_server.config import load
from mailbot_server.core.event import Event, EventFilter
from mailbot_server.core.inbox import Inbox
from mailbot_server.core.message import Message, MessageFilter
from mailbot_server.engine.inbound import mx
from mailbot_server.engine.inbound.connection import Connection
from mailbot_server.engine.inbound.listener import Listener
from mailbot_server.engine.inbound.room.budget import Budget
from mailbot_server.engine.shortage import Shortage
from mailbot_server.engine.tls.certificate import Certificate
from mailbot_server.store import events, messages
from mailbot_server.store.database import Database
from tests.fakes import tenants
from tests.fakes.inspection import inspection, stop
from tests.fakes.resolver import FakeResolver
from tests.fakes.reverse_paths import PATHS
from tests.fakes.smtp_peer import Peer

Serve = Callable[..., Awaitable[Listener]]
Connect = Callable[..., Awaitable[Peer]]


@pytest.fixture
def database_url(tmp_path: Path, sqlite_template: bytes) -> str:
    """SQLite: what a session does with a database is the same on both."""
    path = tmp_path / "mailbot.db"
    path.write_bytes(sqlite_template)
    return f"sqlite:///{path}"


@pytest.fixture
async def inbox(db: Database) -> Inbox:
    """The first account's first inbox."""
    await tenants.add_account(db)
    return await tenants.add_inbox(db)


@pytest.fixture
def budget(metrics, tmp_path) -> Budget:
    """What all sessions may hold; with room for everything."""
    settings = load(data_dir=tmp_path)
    return Budget(settings, Shortage(settings, metrics))


@pytest.fixture
def resolver() -> FakeResolver:
    """The DNS that senders are looked up in, where a test turns that on."""
    return FakeResolver()


@pytest.fixture
async def serve(db, clock, metrics, inbox, budget, resolver) -> AsyncIterator[Serve]:
    """Starts a listener with these settings on a free port."""
    async with AsyncExitStack() as stack:

        async def start(**settings: Any) -> Listener:
            plain = {"mx_port": 0, "authentication": False}
            chosen = load(**{**plain, **settings})
            looking = inspection(db, chosen, metrics, clock, resolver)
            stack.callback(stop, looking)
            cert = chosen.smtp_tls_cert
            shown = Certificate("smtp", metrics, cert, None) if cert else None
            listener = mx.listener(db, chosen, shown, looking, PATHS, budget)
            await listener.start()
            stack.push_async_callback(listener.stop)
            return listener

        yield start


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long sessions have waited before they answered; no time is lost with it."""
    noted: list[float] = []

    async def pause(_: Connection, seconds: float) -> None:
        noted.append(seconds)

    monkeypatch.setattr(Connection, "pause", pause)
    return noted


@pytest.fixture
async def listener(serve: Serve) -> Listener:
    """A listener with the settings that nobody changed."""
    return await serve()


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Connects to a listener."""
    async with AsyncExitStack() as stack:

        async def open_one(listener: Listener, **how: Any) -> Peer:
            peer = await Peer.connect(listener.port, **how)
            stack.push_async_callback(peer.close)
            return peer

        yield open_one


@pytest.fixture
async def peer(listener: Listener, connect: Connect) -> Peer:
    """A client of the listener; greeted."""
    return await connect(listener)


class Stored:
    """What the database holds of the first account."""

    def __init__(self, db: Database, account_id: str) -> None:
        self._db = db
        self._account_id = account_id

    async def messages(self) -> list[Message]:
        """All messages, oldest first."""
        everything = MessageFilter()
        return await self._db.read(
            messages.list_, self._account_id, everything, "", 1000, oldest_first=True
        )

    async def raw(self, message: Message) -> bytes:
        """The message's bytes with their trace fields."""
        raw = await self._db.read(messages.raw, message.id)
        assert raw is not None
        return raw

    async def contents(self) -> list[bytes]:
        """The bytes of all messages as they were sent."""
        return [_untraced(await self.raw(each)) for each in await self.messages()]

    async def events(self) -> list[Event]:
        """The whole log."""
        page = await self._db.read(
            events.after, self._account_id, 0, EventFilter(), 1000
        )
        return page.events


@pytest.fixture
def stored(db: Database, inbox: Inbox) -> Stored:
    """What was stored for the inbox's account."""
    return Stored(db, inbox.account_id)


def _untraced(raw: bytes) -> bytes:
    """Without Return-Path, and Received with its three continuation lines at most."""
    lines = raw.split(b"\r\n")
    assert lines[0].startswith(b"Return-Path: <")
    assert lines[1].startswith(b"Received: from ")
    rest = lines[2:]
    while rest[0].startswith(b"\t"):
        del rest[0]
    return b"\r\n".join(rest)
