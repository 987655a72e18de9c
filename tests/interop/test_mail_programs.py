"""Mail that other people's programs hand in: with STARTTLS, and with TLS at once."""

import asyncio
import email
import email.policy
import json
import shutil
import smtplib
import ssl
import subprocess
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot import AsyncMailBot, Event, Inbox
from tests.clients.example_run import UNREACHABLE
from tests.fakes.remote_mta import RemoteMta
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.interop, pytest.mark.slow, pytest.mark.timeout(120)]

NODEMAILER = "nodemailer@10.6.0"
SCRIPT = Path(__file__).with_name("nodemailer.mjs")
TO = "customer@example.com"
WAIT_SECONDS = 30
TLS = ["starttls", "implicit"]
CONTENT = """\
From: {sender}
To: customer@example.com
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Message-ID: <order-7@shop.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Grüße aus Köln.
.a dot first
"""
SENT = ["message.queued", "message.attempted", "message.sent", "message.delivered"]


@pytest.fixture
async def remote() -> AsyncIterator[RemoteMta]:
    """Where mail for example.com goes."""
    async with RemoteMta("8BITMIME", "SMTPUTF8") as mta:
        yield mta


@pytest.fixture
async def server(remote, tmp_path) -> AsyncIterator[ServerProcess]:
    """mailbot, with the remote host as the next hop."""
    way = {"domain": "example.com", "host": "127.0.0.1", "port": remote.port}
    made = ServerProcess(tmp_path / "data", routes=[way])
    await asyncio.to_thread(made.start)
    yield made
    await asyncio.to_thread(made.kill)


@pytest.fixture
async def mailbot(server) -> AsyncIterator[AsyncMailBot]:
    async with AsyncMailBot(api_key=server.api_key, target=server.target) as client:
        yield client


@pytest.fixture
async def inbox(mailbot) -> Inbox:
    made: Inbox = await mailbot.inboxes.create(username="shop")
    return made


def port_of(server: ServerProcess, tls: str) -> int:
    return server.submission_port if tls == "starttls" else server.submissions_port


async def run(*command: str, said: str = "") -> str:
    """What a program prints; it has to succeed."""

    def call() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            input=said,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    ended = await asyncio.to_thread(call)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


async def delivered(mailbot: AsyncMailBot, count: int = 1) -> list[Event]:
    """The whole log, once so many deliveries have arrived."""
    seen = []
    async with asyncio.timeout(WAIT_SECONDS):
        async with mailbot.events.subscribe(start="earliest") as events:
            async for event in events:
                if event.type.startswith("message."):
                    seen.append(event)
                count -= event.type == "message.delivered"
                if not count:
                    return seen
    return seen


def read(raw: bytes) -> EmailMessage:
    made = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(made, EmailMessage)
    return made


def text_of(raw: bytes) -> str:
    body = read(raw).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("tls", TLS)
async def test_smtplib_hands_in_and_events_are_those_of_send(
    server, mailbot, inbox, remote, tls
):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE

    def hand_in() -> None:
        if tls == "implicit":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                "127.0.0.1", server.submissions_port, timeout=20, context=context
            )
        else:
            client = smtplib.SMTP("127.0.0.1", server.submission_port, timeout=20)
            client.starttls(context=context)
        with client:
            client.login(inbox.address, server.api_key)
            raw = CONTENT.format(sender=inbox.address).replace("\n", "\r\n").encode()
            for _ in range(2):
                options = ["BODY=8BITMIME", "RET=HDRS", "ENVID=e1"]
                client.sendmail(inbox.address, [TO], raw, options, ["NOTIFY=FAILURE"])

    await asyncio.to_thread(hand_in)
    events = await delivered(mailbot)
    assert [event.type for event in events] == SENT
    [taken] = remote.accepted
    assert text_of(taken.data) == "Grüße aus Köln.\n.a dot first\n"
    assert b"Message-ID: <order-7@shop.example>" in taken.data
    assert taken.recipients == [f"<{TO}>"]
    message = await mailbot.messages.get(events[0].message_id)
    assert (message.subject, message.direction) == ("Grüße", "outbound")
    assert message.rfc822_message_id == "order-7@shop.example"


@pytest.mark.parametrize("tls", TLS)
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
async def test_swaks(server, mailbot, inbox, remote, tls, mechanism):
    if not shutil.which("swaks"):
        pytest.skip("swaks is not installed")
    output = await run(
        *("swaks", "--server", "127.0.0.1", "--port", str(port_of(server, tls))),
        *("--tls" if tls == "starttls" else "--tls-on-connect",),
        *("--auth", mechanism, "--auth-user", inbox.address),
        *("--auth-password", server.api_key, "--from", inbox.address, "--to", TO),
        *("--h-Subject", "Hello from swaks", "--body", "How are you?"),
    )
    events = await delivered(mailbot)
    assert f"250 2.0.0 Ok: queued as {events[0].message_id}" in output
    [taken] = remote.accepted
    assert read(taken.data)["Subject"] == "Hello from swaks"


@pytest.mark.parametrize("tls", TLS)
async def test_msmtp(server, mailbot, inbox, remote, tmp_path, tls):
    if not shutil.which("msmtp"):
        pytest.skip("msmtp is not installed")
    config = tmp_path / "msmtprc"
    config.touch(0o600)
    config.write_text(
        f"account default\nhost 127.0.0.1\nport {port_of(server, tls)}\n"
        f"tls on\ntls_starttls {'on' if tls == 'starttls' else 'off'}\n"
        f"tls_certcheck off\nauth on\nuser {inbox.address}\n"
        f"password {server.api_key}\nfrom {inbox.address}\n"
        "dsn_notify failure,delay\ndsn_return headers\n"
    )
    said = CONTENT.format(sender=inbox.address)
    for _ in range(2):
        await run("msmtp", f"--file={config}", TO, said=said)
    assert [event.type for event in await delivered(mailbot)] == SENT
    [taken] = remote.accepted
    assert text_of(taken.data) == "Grüße aus Köln.\n.a dot first\n"


@pytest.fixture(scope="module")
def node_program(tmp_path_factory) -> Path:
    """The script beside nodemailer, from npm's registry; skips where that is away."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    folder: Path = tmp_path_factory.mktemp("nodemailer")
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
    ended = subprocess.run(
        [*install, "--no-save", NODEMAILER],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    output = ended.stdout + ended.stderr
    if ended.returncode and UNREACHABLE.search(output):
        pytest.skip(f"npm's packages are out of reach: {output.splitlines()[-1]}")
    assert ended.returncode == 0, output
    return Path(shutil.copy(SCRIPT, folder))


@pytest.mark.parametrize("tls", TLS)
async def test_nodemailer(node_program, server, mailbot, inbox, remote, tls):
    wanted = {
        "port": port_of(server, tls),
        "secure": tls == "implicit",
        "user": inbox.address,
        "pass": server.api_key,
        "to": TO,
    }
    output = await run("node", str(node_program), json.dumps(wanted))
    events = await delivered(mailbot, 2)
    assert output.strip() == f"250 2.0.0 Ok: queued as {events[0].message_id}"
    message = await mailbot.messages.get(events[0].message_id)
    assert message.subject == "Grüße ✓"
    assert [each.address for each in message.bcc] == ["blind@example.com"]
    assert [each.filename for each in message.attachments] == ["ü.txt"]
    assert len(remote.accepted) == 2
    for taken in remote.accepted:
        assert b"blind@example.com" not in taken.data
        assert text_of(taken.data) == "Grüße aus Köln.\n.a dot first\n"
