"""F13: the program of the version before and today's work on one database, together."""

import asyncio
import io
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mailbot import AsyncMailBot
from tests.flow import smtp
from tests.servers.postgres import PostgresServer
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.postgres]

ROOT = Path(__file__).resolve().parents[2]
BEFORE = "3b6968b21b287851ace26191ba972f95fdc3f955"
"""The last commit of the schema of five steps."""

TEXT = "Subject: {subject}\r\nMessage-ID: <{subject}@client.example.com>\r\n\r\nHello"
EACH = 20


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Those of the version before, where the repository has its history."""
    archive = subprocess.run(
        ["git", "archive", BEFORE, "server", "gen/python", "clients/python"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if archive.returncode:
        pytest.skip(f"the repository does not have {BEFORE[:7]}")
    folder = tmp_path / "before"
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(folder, filter="data")
    return folder


@pytest.fixture
def empty_url(postgres: PostgresServer) -> Iterator[str]:
    """A database that no program has prepared."""
    admin = postgres.url("postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("CREATE DATABASE two_versions")
    yield postgres.url("two_versions")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("DROP DATABASE two_versions WITH (FORCE)")


async def subjects(client: AsyncMailBot, inbox_id: str) -> Counter[str]:
    listed = client.messages.list(inbox_id=inbox_id, direction="inbound")
    return Counter([message.subject async for message in listed])


async def arrived(client: AsyncMailBot, inbox_id: str, wanted: Counter[str]) -> None:
    """Waits until all is there, and checks that nothing is there twice."""
    async with asyncio.timeout(60):
        while not wanted <= await subjects(client, inbox_id):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    assert await subjects(client, inbox_id) == wanted


async def test_both_send_receive_and_settle_and_nothing_is_lost(
    tmp_path: Path, sources: Path, empty_url: str
) -> None:
    before = ServerProcess(tmp_path / "a" / "data", empty_url, sources)
    today = ServerProcess(tmp_path / "b" / "data", empty_url)
    for server in (before, today):
        server.folder.parent.mkdir()
    try:
        await asyncio.to_thread(before.start)
        async with AsyncMailBot(api_key=before.api_key, target=before.target) as old:
            await _together(old, before, today)
        assert await asyncio.to_thread(before.stop) == 0
        async with AsyncMailBot(api_key=before.api_key, target=today.target) as new:
            await _alone(new)
    finally:
        for server in (before, today):
            await asyncio.to_thread(server.kill)


async def _together(
    old: AsyncMailBot, before: ServerProcess, today: ServerProcess
) -> None:
    sender = await old.inboxes.create(username="sender")
    reader = await old.inboxes.create(username="reader")
    sent: list[str] = []

    async def send(client: AsyncMailBot, name: str) -> None:
        for number in range(EACH):
            subject = f"{name}-{number}"
            # Below the limit of a minute.
            own = await client.inboxes.create()
            await client.messages.send(
                inbox_id=own.id, to=reader.address, subject=subject, text="x"
            )
            sent.append(subject)

    async def receive(server: ServerProcess, name: str) -> None:
        for number in range(EACH):
            subject = f"{name}-{number}"
            reply = await smtp.deliver(
                server.mx_port,
                "a@example.com",
                [reader.address],
                TEXT.format(subject=subject),
            )
            assert reply.startswith("250")
            sent.append(subject)

    # The schema changes under the one that works on it.
    async with asyncio.TaskGroup() as group:
        group.create_task(send(old, "meanwhile-sent"))
        group.create_task(receive(before, "meanwhile-received"))
        await asyncio.to_thread(today.start)
    async with AsyncMailBot(api_key=before.api_key, target=today.target) as new:
        async with asyncio.TaskGroup() as group:
            group.create_task(send(old, "sent-by-old"))
            group.create_task(send(new, "sent-by-new"))
            group.create_task(receive(before, "received-by-old"))
            group.create_task(receive(today, "received-by-new"))
        await arrived(new, reader.id, Counter(sent))
        # The one sees what the other one wrote, and the log is one.
        assert await subjects(old, reader.id) == Counter(sent)
        by_new = [event.id async for event in new.events.list()]
        by_old = [event.id async for event in old.events.list()]
        assert by_new[: len(by_old)] == by_old
        assert (await new.inboxes.get(sender.id)).etag


async def _alone(new: AsyncMailBot) -> None:
    """The version before is gone, and what it has left is today's."""
    inbox = await new.inboxes.create()
    [reader] = [each async for each in new.inboxes.list() if each.username == "reader"]
    await new.messages.send(
        inbox_id=inbox.id, to=reader.address, subject="after", text="x"
    )
    wanted = await subjects(new, reader.id) | Counter(["after"])
    await arrived(new, reader.id, wanted)
