import json
from email.header import Header, decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.mail.mime.encoded_word import decode, encode
from tests import corpora


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("plain text", "plain text", id="none"),
        pytest.param("=?ISO-8859-1?Q?a?=", "a", id="rfc2047-8-1"),
        pytest.param("=?ISO-8859-1?Q?a?= b", "a b", id="rfc2047-8-2"),
        pytest.param("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab", id="rfc2047-8-3"),
        pytest.param("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab", id="rfc2047-8-4"),
        pytest.param("=?ISO-8859-1?Q?a_b?=", "a b", id="rfc2047-8-6"),
        pytest.param("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b", id="rfc2047-8-7"),
        pytest.param("=?iso-8859-1*en?q?caf=E9?=", "café", id="rfc2231-5-language"),
        pytest.param("=?utf-8?B?w6k=?=", "é", id="rfc2047-4.1"),
        pytest.param("=?utf-8?b?w6k?=", "é", id="padding-missing"),
        pytest.param("=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "é", id="character-cut-in-two"),
        pytest.param("=?utf-8?B?w6k=?= =?utf-8?Q?=C3=A9?=", "éé", id="both-encodings"),
        pytest.param("=?gb2312?B?1tC5+g==?=", "中国", id="gb2312"),
        pytest.param("=?utf-8?Q?what??=", "what?", id="question-mark-inside"),
        pytest.param("=?utf-8?Q?a b?=", "a b", id="blank-inside"),
        pytest.param("=?utf-8?Q?a=?=", "a", id="broken-escape"),
        pytest.param("=?utf-8?Q?é?=", "é", id="8bit-inside"),
        pytest.param("[x]=?utf-8?Q?y?=z", "[x]yz", id="rfc2047-5-not-apart"),
        pytest.param("=?utf-8?Q??=", "", id="empty"),
        pytest.param("=?x-martian?Q?a=E9?=", "aé", id="unknown-charset"),
        pytest.param("=?utf-8?X?abc?=", "=?utf-8?X?abc?=", id="unknown-encoding"),
        pytest.param("=?utf-8?Q?abc", "=?utf-8?Q?abc", id="unfinished"),
        pytest.param(
            "=?utf-8?Q?a =?utf-8?Q?b?=", "=?utf-8?Q?a b", id="unfinished-before-another"
        ),
        pytest.param("1 =? 2 ?= 3", "1 =? 2 ?= 3", id="look-alike"),
    ],
)
def test_decode(written, text):
    assert decode(written) == text


@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"),
        max_size=300,
    )
)
def test_what_is_encoded_reads_back_and_fits_a_line(text):
    encoded = encode(text)
    assert encoded.isascii()
    assert max(map(len, encoded.split(" "))) <= 75
    assert decode(encoded) == text


def test_a_surrogate_cannot_be_sent():
    assert decode(encode("a\ud800b")) == "a?b"


@given(
    st.lists(
        st.sampled_from(
            [
                "=?",
                "?=",
                "?",
                "utf-8",
                "Q",
                "b",
                "_",
                "=C3",
                " ",
                "é",
                "=",
                "gb2312",
                "\ud800",
            ]
        ),
        max_size=30,
    )
)
def test_nothing_fails_and_nothing_unstorable_comes_out_of_a_word(pieces):
    written = "".join(pieces)
    text = decode(written)
    assert text.count("\ud800") <= written.count("\ud800")


@given(
    st.text(st.sampled_from("abcé日 ?=_ñ"), min_size=1, max_size=60),
    st.sampled_from(["utf-8", "iso-2022-jp", "iso-8859-1"]),
)
def test_the_library_s_words_are_read_as_the_library_reads_them(text, charset):
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    written = Header(text, charset, maxlinelen=10**6).encode()
    assert decode(written) == str(make_header(decode_header(written)))


@pytest.mark.parametrize(
    "piece", ["=?a?q?", "=?a?q?x", "=?a?b?=", "=?", "?=", "=?a?q?==", "=?a?q?b?= "]
)
def test_length_costs_no_more_than_itself(piece):
    # Quadratic time would run into the suite's time-out.
    decode(piece * (500_000 // len(piece)))


def test_unstructured_values_of_the_corpus():
    cases = json.loads(
        (corpora.folder("mime") / "headers" / "unstructured.json").read_text()
    )
    for case in cases:
        value = " ".join(case["header"].splitlines()[0].split())
        if "\n " in case["header"] or "\nX-" in case["header"] or "[SUSPECTED" in value:
            # Folding is the header block's matter; the corpus adds a blank before words.
            continue
        assert " ".join(decode(value).split()) == " ".join(
            (case["expected"] or "").split()
        )
