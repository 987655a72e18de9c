import re
import tomllib
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parse  # type: ignore[attr-defined]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot_server.core import bounce
from mailbot_server.core.delivery import Stage
from mailbot_server.core.mail.reply import Reply, read
from tests import corpora

CLASSES = {
    *("invalid_recipient", "invalid_domain", "inactive_mailbox", "mailbox_full"),
    *("spam_content", "policy", "ip_reputation", "domain_reputation", "auth_failed"),
    *("rate_limited", "greylisted", "too_large", "relay_denied", "protocol_error"),
    *("dns", "connection", "tls", "other"),
}
WORDS = ("user", "unknown", "spam", "policy", "a@b", "quota", "ip", "sender", "domain")
SCOPES = {"recipient", "content", "reputation", "policy", "infrastructure"}


def meaning(found):
    return found.bounce_class, found.scope, found.permanent


def verdict(line, stage="rcpt"):
    """What a reply line such as "550 5.1.1 No such user" means."""
    code, _, text = line.partition(" ")
    return bounce.classify(read(int(code), text), stage)


# What hosts say at RCPT or after the data, with the class, the scope and whether it is
# for good.
TABLE = [
    # Nobody of that name.
    ("550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown in virtual mailbox table", "invalid_recipient", "recipient", True),
    ("550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. For more information, go to https://support.google.com/mail/?p=NoSuchUser", "invalid_recipient", "recipient", True),
    ("550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).", "invalid_recipient", "recipient", True),
    ("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "invalid_recipient", "recipient", True),
    ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient bob@example.com not found by SMTP address lookup", "invalid_recipient", "recipient", True),
    ("554 delivery error: dd This user doesn't have a yahoo.com account (bob@example.com) [0]", "invalid_recipient", "recipient", True),
    ("550 No such recipient here", "invalid_recipient", "recipient", True),
    ("550 sorry, no mailbox here by that name (#5.1.1 - chkuser)", "invalid_recipient", "recipient", True),
    ("550 5.1.1 <nospam@example.com>... User unknown", "invalid_recipient", "recipient", True),
    ("553 5.1.3 Bad address syntax", "invalid_recipient", "recipient", True),
    ("550 Utilisateur inconnu", "invalid_recipient", "recipient", True),
    ("450 4.1.1 <bob@example.com>: Recipient address rejected: unverified address", "invalid_recipient", "recipient", False),
    # No such domain.
    ("550 5.1.2 Bad destination system address", "invalid_domain", "recipient", True),
    ("556 5.1.10 Recipient address has null MX", "invalid_domain", "recipient", True),
    ("550 5.1.10 Recipient address has null MX", "invalid_domain", "recipient", True),
    ("450 4.1.2 <bob@example.com>: Recipient address rejected: Domain not found", "invalid_domain", "recipient", False),
    # A mailbox that was.
    ("550 5.2.1 The email account that you tried to reach is disabled. Learn more at https://support.google.com/mail/?p=DisabledUser", "inactive_mailbox", "recipient", True),
    ("554 30 Sorry, your message to bob@example.com cannot be delivered. This mailbox is disabled (554.30).", "inactive_mailbox", "recipient", True),
    ("552 5.2.2 The recipient's inbox is out of storage space and inactive. https://support.google.com/mail/?p=OverQuotaPerm", "inactive_mailbox", "recipient", True),
    ("550 5.1.6 Recipient no longer on server", "inactive_mailbox", "recipient", True),
    ("450 4.2.1 Mailbox is not available now, try again later", "inactive_mailbox", "recipient", False),
    # A full one, which is never for good: RFC 3463 3.3.
    ("452 4.2.2 The recipient's inbox is out of storage space.", "mailbox_full", "recipient", False),
    ("552 5.2.2 Mailbox is full", "mailbox_full", "recipient", False),
    ("554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded", "mailbox_full", "recipient", False),
    ("552 Requested mail action aborted: exceeded storage allocation", "mailbox_full", "recipient", False),
    ("550 bob@example.com mailbox is over quota", "mailbox_full", "recipient", False),
    # Not so fast.
    ("450 4.2.0 <bob@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example.org/", "greylisted", "policy", False),
    ("451 4.7.1 Please try again later", "greylisted", "policy", False),
    ("550 5.7.1 Graylisting in action", "greylisted", "policy", False),
    ("421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address.", "rate_limited", "policy", False),
    ("450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages", "rate_limited", "policy", False),
    ("550 5.4.5 Daily user sending limit exceeded", "rate_limited", "policy", False),
    ("421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints", "rate_limited", "policy", False),
    ("421 Too many concurrent SMTP connections; please try again later.", "rate_limited", "policy", False),
    ("452 4.5.3 Too many recipients", "rate_limited", "policy", False),
    ("550 Too many invalid recipients", "rate_limited", "policy", False),
    ("550 Connection frequency limited", "rate_limited", "policy", False),
    # Reputation.
    ("550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).", "ip_reputation", "reputation", True),
    ("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "ip_reputation", "reputation", True),
    ("550 5.7.1 Mail from 192.0.2.1 rejected using zen.spamhaus.org.", "ip_reputation", "reputation", True),
    ("550 5.2.1 Mailbox unavailable. Your IP address 192.0.2.1 is blacklisted using SPAMHAUS-XBL.", "ip_reputation", "reputation", True),
    ("550 5.7.606 Access denied, banned sending IP [192.0.2.1]", "ip_reputation", "reputation", True),
    ("554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.", "ip_reputation", "reputation", True),
    ("554 5.7.1 Service unavailable; Client host [mail.example.com] blocked using multi.uribl.com", "domain_reputation", "reputation", True),
    ("550 5.7.1 Your domain example.com has been blacklisted", "domain_reputation", "reputation", True),
    # Authentication.
    ("550 5.7.26 This mail has been blocked because the sender is unauthenticated. DKIM = did not pass, SPF [example.com] with ip: [192.0.2.1] = did not pass", "auth_failed", "policy", True),
    ("550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification", "auth_failed", "policy", True),
    ("530 5.7.0 Authentication required", "auth_failed", "policy", True),
    ("535 5.7.8 Bad credentials", "auth_failed", "policy", True),
    ("550 5.1.8 <ann@example.com>: Sender address rejected: Domain not found", "auth_failed", "policy", True),
    ("550 5.1.0 <ann@example.com>: Sender address rejected: User unknown in virtual mailbox table", "auth_failed", "policy", True),
    ("550 Verification failed for <ann@example.com> unknown user Sender verify failed", "auth_failed", "policy", True),
    ("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]", "auth_failed", "policy", False),
    ("525 5.7.13 User account disabled", "auth_failed", "policy", True),
    # Content.
    ("550 5.7.1 Our system has detected that this message is likely unsolicited mail.", "spam_content", "content", True),
    ("554 5.7.1 Message rejected under suspicion of SPAM", "spam_content", "content", True),
    ("552 5.7.0 This message was blocked because its content presents a potential security issue.", "spam_content", "content", True),
    ("550 5.7.1 A URL in this email (example.com) is listed on https://uribl.example.org/", "spam_content", "content", True),
    ("552 5.3.4 Message size exceeds fixed maximum message size", "too_large", "content", True),
    ("552 message too large", "too_large", "content", True),
    ("550 5.7.1 Messages missing a valid Message-ID header are not accepted: not RFC 5322 compliant", "protocol_error", "content", True),
    # House rules.
    ("554 5.7.1 [CS01] Message rejected due to local policy", "policy", "policy", True),
    ("550 5.7.1 rejected", "policy", "policy", True),
    ("550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", "policy", "policy", True),
    ("550 Your account has been suspended, contact support", "policy", "policy", True),
    ("554 5.7.1 <bob@example.com>: Relay access denied", "relay_denied", "policy", True),
    ("553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", "relay_denied", "policy", True),
    ("451 4.7.5 must issue a STARTTLS command first", "tls", "infrastructure", False),
    # Machinery.
    ("503 5.5.1 Bad sequence of commands", "protocol_error", "infrastructure", True),
    ("500 command not recognised", "protocol_error", "infrastructure", True),
    ("451 4.4.3 Temporary failure", "dns", "infrastructure", False),
    ("451 Temporary DNS lookup failure", "dns", "infrastructure", False),
    ("421 4.4.2 Timeout", "connection", "infrastructure", False),
    ("421 Service not available, closing transmission channel", "connection", "infrastructure", False),
    ("521 does not speak SMTP", "connection", "infrastructure", True),
    ("554 5.4.6 Hop count exceeded - possible mail loop", "other", "infrastructure", True),
    ("451 4.3.0 Local error", "other", "infrastructure", False),
    ("452 4.3.1 Insufficient system storage", "other", "infrastructure", False),
    ("550 go away", "other", "policy", True),
    ("554 Transaction failed", "other", "policy", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "bounce_class", "scope", "permanent"),
    TABLE,
    ids=lambda value: str(value)[:48],
)
def test_what_hosts_say(line, bounce_class, scope, permanent):
    assert meaning(verdict(line)) == (bounce_class, scope, permanent)


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


def test_rules_have_ids_of_their_own_and_known_meanings():
    ids = [rule.id for rule in bounce.RULES]
    assert len(set(ids)) == len(ids)
    assert {rule.meaning.bounce_class for rule in bounce.RULES} <= CLASSES
    assert {rule.meaning.scope for rule in bounce.RULES} <= SCOPES
    assert {rule.stage for rule in bounce.RULES} <= {"", *Stage}


@pytest.mark.parametrize("rule", bounce.RULES, ids=lambda rule: rule.id)
def test_no_rule_repeats_without_bound(rule):
    unbounded = re.sub(r"\\[*+]|\[[^\]]*\]", "", rule.words + rule.code + rule.detail)
    assert not re.search(r"[*+]|,\}", unbounded)


def test_every_rule_can_be_reached():
    """Each rule decides at least one reply made from its own patterns."""
    shadowed = {rule.id for rule in bounce.RULES if not decides(rule)}
    assert shadowed == set()


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
    assert found.permanent <= (500 <= code < 600)


@given(st.text(st.characters(categories=["L", "N"]), max_size=50))
def test_addresses_do_not_count_as_words(name):
    plain = verdict("550 5.1.1 @ no such user")
    assert verdict(f"550 5.1.1 spam{name}@example.com no such user") == plain


# --- rule lists of other people ---------------------------------------------------------

OTHERS = {
    "InvalidRecipient": {"invalid_recipient"},
    "BadDomain": {"invalid_domain"},
    "InactiveMailbox": {"inactive_mailbox"},
    "InvalidSender": {"auth_failed"},
    "QuotaIssues": {"mailbox_full", "too_large"},
    "NoAnswerFromHost": {"connection"},
    "BadConnection": {"connection"},
    "DNSFailure": {"dns"},
    "RoutingErrors": {"relay_denied", "dns", "other"},
    "TransientFailure": {"other", "rate_limited"},
    "MessageExpired": {"other"},
    "ProtocolErrors": {"protocol_error"},
    "AuthenticationFailed": {"auth_failed"},
    "PolicyRelated": {"policy"},
    "SpamBlock": {"ip_reputation", "domain_reputation", "spam_content"},
    "SpamContent": {"spam_content"},
    "TooManyRecipients": {"rate_limited"},
}


ABOUT_US = {
    *("AuthenticationFailed", "PolicyRelated", "SpamBlock", "SpamContent"),
    *("RoutingErrors", "TransientFailure"),
}


def kumomta(name):
    """(kind, verdict on a reply that the pattern fits) of every rule of a list."""
    text = (corpora.folder("smtp-replies") / "kumomta" / name).read_text()
    for kind, patterns in tomllib.loads(text)["rules"].items():
        for pattern in patterns:
            yield kind, verdict(reply_of(pattern))


@pytest.mark.parametrize(
    ("name", "share"), [("bounces.toml", 0.85), ("iana.toml", 0.75)]
)
def test_most_rules_of_kumomta_mean_the_same_here(name, share):
    told = list(kumomta(name))
    same = [kind for kind, found in told if found.bounce_class in OTHERS[kind]]
    assert len(same) / len(told) >= share


def test_no_rule_of_kumomta_about_ourselves_is_taken_for_a_dead_address():
    told = kumomta("bounces.toml")
    wrong = [kind for kind, found in told if kind in ABOUT_US and suppresses(found)]
    assert wrong == []


def suppresses(found):
    return found.permanent and found.scope == "recipient"


def reply_of(pattern):
    line = sample(pattern)
    return line if re.match(r"\d{3} ", line) else f"554 {line}"


def decides(rule):
    """Whether some choice of its alternatives is a reply that this rule decides."""
    detail = rule.detail and sample(rule.detail)
    stage = rule.stage or "rcpt"
    for code in [sample(rule.code).ljust(3, "0")] if rule.code else ["550", "450"]:
        enhanced = f"{code[0]}.{detail}" if detail else ""
        for words in alternatives(rule.words):
            reply = Reply(code=int(code), enhanced=enhanced, text=words)
            if bounce.classify(reply, stage).rule_id == rule.id:
                return True
    return False


def alternatives(pattern):
    tree = sre_parse.parse(pattern)
    branches = tree[0][1][1] if len(tree) == 1 and tree[0][0] is sre.BRANCH else [tree]
    return [write(branch) for branch in branches]


def sample(pattern):
    """One text that a pattern fits: first alternatives, an address for what is free."""
    return write(sre_parse.parse(pattern))


def write(tree):
    text = ""
    for op, argument in tree:
        if op is sre.LITERAL:
            text += chr(argument)
        elif op is sre.ANY:
            text += "x"
        elif op is sre.SUBPATTERN:
            text += write(argument[3])
        elif op is sre.BRANCH:
            text += write(argument[1][0])
        elif op is sre.MAX_REPEAT:
            piece = write(argument[2])
            text += " <bob@example.com> " if piece == "x" else piece * argument[0]
        elif op is sre.IN:
            text += one_of(argument, text)
    return text


def one_of(choices, before):
    kind, value = choices[0]
    if kind is sre.CATEGORY:
        return "5" if not before else "0"
    if choices == [(sre.LITERAL, ord("4")), (sre.LITERAL, ord("5"))]:
        return before[:1] if before[:1] == "4" else "5"
    return chr(value if kind is sre.LITERAL else value[0])
