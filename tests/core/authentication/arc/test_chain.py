import hashlib

import pytest

from mailbot_server.core.authentication.arc import chain
from mailbot_server.core.authentication.arc.chain import Chain
from mailbot_server.core.authentication.dkim.message import Message
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.verdicts import ArcVerdict, Result

# Whether it verifies is asked in tests/engine/authentication/test_verification.py.
SEAL = "ARC-Seal: i={i}; a=rsa-sha256; cv={cv}; d=d{i}.example; s=s; b=YQ==\r\n"
SIGNATURE = (
    "ARC-Message-Signature: i={i}; a=rsa-sha256; d=d{i}.example; s=s;\r\n"
    " c=relaxed; h=from; bh=YQ==; b=YQ==\r\n"
)
RESULTS = "ARC-Authentication-Results:  i={i};\r\n mx{i}.example; spf=pass\r\n"
BODY = "From: a\r\n\r\nbody\r\n"


def header(count: int) -> str:
    sets = ""
    for i in range(1, count + 1):
        cv = "none" if i == 1 else "pass"
        sets = (SEAL + SIGNATURE + RESULTS).format(i=i, cv=cv) + sets
    return sets


def read(text: str) -> Chain | ArcVerdict:
    return chain.read(Message((text + BODY).encode()), 0)


@pytest.mark.parametrize("count", [1, 2, 50])
def test_a_chain_is_read_oldest_first(count):
    found = read(header(count))
    assert isinstance(found, Chain)
    assert [each.seal.domain for each in found.sets] == [
        f"d{i}.example" for i in range(1, count + 1)
    ]
    assert found.newest.domain == f"d{count}.example"
    assert chain.verdict(found, Result.PASS) == ArcVerdict(
        result=Result.PASS,
        instance_count=count,
        sealer=f"d{count}.example",
        origin="i=1; mx1.example; spf=pass",
    )


def test_the_order_of_fields_does_not_matter():
    lines = SEAL.format(i=1, cv="none"), SIGNATURE.format(i=1), RESULTS.format(i=1)
    assert isinstance(read("".join(reversed(lines))), Chain)


def test_what_is_sealed():
    found = read(header(2))
    assert isinstance(found, Chain)
    (_, first), (_, second) = chain.sealed_digests(found)
    one = (
        b"arc-authentication-results:i=1; mx1.example; spf=pass\r\n"
        b"arc-message-signature:i=1; a=rsa-sha256; d=d1.example; s=s; c=relaxed; h=from;"
        b" bh=YQ==; b=YQ==\r\n"
        b"arc-seal:i=1; a=rsa-sha256; cv=none; d=d1.example; s=s; b="
    )
    assert first == hashlib.sha256(one).digest()
    two = (
        one
        + b"YQ==\r\n"
        + one.replace(b"1; ", b"2; ")
        .replace(b"d1", b"d2")
        .replace(b"mx1", b"mx2")
        .replace(b"cv=none", b"cv=pass")
    )
    assert second == hashlib.sha256(two).digest()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (SEAL.format(i=1, cv="none"), Fault.SETS),
        (header(1) + RESULTS.format(i=1), Fault.SETS),
        (header(2).replace("i=1;", "i=3;"), Fault.SETS),
        (header(1).replace("i=1;", "i=2;"), Fault.SETS),
        (header(1).replace("i=1;", "i=0;"), Fault.SETS),
        (header(1).replace("i=1; a", "i=x; a"), Fault.SETS),
        (header(1).replace("ARC-Seal: i=1;", "ARC-Seal: ;"), Fault.SETS),
        (header(1).replace("cv=none", "cv=pass"), Fault.STATUS),
        (header(2).replace("cv=pass", "cv=fail"), Fault.BROKEN_BEFORE),
        (
            header(1).replace("cv=none; d=d1.example; s=s; b=YQ==", "cv=none"),
            Fault.SEAL_TAGS,
        ),
        (header(1).replace("cv=none", "cv=none; h=from"), Fault.SEAL_TAGS),
        (header(1).replace("h=from", "x=1"), Fault.SIGNATURE_TAGS),
        (header(1).replace("h=from", "h=from:ARC-Seal"), Fault.SEAL_SIGNED),
        (header(1).replace("h=from", "h=to"), Fault.FROM_NOT_SIGNED),
        (header(1).replace("rsa-sha256", "rsa-sha1"), Fault.SHA1),
        (header(1).replace("s=s; b", "s=s; t=x; b"), Fault.NUMBER),
        (header(1).replace("c=relaxed", "c=nofws"), Fault.CANONICALISATION),
        (header(1).replace("d=d1.example; s=s; b", "d=; s=s; b"), Fault.SEAL_TAGS),
        (header(1).replace("d=d1.example; s=s; b", "d=d1; s=s; b"), Fault.DOMAIN),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
def test_a_chain_that_is_broken_without_a_look_at_keys(text, fault):
    found = read(text)
    assert isinstance(found, ArcVerdict)
    assert (found.result, found.reason) == (Result.FAIL, fault)


def test_what_the_first_host_wrote_is_told_harmlessly():
    found = read(header(1).replace("spf=pass", "spf=pass \x00ü" + "x" * 2000))
    assert isinstance(found, Chain)
    told = chain.verdict(found, Result.FAIL, Fault.NO_KEY).origin
    assert told.isascii()
    assert told.isprintable()
    assert len(told) <= 500
