"""A file of rules is read whole or refused with a word for each fault."""

import tomllib

import pytest

from mailbot_server.core.mail.reply import Reply
from mailbot_server.core.shaping.known_rules import KNOWN
from mailbot_server.core.shaping.limit import LimitKind
from mailbot_server.core.shaping.reply_rule import Action, Do, find
from mailbot_server.core.shaping.rule_file import BadRules, read

GOOD = r"""
[[rule]]
id = "partner-busy"
sites = ["*.partner.example", "Google"]
code = 421
enhanced = '4\.7\.\d{1,3}'
text = 'busy|slow[+*]down \*'
actions = [
  { do = "slow", minutes = 10 },
  { do = "suspend", minutes = 60 },
  { do = "limit", what = "messages_per_minute", value = 100, minutes = 5 },
  { do = "bounce" },
]

[[rule]]
id = "gmail-rate"
text = "never"
"""


def faults(text: str) -> str:
    with pytest.raises(BadRules) as caught:
        read(tomllib.loads(text))
    return str(caught.value)


def test_a_rule_says_what_the_file_says():
    rules = read(tomllib.loads(GOOD))
    first = rules[0]
    assert (first.id, first.code) == ("partner-busy", "421")
    assert first.sites == ("partner.example", "google")
    assert first.actions == (
        Action(do=Do.SLOW, minutes=10),
        Action(do=Do.SUSPEND, minutes=60),
        Action(do=Do.LIMIT, minutes=5, what=LimitKind.MESSAGES_PER_MINUTE, value=100),
        Action(do=Do.BOUNCE),
    )
    reply = Reply(code=421, enhanced="4.7.28", text="We are BUSY")
    assert find(rules, frozenset({"partner.example"}), reply) is first


def test_built_in_rules_come_after_and_can_be_replaced():
    rules = read(tomllib.loads(GOOD))
    assert [rule.id for rule in rules].count("gmail-rate") == 1
    assert rules[1].actions == ()
    assert len(rules) == len(KNOWN) + 1
    assert read({}) == KNOWN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("other = 1", "other: there is no such key"),
        ("rule = 1", "rule: must be at most 500 tables [[rule]]"),
        ("rule = [1]", "rule 1: must be a table"),
        ("[[rule]]\ncode = 4", "rule 1: id: must be 1 to 63 of a-z, 0-9 and -"),
        (
            '[[rule]]\nid = "a"',
            "rule a: says nothing about sites, code, enhanced or text",
        ),
        ('[[rule]]\nid = "a"\ncode = "x"', "rule a: code: must begin with 4 or 5"),
        ('[[rule]]\nid = "a"\nwords = "x"', "rule a: words: there is no such key"),
        ('[[rule]]\nid = "a"\nsites = [1]', "rule a: sites: must be names"),
        ('[[rule]]\nid = "a"\ntext = "a.*b"', "rule a: text: repeats without a bound"),
        ('[[rule]]\nid = "a"\ntext = "a{2,}"', "rule a: text: repeats without a bound"),
        ('[[rule]]\nid = "a"\ntext = "(a"', "rule a: text: is no regular expression"),
        (f'[[rule]]\nid = "a"\ntext = "{"a" * 301}"', "at most 300 characters"),
        ('[[rule]]\nid = "a"\ncode = 4\nactions = 1', "must be a list of at most 8"),
        ('[[rule]]\nid = "a"\ncode = 4\nactions = [{ do = "x" }]', "do must be one of"),
        (
            '[[rule]]\nid = "a"\ncode = 4\nactions = [{ do = "slow" }]',
            "slow takes do, minutes",
        ),
        (
            '[[rule]]\nid = "a"\ncode = 4\nactions = [{ do = "slow", minutes = 0 }]',
            "minutes must be a number from 1 to 10080",
        ),
        (
            (
                '[[rule]]\nid = "a"\ncode = 4\nactions = [{ do = "limit", what = "x",'
                " value = 1, minutes = 1 }]"
            ),
            "what must be one of connections, messages_per_minute",
        ),
        ('[[rule]]\nid = "a"\ncode = 4\n[[rule]]\nid = "a"\ncode = 5', "is used twice"),
    ],
)
def test_each_fault_is_named(text, words):
    assert words in faults(text)


def test_all_faults_are_named_at_once():
    text = '[[rule]]\nid = "a"\ncode = "x"\ntext = "(b"\n[[rule]]\nid = "!"\ncode = 4'
    found = faults(text)
    assert found.count(";") == 2
