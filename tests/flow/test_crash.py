"""Kill -9 at the worst moments: nothing that was acknowledged is lost."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from mailbot import AsyncMailBot, Event
from tests.fakes.remote_mta import After, RemoteMta
from tests.flow import smtp
from tests.flow.conftest import MakeServer
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

TEXT = "Subject: {subject}\r\nMessage-ID: <{subject}@client.example.com>\r\n\r\nHello"
LEASE_SECONDS = 2


@asynccontextmanager
async def client(server: ServerProcess) -> AsyncIterator[AsyncMailBot]:
    async with AsyncMailBot(api_key=server.api_key, target=server.target) as mailbot:
        yield mailbot


async def start(server: ServerProcess) -> None:
    await asyncio.to_thread(server.start)


async def restart(server: ServerProcess) -> None:
    await asyncio.to_thread(server.kill)
    await start(server)


async def subjects(mailbot: AsyncMailBot, inbox_id: str) -> Counter[str]:
    return Counter(
        [
            message.subject
            async for message in mailbot.messages.list(
                inbox_id=inbox_id, direction="inbound"
            )
        ]
    )


async def events_until(mailbot: AsyncMailBot, last: str) -> list[Event]:
    seen: list[Event] = []
    async with (
        asyncio.timeout(40),
        mailbot.events.subscribe(start="earliest") as events,
    ):
        async for event in events:
            seen.append(event)
            if event.type == last:
                return seen
    return seen


async def test_killed_during_data_leaves_nothing_and_the_retry_arrives_once(
    make_server: MakeServer,
) -> None:
    server = make_server()
    await start(server)
    async with client(server) as mailbot:
        inbox = await mailbot.inboxes.create()
    reader, writer = await smtp.open_session(server.mx_port)
    for line in ("MAIL FROM:<a@example.com>", f"RCPT TO:<{inbox.address}>", "DATA"):
        await smtp.command(reader, writer, line)
    writer.write(b"Subject: half\r\n\r\nThis never ends")
    await writer.drain()
    await restart(server)
    writer.close()
    text = TEXT.format(subject="half")
    reply = await smtp.deliver(server.mx_port, "a@example.com", [inbox.address], text)
    assert reply.startswith("250")
    async with client(server) as mailbot:
        assert await subjects(mailbot, inbox.id) == {"half": 1}


async def test_killed_right_after_250_the_message_is_there(
    make_server: MakeServer,
) -> None:
    server = make_server()
    await start(server)
    async with client(server) as mailbot:
        inbox = await mailbot.inboxes.create()
    text = TEXT.format(subject="kept")
    reply = await smtp.deliver(server.mx_port, "a@example.com", [inbox.address], text)
    assert reply.startswith("250")
    await restart(server)
    async with client(server) as mailbot:
        assert await subjects(mailbot, inbox.id) == {"kept": 1}
        kept = [m async for m in mailbot.messages.list(inbox_id=inbox.id)]
        raw = await mailbot.messages.raw(kept[0].id)
    assert raw.endswith(text.replace("Hello", "Hello\r\n").encode())


async def test_killed_right_after_send_answered_the_message_is_delivered_once(
    make_server: MakeServer,
) -> None:
    async with RemoteMta() as remote:
        server = make_server(
            routes=[
                {"domain": "example.com", "host": "127.0.0.1", "port": remote.port}
            ],
            delivery_lease_seconds=LEASE_SECONDS,
        )
        gate = asyncio.Event()
        remote.script["MAIL"] = [After(gate, "250 OK")]
        await start(server)
        async with client(server) as mailbot:
            inbox = await mailbot.inboxes.create()
            sent = await mailbot.messages.send(
                inbox_id=inbox.id, to="c@example.com", subject="kept", text="Hello"
            )
        await restart(server)
        gate.set()
        async with client(server) as mailbot:
            state = ""
            async with asyncio.timeout(40):
                while state not in {"delivered", "deferred"}:
                    await asyncio.sleep(0.1)
                    message = await mailbot.messages.get(sent.id)
                    state = message.recipients[0].state
        # Killed before its data was sent, the attempt may be tried again or be unknown.
        assert len(remote.accepted) <= 1
        if state == "delivered":
            assert len(remote.accepted) == 1


async def test_killed_between_attempt_and_settle_is_visible_as_unknown(
    make_server: MakeServer,
) -> None:
    async with RemoteMta() as remote:
        server = make_server(
            routes=[
                {"domain": "example.com", "host": "127.0.0.1", "port": remote.port}
            ],
            delivery_lease_seconds=LEASE_SECONDS,
        )
        gate = asyncio.Event()
        remote.script["EOD"] = [After(gate, "250 2.0.0 Queued")]
        await start(server)
        async with client(server) as mailbot:
            inbox = await mailbot.inboxes.create()
            sent = await mailbot.messages.send(
                inbox_id=inbox.id, to="c@example.com", subject="?", text="Hello"
            )
        async with asyncio.timeout(20):
            await remote.reached("EOD")
        await restart(server)
        gate.set()
        async with client(server) as mailbot:
            seen = await events_until(mailbot, "message.unknown")
            message = await mailbot.messages.get(sent.id)
        assert [e.type for e in seen if e.delivery_id][-1] == "message.unknown"
        assert message.recipients[0].state == "deferred"
        assert len(remote.transactions) == 1


async def test_nothing_acknowledged_is_lost_over_many_kills(
    make_server: MakeServer,
) -> None:
    chance = random.Random(4)
    async with RemoteMta() as remote:
        server = make_server(
            routes=[
                {"domain": "example.com", "host": "127.0.0.1", "port": remote.port}
            ],
            delivery_lease_seconds=LEASE_SECONDS,
        )
        await start(server)
        async with client(server) as mailbot:
            inbox = await mailbot.inboxes.create()
        received: list[str] = []
        sent: list[str] = []
        for cycle in range(4):
            work = [
                asyncio.create_task(_receive(server, inbox.address, cycle, n, received))
                for n in range(4)
            ]
            work.append(asyncio.create_task(_send(server, inbox.id, cycle, sent)))
            await asyncio.sleep(chance.uniform(0.2, 0.7))
            await asyncio.to_thread(server.kill)
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
            await start(server)
        assert received
        assert sent
        async with client(server) as mailbot:
            kept = await subjects(mailbot, inbox.id)
            await _settled(mailbot, inbox.id)
            unknown = 0
            async for event in mailbot.events.list(types=["message.unknown"]):
                unknown += bool(event.id)
        assert set(received) <= set(kept)
        assert all(kept[subject] == 1 for subject in received)
        copies = Counter(_subject(t.data) for t in remote.accepted)
        assert sum(copies.values()) - len(copies) <= unknown


async def _receive(
    server: ServerProcess, address: str, cycle: int, lane: int, done: list[str]
) -> None:
    for number in range(1000):
        subject = f"in-{cycle}-{lane}-{number}"
        text = TEXT.format(subject=subject)
        reply = await smtp.deliver(server.mx_port, "a@example.com", [address], text)
        if reply.startswith("250"):
            done.append(subject)


async def _send(
    server: ServerProcess, inbox_id: str, cycle: int, done: list[str]
) -> None:
    async with client(server) as mailbot:
        for number in range(5):
            message = await mailbot.messages.send(
                inbox_id=inbox_id,
                to=f"c{number}@example.com",
                subject=f"out-{cycle}-{number}",
                text="Hello",
            )
            done.append(message.id)


async def _settled(mailbot: AsyncMailBot, inbox_id: str) -> None:
    """Waits until no delivery is queued or leased."""
    async with asyncio.timeout(40):
        while True:
            states = {
                recipient.state
                async for message in mailbot.messages.list(
                    inbox_id=inbox_id, direction="outbound"
                )
                for recipient in message.recipients
            }
            if not states & {"queued", "leased"}:
                return
            await asyncio.sleep(0.2)


def _subject(data: bytes) -> str:
    line = next(x for x in data.splitlines() if x.startswith(b"Subject: "))
    return line.decode()


async def test_sigterm_lets_data_that_is_under_way_finish(
    make_server: MakeServer,
) -> None:
    server = make_server()
    await start(server)
    async with client(server) as mailbot:
        inbox = await mailbot.inboxes.create()
    reader, writer = await smtp.open_session(server.mx_port)
    for line in ("MAIL FROM:<a@example.com>", f"RCPT TO:<{inbox.address}>", "DATA"):
        await smtp.command(reader, writer, line)
    writer.write(b"Subject: slow\r\n\r\n")
    await writer.drain()
    server.signal(signal.SIGTERM)
    writer.write(b"the rest\r\n.\r\n")
    assert (await smtp.answer(reader)).startswith("250")
    writer.close()
    assert await asyncio.to_thread(server.wait) == 0
    await asyncio.to_thread(server.stop)
    await start(server)
    async with client(server) as mailbot:
        assert await subjects(mailbot, inbox.id) == {"slow": 1}


async def test_a_subscription_goes_on_over_a_kill_without_gap_or_repeat(
    make_server: MakeServer,
) -> None:
    server = make_server()
    await start(server)
    async with client(server) as mailbot:
        inbox = await mailbot.inboxes.create()
        positions: list[int] = []
        async with mailbot.events.subscribe(start="earliest") as events:
            await events.ready()
            for number in range(6):
                if number == 3:
                    await restart(server)
                text = TEXT.format(subject=f"m{number}")
                await smtp.deliver(
                    server.mx_port, "a@example.com", [inbox.address], text
                )
            async with asyncio.timeout(40):
                async for event in events:
                    positions.append(event.position)
                    if len(positions) == 1 + 2 * 6:
                        break
    assert positions == list(range(1, 14))
