import email
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.mime.header import (
    one_line,
    read_block,
    read_headers,
    read_value,
)
from mailbot_server.core.mail.mime.limits import Limits

LIMITS = Limits()


def read(raw, limits=LIMITS):
    block = read_block(raw, 0, len(raw), limits)
    return (
        [(name, value) for name, _, value in block.fields],
        raw[block.body_offset :],
        block.defects,
    )


@pytest.mark.parametrize(
    ("raw", "fields", "body"),
    [
        pytest.param(b"", [], b"", id="empty"),
        pytest.param(b"A: b\r\n\r\nbody", [("A", "b")], b"body", id="rfc5322-2.1"),
        pytest.param(b"A: b\n\nbody", [("A", "b")], b"body", id="lf"),
        pytest.param(b"A: b\rC: d\r\rbody", [("A", "b"), ("C", "d")], b"body", id="cr"),
        pytest.param(b"A: b\r\nC: d", [("A", "b"), ("C", "d")], b"", id="header-only"),
        pytest.param(b"A: b\r\n", [("A", "b")], b"", id="header-only-with-line-end"),
        pytest.param(b"\r\nbody", [], b"body", id="no-header"),
        pytest.param(b"\nbody", [], b"body", id="no-header-lf"),
        pytest.param(b"\rbody", [], b"body", id="no-header-cr"),
        pytest.param(b"A:b\r\n\r\n", [("A", "b")], b"", id="rfc5322-2.2-no-blank"),
        pytest.param(
            b"A: b\r\n\tc\r\n  d\r\n\r\n",
            [("A", "b c d")],
            b"",
            id="rfc5322-2.2.3-folded",
        ),
        pytest.param(b"A: b\n c\n\n", [("A", "b c")], b"", id="folded-lf"),
        pytest.param(b"A: b\r c\r\r", [("A", "b c")], b"", id="folded-cr"),
        pytest.param(b"A:\r\n b\r\n\r\n", [("A", "b")], b"", id="folded-at-once"),
        pytest.param(
            b"A: b\r\n \r\nC: d\r\n\r\n",
            [("A", "b"), ("C", "d")],
            b"",
            id="rfc5322-4.5-blank-continuation",
        ),
        pytest.param(
            b"A : b\r\n\r\n", [("A", "b")], b"", id="rfc5322-4.5.8-blank-before-colon"
        ),
        pytest.param(b"A:\r\n\r\n", [("A", "")], b"", id="empty-value"),
        pytest.param(
            b"A: b\r\nC: d\n\r\nbody",
            [("A", "b"), ("C", "d")],
            b"body",
            id="mixed-line-ends",
        ),
        pytest.param(
            b"A: b\nC: d\r\n\r\nbody",
            [("A", "b"), ("C", "d")],
            b"body",
            id="mixed-line-ends-other",
        ),
        pytest.param(
            b"A: b\r\rc\r\nD: e\r\n\r\nbody",
            [("A", "b\r\rc"), ("D", "e")],
            b"body",
            id="bare-cr-in-crlf-mail-is-a-control",
        ),
        pytest.param("A: é\r\n\r\n".encode(), [("A", "é")], b"", id="rfc6532-utf8"),
        pytest.param(
            b"A: \xe9\r\nB: \xc3\xa9\r\n\r\n",
            [("A", "é"), ("B", "é")],
            b"",
            id="8bit-is-guessed-by-line",
        ),
    ],
)
def test_fields_and_body(raw, fields, body):
    assert read(raw) == (fields, body, ())


@pytest.mark.parametrize(
    ("raw", "fields", "body"),
    [
        pytest.param(
            b"A: b\r\nHello there\r\nC: d\r\n\r\nx",
            [("A", "b")],
            b"Hello there\r\nC: d\r\n\r\nx",
            id="no-empty-line",
        ),
        pytest.param(
            b"A: x; boundary=yy\r\n--yy\r\nContent-Type: a/b\r\n\r\nx",
            [("A", "x; boundary=yy")],
            b"--yy\r\nContent-Type: a/b\r\n\r\nx",
            id="the-boundary-that-was-named",
        ),
        pytest.param(
            b"Hello\r\n\r\nA: b", [], b"Hello\r\n\r\nA: b", id="no-field-at-all"
        ),
        pytest.param(b" A: b\r\n\r\n", [], b" A: b\r\n\r\n", id="folded-first-line"),
        pytest.param(b": b\r\n\r\n", [], b": b\r\n\r\n", id="no-name"),
        pytest.param(
            b"A: b\r\n>From x\r\nFrom y z\r\nC: d\r\n\r\nx",
            [("A", "b"), ("C", "d")],
            b"x",
            id="rfc4155-mbox-lines",
        ),
        pytest.param(
            "A: b\r\nñ: c\r\n\r\nx".encode(),
            [("A", "b")],
            "ñ: c\r\n\r\nx".encode(),
            id="rfc5322-2.2-name-is-ascii",
        ),
    ],
)
def test_a_line_that_is_no_field_begins_the_body(raw, fields, body):
    assert read(raw) == (fields, body, (Defect.BAD_HEADER,))


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        pytest.param(
            b"A: b\r\nno field\r\nContent-Type: text/html\r\n\r\nx",
            [("A", "b"), ("Content-Type", "text/html")],
            id="dropped",
        ),
        pytest.param(
            b'Content-Type: a/b;\r\nname="x"\r\nSubject: c\r\n\r\nx',
            [("Content-Type", 'a/b; name="x"'), ("Subject", "c")],
            id="a-fold-that-lost-its-blank",
        ),
        pytest.param(
            b'A: a/b;\r\nname="x"\r\n\r\nx',
            [("A", 'a/b; name="x"')],
            id="a-last-fold-that-lost-its-blank",
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\nFrom: a@b\n\nx", [("From", "a@b")], id="first-line"
        ),
    ],
)
def test_a_line_that_is_no_field_with_a_known_field_below_it(raw, fields):
    assert read(raw) == (fields, b"x", (Defect.BAD_HEADER,))


def test_fields_beyond_ascii_are_in_the_charset_of_the_body():
    head = b"Subject: \xc5\xd6\r\nContent-Type: text/plain; charset=%s\r\n\r\n"
    for charset, text in (
        (b"gb2312", "胖"),
        (b'"KOI8-R"', "еж"),
        (b"utf-8", "ÅÖ"),
        (b"martian", "ÅÖ"),
    ):
        assert read(head.replace(b"%s", charset))[0][0] == ("Subject", text)


def test_headers_are_for_people():
    raw = b"A: b\r\n\tc\r\nB: =?utf-8?q?=C3=A9?=\r\nC: d\te\r\n\r\n"
    block = read_block(raw, 0, len(raw), LIMITS)
    assert not block.is_plain
    assert read_headers(block) == (("A", "b c"), ("B", "é"), ("C", "d e"))
    raw = raw.replace(b"d\te", b"d")
    block = read_block(raw, 0, len(raw), LIMITS)
    assert block.is_plain
    assert read_headers(block) == (("A", "b c"), ("B", "é"), ("C", "d"))


def test_a_block_is_read_where_it_lies():
    raw = b"xxA: b\r\n\r\nbodyyy"
    block = read_block(raw, 2, 14, LIMITS)
    assert block.first() == {"a": "b"}
    assert raw[block.body_offset : 14] == b"body"


def test_the_first_of_two_counts():
    assert read_block(b"A: 1\r\na: 2\r\n\r\n", 0, 14, LIMITS).first() == {"a": "1"}


def test_a_block_over_its_limit_is_cut_at_a_line():
    raw = b"A: 1\r\nB: 2\r\nC: 3\r\n\r\nbody"
    assert read(raw, Limits(header_bytes=14)) == (
        [("A", "1"), ("B", "2")],
        b"body",
        (Defect.HEADER_BYTES,),
    )


def test_an_endless_line_is_cut_where_it_is():
    fields, body, defects = read(b"A: " + b"x" * 100, Limits(header_bytes=10))
    assert (fields, body, defects) == ([("A", "x" * 7)], b"", (Defect.HEADER_BYTES,))


def test_too_many_fields_are_left_out():
    fields, body, defects = read(b"A: 1\r\n" * 5 + b"\r\nbody", Limits(headers=3))
    assert (fields, body, defects) == (
        [("A", "1")] * 3,
        b"body",
        (Defect.HEADER_COUNT,),
    )


def test_a_long_value_loses_its_end_and_references_their_middle():
    ids = " ".join(f"<{n}@example.com>" for n in range(100))
    raw = f"Subject: {'x' * 100}\r\nReferences: {ids}\r\nA: b\r\n\r\n".encode()
    (_, subject), (_, references), other = read(raw, Limits(header_value=80))[0]
    assert subject == "x" * 80
    assert references.startswith("<0@example.com>")
    assert references.endswith("<99@example.com>")
    assert len(references) == 81
    assert other == ("A", "b")
    assert read(raw, Limits(header_value=80))[2] == (Defect.HEADER_VALUE,)
    assert read(raw, Limits(header_value=4000))[2] == ()


def test_a_big_block_of_short_values_is_whole():
    assert read(b"A: b\r\n" * 50 + b"\r\n", Limits(header_value=20))[2] == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param("=?utf-8?q?=C3=A9?= b", "é b", id="rfc2047"),
        pytest.param("a\tb\0c\x7f", "a b c", id="controls"),
        pytest.param(
            "=?utf-8?q?a=0D=0ABcc:_x=00?=", "a Bcc: x\ufffd", id="controls-in-a-word"
        ),
        pytest.param("a\u2028b\ud800c\ufffe", "a b c", id="not-for-a-line"),
        pytest.param("a\u00a0\u200fb", "a\u00a0\u200fb", id="marks-of-writing-stay"),
    ],
)
def test_values_for_people(value, text):
    assert read_value(value) == text


@given(st.text(st.characters(), max_size=200))
def test_one_line_is_one_line(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line.encode("utf-8") is not None


LINES = st.lists(
    st.sampled_from(
        [
            b"A: b",
            b"Subject:",
            b" folded",
            b"\tx",
            b"",
            b"no field",
            b"From x y",
            b"\xe9: x",
            b"B : c",
            b"C:\xc3\xa9",
            b":",
            b"\0: \0",
        ]
    ),
    max_size=12,
)


@given(LINES, st.sampled_from([b"\r\n", b"\n", b"\r"]), st.integers(0, 400))
def test_any_block_is_read_within_its_bounds(lines, line_end, cut):
    raw = line_end.join(lines)[:cut]
    block = read_block(raw, 0, len(raw), LIMITS)
    assert 0 <= block.body_offset <= len(raw)
    for name, key, value in block.fields:
        assert re.fullmatch(r"[!-9;-~]+", name)
        assert key == name.lower()
        assert "\n" not in value


FIELD = st.tuples(
    st.from_regex(r"\A[A-Z][A-Za-z-]{0,10}\Z").filter(lambda name: name != "From"),
    st.lists(
        st.text(st.sampled_from("abc xyz.,;"), min_size=1, max_size=20).filter(
            str.strip
        ),
        min_size=1,
        max_size=3,
    ),
)


@given(st.lists(FIELD, max_size=8), st.sampled_from(["\r\n", "\n"]))
def test_clean_blocks_are_read_as_the_library_reads_them(fields, line_end):
    raw = line_end.join(
        f"{name}: {(line_end + ' ').join(values)}" for name, values in fields
    )
    raw += line_end * 2 + "body" + line_end
    message = email.message_from_string(raw)
    read_fields, body, defects = read(raw.encode())
    squeeze = [(name, " ".join(value.split())) for name, value in message.items()]
    assert [(name, " ".join(value.split())) for name, value in read_fields] == squeeze
    if fields:
        assert body.decode() == message.get_payload()
    assert defects == ()


def test_line_ends_that_were_written_twice():
    raw = b"A: b\r\r\nC: d\r\r\n\r\r\nx"
    assert read(raw) == ([("A", "b"), ("C", "d")], b"x", ())


def test_japanese_without_encoded_words():
    raw = b'Subject: \x1b$B$"\x1b(B!\r\nTo: x\r\n\r\n'
    assert read(raw)[0] == [("Subject", "あ!"), ("To", "x")]
