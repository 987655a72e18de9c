"""
What we sign passes at verifiers that other people wrote: OpenDKIM and Mail::DKIM.

Both are in Debian and read key records from a file here, not from DNS. This Mail::DKIM
knows no Ed25519; OpenDKIM does.
"""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot_server.core.mail import compose
from mailbot_server.core.mail.address import Mailbox
from mailbot_server.core.mail.dkim import signature
from mailbot_server.engine.signing.signer import Signer
from mailbot_server.telemetry.metrics import Metrics
from tests.fakes.clock import FakeClock
from tests.fakes.domain_keys import ED25519, RSA, stored_key, vault
from tests.fakes.drafts import DRAFT

SCRIPT = Path(__file__).with_name("mail_dkim.pl")
SECONDS = 20
KEYS = (stored_key(RSA), stored_key(ED25519, 2))
HEADER = (
    b"Received: from a by b\r\nFrom: =?utf-8?q?Z=C3=A9?= <a@example.com>\r\n"
    b"To: b@example.org,\r\n\tc@example.org\r\nSubject:  hello \t\r\n \tthere  \r\n"
    b"Date: Mon, 2 Mar 2026 12:00:00 +0000\r\nMessage-ID: <1@example.com>\r\n"
    b"List-Unsubscribe: <https://example.com/u>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\n"
)
COMPOSED = compose.compose(
    replace(DRAFT, sender=Mailbox(address="a@example.com", display_name="Zé")),
    message_id="1@example.com",
    date=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
    boundary="b0undary",
)
MESSAGES = [
    pytest.param(HEADER + b"Good  morning \t x \r\n\r\n\r\n", id="blanks"),
    pytest.param(HEADER + b".\r\n..\r\n.dots\r\n", id="C8-dots"),
    pytest.param(HEADER + b"x" * 998 + b"\r\n", id="C8-longest-line"),
    pytest.param(HEADER + b"a\nb \n\nc", id="C8-bare-lf-and-no-end"),
    pytest.param(HEADER, id="empty-body"),
    pytest.param(HEADER + b" \r\n\t\r\n", id="blank-body"),
    pytest.param(HEADER + b"\r\n\r\nend\r\n" + b"\r\n" * 50, id="empty-lines"),
    pytest.param(HEADER + b"word \t" * 100_000 + b"\r\n" * 2, id="600-KB"),
    pytest.param(COMPOSED, id="composed"),
]
HAS_OPENDKIM = shutil.which("opendkim") or Path("/usr/sbin/opendkim").exists()


def has_mail_dkim() -> bool:
    perl = shutil.which("perl")
    asked = [perl or "perl", "-MMail::DKIM::Verifier", "-e", "1"]
    return (
        perl is not None
        and not subprocess.run(
            asked, check=False, capture_output=True, timeout=SECONDS
        ).returncode
    )


pytestmark = pytest.mark.interop
needs_opendkim = pytest.mark.skipif(
    not HAS_OPENDKIM, reason="no opendkim: package opendkim"
)
needs_mail_dkim = pytest.mark.skipif(
    not has_mail_dkim(), reason="no Mail::DKIM: package libmail-dkim-perl"
)


@pytest.fixture
def records(tmp_path) -> Path:
    file = tmp_path / "records"
    file.write_text("".join(f"{key.host} {key.record}\n" for key in KEYS))
    return file


def signed(raw: bytes) -> bytes:
    raw = signature.with_crlf(raw)
    signer = Signer(vault(), FakeClock(), Metrics())
    return signer.sign_now(raw, KEYS, datetime.now(tz=UTC)) + raw


def mail_dkim(message: bytes, records: Path) -> dict[str, str]:
    """Algorithm → result."""
    done = subprocess.run(
        ["perl", SCRIPT, records],
        input=message,
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    lines = done.stdout.decode().splitlines()
    return dict(line.split(" ", 1) for line in lines)


def opendkim(message: bytes, records: Path) -> dict[str, str]:
    """The same, as its Authentication-Results field says it."""
    file, settings = records.with_name("message"), records.with_name("conf")
    file.write_bytes(message)
    settings.write_text(f"Mode v\nTestPublicKeys {records}\nAlwaysAddARHeader yes\n")
    program = shutil.which("opendkim") or "/usr/sbin/opendkim"
    done = subprocess.run(
        [program, "-x", settings, "-t", file, "-v", "-v"],
        check=False,  # its exit code is about the last signature
        capture_output=True,
        timeout=SECONDS,
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    found = re.findall(r"dkim=(\w+)[^;]*header\.a=([\w-]+)", said)
    return {algorithm: result for result, algorithm in found}


@needs_mail_dkim
@pytest.mark.parametrize("raw", MESSAGES)
def test_mail_dkim_verifies_rsa(raw, records):
    assert mail_dkim(signed(raw), records)["rsa-sha256"] == "pass"


@needs_opendkim
@pytest.mark.parametrize("raw", MESSAGES)
def test_opendkim_verifies_rsa_and_ed25519(raw, records):
    passed = {"rsa-sha256": "pass", "ed25519-sha256": "pass"}
    assert opendkim(signed(raw), records) == passed


CHANGES = [
    pytest.param(b"morning", b"evening", id="body"),
    pytest.param(b"hello", b"goodbye", id="subject"),
    pytest.param(b"Received:", b"Reply-To: evil@example.net\r\nReceived:", id="added"),
    pytest.param(b"Subject:", b"Subject: more\r\nSubject:", id="doubled"),
]


@needs_mail_dkim
@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_mail_dkim_finds_what_was_changed(old, new, records):
    changed = signed(HEADER + b"Good morning\r\n").replace(old, new, 1)
    assert mail_dkim(changed, records)["rsa-sha256"].startswith("fail")


@needs_opendkim
@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_opendkim_finds_what_was_changed(old, new, records):
    changed = signed(HEADER + b"Good morning\r\n").replace(old, new, 1)
    assert "pass" not in opendkim(changed, records).values()
