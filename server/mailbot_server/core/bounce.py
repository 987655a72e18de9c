"""
What a refusal means: whose fault, how long, which rule said so (RFC 3463).

The table is read from top to bottom and the first rule that fits decides. It is ordered
by what a mistake costs: a reply that is taken for "this address is dead" stops all mail
to a person, so rules that could explain the refusal otherwise come first, and a reply
that no rule knows is never the recipient's fault. Words beat codes, because hosts use
550 5.7.1 for everything.
"""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from mailbot_server.core.mail.reply import Reply

TEXT_MAX: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    What a refusal means.

    `scope` is whom it is about: recipient, content, reputation, policy or
    infrastructure. Only a permanent one about the recipient may suppress the address.
    `rule_id` names the line of the table that said so.
    """

    bounce_class: str
    scope: str
    permanent: bool
    rule_id: str


class Meaning(NamedTuple):
    """Class and scope; `passes` when even a 5xx of this kind is worth another try."""

    bounce_class: str
    scope: str
    passes: bool = False


class Rule(NamedTuple):
    """
    One line of the table; what is empty fits everything.

    `words` is searched in the text, in any case and without addresses; `code` is how
    the code begins; `detail` is all of the enhanced code but its class, `1.1` for 5.1.1
    and 4.1.1. All three are regular expressions without unbounded repeats. `stage` is
    a `delivery.Stage`.
    """

    id: str
    meaning: Meaning
    words: str = ""
    code: str = ""
    detail: str = ""
    stage: str = ""


NOBODY: Final = Meaning("invalid_recipient", "recipient")
INVALID_DOMAIN: Final = Meaning("invalid_domain", "recipient")
INACTIVE: Final = Meaning("inactive_mailbox", "recipient")
# RFC 3463 3.3: "should be used as a persistent transient failure".
FULL: Final = Meaning("mailbox_full", "recipient", passes=True)
SPAM: Final = Meaning("spam_content", "content")
FORM: Final = Meaning("protocol_error", "content")
TOO_LARGE: Final = Meaning("too_large", "content")
IP: Final = Meaning("ip_reputation", "reputation")
DOMAIN: Final = Meaning("domain_reputation", "reputation")
AUTH: Final = Meaning("auth_failed", "policy")
RATE: Final = Meaning("rate_limited", "policy", passes=True)
GREY: Final = Meaning("greylisted", "policy", passes=True)
RELAY: Final = Meaning("relay_denied", "policy")
POLICY: Final = Meaning("policy", "policy")
PROTOCOL: Final = Meaning("protocol_error", "infrastructure")
DNS: Final = Meaning("dns", "infrastructure")
CONNECTION: Final = Meaning("connection", "infrastructure")
TLS: Final = Meaning("tls", "infrastructure")
OTHER_FAULT: Final = Meaning("other", "infrastructure")
OTHER: Final = Meaning("other", "policy")

_WHO: Final = r"(user|recipient|address|mailbox|account|alias)"
_IS: Final = r"(is|was|has been)"
_WORD: Final = r"(@ |\w{1,9} )?"
_GONE: Final = r"(disab|inacti|suspen|closed|deacti|expired|terminat)"

RULES: Final = (
    # How fast we are.
    Rule("greylist", GREY, r"gr[ae]y[ -]?list"),
    Rule("rate-limit", RATE, r"rate[ -]?limit|throttl|at a rate|unusual rate"),
    Rule("rate-word-limit", RATE, r"(frequency|sending|hourly|daily).{0,20}limit"),
    Rule("rate-quota", RATE, r"(sending|hourly|daily|message) quota"),
    Rule("rate-exceeded", RATE, r"(rate|connections?|messages) (is )?exceed"),
    Rule("rate-too-fast", RATE, r"too (fast|frequent|quickly|much mail)"),
    Rule("rate-too-many", RATE, r"too many (\w{1,20} ){0,3}(mess|e?-?mail|conn|sess)"),
    Rule("rate-recipients", RATE, r"too many (\w{1,9} )?(recipients|rcpt)"),
    Rule("rate-google", RATE, r"receivingrate|receiving mail too"),
    Rule("rate-yahoo", RATE, r"\[ts+[0-9]{2}\]|unexpected volume", code="4"),
    Rule("rate-code", RATE, detail=r"4\.5|5\.3|7\.28|7\.38|7\.500"),
    # A full mailbox, and one whose owner left it full.
    Rule("full-for-good", INACTIVE, r"overquotaperm|space and inactive", code="5"),
    Rule("full-quota", FULL, r"over[ -]?quota|quota.{0,20}(exceed|full|viol)"),
    Rule("full-exceeded", FULL, r"exceed.{0,30}(quota|allocation|mailbox)"),
    Rule("full-mailbox", FULL, r"(mailbox|inbox|mail box|account) (is )?full"),
    Rule("full-limit", FULL, r"mailbox.{0,20}(size|storage|limit).{0,9}exc?ee"),
    Rule("full-limit-exceeded", FULL, r"exc?eeded.{0,20}(mailbox|email address)"),
    Rule("full-storage", FULL, r"(out of|not enough) storage"),
    Rule("full-code", FULL, detail=r"2\.2"),
    # How big the message is.
    Rule("too-large", TOO_LARGE, r"too (large|big)\b"),
    Rule("size-maximum", TOO_LARGE, r"(exceed|maximum|fixed).{0,30}size"),
    Rule("size-exceeded", TOO_LARGE, r"size (limit )?exceed"),
    Rule("size-code", TOO_LARGE, detail=r"3\.4|2\.3"),
    # Whose mail the host takes at all.
    Rule("relay-denied", RELAY, r"relay(ing)?\b.{0,20}(denied|not |prohibit)"),
    Rule("relay-not", RELAY, r"(to|not|cannot) relay|rcpthosts|non-local"),
    Rule("no-route", RELAY, r"unroutea?ble|cannot route"),
    # What others can check of us.
    Rule("auth-mail", AUTH, r"dmarc|\bdkim\b|\bspf\b|sender policy framework"),
    Rule("auth-none", AUTH, r"unauthenticated|not authenticated|5322\.from"),
    Rule("auth-required", AUTH, r"authenticat\w{1,9} (\w{1,9} )?(required|fail)"),
    Rule("auth-smtp", AUTH, r"(requires|turn on).{0,9} auth|authentication check"),
    # How well known we are.
    Rule("url-listed", SPAM, r"\b(url|link)s?\b.{0,40}(listed|block|blacklist)"),
    Rule("domain-listed", DOMAIN, r"domain.{0,40}(black|block|reputation|banned)"),
    Rule("domain-reputation", DOMAIN, r"reputation of (a|the|your) domain|\bdbl\b"),
    Rule("domain-lists", DOMAIN, r"surbl|uribl|sender.{0,20}(black|block)[ -]?list"),
    Rule("ip-lists", IP, r"spamhaus|spamcop|sorbs|abuseat|ivmsip|uceprotect"),
    Rule("ip-list", IP, r"(black|block|deny)[ -]?list|\b(dns)?[br]bl\b|\bdnsbl"),
    Rule("ip-reputation", IP, r"reputation|ipcheck|\(s31[0-9]{2}\)|senderbase"),
    Rule("ip-blocked", IP, r"\bip\b.{0,50}(block|listed|banned|not auth|denied)"),
    Rule("ip-banned", IP, r"(block|banned).{0,30}\bip\b|dynamic ip|residential"),
    Rule("list-blocked", IP, r"blocked using\b(?! spam)"),
    Rule("host-blocked", IP, r"(client|your (host|server)).{0,50}block"),
    # Who we say we are.
    Rule("sender-address", AUTH, r"(sender|client|ip|source) (e-?mail )?address"),
    Rule("sender-invalid", AUTH, r"(bad|invalid|envelope) sender"),
    Rule("sender-path", AUTH, r"return.?path|\bmail from\b"),
    Rule("sender-from", AUTH, r"\bfrom (address|header|domain)"),
    Rule("sender-greeting", AUTH, r"\b(helo|ehlo)\b|hostname"),
    Rule("sender-domain", AUTH, r"sender.{0,40}(resolve|exist|not found|has no|dns)"),
    Rule("sender-verify", AUTH, r"sender (verify|verification)|dns check failed"),
    Rule("sender-account", AUTH, detail=r"7\.13"),
    Rule("sender-host", AUTH, r"(reverse|r)[ -]?dns|\bptr\b"),
    # What we sent.
    Rule("policy-content", POLICY, r"content policy|policy (reasons|restriction)"),
    Rule("spam", SPAM, r"\bspam|junk ?mail|unsolicited|bulk mail|:sp[bm]\b"),
    Rule("malware", SPAM, r"virus|malware|phish|infected|security issue"),
    Rule("content", SPAM, r"content (is )?(denied|reject|block)|suspicious"),
    Rule("attachment", SPAM, r"attachment.{0,30}(allowed|block|banned|forbid)"),
    Rule("form", FORM, r"rfc ?(822|2822|5322)"),
    # House rules.
    Rule("tls-required", TLS, r"starttls|\btls (is )?required|encryption (is )?req"),
    Rule("loop", OTHER_FAULT, r"mail ?loop|routing loop|too many hops"),
    Rule("policy-words", POLICY, r"polic(y|ies)\b|\baup\b|prohibited|violat"),
    Rule("policy-senders", POLICY, r"sendernotauth|allowed.senders|not permitted"),
    Rule("policy-yours", POLICY, r"\byour (\w{1,12} )?(account|mailbox|domain)"),
    # The domain of the address.
    Rule("domain-null-mx", INVALID_DOMAIN, r"null ?mx|does not accept e?-?mail"),
    Rule(
        "domain-unknown",
        INVALID_DOMAIN,
        r"(no such|unknown|invalid) (recipient )?domain",
    ),
    Rule("domain-gone", INVALID_DOMAIN, r"(domain|tenant).{0,20}not (found|exist)"),
    Rule("domain-absent", INVALID_DOMAIN, r"domain.{0,20}does(n't| not) exist"),
    # A mailbox that was.
    Rule("inactive-is", INACTIVE, rf"{_WHO} {_IS} (now )?(temporar\w\w )?{_GONE}"),
    Rule("inactive-bare", INACTIVE, rf"{_WHO} {_GONE}"),
    Rule("inactive-not", INACTIVE, r"(user|account) (is )?not activ|disableduser"),
    Rule("inactive-before", INACTIVE, r"(inactive|expired|disabled) (user|account)"),
    Rule("inactive-gone", INACTIVE, rf"({_WHO}|@).{{0,30}}no longer"),
    # A mailbox that never was.
    Rule("unknown-after", NOBODY, rf"{_WHO} {_WORD}(unknown|not (found|known))"),
    Rule("unrecognized", NOBODY, rf"{_WHO} {_WORD}unrecogni[sz]ed"),
    Rule("unknown-before", NOBODY, rf"(unknown|invalid) {_WORD}{_WHO}"),
    Rule("no-such", NOBODY, rf"no such {_WORD}({_WHO}|person|id\b)"),
    Rule("no-mailbox", NOBODY, r"\bno mail-?box|mailbox name not"),
    # RFC 5321 4.2.3: those words also stand for "rejected for policy reasons".
    Rule("unavailable", NOBODY, r"mailbox unavailable", stage="rcpt"),
    Rule("not-existing", NOBODY, rf"({_WHO}|@).{{0,60}}(n't|not) exist"),
    Rule("not-valid", NOBODY, rf"not (a valid|our) ({_WHO}|customer)"),
    Rule("not-found", NOBODY, r"recipientnotfound|not in directory"),
    Rule("undeliverable", NOBODY, r"undeliverable address"),
    Rule("no-account", NOBODY, r"doesn't have an? .{0,40}account"),
    Rule("address-wrong", NOBODY, r"address (is )?invalid"),
    Rule("other-tongues", NOBODY, r"inconnu|unbekannt|desconoc|sconosciut"),
    # Codes, for replies whose words say nothing.
    Rule("code-edge", NOBODY, r"access denied", "5", r"4\.1"),  # Exchange
    Rule("access-denied", POLICY, r"access denied"),
    Rule("code-recipient", NOBODY, detail=r"1\.[134]|7\.17"),
    Rule("code-domain", INVALID_DOMAIN, detail=r"1\.2|1\.10|7\.18"),
    Rule("code-inactive", INACTIVE, detail=r"2\.1|1\.6"),
    Rule("code-sender", AUTH, detail=r"1\.[78]|7\.(8|9|2[0-79]|30|515)"),
    Rule("code-tls", TLS, detail=r"7\.1[01]"),
    Rule("code-auth", AUTH, code="53[0458]"),
    Rule("code-banned", IP, detail=r"7\.(6[0-4][0-9]|511|708)"),
    Rule("code-later", GREY, r"again|later", "45[01]", r"7\.1"),
    Rule("code-busy", RATE, code="421", detail=r"7\.0"),
    Rule("code-policy", POLICY, detail=r"7\.[0-9]{1,3}"),
    Rule("code-loop", OTHER_FAULT, detail=r"4\.6"),
    Rule("code-protocol", PROTOCOL, detail=r"[56]\.[0-9]{1,3}"),
    Rule("code-dns", DNS, detail=r"4\.[34]"),
    Rule("dns-words", DNS, r"\bdns\b|no mx\b|lookup fail|could not resolve", "4"),
    Rule("code-connection", CONNECTION, detail=r"4\.[12]"),
    Rule("code-storage", FULL, code="552"),  # RFC 5321 4.2.2
    Rule("code-syntax", PROTOCOL, code="50[0-4]|555"),
    Rule("code-no-mail", CONNECTION, code="521"),  # RFC 7504 3
    Rule("code-null-mx", INVALID_DOMAIN, code="556"),  # RFC 7504 4
    Rule("code-closing", CONNECTION, code="421"),
)

_LATE_CODE: Final = re.compile(r"#([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")
_BY_STAGE: Final = {"connect": CONNECTION, "tls": TLS}
_BEFORE_RECIPIENT: Final = frozenset({"greeting", "auth", "mail"})
_COMPILED: Final = tuple(
    (
        rule,
        re.compile(rule.words, re.IGNORECASE),
        re.compile(rule.code),
        re.compile(rf"[245]\.(?:{rule.detail})" if rule.detail else r".*"),
    )
    for rule in RULES
)


def classify(reply: Reply, stage: str) -> Verdict:
    """
    What a 4xx or 5xx means at this stage of the attempt (a `delivery.Stage`).

    A reply with another code is a connection that broke. Before the recipient was
    named no reply is about the recipient; on the way to the host the words are ours
    and say no more than the stage, except what DNS told about the domain.
    """
    if stage in _BY_STAGE:
        return _verdict(reply, _BY_STAGE[stage], f"stage-{stage}")
    text = "" if stage == "route" else _without_addresses(reply.text[:TEXT_MAX])
    numbers = str(reply.code), reply.enhanced or _code_in_text(reply)
    for rule, words, code, detail in _COMPILED:
        if not (code.match(numbers[0]) and detail.fullmatch(numbers[1])):
            continue
        if _is_about(rule, stage) and words.search(text):
            return _verdict(reply, rule.meaning, rule.id)
    return _unknown(reply, stage)


def _is_about(rule: Rule, stage: str) -> bool:
    if rule.meaning.scope == "recipient" and stage in _BEFORE_RECIPIENT:
        return False
    return rule.stage in ("", stage)


def _code_in_text(reply: Reply) -> str:
    """The enhanced code that qmail writes behind the words: `no such user (#5.1.1)`."""
    match = _LATE_CODE.search(reply.text[:TEXT_MAX])
    return match[1] if match and match[1][0] == str(reply.code)[0] else ""


def _unknown(reply: Reply, stage: str) -> Verdict:
    if stage == "route":
        return _verdict(reply, DNS, "stage-route")
    if reply.is_permanent:
        return _verdict(reply, OTHER, "unknown-5xx")
    if reply.is_transient:
        return _verdict(reply, OTHER_FAULT, "unknown-4xx")
    return _verdict(reply, CONNECTION, "no-reply")


def _verdict(reply: Reply, meaning: Meaning, rule_id: str) -> Verdict:
    return Verdict(
        bounce_class=meaning.bounce_class,
        scope=meaning.scope,
        permanent=reply.is_permanent and not meaning.passes,
        rule_id=rule_id,
    )


def _without_addresses(text: str) -> str:
    """The text with a bare @ for each address: `<nospam@example.com>` is not spam."""
    return " ".join("@" if "@" in word else word for word in text.split())
