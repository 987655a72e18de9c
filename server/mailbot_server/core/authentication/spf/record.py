"""
Reads SPF records whole: one mistake anywhere is an error (RFC 7208 4.6, 5, 6).

Others write DNS: nothing here raises.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

from mailbot_server.core.authentication.spf import macro
from mailbot_server.core.authentication.verdicts import Result

RECORD_BYTES_MAX: Final = 16 * 1024
REMEMBERED_BYTES_MAX: Final = 2048
REMEMBERED: Final = 1000
"""Records that are kept as read; many domains share those of their providers."""

_VERSION: Final = b"v=spf1"
_V4_BITS: Final = 32
_V6_BITS: Final = 128
_QUALIFIERS: Final = {
    "+": Result.PASS,
    "-": Result.FAIL,
    "~": Result.SOFTFAIL,
    "?": Result.NEUTRAL,
}
_MODIFIER: Final = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=(.*)")
_MECHANISM: Final = re.compile(r"([-+?~]?)([A-Za-z0-9]+)(.*)")
_LENGTHS: Final = re.compile(r"(.*?)(?:/(0|[1-9]\d?))?(?://(0|[1-9]\d{0,2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """
    One mechanism; `target` is a domain-spec, "" for the domain itself.

    `network` is the number that `ip4` and `ip6` name, cut to its `bits`.
    """

    kind: str
    result: Result
    target: str = ""
    bits4: int = _V4_BITS
    bits6: int = _V6_BITS
    network: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record without mistakes."""

    mechanisms: tuple[Mechanism, ...]
    redirect: str = ""
    explanation: str = ""


def select(texts: Iterable[bytes]) -> list[bytes]:
    """Those of a name's TXT records that are SPF records (RFC 7208 4.5)."""
    return [text for text in texts if text[:7].lower() in {_VERSION, _VERSION + b" "}]


def read(text: bytes) -> Record | None:
    """The record; None when it has a mistake."""
    if len(text) > RECORD_BYTES_MAX or not text.isascii():
        return None
    return _remembered(text) if len(text) <= REMEMBERED_BYTES_MAX else _read(text)


def _read(text: bytes) -> Record | None:
    mechanisms: list[Mechanism] = []
    modifiers: dict[str, str] = {}
    for term in text[len(_VERSION) :].decode("ascii").split(" "):
        match = _MODIFIER.fullmatch(term)
        if match:
            if not _take(modifiers, match[1].lower(), match[2]):
                return None
        elif term:
            mechanism = _mechanism(term)
            if mechanism is None:
                return None
            mechanisms.append(mechanism)
    return Record(
        mechanisms=tuple(mechanisms),
        redirect=modifiers.get("redirect", ""),
        explanation=modifiers.get("exp", ""),
    )


def matches(mechanism: Mechanism, address: IPv4Address | IPv6Address, at: int) -> bool:
    """Whether an address is in the network of the same family that begins at `at`."""
    if address.version == 4:
        shift = _V4_BITS - mechanism.bits4
    else:
        shift = _V6_BITS - mechanism.bits6
    return int(address) >> shift == at >> shift


def _take(modifiers: dict[str, str], name: str, value: str) -> bool:
    """Whether a modifier may stand there; unknown ones need only be well-formed."""
    if name not in {"redirect", "exp"}:
        return macro.is_string(value)
    if name in modifiers or not macro.is_target(value):
        return False
    modifiers[name] = value
    return True


def _mechanism(term: str) -> Mechanism | None:
    match = _MECHANISM.fullmatch(term)
    if match is None:
        return None
    result, kind = _QUALIFIERS[match[1] or "+"], match[2].lower()
    rest = match[3]
    match kind:
        case "all":
            return None if rest else Mechanism(kind=kind, result=result)
        case "include" | "exists":
            return _aimed(kind, result, rest, required=True)
        case "ptr":
            return _aimed(kind, result, rest, required=False)
        case "a" | "mx":
            return _sized(kind, result, rest)
        case "ip4" | "ip6":
            return _network(kind, result, rest)
    return None


def _aimed(kind: str, result: Result, rest: str, *, required: bool) -> Mechanism | None:
    if not rest and not required:
        return Mechanism(kind=kind, result=result)
    if not rest.startswith(":") or not macro.is_target(rest[1:]):
        return None
    return Mechanism(kind=kind, result=result, target=rest[1:])


def _sized(kind: str, result: Result, rest: str) -> Mechanism | None:
    match = _LENGTHS.fullmatch(rest)
    if match is None:
        return None
    target, bits4, bits6 = match[1], int(match[2] or 32), int(match[3] or 128)
    if bits4 > _V4_BITS or bits6 > _V6_BITS:
        return None
    if target and not (target.startswith(":") and macro.is_target(target[1:])):
        return None
    return Mechanism(
        kind=kind, result=result, target=target[1:], bits4=bits4, bits6=bits6
    )


_PLAIN_LENGTH: Final = re.compile(r"0|[1-9]\d{0,2}")


def _network(kind: str, result: Result, rest: str) -> Mechanism | None:
    if not rest.startswith(":"):
        return None
    text, slash, length = rest[1:].partition("/")
    bits_max = _V4_BITS if kind == "ip4" else _V6_BITS
    if slash and not _PLAIN_LENGTH.fullmatch(length):
        return None
    bits = int(length) if slash else bits_max
    try:
        number = int(IPv4Address(text) if kind == "ip4" else _v6(text))
    except AddressValueError:
        return None
    if bits > bits_max:
        return None
    return Mechanism(kind=kind, result=result, network=number, bits4=bits, bits6=bits)


def _v6(text: str) -> IPv6Address:
    if "%" in text:  # a scope, which Python takes and SPF does not
        raise AddressValueError
    return IPv6Address(text)


_remembered: Final = lru_cache(REMEMBERED)(_read)
