"""What other people's programs sign and seal, verified by us: Mail::DKIM of Debian."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.authentication.verdicts import Result
from mailbot_server.engine.authentication import verification
from tests.fakes import signatures

SCRIPT = Path(__file__).with_name("mail_dkim_sign.pl")
SECONDS = 20
NOW = 4_000_000_000
"""The script signs at the machine's time."""

HEADER = (
    b"From: =?utf-8?q?Z=C3=A9?= <a@example.com>\r\nTo: b@example.org,\r\n\tc@example.org\r\n"
    b"Subject:  hello \t\r\n \tthere  \r\nDate: Mon, 2 Mar 2026 12:00:00 +0000\r\n"
    b"Message-ID: <1@example.com>\r\n\r\n"
)
BODIES = [
    pytest.param(b"Good  morning \t x \r\n\r\n\r\n", id="blanks"),
    pytest.param(b"", id="empty"),
    pytest.param(b" \r\n\t\r\n", id="blank"),
    pytest.param(b"\r\n\r\nend\r\n" + b"\r\n" * 50, id="empty-lines"),
    pytest.param(b"word \t" * 100_000 + b"\r\n" * 2, id="600-KB"),
]


def has_signers() -> bool:
    asked = ["perl", "-MMail::DKIM::ARC::Signer", "-e", "1"]
    return (
        shutil.which("perl") is not None
        and not (
            subprocess.run(asked, check=False, capture_output=True, timeout=SECONDS)
        ).returncode
    )


pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(
        not has_signers(), reason="no Mail::DKIM with ARC: package libmail-dkim-perl"
    ),
]


@pytest.fixture(scope="module")
def key_file(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "key.pem"
    file.write_bytes(
        signatures.rsa().private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    return file


def signed(raw: bytes, *arguments: str | Path) -> bytes:
    done = subprocess.run(
        ["perl", SCRIPT, *arguments],
        input=raw,
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return done.stdout + raw


def judge(raw: bytes):
    claims = verification.read(Message(raw), NOW)
    keys = dict.fromkeys(claims.questions, (signatures.rsa().record,))
    return verification.judge(claims, keys, lambda: False)


@pytest.mark.parametrize(
    "method", ["relaxed/relaxed", "simple/simple", "relaxed/simple", "simple/relaxed"]
)
@pytest.mark.parametrize("body", BODIES)
def test_we_verify_what_mail_dkim_signs(key_file, method, body):
    raw = signed(HEADER + body, key_file, method)
    found, _ = judge(raw)
    assert [(each.result, each.reason) for each in found] == [(Result.PASS, "")]
    found, _ = judge(raw.replace(b"there", b"here"))
    assert [each.result for each in found] == [Result.FAIL]


@pytest.mark.parametrize("body", BODIES)
def test_we_verify_the_chains_that_mail_dkim_seals(key_file, body):
    raw = HEADER + body
    for number in (1, 2, 3):
        own = f"Authentication-Results: hop{number}.example; spf=pass\r\n"
        status = "none" if number == 1 else "pass"
        raw = signed(own.encode() + raw, key_file, "arc", str(number), status)
    _, chain = judge(raw)
    assert (chain.result, chain.reason) == (Result.PASS, "")
    assert (chain.instance_count, chain.sealer) == (3, "hop3.example")
    _, chain = judge(raw.replace(b"hop1.example; spf=pass", b"hop1.example; spf=fail"))
    assert chain.result is Result.FAIL
