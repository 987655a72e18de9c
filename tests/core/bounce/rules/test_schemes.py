import pytest

from mailbot_server.core import bounce
from mailbot_server.core.mail.reply import read


def verdict(code, text, stage="rcpt"):
    found = bounce.classify(read(code, text), stage)
    return found.bounce_class, found.rule_id


@pytest.mark.parametrize("number", ["OFR_417", "LPN417", "OFR006_417", "ofr004-417"])
def test_the_last_number_of_orange_tells(number):
    assert verdict(552, f"refus {number} [417]") == ("mailbox_full", "orange-full")


@pytest.mark.parametrize("word", ["OFR_4170", "XOFR_417", "417", "OFR417_105"])
def test_what_only_looks_like_a_number_of_orange_tells_nothing(word):
    assert verdict(550, f"refus {word}")[1] != "orange-full"


def test_a_number_under_words_that_tell_comes_second():
    text = "Too many messages from here, slow down OFR006_103"
    assert verdict(421, text) == ("rate_limited", "rate-too-fast")


def test_a_number_that_means_one_thing_comes_first():
    text = "the user is unknown, see http://mail.i.ua/err/3/"
    assert verdict(550, text) == ("inactive_mailbox", "iua-closed")


def test_no_number_is_about_the_recipient_before_he_was_named():
    found = verdict(550, "5.1.1 RCP-P1 see the codes", "mail")
    assert found[0] != "invalid_recipient"
