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
    fault = _fault(told, now)
    if fault is not None:
        result = Result.FAIL if fault in _FAILED else Result.PERMERROR
        return _refused(told, result, fault)
    domain = ascii_domain(told["d"]) or ""
    header, _, body = told.get("c", "simple").lower().partition("/")
    return Signature(
        field=field,
        algorithm=Algorithm(told["a"].lower()),
        domain=domain,
        selector=told["s"].lower(),
        identity=told.get("i", f"@{domain}"),
        names=tags.names(told["h"]),
        is_header_relaxed=_FORMS[header],
        is_body_relaxed=_FORMS[body or "simple"],
        body_digest=tags.octets(told["bh"]) or b"",
        signature=tags.octets(told["b"]) or b"",
        length=-1 if "l" not in told else int(told["l"]),
    )


def verdict(signature: Signature, result: Result, reason: str = "") -> DkimVerdict:
    """What a signature that was read comes to."""
    start = tags.read(signature.field.value) or {}
    return DkimVerdict(
        result=result,
        domain=signature.domain,
        selector=signature.selector,
        algorithm=signature.algorithm.value,
        identity=_shown(signature.identity),
        reason=reason,
        signature=_start(start.get("b", "")),
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


def _fault(told: Mapping[str, str], now: int) -> Fault | None:
    """What is wrong with the tags; None when nothing is."""
    header, _, body = told.get("c", "simple").lower().partition("/")
    names = tags.names(told["h"])
    checks = (
        (Fault.SHA1, told["a"].lower() == "rsa-sha1"),
        (Fault.ALGORITHM, told["a"].lower() not in set(Algorithm)),
        (Fault.CANONICALISATION, not {header, body or "simple"} <= set(_FORMS)),
        (Fault.DOMAIN, not _is_domain(told["d"])),
        (Fault.SELECTOR, not _SELECTOR.fullmatch(told["s"].lower())),
        (Fault.IDENTITY, not _is_within(told)),
        (Fault.HEADER_NAMES, len(names) > NAMES_MAX),
        (Fault.QUERY, not _is_in_dns(told)),
        (Fault.BASE64, not (tags.octets(told["b"]) and tags.octets(told["bh"]))),
        (Fault.NUMBER, None in {tags.number(told, name) for name in "ltx"}),
    )
    return next((fault for fault, is_so in checks if is_so), None) or _age(told, now)


def _age(told: Mapping[str, str], now: int) -> Fault | None:
    made, ends = tags.number(told, "t") or 0, tags.number(told, "x") or 0
    if "x" in told and "t" in told and ends <= made:
        return Fault.EXPIRES_BEFORE_MADE
    if "x" in told and ends < now:
        return Fault.EXPIRED
    return Fault.IN_THE_FUTURE if made > now + SKEW_SECONDS else None


def _is_domain(text: str) -> bool:
    name = ascii_domain(text)
    return name is not None and "." in name


def _is_within(told: Mapping[str, str]) -> bool:
    """Whether `i=` is of the domain or below it (RFC 6376 3.5)."""
    if "i" not in told:
        return True
    _, at, domain = told["i"].rpartition("@")
    name = ascii_domain(domain) if at else None
    return name is not None and f".{name}".endswith(f".{ascii_domain(told['d'])}")


def _is_in_dns(told: Mapping[str, str]) -> bool:
    return b"dns/txt" in tags.names(told.get("q", "dns/txt"))


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
