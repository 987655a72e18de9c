"""What the checks of a message came to, and how it is kept in one column."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Final, Self, TypeVar

TEXT_MAX: Final = 500
"""Characters kept of what strangers wrote: explanations, results of others."""


class Result(StrEnum):
    """The words of RFC 8601 2.7; no check uses all of them."""

    NONE = "none"
    """There was nothing to check."""
    PASS = "pass"  # noqa: S105 - a result
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    POLICY = "policy"
    """It verifies, or might; we do not trust what it is made of."""
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


class Scope(StrEnum):
    """Which name SPF was asked about (RFC 7208 2.3, 2.4)."""

    MFROM = "mfrom"
    HELO = "helo"


class Policy(StrEnum):
    """What a domain asks for when mail in its name fails (RFC 9989 4.7)."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfVerdict:
    """Whether the client may send for `domain`; `explanation` is the domain's own."""

    result: Result = Result.NONE
    domain: str = ""
    scope: Scope = Scope.MFROM
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimVerdict:
    """One signature; `bits` is 0 while the key is not known."""

    result: Result = Result.NONE
    domain: str = ""
    selector: str = ""
    algorithm: str = ""
    bits: int = 0
    identity: str = ""
    reason: str = ""
    signature: str = ""
    """The first characters of `b=`, which tell signatures apart (RFC 6008)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DmarcVerdict:
    """
    Whether a domain that was proven is that of From.

    `domain` is the one in From; `policy` is what its owner asks for, "" for nothing,
    and `disposition` what that makes of this message. The alignments are told of
    messages without a policy too.
    """

    result: Result = Result.NONE
    domain: str = ""
    policy: str = ""
    disposition: Policy = Policy.NONE
    aligned_spf: bool = False
    aligned_dkim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcVerdict:
    """
    The chain of those who passed it on (RFC 8617).

    `sealer` is the domain of the last seal; `origin` is what the first of them found,
    as it wrote it down, and worth as much as the sealers are.
    """

    result: Result = Result.NONE
    instance_count: int = 0
    sealer: str = ""
    reason: str = ""
    origin: str = ""


V = TypeVar("V", SpfVerdict, DkimVerdict, DmarcVerdict, ArcVerdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """All that is known of who sent a message."""

    spf: SpfVerdict = field(default_factory=SpfVerdict)
    dkim: tuple[DkimVerdict, ...] = ()
    dmarc: DmarcVerdict = field(default_factory=DmarcVerdict)
    arc: ArcVerdict = field(default_factory=ArcVerdict)

    @property
    def aligned(self) -> bool:
        """Whether SPF or DKIM proved the domain of From."""
        return self.dmarc.aligned_spf or self.dmarc.aligned_dkim

    def to_json(self) -> str:
        """One line; what is as it is by default is left out."""
        told = {
            "spf": _told(self.spf),
            "dkim": [_told(each) for each in self.dkim],
            "dmarc": _told(self.dmarc),
            "arc": _told(self.arc),
        }
        kept = {name: each for name, each in told.items() if each}
        return json.dumps(kept, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self | None:
        """What `to_json` wrote; None for "", a message that nobody checked."""
        if not text:
            return None
        told: dict[str, Any] = json.loads(text)
        return cls(
            spf=_read(SpfVerdict, told.get("spf", {})),
            dkim=tuple(_read(DkimVerdict, each) for each in told.get("dkim", ())),
            dmarc=_read(DmarcVerdict, told.get("dmarc", {})),
            arc=_read(ArcVerdict, told.get("arc", {})),
        )


_WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "result": Result,
    "scope": Scope,
    "disposition": Policy,
}


_PLAIN: Final[Mapping[type[Any], Mapping[str, Any]]] = {
    kind: asdict(kind()) for kind in (SpfVerdict, DkimVerdict, DmarcVerdict, ArcVerdict)
}
"""What each says by default."""


def _told(verdict: SpfVerdict | DkimVerdict | DmarcVerdict | ArcVerdict) -> Any:
    found = ((name, getattr(verdict, name)) for name in _PLAIN[type(verdict)])
    plain = _PLAIN[type(verdict)]
    return {name: value for name, value in found if value != plain[name]}


def _read(kind: type[V], told: Mapping[str, Any]) -> V:
    """Fields that a later version wrote are left out."""
    known = {each.name for each in fields(kind)} & set(told)
    values: dict[str, Any] = {
        name: _WORDS.get(name, _same)(told[name]) for name in known
    }
    return kind(**values)


def _same(value: Any) -> Any:
    return value
