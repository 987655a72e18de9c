"""What is tracked, as it is kept."""

import itertools

from mailbot_server.core.tracking import asked
from mailbot_server.core.tracking.asked import Tracking


def test_each_choice_comes_back():
    for opens, clicks, text_clicks in itertools.product((False, True), repeat=3):
        tracking = Tracking(opens=opens, clicks=clicks, text_clicks=text_clicks)
        assert asked.read(asked.write(tracking)) == tracking


def test_nothing_is_nothing():
    assert asked.write(asked.NOTHING) == ""


def test_letters_of_newer_versions_are_passed_over():
    assert asked.read("ozu") == Tracking(opens=True)
