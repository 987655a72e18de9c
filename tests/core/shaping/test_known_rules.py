"""What large providers answer is understood; ordinary refusals move nothing."""

import pytest

from mailbot_server.core.mail.reply import Reply, read
from mailbot_server.core.shaping.known_rules import KNOWN
from mailbot_server.core.shaping.reply_rule import ReplyRule, find, names_of

REPLIES = [
    ("google", 421, "4.7.28 Our system has detected an unusual rate of mail", "gmail-rate"),
    ("google", 421, "4.7.0 due to the very low reputation of the sending", "gmail-reputation"),
    ("google", 450, ("4.2.1 The user you are trying to contact is receiving mail at a rate"
     " that prevents additional messages"), "gmail-one-mailbox"),
    ("microsoft", 451, "4.7.500 Server busy. Please try again later (S77719)", "microsoft-denied"),
    ("microsoft", 451, ("4.7.650 The mail server [192.0.2.1] has been temporarily rate"
     " limited due to IP reputation (S775)"), "microsoft-denied"),
    ("microsoft-consumer", 421, "RP-001 The mail server IP has exceeded the rate (RP-001)",
     "microsoft-busy"),
    ("microsoft-consumer", 550, ("5.7.1 Unfortunately, messages from [192.0.2.1] weren't"
     " sent. (S3150)"), "microsoft-blocked"),
    ("yahoo", 421, "4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred", "yahoo-ts"),
    ("yahoo", 421, "4.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred",
     "yahoo-ts"),
    ("apple", 421, "4.7.0 [CS01] Message rejected due to local policy", "apple-rate"),
    ("comcast", 421, "4.2.0 Try again later RL000001", "comcast-connections"),
    ("comcast", 421, "4.2.0 Throttled RL000010", "comcast-rate"),
    ("mailru", 451, "4.7.1 Ratelimit exceeded for host", "mailru-rate"),
    ("tencent", 550, "Connection frequency limited", "qq-frequency"),
    ("netease", 421, "HL:REP 163 smtp, MI:CEL limit", "netease-limit"),
    ("orange", 421, "4.3.2 Too many connections, slow down. OFR004_104", "orange-connections"),
    ("orange", 451, "OFR_999 Deferred", "orange-blocked"),
    ("ionos", 421, "gmx.net Service not available, too many connections", "gmx-rate"),
    ("mx.example.net", 421, "4.7.0 Too many concurrent SMTP connections", "too-many-connections"),
    ("mx.example.net", 451, "4.7.1 blocked using zen.spamhaus.org query limit", "listed"),
    ("mx.example.net", 421, "4.7.0 Rate limit reached", "too-many-messages"),
]  # fmt: skip


def rule_for(site: str, reply: Reply) -> ReplyRule | None:
    provider = site.partition("-")[0]
    return find(KNOWN, names_of(site, provider, "mx.example.net"), reply)


@pytest.mark.parametrize(("site", "code", "text", "rule"), REPLIES)
def test_what_they_say_when_it_is_too_much(site, code, text, rule):
    found = rule_for(site, read(code, text))
    assert found is not None
    assert found.id == rule


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (550, "5.1.1 The email account that you tried to reach does not exist"),
        (452, "4.2.2 The recipient's inbox is out of storage space"),
        (450, "4.2.0 Greylisted, see example.org"),
        (451, "4.3.0 Local error in processing"),
        (554, "5.7.1 Message rejected as spam"),
        (552, "5.3.4 Message too big"),
    ],
)
@pytest.mark.parametrize("site", ["google", "microsoft", "yahoo", "mx.example.net"])
def test_what_is_about_one_message_slows_nobody(site, code, text):
    found = rule_for(site, read(code, text))
    assert found is None or not found.actions


def test_each_rule_has_a_name_of_its_own():
    ids = [rule.id for rule in KNOWN]
    assert len(ids) == len(set(ids))
