"""A rule reads the replies it is for, and the first that fits decides."""

import re
from datetime import timedelta

import pytest

from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.shaping.reply_rule import (
    Action,
    Do,
    ReplyRule,
    find,
    names_of,
)

NAMES = names_of("google", "google", "gmail-smtp-in.l.google.com.")
REPLY = Reply(code=421, enhanced="4.7.28", text="Unusual RATE of mail")


def test_a_place_is_called_by_site_provider_and_domains():
    names = names_of("(a|b).example.net", "other", "A.example.net.")
    assert names == {
        "(a|b).example.net",
        "other",
        "a.example.net",
        "example.net",
        "net",
    }


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (ReplyRule(id="all"), True),
        (ReplyRule(id="site", sites=("yahoo", "google")), True),
        (ReplyRule(id="host", sites=("l.google.com",)), True),
        (ReplyRule(id="other-site", sites=("yahoo",)), False),
        (ReplyRule(id="code", code="42"), True),
        (ReplyRule(id="other-code", code="5"), False),
        (ReplyRule(id="enhanced", enhanced=re.compile(r"4\.7\.2\d")), True),
        (ReplyRule(id="part", enhanced=re.compile(r"4\.7")), False),
        (ReplyRule(id="text", text=re.compile("unusual rate", re.IGNORECASE)), True),
        (ReplyRule(id="other-text", text=re.compile("quota")), False),
    ],
    ids=lambda value: value.id if isinstance(value, ReplyRule) else "",
)
def test_all_that_a_rule_says_must_fit(rule, fits):
    assert rule.fits(NAMES, REPLY) is fits


def test_the_first_rule_decides_even_without_actions():
    first, second = ReplyRule(id="first", code="421"), ReplyRule(id="second")
    assert find((first, second), NAMES, REPLY) is first
    assert find((second, first), NAMES, REPLY) is second
    assert find((), NAMES, REPLY) is None


def test_what_is_no_refusal_is_not_read():
    assert find((ReplyRule(id="all"),), NAMES, Reply(code=250)) is None


def test_a_long_text_is_read_to_its_limit():
    rule = ReplyRule(id="text", text=re.compile("end"))
    assert not rule.fits(NAMES, Reply(code=421, text="x" * 1000 + "end"))


def test_an_action_holds_for_its_minutes():
    assert Action(do=Do.SLOW, minutes=10).length == timedelta(minutes=10)
