"""The database goes away and comes back: 4xx and UNAVAILABLE, then all is as before."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from mailbot import AsyncMailBot, UnavailableError
from tests.flow import smtp
from tests.servers.postgres import PostgresServer, binaries
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(120)]
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


async def deliver(server: ServerProcess, address: str, subject: str) -> str:
    text = TEXT.format(subject=subject)
    return await smtp.deliver(server.mx_port, "a@example.com", [address], text)
