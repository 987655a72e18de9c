"""The receivers in Python, Node and Go take what the server sends, and nothing else."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mailbot import MailBot
from mailbot_server.core.webhook import signature
from tests.servers.process import ServerProcess

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "webhook_receiver"
OLD, NEW, OTHER = b"0" * 32, b"1" * 32, b"2" * 32
BODY = b'{"type":"message.received","timestamp":"2026-03-02T12:00:00Z","data":{}}'

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture(scope="module", params=["python", "node", "go"])
def program(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """How the receiver in one of the languages is run."""
    if request.param == "python":
        return [sys.executable, str(FOLDER / "receiver.py")]
    tool = shutil.which(request.param)
    if tool is None:
        pytest.skip(f"{request.param} is not installed")
    if request.param == "node":
        return [tool, str(FOLDER / "receiver.mjs")]
    built = tmp_path_factory.mktemp("go") / "receiver"
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod"}
    subprocess.run(
        [tool, "build", "-o", str(built), str(FOLDER / "receiver.go")],
        check=True,
        env=environment,
        cwd=built.parent,
    )
    return [str(built)]


class Receiver:
    """A receiver that runs; its lines are read as they come."""

    def __init__(self, program: list[str], *secrets: str) -> None:
        environment = {**os.environ, "MAILBOT_WEBHOOK_SECRET": " ".join(secrets)}
        self._process = subprocess.Popen(
            [*program, "0"], stdout=subprocess.PIPE, text=True, env=environment
        )
        self.url = f"http://127.0.0.1:{self.line().rsplit(' ', 1)[1]}/hook"

    def line(self) -> str:
        """What it says next."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def post(self, headers: dict[str, str], body: bytes = BODY) -> int:
        """The status with which it answers."""
        request = urllib.request.Request(self.url, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def stop(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def receive(program: list[str]) -> Iterator[Callable[..., Receiver]]:
    """Starts a receiver with these secrets."""
    running: list[Receiver] = []

    def start(*secrets: str) -> Receiver:
        running.append(Receiver(program, *secrets))
        return running[-1]

    yield start
    for each in running:
        each.stop()


def signed(*secrets: bytes, at: int = 0, event_id: str = "evt_1") -> dict[str, str]:
    return signature.fields(secrets, event_id, at or int(time.time()), BODY)


def test_only_what_is_signed_with_its_secret_a_moment_ago_is_taken(receive):
    mine = receive(signature.print_secret(OLD))
    good = signed(OLD)
    assert mine.post(good) == 204
    assert mine.line() == "evt_1 message.received"
    for headers, body in (
        (signed(OTHER), BODY),
        (good, BODY + b" "),
        (good | {"webhook-id": "evt_2"}, BODY),
        (good | {"webhook-timestamp": str(int(time.time()) - 1)}, BODY),
        (signed(OLD, at=int(time.time()) - 3600), BODY),
        (signed(OLD, at=int(time.time()) + 3600), BODY),
        (good | {"webhook-signature": "v1,"}, BODY),
        (good | {"webhook-timestamp": "soon"}, BODY),
        ({}, BODY),
    ):
        assert mine.post(headers, body) == 400
        assert mine.line().startswith("refused")


def test_what_comes_again_is_taken_once(receive):
    mine = receive(signature.print_secret(OLD))
    for event_id in ("evt_1", "evt_1", "evt_2"):
        assert mine.post(signed(OLD, event_id=event_id)) == 204
    assert [mine.line(), mine.line()] == [
        *("evt_1 message.received", "evt_2 message.received")
    ]


def test_during_a_rotation_both_sides_may_be_first(receive):
    """F9."""
    texts = [signature.print_secret(each) for each in (OLD, NEW)]
    for secrets in ([texts[0]], [texts[1]], texts):
        assert receive(*secrets).post(signed(NEW, OLD)) == 204


def test_it_takes_what_a_server_sends(receive, tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "data", webhook_allowed_hosts=["127.0.0.1"])
    server.start()
    try:
        with MailBot(server.api_key, server.target) as bot:
            port = receive(signature.print_secret(OTHER)).url
            made = bot.webhooks.create(port, types="inbox.created")
            mine = receive(made.secret)
            bot.webhooks.update(made.webhook.id, url=mine.url)
            bot.inboxes.create()
            event_id, kind = mine.line().split()
            assert kind == "inbox.created"
            assert bot.events.get(event_id).type == kind
    finally:
        server.kill()
