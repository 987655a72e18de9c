import pytest

from mailbot_server.core.authentication.dkim import signature
from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.authentication.dkim.signature import Signature
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.verdicts import DkimVerdict, Result

NOW = 1_772_452_800
TAGS = "v=1; a=rsa-sha256; d=Example.COM; s=S1; h=From : To; bh=YQ==; b=YWJj\r\n ZGVm"


def read(tags: str):
    message = Message(f"DKIM-Signature: {tags}\r\nFrom: a\r\nTo: b\r\n\r\n".encode())
    return signature.read(message.fields[0], NOW), message


def test_what_a_signature_says():
    found, _ = read(TAGS)
    assert isinstance(found, Signature)
    assert (found.domain, found.selector) == ("example.com", "s1")
    assert found.identity == "@example.com"
    assert found.names == (b"from", b"to")
    assert (found.is_header_relaxed, found.is_body_relaxed) == (False, False)
    assert (found.body_digest, found.signature) == (b"a", b"abcdef")
    assert found.length == -1


@pytest.mark.parametrize(
    ("form", "header", "body"),
    [
        ("simple", False, False),
        ("relaxed", True, False),
        ("Relaxed/Relaxed", True, True),
    ],
)
def test_the_form_of_the_body_is_simple_unless_it_says_otherwise(form, header, body):
    found, _ = read(f"{TAGS}; c={form}")
    assert isinstance(found, Signature)
    assert (found.is_header_relaxed, found.is_body_relaxed) == (header, body)


def test_the_domain_of_a_signature_may_be_written_in_any_script():
    found, _ = read(TAGS.replace("Example.COM", "bücher.example"))
    assert isinstance(found, Signature)
    assert found.domain == "xn--bcher-kva.example"


def test_the_signed_text():
    found, message = read(TAGS)
    assert isinstance(found, Signature)
    assert signature.signed_text(found, message) == (
        b"From: a\r\nTo: b\r\nDKIM-Signature: "
        + TAGS.partition(" b=")[0].encode()
        + b" b="
    )


def test_a_verdict_tells_which_signature_it_is_of():
    found, _ = read(TAGS)
    assert isinstance(found, Signature)
    assert signature.verdict(found, Result.FAIL, Fault.NO_KEY) == DkimVerdict(
        result=Result.FAIL,
        domain="example.com",
        selector="s1",
        algorithm="rsa-sha256",
        identity="@example.com",
        reason=Fault.NO_KEY,
        signature="YWJjZGVm",
    )


def test_what_is_shown_of_a_signature_is_harmless():
    found, _ = read(TAGS.replace("v=1", "v=2").replace("Example.COM", "a\tb;c=ü"))
    assert isinstance(found, DkimVerdict)
    assert found.reason == Fault.VERSION
    assert found.domain == "a?b"
    assert found.domain.isprintable()
