"""Whether what was proven is of the domain in From, and what follows if not."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from mailbot_server.core.authentication.author import Authors
from mailbot_server.core.authentication.dmarc import walk
from mailbot_server.core.authentication.dmarc.record import PolicyRecord
from mailbot_server.core.authentication.dmarc.walk import Suffixes, Walk
from mailbot_server.core.authentication.question import Asking, Kind, Question
from mailbot_server.core.authentication.verdicts import (
    DkimVerdict,
    DmarcVerdict,
    Policy,
    Result,
    SpfVerdict,
)

_WORST_FIRST: Final = (
    *(Result.FAIL, Result.TEMPERROR, Result.PERMERROR, Result.NONE, Result.PASS),
)
_STRICTEST_FIRST: Final = (Policy.REJECT, Policy.QUARANTINE, Policy.NONE)
_NO_POLICY: Final = PolicyRecord(is_void=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What SPF and DKIM came to."""

    spf: SpfVerdict
    dkim: tuple[DkimVerdict, ...]


@dataclass(slots=True)
class Walks:
    """
    The walks of one message, and the list for what they leave open.

    A domain that was walked from is not walked from again.
    """

    suffixes: Suffixes
    known: dict[str, Walk | None] = field(default_factory=dict)

    def of(self, domain: str) -> Asking[Walk | None]:
        """The walk from a domain."""
        if domain not in self.known:
            self.known[domain] = yield from walk.walk(domain)
        return self.known[domain]

    def owner(self, domain: str) -> Asking[str | None]:
        """The organisational domain of a domain; None while nobody can say."""
        walked = yield from self.of(domain)
        return None if walked is None else walk.owner(walked, self.suffixes)


def evaluate(authors: Authors, proof: Proof, walks: Walks) -> Asking[DmarcVerdict]:
    """
    The verdict on a message.

    One that speaks for several domains must be proven for each: the worst verdict and
    the strictest policy count.
    """
    if not authors.is_clear or not authors.domains:
        domain = authors.domains[0] if authors.domains else ""
        return DmarcVerdict(result=Result.PERMERROR, domain=domain)
    first, *others = authors.domains
    verdict = yield from _one(first, proof, walks)
    for domain in others:
        verdict = _together(verdict, (yield from _one(domain, proof, walks)))
    return verdict


def _together(one: DmarcVerdict, other: DmarcVerdict) -> DmarcVerdict:
    worst = min(one, other, key=lambda each: _WORST_FIRST.index(each.result))
    strictest = min(one.disposition, other.disposition, key=_STRICTEST_FIRST.index)
    return replace(
        worst,
        disposition=strictest,
        aligned_spf=one.aligned_spf and other.aligned_spf,
        aligned_dkim=one.aligned_dkim and other.aligned_dkim,
    )


def _one(domain: str, proof: Proof, walks: Walks) -> Asking[DmarcVerdict]:
    walked = yield from walks.of(domain)
    if walked is None:
        return DmarcVerdict(result=Result.TEMPERROR, domain=domain)
    name, policy = walk.policy(walked, walks.suffixes) or ("", _NO_POLICY)
    if policy.is_void:
        policy = _NO_POLICY
    spf = yield from _spf(domain, policy, proof.spf, walks)
    dkim = yield from _dkim(domain, policy, proof.dkim, walks)
    aligned = DmarcVerdict(
        domain=domain,
        aligned_spf=spf is Result.PASS,
        aligned_dkim=dkim is Result.PASS,
    )
    if policy.is_void:
        return aligned
    asked = yield from _asked(domain, name, policy)
    if asked is None:
        return replace(aligned, result=Result.TEMPERROR)
    told = replace(aligned, policy=asked.value)
    if Result.PASS in {spf, dkim}:
        return replace(told, result=Result.PASS)
    if Result.TEMPERROR in {spf, dkim}:
        return replace(told, result=Result.TEMPERROR)
    return replace(told, result=Result.FAIL, disposition=policy.applied(asked))


def _asked(domain: str, name: str, policy: PolicyRecord) -> Asking[Policy | None]:
    """Which of the three policies of a record is meant (RFC 9989 4.7, `sp`, `np`)."""
    if name == domain:
        return policy.policy
    if policy.nonexistent is policy.subdomains:
        return policy.subdomains
    (answer,) = yield (Question(Kind.NAME, domain),)
    if answer is None:
        return None
    return policy.subdomains if answer else policy.nonexistent


def _spf(
    domain: str, policy: PolicyRecord, verdict: SpfVerdict, walks: Walks
) -> Asking[Result]:
    """PASS or TEMPERROR of what is aligned, else FAIL."""
    proven = [(verdict.domain, verdict.result)]
    return (yield from _aligned(domain, proven, walks, is_strict=policy.is_spf_strict))


def _dkim(
    domain: str, policy: PolicyRecord, verdicts: Iterable[DkimVerdict], walks: Walks
) -> Asking[Result]:
    proven = [(each.domain, each.result) for each in verdicts]
    return (yield from _aligned(domain, proven, walks, is_strict=policy.is_dkim_strict))


def _aligned(
    domain: str, proven: Iterable[tuple[str, Result]], walks: Walks, *, is_strict: bool
) -> Asking[Result]:
    best = Result.FAIL
    for name, result in dict.fromkeys(proven):
        if result not in {Result.PASS, Result.TEMPERROR} or not name:
            continue
        is_same = yield from _is_same(domain, name, walks, is_strict=is_strict)
        if is_same and result is Result.PASS:
            return Result.PASS
        if is_same is not False:
            best = Result.TEMPERROR
    return best


def _is_same(
    domain: str, name: str, walks: Walks, *, is_strict: bool
) -> Asking[bool | None]:
    """Whether two domains have one owner (RFC 9989 4.4); None while nobody can say."""
    if name == domain:
        return True
    if is_strict:
        return False
    mine = yield from walks.owner(domain)
    if mine is None:
        return None
    if not f".{name}".endswith(f".{mine}"):
        return False
    theirs = yield from walks.owner(name)
    return None if theirs is None else theirs == mine
