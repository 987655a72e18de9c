"""The process that writes to SQLite is killed under load: mail goes on, none is lost."""

import asyncio
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from mailbot import AsyncMailBot
from tests.flow import smtp
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

TEXT = "Subject: {subject}\r\nMessage-ID: <{subject}@client.example.com>\r\n\r\nHello"
LANES = 4
KILLS = 3


async def deliver(server: ServerProcess, to: str, subject: str) -> str:
    text = TEXT.format(subject=subject)
    return await smtp.deliver(server.mx_port, "a@example.com", [to], text)


async def test_a_killed_writer_costs_451_and_the_server_goes_on(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "data")
    await asyncio.to_thread(server.start)
    try:
        async with AsyncMailBot(
            api_key=server.api_key, target=server.target
        ) as mailbot:
            await _load_and_kill(server, mailbot)
    finally:
        await asyncio.to_thread(server.kill)


async def _load_and_kill(server: ServerProcess, mailbot: AsyncMailBot) -> None:
    inbox = await mailbot.inboxes.create()
    accepted, answers = set[str](), Counter[str]()
    is_over = asyncio.Event()

    async def lane(name: int) -> None:
        number = 0
        while not is_over.is_set():
            number += 1
            reply = await deliver(server, inbox.address, f"l{name}n{number}")
            answers[reply[:3]] += 1
            if reply.startswith("250"):
                accepted.add(f"l{name}n{number}")

    lanes = [asyncio.create_task(lane(name)) for name in range(LANES)]
    for _ in range(KILLS):
        goal = len(accepted) + 20
        while len(accepted) < goal:  # noqa: ASYNC110 - nothing announces it
            await asyncio.sleep(0)
        [writer] = server.children
        os.kill(writer, signal.SIGKILL)
    while len(accepted) < goal + 20:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0)
    is_over.set()
    await asyncio.gather(*lanes)
    kept = Counter(
        [message.subject async for message in mailbot.messages.list(inbox_id=inbox.id)]
    )
    assert all(kept[subject] == 1 for subject in accepted)
    assert set(answers) <= {"250", "451"}
    assert sum(kept.values()) - len(accepted) <= answers["451"]


async def test_the_writer_ends_with_its_server(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "data")
    await asyncio.to_thread(server.start)
    [writer] = server.children
    assert await asyncio.to_thread(server.stop) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(writer, 0)
