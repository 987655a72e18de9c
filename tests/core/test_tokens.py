import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import tokens
from mailbot_server.core.tokens import Asked, asked, located, spaced, words


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
            ["ann", "example", "com", "ann@example.com"],
            id="address",
        ),
        pytest.param(
            "to ann.lee+tag@example.com now",
            [
                *("to", "ann", "lee", "tag", "example", "com", "now"),
                "ann.lee+tag@example.com",
            ],
            id="whole-addresses-behind-the-text",
        ),
        pytest.param(
            "<a_b@localhost>, a_b@localhost.",
            ["a", "b", "localhost", "a", "b", "localhost", "a_b@localhost"],
            id="each-address-once",
        ),
        pytest.param(
            "see www.example.com.", ["see", "www", "example", "com"], id="domain"
        ),
        pytest.param("report_v1.5.pdf", ["report", "v1", "5", "pdf"], id="file"),
        pytest.param("#4521 12:30", ["4521", "12", "30"], id="numbers"),
        pytest.param("x" * 300, ["x" * 255], id="long"),
        pytest.param("É" * 300, ["e" * 255], id="long-folded"),
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
        pytest.param("東京都", ["東京", "京都", "都"], id="han"),
        pytest.param("漢", ["漢"], id="one-character"),
        pytest.param(
            "ラーメン屋 open", ["ラー", "ーメ", "メン", "ン屋", "屋", "open"], id="kana"
        ),
        pytest.param("ｶﾞｷ", ["ガキ", "キ"], id="half-width-kana"),
        pytest.param("か が", ["か", "が"], id="voice-marks-are-letters"),
        pytest.param("한국어", ["한국", "국어", "어"], id="hangul"),
        pytest.param(
            "日本語abc訳", ["日本", "本語", "語", "abc", "訳"], id="mixed-scripts"
        ),
        pytest.param("हिन्दी", ["हिन्दी"], id="indic-vowel-signs"),
        pytest.param(
            "ünïx@exämple.com",
            ["unix", "example", "com", "unix@example.com"],
            id="folded-address",
        ),
        pytest.param(
            "Жук@пример.рф",
            ["жук", "пример", "рф", "жук@пример.рф"],
            id="rfc6531-address",
        ),
        pytest.param("\0\ud800 a", ["a"], id="nothing-to-index"),
    ],
)
def test_words(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "is_open", "found"),
    [
        pytest.param("Hello", False, Asked(("hello",)), id="word"),
        pytest.param("two words", False, Asked(("two", "words")), id="phrase"),
        pytest.param("two wo", True, Asked(("two", "wo"), is_open=True), id="open"),
        pytest.param("A@Example.com", False, Asked(("a@example.com",)), id="address"),
        pytest.param(
            "a@exa", True, Asked(("a", "exa"), is_open=True), id="open-address"
        ),
        pytest.param(
            "to a@b.com", False, Asked(("to", "a", "b", "com")), id="address-in-phrase"
        ),
        pytest.param("@b.com", False, Asked(("b", "com")), id="half-an-address"),
        pytest.param("東", False, Asked(("東",), is_open=True), id="one-character"),
        pytest.param("東京都", False, Asked(("東京", "京都")), id="han"),
        pytest.param("東京", True, Asked(("東京",)), id="open-han"),
        pytest.param(
            "本語 x", False, Asked(("本語", "語", "x")), id="han-before-a-word"
        ),
        pytest.param("!?", True, Asked(()), id="nothing"),
    ],
)
def test_what_a_query_asks_for(text, is_open, found):
    assert asked(text, is_open=is_open) == found


anything = st.text(max_size=60) | st.text("aB é日本ア.@-_ßŁ한ｶﾞ\u0301\n½™", max_size=60)


@given(anything)
def test_words_are_short_folded_and_have_no_blanks(text):
    for word in words(text):
        assert 0 < len(word) <= tokens.WORD_LENGTH_MAX
        assert not any(character.isspace() for character in word)


@given(st.text("abcéè.@-_日本", max_size=60))
def test_case_makes_no_difference(text):
    assert words(text.upper()) == words(text)


@given(anything)
def test_words_are_found_where_they_stand(text):
    """What is shown is found by the same words as what is indexed."""
    shown = [each.word for each in located(text)]
    assert shown == [word for word in words(text) if "@" not in word]
    for each in located(text):
        assert 0 <= each.start < each.end <= len(text)
        assert each.word in words(text[each.start : each.end])


@given(anything, st.integers(1, 60))
def test_a_text_has_an_end(text, limit):
    assert len(spaced(text, limit)) <= limit


def test_a_text_is_cut_between_words():
    assert spaced("one two three", 10).split() == ["one", "two"]


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
    words(text)
    list(located(text[: tokens.INDEX_LENGTH_MAX]))


@given(st.text(alphabet="ab1 .@-_+,;\n\r\t\x00\x1c", max_size=60))
def test_plain_text_has_the_words_that_foreign_text_has(text):
    """What is ASCII goes another, faster way; one foreign letter takes the slow one."""
    foreign = [word for word in words(f"{text}\n日") if word != "日"]
    assert sorted(foreign) == sorted(words(text))


@given(st.text("ab -_", max_size=600))
def test_long_words_are_cut_wherever_they_stand(text):
    long = "x" * 300
    cut = [word for word in words(f"{text} {long} {text}") if word.startswith("x")]
    assert cut == ["x" * tokens.WORD_LENGTH_MAX]
