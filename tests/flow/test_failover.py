"""F12: the primary dies, its synchronous standby takes over, and nothing is lost."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from mailbot import AsyncMailBot, Inbox, UnavailableError
from tests.servers.postgres import PostgresServer, Standby, binaries
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.postgres]

EACH = 15


@pytest.fixture
async def pair() -> AsyncIterator[tuple[PostgresServer, Standby]]:
    """A primary whose commits wait for its standby."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    primary = PostgresServer(folder)
    standby = Standby(folder, primary)
    await asyncio.to_thread(primary.start)
    try:
        with psycopg.connect(primary.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE mailbot")
        await asyncio.to_thread(standby.start)
        await asyncio.to_thread(primary.bind_to_standby)
        yield primary, standby
    finally:
        for server in (standby, primary):
            await asyncio.to_thread(server.stop)


async def send(mailbot: AsyncMailBot, own: Inbox, to: str, accepted: list[str]) -> None:
    """Each until it is accepted, and as the same message whatever became of a try."""
    for number in range(EACH):
        subject = f"{own.id}-{number}"
        async with asyncio.timeout(60):
            while subject not in accepted:
                with suppress(UnavailableError):
                    await mailbot.messages.send(
                        inbox_id=own,
                        to=to,
                        subject=subject,
                        text="x",
                        request_id=f"send-{subject}",
                    )
                    accepted.append(subject)


async def arrived(
    mailbot: AsyncMailBot, reader: Inbox, wanted: set[str]
) -> Counter[str]:
    """All that is wanted, at the end; what was begun and lost is tried again at once."""
    async with asyncio.timeout(150):
        while True:
            listed = mailbot.messages.list(inbox_id=reader, direction="inbound")
            found = Counter([message.subject async for message in listed])
            if wanted <= set(found):
                return found
            await mailbot.deliveries.retry(states="deferred")
            await asyncio.sleep(0.2)


async def test_what_was_accepted_is_there_once_and_the_log_goes_on(
    pair: tuple[PostgresServer, Standby], tmp_path: Path
) -> None:
    primary, standby = pair
    hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
    server = ServerProcess(
        tmp_path / "data",
        f"postgresql://mailbot@{hosts}/mailbot",
        # So long lasts what was leased by a commit that nobody confirmed.
        delivery_lease_seconds=30,
    )
    await asyncio.to_thread(server.start)
    try:
        async with AsyncMailBot(
            api_key=server.api_key, target=server.target
        ) as mailbot:
            reader = await mailbot.inboxes.create(username="reader")
            accepted: list[str] = []
            senders = [await mailbot.inboxes.create() for _ in range(2)]
            async with asyncio.TaskGroup() as group:
                for own in senders:
                    group.create_task(send(mailbot, own, reader.address, accepted))
                while len(accepted) < EACH:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
                before = [event.id async for event in mailbot.events.list()]
                await asyncio.to_thread(primary.pause)
                await asyncio.to_thread(standby.promote)
                with psycopg.connect(
                    standby.url("postgres"), autocommit=True
                ) as connection:
                    connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
                    connection.execute("SELECT pg_reload_conf()")
            assert len(accepted) == 2 * EACH
            assert await arrived(mailbot, reader, set(accepted)) == Counter(accepted)
            after = [event.id async for event in mailbot.events.list()]
            # What was read before the primary died is at its place.
            assert after[: len(before)] == before
            assert len(set(after)) == len(after)
    finally:
        assert await asyncio.to_thread(server.stop) == 0
