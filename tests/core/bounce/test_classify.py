import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import bounce
from mailbot_server.core.delivery import Stage
from mailbot_server.core.mail.reply import Reply, read

REPLIES = Path(__file__).parents[2] / "corpus" / "replies.tsv"
WORDS = ("user", "unknown", "spam", "policy", "a@b", "quota", "ip", "sender", "domain")
CLASSES = {
    *("invalid_recipient", "invalid_domain", "inactive_mailbox", "mailbox_full"),
    *("spam_content", "policy", "ip_reputation", "domain_reputation", "auth_failed"),
    *("rate_limited", "greylisted", "too_large", "relay_denied", "protocol_error"),
    *("dns", "connection", "tls", "other"),
}
SCOPES = {"recipient", "content", "reputation", "policy", "infrastructure"}


def corpus():
    """What hosts say and what it means: one line of the file is one test."""
    with REPLIES.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield pytest.param(row, id=f"{row['code']} {row['text'][:60]}")


@pytest.mark.parametrize("row", list(corpus()))
def test_what_hosts_say(row):
    enhanced = row["enhanced"].lstrip("-")
    reply = Reply(code=int(row["code"]), enhanced=enhanced, text=row["text"])
    found = bounce.classify(reply, row["stage"].lstrip("-"))
    permanent = "yes" if found.permanent else "no"
    assert (found.bounce_class, permanent) == (row["class"], row["permanent"])


def meaning(found):
    return found.bounce_class, found.scope, found.permanent


def verdict(line, stage="rcpt"):
    """What a reply line such as "550 5.1.1 No such user" means."""
    code, _, text = line.partition(" ")
    return bounce.classify(read(int(code), text), stage)


@pytest.mark.parametrize(
    ("stage", "bounce_class"),
    [("route", "dns"), ("connect", "connection"), ("tls", "tls")],
)
def test_on_the_way_the_stage_says_it_all(stage, bounce_class):
    found = bounce.classify(Reply(code=451, text="policy: user unknown, spam"), stage)
    assert (found.bounce_class, found.scope) == (bounce_class, "infrastructure")
    assert found.rule_id == f"stage-{stage}"
    assert not found.permanent


@pytest.mark.parametrize("enhanced", ["5.1.2", "5.1.10"])
def test_dns_can_say_that_a_domain_takes_no_mail(enhanced):
    said = Reply(code=550, enhanced=enhanced, text="no such domain")
    found = bounce.classify(said, "route")
    assert meaning(found) == ("invalid_domain", "recipient", True)


@pytest.mark.parametrize("stage", ["greeting", "auth", "mail"])
@pytest.mark.parametrize(
    "line",
    ["550 5.1.1 User unknown", "550 5.2.1 Mailbox is disabled", "556 5.1.10 null MX"],
)
def test_before_rcpt_nobody_speaks_of_the_recipient(stage, line):
    assert verdict(line, stage).scope != "recipient"


def test_mailbox_unavailable_means_nothing_after_the_data():
    line = "550 Requested action not taken: mailbox unavailable"
    assert verdict(line, "rcpt").scope == "recipient"
    assert verdict(line, "eod").scope == "policy"


def test_lost_connection_is_nobodys_refusal():
    found = bounce.classify(Reply(code=0), "data")
    assert meaning(found) == ("connection", "infrastructure", False)
    assert found.rule_id == "no-reply"


def test_enhanced_code_behind_the_words_counts_when_it_fits_the_code():
    assert verdict("550 go away (#5.1.1)").bounce_class == "invalid_recipient"
    assert verdict("550 go away (#4.1.1)").bounce_class == "other"


@pytest.mark.parametrize("line", ["550 whatever", "554 5.0.0 nope", "599 x", "550"])
def test_unknown_refusal_is_final_and_never_the_recipients_fault(line):
    found = verdict(line)
    assert meaning(found) == ("other", "policy", True)
    assert found.rule_id == "unknown-5xx"


@given(
    st.integers(0, 999),
    st.text("4521.0", max_size=6),
    st.text(max_size=300) | st.lists(st.sampled_from(WORDS)).map(" ".join),
    st.sampled_from([*Stage, ""]),
)
def test_every_reply_has_a_verdict(code, enhanced, text, stage):
    found = bounce.classify(Reply(code=code, enhanced=enhanced, text=text), stage)
    assert found.bounce_class in CLASSES
    assert found.scope in SCOPES
    assert found.permanent <= (500 <= code < 600 or code == 0)


@pytest.mark.parametrize(
    ("enhanced", "found"),
    [
        ("5.1.1", ("invalid_recipient", "recipient", True)),
        ("4.1.1", ("invalid_recipient", "recipient", False)),
        ("5.2.2", ("mailbox_full", "recipient", False)),
        ("5.0.0", ("other", "policy", True)),
        ("4.0.0", ("other", "infrastructure", False)),
    ],
)
def test_report_with_an_enhanced_code_only_is_classified_by_it(enhanced, found):
    assert meaning(bounce.classify(Reply(code=0, enhanced=enhanced), "")) == found


@pytest.mark.parametrize(
    "text",
    [
        "550 5.1.1 The account that you 550-5.1.1 tried does not exist",
        "host mx.example.com[192.0.2.1] said: no such user (in reply to RCPT TO command)",
        "LE DESTINATAIRE EST INCONNU",
        "Empf\u00e4nger unbekannt",
    ],
)
def test_wrapping_case_and_accents_do_not_count(text):
    found = bounce.classify(Reply(code=550, text=text), "")
    assert found.bounce_class == "invalid_recipient"


@pytest.mark.parametrize("words", ["temporarily disabled", "closed, try later"])
def test_5xx_that_says_so_itself_passes(words):
    found = verdict(f"550 5.2.1 Mailbox {words}")
    assert meaning(found) == ("inactive_mailbox", "recipient", False)


@pytest.mark.parametrize("number", ["192.0.2.7", "2001:db8::7:1"])
def test_address_of_a_host_counts_as_an_ip(number):
    found = verdict(f"554 Mail server {number} has been blocked", "greeting")
    assert found.bounce_class == "ip_reputation"


def test_longest_text_of_one_word_is_read_in_bounded_steps():
    for word in ("a@", "1.", "mailbox ", "ip ", "host x said: ", "x"):
        assert verdict(f"550 {word * 1000}").permanent


@given(st.text(st.characters(categories=["L", "N"]), max_size=50))
def test_addresses_do_not_count_as_words(name):
    plain = verdict("550 5.1.1 @ no such user")
    assert verdict(f"550 5.1.1 spam{name}@example.com no such user") == plain
