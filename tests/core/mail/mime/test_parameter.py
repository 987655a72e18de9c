import email.message
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime.parameter import (
    first_word,
    media_type,
    read,
    safe_filename,
)
from tests import corpora


@pytest.mark.parametrize(
    ("value", "word", "parameters"),
    [
        pytest.param("text/plain", "text/plain", {}, id="rfc2045-5.1"),
        pytest.param(
            "Text/HTML; Charset=UTF-8",
            "text/html",
            {"charset": "UTF-8"},
            id="names-ignore-case",
        ),
        pytest.param(
            'multipart/mixed; boundary="a;b=c"',
            "multipart/mixed",
            {"boundary": "a;b=c"},
            id="quoted",
        ),
        pytest.param(
            r'a/b; name="x\"y\\z"', "a/b", {"name": r'x"y\z'}, id="quoted-pairs"
        ),
        pytest.param(
            r'a/b; name="C:\path\file.txt"',
            "a/b",
            {"name": r"C:\path\file.txt"},
            id="backslashes-of-a-path-stay",
        ),
        pytest.param('a/b; name="open', "a/b", {"name": "open"}, id="unclosed-quote"),
        pytest.param(
            "a/b; name=my file.pdf; x=y",
            "a/b",
            {"name": "my file.pdf", "x": "y"},
            id="blanks-without-quotes",
        ),
        pytest.param(
            "a/b name=x y=z", "a/b", {"name": "x", "y": "z"}, id="semicolons-missing"
        ),
        pytest.param(
            '"text/html"; charset="x"',
            "text/html",
            {"charset": "x"},
            id="the-type-in-quotes",
        ),
        pytest.param("image / jpeg", "image/jpeg", {}, id="blanks-around-slash"),
        pytest.param("name=x; a=b", "", {"name": "x", "a": "b"}, id="no-word"),
        pytest.param(
            "a; name=UTF-8''%C3%A4%20b",
            "a",
            {"name": "ä b"},
            id="rfc2231-without-its-star",
        ),
        pytest.param(
            "a; name=it''s 100%; x=b''c",
            "a",
            {"name": "it''s 100%", "x": "b''c"},
            id="quotes-that-are-only-that",
        ),
        pytest.param(
            "text/plain (a comment); charset=x",
            "text/plain",
            {"charset": "x"},
            id="rfc2045-5.1-comment",
        ),
        pytest.param(
            "attachment; filename=a; filename=b",
            "attachment",
            {"filename": "a"},
            id="first-counts",
        ),
        pytest.param("", "", {}, id="empty"),
        pytest.param(";", "", {}, id="nothing"),
        pytest.param("; a=b", "", {"a": "b"}, id="no-word"),
        pytest.param(
            "a/b; filename*=utf-8'en'%e2%82%ac%20rates",
            "a/b",
            {"filename": "€ rates"},
            id="rfc2231-4",
        ),
        pytest.param(
            "a/b; title*0*=us-ascii'en'This%20is%20; title*1*=%2A%2Afun; title*2=\" it!\"",
            "a/b",
            {"title": "This is **fun it!"},
            id="rfc2231-4.1",
        ),
        pytest.param('a/b; f*0="a"; f*1="b"', "a/b", {"f": "ab"}, id="rfc2231-3"),
        pytest.param(
            'a/b; f*1="b"; f*0="a"', "a/b", {"f": "ab"}, id="rfc2231-3-any-order"
        ),
        pytest.param('a/b; f*2="c"; f*0="a"', "a/b", {"f": "ac"}, id="section-missing"),
        pytest.param(
            "a/b; f=plain; f*=utf-8''%C3%A9",
            "a/b",
            {"f": "é"},
            id="rfc6266-4.3-extended-wins",
        ),
        pytest.param(
            "a/b; f*=iso-8859-1''caf%E9", "a/b", {"f": "café"}, id="rfc2231-4-latin1"
        ),
        pytest.param("a/b; f*=caf%C3%A9", "a/b", {"f": "café"}, id="charset-missing"),
        pytest.param(
            "a/b; f*0*=utf-8''%C3; f*1*=%A9",
            "a/b",
            {"f": "é"},
            id="character-cut-in-two",
        ),
        pytest.param("a/b; f**=x", "a/b", {"f**": "x"}, id="not-a-section"),
    ],
)
def test_read(value, word, parameters):
    assert read(value) == (word, parameters)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        pytest.param("text/plain", "text/plain", id="type"),
        pytest.param(
            "application/vnd.a+xml", "application/vnd.a+xml", id="rfc6838-4.2"
        ),
        pytest.param("text", "text/plain", id="bare-text"),
        pytest.param("text/plain/format", "text/plain", id="two-slashes"),
        pytest.param("plain", "text/plain", id="bare-plain"),
        pytest.param("html", "text/html", id="bare-html"),
        pytest.param("plain/text", "text/plain", id="the-wrong-way-round"),
        pytest.param("pdf", "x/y", id="rfc2045-5.2-bad"),
        pytest.param("", "x/y", id="empty"),
        pytest.param("é/plain", "x/y", id="not-ascii"),
    ],
)
def test_media_type(word, kind):
    assert media_type(word, "x/y") == kind


@pytest.mark.parametrize(
    ("value", "word"),
    [("utf-8 (c)", "utf-8"), ('"utf-8";', "utf-8"), (" ", ""), ("", "")],
)
def test_first_word(value, word):
    assert first_word(value) == word


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        pytest.param("report.pdf", "report.pdf", id="plain"),
        pytest.param("../../etc/passwd", "passwd", id="path"),
        pytest.param("C:\\Users\\ann\\a.txt", "a.txt", id="windows-path"),
        pytest.param("C:a.txt", "C_a.txt", id="windows-drive"),
        pytest.param("a\r\nb\0c\x07.txt", "a  bc.txt", id="controls"),
        pytest.param(
            "invoice\u202efdp.exe", "invoicefdp.exe", id="right-to-left-override"
        ),
        pytest.param(
            "a\u00a0b\ue000.txt", "a b.txt", id="blanks-and-private-characters"
        ),
        pytest.param(
            "=?utf-8?q?caf=C3=A9.txt?=", "café.txt", id="rfc2047-in-a-parameter"
        ),
        pytest.param("cafe\u0301.txt", "café.txt", id="nfc"),
        pytest.param("..", "", id="dots"),
        pytest.param("a. . ", "a", id="windows-drops-the-end"),
        pytest.param("/", "", id="slash"),
        pytest.param(".bashrc", ".bashrc", id="hidden"),
        pytest.param("x" * 300 + ".pdf", "x" * 251 + ".pdf", id="long-keeps-extension"),
        pytest.param("x" * 300, "x" * 255, id="long-without-extension"),
        pytest.param("x." + "y" * 300, "x." + "y" * 253, id="long-extension"),
        pytest.param("é" * 200 + ".pdf", "é" * 125 + ".pdf", id="octets-count"),
    ],
)
def test_safe_filename(written, safe):
    assert safe_filename(written) == safe


@given(st.text(st.characters(), max_size=400))
def test_a_safe_name_can_be_used_anywhere(written):
    name = safe_filename(written)
    assert len(name.encode("utf-8")) <= 255
    assert not set(name) & set("/\\:\0\r\n")
    assert name not in {".", ".."}
    assert safe_filename(name) == name or "=?" in name


PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "/",
            ";",
            "=",
            '"',
            "\\",
            "*",
            "0",
            "1*",
            "'",
            "%41",
            "%",
            " ",
            "\n",
            "é",
            "utf-8''",
            "(",
            "\ud800",
        ]
    ),
    max_size=40,
)


@given(PIECES)
def test_never_raises_and_gives_text_that_can_be_kept(pieces):
    _, parameters = read("".join(pieces))
    for name, value in parameters.items():
        assert name == name.lower()
        assert "\0" not in value


@given(
    st.dictionaries(
        st.sampled_from(["name", "charset", "x"]),
        st.text(st.sampled_from('ab c;="é日.'), max_size=20),
    )
)
def test_the_library_s_parameters_read_back(parameters):
    message = email.message.Message()
    message.add_header(
        "Content-Type",
        "a/b",
        **{
            k: ("utf-8", "", v) if not v.isascii() else v for k, v in parameters.items()
        },
    )
    word, read_back = read(message["Content-Type"])
    assert word == "a/b"
    assert read_back == {
        name: value for name, value in parameters.items() if value or name in read_back
    }


@pytest.mark.parametrize(
    "piece", ["; a", "; a=", '; a="', ";", " a =", '\\"', "a*0*=x;", " ", "="]
)
def test_length_costs_no_more_than_itself(piece):
    # Quadratic time would run into the suite's time-out.
    read("a/b" + piece * (300_000 // len(piece)))


def test_content_types_of_the_corpus():
    cases = json.loads(
        (corpora.folder("mime") / "headers" / "content_type.json").read_text()
    )
    agreed = 0
    for case in cases:
        expected = case["expected"] or {}
        word, parameters = read(" ".join(case["header"].split()))
        agreed += (
            word == f"{expected.get('c_type')}/{expected.get('c_subtype')}"
            and all(
                parameters.get(pair[0]) == pair[1]
                for pair in expected.get("attributes") or []
                if pair[0] in {"charset", "boundary", "format", "protocol"}
            )
        )
    # The rest are values that mean nothing, and each reader has its own nothing.
    assert agreed >= 60
