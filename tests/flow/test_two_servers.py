"""Two servers on one PostgreSQL: limits hold over both, and each sees the other's mail."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from mailbot import AsyncMailBot, RateLimitError
from tests.servers.process import ServerProcess

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.postgres,
]

DAILY = 30


@pytest.fixture
async def pair(tmp_path: Path, postgres_url: str):
    """Two processes that share nothing but the database."""
    servers = [
        ServerProcess(tmp_path / name / "data", postgres_url) for name in ("a", "b")
    ]
    for server in servers:
        server.folder.parent.mkdir()
    # The first one makes the account and the keys; the second one finds them.
    try:
        for server in servers:
            await asyncio.to_thread(server.start)
        yield servers
    finally:
        for server in servers:
            await asyncio.to_thread(server.kill)


@pytest.fixture
async def clients(pair):
    first, second = pair
    async with (
        AsyncMailBot(api_key=first.api_key, target=first.target) as one,
        AsyncMailBot(api_key=first.api_key, target=second.target) as other,
    ):
        yield one, other


async def _send(mailbot: AsyncMailBot, inbox_id: str, number: int) -> str:
    try:
        await mailbot.messages.send(
            inbox_id=inbox_id, to="c@example.com", subject=f"{number}", text="x"
        )
    except RateLimitError as refusal:
        return refusal.reason
    return "sent"


async def test_E3_the_minute_is_exact_over_both_servers(clients):
    one, other = clients
    inbox = await one.inboxes.create(username="minute")
    # Whatever minute it is: two of them are fewer than two hundred messages.
    results = Counter(
        await asyncio.gather(
            *(_send((one, other)[n % 2], inbox.id, n) for n in range(200))
        )
    )
    now = await one.inboxes.get(inbox.id)
    assert results["sent"] + results["SEND_RATE_LIMIT"] == 200
    assert results["sent"] == now.usage.sends_today
    assert results["sent"] in {25, 50}
    assert now.usage.sends_this_minute <= 25


async def test_E3_the_day_is_exact_over_both_servers(clients):
    one, other = clients
    inbox = await one.inboxes.create(username="day", daily_send_limit=DAILY)
    people = [f"person{n}@example.com" for n in range(7)]

    async def send(mailbot: AsyncMailBot) -> str:
        try:
            await mailbot.messages.send(
                inbox_id=inbox.id, to=people, subject="s", text="x"
            )
        except RateLimitError as refusal:
            return refusal.reason
        return "sent"

    results = Counter(
        await asyncio.gather(*(send((one, other)[n % 2]) for n in range(20)))
    )
    assert results == {"sent": 4, "DAILY_SEND_LIMIT": 16}
    assert (await other.inboxes.get(inbox.id)).usage.sends_today == 28


async def test_a_message_sent_by_one_server_is_seen_and_delivered_by_either(clients):
    one, other = clients
    sender = await one.inboxes.create(username="sender")
    reader = await other.inboxes.create(username="reader")
    async with (
        asyncio.timeout(30),
        other.events.subscribe(start="earliest", types=["message.received"]) as events,
    ):
        for number in range(10):
            await one.messages.send(
                inbox_id=sender.id, to=reader.address, subject=f"{number}", text="x"
            )
        seen = []
        async for event in events:
            seen.append(event.content.subject)
            if len(seen) == 10:
                break
    assert sorted(seen) == [str(n) for n in range(10)]
