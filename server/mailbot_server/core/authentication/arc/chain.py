"""
Reads the chain of ARC sets in a message, and what its seals are of (RFC 8617 4, 5).

What can be said without a key is said here; nothing raises.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mailbot_server.core.authentication.dkim import signature, tags
from mailbot_server.core.authentication.dkim.message import Field, Message
from mailbot_server.core.authentication.dkim.signature import Signature
from mailbot_server.core.authentication.fault import Fault
from mailbot_server.core.authentication.verdicts import (
    TEXT_MAX,
    ArcVerdict,
    DkimVerdict,
    Result,
)
from mailbot_server.core.mail.dkim import canonical

SETS_MAX: Final = 50
"""RFC 8617 4.2.1."""

RESULTS: Final = b"arc-authentication-results"
SIGNATURE: Final = b"arc-message-signature"
SEAL: Final = b"arc-seal"

_INSTANCE: Final = re.compile(r"[0-9]{1,3}")
_RESULTS_INSTANCE: Final = re.compile(rb"\s*i\s*=\s*([0-9]{1,3})\s*;")
_SIGNATURE_TAGS: Final = ("a", "b", "bh", "d", "h", "s")
_SEAL_TAGS: Final = ("a", "b", "cv", "d", "s")
_UNPRINTABLE: Final = re.compile(r"[^ -~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """What one host added; `seal` has no header names and no body."""

    results: Field
    message: Field
    seal: Signature
    status: str
    """`cv=`: what it found of the sets before its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A chain that is whole, oldest set first; `newest` is its last signature."""

    sets: tuple[Set, ...]
    newest: Signature


def read(message: Message, now: int) -> Chain | ArcVerdict:
    """The chain; or that there is none, or is broken. `now` is seconds since 1970."""
    named = {name: message.named(name) for name in (RESULTS, SIGNATURE, SEAL)}
    count = max(len(fields) for fields in named.values())
    if not count:
        return ArcVerdict()
    if count > SETS_MAX:
        return ArcVerdict(result=Result.FAIL, reason=Fault.TOO_MANY_SETS)
    results = _numbered(named[RESULTS], _results_instance, count)
    signatures = _numbered(named[SIGNATURE], _tags_instance, count)
    seals = _numbered(named[SEAL], _tags_instance, count)
    if results is None or signatures is None or seals is None:
        return _broken(count, Fault.SETS)
    sets = []
    for place, fields in enumerate(zip(results, signatures, seals, strict=True)):
        each = _set(fields, now, is_first=place == 0)
        if isinstance(each, str):
            return _broken(count, each, results)
        sets.append(each)
    newest = _signature(signatures[-1], now)
    if isinstance(newest, str):
        return _broken(count, newest, results)
    return Chain(sets=tuple(sets), newest=newest)


def verdict(chain: Chain, result: Result, reason: str = "") -> ArcVerdict:
    """What a chain that was read comes to."""
    return ArcVerdict(
        result=result,
        instance_count=len(chain.sets),
        sealer=chain.sets[-1].seal.domain,
        reason=reason,
        origin=_origin(chain.sets[0].results),
    )


def sealed_digests(chain: Chain) -> Iterator[tuple[Signature, bytes]]:
    """Each seal, oldest first, and the digest of what it seals (RFC 8617 5.1.1)."""
    before = hashlib.sha256()
    for each in chain.sets:
        own = each.seal.field
        lines = [
            canonical.field(field.name, field.value) + b"\r\n"
            for field in (each.results, each.message)
        ]
        before.update(b"".join(lines))
        digest = before.copy()
        digest.update(canonical.field(own.name, tags.unsigned(own.value)))
        yield each.seal, digest.digest()
        before.update(canonical.field(own.name, own.value) + b"\r\n")


def _numbered(
    fields: tuple[Field, ...], instance: Callable[[Field], int], count: int
) -> list[Field] | None:
    """The fields by their instances, 1 to `count`; None where one lacks or repeats."""
    found = {number: field for field in fields if (number := instance(field))}
    if len(fields) != count or set(found) != set(range(1, count + 1)):
        return None
    return [found[number] for number in range(1, count + 1)]


def _results_instance(field: Field) -> int:
    match = _RESULTS_INSTANCE.match(field.value[:TEXT_MAX])
    return int(match[1]) if match else 0


def _tags_instance(field: Field) -> int:
    told = tags.read(field.value) or {}
    number = told.get("i", "")
    return int(number) if _INSTANCE.fullmatch(number) else 0


def _set(fields: tuple[Field, Field, Field], now: int, *, is_first: bool) -> Set | str:
    """The set; or what is wrong with it."""
    results, message, own = fields
    told = tags.read(own.value) or {}
    if "h" in told or any(not told.get(name) for name in _SEAL_TAGS):
        return Fault.SEAL_TAGS
    status = told["cv"].lower()
    if status != ("none" if is_first else "pass"):
        return Fault.BROKEN_BEFORE if status == "fail" else Fault.STATUS
    # As a signature of nothing but itself, so that the same rules hold.
    seal = _read(own, {**told, "h": "from", "bh": "AA==", "c": "relaxed/relaxed"}, now)
    if isinstance(seal, str):
        return seal
    return Set(results=results, message=message, seal=seal, status=status)


def _signature(field: Field, now: int) -> Signature | str:
    told = tags.read(field.value) or {}
    if any(not told.get(name) for name in _SIGNATURE_TAGS):
        return Fault.SIGNATURE_TAGS
    names = tags.names(told["h"])
    if b"from" not in names:
        return Fault.FROM_NOT_SIGNED
    if SEAL in names:
        return Fault.SEAL_SIGNED
    # Unlike in DKIM, and as everybody reads the drafts of RFC 8617.
    return _read(field, {"c": "relaxed/relaxed", **told}, now)


def _read(field: Field, told: Mapping[str, str], now: int) -> Signature | str:
    # `i=` is the instance here, and no identity (RFC 8617 4.1.2).
    plain = {name: value for name, value in told.items() if name != "i"}
    found = signature.read_tags(field, plain, now)
    return found.reason if isinstance(found, DkimVerdict) else found


def _broken(count: int, reason: str, results: list[Field] | None = None) -> ArcVerdict:
    return ArcVerdict(
        result=Result.FAIL,
        instance_count=count,
        reason=reason,
        origin=_origin(results[0]) if results else "",
    )


def _origin(field: Field) -> str:
    text = field.value[: TEXT_MAX * 2].decode("ascii", "replace")
    return " ".join(_UNPRINTABLE.sub(" ", text).split())[:TEXT_MAX]
