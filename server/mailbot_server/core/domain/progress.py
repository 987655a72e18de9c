"""
What a look at the DNS changes: ownership, keys, the return path, and what is told.

Only what the DNS said counts: where it did not answer, all stays as it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from mailbot_server.core.domain import record as records
from mailbot_server.core.domain.domain import LOST_AFTER, Domain, missing, next_check
from mailbot_server.core.domain.key import KeyState, StoredKey
from mailbot_server.core.domain.record import Finding, Purpose, Record, RecordState

SEALED_FOR: Final = timedelta(days=7)
"""So long the private half of a retired key is kept; then it is destroyed."""

LISTED_FOR: Final = timedelta(days=90)
"""So long a retired key is listed."""

ANOTHERS: Final = (
    "the record is there, but another account of this server has verified the domain;"
    " it has to give it up first"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """
    What was found: of each record by `Record.key`, and which keys may sign.

    `published` are ids of keys whose record was seen and with which a message
    verified. `records` are those that were asked for.
    """

    records: tuple[Record, ...]
    findings: Mapping[str, Finding]
    published: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """
    How things stand after a look.

    `changes` are sentences for people, none where nothing changed; that ownership was
    seen is `is_new_owner`. `dropped` are keys that are listed no longer.
    """

    domain: Domain
    keys: tuple[StoredKey, ...]
    dropped: tuple[StoredKey, ...] = ()
    changes: tuple[str, ...] = ()
    is_new_owner: bool = False
    missing: tuple[Record, ...] = ()


def advance(
    domain: Domain,
    keys: Iterable[StoredKey],
    look: Look,
    now: datetime,
    *,
    is_anothers: bool = False,
) -> Progress:
    """The domain and its keys after a look; `is_anothers`: its owner is known."""
    findings = {
        key: finding.after(domain.findings.get(key))
        for key, finding in look.findings.items()
    }
    if is_anothers:
        findings = {key: _disputed(key, each) for key, each in findings.items()}
    before = tuple(keys)
    after, dropped = _keys(before, look.published, now)
    owned = _ownership(domain, findings, now)
    changed = _return_path(owned, findings, now)
    unfinished = missing(look.records, findings)
    changed = replace(
        changed,
        findings=findings,
        checked_at=now,
        checks_at=next_check(changed, unfinished, now),
    )
    is_new_owner = domain.verified_at is None and changed.verified_at is not None
    told = [
        each
        for each in look.records
        if not (is_new_owner and each.purpose is Purpose.OWNERSHIP)
    ]
    changes = (
        *_told_of_records(told, domain.findings, findings),
        *_told_of_keys(before, after),
        *_told_of_ownership(domain, changed),
    )
    return Progress(
        domain=changed,
        keys=after,
        dropped=dropped,
        changes=changes,
        is_new_owner=is_new_owner,
        missing=tuple(unfinished),
    )


def replaced(keys: Iterable[StoredKey]) -> tuple[StoredKey, ...]:
    """Keys that never signed and never will, because newer ones take their place."""
    return tuple(key for key in keys if key.state is KeyState.PENDING)


def _disputed(key: str, finding: Finding) -> Finding:
    if not key.startswith(f"{Purpose.OWNERSHIP.value}:") or not finding.is_known_ok:
        return finding
    return records.wrong(finding.found, ANOTHERS).after(None)


def _of(findings: Mapping[str, Finding], purpose: Purpose) -> Finding | None:
    start = f"{purpose.value}:"
    return next((its for key, its in findings.items() if key.startswith(start)), None)


def _ownership(
    domain: Domain, findings: Mapping[str, Finding], now: datetime
) -> Domain:
    proof = _of(findings, Purpose.OWNERSHIP)
    if proof is None or proof.known is RecordState.PENDING:
        return domain
    if proof.is_known_ok:
        return replace(domain, verified_at=domain.verified_at or now, lost_at=None)
    if domain.verified_at is None:
        return domain
    lost_at = domain.lost_at or now
    if now - lost_at < LOST_AFTER:
        return replace(domain, lost_at=lost_at)
    return replace(domain, verified_at=None, lost_at=None)


def _return_path(
    domain: Domain, findings: Mapping[str, Finding], now: datetime
) -> Domain:
    """Both have to be there: hosts refuse mail from where they cannot answer."""
    needed = [
        _of(findings, purpose)
        for purpose in (Purpose.RETURN_PATH_MX, Purpose.RETURN_PATH_SPF)
    ]
    is_ready = all(its is not None and its.is_known_ok for its in needed)
    since = (domain.return_path_at or now) if is_ready else None
    return replace(domain, return_path_at=since)


def _keys(
    keys: tuple[StoredKey, ...], published: frozenset[str], now: datetime
) -> tuple[tuple[StoredKey, ...], tuple[StoredKey, ...]]:
    """The keys afterwards, and those to be forgotten."""
    begun = [
        replace(key, state=KeyState.ACTIVE, activated_at=now)
        if key.state is KeyState.PENDING and key.id in published
        else key
        for key in keys
    ]
    newest = {
        key.algorithm: key for key in begun if key.state is KeyState.ACTIVE
    }  # keys come oldest first
    after = [
        _retired(key, now)
        if key.state is KeyState.ACTIVE and newest[key.algorithm].id != key.id
        else _destroyed(key, now)
        for key in begun
    ]
    dropped = tuple(key for key in after if _is_over(key, now))
    return tuple(key for key in after if key not in dropped), dropped


def _retired(key: StoredKey, now: datetime) -> StoredKey:
    return replace(key, state=KeyState.RETIRED, retired_at=now)


def _destroyed(key: StoredKey, now: datetime) -> StoredKey:
    if key.retired_at is None or now - key.retired_at < SEALED_FOR:
        return key
    return replace(key, sealed_private=b"")


def _is_over(key: StoredKey, now: datetime) -> bool:
    return key.retired_at is not None and now - key.retired_at >= LISTED_FOR


_WORDS: Final = {
    RecordState.OK: "is as it should be",
    RecordState.MISSING: "is gone",
    RecordState.WRONG: "is wrong",
}


def _told_of_records(
    asked: Iterable[Record],
    before: Mapping[str, Finding],
    after: Mapping[str, Finding],
) -> list[str]:
    """Nothing was known before the first look: that something is missing is no news."""
    sentences = []
    for each in asked:
        was = before.get(each.key, records.PENDING).known
        now = after[each.key].known
        is_news = now is RecordState.OK or was is not RecordState.PENDING
        if was is not now and is_news:
            subject = f"{each.purpose.value} record {each.name}"
            words = _WORDS[now]
            if was is not RecordState.OK and now is RecordState.MISSING:
                words = "is missing"
            sentences.append(f"{subject} {words}")
    return sentences


def _told_of_keys(before: Iterable[StoredKey], after: Iterable[StoredKey]) -> list[str]:
    was = {key.id: key.state for key in before}
    words = {KeyState.ACTIVE: "signs now", KeyState.RETIRED: "signs no more"}
    return [
        f"key {key.selector} ({key.algorithm.value}) {words[key.state]}"
        for key in after
        if was.get(key.id) is not key.state and key.state in words
    ]


def _told_of_ownership(before: Domain, after: Domain) -> list[str]:
    if before.verified_at is not None and after.verified_at is None:
        days = LOST_AFTER.days
        return [
            f"ownership could not be seen for {days} days: no new inboxes until it is"
        ]
    if (before.return_path_at is None) is (after.return_path_at is None):
        return []
    home = f"rp.{after.name}" if after.return_path_at else "this server's own domain"
    return [f"bounces come back to {home}"]
