import base64
import hashlib
import re
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from mailbot_server.core.mail.dkim import canonical, choice, signature
from mailbot_server.core.mail.dkim.algorithm import Algorithm
from mailbot_server.core.mail.dkim.signature import Signatory

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MESSAGE = (
    b"From: Joe SixPack <joe@football.example.com>\r\n"
    b"To: Suzie Q <suzie@shopping.example.net>\r\n"
    b"Subject: Is dinner ready?\r\n"
    b"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
    b"Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
    b"\r\n"
    b"Hi.\r\n"
    b"\r\n"
    b"We lost the game.  Are you hungry yet?\r\n"
    b"\r\n"
    b"Joe.\r\n"
)

# RFC 8463 A: keys, and both signatures of A.3 up to and with `b=`.
ED25519_SECRET = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="
ED25519_FIELD = (
    b" v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
    b" d=football.example.com; i=@football.example.com;\r\n"
    b" q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
    b" subject : date : message-id : from : subject : date;\r\n"
    b" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    b" b="
)
ED25519_SIGNATURE = (
    "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus"
    "Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
)
RSA_PUBLIC = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6w"
    "y5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM"
    "KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
)
RSA_FIELD = (
    b" v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
    b" d=football.example.com; i=@football.example.com;\r\n"
    b" q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
    b" date : message-id : from : subject : date;\r\n"
    b" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    b" b="
)
RSA_SIGNATURE = (
    "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3"
    "DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz"
    "dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8="
)
RFC_NAMES = [
    *(b"from", b"to", b"subject", b"date", b"message-id"),
    *(b"from", b"subject", b"date"),
]


def digest_of(field: bytes) -> bytes:
    header = MESSAGE.partition(b"\r\n\r\n")[0]
    text = choice.signed_text(canonical.fields(header), RFC_NAMES)
    bare = canonical.field(b"dkim-signature", field)
    return hashlib.sha256(text + bare).digest()


def written(raw: bytes, at: datetime | None = NOON, **who: str) -> bytes:
    """The field; the key answers with what it was asked to sign."""
    who = {"domain": "example.com", "selector": "s1"} | who
    by = Signatory(**who, algorithm=Algorithm.RSA_SHA256)
    field = signature.unsigned(signature.read(raw), by, at=at)
    return signature.signed(field, field.digest * 8)


def tags(field: bytes) -> dict[str, str]:
    value = field.decode().partition(":")[2]
    pairs = (piece.partition("=") for piece in value.split(";"))
    return {name.strip(): re.sub(r"\s", "", value) for name, _, value in pairs}


def test_body_digest_of_the_standard_rfc8463_a_3():
    digest = base64.b64encode(signature.read(MESSAGE).body_digest)
    assert digest == b"2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="


def test_ed25519_signature_of_the_standard_rfc8463_a_3():
    secret = base64.b64decode(ED25519_SECRET)
    key = Ed25519PrivateKey.from_private_bytes(secret)
    made = key.sign(digest_of(ED25519_FIELD))
    assert base64.b64encode(made).decode() == ED25519_SIGNATURE


def test_rsa_signature_of_the_standard_rfc8463_a_3():
    key = serialization.load_der_public_key(base64.b64decode(RSA_PUBLIC))
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(
        base64.b64decode(RSA_SIGNATURE),
        digest_of(RSA_FIELD),
        padding.PKCS1v15(),
        Prehashed(hashes.SHA256()),
    )


def test_field_says_what_verifiers_need_and_no_length():
    said = tags(written(MESSAGE))
    names = ["v", "a", "c", "d", "s", "t", "x", "h", "bh", "b"]
    assert list(said) == names
    assert said["c"] == "relaxed/relaxed"
    assert (said["d"], said["s"]) == ("example.com", "s1")
    assert int(said["t"]) == NOON.timestamp()
    assert int(said["x"]) - int(said["t"]) == 7 * 24 * 3600


def test_without_an_instant_it_is_valid_for_ever():
    assert {"t", "x"}.isdisjoint(tags(written(MESSAGE, at=None)))


def test_names_are_listed_as_often_as_they_are_signed():
    listed = tags(written(MESSAGE))["h"].split(":")
    assert listed.count("from") == 2
    assert listed.count("reply-to") == 1
    assert "received" not in listed


def test_no_line_is_long_and_the_field_ends_with_one_crlf():
    raw = b"List-Id: a\r\n" * 40 + MESSAGE
    field = written(raw, domain="d" * 60 + ".example", selector="s" * 60)
    lines = field.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 78
    assert all(line.startswith(b" ") for line in lines[1:])
    assert not any(line.isspace() for line in lines)


def test_the_key_signs_the_chosen_fields_and_the_field_itself_without_its_signature():
    field = written(MESSAGE)
    value = field.partition(b":")[2]
    bare = value[: value.rindex(b"b=") + 2]
    content = signature.read(MESSAGE)
    text = content.header + canonical.field(b"dkim-signature", bare)
    signed = base64.b64decode(tags(field)["b"])
    assert signed[:32] == hashlib.sha256(text).digest()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b"a: b\r\n\r\nc\r\n", b"a: b\r\n\r\nc\r\n", id="as-it-is"),
        pytest.param(b"a: b\n\nc\n", b"a: b\r\n\r\nc\r\n", id="bare-lf"),
        pytest.param(b"a: b\r\rc\r", b"a: b\r\n\r\nc\r\n", id="bare-cr"),
        pytest.param(b"a: b\r\n\nc\r\r\n", b"a: b\r\n\r\nc\r\n\r\n", id="mixed"),
        pytest.param(b"a: b\r\n\r\nc", b"a: b\r\n\r\nc\r\n", id="no-end"),
        pytest.param(b"", b"\r\n", id="nothing"),
    ],
)
def test_line_ends_become_crlf(raw, expected):
    assert signature.with_crlf(raw) == expected


def test_a_message_that_is_right_is_not_copied():
    assert signature.with_crlf(MESSAGE) is MESSAGE


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        pytest.param(b"From: a\r\n\r\nb\r\n", b"b\r\n", id="both"),
        pytest.param(b"From: a\r\n\r\n", b"", id="empty-body"),
        pytest.param(b"From: a\r\n", b"", id="no-empty-line"),
        pytest.param(b"\r\nb\r\n", b"b\r\n", id="no-header"),
        pytest.param(
            b"From: a\r\n\r\n\r\n\r\nb\r\n", b"\r\n\r\nb\r\n", id="empty-lines"
        ),
    ],
)
def test_the_body_begins_behind_the_first_empty_line(raw, body):
    assert signature.read(raw).body_digest == hashlib.sha256(body).digest()
