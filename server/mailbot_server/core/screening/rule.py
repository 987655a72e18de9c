"""Rules for mail as it comes in: conditions, actions, and what they come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from mailbot_server.core.mail.parse import Header
from mailbot_server.core.message import Kind
from mailbot_server.core.screening import pattern

RULES_MAX: Final = 1000
"""Of one account."""

PRIORITY_MAX: Final = 1000
DISPLAY_NAME_MAX: Final = 100
WORDS_MAX: Final = 500
"""Characters of what a subject or a header field is to contain."""


class Proof(StrEnum):
    """How the result of authentication has to be."""

    ALIGNED = "aligned"
    NOT_ALIGNED = "not_aligned"
    DMARC_FAILS = "dmarc_fails"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderCondition:
    """A header field that is there and, if `contains` is set, contains it."""

    name: str
    contains: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a message must be: all that are set hold, inside one any value does."""

    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    subject_contains: tuple[str, ...] = ()
    headers: tuple[HeaderCondition, ...] = ()
    authentication: Proof | None = None
    larger_than_bytes: int = 0
    has_attachments: bool | None = None
    attachment_endings: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    is_upstream_spam: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """What is done with it."""

    add_labels: tuple[str, ...] = ()
    quarantine: bool = False
    reject: bool = False
    stop: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether a rule with these would do nothing at all."""
        return not (self.add_labels or self.quarantine or self.reject or self.stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    A rule; `inbox_id` "" means for all inboxes of the account.

    `version` grows by one with every change and is what an etag spells.
    """

    id: str
    account_id: str
    inbox_id: str = ""
    display_name: str = ""
    priority: int = 0
    is_disabled: bool = False
    conditions: Conditions = Conditions()
    actions: Actions = Actions()
    created_at: datetime
    updated_at: datetime
    version: int = 1

    @property
    def etag(self) -> str:
        """What changes with every change."""
        return str(self.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What rules are asked about: one message on its way to one inbox.

    `senders` are the From field's address and the reverse-path. `is_aligned` and
    `dmarc_fails` are None when nothing was checked. Of a message that was not read in
    full, attachments are unknown: None.
    """

    senders: tuple[str, ...]
    recipient: str
    tag: str = ""
    subject: str = ""
    headers: tuple[Header, ...] = ()
    is_aligned: bool | None = None
    dmarc_fails: bool | None = None
    size_bytes: int = 0
    attachments: tuple[str, ...] | None = ()
    """Their names; "" for one without."""

    kind: Kind = Kind.NORMAL
    is_upstream_spam: bool = False


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What the rules make of a message; `cause` is the rule that keeps it out."""

    labels: list[str] = field(default_factory=list)
    quarantines: bool = False
    rejects: bool = False
    cause: Rule | None = None


def judge(rules: Iterable[Rule], facts: Facts) -> Outcome:
    """Asks rules, which come in their order, up to one that says stop."""
    outcome = Outcome()
    for rule in rules:
        if rule.is_disabled or not holds(rule.conditions, facts):
            continue
        actions = rule.actions
        outcome.labels += [e for e in actions.add_labels if e not in outcome.labels]
        if (actions.quarantine or actions.reject) and not outcome.rejects:
            outcome.cause = rule if actions.reject else outcome.cause or rule
        outcome.quarantines |= actions.quarantine
        outcome.rejects |= actions.reject
        if actions.stop:
            break
    return outcome


def holds(conditions: Conditions, facts: Facts) -> bool:
    """Whether every condition that is set holds."""
    return (
        _names(conditions.senders, facts.senders)
        and _names(conditions.recipients, (facts.recipient,))
        and (not conditions.tags or facts.tag.lower() in conditions.tags)
        and _contains(conditions.subject_contains, facts.subject)
        and all(_has(facts.headers, each) for each in conditions.headers)
        and _proves(conditions.authentication, facts)
        and _is_larger(facts.size_bytes, conditions.larger_than_bytes)
        and _carries(conditions, facts)
        and (not conditions.kinds or facts.kind in conditions.kinds)
        and (facts.is_upstream_spam or not conditions.is_upstream_spam)
    )


def _names(patterns: Sequence[str], addresses: Sequence[str]) -> bool:
    return not patterns or any(
        not {*patterns}.isdisjoint(pattern.matching(address)) for address in addresses
    )


def _is_larger(size: int, than: int) -> bool:
    return size > than or not than


def _contains(words: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return not words or any(word.casefold() in folded for word in words)


def _has(headers: Sequence[Header], wanted: HeaderCondition) -> bool:
    name, words = wanted.name.lower(), wanted.contains.casefold()
    return any(
        header.name.lower() == name and words in header.value.casefold()
        for header in headers
    )


def _proves(wanted: Proof | None, facts: Facts) -> bool:
    match wanted:
        case None:
            return True
        case Proof.ALIGNED:
            return facts.is_aligned is True
        case Proof.NOT_ALIGNED:
            return facts.is_aligned is False
        case Proof.DMARC_FAILS:
            return facts.dmarc_fails is True


def _carries(conditions: Conditions, facts: Facts) -> bool:
    wanted, names = conditions.has_attachments, facts.attachments
    if wanted is None and not conditions.attachment_endings:
        return True
    if names is None:
        return False
    if wanted is not None and wanted is not bool(names):
        return False
    endings = tuple(ending.lower() for ending in conditions.attachment_endings)
    return not endings or any(name.lower().endswith(endings) for name in names)
