import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail import transfer


def decoded(text):
    encoding, body = transfer.text_body(text)
    if encoding == "base64":
        return base64.b64decode(body)
    return quopri.decodestring(body) if encoding == "quoted-printable" else body


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Hello\n", "7bit"),
        ("", "7bit"),
        ("x" * 78, "7bit"),
        ("tab\tinside", "7bit"),
        ("x" * 79, "quoted-printable"),
        ("Grüße aus dem schönen Bonn", "quoted-printable"),
        ("漢字" * 20, "base64"),
        ("\x01" * 30, "base64"),
        ("nul \x00 here", "quoted-printable"),
        ("form\x0cfeed", "quoted-printable"),
        pytest.param(
            "blank at the end \nb", "quoted-printable", id="stripped-on-the-way"
        ),
        pytest.param(
            "tab at the end\t\nb", "quoted-printable", id="stripped-on-the-way-too"
        ),
        pytest.param("From here on", "quoted-printable", id="mbox-from-first"),
        pytest.param("a\nFrom here on", "quoted-printable", id="mbox-from"),
        pytest.param("--=_boundary", "quoted-printable", id="boundary-like"),
    ],
)
def test_plainest_encoding_that_carries_the_text(text, encoding):
    assert transfer.text_body(text)[0] == encoding


def test_mbox_from_lines_are_escaped():
    long = "x" * 100 + "\n"
    _, body = transfer.text_body(f"From a\n{long}From b")
    assert b"From " not in body
    assert (
        decoded(f"From a\n{long}From b")
        == f"From a\n{long}From b\n".replace("\n", "\r\n").encode()
    )


def test_line_ends_become_crlf_and_the_last_one_is_added():
    assert transfer.text_body("a\rb\r\nc\nd")[1] == b"a\r\nb\r\nc\r\nd\r\n"
    assert transfer.text_body("a\r\n")[1] == b"a\r\n"


def test_lone_surrogates_become_question_marks():
    assert decoded("a\ud800b") == b"a?b\r\n"


texts = st.text(max_size=400) | st.text("aé漢 \t\r\n=.\x00_F", max_size=400)


@given(
    texts | st.lists(st.sampled_from(["From ", "\n", "é", " ", "x" * 70])).map("".join)
)
def test_every_text_comes_back_and_is_safe_on_the_wire(text):
    encoding, body = transfer.text_body(text)
    assert body.isascii()
    assert body.count(b"\r\n") == body.count(b"\n") == body.count(b"\r")
    assert body.endswith(b"\r\n")
    longest = transfer.LINE_AIM if encoding == "7bit" else 76
    assert max(map(len, body.split(b"\r\n"))) <= longest
    assert b"\r\nFrom " not in b"\r\n" + body
    assert b"=_" not in body
    expected = transfer.with_lf(text)
    expected += "" if expected.endswith("\n") else "\n"
    wanted = expected.replace("\n", "\r\n").encode("utf-8", "replace")
    assert decoded(text) == wanted


@given(st.binary(max_size=600))
def test_base64_comes_back_and_its_size_is_known(data):
    body = transfer.base64_lines(data)
    assert base64.b64decode(body) == data
    assert len(body) == transfer.base64_size(len(data))
    assert all(len(line) <= 76 for line in body.split(b"\r\n"))


@pytest.mark.parametrize(
    ("data", "may"),
    [
        (b"a\r\n\tb\r\n", True),
        (b"x" * 998 + b"\r\n", True),
        (b"x" * 999 + b"\r\n", False),
        (b"a", False),
        (b"", False),
        (b"a\nb\r\n", False),
        (b"a\rb\r\n", False),
        (b"\xc3\xa9\r\n", False),
        (b"a\x00\r\n", False),
    ],
)
def test_what_may_travel_as_it_is(data, may):
    assert transfer.is_7bit(data) is may


@pytest.mark.parametrize(
    "data",
    [b"x" * 500, b"<p>" + b"=" * 90 + b"</p>", b" " * 300, b"From " + b"y" * 200],
)
def test_text_without_a_line_end_gets_whole_ones(data):
    encoded = transfer.quoted_printable(data)
    assert encoded.count(b"\n") == encoded.count(b"\r\n") > 0
    assert max(map(len, encoded.split(b"\r\n"))) <= 76
    assert quopri.decodestring(encoded) == data
