"""The words around codes tell them from other numbers."""

import pytest

from mailbot_server.core.mail.content import passcode_phrase as phrase

TABLES = (
    "STRONG",
    "WEAK",
    "ACTION",
    "NOT_A_CODE",
    "OTHER_NUMBER",
    "UNIT_BEHIND",
    "ENTER",
)


@pytest.mark.parametrize(
    "words", ["verification code", "Sicherheitscode", "one-time password", "验证码"]
)
def test_strong_words_give_a_code(words):
    assert phrase.STRONG.search(words)


@pytest.mark.parametrize("words", ["zip code", "Promo code", "barcode", "code postal"])
def test_not_all_that_is_called_a_code_is_one(words):
    assert phrase.NOT_A_CODE.sub("", words) != words


@pytest.mark.parametrize("words", ["Order #", "invoice number: ", "$", "Tel. ", "+1 "])
def test_words_before_a_number_may_say_what_else_it_is(words):
    assert phrase.OTHER_NUMBER.search(words)


@pytest.mark.parametrize("words", [" minutes", "€", " users", "年"])
def test_words_behind_a_number_may_say_what_else_it_is(words):
    assert phrase.UNIT_BEHIND.match(words)


@pytest.mark.parametrize("between", [": ", " is ", " ist: ", "\n\n", " → ".strip()])
def test_little_stands_between_the_word_and_its_code(between):
    assert bool(phrase.JOINT.fullmatch(between)) == (between != "→")


@pytest.mark.parametrize("name", TABLES)
def test_no_alternative_matches_nothing(name):
    assert getattr(phrase, name).search("~") is None
