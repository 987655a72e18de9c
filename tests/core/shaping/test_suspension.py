"""A suspension that nobody gave a length ends soon."""

from datetime import timedelta

from mailbot_server.core.shaping import Scope
from mailbot_server.core.shaping.suspension import DEFAULT, LONGEST


def test_the_default_is_minutes_and_the_longest_is_not_for_ever():
    assert timedelta(minutes=5) == DEFAULT < LONGEST
    assert {scope.value for scope in Scope} == {"destination", "account", "inbox"}
