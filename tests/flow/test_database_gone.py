"""
A12: the database goes away and comes back: 4xx and UNAVAILABLE, then all is as before.

What was being delivered at that moment is delivered once.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from mailbot import AsyncMailBot, UnavailableError
from tests.fakes.remote_mta import After, RemoteMta
from tests.flow import smtp
from tests.servers.postgres import PostgresServer, binaries
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
TEXT = "Subject: {subject}\r\n\r\nHello"


@pytest.fixture
async def postgres_of_its_own() -> AsyncIterator[PostgresServer]:
    """A PostgreSQL that may be stopped: the shared one serves other tests."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    server = PostgresServer(folder)
    await asyncio.to_thread(server.start)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE mailbot")
    yield server
    await asyncio.to_thread(server.stop)


@pytest.mark.postgres
async def test_without_its_database_the_server_defers_and_recovers_by_itself(
    postgres_of_its_own: PostgresServer, tmp_path: Path
) -> None:
    server = ServerProcess(tmp_path / "data", postgres_of_its_own.url("mailbot"))
    await asyncio.to_thread(server.start)
    try:
        async with AsyncMailBot(
            api_key=server.api_key, target=server.target, timeout=20
        ) as mailbot:
            inbox = await mailbot.inboxes.create()
            await asyncio.to_thread(postgres_of_its_own.pause)

            reply = await deliver(server, inbox.address, "away")
            assert reply.startswith("451 4.3.0")
            assert "postgres" not in reply.lower()
            with pytest.raises(UnavailableError) as refused:
                await mailbot.inboxes.create()
            assert refused.value.reason == "STORE_UNAVAILABLE"
            assert refused.value.retry_after is not None

            await asyncio.to_thread(postgres_of_its_own.resume)
            async with asyncio.timeout(30):
                reply = await deliver(server, inbox.address, "back")
                while not reply.startswith("250"):
                    assert reply.startswith("451 4.3.0")
                    reply = await deliver(server, inbox.address, "back")
            subjects = [m.subject async for m in mailbot.messages.list()]
            assert subjects == ["back"]
    finally:
        assert await asyncio.to_thread(server.stop) == 0


@pytest.mark.postgres
async def test_a12_what_was_taken_while_postgresql_was_away_is_not_sent_again(
    postgres_of_its_own: PostgresServer, tmp_path: Path
) -> None:
    url = postgres_of_its_own.url("mailbot")
    gate = asyncio.Event()
    async with RemoteMta() as remote:
        server = ServerProcess(tmp_path / "data", url, routes=[way_to(remote)])
        remote.script["EOD"] = [After(gate, "250 2.0.0 Taken")]
        await asyncio.to_thread(server.start)
        try:
            async with client(server) as mailbot:
                message_id, inbox = await send(mailbot)
                await remote.reached("EOD")
                await asyncio.to_thread(postgres_of_its_own.pause)
                gate.set()
                reply = await deliver(server, inbox, "away")
                assert reply.startswith("451 4.3.0")
                await asyncio.to_thread(postgres_of_its_own.resume)
                assert await state_in_the_end(mailbot, message_id) == "delivered"
                await assert_told_once(mailbot, message_id)
        finally:
            assert await asyncio.to_thread(server.stop) == 0
    assert len(remote.transactions) == 1


async def test_a12_while_another_program_locks_the_file_mail_waits_and_is_sent_once(
    tmp_path: Path,
) -> None:
    gate = asyncio.Event()
    async with RemoteMta() as remote:
        server = ServerProcess(tmp_path / "data", routes=[way_to(remote)])
        remote.script["EOD"] = [After(gate, "250 2.0.0 Taken")]
        await asyncio.to_thread(server.start)
        try:
            async with client(server) as mailbot:
                message_id, inbox = await send(mailbot)
                await remote.reached("EOD")
                with closing(sqlite3.connect(server.folder / "mailbot.db")) as other:
                    other.execute("BEGIN IMMEDIATE")
                    gate.set()
                    reply = await deliver(server, inbox, "locked")
                    assert reply.startswith("451 4.3.0")
                    with pytest.raises(UnavailableError):
                        await mailbot.inboxes.create()
                reply = await deliver(server, inbox, "open")
                assert reply.startswith("250")
                assert await state_in_the_end(mailbot, message_id) == "delivered"
                await assert_told_once(mailbot, message_id)
        finally:
            assert await asyncio.to_thread(server.stop) == 0
    assert len(remote.transactions) == 1


def way_to(remote: RemoteMta) -> dict[str, object]:
    return {"domain": "example.com", "host": remote.host, "port": remote.port}


def client(server: ServerProcess) -> AsyncMailBot:
    return AsyncMailBot(api_key=server.api_key, target=server.target, timeout=12)


async def send(mailbot: AsyncMailBot) -> tuple[str, str]:
    """Sends a message; its id and the inbox's address."""
    inbox = await mailbot.inboxes.create()
    sent = await mailbot.messages.send(
        inbox_id=inbox.id, to="c@example.com", subject="Taken", text="Hello"
    )
    return sent.id, inbox.address


async def state_in_the_end(mailbot: AsyncMailBot, message_id: str) -> str:
    async with asyncio.timeout(30):
        while True:
            try:
                message = await mailbot.messages.get(message_id)
            except UnavailableError:
                continue
            state = message.recipients[0].state
            if state in {"delivered", "deferred", "unknown", "failed"}:
                return str(state)
            await asyncio.sleep(0.05)


async def assert_told_once(mailbot: AsyncMailBot, message_id: str) -> None:
    seen: list[str] = []
    async with asyncio.timeout(30):
        async with mailbot.events.subscribe(start="earliest") as events:
            async for event in events:
                if event.message_id == message_id:
                    seen.append(event.type.removeprefix("message."))
                if event.type == "message.delivered":
                    break
    assert seen == ["queued", "attempted", "sent", "delivered"]


async def deliver(server: ServerProcess, address: str, subject: str) -> str:
    text = TEXT.format(subject=subject)
    return await smtp.deliver(server.mx_port, "a@example.com", [address], text)
