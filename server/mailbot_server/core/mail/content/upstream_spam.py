"""What a filter before this server thought of a message, in fields that it added."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.mail.mime.header import Header

_NUMBER: Final = r"([+-]?\d{1,6}(?:\.\d{1,6})?)"
_BARE: Final = re.compile(rf"\s*{_NUMBER}")
_SCORE: Final = re.compile(
    rf"\b(?:score|hits)\s{{0,3}}=\s{{0,3}}{_NUMBER}", re.IGNORECASE
)
_REQUIRED: Final = re.compile(
    rf"\brequired\s{{0,3}}[=\s]\s{{0,3}}{_NUMBER}", re.IGNORECASE
)
_TAG_LEVEL: Final = re.compile(
    rf"\btag_level\s{{0,3}}=\s{{0,3}}{_NUMBER}", re.IGNORECASE
)
_OF: Final = re.compile(rf"\[\s{{0,3}}{_NUMBER}\s{{0,3}}/\s{{0,3}}{_NUMBER}\s{{0,3}}\]")
_SCL: Final = re.compile(r"\bSCL:\s{0,3}(-?\d{1,2})\b", re.IGNORECASE)
_SFV: Final = re.compile(r"\bSFV:\s{0,3}([A-Z]{3,4})\b", re.IGNORECASE)
_RULE: Final = re.compile(r"\brule\s{0,3}=\s{0,3}([a-z_]{1,40})", re.IGNORECASE)
_SPAMICITY: Final = re.compile(
    rf"\bspamicity\s{{0,3}}=\s{{0,3}}{_NUMBER}", re.IGNORECASE
)
_WORD: Final = re.compile(r"[a-z]{1,20}", re.IGNORECASE)

_YES: Final = frozenset({"yes", "true", "spam", "phish", "phishing", "fail", "reject"})
_NO: Final = frozenset(
    {"no", "false", "ham", "clean", "pass", "nspm", "innocent", "whitelisted", "unsure"}
)
_EXTENSION: Final = ("X-", "x-")
_SCL_SPAM: Final = 5
"""Exchange Online takes 5 and more for spam."""

_SPAM_VERDICTS: Final = frozenset({"SPM", "SKS", "SKB", "PHSH", "BLK"})
"""SFV: filtered as spam, marked by a rule, or from a blocked sender."""

_ACTIONS: Final = frozenset({"reject", "add header", "rewrite subject", "quarantine"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamSpam:
    """A verdict; score and threshold are None where the filter gives none."""

    filter: str
    is_spam: bool
    score: float | None = None
    threshold: float | None = None


def read(headers: Sequence[Header]) -> UpstreamSpam | None:
    """
    The verdict on a message; None when no filter left one.

    Of several filters the first that calls it spam, else the first: a sender may have
    added a field that praises the message, but hardly one that accuses it.
    """
    fields: dict[str, str] = {}
    for name, value in headers:
        if name[:2] in _EXTENSION:
            fields.setdefault(name.lower(), value[:2000])
    if not fields:
        return None
    verdicts = [found for each in _FILTERS if (found := each(fields)) is not None]
    return next((each for each in verdicts if each.is_spam), next(iter(verdicts), None))


def _spamassassin(fields: Mapping[str, str]) -> UpstreamSpam | None:
    status = fields.get("x-spam-status", "")
    says = _yes(fields.get("x-spam-flag", ""))
    if says is None:
        says = _yes(status)
    score = _number(_SCORE, status)
    if score is None:
        score = _number(_BARE, fields.get("x-spam-score", ""))
    threshold = _number(_REQUIRED, status)
    if says is None and score is not None and threshold is not None:
        says = score >= threshold
    if says is None:
        return None
    return UpstreamSpam(
        filter="spamassassin", is_spam=says, score=score, threshold=threshold
    )


def _rspamd(fields: Mapping[str, str]) -> UpstreamSpam | None:
    result = fields.get("x-spamd-result", "")
    figures = _OF.search(result)
    says = _yes(result.partition(":")[2])
    action = fields.get("x-rspamd-action", "").strip().lower()
    if says is None and not action and figures is None:
        return None
    score = float(figures[1]) if figures else _number(_BARE, _rspamd_score(fields))
    is_marked = action in _ACTIONS or _yes(fields.get("x-spam", "")) is True
    return UpstreamSpam(
        filter="rspamd",
        is_spam=bool(says) or is_marked,
        score=score,
        threshold=float(figures[2]) if figures else None,
    )


def _rspamd_score(fields: Mapping[str, str]) -> str:
    return fields.get("x-rspamd-score") or fields.get("x-spamd-bar-score") or ""


def _microsoft(fields: Mapping[str, str]) -> UpstreamSpam | None:
    report = fields.get("x-forefront-antispam-report", "")
    level = _number(_BARE, fields.get("x-ms-exchange-organization-scl", ""))
    if level is None:
        level = _number(_SCL, report)
    verdict = _SFV.search(report)
    if level is None and verdict is None:
        return None
    is_spam = level is not None and level >= _SCL_SPAM
    if verdict is not None:
        is_spam = is_spam or verdict[1].upper() in _SPAM_VERDICTS
    return UpstreamSpam(
        filter="microsoft", is_spam=is_spam, score=level, threshold=float(_SCL_SPAM)
    )


def _proofpoint(fields: Mapping[str, str]) -> UpstreamSpam | None:
    details = fields.get("x-proofpoint-spam-details", "")
    rule = _RULE.search(details)
    if rule is None:
        return None
    called = rule[1].lower()
    is_spam = "spam" in called and not called.startswith(("notspam", "not_spam", "no"))
    is_spam = is_spam or called.startswith(("phish", "malware"))
    return UpstreamSpam(
        filter="proofpoint", is_spam=is_spam, score=_number(_SCORE, details)
    )


def _barracuda(fields: Mapping[str, str]) -> UpstreamSpam | None:
    status = fields.get("x-barracuda-spam-status", "")
    says = _yes(fields.get("x-barracuda-spam-flag", ""))
    if says is None:
        says = _yes(status)
    score = _number(_SCORE, status)
    if score is None:
        score = _number(_BARE, fields.get("x-barracuda-spam-score", ""))
    if says is None and score is None:
        return None
    return UpstreamSpam(
        filter="barracuda",
        is_spam=bool(says),
        score=score,
        threshold=_number(_TAG_LEVEL, status),
    )


def _bogofilter(fields: Mapping[str, str]) -> UpstreamSpam | None:
    value = fields.get("x-bogosity", "")
    says = _yes(value)
    if says is None:
        return None
    score = _number(_SPAMICITY, value)
    return UpstreamSpam(filter="bogofilter", is_spam=says, score=score)


def _mailscanner(fields: Mapping[str, str]) -> UpstreamSpam | None:
    for name, value in fields.items():
        if name.endswith("mailscanner-spamcheck"):
            is_spam = value.strip().lower().startswith("spam")
            return UpstreamSpam(
                filter="mailscanner",
                is_spam=is_spam,
                score=_number(_SCORE, value),
                threshold=_number(_REQUIRED, value),
            )
    return None


def _by_word(
    name: str, verdict: str, score: str = ""
) -> Callable[[Mapping[str, str]], UpstreamSpam | None]:
    """A filter that writes one word in one field, and its score in another."""

    def look(fields: Mapping[str, str]) -> UpstreamSpam | None:
        says = _yes(fields.get(verdict, ""))
        if says is None:
            return None
        figure = _number(_BARE, fields.get(score, ""))
        return UpstreamSpam(filter=name, is_spam=says, score=figure)

    return look


_FILTERS: Final[tuple[Callable[[Mapping[str, str]], UpstreamSpam | None], ...]] = (
    _rspamd,
    _spamassassin,
    _microsoft,
    _proofpoint,
    _barracuda,
    _mailscanner,
    _bogofilter,
    _by_word("amazon_ses", "x-ses-spam-verdict"),
    _by_word("mailgun", "x-mailgun-sflag", "x-mailgun-sscore"),
    _by_word("dspam", "x-dspam-result", "x-dspam-confidence"),
    _by_word("spamexperts", "x-spamexperts-class"),
    _by_word("spamexperts", "x-spampanel-class"),
    _by_word("vade", "x-vade-spamstate", "x-vade-spamscore"),
    _by_word("vade", "x-vr-spamstate", "x-vr-spamscore"),
    _by_word("cloudmark", "x-cmae-verdict", "x-cmae-score"),
)


def _yes(value: str) -> bool | None:
    """What the first word says; None when it says neither."""
    word = _WORD.match(value.strip())
    said = word[0].lower() if word else ""
    return True if said in _YES else False if said in _NO else None


def _number(pattern: re.Pattern[str], value: str) -> float | None:
    match = pattern.match(value) if pattern is _BARE else pattern.search(value)
    return float(match[1]) if match else None
