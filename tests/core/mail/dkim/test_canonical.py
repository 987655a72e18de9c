import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.dkim import canonical

# What the standard is about, and little else.
SPACED = st.text(" \tab.\n", max_size=60).map(
    lambda text: text.replace("\n", "\r\n").encode()
)


def body(raw: bytes, block_bytes: int = canonical.BLOCK_BYTES) -> bytes:
    return b"".join(canonical.body(raw, 0, block_bytes))


def spelled_out(raw: bytes) -> bytes:
    """RFC 6376 3.4.4, step by step."""
    lines = []
    for line in raw.replace(b"\t", b" ").split(b"\r\n"):
        words = [word for word in line.split(b" ") if word]
        lead = b" " if line[:1] == b" " and words else b""
        lines.append(lead + b" ".join(words))
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)


def test_example_of_the_standard_rfc6376_3_4_5():
    found = canonical.fields(b"A: X\r\nB : Y\t\r\n\tZ  \r\n")
    assert found == {b"a": [b"a:X"], b"b": [b"b:Y Z"]}
    assert body(b" C \r\nD \t E\r\n\r\n\r\n") == b" C\r\nD E\r\n"


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"\r\n\r\n", b" \t\r\n \r\n", b"  "])
def test_a_body_that_says_nothing_is_no_bytes(raw):
    assert body(raw) == b""
    assert canonical.body_digest(raw, 0) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(b"a", b"a\r\n", id="no-line-end"),
        pytest.param(b"a \t", b"a\r\n", id="no-line-end-and-blanks"),
        pytest.param(b"\r\n\r\na\r\n", b"\r\n\r\na\r\n", id="empty-lines-before"),
        pytest.param(b"a\r\n \r\nb\r\n", b"a\r\n\r\nb\r\n", id="empty-line-between"),
        pytest.param(b"a\r\n\t\r\n \r\n", b"a\r\n", id="blank-lines-after"),
        pytest.param(b"\ta  b\t\r\n", b" a b\r\n", id="leading-blank-stays"),
        pytest.param(b"..\r\n.\r\n", b"..\r\n.\r\n", id="dots-are-not-touched"),
        pytest.param(b"a\x0b \xff\x00\r\n", b"a\x0b \xff\x00\r\n", id="octets-stay"),
    ],
)
def test_relaxed_body(raw, expected):
    assert body(raw) == expected


@given(SPACED)
def test_body_is_what_the_standard_spells_out(raw):
    assert body(raw) == spelled_out(raw)


@given(SPACED, st.integers(1, 20))
def test_pieces_join_to_the_same_body_whatever_their_size(raw, block_bytes):
    assert body(raw, block_bytes) == body(raw)


def test_pieces_of_a_large_body_stay_near_their_size():
    pieces = list(canonical.body(b"0123456789\r\n" * 100_000, 0))
    assert len(pieces) == 5
    assert max(map(len, pieces)) <= canonical.BLOCK_BYTES + 12


def test_the_body_begins_where_it_is_told():
    assert b"".join(canonical.body(b"a: b\r\n\r\nc\r\n", 8)) == b"c\r\n"
    assert b"".join(canonical.body(b"a: b\r\n\r\n \r\n", 8)) == b""


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param(b"Subject:\r\n", [b"subject:"], id="empty"),
        pytest.param(b"SUBJECT: a\r\n", [b"subject:a"], id="name-in-lower-case"),
        pytest.param(b"Subject \t:\ta\r\n", [b"subject:a"], id="blanks-at-the-colon"),
        pytest.param(b"Subject: a\r\n\r\n", [b"subject:a"], id="empty-line"),
        pytest.param(b"Subject: a\r\n \r\n b\r\n", [b"subject:a b"], id="blank-fold"),
        pytest.param(b"Subject: a:b\r\n", [b"subject:a:b"], id="colon-inside"),
        pytest.param(b"Subject: a", [b"subject:a"], id="no-line-end"),
        pytest.param(b"Subject: \xfc\x0b\r\n", [b"subject:\xfc\x0b"], id="octets-stay"),
        pytest.param(
            b"Subject: 1\r\nTo: x\r\nsubject: 2\r\n",
            [b"subject:1", b"subject:2"],
            id="top-to-bottom",
        ),
        pytest.param(b"garbage\r\nSubject: a\r\n", [b"subject:a"], id="garbage-before"),
    ],
)
def test_relaxed_fields(header, expected):
    assert canonical.fields(header)[b"subject"] == expected


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b" " * 998 + b"\r\n", id="lines-of-blanks"),
        pytest.param(b" \t" * 500_000, id="one-run"),
        pytest.param(b"a  " * 300 + b"\r\n", id="many-runs"),
        pytest.param(b"\r\n", id="empty-lines"),
    ],
)
def test_no_body_of_blanks_takes_longer_than_its_length(line):
    """What took dkimpy a minute; here the limit of every test would end it."""
    raw = b"x" + line * (10_000_000 // len(line)) + b"y"
    assert len(b"".join(canonical.body(raw, 0))) <= len(raw) + 2


@pytest.mark.parametrize("size", [0, 1, 5, canonical.BLOCK_BYTES])
def test_what_is_left_when_the_end_says_nothing(size, monkeypatch):
    monkeypatch.setattr(canonical, "BLOCK_BYTES", max(size, 3))
    for raw in (b"", b"a", b" ", b" a ", b"a" + b" \r\n" * 9, b" " * 20, b"ab c" * 5):
        assert canonical.end_of(raw, b" \r\n") == len(raw.rstrip(b" \r\n"))
