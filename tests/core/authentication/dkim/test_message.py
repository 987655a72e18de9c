import hashlib

import pytest
from dkim.canonicalization import Relaxed, Simple
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.authentication.dkim import message as messages
from mailbot_server.core.authentication.dkim.message import Field, Message

BODIES = st.lists(
    st.sampled_from([b" ", b"\t", b"\r\n", b"a", b"bc", b"\r\n\r\n", b"\x00\xff"]),
    max_size=30,
).map(lambda pieces: b"".join(pieces) + b"\r\n")  # as all mail on the wire ends


def never():
    return False


def test_fields_as_they_came():
    raw = b"From: a\r\nX : b\r\n\tc\r\nno field\r\n\r\nTo: body\r\n"
    assert Message(raw).fields == (
        Field(name=b"from", value=b" a", raw=b"From: a"),
        Field(name=b"x", value=b" b\r\n\tc", raw=b"X : b\r\n\tc"),
    )
    assert Message(raw).named(b"to") == ()


def test_both_forms_of_the_header():
    message = Message(b"A: 1  2 \r\nB: x\r\na:\r\n 3\r\n\r\n")
    assert message.relaxed == {b"a": [b"a:1 2", b"a:3"], b"b": [b"b:x"]}
    assert message.simple == {b"a": [b"A: 1  2 ", b"a:\r\n 3"], b"b": [b"B: x"]}


@given(BODIES)
def test_a_body_is_digested_as_dkimpy_digests_it(body):
    message = Message(b"A: b\r\n\r\n" + body)
    for form, is_relaxed in ((Relaxed, True), (Simple, False)):
        wanted = form.canonicalize_body(body)
        found = message.body_digest(is_relaxed=is_relaxed, expired=never)
        assert found is not None
        assert found.length == len(wanted)
        assert found.digest == hashlib.sha256(wanted).digest()


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"A: b", b"A: b\r\n", b"\r\nA: b\r\n"])
def test_messages_without_a_header_or_a_body(raw):
    message = Message(raw)
    assert all(field.name == b"a" for field in message.fields)
    assert message.body_digest(is_relaxed=False, expired=never) is not None
    assert message.is_readable


def test_a_body_is_digested_once():
    message = Message(b"A: b\r\n\r\nbody\r\n")
    first = message.body_digest(is_relaxed=True, expired=never)
    assert message.body_digest(is_relaxed=True, expired=lambda: True) is first
    assert message.body_digest(is_relaxed=False, expired=lambda: True) is None


def test_a_header_has_an_end():
    line = b"A: " + b"b" * (messages.HEADER_BYTES_MAX - 5) + b"\r\n"
    assert Message(line + b"\r\n").is_readable
    assert not Message(b"A" + line + b"\r\n").is_readable
