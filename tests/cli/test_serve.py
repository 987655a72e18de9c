"""`mailbot serve` and `mailbot migrate` as processes: how they start, and how they end."""

import contextlib
import os
import pty
import re
import resource
import signal
import smtplib
import socket
import ssl
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from time import monotonic
from typing import Any

import grpc
import pytest

from mailbot import AuthError, MailBot, MailBotError
from tests.fakes.certificate import der_of, self_signed
from tests.fakes.smtp_peer import unchecked
from tests.servers.process import ServerProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

WAIT_SECONDS = 60
SECRET = re.compile(r"mb_[0-9a-z]{10}_[0-9A-Za-z]{20,}")


def environment(folder: Path, **settings: Any) -> dict[str, str]:
    """Free ports everywhere, nothing of whoever runs the tests."""
    known = {
        **{k: v for k, v in os.environ.items() if not k.startswith("MAILBOT_")},
        "MAILBOT_DATA_DIR": str(folder / "data"),
        "MAILBOT_GRPC_PORT": "0",
        "MAILBOT_MX_PORT": "0",
        "MAILBOT_SUBMISSION_PORT": "0",
        "MAILBOT_OPERATOR_PORT": "0",
    }
    return {**known, **{f"MAILBOT_{k.upper()}": str(v) for k, v in settings.items()}}


def run(
    folder: Path, command: str, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "mailbot_server", command],
        env=environment(folder, **settings),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=False,
    )


@pytest.fixture
def make_server(tmp_path):
    """Makes servers that end with the test."""
    made = []

    def make(name: str = "data", **settings: Any) -> ServerProcess:
        server = ServerProcess(tmp_path / name, by_shell=True, **settings)
        made.append(server)
        return server

    yield make
    for server in made:
        server.kill()


def fetched(server: ServerProcess, path: str) -> tuple[int, str]:
    """Status and text of a page of the operator's port."""
    url = f"http://127.0.0.1:{server.operator_port}{path}"
    try:
        with urllib.request.urlopen(url, timeout=WAIT_SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


# --- a life ----------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_starts_serves_and_ends_with_zero(make_server, number):
    server = make_server()
    server.start()
    with MailBot(server.api_key, server.target) as mailbot:
        assert mailbot.account.get().display_name == "default"
    assert fetched(server, "/healthz")[0] == 200
    assert fetched(server, "/readyz")[0] == 200
    assert "mailbot_build_info" in fetched(server, "/metrics")[1]
    server.signal(number)
    assert server.wait() == 0


def test_a_hang_up_renews_certificates_and_ends_nothing(make_server, tmp_path):
    path = self_signed(tmp_path, "mx.example.com")
    server = make_server(smtp_tls_cert=str(path), smtp_tls_key=str(path))
    server.start()
    assert shown(server) == der_of(path)
    renewed = self_signed(tmp_path, "other.example.com")
    renewed.replace(path)
    server.signal(signal.SIGHUP)
    deadline = monotonic() + WAIT_SECONDS
    while shown(server) != der_of(path):
        assert monotonic() < deadline
    with MailBot(server.api_key, server.target) as mailbot:
        assert mailbot.account.get().display_name == "default"
    assert server.stop() == 0


def test_it_may_open_as_many_files_as_the_system_lets_it(make_server):
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    server = make_server()
    resource.setrlimit(resource.RLIMIT_NOFILE, (most // 2, most))
    try:
        server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))
    assert resource.prlimit(server.pid, resource.RLIMIT_NOFILE) == (most, most)


def shown(server: ServerProcess) -> bytes:
    """The certificate of the MX port."""
    with smtplib.SMTP("127.0.0.1", server.mx_port, timeout=20) as client:
        client.starttls(context=unchecked())
        assert isinstance(client.sock, ssl.SSLSocket)
        return client.sock.getpeercert(binary_form=True) or b""


def test_the_banner_says_where_everything_is(make_server):
    server = make_server()
    server.start()
    for words in (
        "mailbot is ready.",
        f"gRPC API      127.0.0.1:{server.grpc_port}",
        f"SMTP (MX)     127.0.0.1:{server.mx_port}",
        f"submission    127.0.0.1:{server.submission_port}, 127.0.0.1:",
        f"metrics       http://127.0.0.1:{server.operator_port}/metrics",
        f"data folder   {server.folder}",
        f"API key       {server.folder / 'default.key'}",
        f"operator key  {server.folder / 'operator.key'}",
        "hostname      not set",
    ):
        assert words in server.banner


def test_the_snippet_in_the_banner_runs(make_server, tmp_path):
    server = make_server()
    server.start()
    _, _, rest = server.banner.partition("Try it from Python (")
    python, _, rest = rest.partition("):\n")
    assert python == sys.executable
    code = rest.partition("Stop with")[0]
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        cwd=tmp_path,
        check=False,
    )
    assert found.stderr == ""
    assert re.fullmatch(r"\S+@mailbot\.localhost wrote: It works\.\s+", found.stdout)


def test_a_server_comes_back_with_what_it_had(make_server):
    server = make_server()
    server.start()
    key = server.api_key
    with MailBot(key, server.target) as mailbot:
        inbox = mailbot.inboxes.create(username="kept")
        events = [event.id for event in mailbot.events.list()]
    assert server.stop() == 0
    server.start()
    assert server.api_key == key
    with MailBot(key, server.target) as mailbot:
        assert mailbot.inboxes.get(inbox.id).address == inbox.address
        assert [event.id for event in mailbot.events.list()] == events


# --- secrets ---------------------------------------------------------------------------


def test_keys_are_in_files_for_their_owner_and_nowhere_else(make_server, tmp_path):
    server = make_server(log_level="debug")
    server.start()
    for name in ("default.key", "operator.key", "server.key"):
        assert stat.S_IMODE((server.folder / name).stat().st_mode) == 0o600
    assert not SECRET.search(server.banner)
    with pytest.raises(AuthError), MailBot("mb_wrong", server.target) as mailbot:
        mailbot.account.get()
    assert server.stop() == 0
    assert not SECRET.search((tmp_path / "stderr.txt").read_text())


def test_the_first_start_shows_the_key_to_a_terminal(tmp_path):
    """And the second start does not."""
    for shown in (True, False):
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "mailbot_server", "serve"],
            env=environment(tmp_path, log_level="error"),
            stdout=theirs,
            stderr=subprocess.PIPE,
        ) as process:
            os.close(theirs)
            text = ""
            while "Stop with" not in text:
                text += os.read(ours, 4096).decode()
            process.send_signal(signal.SIGTERM)
            assert process.wait(WAIT_SECONDS) == 0
        os.close(ours)
        key = (tmp_path / "data" / "default.key").read_text().strip()
        assert (key in text) == shown
        assert (tmp_path / "data" / "operator.key").read_text().strip() not in text


CONTENT = {
    *("carol.secret", "confidential-subject", "confidential-body", "Dr. Confidential"),
    *("confidential.txt", "confidential-label", "confidential-value"),
}


def test_logs_hold_no_addresses_subjects_bodies_or_keys(make_server, tmp_path):
    """At the finest level, over a whole conversation with its mistakes."""
    server = make_server(log_level="debug", log_json=True)
    server.start()
    with MailBot(server.api_key, server.target) as mailbot:
        inbox = mailbot.inboxes.create(
            username="carol.secret", display_name="Dr. Confidential"
        )
        other = mailbot.inboxes.create()
        with mailbot.events.subscribe(types="message.parsed") as events:
            events.ready()
            for to in (other.address, "carol.secret@example.com", "carol.secret@"):
                _try(
                    mailbot.messages.send,
                    inbox_id=inbox.id,
                    to=to,
                    subject="confidential-subject",
                    text="confidential-body",
                    labels=["confidential-label"],
                    metadata={"k": "confidential-value"},
                    attachments=[("confidential.txt", b"x")],
                )
            received = next(iter(events))
        mailbot.messages.get(received.message_id)
        _try(mailbot.inboxes.get, "carol.secret@example.com")
    _speak(server.mx_port, inbox.address)
    assert server.stop() == 0
    logged = (tmp_path / "stderr.txt").read_text()
    assert "message_queued" in logged
    for words in (*CONTENT, inbox.address, other.address.partition("@")[0]):
        assert words not in logged, words
    assert not SECRET.search(logged)


def _try(call: Any, *arguments: Any, **fields: Any) -> None:
    """What the client is told is not the question here."""
    with contextlib.suppress(MailBotError):
        call(*arguments, **fields)


def _speak(port: int, address: str) -> None:
    """Offers mail by SMTP: to nobody, badly, and well."""
    dialogue = (
        "EHLO client.example.org\r\nMAIL FROM:<carol.secret@example.com>\r\n"
        "RCPT TO:<carol.secret-nobody@example.com>\r\nNONSENSE carol.secret\r\n"
        f"RCPT TO:<{address}>\r\nDATA\r\n"
    )
    message = (
        "From: Dr. Confidential <carol.secret@example.com>\r\n"
        "Subject: confidential-subject\r\n\r\nconfidential-body\r\n.\r\nQUIT\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), WAIT_SECONDS) as peer:
        for lines in (*dialogue.splitlines(keepends=True), message):
            peer.recv(4096)
            peer.sendall(lines.encode())
        while peer.recv(4096):
            pass


# --- what keeps a server from starting -------------------------------------------------


@pytest.mark.parametrize("name", ["grpc", "mx", "operator"])
def test_a_taken_port_ends_with_a_sentence_that_names_it(tmp_path, name):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run(tmp_path, "serve", **{f"{name}_port": port})
    assert ended.returncode == 2
    last = ended.stderr.splitlines()[-1]
    assert last.startswith(f"mailbot: cannot start: {name}_host, {name}_port: ")
    assert str(port) in last
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("command", ["serve", "migrate"])
@pytest.mark.parametrize(
    ("name", "value"), [("grpc_port", "x"), ("server_key", "short"), ("routes", "x")]
)
def test_bad_settings_end_with_their_sentence(tmp_path, command, name, value):
    ended = run(tmp_path, command, **{name: value})
    assert ended.returncode == 2
    assert re.fullmatch(rf"(?i)mailbot: (MAILBOT_)?{name}: must .+\n", ended.stderr)


CANNOT = {
    "folder": ({"data_dir": "/dev/null/x"}, "data_dir: /dev/null/x cannot be used"),
    "database": (
        {
            "database_url": "postgresql://nobody:s3cret@127.0.0.1:1/x",
            "server_key": "k" * 32,
        },
        "the database cannot be opened",
    ),
}


@pytest.mark.parametrize(
    ("command", "verb"), [("serve", "start"), ("migrate", "migrate")]
)
@pytest.mark.parametrize("name", CANNOT)
def test_what_cannot_be_used_is_told_in_a_sentence(tmp_path, command, verb, name):
    settings, sentence = CANNOT[name]
    ended = run(tmp_path, command, **settings)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"mailbot: cannot {verb}: {sentence}")
    assert ended.stderr.count("\n") == 1
    assert "s3cret" not in ended.stderr


def test_a_resolver_that_is_none_is_told_in_a_sentence(tmp_path):
    ended = run(tmp_path, "serve", dns_servers='["x"]')
    assert ended.returncode == 2
    assert ended.stderr.startswith("mailbot: cannot start: dns_servers: 'x' is not")


def test_a_misspelt_variable_is_told_and_the_server_starts(tmp_path):
    ended = run(tmp_path, "migrate", grpc_prot="1")
    assert ended.returncode == 0
    sentence = "mailbot: MAILBOT_GRPC_PROT is not a setting and has no effect\n"
    assert ended.stderr == sentence


def test_a_folder_has_one_server(make_server, tmp_path):
    """Neither a second one nor a migration comes beside it."""
    make_server().start()
    for command in ("serve", "migrate"):
        ended = run(tmp_path, command)
        assert ended.returncode == 2
        assert ended.stderr == (
            f"mailbot: cannot {'start' if command == 'serve' else 'migrate'}:"
            f" another mailbot process uses the folder {tmp_path / 'data'}\n"
        )


def test_a_server_that_was_killed_leaves_nothing_in_the_way(make_server):
    server = make_server()
    server.start()
    server.kill()
    server.start()
    assert fetched(server, "/readyz")[0] == 200


def test_a_server_key_that_is_damaged_is_told(tmp_path):
    assert run(tmp_path, "migrate").returncode == 0
    (tmp_path / "data" / "server.key").write_text("damaged")
    ended = run(tmp_path, "serve")
    assert ended.returncode == 2
    assert "server.key does not hold a server key" in ended.stderr


# --- migrating -------------------------------------------------------------------------


def test_a_database_is_prepared_once(tmp_path):
    first, second = (run(tmp_path, "migrate") for _ in range(2))
    assert re.fullmatch(r"\d+ steps: .+\n", first.stdout)
    assert second.stdout == "nothing to do\n"
    assert (first.returncode, second.returncode) == (0, 0)


# --- stopping --------------------------------------------------------------------------


def test_open_streams_are_told_before_the_server_ends(make_server):
    server = make_server(drain_seconds=10)
    server.start()
    from mailbot.v1 import events_pb2, events_pb2_grpc

    with grpc.insecure_channel(server.target) as channel:
        stub = events_pb2_grpc.EventServiceStub(channel)
        stream = stub.Subscribe(
            events_pb2.SubscribeRequest(),
            metadata=(("authorization", f"Bearer {server.api_key}"),),
        )
        next(stream)
        server.signal(signal.SIGTERM)
        with pytest.raises(grpc.RpcError) as caught:
            list(stream)
        assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
        assert "stopping" in str(caught.value.details())
    assert server.wait() == 0
