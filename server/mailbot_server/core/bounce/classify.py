"""Finds the rule that fits a refusal, and what follows from it for how long."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias

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
from mailbot_server.core.bounce.plain import TEXT_MAX, apart, is_early, plain
from mailbot_server.core.bounce.rules import CODES, WORDS
from mailbot_server.core.bounce.rules.words import LATER
from mailbot_server.core.mail.reply import Reply

_Candidates: TypeAlias = tuple[tuple[Rule, Callable[[str], object]], ...]

_BY_STAGE: Final = {"connect": CONNECTION, "tls": TLS}
_BEFORE_RECIPIENT: Final = frozenset({"greeting", "auth", "mail"})
_ENHANCED: Final = re.compile(r"(?<![\w.])([245]\.[0-7]\.[0-9]{1,3})(?![\w.])")
_PASSES: Final = re.compile(LATER)


def classify(reply: Reply, stage: str) -> Verdict:
    """
    What a 4xx or 5xx means at this stage of the attempt (a `delivery.Stage`).

    `stage` is empty in reports (DSN), which hardly ever tell; such a report may know
    the enhanced code only, with 0 as the code. A reply without either is a connection
    that broke. Before the recipient was named no reply is about the recipient; on the
    way to the host the words are ours and say no more than the stage, except what DNS
    told about the domain. Where a relay tells what the host refused, that is the stage.
    A 5xx that passes, or says so in words, is not permanent.
    """
    if stage in _BY_STAGE:
        meaning, rule_id = _BY_STAGE[stage], f"stage-{stage}"
        return _verdict(meaning, rule_id, permanent=reply.is_permanent)
    if stage in ("", "rcpt") and is_early(reply.text):
        stage = "mail"
    text = "" if stage == "route" else plain(reply.text)
    return _decide(text, *_numbers(reply), stage)


# A bulk of mail to one host hears the same words, but for the addresses in them.
@lru_cache(maxsize=1024)
def _decide(text: str, code: str, enhanced: str, stage: str) -> Verdict:
    says_5xx = code.startswith("5") and not enhanced.startswith("4")
    found = _search(text, code, enhanced, stage)
    meaning, rule_id = (found.meaning, found.id) if found else _unknown(code, stage)
    lasts = says_5xx and not meaning.passes
    return _verdict(meaning, rule_id, permanent=lasts and not _PASSES.search(text))


def _search(text: str, code: str, enhanced: str, stage: str) -> Rule | None:
    """The first rule that fits: by the words, by the words apart, by the codes."""
    where = stage or "rcpt"
    by_words = _candidates(code, enhanced, where, by_words=True)
    found = _first(by_words, text)
    if found is None and (words := apart(text)) != text:
        found = _first(by_words, words)
    return found or _first(_candidates(code, enhanced, where, by_words=False), text)


def _first(candidates: _Candidates, text: str) -> Rule | None:
    return next((rule for rule, search in candidates if search(text)), None)


@lru_cache(maxsize=512)
def _candidates(code: str, enhanced: str, stage: str, *, by_words: bool) -> _Candidates:
    """The rules that can fit such numbers, in order; hosts use few of them."""
    return tuple(
        (rule, re.compile(rule.words).search)
        for rule in (WORDS if by_words else CODES)
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
