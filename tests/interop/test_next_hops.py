"""Mail through other people's servers: over their STARTTLS, and their bounces back."""

import asyncio
import email
import email.policy
import shutil
import tempfile
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot import AsyncMailBot, Event
from tests.interop import peers
from tests.interop.peers import DEAD_DOMAIN, DOMAIN, Peer
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.interop, pytest.mark.slow, pytest.mark.timeout(120)]

WAIT_SECONDS = 40
ENDS = {"message.bounced", "message.deferred", "message.unknown", "message.failed"}
TEXT = "Grüße aus Köln, ζ and 日本.\n.a dot first\n" + "and a long line " * 100 + "\n"


@pytest.fixture
def open_folder():
    """A folder that daemons may enter which have stepped down from root."""
    folder = Path(tempfile.mkdtemp(prefix="mailbot-interop-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["postfix", "exim", "opensmtpd"])
async def peer(request, open_folder) -> AsyncIterator[Peer]:
    """One that is not started yet."""
    made = peers.make(request.param, open_folder / "peer")
    yield made
    await asyncio.to_thread(made.stop)


@pytest.fixture
async def server(peer, open_folder) -> AsyncIterator[ServerProcess]:
    """mailbot, with the peer as the next hop of both its domains."""
    ways = [
        {"domain": domain, "host": "127.0.0.1", "port": peer.port}
        for domain in (DOMAIN, DEAD_DOMAIN)
    ]
    made = ServerProcess(open_folder / "data", routes=ways, hostname="mail.example.net")
    await asyncio.to_thread(made.start)
    await asyncio.to_thread(peer.start, made.mx_port)
    await peers.listening(peer)
    yield made
    made.kill()


@pytest.fixture
async def mailbot(server) -> AsyncIterator[AsyncMailBot]:
    async with AsyncMailBot(api_key=server.api_key, target=server.target) as client:
        yield client


async def test_text_beyond_ascii_arrives_over_tls_as_it_was_written(mailbot, peer):
    inbox = await mailbot.inboxes.create(display_name="Jörg")
    sent = await mailbot.messages.send(
        inbox_id=inbox.id, to=f"ann@{DOMAIN}", subject="Grüße ✓", text=TEXT
    )
    event = await until(mailbot, peer, sent.id, "message.delivered")
    assert event.attempt is not None
    assert event.attempt.tls_level == peer.tls_level, peer.output()
    if peer.tls_level != "none":
        assert event.attempt.tls_protocol.startswith("TLSv1.")
    [message] = await stored(peer, 1)
    assert message["Subject"] == "Grüße ✓"
    assert message["Message-ID"] == f"<{sent.rfc822_message_id}>"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == TEXT


async def test_an_international_address_goes_where_smtputf8_is_known(mailbot, peer):
    inbox = await mailbot.inboxes.create()
    recipient = f"jörg@{DOMAIN}"
    sent = await mailbot.messages.send(
        inbox_id=inbox.id, to=recipient, subject="Grüße", text=TEXT
    )
    if not peer.knows_smtputf8:
        event = await until(mailbot, peer, sent.id, "message.bounced")
        assert event.attempt is not None
        assert event.attempt.reply is not None
        assert event.attempt.reply.enhanced_code == "5.6.7"
        return
    await until(mailbot, peer, sent.id, "message.delivered")
    [message] = await stored(peer, 1)
    assert recipient in message["To"]


async def test_many_messages_arrive_once_each(mailbot, peer):
    inbox = await mailbot.inboxes.create()
    sent = [
        await mailbot.messages.send(
            inbox_id=inbox.id, to=f"user{number}@{DOMAIN}", subject="Many", text="Hello"
        )
        for number in range(20)
    ]
    for each in sent:
        await until(mailbot, peer, each.id, "message.delivered")
    messages = await stored(peer, 20)
    found = sorted(message["Message-ID"] for message in messages)
    assert found == sorted(f"<{each.rfc822_message_id}>" for each in sent)


async def test_its_bounce_comes_back_and_is_told_of_the_delivery(mailbot, peer):
    inbox = await mailbot.inboxes.create()
    recipient = f"gone@{DEAD_DOMAIN}"
    sent = await mailbot.messages.send(
        inbox_id=inbox.id, to=recipient, subject="Lost", text="Hello"
    )
    event = await until(mailbot, peer, sent.id, "message.bounced")
    assert event.recipient == recipient
    message = await mailbot.messages.get(sent.id)
    assert [r.state for r in message.recipients] == ["bounced"]
    delivered = [e async for e in mailbot.events.list(types=["message.delivered"])]
    assert [e.message_id for e in delivered] == [sent.id]


async def until(mailbot: AsyncMailBot, peer: Peer, message_id: str, kind: str) -> Event:
    """The first event of this kind about the message; fails on any other end."""
    try:
        async with (
            asyncio.timeout(WAIT_SECONDS),
            mailbot.events.subscribe(start="earliest") as events,
        ):
            async for event in events:
                if event.message_id != message_id:
                    continue
                if event.type == kind:
                    return event
                if event.type in ENDS:
                    pytest.fail(f"{event}\n{peer.output()}")
    except TimeoutError:
        pytest.fail(f"no {kind}: {peer.output()}")
    raise AssertionError


async def stored(peer: Peer, count: int) -> list[EmailMessage]:
    """What the peer has in its maildir, once it is so many messages."""
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            new = peer.maildir / "new"
            while len(found := list(new.iterdir())) < count:  # noqa: ASYNC110 - no news
                await asyncio.sleep(0.05)
    except TimeoutError:
        pytest.fail(f"no message in the maildir: {peer.output()}")
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in found
    ]
