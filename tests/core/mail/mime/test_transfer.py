import base64
import binascii
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime.defect import Defect
from mailbot_server.core.mail.mime.transfer import decode, decode_base64, encoding_of

BAD, UNKNOWN = Defect.BAD_ENCODING, Defect.UNKNOWN_ENCODING


@pytest.mark.parametrize(
    ("value", "encoding", "defect"),
    [
        pytest.param("7bit", "", None, id="rfc2045-6.1-7bit"),
        pytest.param("8BIT", "", None, id="rfc2045-6.1-8bit"),
        pytest.param("Base64", "base64", None, id="rfc2045-6.1-base64"),
        pytest.param(
            " quoted-printable ", "quoted-printable", None, id="rfc2045-6.1-qp"
        ),
        pytest.param("base64 (wrapped)", "base64", None, id="rfc2045-5.1-comment"),
        pytest.param("quoted-printable;", "quoted-printable", None, id="semicolon"),
        pytest.param('"base64"', "base64", None, id="quoted"),
        pytest.param("uuencode", "x-uuencode", None, id="uuencode"),
        pytest.param("quoted/printable", "quoted-printable", None, id="qp-slash"),
        pytest.param("x-martian", "", UNKNOWN, id="rfc2045-6.4-unknown"),
        pytest.param("", "", None, id="empty"),
    ],
)
def test_encoding_of(value, encoding, defect):
    assert encoding_of(value) == (encoding, defect)


@pytest.mark.parametrize(
    ("data", "content", "defect"),
    [
        pytest.param(b"aGVsbG8=", b"hello", None, id="rfc2045-6.8"),
        pytest.param(b"aGVs\r\nbG8=\r\n", b"hello", None, id="lines"),
        pytest.param(
            b"aG!Vs*bG8=", b"hello", None, id="rfc2045-6.8-foreign-characters"
        ),
        pytest.param(b"aGVsbG8", b"hello", BAD, id="padding-missing"),
        pytest.param(b"aGVsbG8gdw", b"hello w", BAD, id="padding-missing-two"),
        pytest.param(b"aGVsbG8===", b"hello", None, id="padding-too-much"),
        pytest.param(b"aGVsbG8=d29ybGQ=", b"helloworld", BAD, id="padding-inside"),
        pytest.param(b"aGVsb", b"hel", BAD, id="lone-character"),
        pytest.param(b"=", b"", None, id="padding-alone"),
        pytest.param(b"", b"", None, id="empty"),
        pytest.param(b"\xff\xfe", b"", None, id="nothing-of-it"),
    ],
)
def test_base64(data, content, defect):
    assert decode(data, "base64") == (content, defect)


@pytest.mark.parametrize(
    ("data", "content"),
    [
        pytest.param(b"aGk=\r\n___\r\nList of x=y\r\n", b"hi", id="behind-padding"),
        pytest.param(b"aGVs\r\nbG8h\n\n-- \nList\n", b"hello!", id="no-padding"),
        pytest.param(b"aGk=\r\n\r\nYQ==\r\n", b"hia", id="pieces-are-no-footer"),
    ],
)
def test_words_below_base64_are_not_decoded(data, content):
    assert decode(data, "base64") == (content, BAD)


@pytest.mark.parametrize(
    ("data", "content"),
    [
        pytest.param(b"a=3Db", b"a=b", id="rfc2045-6.7-1"),
        pytest.param(b"a=\r\nb", b"ab", id="rfc2045-6.7-5-soft-break"),
        pytest.param(
            b"a= \t\r\nb", b"ab", id="rfc2045-6.7-3-blanks-behind-a-soft-break"
        ),
        pytest.param(b"a=\nb", b"ab", id="lf"),
        pytest.param(b"a=3db", b"a=b", id="lower-case-digits"),
        pytest.param(b"a=ZZ b=", b"a=ZZ b", id="broken"),
        pytest.param(b"a==\nb===3D", b"a==\nb===3D", id="never-encoded"),
        pytest.param(b"caf\xe9", b"caf\xe9", id="8bit"),
        pytest.param(b"a_b", b"a_b", id="underscore"),
    ],
)
def test_quoted_printable(data, content):
    assert decode(data, "quoted-printable") == (content, None)


def test_padding_upon_padding_has_an_end():
    content, defect = decode(b"YQ==" * 100_001 + b"YWJj", "base64")
    assert (content[:100_000], defect) == (b"a" * 100_000, BAD)


def uuencoded(content):
    lines = [binascii.b2a_uu(content[i : i + 45]) for i in range(0, len(content), 45)]
    return b"begin 644 a.bin\n" + b"".join(lines) + b"`\nend\n"


@given(st.binary(max_size=200))
def test_uuencode_reads_back(content):
    assert decode(uuencoded(content), "x-uuencode") == (content, None)


@pytest.mark.parametrize(
    ("data", "content", "defect"),
    [
        pytest.param(
            b"text\nbegin 644 a\n#86)C\n`\nend\n", b"abc", None, id="text-before"
        ),
        pytest.param(b"begin 644 a\r\n#86)C\r\nend\r\n", b"abc", None, id="crlf"),
        pytest.param(b"begin 644 a\n#86)C\n", b"abc", BAD, id="no-end"),
        pytest.param(
            b"begin 644 a\n#86)C garbage\nend\n", b"abc", None, id="garbage-behind"
        ),
        pytest.param(
            b"begin 644 a\n#86)C\n\x80\x81\x82\x83\n", b"abc", BAD, id="no-uuencode"
        ),
        pytest.param(b"begin 644 a\n\n#86)C\nend\n", b"abc", None, id="empty-line"),
        pytest.param(b"nothing here", b"nothing here", BAD, id="no-begin"),
    ],
)
def test_uuencode(data, content, defect):
    assert decode(data, "x-uuencode") == (content, defect)


def test_identity():
    assert decode(b"\x00\xff", "") == (b"\x00\xff", None)


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "base64", "quoted-printable", "x-uuencode"]),
)
def test_nothing_fails(data, encoding):
    content, _ = decode(data, encoding)
    assert isinstance(content, bytes)


@given(st.binary(max_size=300), st.integers(1, 80))
def test_base64_reads_back_however_it_is_cut(content, width):
    text = base64.b64encode(content)
    lines = b"\r\n".join(text[i : i + width] for i in range(0, len(text), width))
    assert decode_base64(lines) == (content, None)


# The library's encoder makes all line ends those of the first line.
LF_ONLY = st.binary(max_size=300).map(lambda content: content.replace(b"\r", b""))


@given(LF_ONLY)
def test_quoted_printable_reads_back(content):
    assert decode(quopri.encodestring(content), "quoted-printable")[0] == content
