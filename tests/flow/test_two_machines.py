"""Two machines that share nothing but the database: either may be lost or cut off."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from mailbot import AsyncMailBot, MailBotError
from tests.servers import machines
from tests.servers.machines import Machine
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.postgres]

EACH = 10


@pytest.fixture
async def pair(
    tmp_path: Path, postgres_url: str
) -> AsyncIterator[list[tuple[Machine, ServerProcess]]]:
    """Two machines with a server each."""
    if not machines.may_be_made():
        pytest.skip("network namespaces cannot be made here")
    url = urlsplit(postgres_url)
    found: list[tuple[Machine, ServerProcess]] = []
    async with AsyncExitStack() as stack:
        for name in ("a", "b"):
            machine = machines.make()
            stack.callback(machines.unmake, machine)
            port = await stack.enter_async_context(
                machines.forwarding(machine.neighbour, url.port or 5432)
            )
            reached = f"postgresql://mailbot@{machine.neighbour}:{port}{url.path}"
            folder = tmp_path / name / "data"
            server = ServerProcess(
                folder,
                reached,
                machine=machine,
                drain_seconds=2,
                delivery_lease_seconds=30,
            )
            await asyncio.to_thread(folder.parent.mkdir)
            stack.push_async_callback(asyncio.to_thread, server.kill)
            await asyncio.to_thread(server.start)
            found.append((machine, server))
        yield found


async def subjects(client: AsyncMailBot, inbox_id: str) -> Counter[str]:
    listed = client.messages.list(inbox_id=inbox_id, direction="inbound")
    return Counter([message.subject async for message in listed])


async def send(
    client: AsyncMailBot, own: str, to: str, name: str, accepted: list[str]
) -> None:
    """Notes the subjects of what was accepted; ends with the first that was not."""
    for number in range(EACH):
        subject = f"{name}-{number}"
        try:
            await client.messages.send(inbox_id=own, to=to, subject=subject, text="x")
        except MailBotError:
            return
        accepted.append(subject)


async def arrived(
    client: AsyncMailBot, inbox_id: str, wanted: set[str]
) -> Counter[str]:
    """All that is wanted, at the end; what was begun and lost is tried again at once."""
    async with asyncio.timeout(150):
        while not wanted <= set(found := await subjects(client, inbox_id)):
            async for inbox in client.inboxes.list():
                await client.deliveries.retry(inbox_id=inbox.id)
            await asyncio.sleep(0.5)
    return found


async def answering(client: AsyncMailBot, inbox_id: str) -> None:
    """Until a machine that was cut off has given up what it was connected to."""
    async with asyncio.timeout(60):
        while True:
            with suppress(MailBotError):
                await client.inboxes.get(inbox_id)
                return
            await asyncio.sleep(0.5)


@pytest.mark.parametrize("way", ["killed", "cut off"])
async def test_what_one_machine_accepted_the_other_one_delivers(
    pair: list[tuple[Machine, ServerProcess]], postgres_url: str, way: str
) -> None:
    (machine, one), (_, other) = pair
    async with (
        AsyncMailBot(api_key=one.api_key, target=one.target, insecure=True) as there,
        AsyncMailBot(api_key=one.api_key, target=other.target, insecure=True) as here,
    ):
        reader = await here.inboxes.create(username="reader")
        one_id, other_id = [(await here.inboxes.create()).id for _ in range(2)]
        accepted: list[str] = []
        await asyncio.gather(
            send(there, one_id, reader.address, "there", accepted),
            send(here, other_id, reader.address, "here", accepted),
        )
        assert len(accepted) == 2 * EACH
        more: list[str] = []
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            group.create_task(send(there, one_id, reader.address, "last", more))
            while len(more) < EACH // 3:  # noqa: ASYNC110
                await asyncio.sleep(0)
            if way == "killed":
                await asyncio.to_thread(one.kill)
            else:
                machine.cut_off()
        wanted = {*accepted, *more}
        with psycopg.connect(postgres_url) as connection:
            # As if it had been silent for a minute, and its lead over.
            connection.execute("UPDATE node SET seen_at = 0 WHERE name <> ''")
            connection.execute("UPDATE leader SET until = 0")
        found = await arrived(here, reader.id, wanted)
        assert set(found.values()) == {1}
        if way == "cut off":
            machine.connect()
            await answering(there, reader.id)
            after = await arrived(there, reader.id, wanted)
            assert after == await subjects(here, reader.id)
