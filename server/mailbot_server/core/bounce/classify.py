"""Finds the rule that fits a refusal, and what follows from it for how long."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from mailbot_server.core.bounce.meaning import (
    CONNECTION,
    DNS,
    OTHER,
    OTHER_FAULT,
    TLS,
    Meaning,
    Rule,
    Verdict,
)
from mailbot_server.core.bounce.rules import RULES
from mailbot_server.core.mail.reply import Reply

TEXT_MAX: Final = 1000

_BY_STAGE: Final = {"connect": CONNECTION, "tls": TLS}
_BEFORE_RECIPIENT: Final = frozenset({"greeting", "auth", "mail"})
_ENHANCED: Final = re.compile(r"(?<![\w.])([245]\.[0-7]\.[0-9]{1,3})(?![\w.])")
_PASSES: Final = re.compile(
    r"\btemporar(y|il)|(try|retry|back|again) later|later (again|time)|plus tard"
)

# What the relays in between wrote around the words, and codes repeated on every line.
_WRAPPING: Final = re.compile(
    r"host [^ ]{1,255} sa(?:id|ys): |giving up on ip\.?|\(in reply to [a-z ]{1,30}\)"
    r"|\b[45][0-9]{2}[- ][245]\.[0-9]{1,3}\.[0-9]{1,3}\b|\b[45][0-9]{2}-(?= )"
)
_ADDRESS: Final = re.compile(
    r"[^\s<>()\[\]:;,\"'@]{1,64}@\w[\w-]{0,62}(?:\.\w[\w-]{0,62}){0,8}"
)
_IP: Final = re.compile(
    r"\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b"
    r"|\b[0-9a-f]{1,4}:(?:[0-9a-f]{0,4}:){2,6}[0-9a-f]{1,4}\b"
)


def classify(reply: Reply, stage: str) -> Verdict:
    """
    What a 4xx or 5xx means at this stage of the attempt (a `delivery.Stage`).

    `stage` is empty in reports (DSN), which hardly ever tell; such a report may know
    the enhanced code only, with 0 as the code. A reply without either is a connection
    that broke. Before the recipient was named no reply is about the recipient; on the
    way to the host the words are ours and say no more than the stage, except what DNS
    told about the domain. A 5xx that passes, or says so in words, is not permanent.
    """
    if stage in _BY_STAGE:
        meaning, rule_id = _BY_STAGE[stage], f"stage-{stage}"
        return _verdict(meaning, rule_id, permanent=reply.is_permanent)
    text = "" if stage == "route" else _plain(reply.text[:TEXT_MAX])
    return _decide(text, *_numbers(reply), stage)


# A bulk of mail to one host hears the same words, but for the addresses in them.
@lru_cache(maxsize=1024)
def _decide(text: str, code: str, enhanced: str, stage: str) -> Verdict:
    says_5xx = code.startswith("5") and not enhanced.startswith("4")
    permanent = says_5xx and not _PASSES.search(text)
    for rule, search in _candidates(code, enhanced, stage or "rcpt"):
        if search(text):
            return _verdict(rule.meaning, rule.id, permanent=permanent)
    meaning, rule_id = _unknown(code, stage)
    return _verdict(meaning, rule_id, permanent=permanent)


@lru_cache(maxsize=512)
def _candidates(
    code: str, enhanced: str, stage: str
) -> tuple[tuple[Rule, Callable[[str], object]], ...]:
    """The rules that can fit such numbers, in order; hosts use few of them."""
    return tuple(
        (rule, re.compile(rule.words).search)
        for rule in RULES
        if re.match(rule.code, code)
        and (not rule.detail or re.fullmatch(rf"[245]\.(?:{rule.detail})", enhanced))
        and rule.stage in ("", stage)
        and not (rule.meaning.scope == "recipient" and stage in _BEFORE_RECIPIENT)
    )


def _numbers(reply: Reply) -> tuple[str, str]:
    """
    Both codes, the enhanced one from the words if the host wrote it there.

    Behind the words it must fit the code, as in qmail's `no such user (#5.1.1)`; in
    front of them it counts as it is, as in Exchange's `550 4.4.7 message expired`. With
    an enhanced code only, the code is `5--` or `4--`.
    """
    enhanced = reply.enhanced
    text = reply.text[:TEXT_MAX].lstrip()
    if not enhanced and (found := _ENHANCED.search(text)):
        fits = reply.code == 0 or found[1][0] == str(reply.code)[0]
        enhanced = found[1] if fits or found.start() == 0 else ""
    if reply.code == 0 and enhanced:
        return f"{enhanced[0]}--", enhanced
    return f"{reply.code:03}", enhanced


def _unknown(code: str, stage: str) -> tuple[Meaning, str]:
    if stage == "route":
        return DNS, "stage-route"
    match code[0]:
        case "5":
            return OTHER, "unknown-5xx"
        case "4":
            return OTHER_FAULT, "unknown-4xx"
        case _:
            return CONNECTION, "no-reply"


def _verdict(meaning: Meaning, rule_id: str, *, permanent: bool) -> Verdict:
    return Verdict(
        bounce_class=meaning.bounce_class,
        scope=meaning.scope,
        permanent=permanent and not meaning.passes,
        rule_id=rule_id,
    )


def _plain(text: str) -> str:
    """
    Lower case without accents, with `@` for an address and `ip` for an IP address.

    So `<nospam@example.com>` is not spam, and a host's own number is a listed "ip".
    """
    text = _unaccented(text.lower())
    if "@" in text:
        text = _ADDRESS.sub("@", text)
    text = _WRAPPING.sub("", _IP.sub("ip", text))
    return " ".join(text.split())


def _unaccented(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return unicodedata.normalize("NFKC", bare)[:TEXT_MAX]
