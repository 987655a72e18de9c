"""Words about the end of a subscription."""

import pytest

from mailbot_server.core.mail.content import link_phrase as phrase


@pytest.mark.parametrize(
    "words", ["unsubscribe", "opt out", "stop receiving these", "keine E-Mails mehr"]
)
def test_words_that_end_a_subscription(words):
    assert phrase.UNSUBSCRIBE.search(words)


@pytest.mark.parametrize("words", ["subscribe", "Newsletter", "options", "profile"])
def test_words_that_do_not(words):
    assert not phrase.UNSUBSCRIBE.search(words)


@pytest.mark.parametrize(
    "url", ["https://e.example/unsubscribe?u=1", "https://e.example/opt-out/1"]
)
def test_targets_tell_too(url):
    assert phrase.IN_ADDRESS.search(url)


@pytest.mark.parametrize("words", ["here", "Click here", "hier", "ici", "こちら"])
def test_words_that_say_nothing_of_their_own(words):
    assert phrase.HERE.search(words)
    assert not phrase.HERE.search(f"{words} is the menu")
