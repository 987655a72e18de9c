"""
Reads DKIM-Signature fields, and says what of a message they cover (RFC 6376 3.5, 6.1).

What can be said without a key is said here; nothing raises.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from mailbot_server.core.authentication.dkim import tags
from mailbot_server.core.authentication.dkim.message import (
    BodyDigest,
    Field,
    Message,
)
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.verdicts import DkimVerdict, Result
from mailbot_server.core.mail.address import ascii_domain
from mailbot_server.core.mail.dkim import canonical, choice
from mailbot_server.core.mail.dkim.algorithm import Algorithm

SIGNATURES_MAX: Final = 10
"""Looked at of one message, from the top; real mail has up to four."""

SKEW_SECONDS: Final = 300
"""Clocks differ by so much."""

NAMES_MAX: Final = 500
_SHOWN_MAX: Final = 253
_SIGNATURE_SHOWN: Final = 8
_REQUIRED: Final = ("a", "b", "bh", "d", "h", "s")
_ALGORITHMS: Final = {algorithm.value: algorithm for algorithm in Algorithm}
_FORMS: Final = {"simple": False, "relaxed": True}
_SELECTOR: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")
_UNPRINTABLE: Final = re.compile(r"[^!-~]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """
    A signature that can be verified; `identity` is `i=` or `@` and the domain.

    `names` are those of `h=`. `length` is `l=`, -1 for the whole body.
    """

    field: Field
    algorithm: Algorithm
    domain: str
    selector: str
    identity: str
    names: tuple[bytes, ...]
    is_header_relaxed: bool
    is_body_relaxed: bool
    body_digest: bytes
    signature: bytes
    start: str
    """The first characters of `b=`, which tell it apart."""

    length: int = -1


def read(field: Field, now: int) -> Signature | DkimVerdict:
    """The signature; or what is wrong with it. `now` is in seconds since 1970."""
    told = tags.read(field.value)
    if told is None:
        return DkimVerdict(result=Result.PERMERROR, reason=Fault.SYNTAX)
    if told.get("v") != "1":
        return _refused(told, Result.PERMERROR, Fault.VERSION)
    if any(not told.get(name) for name in _REQUIRED):
        return _refused(told, Result.PERMERROR, Fault.MISSING_TAG)
    if b"from" not in tags.names(told["h"]):
        return _refused(told, Result.PERMERROR, Fault.FROM_NOT_SIGNED)
    return read_tags(field, told, now)


def read_tags(
    field: Field, told: Mapping[str, str], now: int
) -> Signature | DkimVerdict:
    """What DKIM and ARC signatures have in common; the required tags are there."""
    algorithm = told["a"].lower()
    domain = ascii_domain(told["d"]) or ""
    identity = told.get("i", f"@{domain}")
    names = tags.names(told["h"])
    header, _, body = told.get("c", "simple").lower().partition("/")
    digest, octets = tags.octets(told["bh"]), tags.octets(told["b"])
    checks = (
        (Fault.SHA1, algorithm == "rsa-sha1"),
        (Fault.ALGORITHM, algorithm not in _ALGORITHMS),
        (Fault.CANONICALISATION, not {header, body or "simple"} <= _FORMS.keys()),
        (Fault.DOMAIN, "." not in domain),
        (Fault.SELECTOR, not _SELECTOR.fullmatch(told["s"].lower())),
        (Fault.IDENTITY, "i" in told and not _is_within(identity, domain)),
        (Fault.HEADER_NAMES, len(names) > NAMES_MAX),
        (Fault.QUERY, "q" in told and b"dns/txt" not in tags.names(told["q"])),
        (Fault.BASE64, not (digest and octets)),
        (Fault.NUMBER, any(tags.number(told, name) is None for name in "ltx")),
    )
    fault = next((each for each, is_so in checks if is_so), None) or _age(told, now)
    if fault is not None:
        result = Result.FAIL if fault in _FAILED else Result.PERMERROR
        return _refused(told, result, fault)
    return Signature(
        field=field,
        algorithm=_ALGORITHMS[algorithm],
        domain=domain,
        selector=told["s"].lower(),
        identity=identity,
        names=names,
        is_header_relaxed=_FORMS[header],
        is_body_relaxed=_FORMS[body or "simple"],
        body_digest=digest or b"",
        signature=octets or b"",
        start=_start(told["b"]),
        length=tags.number(told, "l") or 0,
    )


def verdict(signature: Signature, result: Result, reason: str = "") -> DkimVerdict:
    """What a signature that was read comes to."""
    return DkimVerdict(
        result=result,
        domain=signature.domain,
        selector=signature.selector,
        algorithm=signature.algorithm.value,
        identity=_shown(signature.identity),
        reason=reason,
        signature=signature.start,
    )


def refused_by_body(signature: Signature, body: BodyDigest) -> DkimVerdict | None:
    """What is wrong with the body; None when nothing is."""
    if signature.length > body.length:
        return verdict(signature, Result.PERMERROR, Fault.LENGTH_BEYOND_BODY)
    if 0 <= signature.length < body.length:
        # Whatever the signature says: anybody can write on (RFC 6376 8.2).
        return verdict(signature, Result.POLICY, Fault.PARTIAL_BODY)
    if signature.body_digest != body.digest:
        return verdict(signature, Result.FAIL, Fault.BODY_CHANGED)
    return None


def signed_text(signature: Signature, message: Message) -> bytes:
    """What the signature is of: the header fields, and its own without the end."""
    fields = message.relaxed if signature.is_header_relaxed else message.simple
    own = _own(signature)
    name = signature.field.name
    if name in signature.names:
        # Not itself: the field was not there when it was made.
        others = [each for each in message.named(name) if each is not signature.field]
        lines = [_line(signature, each) for each in others]
        fields = {**fields, name: lines}
    return choice.signed_text(fields, signature.names) + own


def with_bits(found: DkimVerdict, bits: int) -> DkimVerdict:
    """The same with the size of the key."""
    return replace(found, bits=bits)


_FAILED: Final = frozenset({Fault.SHA1, Fault.EXPIRED, Fault.IN_THE_FUTURE})


def _age(told: Mapping[str, str], now: int) -> Fault | None:
    made, ends = tags.number(told, "t") or 0, tags.number(told, "x") or 0
    if "x" in told and "t" in told and ends <= made:
        return Fault.EXPIRES_BEFORE_MADE
    if "x" in told and ends < now:
        return Fault.EXPIRED
    return Fault.IN_THE_FUTURE if made > now + SKEW_SECONDS else None


def _is_within(identity: str, domain: str) -> bool:
    """Whether `i=` is of the domain or below it (RFC 6376 3.5)."""
    _, at, own = identity.rpartition("@")
    name = ascii_domain(own) if at else None
    return name is not None and f".{name}".endswith(f".{domain}")


def _own(signature: Signature) -> bytes:
    """The signature's field itself, without a CRLF at its end."""
    field = signature.field
    value = tags.unsigned(field.value)
    if signature.is_header_relaxed:
        return canonical.field(field.name, value)
    return field.raw[: len(field.raw) - len(field.value)] + value


def _line(signature: Signature, field: Field) -> bytes:
    if signature.is_header_relaxed:
        return canonical.field(field.name, field.value)
    return field.raw


def _refused(told: Mapping[str, str], result: Result, reason: str) -> DkimVerdict:
    return DkimVerdict(
        result=result,
        domain=_shown(told.get("d", "").lower()),
        selector=_shown(told.get("s", "").lower()),
        algorithm=_shown(told.get("a", "").lower()),
        identity=_shown(told.get("i", "")),
        reason=reason,
        signature=_start(told.get("b", "")),
    )


def _start(text: str) -> str:
    return _shown("".join(text[: _SIGNATURE_SHOWN * 4].split()))[:_SIGNATURE_SHOWN]


def _shown(text: str) -> str:
    """As much of what a stranger wrote as can stand in a field of ours."""
    return _UNPRINTABLE.sub("?", text[:_SHOWN_MAX])
