import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core.tokens import index_text, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("Hello, World!", ["hello", "world"], id="words"),
        pytest.param(
            "don't foo-bar x_y", ["don", "t", "foo", "bar", "x", "y"], id="punctuation"
        ),
        pytest.param(
            "Ann@Example.com",
            ["ann@example.com", "ann", "example.com", "example", "com"],
            id="address",
        ),
        pytest.param(
            "ann.lee+tag@example.com",
            [
                "ann.lee+tag@example.com",
                "ann.lee+tag",
                "example.com",
                "ann",
                "lee",
                "tag",
                "example",
                "com",
            ],
            id="tagged-address",
        ),
        pytest.param(
            "root@localhost",
            ["root@localhost", "root", "localhost"],
            id="address-in-one-label",
        ),
        pytest.param(
            "see www.example.com.",
            ["see", "www.example.com", "www", "example", "com"],
            id="domain",
        ),
        pytest.param(
            "report_v1.5.pdf",
            ["report_v1.5.pdf", "report", "v1", "5", "pdf"],
            id="file",
        ),
        pytest.param("#4521 12:30", ["4521", "12", "30"], id="numbers"),
        pytest.param("x" * 100, ["x" * 64], id="long"),
        pytest.param("É" * 100, ["e" * 64], id="long-folded"),
        pytest.param(
            "Größe ÉCOLE naïve Łódź", ["grosse", "ecole", "naive", "lodz"], id="accents"
        ),
        pytest.param("cafe\u0301 café", ["cafe", "cafe"], id="nfc-and-nfd"),
        pytest.param(
            "İstanbul ISPARTA ılık", ["istanbul", "isparta", "ilik"], id="turkish"
        ),
        pytest.param("ΣΟΦΟΣ σοφός", ["σοφοσ", "σοφοσ"], id="greek"),
        pytest.param("Ёлка Привет", ["елка", "привет"], id="cyrillic"),
        pytest.param("ﬁne ＡＢＣ ①", ["fine", "abc", "1"], id="nfkc"),
        pytest.param("שָׁלוֹם", ["שלום"], id="hebrew-points"),
        pytest.param("مُحَمَّد", ["محمد"], id="arabic-points"),
        pytest.param("東京都", ["東京", "京都"], id="han"),
        pytest.param("漢", ["漢"], id="one-character"),
        pytest.param(
            "ラーメン屋 open", ["ラー", "ーメ", "メン", "ン屋", "open"], id="kana"
        ),
        pytest.param("ｶﾞｷ", ["ガキ"], id="half-width-kana"),
        pytest.param("か が", ["か", "が"], id="voice-marks-are-letters"),
        pytest.param("한국어", ["한국", "국어"], id="hangul"),
        pytest.param("日本語abc訳", ["日本", "本語", "abc", "訳"], id="mixed-scripts"),
        pytest.param("हिन्दी", ["हिन्दी"], id="indic-vowel-signs"),
        pytest.param(
            "ünïx@exämple.com",
            ["unix@example.com", "unix", "example.com", "example", "com"],
            id="folded-address",
        ),
        pytest.param(
            "Жук@пример.рф",
            ["жук@пример.рф", "жук", "пример.рф", "пример", "рф"],
            id="rfc6531-address",
        ),
        pytest.param("\0\ud800 a", ["a"], id="nothing-to-index"),
    ],
)
def test_tokens(text, found):
    assert tokens(text) == found


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_tokens_are_short_folded_and_have_no_blanks(text):
    for token in tokens(text):
        assert 0 < len(token) <= 64
        assert not any(character.isspace() for character in token)


@given(st.text(st.sampled_from("aB é日本ア.@-_ßŁ한"), max_size=60))
def test_case_makes_no_difference(text):
    assert tokens(text.upper()) == tokens(text.upper().lower()) or "ß" in text


def test_a_document_begins_with_its_inbox():
    assert index_text("inb_1", "Hello you", "Hello") == "inb_1 hello you hello"
    assert index_text("inb_1") == "inb_1"


@given(st.lists(st.text(max_size=40), max_size=5), st.integers(5, 60))
def test_a_document_has_an_end(texts, limit):
    document = index_text("inb_1", *texts, limit=limit)
    assert len(document) <= limit
    whole = index_text("inb_1", *texts)
    assert whole.split(" ")[: document.count(" ") + 1] == document.split(" ") or len(
        document
    ) < len(whole)


@pytest.mark.parametrize(
    "text",
    [
        "a." * 300_000,
        "a@" * 300_000,
        "日" * 500_000,
        "é" * 500_000,
        "." * 500_000,
        "x" * 500_000,
        "\u0301" * 500_000,
    ],
)
def test_length_costs_no_more_than_itself(text):
    # Quadratic time would run into the suite's time-out.
    tokens(text)


@given(st.text(alphabet="ab1 .@-_+,;\n\r\t\x00\x1c", max_size=60))
def test_plain_text_has_the_words_that_foreign_text_has(text):
    """What is ASCII goes another, faster way; one foreign letter takes the slow one."""
    beside = [token for line in text.splitlines() for token in tokens(f"{line} 日")]
    assert [token for token in beside if token != "日"] == tokens(text)
