"""The plugin in a pytest of its own: fixtures, reports, options, and the example."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailbot import MailBot

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
OWN = """
import smtplib

def post(server, address, subject):
    mail = f"From: shop@example.com\\r\\nSubject: {subject}\\r\\n\\r\\nHello\\r\\n"
    with smtplib.SMTP(*server.mx_address) as smtp:
        smtp.sendmail("shop@example.com", [address], mail)
"""


def run(folder: Path, *options: str, **environment: str) -> tuple[int, str]:
    """The exit code and the output of pytest in that folder."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MAILBOT_")}
    command = [sys.executable, "-m", "pytest", "-p", "mailbot.pytest_plugin"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", *options],
        cwd=folder,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def place(whole_server) -> dict[str, str]:
    """The environment that names the whole server."""
    return {
        "MAILBOT_API_KEY": whole_server.api_key,
        "MAILBOT_TARGET": whole_server.target,
        "MAILBOT_MX": f"127.0.0.1:{whole_server.mx_port}",
    }


def write(folder: Path, text: str) -> None:
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_own.py").write_text(OWN + text)


def test_the_example_runs():
    code, output = run(ROOT, "examples/signup_flow", "--mailbot-serve", "-q")
    assert code == 0, output
    assert "3 passed" in output


def test_a_failure_tells_what_came_and_what_happened(tmp_path, place, whole_server):
    write(
        tmp_path,
        """
def test_waits_in_vain(mailbot_inbox, mailbot_server):
    post(mailbot_server, mailbot_inbox.address, "Welcome")
    mailbot_inbox.wait_for_message(subject="Welcome")
    mailbot_inbox.wait_for_message(subject="Confirm", timeout=0.1)
""",
    )
    code, output = run(tmp_path, **place)
    assert code == 1
    assert "no message with subject 'Confirm' came to" in output
    assert "mailbot inbox" in output
    assert "message.received from shop@example.com 'Welcome'" in output
    with MailBot(whole_server.api_key, whole_server.target) as mailbot:
        [inbox] = mailbot.inboxes.list(labels="test_own.py::test_waits_in_vain")
        assert inbox.state == "disabled"


def test_every_test_has_an_inbox_of_its_own_in_parallel(tmp_path, place):
    write(
        tmp_path,
        """
import pytest

@pytest.mark.parametrize("number", range(8))
def test_own(mailbot_inbox, mailbot_server, number):
    post(mailbot_server, mailbot_inbox.address, f"Number {number}")
    mailbot_inbox.wait_for_message()
    subjects = [message.subject for message in mailbot_inbox.messages()]
    assert subjects == [f"Number {number}"]
""",
    )
    code, output = run(tmp_path, "-n", "2", **place)
    assert code == 0, output
    assert "8 passed" in output


def test_options_go_before_the_environment(tmp_path, place, whole_server):
    write(
        tmp_path,
        """
def test_place(mailbot_server, mailbot_client):
    assert mailbot_server.mx == "mx.example:2526"
    mailbot_client.account.get()
""",
    )
    place["MAILBOT_TARGET"] = "127.0.0.1:1"
    target = f"--mailbot-target={whole_server.target}"
    code, output = run(tmp_path, target, "--mailbot-mx=mx.example:2526", **place)
    assert code == 0, output


def test_plaintext_to_another_machine_is_asked_for(tmp_path, place, whole_server):
    write(
        tmp_path,
        """
def test_reads(mailbot_client):
    mailbot_client.account.get()
""",
    )
    # A name that nobody can prove to be this machine.
    port = whole_server.target.rpartition(":")[2]
    place["MAILBOT_TARGET"] = f"ipv4:0.0.0.0:{port}"
    code, output = run(tmp_path, "--mailbot-insecure", **place)
    assert code == 0, output


def test_without_a_server_it_says_how_to_get_one(tmp_path):
    write(tmp_path, "def test_it(mailbot_inbox): pass")
    code, output = run(tmp_path)
    assert code == 1
    assert "run pytest with --mailbot-serve" in output


def test_a_wrong_key_is_one_sentence(tmp_path, place):
    write(tmp_path, "def test_waits(mailbot_inbox):\n    pass\n")
    wrong = {**place, "MAILBOT_API_KEY": "mb_wrong_key"}
    code, output = run(tmp_path, **wrong)
    assert code == 1
    assert "no inbox for this test: API_KEY_INVALID: " in output
    assert "Traceback" not in output
    assert "_channel" not in output


def test_tests_without_mail_are_left_alone(tmp_path):
    write(tmp_path, "def test_it(): pass")
    assert run(tmp_path)[0] == 0
