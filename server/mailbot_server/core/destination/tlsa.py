"""
Which certificates a domain's TLSA records mean (RFC 6698, RFC 7671, RFC 7672).

Records and certificates come from others: nothing here raises.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

RECORDS_MAX: Final = 100

_SHA256: Final = 1
_SHA512: Final = 2
_DIGESTS: Final = {_SHA256: hashlib.sha256, _SHA512: hashlib.sha512}
_SIZES: Final = {_SHA256: 32, _SHA512: 64}
_SEQUENCE: Final = 0x30
_EXPLICIT_VERSION: Final = 0xA0
# Of a TBSCertificate before subjectPublicKeyInfo: serialNumber, signature, issuer,
# validity, subject (RFC 5280 4.1).
_BEFORE_KEY: Final = 5


class Usage(IntEnum):
    """Those that mail can use; RFC 7672 3.1.3 has no place for PKIX-TA and PKIX-EE."""

    TA = 2
    """The record means an authority that has issued the host's certificate."""
    EE = 3
    """It means the host's certificate itself; names and dates do not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tlsa:
    """One TLSA record (RFC 6698 2.1)."""

    usage: int
    selector: int
    matching_type: int
    data: bytes

    def means(self, certificate: bytes) -> bool:
        """Whether it means this certificate (DER), whatever the usage."""
        chosen = certificate if self.selector == 0 else public_key_info(certificate)
        if digest := _DIGESTS.get(self.matching_type):
            chosen = digest(chosen).digest() if chosen else b""
        return bool(chosen) and hmac.compare_digest(chosen, self.data)


def usable(records: Sequence[Tlsa]) -> tuple[Tlsa, ...]:
    """
    The records that can prove a mail host; without any, TLS must do unproven.

    RFC 7671 9: where the same is published with both digests, only the stronger counts.
    """
    known = [each for each in records[:RECORDS_MAX] if _is_usable(each)]
    strong = {(r.usage, r.selector) for r in known if r.matching_type == _SHA512}
    return tuple(
        each
        for each in dict.fromkeys(known)
        if each.matching_type != _SHA256 or (each.usage, each.selector) not in strong
    )


def public_key_info(certificate: bytes) -> bytes:
    """The SubjectPublicKeyInfo of a certificate, both DER; b"" if there is none."""
    outer = _element(certificate, 0, _SEQUENCE)
    inner = _element(certificate, outer[0], _SEQUENCE) if outer else None
    if inner is None:
        return b""
    at, end = inner
    if version := _element(certificate[:end], at, _EXPLICIT_VERSION):
        at = version[1]
    for _ in range(_BEFORE_KEY):
        passed = _element(certificate[:end], at)
        if passed is None:
            return b""
        at = passed[1]
    key = _element(certificate[:end], at, _SEQUENCE)
    return certificate[at : key[1]] if key else b""


def _is_usable(record: Tlsa) -> bool:
    if record.usage not in set(Usage) or record.selector not in {0, 1}:
        return False
    if record.matching_type == 0:
        return bool(record.data)
    return len(record.data) == _SIZES.get(record.matching_type, -1)


def _element(der: bytes, at: int, tag: int | None = None) -> tuple[int, int] | None:
    """Where the content of the element at `at` begins and ends, if there is one."""
    if at + 2 > len(der) or (tag is not None and der[at] != tag):
        return None
    length, begins = der[at + 1], at + 2
    if length & 0x80:
        octets = length & 0x7F
        if not 0 < octets <= 4:
            return None
        length = int.from_bytes(der[begins : begins + octets], "big")
        begins += octets
    ends = begins + length
    return (begins, ends) if ends <= len(der) else None
